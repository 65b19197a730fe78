#include "support/raw_websocket.hpp"

#include "support/tcp_connection.hpp"

#include <fmt/format.h>

namespace voltgate::test {

namespace {

std::string_view name_of(opcode code) {
    switch (code) {
        case opcode::continuation: return "continuation";
        case opcode::text: return "text";
        case opcode::binary: return "binary";
        case opcode::close: return "close";
        case opcode::ping: return "ping";
        case opcode::pong: return "pong";
    }
    return "?";
}

}  // namespace

raw_conversation converse(std::uint16_t port, std::string_view bytes, const raw_options& options) {
    const deadline until;
    http_stream stream;
    stream.connection = tcp_connection(port, options.tcp, until);
    std::string request = fmt::format(
        "GET {} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n",
        options.target);
    for (const auto& [name, value] : options.headers) request += name + ": " + value + "\r\n";
    stream.connection.send(request + "\r\n", until);
    raw_conversation c;
    c.response = read_head(stream, until);
    if (c.response.status != 101) return c;
    bool there = true;
    while (there && !bytes.empty()) {
        const auto piece = bytes.substr(0, options.cut == 0 ? bytes.size() : options.cut);
        there = stream.connection.try_send(piece, until);
        bytes.remove_prefix(piece.size());
    }
    bool last_sent = false;
    do {
        while (auto f = take_frame(stream.buffer)) {
            if (f->code == opcode::close) {
                c.code = close_code(f->payload);
                // If that was the answer to one, the server does not care.
                static_cast<void>(stream.connection.try_send(close_frame(), until));
            } else if (c.code == 1006) {
                c.frames.push_back(std::move(*f));
            }
        }
        if (!last_sent && c.frames.size() >= options.answers) {
            static_cast<void>(stream.connection.try_send(options.last, until));
            last_sent = true;
        }
    } while (stream.connection.receive_more(stream.buffer, until));
    return c;
}

std::string to_string(const raw_conversation& c) {
    std::string text;
    for (const auto& f : c.frames) {
        text += name_of(f.code);
        if (f.reserved != 0) text += '+' + std::to_string(f.reserved);
        if (!f.final) text += "...";
        text += f.payload.size() > 125 ? fmt::format(" of {} bytes; ", f.payload.size()) : " " + f.payload + "; ";
    }
    return text + "close " + std::to_string(c.code);
}

std::string close_frame(std::uint16_t code, std::string_view reason) {
    return encode_frame(opcode::close, close_payload(code, reason));
}

}  // namespace voltgate::test
