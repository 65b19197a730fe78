// The completion handler of somebody who waits for the gateway: called once, on his executor.
#pragma once

#include "async/io_types.hpp"

#include <voltgate/error.hpp>

#include <boost/asio/any_completion_executor.hpp>
#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>

#include <atomic>
#include <functional>
#include <utility>

namespace voltgate {

template <class Result>
class caller_completion {
  public:
    using handler = asio::any_completion_handler<void(error_code, Result)>;

    /// `home`: an executor of the gateway; a handler without one of its own runs there. None: it is called where it is
    /// told.
    caller_completion(handler h, asio::any_io_executor home)
        : handler_(std::move(h)), home_(std::move(home)), executor_(executor_of_caller()) {}

    /// Lets the caller's cancellation call `cancel`, which must be thread-safe. Before it is shared.
    void on_cancel(std::function<void()> cancel) {
        auto slot = asio::get_associated_cancellation_slot(handler_);
        if (!slot.is_connected()) return;
        slot.assign([cancel = std::move(cancel)](asio::cancellation_type type) {
            if (type != asio::cancellation_type::none) cancel();
        });
    }

    /// True for the first to ask: it is to post().
    [[nodiscard]] bool claim() noexcept { return !claimed_.exchange(true); }

    /// Any thread, once.
    void post(error_code ec, Result r) {
        // The slot belongs to the caller: it is cleared where the caller emits, on the caller's executor.
        auto run = [h = std::move(handler_), ec, r = std::move(r)]() mutable {
            if (auto slot = asio::get_associated_cancellation_slot(h); slot.is_connected()) slot.clear();
            std::move(h)(ec, std::move(r));
        };
        if (home_) {
            // By way of a thread of ours: never from within a session that is in the middle of something.
            asio::post(home_, [executor = std::exchange(executor_, {}), run = std::move(run)]() mutable {
                asio::dispatch(executor, std::move(run));
            });
        } else if (executor_) {
            asio::dispatch(std::exchange(executor_, {}), std::move(run));
        } else {
            run();
        }
    }

    /// The gateway's own threads are gone: a handler without an executor of its own is called where post() is.
    void leave_home() {
        if (claimed_) return;
        home_ = {};
        executor_ = executor_of_caller();
    }

  private:
    [[nodiscard]] asio::any_completion_executor executor_of_caller() const {
        asio::any_completion_executor fallback;
        if (home_) fallback = home_;
        auto found = asio::get_associated_executor(handler_, fallback);
        return found ? asio::prefer(found, asio::execution::outstanding_work.tracked) : found;
    }

    handler handler_;
    asio::any_io_executor home_;
    asio::any_completion_executor executor_;  // the caller's, kept busy until the handler has run
    std::atomic<bool> claimed_{false};
};

}  // namespace voltgate
