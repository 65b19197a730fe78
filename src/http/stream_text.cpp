#include "http/stream_text.hpp"

#include "http/event_query.hpp"
#include "http/router.hpp"
#include "http/stream.hpp"
#include "stores/queries.hpp"

#include <utility>

namespace voltgate::http {

namespace {

constexpr std::size_t piece_bytes = 64 * 1024;  // about what is written at once

event_queries* stored_events(const gateway_parts& parts) {
    return parts.queries() ? parts.queries()->events.get() : nullptr;
}

feed_request to_feed(const gateway_parts& parts, event_filter filter, std::optional<std::uint64_t> after) {
    feed_request r;
    r.filter = std::move(filter);
    r.after = after;
    r.queue = parts.settings.http.stream_queue;
    return r;
}

}  // namespace

stream_text::stream_text(const gateway_parts& parts, event_filter filter, std::optional<std::uint64_t> after,
                         bool personal)
    : parts_(parts),
      personal_(personal),
      feed_(parts.bus, stored_events(parts), to_feed(parts, std::move(filter), after)) {}

// With a journal a cursor stands beside the gap, and beside each event.
std::string stream_text::text_of(const feed_gap& gap) const {
    const std::string missed = std::to_string(gap.missed);
    if (!parts_.queries()) return "event: gap\ndata: {\"missed\":" + missed + "}\n\n";
    const std::string cursor = event_cursor(parts_.queries()->events->journal_id(), gap.last);
    return "id: " + cursor + "\nevent: gap\ndata: {\"missed\":" + missed + R"(,"next":")" + cursor + "\"}\n\n";
}

io_awaitable<std::optional<std::string>> stream_text::next(asio::cancellation_slot wake) {
    const auto* stored = stored_events(parts_);
    const std::string* journal_id = stored ? &stored->journal_id() : nullptr;
    std::string text;
    event_sink render = [&text, journal_id, &gateway_id = parts_.settings.node_id,
                         personal = personal_](const event& e) {
        const std::string cursor = journal_id ? event_cursor(*journal_id, e.sequence) : std::string();
        append_stream_event(text, cursor, e, gateway_id, personal);
        return text.size() < piece_bytes;
    };
    auto giving = feed_.next(std::move(render), wake);
    const auto step = co_await std::move(giving);
    switch (step.what) {
        case feed_step::outcome::given: break;
        case feed_step::outcome::woken:
        case feed_step::outcome::ended: co_return std::nullopt;
        case feed_step::outcome::unreadable: refusal_ = journal_unreadable(step.error); co_return std::nullopt;
        case feed_step::outcome::beyond:
            refusal_ = beyond_the_journal(*journal_id, step.next, step.last);
            co_return std::nullopt;
    }
    if (step.gap) text.insert(0, text_of(*step.gap));
    co_return text;
}

}  // namespace voltgate::http
