// Asking a host program's coroutine, with a limit to the patience.
#pragma once

#include "async/async_condition.hpp"
#include "session/io_thread.hpp"

#include <voltgate/asio.hpp>
#include <voltgate/config.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <memory>
#include <optional>
#include <utility>

namespace voltgate {

/// The coroutine at work, which may outlive the patience with it.
template <class Answer>
struct consultation {
    async_condition done;
    asio::cancellation_signal give_up;
    std::optional<Answer> answer;
    bool over = false;
};

/// On that thread. Nullopt: it failed, or took too long and was cancelled.
template <class Answer>
io_awaitable<std::optional<Answer>> consult(io_thread& thread, asio::awaitable<Answer> coroutine, duration patience) {
    const auto work = std::make_shared<consultation<Answer>>();
    const auto until = thread.timers.after(patience);
    auto finished = [work](std::exception_ptr failure, Answer a) {
        work->over = true;
        if (!failure) work->answer = std::move(a);
        work->done.notify_all();
    };
    const auto here = thread.executor();
    const asio::any_io_executor executor = here;
    auto token = asio::bind_cancellation_slot(work->give_up.slot(), asio::bind_executor(here, std::move(finished)));
    asio::co_spawn(executor, std::move(coroutine), std::move(token));
    if (!work->over) co_await work->done.async_wait(thread.timers, until, as_result);
    if (!work->over) work->give_up.emit(asio::cancellation_type::terminal);
    co_return std::move(work->answer);
}

}  // namespace voltgate
