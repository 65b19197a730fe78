#include "async/thread_timers.hpp"

#include "async/async_condition.hpp"
#include "async/system_clock.hpp"

#include <voltgate/gateway.hpp>

#include <algorithm>
#include <utility>

namespace voltgate {

asio::execution_context::id thread_timers::id;

thread_timers& thread_timers::of(const io_executor& executor) {
    return asio::use_service<thread_timers>(static_cast<asio::execution_context&>(executor.context()));
}

thread_timers::thread_timers(asio::execution_context& context) : thread_timers(context, system_clock()) {
    state_ = state::running;
}

thread_timers::thread_timers(asio::execution_context& context, const clock_source& clock,
                             std::unique_ptr<wheel_alarm> bell)
    : service(context),
      executor_(static_cast<asio::io_context&>(context).get_executor()),
      clock_(clock),
      alarm_(bell ? std::move(bell) : std::make_unique<asio_alarm>(executor_, clock)),
      wheel_(clock.steady()) {
    alarm_->due = [this] { ring(); };
}

thread_timers::~thread_timers() = default;

// The io_context goes, and with it whoever still waits there.
void thread_timers::shutdown() {
    state_ = state::not_started;
    while (waits_) delete waits_;
}

thread_timers::time_point thread_timers::now() const noexcept { return clock_.steady(); }

void thread_timers::start() {
    state_ = state::running;
    set_alarm();
}

void thread_timers::stop() {
    state_ = state::stopping;
    set_alarm();
}

void thread_timers::arm(wheel_node& node, deadline at) {
    wheel_.arm(node, at);
    if (at < alarm_at_ && state_ != state::not_started && !ringing_) set_alarm();
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
    wheel_.advance(now());
}

void thread_timers::set_alarm() {
    const deadline next = wheel_.next();
    if (next.is_never()) {
        if (!alarm_at_.is_never()) alarm_->stop();
        alarm_at_ = next;
        return;
    }
    const std::chrono::nanoseconds longest = state_ == state::stopping
                                                 ? std::chrono::nanoseconds(longest_sleep_at_the_end)
                                                 : std::chrono::nanoseconds(longest_sleep);
    alarm_at_ = std::min(next, deadline::at(now() + longest));
    alarm_->set(alarm_at_.time());
}

}  // namespace voltgate
