// "Did you mean": the known name that is most like a mistyped one.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace voltgate::settings {

/// The nearest of `known`, if it is near enough to be what was meant. A name whose last part (after the last '.')
/// equals that of `name` counts as near: right key, wrong section.
[[nodiscard]] std::optional<std::string> nearest(std::string_view name, std::span<const std::string> known);

}  // namespace voltgate::settings
