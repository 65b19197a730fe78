// Settings of single charge points as JSON: the names and values of the configuration, {"interval":"15m",
// "conformance":"lenient","rules":{"odd_timestamp":"report"}}.
#pragma once

#include "config/value.hpp"
#include "text/error_text.hpp"

#include <voltgate/config.hpp>

#include <boost/json/object.hpp>

#include <string>

namespace voltgate::settings {

[[nodiscard]] boost::json::value to_json(const value_rules& rules, const value& v);

/// Those that are set.
[[nodiscard]] boost::json::object profile_to_json(const profile_settings& p);

/// What is wrong with the first setting that cannot be used; `p` has all others.
[[nodiscard]] error_text read_profile(const boost::json::object& o, profile_settings& p);

}  // namespace voltgate::settings
