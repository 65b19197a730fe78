// All deadlines of one I/O thread: its wheel, the alarm below it, and the clock that both go by. A service of the
// thread's context, so that whatever runs there finds it, and what still waits there goes with it.
#pragma once

#include "async/deadline.hpp"
#include "async/io_types.hpp"
#include "async/timing_wheel.hpp"
#include "async/wheel_alarm.hpp"

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/execution_context.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <utility>

namespace voltgate {

class async_condition;
class clock_source;
class condition_wait;

class thread_timers final : public asio::execution_context::service {
  public:
    using time_point = std::chrono::steady_clock::time_point;

    static asio::execution_context::id id;

    /// Those of the thread that `executor` stands for. Throws std::logic_error if none were made for it.
    [[nodiscard]] static thread_timers& of(const io_executor& executor);

    /// Nothing rings before start().
    thread_timers(asio::execution_context& context, const clock_source& clock, std::unique_ptr<wheel_alarm> bell);
    /// For Asio, which would make what is looked for; none are made without a clock.
    [[noreturn]] explicit thread_timers(asio::execution_context& context);
    ~thread_timers() override;

    /// On the thread, or before it runs.
    void start();
    /// On the thread: ends all pauses; nothing but what still has a deadline keeps it running from here on.
    void stop();

    /// As timing_wheel::arm.
    void arm(wheel_node& node, deadline at);
    void arm_after(wheel_node& node, std::chrono::milliseconds time) { arm(node, after(time)); }
    /// When so much time will have passed; a hundred years are never.
    [[nodiscard]] deadline after(std::chrono::milliseconds time) const noexcept;

    /// Completes, with no error, when so much time has passed as the alarm has it: for what is looked at again and
    /// again, also while a clock that is moved by hand stands still. With an error: cancelled.
    template <class Token>
    auto async_pause(std::chrono::nanoseconds time, Token&& token) {
        auto initiation = [this, time](auto&& handler) { start_pause(time, std::forward<decltype(handler)>(handler)); };
        return asio::async_initiate<Token, void(error_code)>(std::move(initiation), token);
    }

    [[nodiscard]] time_point now() const noexcept;
    [[nodiscard]] const io_executor& executor() const noexcept { return executor_; }

  private:
    friend class condition_wait;

    // A clock that is moved by hand tells nobody.
    static constexpr std::chrono::seconds longest_sleep{1};
    // What leaves the wheel does not say so.
    static constexpr std::chrono::milliseconds longest_sleep_at_the_end{10};

    enum class state : std::uint8_t { not_started, running, stopping };

    void shutdown() override;
    void start_pause(std::chrono::nanoseconds time, asio::any_completion_handler<void(error_code)> handler);
    void ring();
    void set_alarm();

    io_executor executor_;
    const clock_source& clock_;
    std::unique_ptr<wheel_alarm> alarm_;
    timing_wheel wheel_;                     // by the clock
    timing_wheel pauses_;                    // by the alarm
    deadline alarm_at_ = deadline::never();  // by the clock, if it goes as the alarm does
    condition_wait* waits_ = nullptr;        // all that wait on this thread
    state state_ = state::not_started;
    bool ringing_ = false;
};

}  // namespace voltgate
