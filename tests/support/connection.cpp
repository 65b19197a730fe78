// The client's end of a WebSocket connection, with a memory for failure messages.
#include "support/connection.hpp"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace voltgate::test {

namespace {

// The key and its answer from RFC 6455 section 1.3: a fixed pair checks the server's part without a hash of our own.
constexpr std::string_view handshake_key = "dGhlIHNhbXBsZSBub25jZQ==";
constexpr std::string_view handshake_accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

constexpr std::size_t traced_frames = 20;
constexpr std::size_t traced_characters = 400;

std::string_view name_of(std::uint8_t code) {
    switch (static_cast<opcode>(code)) {
        case opcode::continuation: return "continuation ";
        case opcode::text: return "";
        case opcode::binary: return "binary ";
        case opcode::close: return "close ";
        case opcode::ping: return "ping ";
        case opcode::pong: return "pong ";
    }
    return "unknown opcode ";
}

std::string printable(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, traced_characters)) out += c >= 0x20 && c < 0x7f ? c : '.';
    if (text.size() > traced_characters) fmt::format_to(std::back_inserter(out), "… ({} bytes)", text.size());
    return out;
}

std::string upgrade_request(std::string_view target, std::uint16_t port, const connect_options& options) {
    std::string text = fmt::format(
        "GET {} HTTP/1.1\r\nHost: localhost:{}\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Key: {}\r\nSec-WebSocket-Version: 13\r\n",
        target, port, handshake_key);
    if (!options.connection.empty()) text += "Connection: " + options.connection + "\r\n";
    std::string protocols;
    for (const auto& name : options.subprotocols) protocols += (protocols.empty() ? "" : ", ") + name;
    if (!protocols.empty()) text += "Sec-WebSocket-Protocol: " + protocols + "\r\n";
    for (const auto& [name, value] : options.headers) text += name + ": " + value + "\r\n";
    return text + "\r\n" + options.right_behind;
}

}  // namespace

connection::connection(std::uint16_t port, std::string_view target, const connect_options& options)
    : patience_(options.patience), answer_pings_(options.answer_pings) {
    const deadline until(patience_);
    stream_.connection = tcp_connection(port, options.tcp, until);
    stream_.connection.send(upgrade_request(target, port, options), until);
    response_ = read_head(stream_, until);
    if (!upgraded()) {
        body_reader body(response_, false);
        while (body.more(stream_, response_.body, until)) {
        }
    } else if (response_.header("Sec-WebSocket-Accept") != handshake_accept) {
        throw unexpected(
            fmt::format("the gateway's Sec-WebSocket-Accept is wrong: '{}'", response_.header("Sec-WebSocket-Accept")));
    }
}

void connection::fail(std::string_view what) const {
    std::string text(what);
    text += trace_.empty() ? "\nno frames were seen" : "\nlast frames (> to the gateway, < from it):";
    for (const auto& entry : trace_)
        fmt::format_to(std::back_inserter(text), "\n  {} {}", entry.sent ? '>' : '<', entry.text);
    for (const auto& waiting : texts_) text += "\n  not taken: " + printable(waiting);
    throw unexpected(text);
}

void connection::trace(bool sent, std::uint8_t code, std::string_view payload) {
    std::string text(name_of(code));
    if (static_cast<opcode>(code) == opcode::close && payload.size() >= 2) {
        text += std::to_string(close_code(payload)) + ' ';
        payload.remove_prefix(2);
    }
    trace_.push_back({sent, text + printable(payload)});
    if (trace_.size() > traced_frames) trace_.pop_front();
}

void connection::check_alive() const {
    if (vanished_) fail("this charge point has vanished: it neither reads nor writes any more");
}

void connection::send_frame(std::uint8_t code, std::string_view payload, const frame_options& options) {
    trace(true, code, payload);
    send_bytes(encode_frame(code, payload, options));
}

void connection::send_bytes(std::string_view bytes) {
    if (!try_send_bytes(bytes)) fail("sending: the gateway has ended the connection");
}

bool connection::try_send_bytes(std::string_view bytes) {
    check_alive();
    try {
        return stream_.connection.try_send(bytes, deadline(patience_));
    } catch (const unexpected& e) {
        fail(e.what());
    }
}

