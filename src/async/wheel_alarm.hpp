// What wakes a thread for its next deadline. One for each thread; a simulation brings its own.
#pragma once

#include "async/io_types.hpp"

#include <boost/asio/basic_waitable_timer.hpp>

#include <chrono>
#include <functional>
#include <utility>

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

/// The one timer of Asio on a thread.
class asio_alarm final : public wheel_alarm {
  public:
    explicit asio_alarm(const io_executor& executor) : timer_(executor) {}
    [[nodiscard]] time_point now() const noexcept override { return std::chrono::steady_clock::now(); }
    void set(time_point at) override;
    void stop() override { timer_.cancel(); }

  private:
    using steady_timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                                    asio::wait_traits<std::chrono::steady_clock>, io_executor>;

    steady_timer timer_;
};

}  // namespace voltgate
