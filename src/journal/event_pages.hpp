// Events as they are read of the file.
#pragma once

#include "journal/sqlite.hpp"
#include "stores/event_queries.hpp"

namespace voltgate {

/// See event_queries::page.
[[nodiscard]] event_page read_events(sqlite::database& db, const event_query& q, const event_sink& sink);

}  // namespace voltgate
