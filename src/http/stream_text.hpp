// What one reader of the live stream is sent: the events of its feed as text.
#pragma once

#include "feed/event_feed.hpp"
#include "http/gateway_parts.hpp"
#include "http/message.hpp"

#include <boost/asio/cancellation_signal.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace voltgate::http {

/// For one coroutine. Without a journal it knows no past: a reader that is too slow gets gaps.
class stream_text {
  public:
    /// `after`: begin behind this event, which takes a journal; unset: with what happens from now on. `personal`: with
    /// the tags in them.
    stream_text(const gateway_parts& parts, event_filter filter, std::optional<std::uint64_t> after, bool personal);

    /// Whether next() reads the journal, and does not wait.
    [[nodiscard]] bool behind() const noexcept { return feed_.behind(); }
    /// The next piece, which may be empty. Nullopt: `wake` was emitted, nothing will happen any more, or the journal
    /// refuses: then refusal() says why.
    io_awaitable<std::optional<std::string>> next(asio::cancellation_slot wake);
    [[nodiscard]] const response& refusal() const noexcept { return refusal_; }

  private:
    [[nodiscard]] std::string text_of(const feed_gap& gap) const;

    const gateway_parts& parts_;
    const bool personal_;
    event_feed feed_;
    response refusal_;
};

}  // namespace voltgate::http
