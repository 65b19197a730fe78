// How the checks of a configuration name what they complain about.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace voltgate::settings {

/// "charge_point[2].pattern": a key of the entry at `index` of a section of which there may be several.
[[nodiscard]] std::string entry_key_name(std::string_view section, std::size_t index, std::string_view key_name);

}  // namespace voltgate::settings
