// WebSocket framing from the client's side, well-formed or not. Source: RFC 6455 section 5.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace voltgate::test {

enum class opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

/// One frame as a test wants it on the wire; the defaults make a correct client frame.
struct frame_options {
    bool final = true;
    bool masked = true;
    std::uint8_t reserved = 0;                    // RSV1 to RSV3, as the bits 4, 2, 1
    std::optional<std::uint64_t> claimed_length;  // what the header says, when it is not to be the truth
};

/// `code` may be one that does not exist, such as 3 or 11.
[[nodiscard]] std::string encode_frame(std::uint8_t code, std::string_view payload, const frame_options& options = {});
[[nodiscard]] std::string encode_frame(opcode code, std::string_view payload, const frame_options& options = {});

/// The payload of a Close frame.
[[nodiscard]] std::string close_payload(std::uint16_t code, std::string_view reason = {});
/// 1005 for an empty payload, as RFC 6455 has it.
[[nodiscard]] std::uint16_t close_code(std::string_view payload);

struct frame {
    bool final = true;
    bool masked = false;
    std::uint8_t reserved = 0;
    opcode code = opcode::text;
    std::string payload;  // unmasked
};

/// Takes one whole frame from the front of `buffer`; nullopt while it is not complete.
/// Throws `unexpected` for an opcode that does not exist.
[[nodiscard]] std::optional<frame> take_frame(std::string& buffer);

}  // namespace voltgate::test
