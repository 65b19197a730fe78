// Events as they are read: page by page, ascending, from any number on.
#pragma once

#include "journal/sqlite.hpp"

#include <voltgate/event.hpp>
#include <voltgate/event_stream.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>

namespace voltgate {

struct event_query {
    std::uint64_t after = 0;  // events beyond this number
    event_filter filter;
    std::optional<std::vector<std::string>> keys;  // folded ids that filter.accepts accepts; unset: not known
    std::size_t limit = 1000;
};

struct event_page {
    std::uint64_t next = 0;    // where to go on: all that matched up to this number has been given
    std::uint64_t oldest = 0;  // the first number that is kept
    std::uint64_t last = 0;    // the last number there was when the page was read
    std::size_t count = 0;     // events it gave
    bool more = false;         // it ended before the end: it was full, or many had to be passed over
};

/// Called with each event of a page; false: the page ends with this one.
using event_sink = std::function<bool(const event&)>;

[[nodiscard]] event_page read_events(sqlite::database& db, const event_query& q, const event_sink& sink);

}  // namespace voltgate
