// The command ledger of a gateway without a journal: what is under way, and the outcomes of late.
#pragma once

#include "events/bus.hpp"
#include "stores/ledger_port.hpp"

#include <voltgate/clock.hpp>

#include <list>
#include <map>
#include <mutex>
#include <unordered_map>

namespace voltgate {

class memory_ledger final : public command_ledger_port {
  public:
    memory_ledger(event_bus& bus, const clock_source& clock) : bus_(bus), clock_(clock) {}

    [[nodiscard]] bool is_durable() const noexcept override { return false; }
    [[nodiscard]] std::vector<command_record> left_over() override { return {}; }
    io_awaitable<opened_command> open(command_record c) override;
    [[nodiscard]] std::optional<io_awaitable<bool>> dispatching(const std::string& command_id) override;
    io_awaitable<void> finish_surely(command_record c, command_result r, event e) override;
    io_awaitable<command_page> find(command_query q) override;
    void wait_again(const std::string& command_id) override;
    void finish(const command_record& c, const command_result& r, event e) override;
    void upgrade(const command& c, const command_result& r, event e) override;

  private:
    static constexpr std::size_t most_outcomes = 10'000;
    static constexpr std::size_t most_bytes = 16 * 1024 * 1024;

    struct entry {
        command_record record;
        std::size_t bytes = 0;  // of its outcome; 0: it has none yet
    };
    using by_number = std::map<std::uint64_t, entry>;

    [[nodiscard]] entry* find_entry(const std::string& command_id);
    void set_state(const std::string& command_id, command_state s);
    void keep_outcome(entry& e, const command_result& r);
    void forget_oldest_outcomes();

    event_bus& bus_;
    const clock_source& clock_;
    std::mutex mutex_;
    std::uint64_t next_number_ = 1;
    by_number entries_;
    std::unordered_map<std::string, std::uint64_t> numbers_;  // by command id
    std::list<std::uint64_t> done_;                           // oldest first
    std::size_t bytes_ = 0;
};

}  // namespace voltgate
