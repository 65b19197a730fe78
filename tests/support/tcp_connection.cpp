// Plain sockets and poll: no background thread, nothing read or written that the test did not ask for.
#include "support/tcp_connection.hpp"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace voltgate::test {

namespace {

[[noreturn]] void fail(std::string_view doing, int error) {
    throw unexpected(fmt::format("{}: {}", doing, std::strerror(error)));
}

struct endpoint {
    sockaddr_storage storage{};
    socklen_t size = 0;
    [[nodiscard]] const sockaddr* address() const noexcept {
        return reinterpret_cast<const sockaddr*>(&storage);  // the way the socket interface wants it
    }
};

endpoint make_endpoint(const std::string& address, std::uint16_t port) {
    endpoint result;
    sockaddr_in v4{};
    if (inet_pton(AF_INET, address.c_str(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        std::memcpy(&result.storage, &v4, sizeof v4);
        result.size = sizeof v4;
        return result;
    }
    sockaddr_in6 v6{};
    if (inet_pton(AF_INET6, address.c_str(), &v6.sin6_addr) != 1)
        throw unexpected(fmt::format("'{}' is no IP address", address));
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    std::memcpy(&result.storage, &v6, sizeof v6);
    result.size = sizeof v6;
    return result;
}

void set_non_blocking(int descriptor) {
    const int flags = fcntl(descriptor, F_GETFL, 0);
    if (flags < 0 || fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) < 0) fail("making a socket non-blocking", errno);
}

bool peer_is_gone(int error) noexcept { return error == ECONNRESET || error == EPIPE; }

}  // namespace

tcp_connection::tcp_connection(std::uint16_t port, const tcp_options& options, deadline until) {
    const endpoint target = make_endpoint(options.address, port);
    descriptor_ = ::socket(target.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor_ < 0) fail("opening a socket", errno);
    try {
        const int on = 1;
        ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (options.receive_buffer > 0)  // before connect: it decides the window that is offered
            ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &options.receive_buffer, sizeof options.receive_buffer);
        if (!options.source_address.empty()) {
            const endpoint source = make_endpoint(options.source_address, 0);
            if (::bind(descriptor_, source.address(), source.size) != 0)
                fail("binding to " + options.source_address, errno);
        }
        set_non_blocking(descriptor_);
        const int connected = ::connect(descriptor_, target.address(), target.size);
        if (connected != 0 && errno != EINPROGRESS)
            fail(fmt::format("connecting to {} port {}", options.address, port), errno);
        if (!wait(readiness::writable, until))
            throw unexpected(fmt::format("connecting to {} port {}: not in time", options.address, port));
        int error = 0;
        socklen_t size = sizeof error;
        ::getsockopt(descriptor_, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error != 0) fail(fmt::format("connecting to {} port {}", options.address, port), error);
        if (!options.preamble.empty()) send(options.preamble, until);
        if (options.tls) shake_hands(options.tls, until);
    } catch (...) {
        close();
        throw;
    }
}

tcp_connection::tcp_connection(tcp_connection&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      client_(std::move(other.client_)),
      tls_(std::move(other.tls_)),
      reset_(other.reset_),
      truncated_(other.truncated_) {}

tcp_connection& tcp_connection::operator=(tcp_connection&& other) noexcept {
    if (this != &other) {
        close();
        descriptor_ = std::exchange(other.descriptor_, -1);
        client_ = std::move(other.client_);
        tls_ = std::move(other.tls_);
        reset_ = other.reset_;
        truncated_ = other.truncated_;
    }
    return *this;
}

tcp_connection::~tcp_connection() { close(); }

bool tcp_connection::wait(readiness what, deadline until) const {
    pollfd waiting{};
    waiting.fd = descriptor_;
    waiting.events = what == readiness::readable ? POLLIN : POLLOUT;
    for (;;) {
        const int ready = ::poll(&waiting, 1, static_cast<int>(until.left().count()));
        if (ready > 0) return true;
        if (ready == 0 && until.passed()) return false;
        if (ready < 0 && errno != EINTR) fail("waiting for a socket", errno);
    }
}

bool tcp_connection::try_send(std::string_view bytes, deadline until) {
    if (!is_open()) throw unexpected("sending on a closed connection");
    if (tls_) return try_send_with_tls(bytes, until);
    while (!bytes.empty()) {
        const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
            continue;
        }
        if (peer_is_gone(errno)) return false;
        if (errno == EINTR) continue;
        if (errno != EAGAIN && errno != EWOULDBLOCK) fail("sending", errno);
        if (!wait(readiness::writable, until))
            throw unexpected(fmt::format("sending: the peer did not take the last {} bytes in time", bytes.size()));
    }
    return true;
}

