// A charge point that a test scripts: an OCPP-J client on a real socket, polite or hostile.
#pragma once

#include "support/http_message.hpp"
#include "support/json.hpp"
#include "support/wait.hpp"
#include "support/websocket_frame.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate::test {

struct connect_options {
    std::string path = "/ocpp";                           // the identity follows it, percent-encoded
    std::string target;                                   // sent as it is, in place of path and identity
    std::vector<std::string> subprotocols = {"ocpp1.6"};  // empty: no Sec-WebSocket-Protocol header
    std::string connection = "Upgrade";                   // the header of this name; empty: none
    header_list headers;                                  // further ones
    std::string right_behind;                             // bytes sent together with the request
    tcp_options tcp;
    bool answer_pings = true;
    std::chrono::milliseconds patience = default_patience;  // for everything this charge point waits for
};

/// What became of an upgrade request.
struct upgrade_result {
    http_response response;  // status 101: upgraded
    [[nodiscard]] bool upgraded() const noexcept { return response.status == 101; }
    [[nodiscard]] std::string subprotocol() const { return response.header("Sec-WebSocket-Protocol"); }
};

/// Asks for an upgrade of `target` and hangs up: for requests that are expected to be refused.
[[nodiscard]] upgrade_result try_connect(std::uint16_t port, std::string_view target,
                                         const connect_options& options = {});

/// One path segment, everything but unreserved characters encoded.
[[nodiscard]] std::string percent_encoded(std::string_view identity);

class connection;  // the socket and what has been seen on it

/// A CALL of the gateway, waiting for its answer. May outlive nothing but the charge point's connection.
class incoming_call {
  public:
    std::string id;
    std::string action;
    json::object payload;

    void answer(const json::object& confirmation) const;
    void error(std::string_view code, std::string_view description, const json::object& details = {}) const;
    void ignore() const noexcept {}  // says in a test that the silence is meant

  private:
    friend class charge_point;
    std::shared_ptr<connection> connection_;
};

struct call_failure {
    std::string code;
    std::string description;
    json::object details;
};

/// Every call blocks until it is done; what does not come in time throws `unexpected` with the last frames of both
/// directions. It reads only while it waits for something: a charge point that is not asked is one that does not read.
/// Frames that arrive while it waits for others are kept in order. Movable; for one thread at a time.
class charge_point {
  public:
    /// Connects and upgrades. Throws `unexpected`, showing the answer, when the gateway refuses.
    charge_point(std::uint16_t port, std::string_view identity, const connect_options& options = {});
    charge_point(charge_point&&) noexcept = default;
    charge_point& operator=(charge_point&&) noexcept = default;
    ~charge_point();  // ends the connection without a closing handshake

    [[nodiscard]] const http_response& upgrade_response() const noexcept;
    [[nodiscard]] std::string subprotocol() const { return upgrade_response().header("Sec-WebSocket-Protocol"); }

    // Calls of the charge point.
    /// The CALLRESULT's payload; throws on a CALLERROR.
    json::object call(std::string_view action, const json::object& payload);
    /// The CALLERROR; throws on a CALLRESULT.
    call_failure call_error(std::string_view action, const json::object& payload);
    /// Sends and does not wait. Gives the message id.
    std::string send_call(std::string_view action, const json::object& payload, std::string id = {});
    json::object expect_result(std::string_view id);
    call_failure expect_error(std::string_view id);

    // Calls of the gateway.
    /// The next CALL, which has to be of this action.
    incoming_call expect_call(std::string_view action);
    /// An answer to a call that was not, or not any more, asked for.
    void send_result(std::string_view id, const json::object& payload);

    // Frames.
    void send_text(std::string_view text);
    void send_binary(std::string_view bytes);
    void send_frame(opcode code, std::string_view payload, const frame_options& options = {});
    void send_bytes(std::string_view bytes);  // straight to the socket
    /// Like send_bytes, for bytes at which the gateway may hang up half-way; false: it did.
    bool try_send_bytes(std::string_view bytes);
    void ping(std::string_view payload = {});
    std::string expect_pong();
    std::string expect_ping();  // answered, unless connect_options say otherwise
    /// The next text message, of whatever kind, that nothing else has taken.
    std::string expect_text();
    /// Sends a Heartbeat, waits for its answer and throws if anything else arrives before that: what the gateway had
    /// to say before it read the Heartbeat would have come first.
    void expect_silence_until_heartbeat();
    /// Text messages that have arrived and that nothing has taken.
    [[nodiscard]] std::size_t unread() const noexcept;

    // Ends.
    /// Waits for the gateway to close: answers its Close frame and waits for the end of the TCP connection.
    /// Gives the close code; 1005: a Close without a code; 1006: the connection ended without one.
    std::uint16_t expect_close();
    /// Closing handshake, begun here. Gives the code of the gateway's Close.
    std::uint16_t close(std::uint16_t code = 1000, std::string_view reason = {});
    void drop_without_close();  // RST
    void hang_up();             // FIN without a Close frame; what the gateway still sends can be read
    /// Lost without a trace, as behind a dead radio link: the socket stays, nothing is read or written any more.
    void vanish() noexcept;

    // What most conversations need. Each throws when the answer is not the usual one.
    json::object boot();  // status Accepted
    void status(int connector, std::string_view status, std::string_view error_code = "NoError");
    void heartbeat();
    json::object authorize(std::string_view id_tag);
    std::int64_t start_transaction(int connector = 1, std::string_view id_tag = "TAG-1", std::int64_t meter_start = 0,
                                   std::string_view timestamp = "2026-01-02T03:04:05Z");
    json::object stop_transaction(std::int64_t id, std::int64_t meter_stop = 1000,
                                  std::string_view timestamp = "2026-01-02T04:04:05Z");

  private:
    std::shared_ptr<connection> connection_;
};

}  // namespace voltgate::test
