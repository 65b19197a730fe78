// Who charges: the tags in OCPP payloads, in events and in all that shows them, and texts with something else in their
// place.
//
// A tag is the text or number of a member whose name ends with idTag or idToken (parentIdTag, additionalIdToken, …) or
// is customerIdentifier, whatever its letter case, and what an object in such a place holds; also in JSON that stands
// in a string, as the text of a message or the data of a DataTransfer may. The text need not be whole: histories are
// cut.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate::ocpp {

/// What stands in the place of a tag for those who may not see it.
inline constexpr std::string_view tag_mask = "***";

enum class personal : std::uint8_t {
    tag,
    text,  // that tells of somebody: data of NotifyCustomerInformation, what a TokenReader's Token is
};

/// What is to stand in the place of a tag or text, which is unescaped and never empty; nullopt: it stays.
using personal_change = std::function<std::optional<std::string>(std::string_view text, personal what)>;

/// The text with what is personal in it changed; nullopt: all of it stays as it is.
[[nodiscard]] std::optional<std::string> changed_personal(std::string_view json, const personal_change& change);

/// Puts tag_mask in the place of all that is personal.
void mask_tags(std::string& json);

/// Certain tags, which are looked for in all texts.
struct wanted_tags {
    /// Shorter ones are looked for only where tags belong: they would be found in everything.
    static constexpr std::size_t shortest_word = 4;

    /// How long they are. No part of a text that is of another length is asked for.
    std::vector<std::size_t> lengths;
    /// What is to stand in the place of the tag, if it is one of them.
    std::function<std::optional<std::string>(std::string_view tag)> change;
};

/// Where a tag belongs: what is to stand there, if all of the text is one of them, blanks around it aside.
[[nodiscard]] std::optional<std::string> changed_tag(std::string_view text, const wanted_tags& wanted);

/// The text with the tags changed that stand in it as words: neither behind nor before a letter or digit; a UUID or a
/// time only as a whole. Nullopt: there is none.
[[nodiscard]] std::optional<std::string> changed_words(std::string_view text, const wanted_tags& wanted);

/// The same for JSON: where tags belong whatever their length, elsewhere as words of every string, names included, and
/// of what is no JSON. Left alone are numbers, times, UUIDs, transaction and charge point ids, and a whole string
/// without a digit, which may be a word of OCPP.
[[nodiscard]] std::optional<std::string> changed_everywhere(std::string_view json, const wanted_tags& wanted);

}  // namespace voltgate::ocpp
