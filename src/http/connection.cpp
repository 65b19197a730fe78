#include "http/connection.hpp"

#include "http/access.hpp"
#include "http/header_list.hpp"
#include "http/representation.hpp"
#include "http/router.hpp"
#include "http/stream.hpp"
#include "http/upgrade.hpp"
#include "ocpp/personal.hpp"
#include "websocket/header_text.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/none.hpp>

#include <array>
#include <iterator>
#include <utility>

namespace voltgate::http {

namespace beast_http = boost::beast::http;

namespace {

constexpr int most_imports = 2;
constexpr duration worth_a_new_place = std::chrono::seconds(1);  // idle for longer: a proxy kept it

std::string media_type(std::string_view header) {
    std::string_view type = header.substr(0, header.find(';'));
    while (!type.empty() && type.back() == ' ') type.remove_suffix(1);
    return lower_case(type);
}

// Two of them: which one a proxy in between would look at is anybody's guess (RFC 9112, section 3.2).
bool names_one_host(const beast_http::request_header<>& head) {
    const auto count = head.count(beast_http::field::host);
    return count == 1 || (count == 0 && head.version() < 11);
}

response busy_with_imports() {
    response r = problem(503, "other imports are under way; try again later");
    r.headers.emplace_back("Retry-After", "5");
    return r;
}

response busy_with_answers() {
    response r =
        problem(503,
                "other answers are being sent, more than http.response_memory holds together; try again later, "
                "or ask for less at a time");
    r.headers.emplace_back("Retry-After", "5");
    return r;
}

// All of a request but its body. `readable`: its target is.
request read_head(const beast_http::request_header<>& head, bool& readable) {
    request req;
    req.method = view(head.method_string());
    req.head_only = req.method == "HEAD";
    if (req.head_only) req.method = "GET";
    req.content_type = media_type(view(head[beast_http::field::content_type]));
    req.content_encoding = lower_case(joined(head, beast_http::field::content_encoding));
    req.last_event_id = view(head["Last-Event-ID"]);
    if (head.count(beast_http::field::if_match) > 0) req.if_match = joined(head, beast_http::field::if_match);
    if (head.count(beast_http::field::if_none_match) > 0)
        req.if_none_match = joined(head, beast_http::field::if_none_match);
    req.prefer = joined(head, beast_http::field::prefer);
    req.accept = joined(head, beast_http::field::accept);
    req.accept_encoding = joined(head, beast_http::field::accept_encoding);
    req.origin = view(head[beast_http::field::origin]);
    req.is_preflight = !head[beast_http::field::access_control_request_method].empty();
    // Two of them: which one a proxy in between would look at is anybody's guess.
    const auto sent = head.equal_range(beast_http::field::authorization);
    if (sent.first != sent.second)
        req.authorization = std::next(sent.first) == sent.second ? view(sent.first->value()) : "ambiguous";
    const auto target = origin_form(view(head.target()));
    req.target = target.substr(0, target.find('?'));
    readable = read_target(target, req);
    return req;
}

}  // namespace

connection::connection(server& s, const listener& l, session_thread& thread, arrival&& came)
    : server_(s),
      listener_(l),
      thread_(thread),
      stream_(std::move(*came.stream)),
      buffer_(s.parts().settings.http.max_header_bytes + s.parts().settings.http.max_body_bytes),
      order_(s.next_order()) {
    peer_.profile = l.config.security_profile;
    // From the first byte on: what follows a TLS ticket would wait for the peer's delayed acknowledgement.
    stream_.set_no_delay();
    if (came.peer) set_peer(came.peer->address(), came.peer->port());
}

connection::~connection() { server_.remove(this); }

void connection::arm(duration limit) {
    timed_out_ = wakes_stream_ = false;
    thread_.io.timers.arm_after(timer_, limit);
}

// Again and again: what cancel() finds under way may complete all the same and be followed by something new. It does
// not keep the connection: that is the coroutine's.
void connection::on_due(std::chrono::steady_clock::time_point) {
    const auto self = weak_from_this().lock();
    if (wakes_stream_) return wake_stream_.emit(asio::cancellation_type::total);
    timed_out_ = true;
    stream_.cancel();
    thread_.io.timers.arm_after(timer_, std::chrono::seconds(1));
}

void connection::close() {
    asio::post(thread_.executor(), [self = shared_from_this()] {
        self->wake_stream_.emit(asio::cancellation_type::total);
        if (self->between_requests_ && !self->upgraded_) self->stream_.close();
    });
}

io_awaitable<void> connection::run(std::shared_ptr<connection> self) {
    // However it ends: others may hold the connection, and destroy it on another thread.
    struct last_step {
        explicit last_step(connection& c) noexcept : of(c) {}
        last_step(const last_step&) = delete;
        last_step& operator=(const last_step&) = delete;
        ~last_step() { of.disarm(); }
        connection& of;
    };
    const last_step at_the_end(*self);
    bool usable = true;
    if (self->listener_.config.proxy_protocol) usable = co_await self->read_proxy_header();
    if (usable && self->listener_.config.uses_tls()) usable = co_await self->handshake();
    auto then = usable ? next::keep_alive : next::close;
    while (then == next::keep_alive) then = co_await self->serve_one();
    if (self->refused_) self->note(*self->refused_);  // it asked for nothing
}

// ------------------------------------------------------------------------------------------------------ requests

bool connection::serves(bool charge_point) const noexcept {
    using served = server_config::served;
    return listener_.config.serve == served::all || (listener_.config.serve == served::charge_points) == charge_point;
}

io_awaitable<connection::next> connection::serve_one() {
    const auto& config = server_.parts().settings.http;
    between_requests_ = true;
    cors_origin_.clear();
    const bool served_before = std::exchange(served_, true);
    if (buffer_.size() == 0) {
        arm(config.idle_timeout);
        const auto began = thread_.io.clock.steady();
        auto [waited] = co_await stream_.async_wait_readable(as_result);
        if (waited) co_return next::close;
        if (served_before || thread_.io.clock.steady() - began > worth_a_new_place) order_ = server_.next_order();
    }
    if (through_proxy_) remote_address_ = proxy_address_;  // until this request says whose it is
    arm(config.request_timeout);
    request_parser parser;
    parser.header_limit(static_cast<std::uint32_t>(config.max_header_bytes));
    parser.body_limit(boost::none);
    auto [ec, n] = co_await beast_http::async_read_header(stream_, buffer_, parser, as_result);
    if (!ec) ec = limit_body(parser);
    if (ec) {
        note_unreadable(ec);
        co_await refuse_unreadable(ec);
        co_return next::close;
    }
    if (through_proxy_) read_forwarded(parser.get().base());
    if (refused_ || server_.parts().draining) {
        co_await refuse_first(parser.get().base());
        co_return next::close;
    }
    const bool of_charge_point = is_of_charge_point(parser.get().base());
    if (!serves(of_charge_point) && !is_readiness_probe(view(parser.get().target()))) {
        co_await refuse_unserved(parser.get().base(), of_charge_point);
        co_return next::close;
    }
    if (of_charge_point) {
        co_await upgrade(parser);
        co_return next::close;
    }
    co_return co_await answer(parser);
}

// How large a body may be depends on what it is for, so the header comes first.
error_code connection::limit_body(request_parser& parser) {
    const auto& config = server_.parts().settings.http;
    const bool import = is_import(view(parser.get().method_string()), origin_form(view(parser.get().target())));
    body_limit_ = import ? "http.max_import_bytes" : "http.max_body_bytes";
    const std::uint64_t limit = import ? config.max_import_bytes : config.max_body_bytes;
    parser.body_limit(limit);
    const auto announced = parser.content_length();
    if (announced && *announced > limit) return beast_http::error::body_limit;
    return {};
}

// The peer; then there is nobody to tell anything.
bool connection::has_gone(error_code ec) const noexcept {
    return ec == beast_http::error::end_of_stream || ec.category() == tls_category() ||
           (ec && ec.category() == asio::error::get_system_category() && !timed_out_);
}

// A header that cannot be read may have been a charge point's; one whose body is too large was not.
void connection::note_unreadable(error_code ec) {
    if (!serves(true) || has_gone(ec) || ec == beast_http::error::body_limit) return;
    constexpr char tls_handshake = 0x16;
    const auto bytes = buffer_.data();
    const bool is_tls = bytes.size() > 0 && *static_cast<const char*>(bytes.data()) == tls_handshake;
    std::string detail = is_tls ? "it begins TLS, and this listener has none" : "no HTTP/1.1 request: " + ec.message();
    if (timed_out_) detail = "its request did not arrive in time";
    note(refusal_reason::bad_request, detail);
}

io_awaitable<void> connection::refuse_unreadable(error_code ec) {
    if (has_gone(ec)) co_return;
    response r = problem(400, "not an HTTP/1.1 request: " + ec.message());
    if (ec == beast_http::error::header_limit) r = problem(431, "the header is larger than http.max_header_bytes");
    if (ec == beast_http::error::body_limit) r = problem(413, "the body is larger than " + std::string(body_limit_));
    if (timed_out_) r = problem(408, "the request did not arrive in time");
    co_await write(std::move(r), false, false);
    co_await linger();
}

io_awaitable<error_code> connection::read_request(request_parser& parser) {
    if (parser.is_done()) co_return error_code{};
    if (lower_case(view(parser.get()[beast_http::field::expect])) == "100-continue") {
        co_await write_text("HTTP/1.1 100 Continue\r\n\r\n");
    }
    auto [ec, n] = co_await beast_http::async_read(stream_, buffer_, parser, as_result);
    co_return ec;
}

io_awaitable<connection::next> connection::answer(request_parser& parser) {
    bool readable = false;
    request req = read_head(parser.get().base(), readable);
    const auto in_force = server_.parts().settings_in_force.in_force();
    const auto& api = in_force->api;
    cors_origin_ = allowed_origin(api, req);
    const caller who = identify(api, req, server_.parts().profiles);
    req.caller = who.token;
    req.may = who.may;
    auto early = answer_preflight(req, cors_origin_);
    if (!early) early = who.refusal;
    if (!readable)
        early = problem(
            400,
            "the target is neither a path nor http://{host}{path}, or holds a % that is no percent-encoding of UTF-8");
    if (!names_one_host(parser.get().base())) early = problem(400, "a request of HTTP/1.1 has one header Host");
    std::optional<limited_slot> importing;
    if (!early && is_import(req.method, req.target)) {
        importing.emplace(most_imports, server_.imports());
        if (!*importing) early = busy_with_imports();
    }
    if (early) co_return co_await answer_early(parser, req, who, std::move(*early));

    const error_code ec = co_await read_request(parser);
    if (ec) {
        co_await refuse_unreadable(ec);
        co_return next::close;
    }
    between_requests_ = false;  // from here on it is answered, whatever happens
    const bool keep_alive = parser.get().keep_alive() && !server_.closing();
    req.body = std::move(parser.get().body());
    disarm();
    response r = co_await answer_request(server_.parts(), thread_, req);
    if (is_stream_head(r) && !req.head_only) {
        co_await stream_events(std::move(req));
        co_return next::close;
    }
    if (!req.may.personal && r.may_hold_tags) ocpp::mask_tags(r.body);
    // What was done is told in any case; what was only read can be read again. Packing takes many turns of the thread.
    answer_memory memory(server_.answers(), req.method == "GET" ? r.body.size() : 0);
    if (!memory) r = busy_with_answers();
    co_await represent(thread_, req, r);
    memory.shrink_to(r.body.size());
    write_audit(server_.parts().audit_log, who, req, remote_address_, r);
    const bool written = co_await write(std::move(r), keep_alive, req.head_only);
    memory.shrink_to(0);
    if (written && keep_alive && !server_.closing()) co_return next::keep_alive;
    if (written) co_await linger();
    co_return next::close;
}

// Without its body: nobody is to send one that may not.
io_awaitable<connection::next> connection::answer_early(const request_parser& parser, const request& req,
                                                        const caller& who, response r) {
    between_requests_ = false;
    write_audit(server_.parts().audit_log, who, req, remote_address_, r);
    const bool keep_alive = parser.is_done() && parser.get().keep_alive() && !server_.closing();
    const bool written = co_await write(std::move(r), keep_alive, req.head_only);
    if (written && keep_alive && !server_.closing()) co_return next::keep_alive;
    if (written) co_await linger();
    co_return next::close;
}

// ------------------------------------------------------------------------------------------------------- writing

io_awaitable<bool> connection::write(response r, bool keep_alive, bool head_only) {
    beast_http::response<beast_http::string_body> message;
    message.version(11);
    message.result(r.status);
    const auto phrase = reason_phrase(r.status);
    message.reason(boost::beast::string_view(phrase.data(), phrase.size()));
    message.set(beast_http::field::server, "voltgate");
    message.set(beast_http::field::date, http_date(server_.parts().clock.utc()));
    const bool has_content = r.status != 204 && r.status != 304;
    if (has_content) message.set(beast_http::field::content_type, r.content_type);
    message.set(beast_http::field::cache_control, "no-store");
    message.set("X-Content-Type-Options", "nosniff");
    for (const auto& [name, value] : cors_headers(cors_origin_)) message.set(name, value);
    for (const auto& [name, value] : r.headers) message.insert(name, value);
    message.keep_alive(keep_alive);
    if (has_content && !is_stream_head(r)) message.content_length(r.body.size());
    if (!head_only) message.body() = std::move(r.body);
    arm(server_.parts().settings.http.request_timeout);
    beast_http::response_serializer<beast_http::string_body> serializer(message);
    if (head_only) {
        auto [ec, n] = co_await beast_http::async_write_header(stream_, serializer, as_result);
        co_return !ec;
    }
    auto [ec, n] = co_await beast_http::async_write(stream_, serializer, as_result);
    co_return !ec;
}

io_awaitable<bool> connection::write_text(std::string text) {
    const answer_memory memory(server_.answers(), text.size());
    if (!memory) co_return false;
    arm(server_.parts().settings.http.request_timeout);
    const auto bytes = asio::buffer(text);
    auto [ec, n] = co_await asio::async_write(stream_, bytes, as_result);
    co_return !ec;
}

// Reads out what the client still sends, or a reset would destroy the response on its way.
io_awaitable<void> connection::linger() {
    error_code ec;
    stream_.shutdown_send(ec);
    arm(std::min<duration>(server_.parts().settings.http.request_timeout, std::chrono::seconds(2)));
    std::array<char, 512> scratch;
    const auto bytes = asio::buffer(scratch);
    while (!ec && !timed_out_) {
        auto [failed, n] = co_await stream_.async_read_some(bytes, as_result);
        ec = failed;
    }
}

}  // namespace voltgate::http
