// How the kit waits: every wait has a deadline, and a missed one fails the test with what was seen so far.
#pragma once

#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace voltgate::test {

/// What the kit throws when the other side did not do what the test expects. Catch2 shows its text.
class unexpected : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// Generous on purpose: only a test that fails ever waits this long.
inline constexpr std::chrono::milliseconds default_patience = std::chrono::seconds(10);

/// A point in time up to which something may take.
class deadline {
  public:
    explicit deadline(std::chrono::milliseconds patience = default_patience)
        : at_(std::chrono::steady_clock::now() + patience) {}

    [[nodiscard]] bool passed() const noexcept { return std::chrono::steady_clock::now() >= at_; }
    [[nodiscard]] std::chrono::milliseconds left() const noexcept {
        const auto rest = std::chrono::ceil<std::chrono::milliseconds>(at_ - std::chrono::steady_clock::now());
        return rest > std::chrono::milliseconds::zero() ? rest : std::chrono::milliseconds::zero();
    }

  private:
    std::chrono::steady_clock::time_point at_;
};

/// The last resort, for state that announces itself in no frame, event or answer: asks until it is true.
/// Throws `unexpected`, naming `description`, when it does not become true in time.
void eventually(const std::function<bool()>& condition, std::string_view description,
                std::chrono::milliseconds patience = default_patience);

}  // namespace voltgate::test
