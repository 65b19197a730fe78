#include "config/action_rate.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace voltgate::settings {

namespace {

constexpr std::size_t longest_action = 64, largest = 1'000'000;

bool is_action(std::string_view text) {
    return !text.empty() && text.size() <= longest_action && std::ranges::all_of(text, [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    });
}

std::optional<std::size_t> parse_count(std::string_view text) {
    std::size_t n = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (ec != std::errc() || end != text.data() + text.size() || n < 1 || n > largest) return std::nullopt;
    return n;
}

}  // namespace

std::optional<charge_point_settings::action_rate> parse_action_rate(std::string_view text) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos || !is_action(text.substr(0, equals))) return std::nullopt;
    const auto numbers = text.substr(equals + 1);
    const auto slash = numbers.find('/');
    const auto rate = parse_count(numbers.substr(0, slash));
    const auto burst = slash == std::string_view::npos ? rate : parse_count(numbers.substr(slash + 1));
    if (!rate || !burst) return std::nullopt;
    return charge_point_settings::action_rate{std::string(text.substr(0, equals)), {*rate, *burst}};
}

}  // namespace voltgate::settings
