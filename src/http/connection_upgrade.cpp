// A connection that charge points use: it becomes one's session, or is told, and noted, why not.
#include "http/access.hpp"
#include "http/connection.hpp"
#include "http/forwarded.hpp"
#include "http/header_list.hpp"
#include "http/upgrade.hpp"
#include "session/ws_session.hpp"

#include <boost/beast/http/rfc7230.hpp>

#include <iterator>
#include <utility>

namespace voltgate::http {

namespace beast_http = boost::beast::http;

namespace {

constexpr int most_delayed_refusals = 1000;  // further ones are told at once: sockets are worth more

bool asks_for_websocket(const beast_http::request_header<>& head) {
    return beast_http::token_list(head[beast_http::field::upgrade]).exists("websocket");
}

refusal_reason reason_of(admission::refusal r) noexcept {
    using refusal = admission::refusal;
    switch (r) {
        case refusal::connections: return refusal_reason::connections;
        case refusal::connections_per_address: return refusal_reason::connections_per_address;
        case refusal::connection_rate: return refusal_reason::connection_rate;
        case refusal::connection_rate_per_address: return refusal_reason::connection_rate_per_address;
        case refusal::untrusted_proxy: return refusal_reason::untrusted_proxy;
        case refusal::proxy_header:
        case refusal::proxy_timeout: return refusal_reason::proxy_header;
    }
    return refusal_reason::connections;
}

}  // namespace

void connection::note(refusal_reason why, std::string_view detail, const request_header* head) {
    const gateway_parts& parts = server_.parts();
    refusal r;
    r.reason = why;
    r.detail = detail;
    r.remote_address = remote_address_;
    r.listener = listener_.name;
    if (head) {
        r.path = path_of(view(head->target()));
        r.subprotocols = joined(*head, beast_http::field::sec_websocket_protocol);
        // Whoever asks for anything else is no charge point that somebody misses.
        if (asks_for_websocket(*head)) r.charge_point_id = likely_identity(view(head->target()), parts.settings.server);
    }
    parts.refusals.add(std::move(r), parts.clock.utc(), parts.clock.steady(), parts.log);
}

void connection::note(const admission::refusal& why, const request_header* head) {
    note(reason_of(why), "beyond limits." + std::string(to_string(reason_of(why))), head);
}

void connection::read_forwarded(const request_header& head) {
    using header = server_config::forwarded_header;
    const bool is_list = listener_.config.forwarded == header::x_forwarded_for;
    const auto& proxies = listener_.trusted_proxies;
    const auto client =
        is_list ? read_x_forwarded(joined(head, "X-Forwarded-For"), joined(head, "X-Forwarded-Proto"), proxies)
                : voltgate::http::read_forwarded(joined(head, "Forwarded"), proxies);
    forwarded_known_ = client.address.has_value();
    if (client.address) {
        peer_address_ = *client.address;
        remote_address_ = client.port > 0 ? endpoint_text(peer_address_, client.port) : peer_address_.to_string();
    }
    peer_.profile = listener_.config.security_profile;
    if (listener_.config.tls_at_proxy && client.through_tls) peer_.profile = 2;
}

std::optional<admission::refusal> connection::objection_to_forwarded() {
    if (!through_proxy_) return std::nullopt;
    if (!forwarded_known_) return server_.admission().objection_to_rate(thread_.io.clock.steady());
    return server_.admission().objection(peer_address_, thread_.io.clock.steady(), place_);
}

// With server.path = "/" any path of one segment may be a charge point's: where none connect it is not.
bool connection::is_of_charge_point(const request_header& head) const {
    const auto& config = server_.parts().settings.server;
    if (asks_for_websocket(head)) return true;
    if (listener_.config.serve == server_config::served::api && config.path == "/") return false;
    return is_charge_point_target(view(head.target()), config);
}

// As the limits, or the end of the gateway, demand.
io_awaitable<void> connection::refuse_first(const request_header& head) {
    const bool of_charge_point = is_of_charge_point(head);
    response busy = problem(problem_kind::stopping, "the gateway is stopping");
    auto result = metrics::connection_result::stopping;
    if (refused_) {
        result = metrics::connection_result::over_limit;
        busy = refusal_of(*refused_, server_.parts().machine.random());
        note(*refused_, &head);
        refused_.reset();
    } else {
        add_retry_after(busy, server_.parts().machine.random());
        if (of_charge_point) note(refusal_reason::stopping, "the gateway is stopping", &head);
    }
    if (of_charge_point) thread_.shard.connection(result);
    co_await write(std::move(busy), false, false);
    co_await linger();
}

io_awaitable<void> connection::refuse_unserved(const request_header& head, bool of_charge_point) {
    std::string_view detail = "this address and port serve charge points alone";
    if (of_charge_point) detail = "charge points do not connect to this address and port";
    note(of_charge_point ? refusal_reason::not_served : refusal_reason::path, detail, &head);
    co_await write(problem(404, detail), false, false);
    co_await linger();
}

io_awaitable<void> connection::upgrade(request_parser& parser) {
    const auto& message = parser.get();
    if (!asks_for_websocket(message.base())) {
        constexpr std::string_view detail = "charge points connect here with WebSocket";
        note(refusal_reason::bad_request, detail, &message.base());
        response r = problem(426, detail);
        r.headers.emplace_back("Upgrade", "websocket");
        co_await write(std::move(r), false, false);
        co_await linger();
        co_return;
    }
    if (const auto objection = objection_to_forwarded()) {
        thread_.shard.refused(*objection);
        thread_.shard.connection(metrics::connection_result::over_limit);
        note(*objection, &message.base());
        co_await write(refusal_of(*objection, server_.parts().machine.random()), false, false);
        co_await linger();
        co_return;
    }
    upgrade_headers h;
    h.target = view(message.target());
    h.is_get_http11 = message.method() == beast_http::verb::get && message.version() == 11;
    h.no_host = message.count(beast_http::field::host) == 0;
    h.two_hosts = message.count(beast_http::field::host) > 1;
    h.connection_upgrade = beast_http::token_list(message[beast_http::field::connection]).exists("upgrade");
    h.key = view(message[beast_http::field::sec_websocket_key]);
    h.version = view(message[beast_http::field::sec_websocket_version]);
    const auto offers = message.equal_range(beast_http::field::sec_websocket_protocol);
    for (auto it = offers.first; it != offers.second; ++it) append_list(h.subprotocols, view(it->value()));

    const std::string extensions = joined(message, beast_http::field::sec_websocket_extensions);
    h.extensions = extensions;

    const gateway_parts& parts = server_.parts();
    const auto settings_of = [&parts](std::string_view id) { return parts.settings_in_force.of(id); };
    upgrade_decision d = decide_upgrade(h, peer_, parts.settings.server, settings_of);
    if (d.accepted) co_await authenticate(parser, peer_, d);
    thread_.shard.connection(d.result);
    if (!d.accepted || d.close_at_once) note(d.reason, d.detail, &message.base());
    if (!d.accepted) {
        co_await write(std::move(d.refusal), false, false);
        co_await linger();
        co_return;
    }
    log_accepted(d, view(message[beast_http::field::sec_websocket_protocol]));
    d.origin.remote_address = remote_address_;
    d.origin.order = order_;
    d.origin.place = std::move(place_);
    std::string key(h.key);
    const auto rest = buffer_.data();
    disarm();
    upgraded_ = true;
    accepted_upgrade accepted(std::move(stream_), std::move(key));
    accepted.surplus.assign(static_cast<const char*>(rest.data()), rest.size());
    accepted.close_at_once = d.close_at_once;
    accepted.deflate = d.deflate;
    if (d.deflate) thread_.shard.compression_agreed();
    parts.stations.expect_session();
    start_ws_session(thread_, parts.ports, parts.settings.session, std::move(d.settings), std::move(d.origin),
                     std::move(accepted));
}

void connection::log_accepted(const upgrade_decision& d, std::string_view offered) {
    voltgate::log& log = server_.parts().log;
    if (!log.enabled(log_config::severity::debug)) return;
    log.debug("a handshake was accepted", {{"charge_point", d.origin.charge_point_id},
                                           {"remote", remote_address_},
                                           {"listener", listener_.name},
                                           {"offered", offered},
                                           {"chosen", d.origin.subprotocol},
                                           {"compression", d.deflate.has_value()},
                                           {"security_profile", peer_.profile},
                                           {"strength", d.origin.strength},
                                           {"tls_resumed", stream_.tls() && stream_.tls()->resumed()}});
}

io_awaitable<void> connection::authenticate(const request_parser& parser, const peer_facts& peer, upgrade_decision& d) {
    const auto sent = parser.get().equal_range(beast_http::field::authorization);
    upgrade_attempt attempt{d.origin.charge_point_id, remote_address_, {}, d.origin.version, peer, *d.settings};
    // Two of them: which one a proxy in between would look at is anybody's guess.
    if (sent.first != sent.second)
        attempt.authorization = std::next(sent.first) == sent.second ? view(sent.first->value()) : "Basic !";
    disarm();
    const authentication found = co_await server_.parts().authenticator.authenticate(thread_, attempt);
    d.origin.strength = found.strength;
    if (peer.certificate) d.origin.certificate_name = peer.certificate->common_name;
    using failure = authentication_failure;
    if (found.failure == failure::none && !server_.parts().draining) co_return;
    d.accepted = false;
    d.result = found.failure == failure::none                   ? metrics::connection_result::stopping
               : found.failure == failure::unknown_charge_point ? metrics::connection_result::unknown_charge_point
                                                                : metrics::connection_result::unauthorized;
    d.refusal = found.failure == failure::none ? problem(problem_kind::stopping, "the gateway is stopping")
                                               : refusal_of(found.failure, server_.parts().machine.random());
    d.reason = found.failure == failure::none ? refusal_reason::stopping : reason_of(found.failure);
    d.detail = found.failure == failure::none ? "the gateway is stopping" : explanation_of(found.failure);
    if (!found.reason.empty()) d.detail.append(": ").append(found.reason);
    const limited_slot place(most_delayed_refusals, server_.delayed_refusals());
    if (d.refusal.status != 401 || !place) co_return;
    arm(server_.parts().settings.security.failure_delay);
    co_await stream_.async_wait(asio::socket_base::wait_error, as_result);
}

}  // namespace voltgate::http
