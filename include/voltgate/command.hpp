// What a user asks of a charge point, and what became of it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace voltgate {

/// One of four; never a guess.
enum class outcome : std::uint8_t {
    result,      // a CALLRESULT came; its own status may say Rejected
    call_error,  // a CALLERROR came
    not_sent,    // no byte was handed to the socket: safe to repeat
    unknown,     // bytes left and no usable answer came: the charge point may have acted
};

/// Why. Closed list; each belongs to one outcome.
enum class reason : std::uint8_t {
    answered,    // result
    call_error,  // call_error
    unknown_charge_point,
    offline,
    moved,
    queue_full,
    expired,
    invalid_payload,
    conflict,
    restarted,
    not_accepted,  // not_sent: the charge point's boot is not accepted, and until it is this may not be sent
    stopping,      // not_sent; unknown to those who still wait for a command that goes on after a restart
    timeout,
    connection_lost,
    replaced,
    invalid_answer,  // unknown
    cancelled,  // not_sent when cancelled in the queue, unknown when cancelled after hand-over or while others wait
    // not_sent: the journal could not note it within events.commit_timeout; unknown to callers of a command with
    // expires_at, which may go out yet if the gateway is restarted before the journal takes what became of it
    store_unavailable,
};

/// The name above, as events and the HTTP interface spell it: "not_sent". Of static storage.
[[nodiscard]] std::string_view to_string(outcome o) noexcept;
/// Likewise: "unknown_charge_point".
[[nodiscard]] std::string_view to_string(reason r) noexcept;

/// What came of the wish to cancel a command.
enum class command_cancellation : std::uint8_t {
    unknown_command,  // no command of this id is known, or it was long ago
    cancelled,        // not_sent/cancelled: no byte of it was handed to the socket, and none will be
    in_flight,        // too late: the charge point may have it; its outcome is yet to come
    done,             // too late: it has its outcome
};

/// One outbound CALL to be made. Has constructors on purpose: g++ 12 miscompiles aggregates beside co_await.
struct command {
    command() = default;
    command(std::string action_name, std::string json_payload, std::chrono::steady_clock::duration answer_timeout = {})
        : action(std::move(action_name)), payload(std::move(json_payload)), timeout(answer_timeout) {}

    std::string action;          // as OCPP spells it on the wire: "RemoteStartTransaction"
    std::string payload = "{}";  // the JSON text of an object; checked against the schema before it is sent
    std::chrono::steady_clock::duration timeout{};  // from hand-over to the socket; zero: the configured default
    /// Empty: one is made. Given again with the same charge point, action and payload it is the same command, which
    /// is sent once, whatever its other members say; with others it is not_sent/conflict. Shown in events and results.
    std::string command_id;
    /// Never handed to the socket after this time. Until then it waits for a charge point that is not connected.
    std::optional<std::chrono::system_clock::time_point> expires_at;
    std::string trace_id;  // carried into events; may be empty
};

/// The fate of a command.
struct command_result {
    command_result() = default;
    command_result(voltgate::outcome o, voltgate::reason r, std::string text = {})
        : outcome(o), reason(r), detail(std::move(text)) {}

    voltgate::outcome outcome = voltgate::outcome::not_sent;
    voltgate::reason reason = voltgate::reason::offline;
    std::string command_id;
    /// result: the CALLRESULT's payload, JSON text. Also of an unknown/invalid_answer whose answer was JSON.
    std::string payload;
    /// Where that payload is not as its schema wants it: JSON text of a list of {"rule", "pointer", "expected", "got"};
    /// empty: nowhere.
    std::string deviations;
    std::string error_code;         // call_error: as the charge point spelt it
    std::string error_description;  // call_error
    std::string error_details;      // call_error: JSON text
    std::string detail;             // for people: what exactly was wrong, for not_sent and unknown

    /// Whether a CALLRESULT came, whatever its status says.
    [[nodiscard]] bool answered() const noexcept { return outcome == voltgate::outcome::result; }
};

}  // namespace voltgate
