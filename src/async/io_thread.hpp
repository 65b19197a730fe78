// One I/O thread: its context, and the deadlines of what runs there. A session's strand is its thread's context.
#pragma once

#include "async/io_types.hpp"
#include "async/platform.hpp"
#include "async/thread_timers.hpp"

#include <boost/asio/execution_context.hpp>
#include <boost/asio/io_context.hpp>

#include <cstddef>

namespace voltgate {

class clock_source;

struct io_thread {
    io_thread(std::size_t thread_index, const clock_source& clock_in, platform& p)
        : index(thread_index),
          clock(clock_in),
          timers(asio::make_service<thread_timers>(context, clock, p.make_alarm(context.get_executor()))) {}

    /// What is to run on it goes there; the context is for whoever runs the thread.
    [[nodiscard]] io_executor executor() noexcept { return context.get_executor(); }

    const std::size_t index;
    const clock_source& clock;
    asio::io_context context{1};
    thread_timers& timers;
};

}  // namespace voltgate
