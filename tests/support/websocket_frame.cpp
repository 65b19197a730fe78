// Encoding and decoding of single WebSocket frames.
#include "support/websocket_frame.hpp"

#include "support/wait.hpp"

#include <fmt/format.h>

#include <array>

namespace voltgate::test {

namespace {

// Any value will do: masking protects proxies, not us, and a fixed key makes failing tests repeatable.
constexpr std::array<std::uint8_t, 4> mask_key = {0x37, 0xfa, 0x21, 0x3d};

char byte(std::uint64_t value) { return static_cast<char>(static_cast<std::uint8_t>(value & 0xff)); }

std::uint64_t number_at(std::string_view bytes, std::size_t offset, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8 | static_cast<std::uint8_t>(bytes[offset + i]);
    return value;
}

void append_big_endian(std::string& out, std::uint64_t value, unsigned bytes) {
    for (unsigned i = bytes; i > 0; --i) out += byte(value >> (8 * (i - 1)));
}

void apply_mask(std::string& payload, std::string_view key) {
    for (std::size_t i = 0; i < payload.size(); ++i)
        payload[i] = byte(static_cast<std::uint8_t>(payload[i]) ^ static_cast<std::uint8_t>(key[i % 4]));
}

opcode known_opcode(std::uint8_t code) {
    switch (code) {
        case 0:
        case 1:
        case 2:
        case 8:
        case 9:
        case 10: return static_cast<opcode>(code);
        default: throw unexpected(fmt::format("the gateway sent a frame with opcode {}", code));
    }
}

}  // namespace

std::string encode_frame(std::uint8_t code, std::string_view payload, const frame_options& options) {
    std::string out;
    out.reserve(payload.size() + 14);
    out += byte((options.final ? 0x80U : 0U) | static_cast<unsigned>(options.reserved << 4U) | code);
    const std::uint64_t mask_bit = options.masked ? 0x80 : 0;
    const std::uint64_t length = options.claimed_length.value_or(payload.size());
    if (length < 126) {
        out += byte(mask_bit | length);
    } else if (length <= 0xffff) {
        out += byte(mask_bit | 126);
        append_big_endian(out, length, 2);
    } else {
        out += byte(mask_bit | 127);
        append_big_endian(out, length, 8);
    }
    std::string body(payload);
    if (options.masked) {
        std::string key;
        for (const auto b : mask_key) key += byte(b);
        out += key;
        apply_mask(body, key);
    }
    return out + body;
}

std::string encode_frame(opcode code, std::string_view payload, const frame_options& options) {
    return encode_frame(static_cast<std::uint8_t>(code), payload, options);
}

std::string close_payload(std::uint16_t code, std::string_view reason) {
    std::string out;
    append_big_endian(out, code, 2);
    out += reason;
    return out;
}

std::uint16_t close_code(std::string_view payload) {
    return payload.size() < 2 ? std::uint16_t{1005} : static_cast<std::uint16_t>(number_at(payload, 0, 2));
}

std::optional<frame> take_frame(std::string& buffer) {
    if (buffer.size() < 2) return std::nullopt;
    const auto first = static_cast<std::uint8_t>(buffer[0]);
    const auto second = static_cast<std::uint8_t>(buffer[1]);
    frame result;
    result.final = (first & 0x80U) != 0;
    result.reserved = static_cast<std::uint8_t>(first >> 4U & 7U);
    result.masked = (second & 0x80U) != 0;
    result.code = known_opcode(first & 0x0fU);

    std::size_t header = 2;
    std::uint64_t length = second & 0x7fU;
    const std::size_t length_bytes = length == 126 ? 2 : length == 127 ? 8 : 0;
    const std::size_t key_bytes = result.masked ? 4 : 0;
    if (buffer.size() < header + length_bytes + key_bytes) return std::nullopt;
    if (length_bytes > 0) length = number_at(buffer, header, length_bytes);
    header += length_bytes + key_bytes;
    if (buffer.size() - header < length) return std::nullopt;

    result.payload = buffer.substr(header, length);
    if (result.masked) apply_mask(result.payload, std::string_view(buffer).substr(header - 4, 4));
    buffer.erase(0, header + length);
    return result;
}

}  // namespace voltgate::test
