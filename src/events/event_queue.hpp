// What stands between the bus and one reader: a bounded queue that drops its oldest when the reader is too slow.
#pragma once

#include <voltgate/asio.hpp>
#include <voltgate/event_stream.hpp>

#include <boost/asio/any_completion_executor.hpp>
#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

class event_queue : public std::enable_shared_from_this<event_queue> {
  public:
    using next_handler = asio::any_completion_handler<void(error_code, stream_item)>;

    /// A pending async_next.
    struct waiter {
        next_handler handler;
        asio::any_completion_executor work;        // the handler's own executor, kept busy meanwhile
        asio::any_completion_executor deliver_on;  // never runs a function inside its execute()
        std::uint64_t number = 0;
    };

    /// What an async_next ends with. Decided under a lock; send() only outside all of them.
    struct completion {
        void send() &&;

        waiter to;
        error_code error;
        stream_item item;
    };

    /// `capacity` 0 counts as 1. `fallback` is where handlers complete that have no executor of their own.
    event_queue(event_filter filter, std::size_t capacity, asio::any_io_executor fallback);
    event_queue(const event_queue&) = delete;
    event_queue& operator=(const event_queue&) = delete;

    // The bus's side.
    [[nodiscard]] bool wants(const event& e) const;
    [[nodiscard]] std::uint32_t wanted_types() const noexcept { return types_; }  // bit n: event_type n
    struct push_result {
        std::optional<completion> ready;
        bool dropped = false;  // the oldest had to go
    };
    [[nodiscard]] push_result push(const event_ptr& e);
    /// No more events will come; what is waiting can still be read. `fallback` is not used any more.
    void end();
    /// No more will come, and none is waiting.
    [[nodiscard]] bool over() const;

    // The reader's side.
    /// `deliver_on`: by way of it; a handler without an executor of its own runs there.
    void next(next_handler handler, asio::any_completion_executor deliver_on);
    [[nodiscard]] std::vector<stream_item> take(std::size_t limit);
    void close();
    [[nodiscard]] bool closed() const noexcept { return closed_.load(std::memory_order_acquire); }
    /// Empty: it has ended.
    [[nodiscard]] asio::any_io_executor fallback() const;

  private:
    /// The completion `w` can have now, if any; then `w` is used up.
    [[nodiscard]] std::optional<completion> settle(waiter& w);
    [[nodiscard]] std::optional<completion> abort_waiter();
    [[nodiscard]] stream_item pop();
    void cancel(std::uint64_t number);

    const std::string charge_point_id_;
    const std::vector<std::string> charge_points_;
    const std::function<bool(std::string_view)> accepts_;  // may be empty
    const std::uint32_t types_;
    const std::size_t capacity_;
    std::atomic<bool> closed_{false};  // written under mutex_

    mutable std::mutex mutex_;  // guards all below
    asio::any_io_executor fallback_;
    std::deque<event_ptr> waiting_;
    std::uint64_t missed_ = 0;  // dropped just before the front of waiting_
    std::optional<waiter> waiter_;
    std::uint64_t last_number_ = 0;  // of waiters: a cancellation that comes late finds another number, or none
    bool ended_ = false;
};

}  // namespace voltgate
