// A connection that reads the live stream of events.
#include "http/access.hpp"
#include "http/connection.hpp"
#include "http/stream.hpp"
#include "http/stream_text.hpp"

#include <utility>

namespace voltgate::http {

namespace {

constexpr duration stream_heartbeat = std::chrono::seconds(15);

}  // namespace

io_awaitable<void> connection::stream_events(request req) {
    const gateway_parts& parts = server_.parts();
    stream_request wanted;
    if (auto wrong = read_stream_request(req, parts.queries(), parts.profiles, wanted)) {
        co_await write(std::move(*wrong), false, false);
        co_return;
    }
    stream_text events(parts, std::move(wanted.filter), wanted.after, req.may.personal);
    std::optional<std::string> text = "";
    if (events.behind()) text = co_await events.next(wake_stream_.slot());
    if (!text) {
        co_await write(events.refusal(), false, false);
        co_return;
    }
    auto look_again = thread_.io.clock.steady() + stream_heartbeat;  // whether its token still counts, and for the same
    bool going = co_await write_text(stream_head(parts.clock.utc(), cors_headers(cors_origin_)) + *text);
    // The reader says nothing: readable means it has gone.
    stream_.async_wait_readable([self = shared_from_this()](error_code ec) {
        if (ec == asio::error::operation_aborted) return;
        self->reader_gone_ = true;
        self->wake_stream_.emit(asio::cancellation_type::total);
    });
    while (going && !reader_gone_ && !server_.closing()) {
        wake_stream_after(stream_heartbeat);
        if (const auto now = thread_.io.clock.steady(); now >= look_again) {
            look_again = now + stream_heartbeat;
            const auto now_is = identify(parts.settings_in_force.in_force()->api, req, parts.profiles);
            if (now_is.refusal || now_is.may != req.may) break;
        }
        const bool waits = !events.behind();
        text = co_await events.next(wake_stream_.slot());
        if (!text && waits && !reader_gone_ && !server_.closing() && parts.running) text = ": still here\n\n";
        if (!text) break;
        if (!text->empty()) going = co_await write_text(std::move(*text));
    }
    stream_.close();
}

void connection::wake_stream_after(duration time) {
    wakes_stream_ = true;
    thread_.io.timers.arm_after(timer_, time);
}

}  // namespace voltgate::http
