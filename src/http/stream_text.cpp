#include "http/event_feed.hpp"

#include "http/event_query.hpp"
#include "http/router.hpp"
#include "http/stream.hpp"
#include "stores/queries.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>

#include <utility>

namespace voltgate::http {

namespace {

constexpr std::size_t piece_bytes = 64 * 1024;  // about what is written at once
constexpr std::size_t piece_events = 1000;
constexpr std::size_t taken_at_once = 16;

// The journal no longer has what follows the reader's position.
std::string removed(const std::string& journal_id, std::uint64_t position, std::uint64_t oldest) {
    const std::string cursor = event_cursor(journal_id, oldest - 1);
    std::string text = "id: " + cursor + "\nevent: gap\ndata: {\"missed\":" + std::to_string(oldest - 1 - position);
    return text.append(R"(,"next":")").append(cursor).append("\"}\n\n");
}

}  // namespace

event_feed::event_feed(const gateway_parts& parts, event_filter filter, std::optional<std::uint64_t> after,
                       bool personal)
    : parts_(parts),
      filter_(std::move(filter)),
      personal_(personal),
      position_(after.value_or(0)),
      behind_(after.has_value()) {
    if (behind_) return;
    subscribe();
    if (parts_.queries()) position_ = parts_.queries()->events->last_sequence();
}

void event_feed::subscribe() {
    live_ = event_stream(parts_.bus.subscribe(filter_, parts_.settings.http.stream_queue));
    subscribed_ = true;
}

// Subscribed at the end of the journal, it reads once more: what was stored meanwhile is then in this page or waits in
// the subscription, or in both.
io_awaitable<std::optional<std::string>> event_feed::read_on() {
    const stored_queries& stored = *parts_.queries();
    const std::string& journal_id = stored.events->journal_id();
    event_query q;
    q.after = position_;
    q.filter = filter_;
    q.limit = piece_events;
    std::string text;
    event_sink render = [&text, &journal_id, &gateway_id = parts_.settings.node_id,
                         personal = personal_](const event& e) {
        append_stream_event(text, event_cursor(journal_id, e.sequence), e, gateway_id, personal);
        return text.size() < piece_bytes;
    };
    auto read = co_await stored.events->page(std::move(q), std::move(render));
    if (!read.value) {
        refusal_ = journal_unreadable(read.error);
        co_return std::nullopt;
    }
    const event_page& page = *read.value;
    if (position_ > page.last) {
        refusal_ = beyond_the_journal(journal_id, position_, page.last);
        co_return std::nullopt;
    }
    if (page.oldest > position_ + 1) text.insert(0, removed(journal_id, position_, page.oldest));
    position_ = page.next;
    if (!page.more) {
        behind_ = !subscribed_;
        if (!subscribed_) subscribe();
    }
    co_return text;
}

io_awaitable<std::optional<std::string>> event_feed::wait(asio::cancellation_slot wake) {
    auto token = asio::bind_cancellation_slot(wake, as_result);
    auto [ec, item] = co_await live_.async_next(std::move(token));
    if (ec) co_return std::nullopt;
    std::string text;
    bool going = take(text, item);
    while (going && text.size() < piece_bytes) {
        const auto more = live_.take(taken_at_once);
        if (more.empty()) break;
        for (const auto& each : more) going = going && take(text, each);
    }
    co_return text;
}

// False: the subscription has lost events, and is given up; the journal has them.
bool event_feed::take(std::string& text, const stream_item& item) {
    const event& e = *item.event;
    const std::string& gateway_id = parts_.settings.node_id;
    if (!parts_.queries()) {
        if (item.missed > 0) {
            text.append("event: gap\ndata: {\"missed\":").append(std::to_string(item.missed)).append("}\n\n");
        }
        append_stream_event(text, {}, e, gateway_id, personal_);
        return true;
    }
    if (item.missed > 0) {
        live_ = event_stream();
        subscribed_ = false;
        behind_ = true;
        return false;
    }
    if (e.sequence <= position_) return true;
    append_stream_event(text, event_cursor(parts_.queries()->events->journal_id(), e.sequence), e, gateway_id,
                        personal_);
    position_ = e.sequence;
    return true;
}

}  // namespace voltgate::http
