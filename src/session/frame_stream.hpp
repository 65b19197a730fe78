// The layer between the connection and Beast's WebSocket stream: hands over one frame at a time, answers for the
// control frames it takes out. Thanks to it an idle connection has no pending read and holds no buffer.
#pragma once

#include "session/frame_scanner.hpp"
#include "session/transport.hpp"

#include <boost/asio/post.hpp>
#include <boost/beast/core/async_base.hpp>
#include <boost/beast/core/buffer_traits.hpp>
#include <boost/beast/core/role.hpp>

#include <algorithm>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace voltgate {

class frame_stream {
  public:
    using executor_type = io_executor;

    frame_stream(transport below, stage_pool& stages) : below_(std::move(below)), stages_(stages) {}

    [[nodiscard]] executor_type get_executor() noexcept { return below_.get_executor(); }
    [[nodiscard]] transport& below() noexcept { return below_; }

    /// Bytes that came together with the upgrade request: they are read before the socket is.
    void set_surplus(std::string bytes) {
        if (!bytes.empty()) surplus_ = std::make_unique<surplus>(std::move(bytes));
    }
    /// There is something to fill() with before the socket becomes readable.
    [[nodiscard]] bool has_surplus() const noexcept { return surplus_ != nullptr; }

    /// Takes in what the socket has, without waiting. would_block and a full stage are no errors.
    error_code fill() {
        lease();
        if (begin_ > 0 && begin_ == end_) begin_ = end_ = 0;
        if (end_ == stage_pool::block_size && begin_ > 0) {
            std::memmove(block_.get(), block_.get() + begin_, static_cast<std::size_t>(end_ - begin_));
            end_ = static_cast<std::uint16_t>(end_ - begin_);
            begin_ = 0;
        }
        if (end_ == stage_pool::block_size) return {};
        if (surplus_) {
            take_surplus();
            return {};
        }
        error_code ec;
        const auto n = below_.receive(asio::buffer(block_.get() + end_, stage_pool::block_size - end_), ec);
        if (ec == asio::error::would_block) return {};
        end_ = static_cast<std::uint16_t>(end_ + n);
        return ec;
    }

    enum class next : std::uint8_t { nothing, partial_control, control, message };
    /// What the stage begins with. control: it was taken out and is in `taken`.
    [[nodiscard]] next look(control_frame& taken) {
        if (begin_ == end_) {
            release();
            return next::nothing;
        }
        if (!scanner_.at_boundary()) return next::message;
        std::size_t length = 0;
        switch (frame_scanner::look(staged(), taken, length)) {
            case frame_scanner::control::none: return next::message;
            case frame_scanner::control::partial: return next::partial_control;
            case frame_scanner::control::whole: break;
        }
        begin_ = static_cast<std::uint16_t>(begin_ + length);
        if (begin_ == end_) release();
        return next::control;
    }

    /// How many payload bytes the library is likely to give next: a hint for the size of its buffer.
    [[nodiscard]] std::size_t expected_payload() const noexcept {
        if (scanner_.payload_left() > 0) return static_cast<std::size_t>(scanner_.payload_left());
        return static_cast<std::size_t>(end_ - begin_);
    }

    /// The same as far as it is certain: of the frame being read.
    [[nodiscard]] std::size_t payload_left() const noexcept {
        return static_cast<std::size_t>(scanner_.payload_left());
    }

    /// The last thing that came, and was handed over, was a Close.
    [[nodiscard]] bool ended_with_close() const noexcept { return scanner_.ended_with_close(); }

    /// Called for every control frame that turns up while the library reads a message.
    void on_control(void (*callback)(void*, const control_frame&), void* context) noexcept {
        callback_ = callback;
        context_ = context;
    }

    template <class Buffers, class Handler>
    auto async_read_some(const Buffers& buffers, Handler&& handler) {
        return asio::async_initiate<Handler, void(error_code, std::size_t)>(
            [this](auto&& h, asio::mutable_buffer to) {
                read_op<std::decay_t<decltype(h)>>(*this, std::forward<decltype(h)>(h), to).start();
            },
            handler, first_of(buffers));
    }

    // permessage-deflate, of which the library knows nothing: it sees a packed message as a binary one without RSV1.

    /// From here on RSV1 has its meaning.
    void agree_on_deflate() noexcept { deflate_ = true; }
    enum class packed : std::uint8_t { no, text, binary };
    /// What the message is that the library has read.
    [[nodiscard]] packed take_packed() noexcept { return std::exchange(packed_, packed::no); }
    /// The data frame whose payload lies there, the next one to be written, is sent with RSV1.
    void send_packed(const char* payload) noexcept { send_packed_ = payload; }

    template <class Buffers, class Handler>
    auto async_write_some(const Buffers& buffers, Handler&& handler) {
        if (send_packed_) set_rsv1(buffers);
        return below_.async_write_some(buffers, std::forward<Handler>(handler));
    }

  private:
    static constexpr std::uint8_t most_nested = 32;

    template <class Handler>
    class read_op : public boost::beast::async_base<Handler, io_executor> {
      public:
        template <class H>
        read_op(frame_stream& stream, H&& handler, asio::mutable_buffer to)
            : boost::beast::async_base<Handler, io_executor>(std::forward<H>(handler), stream.get_executor()),
              stream_(stream),
              to_(to) {}

        void start() { step(); }

        void operator()(error_code ec) {  // the socket became readable, or there is surplus
            if (!ec) ec = stream_.fill();
            if (ec) return this->complete_now(ec, std::size_t{0});
            step();
        }

