// Connections that come without a network, when a test says.
#pragma once

#include "async/async_condition.hpp"
#include "http/acceptor.hpp"
#include "session/memory_pipe.hpp"
#include "session/session_thread.hpp"

#include <cstddef>
#include <deque>
#include <memory>

namespace voltgate::test {

/// For a gateway of one thread, which is the test's.
class memory_acceptor final : public http::acceptor {
  public:
    /// `capacity`: bytes on their way in each direction of a connection.
    memory_acceptor(session_thread& thread, std::size_t capacity) : thread_(thread), capacity_(capacity) {}

    /// A connection that is waiting to be accepted: the client's end of it.
    [[nodiscard]] std::unique_ptr<memory_end> connect(const asio::ip::tcp::endpoint& from);

    io_awaitable<error_code> accept(const io_executor& home, http::arrival& into) override;
    void close() override;
    [[nodiscard]] std::uint16_t port() const noexcept override { return 9000; }

  private:
    session_thread& thread_;
    std::size_t capacity_;
    std::deque<http::arrival> waiting_;
    async_condition came_;
    bool closed_ = false;
};

}  // namespace voltgate::test
