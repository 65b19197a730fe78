// The texts of limits.action_rates.
#pragma once

#include <voltgate/config.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace voltgate::settings {

/// "StatusNotification=5/50"; without a burst it is one second's worth.
[[nodiscard]] std::optional<charge_point_settings::action_rate> parse_action_rate(std::string_view text);

/// What is wrong with the action of such a text; empty: nothing, or it is none.
[[nodiscard]] std::string unknown_action(std::string_view text);

}  // namespace voltgate::settings
