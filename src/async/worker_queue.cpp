#include "async/worker_queue.hpp"

#include "async/platform.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace voltgate {

worker_queue::worker_queue(platform& machine, std::size_t most_waiting)
    : most_waiting_(most_waiting), worker_(machine.employ(*this)) {}

worker_queue::~worker_queue() {
    std::deque<waiting_job> refused;
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
        refused.swap(waiting_);
    }
    worker_->wake();
    worker_.reset();
    for (auto& j : refused) finish(std::move(j), "the gateway is stopping");
}

void worker_queue::push(job todo, completion done, io_executor home) {
    waiting_job j{std::move(todo), std::move(done), std::move(home)};
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.size() < most_waiting_) {
            waiting_.push_back(std::move(j));
            worker_->wake();
            return;
        }
    }
    finish(std::move(j), "too much work waits; ask again later");
}

std::optional<worker_queue::time_point> worker_queue::step(time_point) noexcept {
    std::unique_lock lock(mutex_);
    if (ending_) return std::nullopt;
    if (waiting_.empty()) return when_woken;
    waiting_job j = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    finish(std::move(j), nullptr);
    return at_once;
}

void worker_queue::finish(waiting_job j, const char* refusal) {
    j.todo(refusal);
    asio::post(j.home, [done = std::move(j.done)]() mutable { std::move(done)(); });
}

}  // namespace voltgate
