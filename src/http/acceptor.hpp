// Where a listener's connections come from: all that the server knows of sockets, or of what stands for them.
#pragma once

#include "session/transport.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <optional>

namespace voltgate::http {

/// A connection that came.
struct arrival {
    std::optional<transport> stream;              // always there, once it came
    std::optional<asio::ip::tcp::endpoint> peer;  // nothing: it has gone already
};

/// accept() and close() are for the gateway's first thread.
class acceptor {
  public:
    acceptor() = default;
    acceptor(const acceptor&) = delete;
    acceptor& operator=(const acceptor&) = delete;
    virtual ~acceptor() = default;

    /// The next one, which will live on the thread of `home`. One call at a time. operation_aborted: it is closed.
    virtual io_awaitable<error_code> accept(const io_executor& home, arrival& into) = 0;
    virtual void close() = 0;
    /// The one that peers connect to.
    [[nodiscard]] virtual std::uint16_t port() const noexcept = 0;
};

}  // namespace voltgate::http
