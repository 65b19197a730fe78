// The listener and the connections it accepts: requests answered, charge points handed to their sessions.
#pragma once

#include "gateway/core.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_set>

namespace voltgate::http {

class connection;

/// A place among the few that may do something at a time, for as long as it lives. False: all are taken.
class place_among {
  public:
    place_among(int most, std::atomic<int>& taken) noexcept : taken_(taken), mine_(++taken <= most) {
        if (!mine_) --taken_;  // saying no may take a while
    }
    ~place_among() {
        if (mine_) --taken_;
    }
    place_among(const place_among&) = delete;
    place_among& operator=(const place_among&) = delete;
    explicit operator bool() const noexcept { return mine_; }

  private:
    std::atomic<int>& taken_;
    bool mine_;
};

class server {
  public:
    explicit server(gateway_core& core) : core_(core) {}
    ~server();

    /// Opens the listener of the configuration; `detail` then says what to do about an error.
    [[nodiscard]] error_code listen(std::string& detail);
    /// Begins to accept, on the gateway's first thread.
    void start();
    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

    /// No new connection from here on. Any thread; completes in the background.
    void stop_accepting();
    /// Ends idle connections and live streams now, others after their response. Any thread.
    void close_connections();
    /// Sockets that are no sessions (yet).
    [[nodiscard]] std::size_t connections() const;

    // For connections.
    [[nodiscard]] gateway_core& core() noexcept { return core_; }
    [[nodiscard]] bool closing() const noexcept { return closing_; }
    [[nodiscard]] std::atomic<int>& imports() noexcept { return imports_; }
    [[nodiscard]] std::atomic<int>& delayed_refusals() noexcept { return delayed_refusals_; }
    void add(const std::shared_ptr<connection>& c);
    void remove(connection* c);

  private:
    using acceptor = asio::basic_socket_acceptor<asio::ip::tcp, io_executor>;
    io_awaitable<void> accept_connections();
    [[nodiscard]] std::size_t most_connections() const;

    gateway_core& core_;
    std::optional<acceptor> acceptor_;
    std::uint16_t port_ = 0;
    std::atomic<bool> closing_{false};
    std::atomic<int> imports_{0};
    std::atomic<int> delayed_refusals_{0};
    mutable std::mutex mutex_;
    std::unordered_set<connection*> connections_;  // each owned by its own coroutine
};

}  // namespace voltgate::http
