// The timers of a context that a test runs, by the machine's clock.
#pragma once

#include "async/platform.hpp"
#include "async/thread_timers.hpp"
#include "machine/this_machine.hpp"

#include <boost/asio/io_context.hpp>

namespace voltgate::test {

inline thread_timers& start_timers(asio::io_context& context) {
    platform& machine = this_machine();
    auto& timers =
        asio::make_service<thread_timers>(context, machine.clock(), machine.make_alarm(context.get_executor()));
    timers.start();
    return timers;
}

}  // namespace voltgate::test
