#include "http/forwarded.hpp"

#include "security/authentication.hpp"
#include "session/header_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace voltgate::http {

namespace {

/// Takes the last element off a list. Quotes are not looked at: one that a client leaves open would swallow what
/// balancers have put behind it, and no address has a comma.
std::string_view take_last(std::string_view& list) noexcept {
    const auto comma = list.rfind(',');
    const auto last = trimmed(comma == std::string_view::npos ? list : list.substr(comma + 1));
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(0, comma);
    return last;
}

bool is_secure(std::string_view scheme) noexcept {
    return same_identity(scheme, "https") || same_identity(scheme, "wss");
}

// "192.0.2.1", "192.0.2.1:50000", "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:50000"
bool read_node(std::string_view node, forwarded_client& into) {
    std::string_view host = node, port;
    if (node.starts_with('[')) {
        const auto end = node.find(']');
        if (end == std::string_view::npos) return false;
        host = node.substr(1, end - 1);
        port = node.substr(end + 1);
    } else if (std::ranges::count(node, ':') == 1) {
        host = node.substr(0, node.find(':'));
        port = node.substr(host.size());
    }
    std::array<char, 46> text{};  // ends with NUL
    if (host.size() >= text.size() || host.find('%') != std::string_view::npos) return false;
    std::ranges::copy(host, text.begin());
    boost::system::error_code wrong;
    const auto address = boost::asio::ip::make_address(text.data(), wrong);
    if (wrong) return false;
    std::uint16_t number = 0;
    if (!port.empty()) {
        const auto [end, failed] = std::from_chars(port.data() + 1, port.data() + port.size(), number);
        if (port.front() != ':' || failed != std::errc() || end != port.data() + port.size()) return false;
    }
    into.address = address_of(bytes_of(address));
    into.port = number;
    return true;
}

struct element {
    std::string_view node, scheme;
};

std::string_view unquoted(std::string_view value) noexcept {
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') return value.substr(1, value.size() - 2);
    return value;
}

// for=192.0.2.1;proto=https. Nothing of one that says something twice.
element read_element(std::string_view text) noexcept {
    element e;
    while (!text.empty()) {
        const auto semicolon = std::min(text.find(';'), text.size());
        const auto pair = trimmed(text.substr(0, semicolon));
        text = text.substr(std::min(semicolon + 1, text.size()));
        const auto equals = std::min(pair.find('='), pair.size());
        const auto name = pair.substr(0, equals);
        auto* const value = same_identity(name, "for") ? &e.node : same_identity(name, "proto") ? &e.scheme : nullptr;
        if (!value) continue;
        if (!value->empty()) return {};
        *value = unquoted(pair.substr(std::min(equals + 1, pair.size())));
    }
    return e;
}

}  // namespace

forwarded_client read_x_forwarded(std::string_view addresses, std::string_view schemes,
                                  const std::vector<network>& proxies) {
    forwarded_client client;
    while (!addresses.empty() && read_node(take_last(addresses), client)) {
        if (!any_contains(proxies, *client.address)) break;
    }
    client.through_tls = !schemes.empty();
    while (!schemes.empty()) client.through_tls = is_secure(take_last(schemes)) && client.through_tls;
    return client;
}

forwarded_client read_forwarded(std::string_view elements, const std::vector<network>& proxies) {
    forwarded_client client;
    while (!elements.empty()) {
        const element e = read_element(take_last(elements));
        if (!read_node(e.node, client)) break;
        client.through_tls = is_secure(e.scheme);
        if (!any_contains(proxies, *client.address)) break;
    }
    return client;
}

}  // namespace voltgate::http
