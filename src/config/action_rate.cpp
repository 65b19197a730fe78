#include "config/action_rate.hpp"

#include "config/check.hpp"
#include "config/keys.hpp"
#include "config/suggest.hpp"
#include "ocpp/schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

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

// What charge points send, in any version.
std::vector<std::string> actions_of_charge_points() {
    std::vector<std::string> names;
    for (const auto v : {ocpp::version::v16, ocpp::version::v201, ocpp::version::v21}) {
        for (const auto& action : ocpp::actions(v))
            if (action.sent_by != ocpp::direction::to_charge_point) names.emplace_back(action.name);
    }
    std::ranges::sort(names);
    const auto repeated = std::ranges::unique(names);
    names.erase(repeated.begin(), repeated.end());
    return names;
}

void check(const std::vector<std::string>& rates, const std::string& key, std::vector<config_error>& errors) {
    for (const auto& text : rates)
        if (const auto what = unknown_action(text)) errors.push_back({{}, 0, key, std::string(what.text())});
}

}  // namespace

void check_action_rates(const config& c, std::vector<config_error>& errors) {
    check(c.limits.action_rates, "limits.action_rates", errors);
    const auto check_all = [&errors](const auto& entries, std::string_view section) {
        for (std::size_t i = 0; i < entries.size(); ++i)
            if (const auto& rates = entries[i].action_rates)
                check(*rates, entry_key_name(section, i, "action_rates"), errors);
    };
    check_all(c.models, model_section);
    check_all(c.charge_points, charge_point_section);
}

error_text unknown_action(std::string_view text) {
    static const auto known = actions_of_charge_points();
    const auto rate = parse_action_rate(text);
    if (!rate || std::ranges::binary_search(known, rate->action)) return {};
    auto what = fmt::format("{} is no action that charge points send, in any version", rate->action);
    if (const auto suggestion = nearest(rate->action, known))
        what += fmt::format("; did you mean {}?", *suggestion);
    else
        what += "; actions are spelt as OCPP spells them";
    return what;
}

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
