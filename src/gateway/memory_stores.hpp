// The stores of a gateway without a journal: everything in memory, gone with the process.
#pragma once

#include "events/bus.hpp"
#include "gateway/memory_station_transactions.hpp"
#include "gateway/ports.hpp"
#include "gateway/transaction_ids.hpp"

#include <atomic>
#include <mutex>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace voltgate {

/// Epochs are milliseconds since 1970, or one more than the last: so they grow over restarts too.
class memory_ownership final : public ownership_port {
  public:
    explicit memory_ownership(const clock_source& clock) : clock_(clock) {}
    io_awaitable<std::uint64_t> claim(std::string charge_point_id) override;

  private:
    const clock_source& clock_;
    std::atomic<std::uint64_t> last_{0};
};

/// authorization.policy: everybody, or a list.
class configured_id_tags final : public id_tag_port {
  public:
    explicit configured_id_tags(const authorization_config& config);
    io_awaitable<id_tag_info> find(std::string charge_point_id, std::string id_tag) override;

  private:
    bool accept_all_;
    std::unordered_set<std::string> accepted_;  // folded
};

/// Events are public at once.
class memory_events final : public event_port {
  public:
    explicit memory_events(event_bus& bus) : bus_(bus) {}
    void record(event& e) override { bus_.publish(std::move(e)); }
    io_awaitable<stored> store(event e, message_mark mark, std::optional<reservation_news> news) override;

  private:
    event_bus& bus_;
};

/// Records live in the registry alone.
class memory_charge_points final : public charge_point_port {
  public:
    void changed(const std::shared_ptr<charge_point>&) override {}
    void save() override {}
};

class memory_transactions final : public transaction_port {
  public:
    memory_transactions(event_bus& bus, std::size_t most_charge_points, bool one_per_tag);
    io_awaitable<started_transaction> start(transaction_start t, event e,
                                            event_builder<started_transaction> complete) override;
    io_awaitable<stopped_transaction> stop(transaction_stop t, event e,
                                           event_builder<stopped_transaction> complete) override;
    io_awaitable<used_transaction> use(std::int64_t transaction_id, event e, message_mark mark) override;
    io_awaitable<noted_transaction> note(transaction_message m, event e, std::optional<event> second,
                                         event_builder<noted_transaction> complete) override;

  private:
    struct entry {
        std::int32_t id = 0;
        transaction_start start;
        std::optional<transaction_stop> stop;
        bool used = false;  // a later message bore its id
    };
    static constexpr std::size_t most_per_charge_point = 32;

    started_transaction decide(transaction_start&& t);
    stopped_transaction decide(transaction_stop&& t);
    /// `starting`: one that goes on at its connector has ended, and its end was lost.
    [[nodiscard]] bool runs_elsewhere(std::string_view tag_key, const transaction_start* starting = nullptr) const;
    [[nodiscard]] entry* find(std::string_view charge_point_id, std::int64_t id);

    event_bus& bus_;
    const std::size_t most_charge_points_;
    const bool one_per_tag_;
    std::mutex mutex_;
    transaction_ids ids_;
    std::uint32_t next_;
    std::unordered_map<std::string, std::vector<entry>> entries_;  // by folded identity; oldest first
    memory_station_transactions station_transactions_;
};

}  // namespace voltgate
