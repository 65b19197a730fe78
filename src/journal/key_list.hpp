// A list of charge points as a statement takes it: `key IN (SELECT value FROM json_each(?))`.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace voltgate {

/// Unset stays unset.
[[nodiscard]] std::optional<std::string> key_list(const std::optional<std::vector<std::string>>& keys);

}  // namespace voltgate
