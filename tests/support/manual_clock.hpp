// A clock that stands still until a test moves it.
#pragma once

#include <voltgate/gateway.hpp>

#include <atomic>
#include <chrono>

namespace voltgate::test {

/// Thread-safe. Starts at 2026-01-02T03:04:05Z.
class manual_clock : public clock_source {
  public:
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const noexcept override {
        return std::chrono::steady_clock::time_point(std::chrono::hours(1)) + passed();
    }
    [[nodiscard]] std::chrono::system_clock::time_point utc() const noexcept override {
        constexpr auto day = std::chrono::sys_days(std::chrono::year(2026) / 1 / 2);
        return day + std::chrono::hours(3) + std::chrono::minutes(4) + std::chrono::seconds(5) + passed() + step();
    }

    /// Time goes by for both clocks.
    void advance(std::chrono::nanoseconds by) noexcept { passed_ += by.count(); }
    /// Somebody sets the wall clock; the monotonic one does not notice.
    void step_utc(std::chrono::nanoseconds by) noexcept { step_ += by.count(); }

  private:
    using ticks = std::chrono::system_clock::duration;
    [[nodiscard]] ticks passed() const noexcept {
        return std::chrono::duration_cast<ticks>(std::chrono::nanoseconds(passed_.load()));
    }
    [[nodiscard]] ticks step() const noexcept {
        return std::chrono::duration_cast<ticks>(std::chrono::nanoseconds(step_.load()));
    }

    std::atomic<std::chrono::nanoseconds::rep> passed_ = 0;
    std::atomic<std::chrono::nanoseconds::rep> step_ = 0;
};

}  // namespace voltgate::test
