// What a store does with messages of transactions: one procedure for all of them, in terms of what they keep.
#pragma once

#include "stores/message_memory.hpp"
#include "stores/transaction_messages.hpp"
#include "stores/transaction_record.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

struct station_transaction;

struct message_check {
    bool repeated = false;
    bool may_be_repeated = false;
};

/// The transactions of one charge point, as a store keeps them. All of a decision is kept, or nothing of it.
class charge_point_transactions {
  public:
    virtual ~charge_point_transactions() = default;

    /// By its number, which is one of this charge point's.
    [[nodiscard]] virtual transaction_record at(std::uint32_t number) = 0;
    /// By the id that a 1.6 charge point was given.
    [[nodiscard]] virtual std::optional<transaction_record> find(std::int64_t id) = 0;
    /// Those that began at this time, and number `last`; newest first.
    [[nodiscard]] virtual std::vector<transaction_record> find_same_start(const transaction_start& t,
                                                                          std::uint32_t last) = 0;
    /// The number of the last one that began on this connector; 0: none did.
    [[nodiscard]] virtual std::uint32_t last_started_on(const std::optional<std::int64_t>& connector_id) = 0;
    /// Those that are open; newest first, a bounded number.
    [[nodiscard]] virtual std::vector<transaction_record> find_open() = 0;
    /// Whether an accepted transaction of this tag is open, other than on this connector of this charge point.
    [[nodiscard]] virtual bool runs_elsewhere(std::string_view tag_key,
                                              const std::optional<std::int64_t>& connector_id) = 0;
    /// Adds the last reading that was told of it.
    virtual void read_progress(transaction_record& t) = 0;
    /// Gives it a number and an id.
    virtual void insert(transaction_record& t, std::chrono::system_clock::time_point now) = 0;
    virtual void save(const transaction_record& t, std::chrono::system_clock::time_point now) = 0;
    /// Whether this message of the transaction came before; notes it if it did not. `number` 0: of none that is known.
    [[nodiscard]] virtual message_check check(std::uint32_t number, message_mark mark,
                                              std::optional<std::chrono::system_clock::time_point> at) = 0;
    /// Whether it came before, as check() says; notes nothing.
    [[nodiscard]] virtual bool came_before(std::uint32_t number, message_mark mark) = 0;
    /// 2.x: the last one of this id that began before number `before`.
    [[nodiscard]] virtual std::optional<station_transaction> earlier(const std::string& station_id,
                                                                     std::uint32_t before) = 0;
    /// 2.x: what is kept besides the record.
    virtual void keep(const station_transaction& t) = 0;
    /// The register's reading that was told last.
    virtual void note_reading(std::uint32_t number, const exact_decimal& wh,
                              std::optional<std::chrono::system_clock::time_point> at) = 0;
};

/// `one_per_tag`: a tag with a transaction that is open elsewhere gets concurrent_tx.
[[nodiscard]] started_transaction decide_start(charge_point_transactions& kept, const transaction_start& t,
                                               bool one_per_tag);
[[nodiscard]] stopped_transaction decide_stop(charge_point_transactions& kept, const transaction_stop& s);

/// A transaction begins where others may still be open: marks those that this shows to have ended. `t` is not among
/// the open ones yet. `arrival_counts`: see compare_starts.
struct presumed_ends {
    std::vector<further_event> further_events;
    attention_set attentions;
};
[[nodiscard]] presumed_ends presume_others_ended(charge_point_transactions& kept, transaction_record& t,
                                                 bool arrival_counts, std::chrono::system_clock::time_point now);

/// The charge point booted (no place), or the connector or EVSE is available, although a transaction is open there.
/// That proves nothing, for its stop may follow hours later.
void note_left_open(charge_point_transactions& kept, const std::optional<std::int64_t>& place,
                    std::chrono::system_clock::time_point now);

}  // namespace voltgate
