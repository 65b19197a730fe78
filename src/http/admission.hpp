// Whether one more connection is let in, as the limits say, and what it is told if not.
#pragma once

#include "http/message.hpp"
#include "observe/metrics.hpp"
#include "security/address_table.hpp"

#include <voltgate/asio.hpp>
#include <voltgate/config.hpp>

#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>

namespace voltgate::http {

/// Thread-safe.
class admission {
  public:
    using refusal = metrics::refused_connection;
    using time_point = token_bucket::time_point;

    /// `most`: connections at a time.
    admission(const limits_config& limits, std::size_t most, random_source& random);

    /// Whether there is room for one more beside `open` others, whosever it is.
    [[nodiscard]] bool has_room(std::size_t open) const noexcept { return open < most_; }
    /// What is against one more of this address: its own limits come first, so that an address which comes too often
    /// uses up nothing of the rate that all share. If nothing is: `place` is to be kept as long as the connection
    /// lives; it may stay null.
    [[nodiscard]] std::optional<refusal> objection(const asio::ip::address& peer, time_point now,
                                                   std::shared_ptr<void>& place);

    /// The same for one of whom nobody knows the address: the rate that all share.
    [[nodiscard]] std::optional<refusal> objection_to_rate(time_point now);

    /// How many are being told no.
    [[nodiscard]] std::atomic<int>& refusals() noexcept { return refusals_; }
    static constexpr int most_refusals = 256;                             // further ones are closed unread
    static constexpr std::size_t kept_descriptors = 128 + most_refusals;  // that no connection let in may take

  private:
    const std::size_t most_;
    shared_token_bucket rate_;
    std::shared_ptr<address_table> addresses_;  // null: no limit per address
    std::atomic<int> refusals_{0};
};

/// Whether it came too often: then even a TLS handshake would be too much.
[[nodiscard]] bool is_for_rate(admission::refusal r) noexcept;

/// 503 or 429, with Retry-After.
[[nodiscard]] response refusal_of(admission::refusal r, random_source& random);

/// 30 to 60 seconds: those who are refused together shall not come back together.
void add_retry_after(response& r, random_source& random);

}  // namespace voltgate::http
