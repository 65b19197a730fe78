// The machine's clock.
#pragma once

#include <voltgate/clock.hpp>

namespace voltgate {

class machine_clock final : public clock_source {
  public:
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const noexcept override {
        return std::chrono::steady_clock::now();
    }
    [[nodiscard]] std::chrono::system_clock::time_point utc() const noexcept override {
        return std::chrono::system_clock::now();
    }
};

}  // namespace voltgate
