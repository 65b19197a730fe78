// Coroutines that belong to something and end before it ends: its children.
#pragma once

#include "async/async_condition.hpp"
#include "async/io_types.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>

#include <cstddef>
#include <exception>
#include <utility>

namespace voltgate {

/// Belongs to one thread, its home. It may be destroyed with children only when their contexts go with them.
class task_scope {
  public:
    task_scope() noexcept = default;
    task_scope(const task_scope&) = delete;
    task_scope& operator=(const task_scope&) = delete;

    /// Starts a child on `where`. What it throws is handed to `failed`, at home, and the first of all is kept; it is a
    /// child until that has returned. Emitting to `slot` cancels it; its signal has to live as long as `failed`.
    template <class Failed>
    void spawn(const io_executor& home, io_awaitable<void> child, Failed failed, const io_executor& where,
               asio::cancellation_slot slot = {}) {
        auto ended = [this, failed = std::move(failed)](const std::exception_ptr& failure) {
            if (failure) {
                keep(failure);
                failed(failure);
            }
            forget();
        };
        ++children_;
        asio::co_spawn(where, std::move(child),
                       asio::bind_cancellation_slot(slot, asio::bind_executor(home, std::move(ended))));
    }
    template <class Failed>
    void spawn(const io_executor& home, io_awaitable<void> child, Failed failed) {
        spawn(home, std::move(child), std::move(failed), home);
    }

    /// An exception of whoever has the children counts as one of theirs.
    void keep(const std::exception_ptr& failure) noexcept {
        if (!first_failure_) first_failure_ = failure;
    }
    /// Null: none.
    [[nodiscard]] const std::exception_ptr& first_failure() const noexcept { return first_failure_; }

    /// Completes when no child is left.
    io_awaitable<void> async_join(thread_timers& timers);

  private:
    void forget() noexcept;

    std::size_t children_ = 0;
    std::exception_ptr first_failure_;
    async_condition joined_;
};

}  // namespace voltgate
