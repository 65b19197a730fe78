// Events as they are asked for: page by page, ascending, from any number on.
#pragma once

#include "async/attempt.hpp"
#include "async/io_types.hpp"

#include <voltgate/event.hpp>
#include <voltgate/event_stream.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace voltgate {

struct event_query {
    event_query() = default;
    std::uint64_t after = 0;  // events beyond this number
    event_filter filter;
    std::optional<std::vector<std::string>> keys;  // folded ids that filter.accepts accepts; unset: not known
    std::size_t limit = 1000;
};

struct event_page {
    event_page() = default;
    std::uint64_t next = 0;    // where to go on: all that matched up to this number has been given
    std::uint64_t oldest = 0;  // the first number that is kept
    std::uint64_t last = 0;    // the last number there was when the page was read
    std::size_t count = 0;     // events it gave
    bool more = false;         // it ended before the end: it was full, or many had to be passed over
};

/// Called with each event of a page; false: the page ends with this one.
using event_sink = std::function<bool(const event&)>;

class event_queries {
  public:
    virtual ~event_queries() = default;

    /// Gives the events as they are read, on a worker and not on the caller's thread: a page may have megabytes, which
    /// are made into something else at once. What `sink` refers to must live until this completes, as what is the
    /// caller's own does.
    virtual io_awaitable<attempt<event_page>> page(event_query q, event_sink sink) = 0;

    /// Tells these numbers from those of every other store in cursors. Any thread.
    [[nodiscard]] virtual const std::string& journal_id() const noexcept = 0;
    /// That is stored by now. Any thread.
    [[nodiscard]] virtual std::uint64_t last_sequence() const = 0;
};

}  // namespace voltgate
