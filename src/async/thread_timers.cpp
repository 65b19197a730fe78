#include "async/thread_timers.hpp"

#include "async/async_condition.hpp"

#include <voltgate/gateway.hpp>

#include <boost/asio/error.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace voltgate {

asio::execution_context::id thread_timers::id;

thread_timers& thread_timers::of(const io_executor& executor) {
    return asio::use_service<thread_timers>(static_cast<asio::execution_context&>(executor.context()));
}

namespace {

[[noreturn]] const clock_source& no_clock() {
    throw std::logic_error("a context without deadlines of its own: it is no I/O thread's");
}

}  // namespace

thread_timers::thread_timers(asio::execution_context& context) : thread_timers(context, no_clock(), nullptr) {}

thread_timers::thread_timers(asio::execution_context& context, const clock_source& clock,
                             std::unique_ptr<wheel_alarm> bell)
    : service(context),
      executor_(executor_of(context)),
      clock_(clock),
      alarm_(std::move(bell)),
      wheel_(clock.steady()),
      pauses_(alarm_->now()) {
    alarm_->due = [this] { ring(); };
}

thread_timers::~thread_timers() = default;

// The thread's context goes, and with it whoever still waits there.
void thread_timers::shutdown() {
    state_ = state::not_started;
    while (waits_) delete waits_;
}

thread_timers::time_point thread_timers::now() const noexcept { return clock_.steady(); }

deadline thread_timers::after(std::chrono::milliseconds time) const noexcept {
    constexpr std::chrono::hours longest(24 * 365 * 100);
    return time < longest ? deadline::at(now() + time) : deadline::never();
}

void thread_timers::start() {
    state_ = state::running;
    set_alarm();
}

void thread_timers::stop() {
    state_ = state::stopping;
    for (condition_wait *one = waits_, *next = nullptr; one; one = next) {
        next = one->in_thread_.next;
        if (!one->in_condition_.link) one->complete(asio::error::operation_aborted);
    }
    set_alarm();
}

void thread_timers::arm(wheel_node& node, deadline at) {
    wheel_.arm(node, at);
    if (at < alarm_at_ && state_ != state::not_started && !ringing_) set_alarm();
}

// A condition that nobody notifies; the wait is its own.
void thread_timers::start_pause(std::chrono::nanoseconds time, asio::any_completion_handler<void(error_code)> handler) {
    auto wait = std::make_unique<condition_wait>(*this, std::move(handler));
    pauses_.arm(wait->node_, deadline::at(alarm_->now() + time));
    static_cast<void>(wait.release());
    if (state_ != state::not_started && !ringing_) set_alarm();
}

void thread_timers::ring() {
    // Whatever a call throws, those behind it get theirs.
    struct turn {
        explicit turn(thread_timers& t) : timers(t) { timers.ringing_ = true; }
        turn(const turn&) = delete;
        turn& operator=(const turn&) = delete;
        ~turn() {
            timers.ringing_ = false;
            timers.set_alarm();
        }
        thread_timers& timers;
    };
    const turn mine(*this);
    pauses_.advance(alarm_->now());
    wheel_.advance(now());
}

void thread_timers::set_alarm() {
    const deadline next = wheel_.next();
    const deadline pause = pauses_.next();
    alarm_at_ = deadline::never();
    if (next.is_never() && pause.is_never()) return alarm_->stop();
    const auto alarm_now = alarm_->now();
    auto at = pause.time();
    if (!next.is_never()) {
        const std::chrono::nanoseconds longest = state_ == state::stopping
                                                     ? std::chrono::nanoseconds(longest_sleep_at_the_end)
                                                     : std::chrono::nanoseconds(longest_sleep);
        at = std::min(at, alarm_now + std::clamp(next.time() - now(), longest.zero(), longest));
    }
    alarm_at_ = deadline::at(now() + (at - alarm_now));
    alarm_->set(at);
}

}  // namespace voltgate
