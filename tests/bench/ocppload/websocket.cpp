#include "websocket.hpp"

#include "text.hpp"

#include <cstring>

namespace ocppload {
namespace {

constexpr std::uint64_t max_frame = 1 << 20;

std::string header_value(const std::string& lower_head, const std::string& head, const char* name) {
    std::size_t at = lower_head.find(std::string("\r\n") + name + ":");
    if (at == std::string::npos) return "";
    at += std::strlen(name) + 3;
    std::size_t end = head.find("\r\n", at);
    while (at < end && head[at] == ' ') ++at;
    while (end > at && head[end - 1] == ' ') --end;
    return head.substr(at, end - at);
}

}  // namespace

void append_frame(std::string& out, opcode code, std::string_view payload, std::uint32_t mask) {
    std::size_t n = payload.size();
    int length_bytes = n < 126 ? 0 : n < 65536 ? 2 : 8;
    out += static_cast<char>(0x80 | static_cast<unsigned>(code));
    out += static_cast<char>(0x80 | (length_bytes == 0 ? n : length_bytes == 2 ? 126 : 127));
    for (int shift = 8 * (length_bytes - 1); shift >= 0; shift -= 8) out += static_cast<char>(n >> shift);
    out.append(reinterpret_cast<const char*>(&mask), sizeof mask);
    std::size_t start = out.size();
    out.append(payload);
    std::uint64_t wide = std::uint64_t{mask} << 32 | mask;
    char* p = out.data() + start;
    for (; n >= 8; n -= 8, p += 8) {
        std::uint64_t v;
        std::memcpy(&v, p, 8);
        v ^= wide;
        std::memcpy(p, &v, 8);
    }
    char last[8];
    std::memcpy(last, &wide, 8);
    for (std::size_t i = 0; i < n; ++i) p[i] = static_cast<char>(p[i] ^ last[i]);
}

const char* read_frame(std::string_view bytes, frame& out) {
    out.size = 0;
    if (bytes.size() < 2) return nullptr;
    auto b0 = static_cast<unsigned char>(bytes[0]), b1 = static_cast<unsigned char>(bytes[1]);
    out.final = b0 & 0x80;
    out.code = static_cast<opcode>(b0 & 15);
    bool control = b0 & 0x08;
    if (b0 & 0x70) return "reserved bits set";
    if (b1 & 0x80) return "a masked frame from the server";
    if (control && (!out.final || b1 > 125)) return "a bad control frame";

    std::size_t header = 2 + (b1 == 126 ? 2u : b1 == 127 ? 8u : 0u);
    if (bytes.size() < header) return nullptr;
    std::uint64_t length = header == 2 ? b1 : 0;
    for (std::size_t i = 2; i < header; ++i) length = length << 8 | static_cast<unsigned char>(bytes[i]);
    if (length > max_frame) return "a frame over 1 MiB";
    if (bytes.size() - header < length) return nullptr;
    out.payload = bytes.substr(header, length);
    out.size = header + length;
    return nullptr;
}

std::string check_upgrade(const std::string& head, std::string_view key, const std::string& subprotocol) {
    std::string low = lower(head);
    auto header = [&](const char* name) { return header_value(low, head, name); };
    if (!head.starts_with("HTTP/1.1 101")) return "upgrade refused: " + head.substr(0, head.find("\r\n"));
    if (lower(header("upgrade")) != "websocket" || lower(header("connection")).find("upgrade") == std::string::npos) {
        return "101 without the Upgrade and Connection headers";
    }
    if (header("sec-websocket-accept") != base64(sha1(std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))) {
        return "wrong Sec-WebSocket-Accept";
    }
    if (header("sec-websocket-protocol") != subprotocol) {
        return "the server did not select the subprotocol " + subprotocol;
    }
    if (!header("sec-websocket-extensions").empty()) return "the server selected an extension that was not offered";
    return "";
}

}  // namespace ocppload
