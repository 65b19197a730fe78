// Who charges: the tags in OCPP payloads, in events and in all that shows them, and texts with something else in their
// place.
//
// A tag is the text or number of a member whose name ends with idTag or idToken (parentIdTag, additionalIdToken, …) or
// is customerIdentifier, whatever its letter case; also in JSON that stands in a string, as the text of a message or
// the data of a DataTransfer may. The text need not be whole: histories are cut.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace voltgate::ocpp {

/// What stands in the place of a tag for those who may not see it.
inline constexpr std::string_view tag_mask = "***";

/// What is to stand in the place of a tag, which is unescaped and never empty; nullopt: it stays.
using tag_change = std::function<std::optional<std::string>(std::string_view tag)>;

/// The text with its tags changed; nullopt: all of it stays as it is.
[[nodiscard]] std::optional<std::string> changed_tags(std::string_view json, const tag_change& change);

/// Puts tag_mask in the place of every tag.
void mask_tags(std::string& json);

}  // namespace voltgate::ocpp
