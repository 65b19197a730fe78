// The gateway's stores, kept in the journal.
#pragma once

#include "journal/journal.hpp"
#include "stores/ports.hpp"

#include <atomic>
#include <cstdint>

namespace voltgate {

/// Epochs are counted. Some are reserved in advance, so that a claim waits for no disk and none is given twice.
class journal_ownership final : public ownership_port {
  public:
    /// Before the journal is started.
    explicit journal_ownership(journal& j);
    io_awaitable<claim_result> claim(std::string charge_point_id) override;

  private:
    static constexpr std::uint64_t reserved_at_once = 1'000'000;

    journal& journal_;
    std::atomic<std::uint64_t> next_;
    std::atomic<std::uint64_t> reserved_;  // all below may be given
};

class journal_events final : public event_port {
  public:
    explicit journal_events(journal& j) : journal_(j) {}
    void record(event& e) override;
    io_awaitable<stored> store(event e, message_mark mark, std::optional<reservation_update> news) override;

  private:
    journal& journal_;
};

class journal_transactions final : public transaction_port {
  public:
    journal_transactions(journal& j, bool one_per_tag) : journal_(j), one_per_tag_(one_per_tag) {}
    io_awaitable<started_transaction> start(transaction_start t, event e,
                                            event_builder<started_transaction> complete) override;
    io_awaitable<stopped_transaction> stop(transaction_stop t, event e,
                                           event_builder<stopped_transaction> complete) override;
    io_awaitable<metered_transaction> note_meter_values(transaction_meter_values u, event e) override;
    io_awaitable<noted_transaction> note(transaction_message m, event e, std::optional<event> second,
                                         event_builder<noted_transaction> complete) override;
    void leave_open(std::string charge_point_id, std::optional<std::int64_t> place,
                    std::chrono::system_clock::time_point now) override;

  private:
    journal& journal_;
    bool one_per_tag_;
};

}  // namespace voltgate
