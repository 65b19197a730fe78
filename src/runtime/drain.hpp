// The end of all sessions of one thread: in good order as long as there is time.
#pragma once

#include "async/io_types.hpp"
#include "async/random_source.hpp"
#include "session/session_thread.hpp"

#include <chrono>

namespace voltgate {

struct drain_pace {
    using time_point = std::chrono::steady_clock::time_point;

    time_point patience;  // up to then, sessions with something in flight are not closed
    time_point deadline;  // then what is left is dropped
    double closes_per_second = 0;
};

/// Closes the thread's sessions with 1001, paced and with jitter; completes when none is left. On the thread, which
/// outlives it as `random` does.
io_awaitable<void> drain(session_thread& thread, random_source& random, drain_pace pace);

/// Ends all of them without a goodbye. On the thread.
void drop_all(session_thread& thread);

}  // namespace voltgate
