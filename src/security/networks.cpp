#include "security/networks.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace voltgate {

namespace ip = boost::asio::ip;

namespace {

constexpr unsigned mapped_bits = 96;  // before an IPv4 address in its mapped form

std::optional<unsigned> parse_bits(std::string_view text, unsigned most) {
    unsigned bits = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), bits);
    if (ec != std::errc() || end != text.data() + text.size() || bits > most) return std::nullopt;
    return bits;
}

}  // namespace

ip_bytes bytes_of(const ip::address& a) noexcept {
    return a.is_v6() ? a.to_v6().to_bytes() : ip::make_address_v6(ip::v4_mapped, a.to_v4()).to_bytes();
}

ip::address address_of(const ip_bytes& bytes) noexcept {
    const ip::address_v6 a(bytes);
    if (a.is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, a);
    return a;
}

// Every connection has one: of IPv4 without the C library's formatting, which takes ten times as long.
std::string endpoint_text(const ip::address& a, unsigned port) {
    if (a.is_v6()) return "[" + a.to_string() + "]:" + std::to_string(port);
    std::array<char, sizeof "255.255.255.255:65535"> text;
    char* const last = text.data() + text.size();
    char* to = text.data();
    for (const unsigned char byte : a.to_v4().to_bytes()) {
        to = std::to_chars(to, last, static_cast<unsigned>(byte)).ptr;
        *to++ = '.';
    }
    to[-1] = ':';
    return {text.data(), std::to_chars(to, last, port).ptr};
}

std::optional<network> network::parse(std::string_view text) {
    const auto slash = text.find('/');
    const std::string host(text.substr(0, slash));
    if (std::ranges::any_of(host, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '%'; }))
        return std::nullopt;
    boost::system::error_code wrong;
    const auto address = ip::make_address(host, wrong);
    if (wrong) return std::nullopt;
    network n;
    n.first_ = bytes_of(address);
    if (slash == std::string_view::npos) return n;
    const auto bits = parse_bits(text.substr(slash + 1), address.is_v4() ? 32 : 128);
    if (!bits) return std::nullopt;
    n.bits_ = address.is_v4() ? mapped_bits + *bits : *bits;
    return n;
}

bool network::contains(const ip_bytes& a) const noexcept {
    const std::size_t whole = bits_ / 8;
    if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), first_.begin())) return false;
    const unsigned rest = bits_ % 8;
    return rest == 0 || ((a[whole] ^ first_[whole]) >> (8 - rest)) == 0;
}

std::vector<network> read_networks(const std::vector<std::string>& texts) {
    std::vector<network> networks;
    for (const auto& text : texts)
        if (const auto n = network::parse(text)) networks.push_back(*n);
    return networks;
}

bool any_contains(const std::vector<network>& networks, const ip::address& a) noexcept {
    const ip_bytes bytes = bytes_of(a);
    return std::ranges::any_of(networks, [&](const network& n) { return n.contains(bytes); });
}

}  // namespace voltgate
