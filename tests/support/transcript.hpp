// A conversation as it went, byte for byte, in a form that people can read and that tells different bytes apart.
#pragma once

#include "support/conversations.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace voltgate::test {

enum class sending {
    whole,         // everything in one go, behind the answer to the upgrade
    with_request,  // together with the upgrade request
    byte_by_byte,  // if it is short enough for that
};

/// Every byte that the server sent until it ended the connection, from the status line on. Its Close is answered with
/// one, unless the conversation is one that hangs up.
[[nodiscard]] std::string converse_bytes(std::uint16_t port, const conversation& said, sending how);

/// The same with its pongs moved behind the messages, before the Close.
[[nodiscard]] std::string with_pongs_apart(std::string_view received);

/// One line for each line of the response's head, then one for each frame: its first bytes as hexadecimal numbers, its
/// payload in quotes where it is readable. "2a*126" are 126 bytes 2a.
[[nodiscard]] std::string transcript_of(std::string_view received);

}  // namespace voltgate::test
