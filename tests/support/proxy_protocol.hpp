// PROXY headers, version 2, as a balancer writes them; and broken ones.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace voltgate::test {

inline constexpr std::string_view proxy_signature("\r\n\r\n\0\r\nQUIT\n", 12);

/// A header of these bytes: version and command, family and transport, what follows the length.
[[nodiscard]] std::string proxy_header_of(int version_and_command, int family, std::string_view content);

/// "This connection is `source`:`port`'s": of IPv4 or IPv6. `extensions`: bytes behind the addresses.
[[nodiscard]] std::string proxied_for(std::string_view source, std::uint16_t port, std::string_view extensions = {});

/// "This connection is my own": a health check.
[[nodiscard]] std::string proxy_itself();

}  // namespace voltgate::test
