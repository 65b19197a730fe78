// Text helpers: printf-like formatting, base64, SHA-1 (for the WebSocket handshake), fatal errors.
#pragma once

#include <string>
#include <string_view>

namespace ocppload {

/// Says why on standard error and ends the program with status 2.
[[noreturn, gnu::format(printf, 1, 2)]] void die(const char* format, ...);

/// At most 511 characters.
[[gnu::format(printf, 1, 2)]] std::string format(const char* format, ...);

std::string lower(std::string text);
std::string base64(std::string_view bytes);
std::string sha1(std::string bytes);

}  // namespace ocppload
