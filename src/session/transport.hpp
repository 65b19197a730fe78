// The connection below HTTP and WebSocket: a socket, with or without TLS on it, or an end of a connection in memory.
// A plain socket costs a null test.
#pragma once

#include "async/io_types.hpp"
#include "security/tls_engine.hpp"
#include "session/memory_pipe.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/async_base.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/buffers_suffix.hpp>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <poll.h>
#include <span>
#include <utility>

namespace voltgate {

using io_socket = asio::basic_stream_socket<asio::ip::tcp, io_executor>;

/// As Beast and Asio want a stream: one read and one write may be under way at the same time. An idle one holds no
/// buffer. Moving it is for when nothing is under way.
class transport {
  public:
    using executor_type = io_executor;

    explicit transport(io_socket&& socket) : socket_(std::move(socket)) {}
    explicit transport(std::unique_ptr<memory_end> end) : memory_(std::move(end)) {}

    [[nodiscard]] executor_type get_executor() noexcept {
        return socket_ ? socket_->get_executor() : memory_->executor();
    }

    /// From here on receive() and send() may be used.
    void make_non_blocking(error_code& ec) {
        if (socket_) socket_->non_blocking(true, ec);
    }
    /// What is sent leaves at once.
    void set_no_delay() {
        error_code ignored;
        if (socket_) socket_->set_option(asio::ip::tcp::no_delay(true), ignored);
    }

    /// From here on everything goes through TLS, and the socket is non-blocking. `engine_on` makes the engine for a
    /// descriptor. Only for a socket.
    template <class Maker>
    void secure(Maker engine_on) {
        error_code ignored;
        make_non_blocking(ignored);
        engine_ = engine_on(socket_->native_handle());
    }
    /// Null: it is plain.
    [[nodiscard]] tls_engine* tls() noexcept { return engine_.get(); }
    /// After a handshake that failed: what is left is the socket.
    void forget_tls() noexcept { engine_.reset(); }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        return asio::async_initiate<Token, void(error_code, std::size_t)>(initiate_read(*this), token, buffers);
    }

