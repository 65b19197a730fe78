// Patterns of charge point ids (config/pattern.hpp) in SQL.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

/// " AND (…)": one of the patterns matches the column; empty, when there is none of them.
[[nodiscard]] std::string pattern_condition(const std::vector<std::string>& patterns, std::string_view column);

}  // namespace voltgate
