// What messages mean for transactions: the same in every store, and as far as it goes in every OCPP version.
//
// One law stands over all of it: no reading, id or time is invented. What is not known stays unset, what a charge point
// said is never replaced, and what was told is corrected by a further event alone.
#pragma once

#include "stores/transaction_messages.hpp"
#include "stores/transaction_record.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace voltgate {

/// A 1.6 transaction as its start tells it.
[[nodiscard]] transaction_record record_of(const transaction_start& t);

/// Whether a reading came late: it is older than the last one by a clock that can be right, and not above it.
[[nodiscard]] bool came_late(const exact_decimal& wh, std::optional<std::chrono::system_clock::time_point> at,
                             const exact_decimal& last_wh,
                             std::optional<std::chrono::system_clock::time_point> last_at);

/// What a start is to a transaction of the same charge point that began before.
enum class start_relation : std::uint8_t {
    other,      // nothing
    retry,      // the same start again, before anything followed
    same,       // the same start again, after the transaction went on or ended
    twin,       // equal to it, and nothing says whether it is the same
    completes,  // the same start, and the earlier message was not whole
};
/// `is_last`: none began later on its connector.
[[nodiscard]] start_relation relation_of(const transaction_record& older, bool is_last, const transaction_start& t);

/// Fills what the start's earlier message did not say. False: nothing.
[[nodiscard]] bool complete_start(transaction_record& older, const transaction_start& t);

/// How two transactions that are open in one place stand to each other.
enum class successor : std::uint8_t { newer, older, unclear };
/// `arrival_counts`: where their times say nothing, the one that came later is the newer one (1.6 keeps its order).
[[nodiscard]] successor compare_starts(const transaction_record& was_there, const transaction_record& came,
                                       bool arrival_counts) noexcept;

/// `t` never stopped, and another one began in its place.
void presume_ended(transaction_record& t, std::chrono::system_clock::time_point now);

/// A stop, of every version.
struct end_of_transaction {
    register_reading meter_stop;
    std::string reason, id_tag;
    message_times times;
    bool salvaged = false;
};
struct end_result {
    enum class kind : std::uint8_t { ended, repeated, corrected, conflict } what = kind::ended;
    attention_set attentions;  // that are new
};
/// Ends `t`, or says what the stop is for one that was stopped before; corrected: `t` has got what it lacked.
[[nodiscard]] end_result end(transaction_record& t, const end_of_transaction& e);

/// Whether a 1.6 stop that names no transaction can be this one's.
[[nodiscard]] bool may_be_end_of(const transaction_record& t, const transaction_stop& s);

[[nodiscard]] bool close(transaction_record& t, const transaction_close& c);

// Payloads of what is told of a transaction besides the charge point's own messages.
[[nodiscard]] further_event start_repeated(const transaction_record& t);
[[nodiscard]] further_event presumed_ended(const transaction_record& t);
[[nodiscard]] further_event corrected(const transaction_record& before, const transaction_record& after);
[[nodiscard]] further_event closed(const transaction_record& t);

}  // namespace voltgate
