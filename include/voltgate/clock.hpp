// Time, as the whole gateway reads it.
#pragma once

#include <chrono>

namespace voltgate {

/// Replace it to test what depends on the hour. Both functions are called on any thread, also at once, several times
/// for a message: they must be thread-safe and quick.
class clock_source {
  public:
    virtual ~clock_source() = default;
    /// For waits: never goes back.
    [[nodiscard]] virtual std::chrono::steady_clock::time_point steady() const noexcept = 0;
    /// For stamps: of events, of answers to charge points, and of what expires at a time of day.
    [[nodiscard]] virtual std::chrono::system_clock::time_point utc() const noexcept = 0;
};

}  // namespace voltgate
