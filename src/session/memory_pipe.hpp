// A connection inside the process, for programs that run sessions without a network: what one end sends the other
// receives. Both ends belong to one thread.
#pragma once

#include "async/io_types.hpp"
#include "security/tls_engine.hpp"

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

namespace voltgate {

class memory_end {
  public:
    using step = tls_engine::step;
    enum class event : std::uint8_t { readable, writable, broken };  // broken: the other end is closed or gone
    using two_ends = std::array<std::unique_ptr<memory_end>, 2>;

    /// Two ends of one connection, which holds at most `capacity` bytes on their way in each direction.
    [[nodiscard]] static two_ends pair(const io_executor& executor, std::size_t capacity = usual_capacity);

    memory_end(const io_executor& executor, std::size_t capacity);
    memory_end(const memory_end&) = delete;
    memory_end& operator=(const memory_end&) = delete;
    ~memory_end();

    [[nodiscard]] const io_executor& executor() const noexcept { return executor_; }

    // As those of tls_engine: they never wait.
    [[nodiscard]] step read(void* to, std::size_t size);
    [[nodiscard]] step write(const void* from, std::size_t size);
    /// How many bytes write() takes.
    [[nodiscard]] std::size_t room() const noexcept;

    /// One wait for each event at a time. It completes through the executor: with operation_aborted when it is
    /// cancelled, or when this end is closed.
    template <class Handler>
    void async_wait(event what, Handler&& handler) {
        auto slot = asio::get_associated_cancellation_slot(handler);
        if (slot.is_connected())
            slot.assign([this, what](asio::cancellation_type) { complete(what, asio::error::operation_aborted); });
        start_wait(what, waiter(std::forward<Handler>(handler)));
    }

    /// The other end meets the end of the connection, once it has read what was sent.
    void shutdown_send() { finish(); }
    void close();
    /// What waits ends with operation_aborted.
    void cancel();
    [[nodiscard]] bool peer_has_gone() const noexcept { return peer_has_finished_; }

  private:
    static constexpr std::size_t usual_capacity = 64 * 1024;
    using waiter = asio::any_completion_handler<void(error_code)>;
    class waits;

    [[nodiscard]] bool ready(event what) const noexcept;
    void start_wait(event what, waiter handler);
    void complete(event what, error_code ec);
    void look();
    void finish();
    void leave() noexcept;

    io_executor executor_;
    std::size_t capacity_;
    memory_end* other_ = nullptr;  // null: it is gone, or this end is closed
    std::string received_;         // and not read yet
    bool peer_has_finished_ = false;
    bool finished_ = false;
    bool closed_ = false;
    std::array<waiter, 3> waiting_;  // by event
    memory_end* next_ = nullptr;     // of the context's
    memory_end** link_ = nullptr;
};

}  // namespace voltgate
