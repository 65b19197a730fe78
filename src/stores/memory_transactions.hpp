// The transactions of a gateway without a journal: in memory, gone with the process.
#pragma once

#include "stores/ports.hpp"
#include "stores/station_transaction.hpp"
#include "stores/transaction_decisions.hpp"
#include "stores/transaction_ids.hpp"

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace voltgate {

class random_source;

class event_bus;

class memory_transactions final : public transaction_port {
  public:
    memory_transactions(event_bus& bus, random_source& random, std::size_t most_charge_points, bool one_per_tag);
    io_awaitable<started_transaction> start(transaction_start t, event e,
                                            event_builder<started_transaction> complete) override;
    io_awaitable<stopped_transaction> stop(transaction_stop t, event e,
                                           event_builder<stopped_transaction> complete) override;
    io_awaitable<metered_transaction> note_meter_values(transaction_meter_values u, event e) override;
    std::optional<metered_transaction> note_meter_values_at_once(const transaction_meter_values& u, event& e) override;
    io_awaitable<noted_transaction> note(transaction_message m, event e, std::optional<event> second,
                                         event_builder<noted_transaction> complete) override;
    void leave_open(std::string charge_point_id, std::optional<std::int64_t> place,
                    std::chrono::system_clock::time_point now) override;

  private:
    struct entry {
        transaction_record record;
        station_transaction station;  // 2.x
        message_memory messages;
    };
    struct charge_point_entries {
        std::vector<entry> transactions;  // oldest first
        message_memory messages;          // of no transaction that is known
    };
    static constexpr std::size_t most_per_charge_point = 32;

    class kept;
    [[nodiscard]] charge_point_entries& entries_of(std::string_view charge_point_id);
    [[nodiscard]] bool runs_elsewhere(std::string_view tag_key, const charge_point_entries& of,
                                      const std::optional<std::int64_t>& connector_id) const;
    [[nodiscard]] noted_transaction decide(const transaction_message& m);
    [[nodiscard]] metered_transaction decide(std::string_view charge_point_id, const transaction_meter_values& u);
    void tell(const event& e, const std::vector<further_event>& news);

    event_bus& bus_;
    const std::size_t most_charge_points_;
    const bool one_per_tag_;
    std::mutex mutex_;
    transaction_ids ids_;
    std::uint32_t next_;
    std::unordered_map<std::string, charge_point_entries> entries_;  // by folded identity
};

}  // namespace voltgate
