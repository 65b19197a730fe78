// What wakes a thread for its next deadline. One for each thread, made by the platform.
#pragma once

#include <chrono>
#include <functional>

namespace voltgate {

class wheel_alarm {
  public:
    using time_point = std::chrono::steady_clock::time_point;

    virtual ~wheel_alarm() = default;
    /// The time that it goes by itself.
    [[nodiscard]] virtual time_point now() const noexcept = 0;
    /// Calls `due` once when it is that time, from the thread's own loop; instead of when it was set to before. It may
    /// be too early: whoever is called looks at the clock.
    virtual void set(time_point at) = 0;
    virtual void stop() = 0;

    std::function<void()> due;
};

}  // namespace voltgate
