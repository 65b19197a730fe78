// What one reader of the live stream gets: every event in order, from the journal while it is behind, else as it
// happens.
#pragma once

#include "http/gateway_parts.hpp"
#include "http/message.hpp"

#include <voltgate/event_stream.hpp>

#include <boost/asio/cancellation_signal.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace voltgate::http {

/// For one coroutine. Without a journal it knows no past: a reader that is too slow gets gaps.
class event_feed {
  public:
    /// `after`: begin behind this event, which takes a journal; unset: with what happens from now on. `personal`: with
    /// the tags in them.
    event_feed(const gateway_parts& parts, event_filter filter, std::optional<std::uint64_t> after, bool personal);

    /// Whether read_on() is to be called, not wait().
    [[nodiscard]] bool behind() const noexcept { return behind_; }

    /// The next piece of what the journal holds, which may be none. Nullopt: refusal() says why there is none.
    io_awaitable<std::optional<std::string>> read_on();
    [[nodiscard]] const response& refusal() const noexcept { return refusal_; }

    /// What happens next, which may be nothing for this reader. Nullopt: `wake` was emitted, or nothing will happen
    /// any more.
    io_awaitable<std::optional<std::string>> wait(asio::cancellation_slot wake);

  private:
    [[nodiscard]] bool take(std::string& text, const stream_item& item);
    void subscribe();

    const gateway_parts& parts_;
    const event_filter filter_;
    const bool personal_;
    event_stream live_;
    std::uint64_t position_ = 0;  // all that matches up to here has been given
    bool behind_ = false, subscribed_ = false;
    response refusal_;
};

}  // namespace voltgate::http
