// A bus, the events that are kept of it, and what a feed's reader got, in words.
#pragma once

#include "async/platform.hpp"
#include "events/bus.hpp"
#include "feed/event_feed.hpp"
#include "kept_events.hpp"
#include "machine/this_machine.hpp"
#include "support/run.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <string>

namespace voltgate::test {

struct feed_site {
    asio::io_context io;
    event_bus bus{io.get_executor(), this_machine().random()};
    kept_events kept{bus};

    static feed_request from(std::uint64_t after) {
        feed_request r;
        r.after = after;
        return r;
    }

    /// One step: "1 2 3", "gap 1-4: 5 6", or why there is none.
    template <class Feed>
    std::string step(Feed& feed, std::size_t most = 1000) {
        std::string words;
        const event_sink sink = [&words, most, count = std::size_t{0}](const event& e) mutable {
            if (!words.empty()) words += ' ';
            words += std::to_string(e.sequence);
            return ++count < most;
        };
        last = run(io, feed.next(sink));
        if (last.gap) words.insert(0, fmt::format("gap {}-{}: ", last.gap->first, last.gap->last));
        switch (last.what) {
            case feed_step::outcome::given: break;
            case feed_step::outcome::woken: words += "woken"; break;
            case feed_step::outcome::ended: words += "ended"; break;
            case feed_step::outcome::unreadable: words += "unreadable: " + last.error; break;
            case feed_step::outcome::beyond: words += fmt::format("beyond {}", last.last); break;
        }
        return words;
    }

    feed_step last;
};

}  // namespace voltgate::test
