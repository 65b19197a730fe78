// What a session sends: as much as waits goes out in one write that does not wait; a coroutine goes on only where the
// socket takes no more.
#include "async/op_allocator.hpp"
#include "session/ws_session_type.hpp"

#include <array>
#include <exception>
#include <span>
#include <utility>

namespace voltgate {

using websocket::opcode;

void ws_session::send_what_waits() {
    if (blocked_ || !writable_ || gathering_ || state_ >= state::dropped) return;
    error_code ec;
    while (!ec && gather()) ec = send_some();
    if (state_ >= state::dropped) return;
    on_sent();
    if (ec) return wait_for_the_peer();  // a broken connection tells that to whoever waits
    after_goodbye();
}

// False: there is nothing to send. Pings, pongs and answers; then a call of ours, by itself, for it counts as sent from
// here on; at last the Close.
bool ws_session::gather() {
    const raised gathering(gathering_);
    while (sending_.size() < most_gathered) {
        frame_ptr f = controls_.pop();
        if (!f) f = next_answer();
        if (!f) break;
        put(std::move(f));
    }
    if (!sending_.empty()) return true;
    frame_ptr f;
    if (!peer_said_goodbye_ && !garbled_) f = next_call();
    if (!f) f = goodbye();
    if (f) put(std::move(f));
    return !sending_.empty();
}

void ws_session::put(frame_ptr f) {
    const bool is_data = f->opcode == opcode::text || f->opcode == opcode::binary;
    if (is_data && deflate_bits_ != 0 && f->text.size() >= config_.compress_from) {
        frame_ptr packed = thread_.frames.lease();
        if (thread_.deflate.pack(f->text, deflate_bits_, packed->text)) {
            packed->head = websocket::make_head(f->opcode, packed->text.size(), true);
            return sending_.push(std::move(packed));
        }
    }
    f->head = websocket::make_head(f->opcode, f->text.size(), false);
    sending_.push(std::move(f));
}

error_code ws_session::send_some() {
    std::array<asio::const_buffer, 2 * most_gathered> buffers;
    std::size_t count = 0;
    std::size_t skip = sent_;
    for (const frame* f = sending_.front(); f; f = f->next) {
        const asio::const_buffer head(f->head.bytes.data(), f->head.size);
        buffers[count++] = head + skip;
        skip -= std::min(skip, head.size());
        buffers[count++] = asio::buffer(f->text) + skip;
        skip = 0;
    }
    error_code ec;
    sent_ += connection_.send(std::span<const asio::const_buffer>(buffers.data(), count), ec);
    bool gets_on = false;
    while (!sending_.empty()) {
        const frame& first = *sending_.front();
        const std::size_t whole = first.head.size + first.text.size();
        if (sent_ < whole) break;
        sent_ -= whole;
        static_cast<void>(sending_.pop());
        gets_on = true;
    }
    if (gets_on && blocked_) expect_progress();
    return ec;
}

void ws_session::wait_for_the_peer() {
    blocked_ = true;
    expect_progress();
    start_child(send_when_writable());
}

io_awaitable<void> ws_session::send_when_writable() {
    while (blocked_ && state_ < state::dropped) {
        auto [ec] = co_await connection_.async_wait_writable(as_result_often());
        if (state_ >= state::dropped) break;
        if (!ec) ec = send_some();
        if (ec == asio::error::would_block) continue;
        blocked_ = false;
        if (ec) drop(end_reason::connection_lost);
    }
    send_what_waits();
}

void ws_session::after_goodbye() {
    if (!goodbye_said() || !sending_.empty() || state_ != state::closing) return;
    if (!peer_said_goodbye_ && !garbled_) return;
    error_code ignored;
    if (!std::exchange(finished_, true)) connection_.shutdown_send(ignored);
    if (peer_said_goodbye_) drop(why_);
}

// ------------------------------------------------------------------------------------------------ pings and pongs

void ws_session::answer_ping(std::string_view payload) {
    if (outbox_size() > 0 || controls_.size() >= most_controls) send_what_waits();  // in the order of what came
    frame_ptr pong;
    if (controls_.size() >= most_controls) {
        pong = controls_.pop_back();
        if (pong->opcode == opcode::ping) controls_.push(std::exchange(pong, controls_.pop_back()));
    } else {
        pong = thread_.frames.lease();
    }
    pong->opcode = opcode::pong;
    pong->text = payload;
    controls_.push(std::move(pong));
}

bool ws_session::start_ping() {
    if (controls_.size() >= most_controls) return false;
    frame_ptr ping = thread_.frames.lease();
    ping->opcode = opcode::ping;
    controls_.push(std::move(ping));
    flush();
    return true;
}

}  // namespace voltgate
