// The client's half of the WebSocket protocol, without any I/O.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ocppload {

enum class opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

/// Appends a whole masked frame.
void append_frame(std::string& out, opcode code, std::string_view payload, std::uint32_t mask);

struct frame {
    bool final = true;
    opcode code = opcode::text;
    std::string_view payload;
    std::size_t size = 0;  // with its header; 0: not all here yet
};

/// Reads the frame at the front of `bytes`. Returns what is wrong with it, else null.
const char* read_frame(std::string_view bytes, frame& out);

/// What is wrong with the server's answer to an upgrade request (`head`: up to its last line), empty if nothing.
std::string check_upgrade(const std::string& head, std::string_view key, const std::string& subprotocol);

}  // namespace ocppload