    /// With TLS: the buffers go into one record as far as that holds them, so that a header and its message make one.
    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        return asio::async_initiate<Token, void(error_code, std::size_t)>(initiate_write(*this), token, buffers);
    }

    /// Hands over what the peer takes at once; would_block when that is not all. The socket has to be non-blocking.
    /// What was not taken has to be what comes next, with more behind it or not.
    std::size_t send(std::span<const asio::const_buffer> buffers, error_code& ec) {
        if (engine_ || memory_) return send_steps(buffers, ec);
        const std::size_t n = socket_->send(buffers, 0, ec);
        if (!ec && n < asio::buffer_size(buffers)) ec = asio::error::would_block;
        return n;
    }
    /// Completes when send() may get on.
    template <class Token>
    auto async_wait_writable(Token&& token) {
        const auto what = sending_wants_read_ ? asio::socket_base::wait_read : asio::socket_base::wait_write;
        return async_wait(what, std::forward<Token>(token));
    }

    /// For what the connection below TLS becomes ready for.
    template <class Token>
    auto async_wait(asio::socket_base::wait_type what, Token&& token) {
        return asio::async_initiate<Token, void(error_code)>(initiate_wait(*this), token, what);
    }

    /// As far as can be told without reading.
    [[nodiscard]] bool peer_has_gone() noexcept {
        if (memory_) return memory_->peer_has_gone();
        pollfd descriptor = {socket_->native_handle(), POLLRDHUP, 0};
        return ::poll(&descriptor, 1, 0) > 0;
    }

    /// Completes when receive() may give something.
    template <class Token>
    auto async_wait_readable(Token&& token) {
        return asio::async_initiate<Token, void(error_code)>(initiate_wait_readable(*this), token);
    }

    /// What is there, without waiting: else would_block. The socket has to be non-blocking.
    std::size_t receive(asio::mutable_buffer to, error_code& ec) {
        if (!engine_ && !memory_) return socket_->receive(asio::buffer(to), 0, ec);
        const tls_engine::step s = read_step(to)(*this);
        ec = waits(s) ? error_code(asio::error::would_block) : error_of(s);
        return s.bytes;
    }

    /// Says that nothing more will come from here. Reading goes on.
    void shutdown_send(error_code& ec) {
        if (memory_) return memory_->shutdown_send();
        if (engine_) engine_->shutdown();
        socket_->shutdown(asio::socket_base::shutdown_send, ec);
    }

    /// What is under way ends with operation_aborted; it can go on afterwards, but for a write of TLS.
    void cancel() noexcept {
        error_code ignored;
        if (memory_) return memory_->cancel();
        socket_->cancel(ignored);
    }

    void close() noexcept {
        error_code ignored;
        if (memory_) return memory_->close();
        if (engine_) {
            engine_->shutdown();
            engine_->give_up(asio::error::operation_aborted);
        }
        socket_->close(ignored);
    }

  private:
    using status = tls_engine::status;

    [[nodiscard]] static bool waits(const tls_engine::step& s) noexcept {
        return s.what == status::want_read || s.what == status::want_write;
    }
    [[nodiscard]] static error_code error_of(const tls_engine::step& s) noexcept {
        return s.what == status::eof ? error_code(asio::error::eof) : s.error;
    }
    [[nodiscard]] static asio::socket_base::wait_type wait_of(const tls_engine::step& s) noexcept {
        return s.what == status::want_write ? asio::socket_base::wait_write : asio::socket_base::wait_read;
    }

    // As much as fits goes into each record of TLS, so that a head and its message make one.
    std::size_t send_steps(std::span<const asio::const_buffer> buffers, error_code& ec) {
        char record[tls_engine::record_size];
        std::size_t sent = 0;
        const std::size_t all = asio::buffer_size(buffers);
        boost::beast::buffers_suffix<std::span<const asio::const_buffer>> rest(buffers);
        while (sent < all) {
            const std::size_t n = asio::buffer_copy(asio::buffer(record), rest);
            const tls_engine::step s = write(record, n);
            sending_wants_read_ = s.what == status::want_read;
            ec = waits(s) ? error_code(asio::error::would_block) : error_of(s);
            if (ec) break;
            rest.consume(s.bytes);
            sent += s.bytes;
        }
        return sent;
    }

    // A read or a write without the socket's own: steps and waits in turn. It moves itself from wait to wait, with the
    // handler's executor, allocator and cancellation slot.
    template <class Handler, class Step>
    class step_op : public boost::beast::async_base<Handler, io_executor> {
      public:
        template <class H>
        step_op(transport& t, H&& handler, Step step)
            : boost::beast::async_base<Handler, io_executor>(std::forward<H>(handler), t.get_executor()),
              transport_(t),
              step_(std::move(step)) {}

        void start() { go_on(false); }

        void operator()(error_code ec) {
            if (ec) {
                step_.gave_up(transport_, ec);
                return this->complete_now(ec, std::size_t{0});
            }
            go_on(true);
        }

      private:
        void go_on(bool continuation) {
            const tls_engine::step s = step_(transport_);
            if (waits(s)) return transport_.start_wait(wait_of(s), std::move(*this));
            this->complete(continuation, error_of(s), s.bytes);
        }

        transport& transport_;
        Step step_;
    };

    [[nodiscard]] tls_engine::step write(const void* from, std::size_t size) {
        return engine_ ? engine_->write(from, size) : memory_->write(from, size);
    }

    template <class Handler>
    void start_wait(asio::socket_base::wait_type what, Handler&& handler) {
        if (socket_) return socket_->async_wait(what, std::forward<Handler>(handler));
        auto event = memory_end::event::readable;
        if (what == asio::socket_base::wait_write) event = memory_end::event::writable;
        if (what == asio::socket_base::wait_error) event = memory_end::event::broken;
        memory_->async_wait(event, std::forward<Handler>(handler));
    }

    template <class Handler, class Step>
    void run(Handler&& handler, Step step) {
        step_op<std::decay_t<Handler>, Step>(*this, std::forward<Handler>(handler), std::move(step)).start();
    }

    struct read_step {
        asio::mutable_buffer to;
        explicit read_step(asio::mutable_buffer b) noexcept : to(b) {}
        tls_engine::step operator()(transport& t) const {
            if (to.size() == 0) return {};
            return t.engine_ ? t.engine_->read(to.data(), to.size()) : t.memory_->read(to.data(), to.size());
        }
        static void gave_up(transport&, error_code) noexcept {}
    };

    template <class Buffers>
    struct write_step {
        Buffers from;
        tls_engine::step operator()(transport& t) const {
            const asio::const_buffer first = first_of<asio::const_buffer>(from);
            const std::size_t total = std::min(asio::buffer_size(from), tls_engine::record_size);
            if (total == 0) return {};
            if (first.size() >= total) return t.write(first.data(), total);
            char record[tls_engine::record_size];
            const std::size_t n = asio::buffer_copy(asio::buffer(record), from);
            return t.write(record, n);
        }
        // Half a record may have gone out: nothing can follow it but its rest.
        static void gave_up(transport& t, error_code ec) noexcept {
            if (t.engine_) t.engine_->give_up(ec);
        }
    };

    class initiation {
      public:
        using executor_type = io_executor;
        explicit initiation(transport& t) noexcept : transport_(&t) {}
        [[nodiscard]] executor_type get_executor() const noexcept { return transport_->get_executor(); }

      protected:
        transport* transport_;
    };

    struct initiate_read : initiation {
        using initiation::initiation;
        template <class Handler, class Buffers>
        void operator()(Handler&& handler, const Buffers& buffers) const {
            transport& t = *this->transport_;
            if (!t.engine_ && !t.memory_) return t.socket_->async_read_some(buffers, std::forward<Handler>(handler));
            t.run(std::forward<Handler>(handler), read_step(first_of<asio::mutable_buffer>(buffers)));
        }
    };

    struct initiate_write : initiation {
        using initiation::initiation;
        template <class Handler, class Buffers>
        void operator()(Handler&& handler, const Buffers& buffers) const {
            transport& t = *this->transport_;
            if (!t.engine_ && !t.memory_) return t.socket_->async_write_some(buffers, std::forward<Handler>(handler));
            t.run(std::forward<Handler>(handler), write_step<Buffers>(buffers));
        }
    };

    struct initiate_wait : initiation {
        using initiation::initiation;
        template <class Handler>
        void operator()(Handler&& handler, asio::socket_base::wait_type what) const {
            this->transport_->start_wait(what, std::forward<Handler>(handler));
        }
    };

    struct initiate_wait_readable : initiation {
        using initiation::initiation;
        template <class Handler>
        void operator()(Handler&& handler) const {
            transport& t = *this->transport_;
            if (t.engine_ && t.engine_->holds_bytes()) {
                asio::post(t.get_executor(),
                           boost::beast::bind_front_handler(std::forward<Handler>(handler), error_code{}));
                return;
            }
            const bool write = t.engine_ && t.engine_->reading_wants_write();
            t.start_wait(write ? asio::socket_base::wait_write : asio::socket_base::wait_read,
                         std::forward<Handler>(handler));
        }
    };

    template <class Buffer, class Buffers>
    [[nodiscard]] static Buffer first_of(const Buffers& buffers) {
        for (auto it = asio::buffer_sequence_begin(buffers); it != asio::buffer_sequence_end(buffers); ++it) {
            const Buffer b = *it;
            if (b.size() > 0) return b;
        }
        return {};
    }

    std::optional<io_socket> socket_;  // else there is `memory_`
    std::unique_ptr<memory_end> memory_;
    std::unique_ptr<tls_engine> engine_;  // on the socket
    bool sending_wants_read_ = false;
};

}  // namespace voltgate
