// The names of environment variables that override the configuration: VOLTGATE_SERVER__PORT is server.port.
#pragma once

#include <string>
#include <string_view>

namespace voltgate::settings {

inline constexpr std::string_view variable_prefix = "VOLTGATE_";

/// "VOLTGATE_SERVER__PORT" -> "server.port". `variable` starts with the prefix.
[[nodiscard]] std::string key_of_variable(std::string_view variable);

/// "server.port" -> "VOLTGATE_SERVER__PORT".
[[nodiscard]] std::string variable_of_key(std::string_view key_name);

/// Variables with the prefix that are not settings: VOLTGATE_CONFIG, which names the file, and those
/// that Kubernetes sets in every container when a service's name starts with "voltgate".
[[nodiscard]] bool is_foreign_variable(std::string_view variable, std::string_view value);

}  // namespace voltgate::settings
