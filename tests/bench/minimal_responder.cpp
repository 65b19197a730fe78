// minimal_responder PORT: what Asio, the sockets and the frames cost by themselves, as the floor under the gateway. It
// accepts /ocpp/{anything} and answers every CALL by the place of its id, without a JSON parser; it knows nothing else
// of OCPP, and of WebSocket what its clients use: whole text frames, pings and the end. One receive a wake-up, one
// send.
#include "responder.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <string>
#include <string_view>
#include <utility>

namespace {

using namespace responder;
constexpr auto token = asio::as_tuple(asio::deferred);

constexpr std::size_t most_received = std::size_t{64} * 1024;
constexpr std::size_t longest_request = 8192;
enum opcode : std::uint8_t { text = 1, close = 8, ping = 9, pong = 10 };

// ------------------------------------------------------------------------------------------------------- handshake

bool same_letters(char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
}

// Empty: there is none. `name`: with the end of the line before it and a colon.
std::string_view header(std::string_view request, std::string_view name) {
    const auto found = std::search(request.begin(), request.end(), name.begin(), name.end(), same_letters);
    std::string_view value = request.substr(static_cast<std::size_t>(found - request.begin()));
    value.remove_prefix(std::min(name.size(), value.size()));
    value = value.substr(0, value.find('\r'));
    value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
    return value;
}

std::string accept_of(std::string_view key) {
    const std::string input = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, SHA_DIGEST_LENGTH> digest;
    SHA1(reinterpret_cast<const unsigned char*>(input.data()), input.size(), digest.data());
    std::array<unsigned char, 32> encoded;
    const int size = EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(digest.size()));
    return {encoded.begin(), encoded.begin() + size};
}

// Leaves in `rest` what came behind the request.
asio::awaitable<bool, executor> shake_hands(tcp_socket& socket, std::string& rest) {
    auto request = asio::dynamic_buffer(rest, longest_request);
    auto [read_error, size] = co_await asio::async_read_until(socket, request, "\r\n\r\n", token);
    if (read_error) co_return false;
    const std::string_view head(rest.data(), size);
    const std::string_view key = header(head, "\r\nSec-WebSocket-Key:");
    if (!head.starts_with("GET /ocpp/") || key.empty()) co_return false;
    const std::string answer =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
        "Sec-WebSocket-Protocol: ocpp1.6\r\nSec-WebSocket-Accept: " +
        accept_of(key) + "\r\n\r\n";
    rest.erase(0, size);
    const auto bytes = asio::buffer(answer);
    auto [write_error, written] = co_await asio::async_write(socket, bytes, token);
    co_return !write_error;
}

// ---------------------------------------------------------------------------------------------------------- frames

std::size_t byte_of(char c) { return static_cast<unsigned char>(c); }

void unmask(char* bytes, std::size_t size, const char* key) {
    std::array<char, 8> twice;
    std::memcpy(twice.data(), key, 4);
    std::memcpy(twice.data() + 4, key, 4);
    std::uint64_t mask = 0, word = 0;
    std::memcpy(&mask, twice.data(), sizeof mask);
    std::size_t i = 0;
    for (; i + sizeof word <= size; i += sizeof word) {
        std::memcpy(&word, bytes + i, sizeof word);
        word ^= mask;
        std::memcpy(bytes + i, &word, sizeof word);
    }
    for (std::size_t k = 0; i < size; ++i, ++k) bytes[i] = static_cast<char>(bytes[i] ^ twice[k]);
}

void append_frame(std::string& out, opcode code, std::initializer_list<std::string_view> pieces) {
    std::size_t size = 0;
    for (const auto piece : pieces) size += piece.size();
    const bool is_long = size > 125;
    std::size_t at = out.size();
    out.resize(at + (is_long ? 4 : 2) + size);
    out[at++] = static_cast<char>(0x80U | code);
    out[at++] = static_cast<char>(is_long ? 126 : size);
    if (is_long) {
        out[at++] = static_cast<char>(size >> 8);
        out[at++] = static_cast<char>(size);
    }
    for (const auto piece : pieces) {
        std::memcpy(&out[at], piece.data(), piece.size());
        at += piece.size();
    }
}

