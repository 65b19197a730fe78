// What one reader gets of the events: every one that it wants, in order and once, from the journal while it is behind,
// else as they happen.
#pragma once

#include "async/io_types.hpp"
#include "stores/event_queries.hpp"

#include <voltgate/event_stream.hpp>

#include <boost/asio/cancellation_signal.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

namespace voltgate {

class event_bus;
class event_queue;

struct feed_request {
    feed_request() = default;
    event_filter filter;
    std::optional<std::uint64_t> after;  // begin behind this event; unset: with what happens from now on
    std::size_t queue = 10'000;          // events that wait for the reader as they happen
    std::size_t step = 1000;             // events that one step gives at most
};

/// Events that the reader will not get: they are not kept any more.
struct feed_gap {
    std::uint64_t first = 0, last = 0;  // their numbers
    std::uint64_t missed = 0;           // how many; without a journal those alone that it wanted, where that is known
};

struct feed_step {
    enum class outcome : std::uint8_t {
        given,       // events, a gap, or nothing for now: go on
        woken,       // the wait was cancelled
        ended,       // nothing will happen any more: the gateway stops
        unreadable,  // the journal could not be read: `error` says why; it may be tried again
        beyond,      // the position lies behind `last`, the last event there is: those in between were lost
    };
    feed_step() = default;
    outcome what = outcome::given;
    std::optional<feed_gap> gap;  // lies before the events of this step
    std::size_t count = 0;        // events it gave
    std::uint64_t next = 0;       // all that the reader wants up to this number has been given
    std::uint64_t last = 0;       // beyond
    std::string error;            // unreadable
};

/// For one coroutine, which goes on when it likes: nothing waits for it. With a journal a reader that is too slow for
/// what happens is read for from the journal again, and meets a gap only where events have become too old to be kept.
/// Without one the oldest that wait for it are dropped, which is a gap. It holds `queue` events, and those of a step.
class event_feed {
  public:
    /// `stored`: null: there is no journal, and all that lies before now is a gap. Both outlive it.
    event_feed(event_bus& bus, event_queries* stored, feed_request r);

    /// Whether the next step is read from the journal and does not wait for events to happen.
    [[nodiscard]] bool behind() const noexcept { return behind_; }
    /// All that the reader wants up to this number has been given.
    [[nodiscard]] std::uint64_t position() const noexcept { return position_; }

    /// Gives what comes next to `sink`, one by one; where that returns false the step ends with this event. While it is
    /// behind() `sink` is called on a worker, and what it refers to has to live until this completes.
    /// Where `wake` is connected its cancellation ends the wait for events, else the coroutine's own (terminal).
    io_awaitable<feed_step> next(event_sink sink, asio::cancellation_slot wake = {});

  private:
    io_awaitable<feed_step> read_on(event_sink sink);
    io_awaitable<feed_step> wait(event_sink sink, asio::cancellation_slot wake);
    void give(feed_step& step, const event_sink& sink);
    [[nodiscard]] bool has_live_item();
    void subscribe();
    void unsubscribe();

    event_bus& bus_;
    event_queries* const stored_;
    const feed_request request_;
    std::shared_ptr<event_queue> queue_;  // of live_; null: it is not subscribed
    event_stream live_;
    std::deque<stream_item> taken_;  // from live_, and not given yet
    std::optional<feed_gap> gap_;    // to be told first
    std::uint64_t position_ = 0;
    bool behind_ = false;
};

}  // namespace voltgate
