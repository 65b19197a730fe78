// A subscriber's end of the event stream.
#pragma once

#include <voltgate/asio.hpp>
#include <voltgate/event.hpp>

#include <boost/asio/any_completion_executor.hpp>
#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/execution/blocking.hpp>
#include <boost/asio/require.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace voltgate {

/// Which events a subscriber wants; empty members let everything pass.
struct event_filter {
    event_filter() = default;
    std::string charge_point_id;             // compared without regard to ASCII case
    std::vector<std::string> charge_points;  // patterns (see charge_point_config), any of which has to match
    std::vector<event_type> types;
    /// Whether it wants events of this charge point; any thread, while events are handed out: it has to be quick.
    std::function<bool(std::string_view)> accepts;
};

/// What async_next gives.
struct stream_item {
    stream_item() = default;
    event_ptr event;           // never null without an error
    std::uint64_t missed = 0;  // events that were dropped just before this one, because the reader was too slow
};

class event_queue;  // src/events

/// Movable handle; destroying it ends the subscription and completes a pending async_next with operation_aborted.
class event_stream {
  public:
    event_stream() = default;
    explicit event_stream(std::shared_ptr<event_queue> queue) : queue_(std::move(queue)) {}
    event_stream(event_stream&&) noexcept = default;
    event_stream& operator=(event_stream&& other) noexcept;
    ~event_stream();

    /// The next event, at once if one is waiting.
    /// Completion   void(error_code, stream_item).
    /// Errors       operation_aborted: cancelled, this stream closed, or the gateway stopped and all that was waiting
    ///              has been read. already_started: another async_next is pending.
    /// Cancellation terminal, partial, total; no event is lost by it.
    /// Threads      One async_next at a time; any thread. Completes on the token's associated executor, else on a
    ///              gateway thread; never inside async_next, close or what publishes the event. Where no gateway
    ///              thread is left, or the stream was never subscribed, a handler without an executor completes where
    ///              Asio runs such handlers: on a thread of its system context. Bind an executor to choose another.
    template <asio::completion_token_for<void(error_code, stream_item)> Token = asio::deferred_t>
    auto async_next(Token&& token = {}) {
        return asio::async_initiate<Token, void(error_code, stream_item)>(initiate_next(queue_), token);
    }

    /// What is waiting, without waiting for it: at most `limit` items. Nothing while an async_next is pending. Any
    /// thread.
    [[nodiscard]] std::vector<stream_item> take(std::size_t limit = 1000);

    /// Ends the subscription, drops what is waiting. Idempotent; any thread.
    void close() noexcept;

  private:
    using next_handler = asio::any_completion_handler<void(error_code, stream_item)>;

    /// `deliver_on` never runs a function inside its execute().
    static void start_next(const std::shared_ptr<event_queue>& queue, next_handler handler,
                           asio::any_completion_executor deliver_on);
    /// The one that came with the subscription; empty: there is none, or none any more.
    static asio::any_io_executor default_executor(const std::shared_ptr<event_queue>& queue);

    class initiate_next {
      public:
        using executor_type = asio::any_io_executor;
        explicit initiate_next(std::shared_ptr<event_queue> queue) : queue_(std::move(queue)) {}
        [[nodiscard]] executor_type get_executor() const noexcept { return default_executor(queue_); }

        template <class Handler>
        void operator()(Handler&& handler) const {
            const auto given = get_executor();
            if (given) {
                const auto executor = asio::get_associated_executor(handler, given);
                start(std::forward<Handler>(handler), executor, given);
            } else {
                const auto executor = asio::get_associated_executor(handler);
                start(std::forward<Handler>(handler), executor, executor);
            }
        }

      private:
        // Once the handler is erased, its executor can no longer be told not to run it at once: ask here.
        template <class Handler, class Executor, class Other>
        void start(Handler&& handler, const Executor& executor, const Other& other) const {
            constexpr auto never = asio::execution::blocking.never;
            if constexpr (asio::can_require_v<Executor, decltype(never)>)
                start_next(queue_, std::forward<Handler>(handler), asio::require(executor, never));
            else if constexpr (asio::can_require_v<Other, decltype(never)>)
                start_next(queue_, std::forward<Handler>(handler), asio::require(other, never));
            else
                start_next(queue_, std::forward<Handler>(handler), other);
        }

        std::shared_ptr<event_queue> queue_;
    };

    std::shared_ptr<event_queue> queue_;
};

}  // namespace voltgate
