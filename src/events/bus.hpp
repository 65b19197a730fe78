// The bus: gives every event its sequence number and hands it to whoever subscribed.
#pragma once

#include <voltgate/asio.hpp>
#include <voltgate/event.hpp>
#include <voltgate/event_stream.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace voltgate {

class random_source;

/// Every member may be called from any thread. Nothing here waits for a reader.
class event_bus {
  public:
    /// `completions` is where readers' handlers run that have no executor of their own; used until close(). `random`,
    /// for the ids of events, outlives it.
    event_bus(asio::any_io_executor completions, random_source& random)
        : completions_(std::move(completions)), random_(random) {}
    ~event_bus() { close(); }
    event_bus(const event_bus&) = delete;
    event_bus& operator=(const event_bus&) = delete;

    /// Whether any reader takes events of this type. When none does, skip() stands for publish() and the payload
    /// need not be built.
    [[nodiscard]] bool wanted(event_type t) const noexcept {
        return ((wanted_types_.load(std::memory_order_acquire) >> static_cast<unsigned>(t)) & 1U) != 0;
    }

    /// Numbers the event, makes it an id if it has none (all bits zero), queues it for its readers. Returns the number.
    /// Every reader sees the numbers ascending.
    std::uint64_t publish(event&& e);

    /// Queues an event that has its number and its id already. For one thread at a time, numbers ascending; a bus that
    /// is used so is not used with publish().
    void deliver(event&& e);

    /// Numbers an event that nobody is to see. Returns the number.
    std::uint64_t skip() noexcept { return last_sequence_.fetch_add(1, std::memory_order_relaxed) + 1; }

    /// Events from now on. After close(): a queue that has ended.
    [[nodiscard]] std::shared_ptr<event_queue> subscribe(event_filter filter, std::size_t capacity);

    /// Ends all queues: readers still get what is waiting, then operation_aborted. Later events are numbered only.
    void close();

    [[nodiscard]] std::uint64_t last_sequence() const noexcept {
        return last_sequence_.load(std::memory_order_relaxed);
    }
    /// Events dropped because a reader was too slow, counted per reader.
    [[nodiscard]] std::uint64_t dropped_total() const noexcept { return dropped_.load(std::memory_order_relaxed); }
    /// Readers that have not closed.
    [[nodiscard]] std::size_t reader_count() const;

  private:
    std::uint64_t queue(const std::shared_ptr<event>& e, bool number);
    void forget_closed();

    const asio::any_io_executor completions_;
    random_source& random_;
    std::atomic<std::uint64_t> last_sequence_{0};
    std::atomic<std::uint64_t> dropped_{0};
    std::atomic<std::uint32_t> wanted_types_{0};  // bit n: event_type n; written under mutex_

    mutable std::mutex mutex_;  // taken before a queue's own
    std::vector<std::shared_ptr<event_queue>> queues_;
    bool closed_ = false;
};

}  // namespace voltgate
