#include "async/system_clock.hpp"

#include <voltgate/clock.hpp>

namespace voltgate {

namespace {

class system_clock_source final : public clock_source {
  public:
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const noexcept override {
        return std::chrono::steady_clock::now();
    }
    [[nodiscard]] std::chrono::system_clock::time_point utc() const noexcept override {
        return std::chrono::system_clock::now();
    }
};

}  // namespace

const clock_source& system_clock() noexcept {
    static const system_clock_source the_clock;
    return the_clock;
}

}  // namespace voltgate
