#include "feed/named_feed.hpp"

namespace voltgate {

io_awaitable<feed_step> named_feed::next(event_sink sink, asio::cancellation_slot wake) {
    if (!feed_) {
        auto opening = open();
        const auto failed = co_await std::move(opening);
        if (failed) {
            feed_step step;
            step.what = feed_step::outcome::unreadable;
            step.error = failed.text();
            co_return step;
        }
    }
    auto going_on = feed_->next(std::move(sink), wake);
    co_return co_await std::move(going_on);
}

// A new name is kept at once: what happens from here on is not to be missed after a
// restart that comes before the first acknowledgement.
io_awaitable<error_text> named_feed::open() {
    auto loading = cursors_.load(name_);
    auto loaded = co_await std::move(loading);
    if (!loaded.value) co_return error_text(std::move(loaded.error));
    const auto& place = *loaded.value;
    if (place) request_.after = place;
    feed_.emplace(bus_, stored_, request_);
    acknowledged_ = request_.after.value_or(feed_->position());
    if (!place) cursors_.save(name_, acknowledged_);
    co_return error_text();
}

void named_feed::acknowledge(std::uint64_t sequence) {
    if (!feed_ || sequence <= acknowledged_) return;
    acknowledged_ = sequence;
    cursors_.save(name_, sequence);
}

}  // namespace voltgate
