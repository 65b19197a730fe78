// Awaiting a coroutine, with a limit to the patience.
#pragma once

#include "async/async_condition.hpp"
#include "async/io_types.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <memory>
#include <optional>
#include <utility>

namespace voltgate {

/// A coroutine at work; for with_deadline().
template <class Answer>
struct limited_work {
    async_condition done;
    asio::cancellation_signal give_up;
    std::optional<Answer> answer;
    bool over = false;
};

/// Runs it on the thread of the timers. Nullopt: it threw, or it was not done in time. Then it was cancelled
/// (terminal), and goes on without anybody who waits if it does not care.
template <class Answer, class Executor>
io_awaitable<std::optional<Answer>> with_deadline(thread_timers& timers, deadline until,
                                                  asio::awaitable<Answer, Executor> coroutine) {
    const auto work = std::make_shared<limited_work<Answer>>();
    auto finished = [work](std::exception_ptr failure, Answer a) {
        work->over = true;
        if (!failure) work->answer = std::move(a);
        work->done.notify_all();
    };
    const io_executor here = timers.executor();
    const Executor executor = here;
    auto token = asio::bind_cancellation_slot(work->give_up.slot(), asio::bind_executor(here, std::move(finished)));
    asio::co_spawn(executor, std::move(coroutine), std::move(token));
    if (!work->over) co_await work->done.async_wait(timers, until, as_result);
    if (!work->over) work->give_up.emit(asio::cancellation_type::terminal);
    co_return std::move(work->answer);
}

}  // namespace voltgate
