// A blocking TCP connection with deadlines, for clients that must be able to misbehave.
#pragma once

#include "support/tls_client.hpp"
#include "support/wait.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace voltgate::test {

struct tcp_options {
    std::string address = "127.0.0.1";  // IPv4 or IPv6
    std::string source_address;         // empty: any
    int receive_buffer = 0;             // SO_RCVBUF in bytes; 0: the system's
    std::shared_ptr<tls_client> tls;    // null: plain
    std::string preamble;               // sent first, before TLS
};

/// Movable; the destructor closes the socket as a process that ends would. Not thread-safe.
class tcp_connection {
  public:
    tcp_connection() = default;
    tcp_connection(std::uint16_t port, const tcp_options& options, deadline until);
    /// Takes over a connected socket.
    explicit tcp_connection(int descriptor) noexcept : descriptor_(descriptor) {}
    tcp_connection(tcp_connection&& other) noexcept;
    tcp_connection& operator=(tcp_connection&& other) noexcept;
    ~tcp_connection();

    [[nodiscard]] bool is_open() const noexcept { return descriptor_ >= 0; }

    /// Sends all of it. Throws `unexpected` when the peer does not take it in time or is gone.
    void send(std::string_view bytes, deadline until);
    /// The same for a peer that may hang up meanwhile: false when it did.
    [[nodiscard]] bool try_send(std::string_view bytes, deadline until);

    enum class received : std::uint8_t { bytes, end, nothing };
    /// Appends what arrives next to `into`. `end`: the peer has ended the connection (FIN or reset); `nothing`: no
    /// byte came in time.
    [[nodiscard]] received receive(std::string& into, deadline until);
    /// The same; false for the end. Throws `unexpected` when nothing arrives in time.
    [[nodiscard]] bool receive_more(std::string& into, deadline until);
    /// What has arrived already, without waiting; false: the peer has ended the connection.
    [[nodiscard]] bool receive_available(std::string& into);
    /// Whether the last receive ended because of a reset.
    [[nodiscard]] bool was_reset() const noexcept { return reset_; }
    /// Whether it ended without TLS's goodbye.
    [[nodiscard]] bool was_truncated() const noexcept { return truncated_; }
    /// Null: it is plain.
    [[nodiscard]] tls_stream* tls() const noexcept { return tls_.get(); }

    void shutdown_send() noexcept;  // FIN; reading goes on
    void close() noexcept;          // FIN, or RST when unread bytes are waiting: the system decides
    void reset() noexcept;          // RST, at once

  private:
    enum class readiness : std::uint8_t { readable, writable };
    [[nodiscard]] bool wait(readiness what, deadline until) const;
    [[nodiscard]] std::optional<bool> receive_once(std::string& into);
    [[nodiscard]] std::optional<bool> receive_once_with_tls(std::string& into);
    [[nodiscard]] bool try_send_with_tls(std::string_view bytes, deadline until);
    void shake_hands(std::shared_ptr<tls_client> client, deadline until);

    int descriptor_ = -1;
    std::shared_ptr<tls_client> client_;  // outlives tls_
    std::unique_ptr<tls_stream> tls_;
    bool reset_ = false, truncated_ = false;
};

}  // namespace voltgate::test
