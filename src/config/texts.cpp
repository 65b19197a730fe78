#include "config/texts.hpp"

#include "config/action_rate.hpp"
#include "security/credentials.hpp"
#include "security/networks.hpp"
#include "text/json_text.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace voltgate::settings {

namespace {

bool is_alphanumeric(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

bool is_one_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

boost::asio::ip::address parse_address(std::string_view text, boost::system::error_code& error) {
    return boost::asio::ip::make_address(std::string(text), error);
}

/// Calls `accept` with each part of a path that starts with '/'; false as soon as it says so.
template <class Accept>
bool every_segment(std::string_view path, Accept accept) {
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto end = std::min(path.find('/'), path.size());
        if (!accept(path.substr(0, end))) return false;
        path.remove_prefix(end);
    }
    return true;
}

}  // namespace

bool is_node_id(std::string_view text) {
    return !text.empty() && text.size() <= 64 &&
           std::ranges::all_of(text, [](char c) { return is_alphanumeric(c) || is_one_of(c, "._-"); });
}

bool is_address(std::string_view text) {
    boost::system::error_code error;
    parse_address(text, error);
    return !error && !std::ranges::any_of(text, is_control);
}

bool is_loopback(std::string_view address) {
    boost::system::error_code error;
    const auto parsed = parse_address(address, error);
    if (error) return false;
    if (parsed.is_v6() && parsed.to_v6().is_v4_mapped())
        return make_address_v4(boost::asio::ip::v4_mapped, parsed.to_v6()).is_loopback();
    return parsed.is_loopback();
}

bool is_server_path(std::string_view text) {
    constexpr std::array<std::string_view, 4> own = {"api", "health", "connections", "metrics"};
    if (text == "/") return true;
    if (text.empty() || text.size() > 255 || text.front() != '/') return false;
    bool first = true;
    return every_segment(text, [&](std::string_view segment) {
        const bool reserved = first && std::ranges::find(own, segment) != own.end();
        first = false;
        return !segment.empty() && segment != "." && segment != ".." && !reserved &&
               std::ranges::all_of(segment, [](char c) { return is_alphanumeric(c) || is_one_of(c, "-._~"); });
    });
}

bool is_id_tag(std::string_view text) {
    return text.size() <= 255 && std::ranges::none_of(text, is_control) && ocpp::json_text::is_utf8(text);
}

bool is_vendor_id(std::string_view text) { return !text.empty() && is_id_tag(text); }

bool is_secret_name(std::string_view text) {
    return text.size() >= 3 && text.size() <= 64 &&
           std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F && !is_one_of(c, "\"\\"); });
}

bool is_pattern(std::string_view text) {
    return !text.empty() && text.size() <= 255 && std::ranges::none_of(text, is_control);
}

bool is_path(std::string_view text) { return !text.empty() && std::ranges::none_of(text, is_control); }

bool is_password_hash(std::string_view text) { return read_verifier(text).has_value(); }

bool is_sha256(std::string_view text) {
    return text.size() == 64 && std::ranges::all_of(text, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
           });
}

bool is_token_name(std::string_view text) { return is_node_id(text); }

bool is_subject_text(std::string_view text) { return text.size() <= 64 && std::ranges::none_of(text, is_control); }

bool is_label(std::string_view text) {
    return !text.empty() && text.size() <= 64 &&
           std::ranges::all_of(text, [](char c) { return is_alphanumeric(c) || is_one_of(c, "._-:/@+"); });
}

bool is_origin(std::string_view text) {
    const auto scheme = text.starts_with("https://") ? 8U : text.starts_with("http://") ? 7U : 0U;
    const auto host = text.substr(scheme);
    return scheme > 0 && !host.empty() && text.size() <= 255 &&
           std::ranges::all_of(host, [](char c) { return is_alphanumeric(c) || is_one_of(c, "-._:[]"); });
}

bool is_network(std::string_view text) { return network::parse(text).has_value(); }

bool is_action_rate(std::string_view text) { return parse_action_rate(text).has_value(); }

bool is_optional_path(std::string_view text) { return std::ranges::none_of(text, is_control); }

}  // namespace voltgate::settings
