#include "support/transcript.hpp"

#include "support/raw_websocket.hpp"
#include "support/tcp_connection.hpp"
#include "support/websocket_frame.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace voltgate::test {

namespace {

constexpr std::size_t longest_byte_by_byte = 1024;
constexpr std::string_view switching = "HTTP/1.1 101 ";
constexpr std::string_view end_of_head = "\r\n\r\n";

std::string request_of(const conversation& said) {
    std::string request = fmt::format(
        "GET {} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n",
        said.target);
    for (const auto& [name, value] : said.headers) request += name + ": " + value + "\r\n";
    return request + "\r\n";
}

bool is_readable(char c) { return c >= ' ' && c <= '~' && c != '\''; }

/// How many bytes at the front are of the kind of the first one.
std::size_t run_of_readable(std::string_view s) {
    return static_cast<std::size_t>(std::ranges::find_if_not(s, is_readable) - s.begin());
}
std::size_t run_of_equal(std::string_view s) { return std::min(s.find_first_not_of(s.front()), s.size()); }

void append_bytes(std::string& line, std::string_view s, bool quoting) {
    constexpr std::size_t long_run = 24, short_text = 3;
    while (!s.empty()) {
        if (!line.empty() && line.back() != '\n') line += ' ';
        std::size_t n = 1;
        if (const std::size_t equal = run_of_equal(s); equal >= long_run) {
            line += fmt::format("{:02x}*{}", static_cast<unsigned char>(s.front()), equal);
            n = equal;
        } else if (const std::size_t text = run_of_readable(s); quoting && text >= short_text) {
            n = text;
            for (std::size_t i = 1; i < text; ++i) {
                if (run_of_equal(s.substr(i)) < long_run) continue;
                n = i;
                break;
            }
            line += fmt::format("'{}'", s.substr(0, n));
        } else {
            line += fmt::format("{:02x}", static_cast<unsigned char>(s.front()));
        }
        s.remove_prefix(n);
    }
}

}  // namespace

std::string converse_bytes(std::uint16_t port, const conversation& said, sending how) {
    const deadline until;
    tcp_connection connection(port, {}, until);
    std::string received, frames;
    std::string_view rest = said.sent;
    if (how == sending::with_request) {
        connection.send(request_of(said) + said.sent, until);
        rest = {};
    } else {
        connection.send(request_of(said), until);
    }
    std::size_t head = 0;
    while ((head = received.find(end_of_head)) == std::string::npos)
        if (!connection.receive_more(received, until)) return received;
    const bool upgraded = received.starts_with(switching);
    if (upgraded) frames = received.substr(head + end_of_head.size());
    if (!upgraded) connection.shutdown_send();

    const bool in_bytes = how == sending::byte_by_byte && rest.size() <= longest_byte_by_byte;
    bool there = true;
    while (there && !rest.empty()) {
        const auto piece = rest.substr(0, in_bytes ? 1 : rest.size());
        there = connection.try_send(piece, until);
        rest.remove_prefix(piece.size());
    }
    std::size_t came = 0;
    bool last_sent = false;
    const auto more_comes = [&](std::string& more) {
        try {
            return connection.receive_more(more, until);
        } catch (const unexpected& e) {
            throw unexpected(fmt::format("{}: {}; what came:\n{}", said.name, e.what(), transcript_of(received)));
        }
    };
    for (;;) {
        while (const auto f = take_frame(frames)) {
            ++came;
            if (f->code == opcode::close && !said.hangs_up)
                static_cast<void>(connection.try_send(close_frame(), until));
        }
        if (!last_sent && came >= said.answers && received.find(said.awaits) != std::string::npos) {
            static_cast<void>(connection.try_send(said.last, until));
            if (said.hangs_up) connection.shutdown_send();
            last_sent = true;
        }
        std::string more;
        if (!more_comes(more)) return received;
        received += more;
        if (upgraded) frames += more;
    }
}

std::string with_pongs_apart(std::string_view received) {
    const std::size_t head = received.find(end_of_head) + end_of_head.size();
    std::string rest(received.substr(head)), messages, pongs, closes;
    while (!rest.empty()) {
        const std::string before = rest;
        const auto f = take_frame(rest);
        if (!f) break;
        std::string& kind = f->code == opcode::pong ? pongs : f->code == opcode::close ? closes : messages;
        kind += before.substr(0, before.size() - rest.size());
    }
    return std::string(received.substr(0, head)) + messages + pongs + closes + rest;
}

std::string transcript_of(std::string_view received) {
    std::string text;
    const std::size_t head = received.find(end_of_head);
    if (head == std::string_view::npos) {
        append_bytes(text, received, true);
        return text + '\n';
    }
    std::string_view lines = received.substr(0, head + 2);
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find("\r\n"), lines.size());
        text += fmt::format("{}\n", lines.substr(0, end));
        lines.remove_prefix(std::min(end + 2, lines.size()));
    }
    text += '\n';
    std::string_view rest = received.substr(head + end_of_head.size());
    std::string frames(received.starts_with(switching) ? rest : "");
    while (take_frame(frames)) {
        const std::size_t size = rest.size() - frames.size();
        const std::size_t length = static_cast<unsigned char>(rest[1]) & 0x7FU;
        const std::size_t header = 2 + (length == 126 ? 2U : length == 127 ? 8U : 0U);
        append_bytes(text, rest.substr(0, header), false);
        append_bytes(text, rest.substr(header, size - header), true);
        text += '\n';
        rest.remove_prefix(size);
    }
    if (!rest.empty()) {
        append_bytes(text, rest, true);
        text += '\n';
    }
    return text;
}

}  // namespace voltgate::test
