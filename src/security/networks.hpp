// IP addresses as numbers, and networks of them.
#pragma once

#include <boost/asio/ip/address.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

/// An IPv6 address; an IPv4 address in its mapped form.
using ip_bytes = std::array<unsigned char, 16>;

[[nodiscard]] ip_bytes bytes_of(const boost::asio::ip::address& a) noexcept;
/// IPv4 where it is one.
[[nodiscard]] boost::asio::ip::address address_of(const ip_bytes& bytes) noexcept;
/// "192.0.2.1:50000", "[2001:db8::1]:50000".
[[nodiscard]] std::string endpoint_text(const boost::asio::ip::address& a, unsigned port);

class network {
  public:
    /// "10.0.0.0/8", "fd00::/8", or one address.
    [[nodiscard]] static std::optional<network> parse(std::string_view text);

    [[nodiscard]] bool contains(const ip_bytes& a) const noexcept;

  private:
    ip_bytes first_{};
    unsigned bits_ = 128;  // that count
};

/// Texts that are no network are left out: the configuration is checked before.
[[nodiscard]] std::vector<network> read_networks(const std::vector<std::string>& texts);
[[nodiscard]] bool any_contains(const std::vector<network>& networks, const boost::asio::ip::address& a) noexcept;

}  // namespace voltgate
