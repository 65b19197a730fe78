// The beginning of a connection, before HTTP: whose it is, whether one more is let in, and its TLS handshake.
#include "http/connection.hpp"
#include "security/proxy_header.hpp"

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <array>

namespace voltgate::http {

void connection::set_peer(const asio::ip::address& address, unsigned port) {
    peer_address_ = address_of(bytes_of(address));
    remote_address_ = endpoint_text(peer_address_, port);
}

bool connection::let_in(std::size_t open) {
    if (remote_address_.empty()) return false;  // it has gone already, as a balancer's checks do
    if (listener_.config.proxy_protocol && !any_contains(listener_.trusted_proxies, peer_address_)) {
        give_up(admission::refusal::untrusted_proxy, "it does not come from one of trusted_proxies");
        return false;
    }
    using header = server_config::forwarded_header;
    through_proxy_ =
        listener_.config.forwarded != header::none && any_contains(listener_.trusted_proxies, peer_address_);
    proxy_address_ = remote_address_;
    if (!server_.admission().has_room(open)) return refuse(admission::refusal::connections);
    return listener_.config.proxy_protocol || through_proxy_ || let_in_peer();
}

bool connection::let_in_peer() {
    const auto objection = server_.admission().objection(peer_address_, thread_.io.clock.steady(), place_);
    return !objection || refuse(*objection);
}

bool connection::refuse(admission::refusal why) {
    thread_.shard.refused(why);
    const bool too_much = listener_.config.uses_tls() && is_for_rate(why);
    if (!too_much) telling_.emplace(admission::most_refusals, server_.admission().refusals());
    if (too_much || !*telling_) {
        note(why);
        return false;
    }
    refused_ = why;
    return true;
}

void connection::give_up(admission::refusal why, std::string_view detail) {
    thread_.shard.refused(why);
    note(why == admission::refusal::untrusted_proxy ? refusal_reason::untrusted_proxy : refusal_reason::proxy_header,
         detail);
}

// False: the connection is of no use.
io_awaitable<bool> connection::read_proxy_header() {
    arm(server_.parts().settings.server.proxy_timeout);
    proxy_header header;
    auto status = proxy_header::status::more;
    std::array<char, 512> bytes;
    bool said_anything = false;
    while (status == proxy_header::status::more) {
        const auto room = asio::buffer(bytes.data(), std::min(header.wanted(), bytes.size()));
        auto [ec, n] = co_await stream_.async_read_some(room, as_result);
        if (timed_out_) give_up(admission::refusal::proxy_timeout, "its PROXY header did not come in time");
        if (ec == asio::error::eof && said_anything) give_up(admission::refusal::proxy_header, to_string(status));
        if (ec || timed_out_) co_return false;
        said_anything = true;
        status = header.take({bytes.data(), n});
    }
    if (status != proxy_header::status::complete) {
        give_up(admission::refusal::proxy_header, to_string(status));
        co_return false;
    }
    const auto& peer = header.peer();
    if (!peer) co_return true;  // the balancer's own, such as a check: the limits are for others
    set_peer(peer->address, peer->port);
    co_return refused_ || let_in_peer();
}

// False: the connection is of no use, and has ended.
io_awaitable<bool> connection::handshake() {
    const gateway_parts& parts = server_.parts();
    arm(parts.settings.tls.handshake_timeout);
    // Until the peer says something it costs no more than its socket.
    auto [silent] = co_await stream_.async_wait_readable(as_result);
    if (silent) {
        co_await end_handshake(false);
        co_return false;
    }
    stream_.secure([&](int descriptor) {
        return parts.tls->current()->accept(descriptor, listener_.config.security_profile == 3);
    });
    tls_engine& engine = *stream_.tls();
    tls_engine::step s;
    do {
        co_await thread_.handshakes.async_take(asio::deferred);
        s = engine.handshake();
        thread_.handshakes.give_back();
        if (s.what != tls_engine::status::want_read && s.what != tls_engine::status::want_write) break;
        auto what = asio::socket_base::wait_read;
        if (s.what == tls_engine::status::want_write) what = asio::socket_base::wait_write;
        auto [failed] = co_await stream_.async_wait(what, as_result);
        if (failed) engine.give_up(failed);
    } while (!timed_out_);
    if (s.what != tls_engine::status::done || timed_out_) {
        co_await end_handshake(engine.heard());
        co_return false;
    }
    peer_.tls = true;
    peer_.certificate = engine.peer_certificate();
    thread_.shard.tls_handshake(engine.resumed() ? metrics::handshake::resumed : metrics::handshake::full);
    co_return true;
}

// A connection that ends without a word is somebody's probe.
io_awaitable<void> connection::end_handshake(bool said_anything) {
    if (!timed_out_ && !said_anything) co_return;
    thread_.shard.tls_handshake(timed_out_ ? metrics::handshake::timeout : metrics::handshake::failed);
    std::string reason = "it was not complete in time";
    if (!timed_out_) reason = stream_.tls()->failure();
    note(refusal_reason::tls_handshake, reason);
    stream_.forget_tls();
    if (!timed_out_) co_await linger();  // the alert is on its way
}

}  // namespace voltgate::http
