#include "security/proxy_header.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace voltgate {

namespace {

constexpr std::string_view signature("\r\n\r\n\0\r\nQUIT\n", 12);
constexpr std::string_view textual = "PROXY ";
constexpr std::size_t ipv4_size = 12, ipv6_size = 36;  // two addresses, two ports

// Byte 13: version and command. Byte 14: family and transport.
constexpr unsigned version_two = 0x2, local = 0x0, proxied = 0x1;
constexpr unsigned unspecified = 0x00, tcp_over_ipv4 = 0x11, tcp_over_ipv6 = 0x21, unix_stream = 0x31;

std::optional<boost::asio::ip::address> read_ip(std::string_view text) noexcept {
    std::array<char, 40> copy{};  // ends with NUL
    if (text.size() >= copy.size() || text.find('%') != std::string_view::npos) return std::nullopt;
    std::ranges::copy(text, copy.begin());
    boost::system::error_code wrong;
    const auto address = boost::asio::ip::make_address(copy.data(), wrong);
    return wrong ? std::nullopt : std::optional(address);
}

std::optional<std::uint16_t> read_port(std::string_view text) noexcept {
    std::uint16_t port = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), port);
    return wrong != std::errc() || end != text.data() + text.size() ? std::nullopt : std::optional(port);
}

}  // namespace

// Of a line at least its end is to come.
std::size_t proxy_header::wanted() const noexcept {
    if (!is_line() || have_ < size_) return size_ - have_;
    return kept_[have_ - 1] == '\r' ? 1 : 2;
}

proxy_header::status proxy_header::take(std::span<const char> bytes) noexcept {
    const std::size_t kept = std::min(bytes.size(), kept_.size() - std::min(have_, kept_.size()));
    std::copy_n(bytes.begin(), kept, kept_.begin() + static_cast<std::ptrdiff_t>(std::min(have_, kept_.size())));
    const std::size_t had = std::exchange(have_, have_ + bytes.size());
    if (had < signature_size) {
        const status s = check_signature();
        if (s != status::more || have_ < signature_size) return s;
        if (!is_line()) size_ = fixed_size;
    }
    if (is_line()) return read_line();
    if (had < fixed_size) {
        if (have_ < fixed_size) return status::more;
        const status s = read_fixed();
        if (s != status::complete) return s;
    }
    return have_ < size_ ? status::more : read_addresses();
}

// What cannot become a header is told at the first byte that says so: more might never come. more: it may be one.
proxy_header::status proxy_header::check_signature() const noexcept {
    const std::string_view came(kept_.data(), std::min(have_, signature.size()));
    if (signature.starts_with(came)) return status::more;
    const bool is_text = came.starts_with(textual) || textual.starts_with(came);
    return is_text ? status::more : status::no_header;
}

proxy_header::status proxy_header::read_line() noexcept {
    const std::string_view line(kept_.data(), std::min(have_, kept_.size()));
    if (line.ends_with("\r\n")) return read_line_addresses(line.substr(0, line.size() - 2));
    const auto end = line.find_first_of("\r\n");
    const bool ends_wrongly = end != std::string_view::npos && (line[end] == '\n' || end + 1 < line.size());
    return ends_wrongly || have_ >= longest_line ? status::malformed : status::more;
}

// "PROXY TCP4 192.0.2.7 192.0.2.1 50000 443"; behind UNKNOWN anything may stand.
proxy_header::status proxy_header::read_line_addresses(std::string_view line) noexcept {
    std::array<std::string_view, 6> words{};
    std::size_t count = 0;
    for (std::size_t at = 0; count < words.size() && at <= line.size(); ++count) {
        const bool is_last = count + 1 == words.size();
        const auto end = is_last ? line.size() : std::min(line.find(' ', at), line.size());
        words[count] = line.substr(at, end - at);
        at = end + 1;
    }
    if (words[1] == "UNKNOWN") return status::complete;
    const bool is_v4 = words[1] == "TCP4";
    if (!is_v4 && words[1] != "TCP6") return status::malformed;
    const auto source = read_ip(words[2]), destination = read_ip(words[3]);
    const auto port = read_port(words[4]);
    if (!source || !destination || !port || !read_port(words[5])) return status::malformed;
    if (source->is_v4() != is_v4 || destination->is_v4() != is_v4) return status::malformed;
    peer_ = proxied_peer{address_of(bytes_of(*source)), *port};
    return status::complete;
}

// complete: the rest may be read.
proxy_header::status proxy_header::read_fixed() noexcept {
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
        case proxy_header::status::no_header:
            return "there is no PROXY header; let the balancer send one, or set proxy_protocol = false";
        case proxy_header::status::malformed: return "the PROXY header is malformed, or not for TCP";
    }
    return "?";
}

}  // namespace voltgate