// [2,"id","action",...: as long as nobody puts blanks in between.
void answer_call(std::string_view message, std::string& out) {
    constexpr std::string_view before = "[2,\"", between = "\",\"";
    if (!message.starts_with(before)) return;
    message.remove_prefix(before.size());
    const std::string_view id = message.substr(0, message.find('"'));
    message.remove_prefix(id.size());
    if (!message.starts_with(between)) return;
    message.remove_prefix(between.size());
    if (message.starts_with("Heartbeat\"")) {
        append_frame(out, text, {"[3,\"", id, "\",{\"currentTime\":\"", now_text(), "\"}]"});
    } else if (message.starts_with("BootNotification\"")) {
        append_frame(
            out, text,
            {"[3,\"", id, "\",{\"status\":\"Accepted\",\"currentTime\":\"", now_text(), "\",\"interval\":300}]"});
    } else {
        append_frame(out, text, {"[3,\"", id, "\",{}]"});
    }
}

// Answers the whole frames and returns how many bytes they are. `over`: the connection ends.
std::size_t answer_frames(char* bytes, std::size_t size, std::string& out, bool& over) {
    std::size_t used = 0;
    while (!over && size - used >= 2) {
        char* const head = bytes + used;
        std::size_t length = byte_of(head[1]) & 0x7F;
        const bool whole = (byte_of(head[0]) & 0xF0) == 0x80, masked = (byte_of(head[1]) & 0x80) != 0;
        over = !whole || !masked || length == 127;  // nobody here has messages of more than 65,535 bytes
        if (over || (length == 126 && size - used < 4)) break;
        const std::size_t head_size = length == 126 ? 8 : 6;
        if (length == 126) length = byte_of(head[2]) << 8 | byte_of(head[3]);
        if (size - used < head_size + length) break;
        char* const payload = head + head_size;
        unmask(payload, length, payload - 4);
        const std::string_view message(payload, length);
        switch (byte_of(head[0]) & 0x0F) {
            case text: answer_call(message, out); break;
            case ping: append_frame(out, pong, {message}); break;
            case pong: break;
            case close: append_frame(out, close, {message}); [[fallthrough]];
            default: over = true;
        }
        used += head_size + length;
    }
    return used;
}

// Of the one thread, as long as nobody waits.
std::array<char, most_received> received;
std::string to_send;

/// Answers what has come; false: the connection has ended. `rest`: what is cut off, from one time to the next; it may
/// hold whole frames already. `unsent`: what the socket does not take at once.
bool answer_what_came(tcp_socket& socket, std::string& rest, std::string& unsent) {
    boost::system::error_code error;
    const std::size_t size = socket.receive(asio::buffer(received), 0, error);
    if (error && error != asio::error::would_block) return false;
    bool over = false;
    to_send.clear();
    if (rest.empty()) {
        const std::size_t used = answer_frames(received.data(), size, to_send, over);
        rest.assign(received.data() + used, size - used);
    } else {
        rest.append(received.data(), size);
        rest.erase(0, answer_frames(rest.data(), rest.size(), to_send, over));
    }
    if (to_send.empty()) return !over;
    const std::size_t sent = socket.send(asio::buffer(to_send), 0, error);
    if (error && error != asio::error::would_block) return false;
    if (sent < to_send.size()) unsent.assign(to_send, sent);
    return !over;
}

asio::awaitable<void, executor> serve(tcp_socket socket) {
    std::string rest, unsent;
    if (!co_await shake_hands(socket, rest)) co_return;
    rest.shrink_to_fit();
    socket.non_blocking(true);
    bool going = rest.empty() || answer_what_came(socket, rest, unsent);
    while (going) {
        if (!unsent.empty()) {
            const auto bytes = asio::buffer(unsent);
            auto [error, written] = co_await asio::async_write(socket, bytes, token);
            if (error) co_return;
            unsent.clear();
        }
        auto [error] = co_await socket.async_wait(tcp::socket::wait_read, token);
        going = !error && answer_what_came(socket, rest, unsent);
    }
}

}  // namespace

int main(int argc, char** argv) {
    return run("minimal_responder", argc, argv, [](tcp_socket socket) { return serve(std::move(socket)); });
}
