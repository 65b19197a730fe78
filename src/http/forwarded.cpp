#include "http/forwarded.hpp"

#include "security/authentication.hpp"
#include "websocket/header_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace voltgate::http {

namespace {

/// Takes off a list what stands behind the separator at `at`; npos: all of it.
std::string_view take_behind(std::string_view& list, std::size_t at) noexcept {
    const auto last = trimmed(at == std::string_view::npos ? list : list.substr(at + 1));
    list = at == std::string_view::npos ? std::string_view{} : list.substr(0, at);
    return last;
}

/// The last element of a list that has no quotes.
std::string_view take_last(std::string_view& list) noexcept { return take_behind(list, list.rfind(',')); }

/// The last element of one that has. From the right: a quote that a client leaves open stands left of what balancers
/// have put behind it, and what it makes them quote is no separator.
std::string_view take_last_unquoted(std::string_view& list, char separator) noexcept {
    bool is_quoted = false;
    for (std::size_t i = list.size(); i-- > 0;) {
        if (list[i] == '"') {
            std::size_t slashes = 0;
            while (slashes < i && list[i - 1 - slashes] == '\\') ++slashes;
            if (slashes % 2 == 0) is_quoted = !is_quoted;
        } else if (list[i] == separator && !is_quoted) {
            return take_behind(list, i);
        }
    }
    return take_behind(list, std::string_view::npos);
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
        const auto pair = take_last_unquoted(text, ';');
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
        const element e = read_element(take_last_unquoted(elements, ','));
        const bool is_readable = read_node(e.node, client);
        client.through_tls = is_readable && is_secure(e.scheme);
        if (!is_readable) break;
        if (!any_contains(proxies, *client.address)) break;
    }
    return client;
}

}  // namespace voltgate::http