        void operator()(error_code ec, std::size_t n) {  // payload came straight into the caller's buffer
            stream_.scanner_.advance({static_cast<const char*>(to_.data()), n});
            this->complete_now(ec, n);
        }

      private:
        // Staged bytes are handed over at once, without a turn through the scheduler. That is sound here: Beast's
        // operation has nothing left to do after it started this one, and the coroutine above it is suspended already.
        // Every so often the turn is taken, so that a block of tiny fragments does not nest as deep as there are.
        void step() {
            if (const std::size_t n = stream_.deliver(to_); n > 0 || to_.size() == 0) {
                const bool at_once = ++stream_.handed_over_ % most_nested != 0;
                return this->complete(at_once, error_code{}, n);
            }
            if (stream_.surplus_) {
                auto executor = this->get_executor();
                asio::post(executor, boost::beast::bind_front_handler(std::move(*this), error_code{}));
            } else if (stream_.scanner_.payload_left() > 0) {
                const std::size_t n = std::min<std::uint64_t>(to_.size(), stream_.scanner_.payload_left());
                to_ = asio::mutable_buffer(to_.data(), n);
                stream_.below_.async_read_some(asio::buffer(to_), std::move(*this));
            } else {
                stream_.below_.async_wait_readable(std::move(*this));
            }
        }

        frame_stream& stream_;
        asio::mutable_buffer to_;
    };

    template <class Buffers>
    static asio::mutable_buffer first_of(const Buffers& buffers) {
        for (auto it = asio::buffer_sequence_begin(buffers); it != asio::buffer_sequence_end(buffers); ++it) {
            const asio::mutable_buffer b = *it;
            if (b.size() > 0) return b;
        }
        return {};
    }

    [[nodiscard]] std::span<const char> staged() const noexcept {
        return {block_.get() + begin_, static_cast<std::size_t>(end_ - begin_)};
    }

    // Moves what may be moved of the current frame out of the stage.
    std::size_t deliver(asio::mutable_buffer to) {
        control_frame taken;
        next what = look(taken);
        for (; what == next::control; what = look(taken))
            if (callback_) callback_(context_, taken);
        if (what != next::message) return 0;
        if (deflate_ && scanner_.at_boundary()) note_packed(block_[begin_]);
        const auto bytes = staged();
        const std::size_t n = scanner_.advance(bytes.first(std::min(bytes.size(), to.size())));
        std::memcpy(to.data(), bytes.data(), n);
        begin_ = static_cast<std::uint16_t>(begin_ + n);
        if (begin_ == end_) release();
        return n;
    }

    // `first` begins a frame.
    void note_packed(char& first) noexcept {
        constexpr unsigned char rsv1 = 0x40, opcode_bits = 0x0F, text = 1, binary = 2;
        const auto bits = static_cast<unsigned char>(first);
        const unsigned char opcode = bits & opcode_bits;
        if (!(bits & rsv1) || (opcode != text && opcode != binary)) return;
        packed_ = opcode == text ? packed::text : packed::binary;
        first = static_cast<char>((bits & ~(rsv1 | opcode_bits)) | binary);
    }

    // The library writes a frame as two buffers, its header and the payload as it was given.
    template <class Buffers>
    void set_rsv1(const Buffers& buffers) noexcept {
        const char* before = nullptr;
        for (auto it = asio::buffer_sequence_begin(buffers); it != asio::buffer_sequence_end(buffers); ++it) {
            const asio::const_buffer b = *it;
            if (b.size() == 0) continue;
            const auto* data = static_cast<const char*>(b.data());
            if (data == send_packed_ && before) {
                constexpr char rsv1 = 0x40;
                *const_cast<char*>(before) |= rsv1;  // it lies in the library's own buffer
                send_packed_ = nullptr;
                return;
            }
            before = data;
        }
    }

    void take_surplus() {
        const std::string_view rest = std::string_view(surplus_->bytes).substr(surplus_->taken);
        const std::size_t n = std::min(rest.size(), stage_pool::block_size - end_);
        std::memcpy(block_.get() + end_, rest.data(), n);
        end_ = static_cast<std::uint16_t>(end_ + n);
        surplus_->taken += n;
        if (n == rest.size()) surplus_.reset();
    }

    void lease() {
        if (!block_) block_ = stages_.lease();
    }
    void release() {
        begin_ = end_ = 0;
        if (block_) stages_.give_back(std::move(block_));
    }

    struct surplus {
        explicit surplus(std::string b) : bytes(std::move(b)) {}
        std::string bytes;
        std::size_t taken = 0;
    };

    transport below_;
    stage_pool& stages_;
    std::unique_ptr<surplus> surplus_;
    stage_pool::block block_;
    std::uint16_t begin_ = 0, end_ = 0;
    bool deflate_ = false;
    packed packed_ = packed::no;
    std::uint8_t handed_over_ = 0;
    const char* send_packed_ = nullptr;
    frame_scanner scanner_;
    void (*callback_)(void*, const control_frame&) = nullptr;
    void* context_ = nullptr;
};

inline void beast_close_socket(frame_stream& stream) { stream.below().close(); }

// Beast's closing of the layer below it: half-close; the session reads out the rest and closes.
inline void teardown(boost::beast::role_type, frame_stream& stream, error_code& ec) {
    stream.below().shutdown_send(ec);
}
template <class Handler>
void async_teardown(boost::beast::role_type, frame_stream& stream, Handler&& handler) {
    error_code ec;
    stream.below().shutdown_send(ec);
    asio::post(stream.get_executor(), boost::beast::bind_front_handler(std::forward<Handler>(handler), ec));
}

}  // namespace voltgate
