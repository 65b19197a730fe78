// WebSocket frames as they stand on the wire: opcodes, heads, masks, close codes. Pure. Source: RFC 6455 sections 5.2,
// 5.3, 5.5 and 7.4.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace voltgate::websocket {

enum class opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

inline constexpr std::size_t longest_control_payload = 125;

/// Before the payload of a frame that a server sends: unmasked, never in fragments.
struct frame_head {
    std::array<char, 10> bytes;
    std::uint8_t size = 0;
};
[[nodiscard]] frame_head make_head(opcode code, std::size_t payload, bool packed) noexcept;

/// Removes the mask from the payload's bytes (or puts it on). `key` is what the mask begins with, in the order of the
/// wire; afterwards it is what it goes on with. Returns whether all bytes are ASCII.
bool unmask(char* bytes, std::size_t size, std::array<char, 4>& key) noexcept;

/// One that may stand in a Close frame.
[[nodiscard]] bool may_be_sent(std::uint16_t close_code) noexcept;
/// The payload of a Close frame; a reason that is too long is cut.
[[nodiscard]] std::string close_payload(std::uint16_t code, std::string_view reason);

/// What a server answers to Sec-WebSocket-Key, for Sec-WebSocket-Accept. Source: RFC 6455 section 4.2.2.
[[nodiscard]] std::string accept_of(std::string_view key);

}  // namespace voltgate::websocket
