// What charge points say of transactions, as the stores are asked, and what the stores decide.
#pragma once

#include "events/exact_decimal.hpp"
#include "events/transaction_v2.hpp"
#include "stores/id_tag_status.hpp"
#include "stores/message_memory.hpp"
#include "stores/transaction_record.hpp"

#include <voltgate/event.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

/// What became of a message that must be stored before it is answered.
enum class stored : std::uint8_t {
    fresh,     // it is stored, and so is its event
    repeated,  // it was stored before: the same answer, no second event
    failed,    // it is not stored: no answer, the charge point sends it again
};

/// A charge point's own time of something, and when it was received.
struct message_times {
    using time_point = std::chrono::system_clock::time_point;
    std::string text;                       // as sent; empty: none
    std::optional<time_point> occurred_at;  // unset: none that can be read
    time_point received;
    /// The charge point's own, if there is one.
    [[nodiscard]] time_point best() const noexcept { return occurred_at.value_or(received); }
};

struct transaction_start {
    transaction_start() = default;
    std::string charge_point_id;  // as it spells it
    std::optional<std::int64_t> connector_id, reservation_id;
    std::optional<exact_decimal> meter_start_wh;
    std::string id_tag;
    message_times times;
    /// When a time of this charge point was last seen to be right: within five minutes of its receipt.
    std::optional<std::chrono::system_clock::time_point> clock_right_at;
    id_tag_status tag_status = id_tag_status::invalid;
    bool salvaged = false;          // not all of it could be read
    std::size_t request_bytes = 0;  // held by the event's builder
};

/// A further event that a decision leads to; told before the message's own.
struct further_event {
    event_type type{};
    std::string payload;
};

/// Its event beside that of the message.
[[nodiscard]] event event_of(const further_event& news, const event& of_message);

struct started_transaction {
    started_transaction() = default;
    stored what = stored::failed;
    std::int32_t id = 0;
    std::uint32_t number = 0;                           // of its record
    id_tag_status tag_status = id_tag_status::invalid;  // concurrent_tx where that is a rule and another one is running
    std::optional<std::int32_t> possible_duplicate_of;  // new, though an earlier transaction began the same
    std::optional<std::int64_t> reservation_id;         // that it uses
    clock_state clock = clock_state::ok;
    std::vector<further_event> further_events;
    attention_set attentions;  // that were not known before, of any transaction
};

struct transaction_stop {
    transaction_stop() = default;
    std::string charge_point_id;  // as it spells it
    std::optional<std::int64_t> transaction_id;
    std::optional<exact_decimal> meter_stop_wh;
    std::string reason, id_tag;
    message_times times;
    message_mark mark = 0;
    message_mark mark_with_id = 0;  // of the message id too: for what a clock that stands still says twice honestly
    bool salvaged = false;          // not all of it could be read
    bool may_match_by_tag = false;  // an id below 1 may mean the charge point's only transaction of this tag
    std::size_t request_bytes = 0;  // held by the event's builder
};

struct stopped_transaction {
    stopped_transaction() = default;
    stored what = stored::failed;
    bool known = false;     // it was started here and had not been stopped
    bool was_open = false;  // nor was it presumed to have ended, or closed
    bool conflict = false;  // it had been stopped with other readings
    bool matched = false;   // its id was none; `id` is whose end it was taken for
    message_mark mark = 0;  // that its message is known again by
    std::int32_t id = 0;
    std::optional<std::int64_t> connector_id;  // where it was started, if known
    std::optional<std::chrono::system_clock::time_point> start_received;
    charged_energy energy;
    clock_state clock = clock_state::ok;
    std::vector<further_event> further_events;
    attention_set attentions;
};

/// Meter values of a 1.6 transaction.
struct transaction_meter_values {
    std::int64_t transaction_id = 0;
    message_mark mark = 0;
    std::optional<std::chrono::system_clock::time_point> occurred_at;
    std::optional<exact_decimal> reading_wh;  // of the main register, the last one in the message
    std::optional<std::chrono::system_clock::time_point> reading_at;
    bool salvaged = false;
};

struct metered_transaction {
    metered_transaction() = default;
    stored what = stored::failed;
    bool known = false;            // it is running here
    bool may_be_repeated = false;  // so many came that this one may have come before
};

/// `,"known":…` and what else a store adds to the payload of their event.
[[nodiscard]] std::string_view members_of(const metered_transaction& used) noexcept;

/// A TransactionEvent of 2.x, whose transaction has an id of the charge point's own.
struct transaction_message {
    transaction_message() = default;
    std::string charge_point_id;              // as it spells it
    transaction_reading what;                 // names a transaction and has a sequence number
    std::optional<id_tag_status> tag_status;  // of its token, if it has one
    std::chrono::system_clock::time_point received;
    message_mark mark = 0;
    bool salvaged = false;          // not all of it could be read
    std::size_t payload_bytes = 0;  // held by the events' builder
};

struct noted_transaction {
    noted_transaction() = default;
    stored what = stored::failed;
    std::uint32_t number = 0;                           // of its record
    bool known = false;                                 // it was running here before this message
    bool was_open = false;                              // nor was it presumed to have ended, or closed
    bool conflict = false;                              // an end of one that had ended with other readings
    bool sequence_used_again = false;                   // its seqNo came before, with another message
    bool like_an_older = false;                         // its id is that of an earlier one, which began at another time
    bool may_be_repeated = false;                       // as in metered_transaction
    std::int64_t missing = 0;                           // messages before this one that have not come
    std::optional<std::int64_t> evse_id, connector_id;  // named by this message or an earlier one
    std::optional<id_tag_status> tag_status;            // what the token is answered with
    std::optional<std::int64_t> reservation_id;         // that it uses
    std::optional<std::chrono::system_clock::time_point> start_received;
    charged_energy energy;
    clock_state clock = clock_state::ok;
    std::vector<further_event> further_events;
    attention_set attentions;
};

/// A transaction that somebody closes by hand.
struct transaction_close {
    std::string reason, closed_by;
    std::optional<exact_decimal> meter_stop_wh;
    std::chrono::system_clock::time_point at;
};

}  // namespace voltgate
