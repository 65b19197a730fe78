// The texts of limits.action_rates.
#pragma once

#include "text/error_text.hpp"

#include <voltgate/config.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace voltgate::settings {

/// "StatusNotification=5/50"; without a burst it is one second's worth.
[[nodiscard]] std::optional<charge_point_settings::action_rate> parse_action_rate(std::string_view text);

/// What is wrong with the action of such a text; of a text that is no rate nothing.
[[nodiscard]] error_text unknown_action(std::string_view text);

}  // namespace voltgate::settings
