#include "async/task_scope.hpp"

namespace voltgate {

void task_scope::forget() noexcept {
    if (--children_ == 0) joined_.notify_all();
}

io_awaitable<void> task_scope::async_join(thread_timers& timers) {
    while (children_ > 0) co_await joined_.async_wait(timers, as_result);
}

}  // namespace voltgate
