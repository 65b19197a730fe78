// The header with which a balancer begins a connection: whose it is. Version 2 of the PROXY protocol, the binary one,
// and version 1, a line of text. Pure: bytes in, address out. Source: The PROXY protocol, Versions 1 & 2, section 2.
#pragma once

#include "security/networks.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace voltgate {

struct proxied_peer {
    boost::asio::ip::address address;
    std::uint16_t port = 0;
};

/// One per connection. It never asks for a byte that lies behind the header: what follows is TLS's or HTTP's.
class proxy_header {
  public:
    static constexpr std::size_t longest = 4096;  // addresses and extensions; balancers send some hundred bytes

    enum class status : std::uint8_t {
        more,       // wanted() bytes are still to come
        complete,   // peer() says whose it is
        no_header,  // something else: TLS, HTTP
        malformed,  // broken, for another transport, or too long
    };

    /// The next bytes, at most wanted() of them. After anything but `more` it is not called again.
    status take(std::span<const char> bytes) noexcept;
    [[nodiscard]] std::size_t wanted() const noexcept;

    /// Nothing: the balancer speaks for itself (a health check), or does not know. Only once complete.
    [[nodiscard]] const std::optional<proxied_peer>& peer() const noexcept { return peer_; }

  private:
    static constexpr std::size_t signature_size = 12, fixed_size = 16;
    static constexpr std::size_t longest_line = 107;  // of version 1, with its end; of version 2 52 bytes are kept

    [[nodiscard]] bool is_line() const noexcept { return have_ > 0 && kept_[0] == 'P'; }
    status check_signature() const noexcept;
    status read_line() noexcept;
    status read_line_addresses(std::string_view line) noexcept;
    status read_fixed() noexcept;
    status read_addresses() noexcept;
    [[nodiscard]] unsigned byte(std::size_t at) const noexcept { return static_cast<unsigned char>(kept_[at]); }

    std::array<char, longest_line> kept_{};
    std::size_t have_ = 0;               // bytes that came
    std::size_t size_ = signature_size;  // of the header, as far as it is known
    std::size_t addresses_ = 0;          // bytes of them that count
    std::optional<proxied_peer> peer_;
};

/// What is wrong, for people.
[[nodiscard]] std::string_view to_string(proxy_header::status s) noexcept;

}  // namespace voltgate
