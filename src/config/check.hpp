// The checks of a configuration that have a file of their own, and how all name what they complain about.
#pragma once

#include "text/error_text.hpp"

#include <voltgate/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate::settings {

/// "charge_point[2].pattern": a key of the entry at `index` of a section of which there may be several.
[[nodiscard]] std::string entry_key_name(std::string_view section, std::size_t index, std::string_view key_name);

/// Whether charge points that are quiet live from one heartbeat to the next.
void check_idle_times(const config& c, std::vector<config_error>& errors);

/// What is wrong with the times in force for one charge point, if it would be cut between its heartbeats.
[[nodiscard]] error_text idle_fault(const charge_point_settings& in_force);
/// Whether limits are for actions that there are.
void check_action_rates(const config& c, std::vector<config_error>& errors);

}  // namespace voltgate::settings