void connection::send_frame_array(const json::array& frame) {
    send_frame(static_cast<std::uint8_t>(opcode::text), json::serialize(frame));
}

void connection::accept_close(std::string_view payload) {
    closed_with_ = close_code(payload);
    if (close_sent_) return;
    close_sent_ = true;
    trace(true, static_cast<std::uint8_t>(opcode::close), payload);
    // The gateway may be gone already, and then nobody waits for the echo.
    static_cast<void>(
        stream_.connection.try_send(encode_frame(opcode::close, payload.substr(0, 2)), deadline(patience_)));
}

void connection::accept_message(opcode code, std::string payload) {
    switch (code) {
        case opcode::ping:
            if (answer_pings_) send_frame(static_cast<std::uint8_t>(opcode::pong), payload);
            [[fallthrough]];
        case opcode::pong: controls_.push_back({true, false, 0, code, std::move(payload)}); return;
        case opcode::close: accept_close(payload); return;
        case opcode::text: texts_.push_back(std::move(payload)); return;
        case opcode::binary:
        case opcode::continuation: fail("the gateway sent a frame that OCPP-J does not know");
    }
}

void connection::accept_frame(frame received) {
    trace(false, static_cast<std::uint8_t>(received.code), received.payload);
    if (received.masked) fail("the gateway masked a frame: a server must not");
    if (received.reserved != 0) fail("the gateway set a reserved bit that was not negotiated");
    const bool control = received.code >= opcode::close;
    if (control && (!received.final || received.payload.size() > 125))
        fail("the gateway sent a malformed control frame");
    if (control) return accept_message(received.code, std::move(received.payload));
    if ((received.code == opcode::continuation) != fragments_.has_value())
        fail("the gateway sent a fragment out of place");
    if (!fragments_) {
        if (received.code != opcode::text) fail("the gateway sent a binary message");
        fragments_.emplace();
    }
    *fragments_ += received.payload;
    if (!received.final) return;
    accept_message(opcode::text, std::move(*fragments_));
    fragments_.reset();
}

void connection::read_more(std::string_view waiting_for, deadline until) {
    check_alive();
    bool any = false;
    while (auto received = take_frame(stream_.buffer)) {
        accept_frame(std::move(*received));
        any = true;
    }
    if (any) return;
    if (closed_with_) fail(fmt::format("waiting for {}: the gateway closed with {}", waiting_for, *closed_with_));
    if (ended_) fail(fmt::format("waiting for {}: the gateway has ended the connection", waiting_for));
    const auto what = stream_.connection.receive(stream_.buffer, until);
    if (what == tcp_connection::received::nothing)
        fail(fmt::format("waiting for {}: not within {} ms", waiting_for, patience_.count()));
    ended_ = what == tcp_connection::received::end;
}

std::string connection::take_text(const std::function<bool(std::string_view)>& wanted, std::string_view description) {
    const deadline until(patience_);
    for (;;) {
        const auto found = std::find_if(texts_.begin(), texts_.end(), wanted);
        if (found != texts_.end()) {
            std::string text = std::move(*found);
            texts_.erase(found);
            return text;
        }
        read_more(description, until);
    }
}

std::string connection::take_control(opcode code, std::string_view description) {
    const deadline until(patience_);
    for (;;) {
        const auto found =
            std::find_if(controls_.begin(), controls_.end(), [&](const frame& f) { return f.code == code; });
        if (found != controls_.end()) {
            std::string payload = std::move(found->payload);
            controls_.erase(found);
            return payload;
        }
        read_more(description, until);
    }
}

std::uint16_t connection::read_to_end() {
    const deadline until(patience_);
    while (!closed_with_ && !ended_) read_more("the gateway to close", until);
    if (closed_with_ && !ended_) {
        // The server ends the TCP connection first (RFC 6455 section 7.1.1).
        auto what = tcp_connection::received::bytes;
        while (what == tcp_connection::received::bytes) what = stream_.connection.receive(stream_.buffer, until);
        if (what == tcp_connection::received::nothing)
            fail("the gateway did not end the TCP connection after the closing handshake");
        ended_ = true;
    }
    stream_.connection.close();
    return closed_with_.value_or(1006);
}

}  // namespace voltgate::test
