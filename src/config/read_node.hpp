// Values as a TOML document holds them.
#pragma once

#include "config/value.hpp"

#include <toml++/toml.h>

#include <string>
#include <string_view>

namespace voltgate::settings {

/// "a table", "an integer": for messages.
[[nodiscard]] std::string_view type_name(const toml::node& node);

[[nodiscard]] reading read_node(const value_rules& rules, const toml::node& node);

/// As read_text, but lists may be written as TOML arrays too.
[[nodiscard]] reading read_variable(const value_rules& rules, const std::string& source);

}  // namespace voltgate::settings
