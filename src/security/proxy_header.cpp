#include "security/proxy_header.hpp"

#include <algorithm>

namespace voltgate {

namespace {

constexpr std::string_view signature("\r\n\r\n\0\r\nQUIT\n", 12);
constexpr std::string_view textual = "PROXY ";
constexpr std::size_t ipv4_size = 12, ipv6_size = 36;  // two addresses, two ports

// Byte 13: version and command. Byte 14: family and transport.
constexpr unsigned version_two = 0x2, local = 0x0, proxied = 0x1;
constexpr unsigned unspecified = 0x00, tcp_over_ipv4 = 0x11, tcp_over_ipv6 = 0x21, unix_stream = 0x31;

}  // namespace

std::size_t proxy_header::wanted() const noexcept { return size_ - have_; }

proxy_header::status proxy_header::take(std::span<const char> bytes) noexcept {
    const std::size_t kept = std::min(bytes.size(), kept_.size() - std::min(have_, kept_.size()));
    std::copy_n(bytes.begin(), kept, kept_.begin() + static_cast<std::ptrdiff_t>(std::min(have_, kept_.size())));
    const bool fixed_was_there = have_ >= fixed_size;
    have_ += bytes.size();
    if (!fixed_was_there) {
        const status s = have_ < fixed_size ? check_signature() : read_fixed();
        if (s != status::complete) return s;
    }
    return have_ < size_ ? status::more : read_addresses();
}

// What cannot become a header is told at the first byte that says so: more might never come.
proxy_header::status proxy_header::check_signature() const noexcept {
    const std::string_view came(kept_.data(), std::min(have_, signature.size()));
    if (signature.starts_with(came)) return status::more;
    if (came.starts_with(textual)) return status::version_one;
    return textual.starts_with(came) ? status::more : status::no_header;
}

// complete: the rest may be read.
proxy_header::status proxy_header::read_fixed() noexcept {
    if (const status s = check_signature(); s != status::more) return s;
    const unsigned command = byte(12) & 0xFU, family = byte(13);
    const std::size_t length = byte(14) * 256 + byte(15);
    if (byte(12) >> 4U != version_two || command > proxied || length > longest) return status::malformed;
    size_ = fixed_size + length;
    if (command == local) return status::complete;
    if (family == tcp_over_ipv4) addresses_ = ipv4_size;
    if (family == tcp_over_ipv6) addresses_ = ipv6_size;
    const bool known = addresses_ > 0 || family == unspecified || family == unix_stream;
    return known && addresses_ <= length ? status::complete : status::malformed;
}

proxy_header::status proxy_header::read_addresses() noexcept {
    if (addresses_ == 0) return status::complete;
    const std::size_t address_size = addresses_ == ipv4_size ? 4 : 16;
    const std::size_t port_at = fixed_size + 2 * address_size;
    ip_bytes a{};
    if (address_size == 4) a[10] = a[11] = 0xFF;
    for (std::size_t i = 0; i < address_size; ++i)
        a[a.size() - address_size + i] = static_cast<unsigned char>(byte(fixed_size + i));
    peer_ = proxied_peer{address_of(a), static_cast<std::uint16_t>(byte(port_at) * 256 + byte(port_at + 1))};
    return status::complete;
}

std::string_view to_string(proxy_header::status s) noexcept {
    switch (s) {
        case proxy_header::status::more: return "the PROXY header is incomplete";
        case proxy_header::status::complete: return "the PROXY header is complete";
        case proxy_header::status::version_one:
            return "the PROXY header is of version 1; let the balancer send version 2 (send-proxy-v2)";
        case proxy_header::status::no_header:
            return "there is no PROXY header; let the balancer send one, or set proxy_protocol = false";
        case proxy_header::status::malformed: return "the PROXY header is malformed, or not for TCP";
    }
    return "?";
}

}  // namespace voltgate
