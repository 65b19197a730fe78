#include "feed/event_feed.hpp"

#include "events/bus.hpp"
#include "events/event_queue.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/this_coro.hpp>

#include <utility>

namespace voltgate {

namespace {

constexpr std::size_t taken_at_once = 16;

}  // namespace

event_feed::event_feed(event_bus& bus, event_queries* stored, feed_request r)
    : bus_(bus), stored_(stored), request_(std::move(r)), behind_(stored && request_.after) {
    if (behind_) {
        position_ = *request_.after;
        return;
    }
    subscribe();
    position_ = stored_ ? stored_->last_sequence() : bus_.last_sequence();
    if (!request_.after || *request_.after >= position_) return;
    gap_ = feed_gap{*request_.after + 1, position_, position_ - *request_.after};
}

void event_feed::subscribe() {
    queue_ = bus_.subscribe(request_.filter, request_.queue);
    live_ = event_stream(queue_);
}

void event_feed::unsubscribe() {
    live_ = event_stream();
    queue_.reset();
    taken_.clear();
}

io_awaitable<feed_step> event_feed::next(event_sink sink, asio::cancellation_slot wake) {
    if (behind_) return read_on(std::move(sink));
    return wait(std::move(sink), wake);
}

// Subscribed at the end of the journal, it reads once more: what was stored meanwhile is then in this page or waits in
// the subscription, or in both.
io_awaitable<feed_step> event_feed::read_on(event_sink sink) {
    feed_step step;
    event_query q;
    q.after = position_;
    q.filter = request_.filter;
    q.limit = request_.step;
    auto reading = stored_->page(std::move(q), std::move(sink));
    const auto read = co_await std::move(reading);
    step.next = position_;
    if (!read.value) {
        step.what = feed_step::outcome::unreadable;
        step.error = read.error;
        co_return step;
    }
    const event_page& page = *read.value;
    if (position_ > page.last) {
        step.what = feed_step::outcome::beyond;
        step.last = page.last;
        co_return step;
    }
    if (page.oldest > position_ + 1) {
        step.gap.emplace();
        step.gap->first = position_ + 1;
        step.gap->last = page.oldest - 1;
        step.gap->missed = page.oldest - 1 - position_;
    }
    step.count = page.count;
    step.next = position_ = page.next;
    if (!page.more) {
        behind_ = !queue_;
        if (!queue_) subscribe();
    }
    co_return step;
}

io_awaitable<feed_step> event_feed::wait(event_sink sink, asio::cancellation_slot wake) {
    feed_step step;
    if (gap_) {
        step.gap = std::exchange(gap_, std::nullopt);
        step.next = position_;
        co_return step;
    }
    const auto own = co_await asio::this_coro::cancellation_state;
    if (!wake.is_connected()) wake = own.slot();
    if (taken_.empty()) {
        auto token = asio::bind_cancellation_slot(wake, as_result);
        auto [ec, item] = co_await live_.async_next(std::move(token));
        if (ec) {
            step.what = queue_->over() ? feed_step::outcome::ended : feed_step::outcome::woken;
            step.next = position_;
            co_return step;
        }
        taken_.push_back(std::move(item));
    }
    give(step, sink);
    step.next = position_;
    co_return step;
}

// What the subscription has lost ends it where there is a journal, which has it.
void event_feed::give(feed_step& step, const event_sink& sink) {
    bool going = true;
    while (going && step.count < request_.step && has_live_item()) {
        auto& [e, missed] = taken_.front();
        if (missed > 0 && stored_) {
            unsubscribe();
            behind_ = true;
            return;
        }
        if (missed > 0) {
            if (step.count > 0) return;  // the next step begins with it
            step.gap = feed_gap{position_ + 1, e->sequence - 1, std::exchange(missed, 0)};
        }
        if (e->sequence > position_) {
            position_ = e->sequence;
            ++step.count;
            going = sink(*e);
        }
        taken_.pop_front();
    }
}

bool event_feed::has_live_item() {
    if (!taken_.empty()) return true;
    for (auto& item : live_.take(taken_at_once)) taken_.push_back(std::move(item));
    return !taken_.empty();
}

}  // namespace voltgate
