// Something that coroutines of one thread wait for: a condition variable without a mutex, whose waits may have a
// deadline. Costs a pointer while nobody waits.
#pragma once

#include "async/deadline.hpp"
#include "async/thread_timers.hpp"
#include "async/timing_wheel.hpp"

#include <voltgate/asio.hpp>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>

#include <utility>

namespace voltgate {

class async_condition {
  public:
    async_condition() noexcept = default;
    async_condition(const async_condition&) = delete;
    async_condition& operator=(const async_condition&) = delete;
    ~async_condition();  // who still waits gets operation_aborted

    /// Completes, never within this call or within notify_all(), with an error_code: none when it is notified,
    /// timed_out at the deadline, operation_aborted when it is cancelled.
    template <class Token>
    auto async_wait(thread_timers& timers, deadline until, Token&& token) {
        auto initiation = [this, &timers, until](auto&& handler) {
            start_wait(timers, until, std::forward<decltype(handler)>(handler));
        };
        return asio::async_initiate<Token, void(error_code)>(std::move(initiation), token);
    }
    template <class Token>
    auto async_wait(thread_timers& timers, Token&& token) {
        return async_wait(timers, deadline::never(), std::forward<Token>(token));
    }

    void notify_all() {
        if (first_) wake_all();
    }

  private:
    friend class condition_wait;
    void wake_all();
    void start_wait(thread_timers& timers, deadline until, asio::any_completion_handler<void(error_code)> handler);

    condition_wait* first_ = nullptr;
};

/// One that waits, for a condition or for time to pass. For async_condition and thread_timers.
class condition_wait {
  public:
    condition_wait(thread_timers& timers, asio::any_completion_handler<void(error_code)> handler);
    condition_wait(const condition_wait&) = delete;
    condition_wait& operator=(const condition_wait&) = delete;
    ~condition_wait();

  private:
    friend class async_condition;
    friend class thread_timers;

    // A place in a list that a wait leaves without knowing which list it is.
    struct hook {
        condition_wait* next = nullptr;
        condition_wait** link = nullptr;
    };
    void enter(hook condition_wait::* of, condition_wait*& first) noexcept;
    void leave(hook condition_wait::* of) noexcept;
    void on_due(std::chrono::steady_clock::time_point now);
    /// Ends it and itself.
    void complete(error_code ec);

    hook in_condition_, in_thread_;
    wheel_node node_{calling<&condition_wait::on_due>(*this)};
    asio::any_completion_handler<void(error_code)> handler_;
    asio::executor_work_guard<io_executor> work_;
};

}  // namespace voltgate
