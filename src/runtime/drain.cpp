#include "runtime/drain.hpp"

#include "session/session.hpp"

#include <voltgate/clock.hpp>

#include <algorithm>

namespace voltgate {

namespace {

constexpr std::chrono::milliseconds step(10);

// Of those that were not told yet, as many as there is budget for: the walk ends where that does.
void close_some(session_thread& thread, bool busy_too, double& budget) {
    for (session *s = thread.sessions, *next = nullptr; s && budget >= 1; s = next) {
        next = s->next();
        if (s->closing() || !(busy_too || s->quiet())) continue;
        s->close(1001, "the gateway is stopping", end_reason::stopping);
        budget -= 1;
    }
}

// From a half to one and a half.
double jitter(random_source& random) {
    constexpr std::uint64_t steps = 1U << 16U;
    return 0.5 + static_cast<double>(random.number() % steps) / steps;
}

}  // namespace

void drop_all(session_thread& thread) {
    for (session* first : {thread.closing_sessions, thread.sessions}) {
        for (session *s = first, *next = nullptr; s; s = next) {
            next = s->next();
            s->drop(end_reason::stopping);
        }
    }
}

io_awaitable<void> drain(session_thread& thread, random_source& random, drain_pace pace) {
    const clock_source& clock = thread.io.clock;
    double budget = 0;
    auto before = clock.steady();
    while (thread.sessions || thread.closing_sessions) {
        const auto now = clock.steady();
        const std::chrono::duration<double> passed = std::max<std::chrono::nanoseconds>(now - before, step);
        before = now;
        if (now >= pace.deadline) {
            drop_all(thread);
        } else {
            budget += pace.closes_per_second * passed.count() * jitter(random);
            close_some(thread, now >= pace.patience, budget);
        }
        co_await thread.io.timers.async_pause(step, as_result);
    }
}

}  // namespace voltgate
