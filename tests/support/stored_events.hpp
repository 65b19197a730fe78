// What a journal's file holds, read beside the gateway that writes it.
#pragma once

#include <voltgate/event.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace voltgate::test {

/// All events of the journal in this directory. Throws `unexpected` when their numbers have a gap.
[[nodiscard]] std::vector<event> stored_events(const std::string& directory);

/// How many of them are of this type and charge point, and hold this text in their payload.
[[nodiscard]] std::size_t count_events(const std::vector<event>& events, event_type type,
                                       std::string_view charge_point_id, std::string_view text = {});

}  // namespace voltgate::test
