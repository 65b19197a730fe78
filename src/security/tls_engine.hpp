// TLS over one non-blocking socket, step by step. Knows no event loop: a step does what can be done at once and says
// what to wait for. Reading and writing may be under way at the same time, each with a wait of its own.
#pragma once

#include "security/peer.hpp"

#include <boost/system/error_code.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

struct ssl_st;  // OpenSSL's SSL

namespace voltgate {

/// Errors of the TLS protocol; those of the socket are of the system's category.
[[nodiscard]] const boost::system::error_category& tls_category() noexcept;

class tls_engine {
  public:
    enum class status : std::uint8_t {
        done,
        want_read,   // again when the socket is readable
        want_write,  // again when it is writable
        eof,         // the peer has said goodbye
        truncated,   // the connection ended without that
        failed,      // `error` says why; nothing more can be read or written
    };
    struct step {
        status what = status::done;
        std::size_t bytes = 0;
        boost::system::error_code error;
    };

    /// Most bytes that one record takes, and one step.
    static constexpr std::size_t record_size = 16 * 1024;

    /// The server's end, or the client's, of a connection over `descriptor`, which stays the caller's.
    /// Takes over `ssl`.
    tls_engine(ssl_st* ssl, int descriptor);
    ~tls_engine();
    tls_engine(const tls_engine&) = delete;
    tls_engine& operator=(const tls_engine&) = delete;

    [[nodiscard]] step handshake();
    [[nodiscard]] step read(void* to, std::size_t size);
    /// After want_read or want_write, call it with the same bytes.
    [[nodiscard]] step write(const void* from, std::size_t size);
    /// Says goodbye, if that can be done at once.
    void shutdown() noexcept;

    /// read() would give something although the socket may never become readable.
    [[nodiscard]] bool holds_bytes() const noexcept;
    /// Whether the last read() has to wait for writability.
    [[nodiscard]] bool reading_wants_write() const noexcept { return reading_wants_write_; }

    /// A write will not be repeated, or the socket is gone: every further step fails.
    void give_up(boost::system::error_code why) noexcept;

    // After the handshake.
    [[nodiscard]] bool resumed() const noexcept;
    [[nodiscard]] std::optional<client_certificate> peer_certificate() const;

    /// Why the handshake failed, for people.
    [[nodiscard]] std::string failure() const;
    /// Whether the peer has sent anything at all.
    [[nodiscard]] bool heard() const noexcept { return heard_; }

  private:
    friend struct socket_bio;
    struct free_ssl {
        void operator()(ssl_st* ssl) const noexcept;
    };

    [[nodiscard]] step result_of(int returned, std::size_t bytes);

    std::unique_ptr<ssl_st, free_ssl> ssl_;
    int descriptor_;
    int system_error_ = 0;  // of the step under way
    bool end_met_ = false;  // the socket's
    bool heard_ = false;
    bool more_ = false;  // the last read gave something
    bool reading_wants_write_ = false;
    boost::system::error_code gave_up_;
};

}  // namespace voltgate