void tcp_connection::shake_hands(std::shared_ptr<tls_client> client, deadline until) {
    client_ = std::move(client);
    tls_ = client_->begin(descriptor_);
    for (;;) {
        const auto what = tls_->handshake();
        if (what == tls_stream::outcome::bytes) break;
        const bool reading = what == tls_stream::outcome::want_read;
        if (!reading && what != tls_stream::outcome::want_write)
            throw unexpected("TLS, handshake: the peer has ended the connection");
        if (!wait(reading ? readiness::readable : readiness::writable, until))
            throw unexpected("TLS, handshake: not in time");
    }
    client_->ended_handshake(*tls_);
}

bool tcp_connection::try_send_with_tls(std::string_view bytes, deadline until) {
    while (!bytes.empty()) {
        std::size_t n = 0;
        const auto what = tls_->send(bytes.data(), bytes.size(), n);
        if (what == tls_stream::outcome::bytes) {
            bytes.remove_prefix(n);
            continue;
        }
        const bool reading = what == tls_stream::outcome::want_read;
        if (!reading && what != tls_stream::outcome::want_write) return false;
        if (!wait(reading ? readiness::readable : readiness::writable, until))
            throw unexpected(fmt::format("sending: the peer did not take the last {} bytes in time", bytes.size()));
    }
    return true;
}

std::optional<bool> tcp_connection::receive_once_with_tls(std::string& into) {
    std::array<char, 16 * 1024> chunk;
    std::size_t n = 0;
    switch (tls_->receive(chunk.data(), chunk.size(), n)) {
        case tls_stream::outcome::bytes: into.append(chunk.data(), n); return true;
        case tls_stream::outcome::want_read:
        case tls_stream::outcome::want_write: return std::nullopt;
        case tls_stream::outcome::end: break;
        case tls_stream::outcome::truncated: truncated_ = true; break;
        case tls_stream::outcome::reset: reset_ = truncated_ = true; break;
    }
    return false;
}

void tcp_connection::send(std::string_view bytes, deadline until) {
    if (!try_send(bytes, until)) throw unexpected("sending: the peer has ended the connection");
}

std::optional<bool> tcp_connection::receive_once(std::string& into) {
    if (!is_open()) throw unexpected("receiving on a closed connection");
    if (tls_) return receive_once_with_tls(into);
    std::array<char, 64 * 1024> chunk;
    for (;;) {
        const auto got = ::recv(descriptor_, chunk.data(), chunk.size(), MSG_DONTWAIT);
        if (got > 0) {
            into.append(chunk.data(), static_cast<std::size_t>(got));
            return true;
        }
        if (got == 0) return false;
        if (errno == ECONNRESET) {
            reset_ = true;
            return false;
        }
        if (errno == EAGAIN || errno == EWOULDBLOCK) return std::nullopt;
        if (errno != EINTR) fail("receiving", errno);
    }
}

tcp_connection::received tcp_connection::receive(std::string& into, deadline until) {
    for (;;) {
        if (const auto more = receive_once(into)) return *more ? received::bytes : received::end;
        if (!wait(readiness::readable, until)) return received::nothing;
    }
}

bool tcp_connection::receive_more(std::string& into, deadline until) {
    const auto what = receive(into, until);
    if (what == received::nothing) throw unexpected("nothing arrived in time");
    return what == received::bytes;
}

bool tcp_connection::receive_available(std::string& into) {
    for (;;) {
        const auto more = receive_once(into);
        if (!more) return true;
        if (!*more) return false;
    }
}

void tcp_connection::shutdown_send() noexcept {
    if (!is_open()) return;
    if (tls_) tls_->say_goodbye();
    ::shutdown(descriptor_, SHUT_WR);
}

void tcp_connection::close() noexcept {
    tls_.reset();
    if (is_open()) ::close(std::exchange(descriptor_, -1));
}

void tcp_connection::reset() noexcept {
    if (!is_open()) return;
    linger no_goodbye{};
    no_goodbye.l_onoff = 1;
    no_goodbye.l_linger = 0;
    ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &no_goodbye, sizeof no_goodbye);
    close();
}

}  // namespace voltgate::test
