// Patterns of charge point ids, as [[charge_point]] and [[api.tokens]] have them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace voltgate::settings {

/// * stands for any run of characters, ? for one. Letter case does not matter.
[[nodiscard]] bool matches_pattern(std::string_view pattern, std::string_view id);

/// Whether one of them does.
[[nodiscard]] bool matches_any(const std::vector<std::string>& patterns, std::string_view id);

}  // namespace voltgate::settings
