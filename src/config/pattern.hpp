// The patterns of [[charge_point]] entries.
#pragma once

#include <string_view>

namespace voltgate::settings {

/// * stands for any run of characters, ? for one; letter case does not matter.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view text);

}  // namespace voltgate::settings
