// The beginning of a connection, before TLS and HTTP: whose it is, and whether one more is let in.
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

bool connection::let_in(std::size_t open, const std::vector<network>& trusted_proxies) {
    if (listener_.proxy_protocol && !any_contains(trusted_proxies, peer_address_)) {
        give_up(admission::refusal::untrusted_proxy, "it does not come from one of trusted_proxies");
        return false;
    }
    if (!server_.admission().has_room(open)) return refuse(admission::refusal::connections);
    return listener_.proxy_protocol || let_in_peer();
}

bool connection::let_in_peer() {
    const auto objection = server_.admission().objection(peer_address_, thread_.clock.steady(), place_);
    return !objection || refuse(*objection);
}

bool connection::refuse(admission::refusal why) {
    thread_.shard.refused(why);
    if (listener_.uses_tls() && is_for_rate(why)) return false;
    telling_.emplace(admission::most_refusals, server_.admission().refusals());
    refused_ = why;
    return static_cast<bool>(*telling_);
}

void connection::give_up(admission::refusal why, std::string_view detail) {
    thread_.shard.refused(why);
    server_.core().log().info("a connection was closed", {{"remote", remote_address_}, {"reason", detail}});
}

// False: the connection is of no use.
io_awaitable<bool> connection::read_proxy_header() {
    arm(server_.core().settings().server.proxy_timeout);
    proxy_header header;
    auto status = proxy_header::status::more;
    std::array<char, 512> bytes;
    bool said_anything = false;
    while (status == proxy_header::status::more) {
        const auto room = asio::buffer(bytes.data(), std::min(header.wanted(), bytes.size()));
        auto [ec, n] = co_await stream_.socket().async_read_some(room, as_result);
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
    if (const auto& peer = header.peer()) set_peer(peer->address, peer->port);
    co_return refused_ || let_in_peer();
}

}  // namespace voltgate::http
