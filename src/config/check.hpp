// How the checks of a configuration name what they complain about.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace voltgate::settings {

/// "charge_point[2].pattern": a key of the entry at `index`.
[[nodiscard]] std::string charge_point_key_name(std::size_t index, std::string_view key_name);
/// "api.tokens[0].name"
[[nodiscard]] std::string token_key_name(std::size_t index, std::string_view key_name);

}  // namespace voltgate::settings
