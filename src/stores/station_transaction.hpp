// A 2.x transaction, as it is put together from its messages; wherever it is kept.
#pragma once

#include "events/sequence_set.hpp"
#include "stores/transaction_messages.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace voltgate {

/// What has to be known of a transaction to say what a message of it means; the rest stands in its transaction_record.
struct station_transaction {
    std::uint32_t number = 0;  // of its record; 0: there is none yet
    std::optional<std::int64_t> evse_id, connector_id;
    std::string token_key;                    // folded; empty: no token was named yet, or one that must not be kept
    std::optional<id_tag_status> tag_status;  // what its token was answered with
    bool start_came = false;
    std::string start_text;  // the start's timestamp as it was sent; empty: none
    bool stopped = false;
    bool salvaged = false;  // its start or its end lacks something that an intact repetition may fill in
    sequence_set sequence;
    using microseconds = std::chrono::sys_time<std::chrono::microseconds>;
    std::optional<microseconds> latest;  // the charge point's time of its newest message
};

class charge_point_transactions;

/// What `m` means for `t`, which is brought up to date, with its record, if it is fresh. `t` is blank for one that is
/// not known. `one_per_tag`: see decide_start.
[[nodiscard]] noted_transaction decide_note(charge_point_transactions& kept, station_transaction& t,
                                            transaction_message m, bool one_per_tag);

/// A token that may be kept and compared: folded; empty for PINs and tokens that authorise nothing.
[[nodiscard]] std::string token_key_of(const id_token& token);

/// Whether `m` begins another transaction under an id that was used before. Charge points must not do that; those
/// that lose their memory do.
[[nodiscard]] bool begins_another(const station_transaction& t, const transaction_message& m);

/// What `m` means for `t`, which is brought up to date if it is fresh. `t` is blank for one that is not known.
[[nodiscard]] noted_transaction apply(station_transaction& t, const transaction_message& m);
/// What is answered to `m`, which came before.
[[nodiscard]] noted_transaction repetition_of(const station_transaction& t, const transaction_message& m);

}  // namespace voltgate
