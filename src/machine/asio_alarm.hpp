// The one timer of Asio on a thread.
#pragma once

#include "async/io_types.hpp"
#include "async/wheel_alarm.hpp"

#include <boost/asio/basic_waitable_timer.hpp>

#include <chrono>

namespace voltgate {

class asio_alarm final : public wheel_alarm {
  public:
    explicit asio_alarm(const io_executor& executor) : timer_(executor) {}
    [[nodiscard]] time_point now() const noexcept override { return std::chrono::steady_clock::now(); }
    void set(time_point at) override {
        timer_.expires_at(at);
        timer_.async_wait([this](error_code ec) {
            if (!ec) due();
        });
    }
    void stop() override { timer_.cancel(); }

  private:
    using steady_timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                                    asio::wait_traits<std::chrono::steady_clock>, io_executor>;

    steady_timer timer_;
};

}  // namespace voltgate
