// A moment on the injected steady clock until which something may take, or none at all.
#pragma once

#include <chrono>
#include <compare>

namespace voltgate {

class deadline {
  public:
    using time_point = std::chrono::steady_clock::time_point;

    [[nodiscard]] static constexpr deadline never() noexcept { return deadline(time_point::max()); }
    [[nodiscard]] static constexpr deadline at(time_point t) noexcept { return deadline(t); }

    [[nodiscard]] constexpr bool is_never() const noexcept { return at_ == time_point::max(); }
    [[nodiscard]] constexpr bool passed(time_point now) const noexcept { return !is_never() && at_ <= now; }
    /// Of one that is never: the end of time.
    [[nodiscard]] constexpr time_point time() const noexcept { return at_; }

    /// The earlier one is the smaller.
    friend constexpr auto operator<=>(deadline, deadline) noexcept = default;

  private:
    explicit constexpr deadline(time_point t) noexcept : at_(t) {}

    time_point at_;
};

}  // namespace voltgate
