// The client's end of TLS, for tcp_connection: OpenSSL's own way over a descriptor, apart from what the gateway does.
#pragma once

#include "support/wait.hpp"

#include <cstddef>
#include <memory>
#include <string>

struct ssl_st;
struct ssl_ctx_st;
struct ssl_session_st;

namespace voltgate::test {

enum class tls_version : std::uint8_t { v12, v13 };

struct tls_client_options {
    std::string ca;                // PEM: who may have issued the server's certificate
    std::string certificate, key;  // PEM: its own; empty: none. The chain may follow the certificate
    tls_version version = tls_version::v13;
    std::string suites;      // of TLS 1.2, in OpenSSL's words; empty: all
    std::string signatures;  // that the server may use; empty: all
};

/// One TLS connection.
class tls_stream {
  public:
    explicit tls_stream(ssl_st* ssl) noexcept : ssl_(ssl) {}
    ~tls_stream();
    tls_stream(const tls_stream&) = delete;
    tls_stream& operator=(const tls_stream&) = delete;

    enum class outcome : std::uint8_t { bytes, want_read, want_write, end, truncated, reset };
    /// Throws `unexpected` with OpenSSL's words when TLS itself fails: an alert of the gateway.
    outcome receive(char* to, std::size_t size, std::size_t& n);
    outcome send(const char* from, std::size_t size, std::size_t& n);
    outcome handshake();
    void say_goodbye() noexcept;

    [[nodiscard]] ssl_st* native() const noexcept { return ssl_; }

  private:
    outcome outcome_of(int returned, const char* doing);
    ssl_st* ssl_;
};

/// What the connections of one client share: its trust, its certificate, the last session, which the next connection
/// offers to resume. Outlives its connections.
class tls_client {
  public:
    explicit tls_client(const tls_client_options& options);
    ~tls_client();
    tls_client(const tls_client&) = delete;
    tls_client& operator=(const tls_client&) = delete;

    [[nodiscard]] std::unique_ptr<tls_stream> begin(int descriptor);
    void ended_handshake(const tls_stream& stream);
    /// Offers no session any more.
    void forget_session() noexcept;
    [[nodiscard]] bool has_session() const noexcept { return session_ != nullptr; }

    // Of the last handshake.
    [[nodiscard]] bool resumed() const noexcept { return resumed_; }
    [[nodiscard]] const std::string& version() const noexcept { return version_; }  // "TLSv1.3"
    [[nodiscard]] const std::string& suite() const noexcept { return suite_; }
    [[nodiscard]] const std::string& server_serial() const noexcept { return server_serial_; }
    [[nodiscard]] const std::string& server_key() const noexcept { return server_key_; }  // "EC", "RSA"

  private:
    static int keep_session(ssl_st* ssl, ssl_session_st* session);

    ssl_ctx_st* context_;
    ssl_session_st* session_ = nullptr;
    bool resumed_ = false;
    std::string version_, suite_, server_serial_, server_key_;
};

}  // namespace voltgate::test
