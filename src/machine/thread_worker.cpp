#include "machine/thread_worker.hpp"

#include "async/op_allocator.hpp"

#include <chrono>
#include <pthread.h>
#include <signal.h>

namespace voltgate {

namespace {

// A reader of a pipe that goes away must not end the process.
void block_sigpipe() noexcept {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

}  // namespace

void thread_worker::wake() noexcept {
    const std::lock_guard lock(mutex_);
    woken_ = true;
    changed_.notify_one();
}

void thread_worker::run(blocking_work& work) noexcept {
    block_sigpipe();
    for (;;) {
        const auto next = work.step(std::chrono::steady_clock::now());
        if (!next) break;
        wait_until(*next);
    }
    op_blocks::clear();
}

void thread_worker::wait_until(blocking_work::time_point at) {
    std::unique_lock lock(mutex_);
    const auto woken = [this] { return woken_; };
    if (at == blocking_work::time_point::max()) {
        changed_.wait(lock, woken);
    } else if (at != blocking_work::time_point::min()) {
        changed_.wait_until(lock, at, woken);
    }
    woken_ = false;
}

}  // namespace voltgate
