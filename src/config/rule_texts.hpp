// What each conformance rule is about, in words: for the configuration that is shown to people.
#pragma once

#include <voltgate/conformance.hpp>

#include <string_view>

namespace voltgate::settings {

[[nodiscard]] std::string_view rule_text(rule r) noexcept;

}  // namespace voltgate::settings
