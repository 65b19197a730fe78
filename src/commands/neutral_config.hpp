// Names of settings: 1.6 has keys, 2.x components with variables. A key of 1.6 or "Component.Variable" is understood
// for both where they have a counterpart.
#pragma once

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace voltgate {

/// "HeartbeatInterval" for "OCPPCommCtrlr.HeartbeatInterval"; what has no counterpart stays as it is.
[[nodiscard]] std::string key_of_16(std::string_view name);

/// {"component":{"name":…},"variable":{"name":…}}; nullopt: neither "Component.Variable" nor a known key.
/// "Component/instance.Variable/instance" names instances, "Component@2.Variable" EVSE 2.
[[nodiscard]] std::optional<boost::json::object> variable_of(std::string_view name);

/// The name of what an answer to GetVariables or SetVariables is about.
[[nodiscard]] std::string name_of_variable(const boost::json::object& result);

}  // namespace voltgate
