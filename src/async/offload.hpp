// Work that would keep an I/O thread too long (large pages that are rendered, large bodies that are read): a worker
// does it, and who waits for it goes on where it waited.
#pragma once

#include "async/attempt.hpp"
#include "async/io_types.hpp"

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/this_coro.hpp>

#include <exception>
#include <functional>
#include <memory>
#include <utility>

namespace voltgate {

class offload {
  public:
    offload() = default;
    virtual ~offload() = default;
    offload(const offload&) = delete;
    offload& operator=(const offload&) = delete;

    /// Runs `work() -> Value` on a worker and resumes the caller on its own executor; what it throws is the error's
    /// text. Few wait at a time: beyond that, and when the gateway stops, it is an error and `work` is not run.
    /// Cancellation: none. What `work` refers to must live until then, as what is the caller's own does.
    template <class Value, class Work>
    io_awaitable<attempt<Value>> run(Work work) {
        auto result = std::make_shared<attempt<Value>>();
        job todo = [result, work = std::move(work)](const char* refusal) mutable {
            if (refusal) {
                result->error = refusal;
                return;
            }
            try {
                result->value.emplace(work());
            } catch (const std::exception& e) {
                result->error = e.what();
            }
        };
        const io_executor home = co_await asio::this_coro::executor;
        co_await wait_for(std::move(todo), home);
        co_return std::move(*result);
    }

  protected:
    /// Called once: with null where the work is to be done, else with why it is not.
    using job = std::function<void(const char* refusal)>;
    using completion = asio::any_completion_handler<void()>;

    /// Any thread. `done` goes to `home` once `todo` was called.
    virtual void push(job todo, completion done, io_executor home) = 0;

  private:
    io_awaitable<void> wait_for(job todo, io_executor home) {
        auto initiation = [this, home](auto&& handler, job j) {
            push(std::move(j), std::forward<decltype(handler)>(handler), home);
        };
        co_await asio::async_initiate<const asio::deferred_t, void()>(std::move(initiation), asio::deferred,
                                                                      std::move(todo));
    }
};

}  // namespace voltgate
