// Conformance policy: which deviations of a charge point are refused, which are accepted and counted.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace voltgate {

/// strict refuses with the right CALLERROR (or HTTP status); report accepts, counts and logs; lenient accepts and
/// counts.
enum class level : std::uint8_t { strict, report, lenient };

/// What a charge point can get wrong. The names (see to_string) are the keys of `[conformance]` and the values of
/// the metric label `rule`.
enum class rule : std::uint8_t {
    // Connection
    missing_subprotocol,         // no Sec-WebSocket-Protocol header
    missing_connection_upgrade,  // no or odd "Connection: Upgrade"
    odd_path,                    // doubled slashes, absolute-form target, trailing slash, identity twice
    missing_pong,                // does not answer server pings
    // Frame
    empty_message,
    binary_frame,
    trailing_bytes,      // NUL or blanks after the JSON text
    invalid_json,        // not JSON, or not an OCPP-J frame
    numeric_message_id,  // id is a JSON number
    long_message_id,     // more than 36 characters
    reused_message_id,   // id of a CALL equal to one still being handled or just answered
    unknown_message_type,
    foreign_error_code,  // CALLERROR code of another version, or unknown
    unexpected_answer,   // a CALLRESULT or CALLERROR that nobody waits for
    overlapping_calls,   // a CALL while an earlier CALL of the same charge point is unanswered
    // Payload
    null_payload,  // null where {} belongs
    required_missing,
    wrong_type,
    number_as_string,  // or a string field given as number
    string_too_long,
    empty_string,        // "" in a required field
    unknown_enum_value,  // also units and letter case
    number_out_of_range,
    not_a_multiple,  // multipleOf 0.1
    array_size,      // fewer or more items than allowed
    unknown_property,
    odd_timestamp,     // no zone, blank for T, too many digits, not a date
    null_member,       // null where a member that is not required might as well be absent
    custom_data,       // customData (2.x) without what it needs, or of another type
    object_as_string,  // the data of a 1.6 DataTransfer that is no text
    // Behaviour
    call_before_accepted,
    missing_boot,                  // connected and talking, but never booted
    transaction_id_range,          // 0, negative or beyond 31 bits
    unknown_transaction,           // Stop or MeterValues for a transaction that is not this charge point's
    reused_transaction_start,      // a start equal to one of a transaction that went on since: a charge point without a
                                   // clock
    unusable_transaction_message,  // a transaction message that lacks what it needs; refusing makes chargers repeat it
    too_many_calls,                // more CALLs a second than limits permit
    // OCPP 2.x
    sequence_gap,       // numbers of transaction messages or parts of a report are missing before this one
    repeated_sequence,  // a transaction message whose number came before
    // What transactions need a person's attention for
    salvaged_message,   // a transaction message that is not JSON, or has a name twice: what was whole before the fault
                        // counts
    wrong_clock,        // a time before 2020, none, or one more than ten minutes ahead of its receipt
    presumed_end,       // a start where an earlier transaction was never stopped
    conflicting_stop,   // a stop of a transaction that was stopped before with other readings
    left_open,          // a boot, or a connector that is available, while its transaction is not stopped
    long_transaction,   // running for more than a day
    meter_backwards,    // a stop below its start's reading
    two_on_connector,   // two transactions run on one connector, and which one is older cannot be told
    stop_before_start,  // by the charge point's own times
};
inline constexpr std::size_t rule_count = static_cast<std::size_t>(rule::stop_before_start) + 1;

/// The name above: "missing_subprotocol". Of static storage.
[[nodiscard]] std::string_view to_string(rule r) noexcept;
/// The rule of this name, compared exactly; unset: there is none.
[[nodiscard]] std::optional<rule> rule_from_string(std::string_view name) noexcept;
/// "strict", "report" or "lenient". Of static storage.
[[nodiscard]] std::string_view to_string(level l) noexcept;
/// The level of this name, compared exactly; unset: there is none.
[[nodiscard]] std::optional<level> level_from_string(std::string_view name) noexcept;

/// The levels in force for one charge point. A plain value: not for several threads while one changes it.
class conformance_policy {
  public:
    conformance_policy();  // the defaults: see default_level
    explicit conformance_policy(level everywhere) { levels_.fill(everywhere); }
    /// What is done about a deviation from `r`.
    [[nodiscard]] level of(rule r) const noexcept { return levels_[static_cast<std::size_t>(r)]; }
    /// From now on that.
    void set(rule r, level l) noexcept { levels_[static_cast<std::size_t>(r)] = l; }
    friend bool operator==(const conformance_policy&, const conformance_policy&) = default;

  private:
    std::array<level, rule_count> levels_;
};

/// `report`, but `strict` for invalid_json, required_missing and wrong_type: such a message has no usable meaning, and
/// for too_many_calls. (Transaction messages are answered all the same: see rule::unusable_transaction_message.)
[[nodiscard]] level default_level(rule r) noexcept;

}  // namespace voltgate
