// How often something may happen: a burst at once, then so many a second. Pure: time comes in as an argument.
//
// A bucket is one number, the time at which it will be full again; so there is nothing to refill, and a check is a
// comparison and an addition.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace voltgate {

class token_rate {
  public:
    token_rate() = default;  // no bound
    /// `burst` at once, then `rate` a second. A rate of 0: no bound. Both at most ten million.
    token_rate(std::size_t rate, std::size_t burst) noexcept
        : interval_(rate == 0 ? 0 : std::max<std::int64_t>(1, second / static_cast<std::int64_t>(rate))),
          tolerance_(interval_ * (std::max<std::int64_t>(1, static_cast<std::int64_t>(burst)) - 1)) {}

    [[nodiscard]] bool bounded() const noexcept { return interval_ > 0; }

  private:
    friend class token_bucket;
    friend class shared_token_bucket;
    static constexpr std::int64_t second = 1'000'000'000;

    std::int64_t interval_ = 0;   // nanoseconds that a token takes to come back
    std::int64_t tolerance_ = 0;  // how far ahead of time the bucket may be full again for one more to be taken
};

/// For one thread.
class token_bucket {
  public:
    using time_point = std::chrono::steady_clock::time_point;

    [[nodiscard]] bool allows(time_point now, const token_rate& r) const noexcept {
        return full_at_ <= ticks(now) + r.tolerance_ || !r.bounded();
    }
    /// Takes one, whether there is one or not. When it is there: now, or as many later as were taken before.
    time_point reserve(time_point now, const token_rate& r) noexcept {
        const std::int64_t at = std::max(ticks(now), full_at_ - r.tolerance_);
        full_at_ = std::max(full_at_, ticks(now)) + r.interval_;
        return time_point(std::chrono::nanoseconds(at));
    }
    /// Takes one if there is one.
    [[nodiscard]] bool take(time_point now, const token_rate& r) noexcept {
        if (!allows(now, r)) return false;
        full_at_ = std::max(full_at_, ticks(now)) + r.interval_;
        return true;
    }
    /// As good as new.
    [[nodiscard]] bool full(time_point now) const noexcept { return full_at_ <= ticks(now); }

  private:
    friend class shared_token_bucket;
    static std::int64_t ticks(time_point t) noexcept {
        return std::chrono::duration_cast<std::chrono::nanoseconds>(t.time_since_epoch()).count();
    }

    std::int64_t full_at_ = 0;
};

/// One bucket for all threads, without a lock.
class shared_token_bucket {
  public:
    using time_point = token_bucket::time_point;

    explicit shared_token_bucket(token_rate r) noexcept : rate_(r) {}

    /// Takes one if there is one.
    [[nodiscard]] bool take(time_point now) noexcept {
        if (!rate_.bounded()) return true;
        const std::int64_t t = token_bucket::ticks(now);
        std::int64_t full_at = full_at_.load(std::memory_order_relaxed);
        do {
            if (full_at > t + rate_.tolerance_) return false;
        } while (!full_at_.compare_exchange_weak(full_at, std::max(full_at, t) + rate_.interval_,
                                                 std::memory_order_relaxed));
        return true;
    }

  private:
    const token_rate rate_;
    std::atomic<std::int64_t> full_at_{0};
};

}  // namespace voltgate
