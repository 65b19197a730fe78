// Work that waits for the disk or takes long, and who does it.
#pragma once

#include <chrono>
#include <optional>

namespace voltgate {

/// Done step by step. A step waits for nothing but the disk: for time to pass, or for more to do, it returns.
class blocking_work {
  public:
    using time_point = std::chrono::steady_clock::time_point;

    virtual ~blocking_work() = default;
    /// Does what there is to do at `now`, by the platform's clock. When to be called again, unless it is woken before;
    /// none: it is over. Never called twice at a time.
    [[nodiscard]] virtual std::optional<time_point> step(time_point now) noexcept = 0;

  protected:
    static constexpr time_point at_once = time_point::min();
    static constexpr time_point when_woken = time_point::max();
};

/// A thread; in a simulation a coroutine.
class worker {
  public:
    /// Waits until the work is over, which was told to end and woken before.
    virtual ~worker() = default;
    /// There is a step to do. Any thread.
    virtual void wake() noexcept = 0;
};

}  // namespace voltgate
