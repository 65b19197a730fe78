// Events as they are read of the file.
#pragma once

#include "journal/sqlite.hpp"
#include "stores/event_queries.hpp"

#include <cstddef>
#include <functional>

namespace voltgate {

/// Called with each event of a page; false: the page ends with this one.
using event_sink = std::function<bool(const event&)>;

/// The page has no items: the sink had them.
[[nodiscard]] event_page read_events(sqlite::database& db, const event_query& q, const event_sink& sink);

/// With its items, which take about that many bytes as JSON at most.
[[nodiscard]] event_page read_events(sqlite::database& db, const event_query& q, std::size_t enough_bytes);

}  // namespace voltgate
