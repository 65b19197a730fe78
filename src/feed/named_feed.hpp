// A feed whose reader goes on where it stopped, over restarts: its place is kept under a name.
#pragma once

#include "feed/event_feed.hpp"
#include "stores/feed_cursor_port.hpp"
#include "text/error_text.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace voltgate {

/// One reader at a time has a name. What was given and not acknowledged is given again after a restart.
class named_feed {
  public:
    /// All outlive it. `r.after` is for a name that is new; from then on the name is known.
    named_feed(event_bus& bus, event_queries* stored, feed_cursor_port& cursors, std::string name, feed_request r)
        : bus_(bus), stored_(stored), cursors_(cursors), name_(std::move(name)), request_(std::move(r)) {}

    /// See event_feed. The first one looks up where to begin.
    io_awaitable<feed_step> next(event_sink sink, asio::cancellation_slot wake = {});
    /// All up to this number, feed_step::next or an event's, has been dealt with. Kept soon; never waits.
    void acknowledge(std::uint64_t sequence);

  private:
    /// What is wrong with the name's cursor, if anything is.
    io_awaitable<error_text> open();

    event_bus& bus_;
    event_queries* const stored_;
    feed_cursor_port& cursors_;
    const std::string name_;
    feed_request request_;
    std::optional<event_feed> feed_;  // unset: it was not looked up yet where it begins
    std::uint64_t acknowledged_ = 0;
};

}  // namespace voltgate
