// Which events a request asks for: filter and position, of pages and of the live stream.
#pragma once

#include "http/message.hpp"
#include "stores/profiles.hpp"

#include <voltgate/event_stream.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace voltgate::http {

/// Reads chargePointId, type and label, within what the sender may see; what is wrong with them.
[[nodiscard]] std::optional<response> read_event_filter(const request& req,
                                                        const std::shared_ptr<profile_map>& profiles,
                                                        event_filter& filter);

/// "journalId:sequence", the position behind an event.
[[nodiscard]] std::string event_cursor(std::string_view journal_id, std::uint64_t sequence);

/// Reads a cursor, or a sequence number alone; what is wrong with it: 400, or 410 when it is another journal's.
[[nodiscard]] std::optional<response> read_event_cursor(std::string_view text, std::string_view journal_id,
                                                        std::uint64_t& sequence);

/// 410 for a position beyond the journal's last event: it was given, and what it follows is lost.
[[nodiscard]] response beyond_the_journal(std::string_view journal_id, std::uint64_t asked, std::uint64_t last);

}  // namespace voltgate::http
