// The coroutine of a session, from the answer to its upgrade to its end.
#include "session/ws_session.hpp"

#include "async/op_allocator.hpp"
#include "session/ws_session_type.hpp"

#include <voltgate/gateway.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/write.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace voltgate {

namespace http = boost::beast::http;

ws_session::ws_session(session_thread& thread, const session_ports& ports, const session_config& config,
                       std::shared_ptr<const charge_point_settings> settings, session_origin&& origin,
                       transport connection)
    : session(thread, ports, config, std::move(settings), std::move(origin)),
      connection_(std::move(connection)),
      reader_(std::max(config.max_message_bytes, config.max_transaction_message_bytes)) {}

// Whatever throws, the session leaves, and its children end before it does.
io_awaitable<void> ws_session::run(std::shared_ptr<ws_session> self, std::unique_ptr<opening> o) {
    try {
        co_await self->begin(*o);
        o.reset();
        if (!self->rest_.empty()) self->touch();
        // Here, not in a coroutine of its own: an idle session waits in this frame.
        while (self->state_ == state::open) {
            if (self->rest_.empty()) {
                auto [failed] = co_await self->connection_.async_wait_readable(as_result_often());
                if (self->state_ != state::open) break;
                if (failed) self->drop(end_reason::connection_lost);
            }
            if (self->take_what_came() == next_step::wait_for_room) co_await self->room_again();
        }
        if (self->state_ == state::closing) co_await self->say_goodbye();
    } catch (...) {
        self->children_.keep(std::current_exception());
    }
    self->message_ = {};
    co_await self->wind_down(end_reason::failed);
    if (self->children_.first_failure()) std::rethrow_exception(self->children_.first_failure());
}

io_awaitable<void> ws_session::begin(opening& o) {
    const error_code failed = co_await answer_upgrade(o);
    if (failed) {
        left_before_entering();
        drop(end_reason::connection_lost);
        co_return;
    }
    writable_ = true;
    if (o.upgrade.close_at_once) close(1002, "no common sub-protocol", end_reason::refused);
    if (state_ != state::open) {  // it was told to end while the upgrade was being answered
        left_before_entering();
        co_return;
    }
    co_await enter();
    for (const rule r : o.deviations) count_deviation(r, "during the upgrade");
}

io_awaitable<error_code> ws_session::answer_upgrade(opening& o) {
    error_code ec;
    connection_.make_non_blocking(ec);
    if (ec) co_return ec;
    auto& upgrade = o.upgrade;
    rest_ = std::move(upgrade.surplus);
    http::response<http::empty_body> response(http::status::switching_protocols, 11);
    response.set(http::field::upgrade, "websocket");
    response.set(http::field::connection, "upgrade");
    response.set(http::field::sec_websocket_accept, websocket::accept_of(upgrade.key));
    response.set(http::field::server, "voltgate");
    if (upgrade.deflate) {
        response.set(http::field::sec_websocket_extensions, upgrade.deflate->answer());
        deflate_bits_ = upgrade.deflate->window_bits;
        reader_.agree_on_deflate();
    }
    if (!o.subprotocol.empty()) response.set(http::field::sec_websocket_protocol, o.subprotocol);
    auto [failed, n] = co_await http::async_write(connection_, response, as_result);
    co_return failed;
}

// For more to be read.
io_awaitable<void> ws_session::room_again() {
    if (answers_pile_up()) co_await outbox_drained();
    if (inbound_full()) co_await inbound_taken();
}

// Once both sides have said it, or the peer is gone, the session is dropped; close_timeout ends it in any case. What
// the peer is still sending must be read, or a reset would destroy the Close frame.
io_awaitable<void> ws_session::say_goodbye() {
    message_ = {};
    flush();
    while (state_ == state::closing && !peer_said_goodbye_) {
        discard_what_came();
        if (state_ != state::closing || peer_said_goodbye_) break;
        auto [failed] = co_await connection_.async_wait_readable(as_result);
        if (failed) drop(why_);
    }
    co_await dropped();
}

void ws_session::hang_up() noexcept { connection_.close(); }

bool ws_session::peer_has_gone() noexcept { return connection_.peer_has_gone(); }

void start_ws_session(session_thread& thread, const session_ports& ports, const session_config& config,
                      std::shared_ptr<const charge_point_settings> settings, session_origin origin,
                      accepted_upgrade upgrade) {
    auto o = std::make_unique<ws_session::opening>(std::move(upgrade));
    o->subprotocol = origin.subprotocol;
    o->deviations = std::move(origin.deviations);
    auto s = std::make_shared<ws_session>(thread, ports, config, std::move(settings), std::move(origin),
                                          std::move(o->upgrade.connection));
    asio::co_spawn(thread.executor(), ws_session::run(std::move(s), std::move(o)),
                   [&ports](std::exception_ptr failure) {
                       ports.host.session_over();
                       if (failure) std::rethrow_exception(failure);
                   });
}

}  // namespace voltgate
