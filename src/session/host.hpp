// What a session asks of the gateway it belongs to, by subject. Everything is called on the session's strand.
#pragma once

#include "ocpp/error_code.hpp"
#include "ocpp/frame.hpp"
#include "ocpp/payload.hpp"
#include "ocpp/salvage.hpp"
#include "ocpp/schema.hpp"
#include "session/session_thread.hpp"

#include <voltgate/command.hpp>
#include <voltgate/config.hpp>
#include <voltgate/event.hpp>
#include <voltgate/handler.hpp>

#include <memory>
#include <optional>
#include <string>

namespace voltgate {

class memory_budget;
class session;
struct outbound_call;

/// Why a session ended: the `reason` of charge_point.disconnected.
enum class end_reason : std::uint8_t {
    peer_closed,
    connection_lost,
    replaced,
    stopping,
    idle,
    slow_consumer,
    message_timeout,
    message_too_big,
    protocol_error,
    refused,
    failed,   // an exception ended it: the log says which
    crashed,  // with the process: told by the next one
};
[[nodiscard]] std::string_view to_string(end_reason r) noexcept;

/// An inbound CALL (or SEND) whose payload was read and accepted. Valid only while answer() runs.
struct inbound_call {
    session& from;
    const ocpp::action_info& action;
    std::string_view message_id;
    ocpp::value_view payload;
    std::string_view payload_text;
    std::chrono::system_clock::time_point received;
    bool unusable;  // a transaction message with a deviation that would be refused in any other
    /// Null: `payload` is what was received. Else what was salvaged of a transaction message: `payload` is its JSON.
    const ocpp::salvaged_payload* salvaged = nullptr;
    std::string_view raw_text = {};  // of a salvaged one: the frame from its payload on, as received
};

/// What the gateway says to it.
struct host_answer {
    enum class kind : std::uint8_t { now, refused, later };
    host_answer() = default;
    kind what = kind::now;                // now: the result's payload was appended
    std::optional<ocpp::rpc_error> code;  // refused
    std::string description;              // refused
    io_awaitable<call_answer> later;      // later: run as a child of the session, under the handler deadline
    duration timeout{0};                  // later: instead of session.handler_timeout, if shorter; 0: that one
    bool remember = false;  // a repetition (same id, same payload) on this connection gets the same answer again
};

/// Where sessions come and go.
class session_host {
  public:
    virtual ~session_host() = default;

    /// Claims the identity, takes over from an older session, publishes charge_point.connected.
    virtual io_awaitable<void> enter(std::shared_ptr<session> s) = 0;
    /// The session has ended: nothing of it runs any more.
    virtual void leave(session& s, end_reason why) = 0;
    /// The coroutine of a session is over.
    virtual void session_over() = 0;
    /// A deviation was met; counted already. Text is for people.
    virtual void deviated(session& s, rule r, std::string_view text) = 0;
    /// Of messages above session.max_message_bytes, all sessions together.
    [[nodiscard]] virtual memory_budget& large_messages() noexcept = 0;
};

/// Who answers charge points.
class call_answerer {
  public:
    virtual ~call_answerer() = default;

    /// Answers, or says how it will be answered. `out`: where a result's payload goes.
    [[nodiscard]] virtual host_answer answer(const inbound_call& call, std::string& out) = 0;
    /// What the charge point's registration has against this CALL: call_before_accepted, missing_boot or nothing.
    [[nodiscard]] virtual std::optional<rule> objection(const session& s, const ocpp::action_info& action) const = 0;
};

/// Who gives charge points their commands.
class command_source {
  public:
    virtual ~command_source() = default;

    /// Whether the charge point's registration permits this command now; else it is refused.
    [[nodiscard]] virtual bool may_be_sent_to(const session& s, const outbound_call& call) const = 0;
    /// Its frame is handed to the socket.
    virtual void handed_over(session& s, const outbound_call& call) = 0;
    /// An answer came in time.
    virtual void answered(session& s, const outbound_call& call, const command_result& result) = 0;
    /// A usable answer came after its call had been given up.
    virtual void late_answer(session& s, const outbound_call& call, command_result result) = 0;
};

/// All that a session asks; it outlives the session.
struct session_ports {
    session_host& host;
    call_answerer& answerer;
    command_source& commands;
};

}  // namespace voltgate
