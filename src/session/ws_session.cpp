// The coroutine of a session, and the only place that sees Beast's WebSocket stream.
#include "session/ws_session.hpp"

#include "session/ws_session_type.hpp"

#include <voltgate/gateway.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <cstring>
#include <exception>
#include <optional>
#include <poll.h>
#include <utility>

namespace voltgate {

namespace {

namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;

constexpr std::size_t largest_read = 64 * 1024;
constexpr std::size_t longest_head = 1024;  // of a message, up to its action
constexpr int most_reads_at_once = 16;      // then others get their turn

}  // namespace

// Whatever throws, the session leaves, and its children end before it does.
io_awaitable<void> ws_session::run(std::shared_ptr<ws_session> self, std::unique_ptr<opening> o) {
    end_reason why = end_reason::failed;
    std::exception_ptr failure;
    try {
        const auto ended = co_await self->begin(*o);
        o.reset();
        if (ended) {
            why = *ended;
        } else {
            why = co_await self->read_messages();
            const bool says_goodbye = why == end_reason::protocol_error || why == end_reason::message_too_big;
            if (says_goodbye) co_await self->discard_rest(why);
        }
    } catch (...) {
        failure = std::current_exception();
        why = end_reason::failed;
    }
    co_await self->wind_down(why);
    if (failure) std::rethrow_exception(failure);
}

// Nothing: the session has entered. Else why it ends before that.
io_awaitable<std::optional<end_reason>> ws_session::begin(opening& o) {
    const error_code failed = co_await accept(o);
    if (failed) {
        left_before_entering();
        co_return end_reason::connection_lost;
    }
    writable_ = true;
    if (o.upgrade.close_at_once) close(1002, "no common sub-protocol", end_reason::refused);
    if (state_ != state::open) {  // it was told to end while the upgrade was being answered
        left_before_entering();
        wake_writer();
        co_return why_;
    }
    co_await enter();
    for (const rule r : o.deviations) count_deviation(r, "during the upgrade");
    co_return std::nullopt;
}

io_awaitable<error_code> ws_session::accept(opening& o) {
    auto& upgrade = o.upgrade;
    const auto& subprotocol = o.subprotocol;
    lower().below().socket().non_blocking(true);
    lower().set_surplus(std::move(upgrade.surplus));
    lower().on_control([](void* self, const control_frame& c) { static_cast<ws_session*>(self)->on_control(c); }, this);
    std::string extensions;
    if (upgrade.deflate) {
        extensions = upgrade.deflate->answer();
        deflate_bits_ = upgrade.deflate->window_bits;
        lower().agree_on_deflate();
    }
    auto decorate = [&subprotocol, &extensions](websocket::response_type& response) {
        response.set(http::field::server, "voltgate");
        if (!extensions.empty()) response.set(http::field::sec_websocket_extensions, extensions);
        if (!subprotocol.empty()) response.set(http::field::sec_websocket_protocol, subprotocol);
    };
    ws_.set_option(websocket::stream_base::decorator(std::move(decorate)));
    ws_.read_message_max(std::max(config_.max_message_bytes, config_.max_transaction_message_bytes));
    ws_.auto_fragment(false);
    ws_.text(true);
    auto [ec] = co_await ws_.async_accept(upgrade.request, as_result);
    ws_.set_option(websocket::stream_base::decorator([](websocket::response_type&) {}));  // frees the first one
    co_return ec;
}

// True: the first bytes of a message are staged. False: the session is over, `ec` says why.
io_awaitable<bool> ws_session::wait_for_message(error_code& ec) {
    for (;;) {
        control_frame control;
        frame_stream::next what = frame_stream::next::nothing;
        while (state_ == state::open && (what = lower().look(control)) == frame_stream::next::control) {
            on_control(control);
        }
        if (state_ != state::open) co_return false;
        expect_message(what != frame_stream::next::nothing);
        if (what == frame_stream::next::message) co_return true;
        if (!lower().has_surplus()) {
            auto [failed] = co_await lower().below().async_wait_readable(as_result_often());
            ec = failed;
        }
        if (state_ != state::open) co_return false;
        if (!ec) ec = lower().fill();
        if (ec) co_return false;
        touch();
    }
}

// A session that is not open any more afterwards: the message was too large.
io_awaitable<error_code> ws_session::read_message(frame_ptr f) {
    std::size_t have = 0;
    bool done = false;
    while (!done) {
        const std::size_t room = std::clamp<std::size_t>(lower().expected_payload(), 128, largest_read);
        f->text.resize(have + room);
        auto [ec, n] = co_await ws_.async_read_some(asio::buffer(f->text.data() + have, room), as_result_often());
        have += n;
        if (ec) co_return ec;
        done = ws_.is_message_done();
        const std::size_t size = have + lower().payload_left();
        if (size > config_.max_message_bytes && (done || have >= longest_head) && !may_be_large(*f, have, size)) break;
    }
    f->text.resize(have);
    co_return error_code{};
}

// Transaction messages may, as long as the memory for them lasts. False: the session is being closed.
bool ws_session::may_be_large(frame& f, std::size_t have, std::size_t size) {
    if (!f.share) {
        const auto head = ocpp::read_head(std::string_view(f.text).substr(0, have), version());
        const auto* action = head.type_number == 2 ? ocpp::find_action(version(), head.action) : nullptr;
        if (!action || !host_.is_money(*action)) {
            close(1009, "the message is larger than session.max_message_bytes", end_reason::message_too_big);
            return false;
        }
        f.share = std::make_unique<memory_share>(host_.large_messages());
    }
    if (size > config_.max_transaction_message_bytes) {
        close(1009, "the message is larger than session.max_transaction_message_bytes", end_reason::message_too_big);
    } else if (!f.share->grow_to(size)) {
        close(1013, "there are too many large messages; try again", end_reason::message_too_big);
    }
    return state_ == state::open;
}

io_awaitable<end_reason> ws_session::read_messages() {
    error_code ec;
    for (;;) {
        const bool there_is_one = co_await wait_for_message(ec);
        if (!there_is_one) break;
        frame_ptr f = thread_.frames.lease();
        ec = co_await read_message(f);
        if (ec) break;
        if (state_ != state::open) break;
        stamp(*f);
        expect_message(false);
        bool is_text = ws_.got_text();
        if (deflate_bits_ != 0 && !unpack(f, is_text)) break;
        on_message(std::move(f), is_text);
        if (answers_pile_up()) co_await outbox_drained();
        if (inbound_full()) co_await inbound_taken();
    }
    co_return reason_of(ec);
}

// False: it is none, and the session is being closed.
bool ws_session::unpack(frame_ptr& f, bool& is_text) {
    const frame_stream::packed what = lower().take_packed();
    if (what == frame_stream::packed::no) return true;
    frame_ptr plain = thread_.frames.lease();
    stamp(*plain);
    using result_of = deflate_codec::result;
    const std::size_t most = config_.max_message_bytes;
    auto result = thread_.deflate.unpack(f->text, most, plain->text);
    if (result == result_of::too_big) {
        const std::size_t most_of_all = std::max(most, config_.max_transaction_message_bytes);
        if (!may_be_large(*plain, most, most_of_all)) return false;
        plain->text.clear();
        result = thread_.deflate.unpack(f->text, most_of_all, plain->text);
    }
    f = std::move(plain);
    is_text = what == frame_stream::packed::text;
    if (result == result_of::too_big) {
        close(1009, "the message is larger than session.max_transaction_message_bytes", end_reason::message_too_big);
    } else if (result == result_of::corrupt) {
        close(1007, "a compressed message cannot be read", end_reason::protocol_error);
    } else if (is_text && !websocket::detail::check_utf8(f->text.data(), f->text.size())) {
        close(1007, "a text message is not UTF-8", end_reason::protocol_error);
    }
    return state_ == state::open;
}

end_reason ws_session::reason_of(error_code ec) noexcept {
    if (ec == websocket::error::closed) return end_reason::peer_closed;
    if (ec == websocket::error::message_too_big) return end_reason::message_too_big;
    if (ec.category() == make_error_code(websocket::error::closed).category()) return end_reason::protocol_error;
    // Who hangs up right behind his Close frame may be gone before ours is written.
    return lower().ended_with_close() ? end_reason::peer_closed : end_reason::connection_lost;
}

// Beast has sent the Close frame; what the peer is still sending must be read, or a reset would destroy that frame.
io_awaitable<void> ws_session::discard_rest(end_reason why) {
    linger(why);
    std::array<char, 512> scratch;
    error_code ec;
    while (!ec && state_ == state::closing) {
        auto [waited] = co_await lower().below().async_wait_readable(as_result);
        ec = waited;
        std::size_t n = 1;
        for (int reads = 0; !ec && n > 0 && reads < most_reads_at_once; ++reads) {
            n = lower().below().receive(asio::buffer(scratch), ec);
        }
        if (ec == asio::error::would_block) ec = {};
    }
    drop(why);
}

// ------------------------------------------------------------------------------------------------ pings and pongs

void ws_session::on_control(const control_frame& control) {
    if (!control.is_ping) return on_pong();
    if (!control_) control_ = std::make_unique<pending_control>();
    auto& pongs = control_->pongs;
    if (pongs.size() == most_pongs) pongs.pop_back();
    pongs.emplace_back(control.payload, control.size);
    send_control();
}

void ws_session::start_ping() {
    if (!control_) control_ = std::make_unique<pending_control>();
    control_->ping = true;
    send_control();
}

void ws_session::send_control() {
    if (control_busy_ || !control_ || state_ != state::open) return;
    const auto done = [this](error_code) {
        control_busy_ = false;
        send_control();
        on_child_done();
    };
    control_busy_ = true;
    ++children_;
    if (!control_->pongs.empty()) {
        const websocket::ping_data data = control_->pongs.front();
        control_->pongs.erase(control_->pongs.begin());
        if (control_->pongs.empty() && !control_->ping) control_.reset();
        ws_.async_pong(data, done);
    } else {
        control_.reset();
        ws_.async_ping({}, done);
    }
}

// ------------------------------------------------------------------------------------------------------- writing

void ws_session::start_write(const frame& f) {
    const auto done = [this](error_code ec, std::size_t) {
        if (packed_) packed_ = {};
        on_written(ec);
    };
    ws_.async_write(asio::buffer(packed_or_plain(f)), asio::bind_allocator(op_allocator<void>{}, done));
}

const std::string& ws_session::packed_or_plain(const frame& f) {
    if (deflate_bits_ == 0 || f.text.size() < config_.compress_from) return f.text;
    frame_ptr packed = thread_.frames.lease();
    if (!thread_.deflate.pack(f.text, deflate_bits_, packed->text)) return f.text;
    packed_ = std::move(packed);
    lower().send_packed(packed_->text.data());
    return packed_->text;
}

void ws_session::start_close(std::uint16_t code, std::string_view text) {
    const beast::string_view short_text(text.data(), std::min<std::size_t>(text.size(), 120));
    const websocket::close_reason reason(static_cast<websocket::close_code>(code), short_text);
    ws_.async_close(reason, [this](error_code) { on_close_done(); });
}

void ws_session::hang_up() noexcept { lower().below().close(); }

bool ws_session::peer_has_gone() noexcept {
    pollfd socket = {lower().below().socket().native_handle(), POLLRDHUP, 0};
    return ::poll(&socket, 1, 0) > 0;
}

void start_ws_session(io_thread& thread, session_host& host, const session_config& config,
                      std::shared_ptr<const charge_point_settings> settings, session_origin origin,
                      accepted_upgrade upgrade, std::function<void()> over) {
    auto o = std::make_unique<ws_session::opening>(std::move(upgrade));
    o->subprotocol = origin.subprotocol;
    o->deviations = std::move(origin.deviations);
    auto s = std::make_shared<ws_session>(thread, host, config, std::move(settings), std::move(origin),
                                          std::move(o->upgrade.connection));
    asio::co_spawn(thread.context.get_executor(), ws_session::run(std::move(s), std::move(o)),
                   [over = std::move(over)](std::exception_ptr failure) {
                       over();
                       if (failure) std::rethrow_exception(failure);
                   });
}

}  // namespace voltgate
