// Whether the clock can be trusted to say how old things are: not after the machine's clock has jumped.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace voltgate {

/// Holds ageing after a jump, until a day of the steady clock has passed without another one or somebody confirms the
/// time. Knows no clock: it is told what both say, again and again.
class age_guard {
  public:
    using utc_time = std::chrono::system_clock::time_point;
    using steady_time = std::chrono::steady_clock::time_point;
    enum class news : std::uint8_t { none, jumped, goes_on };

    /// What two looks at the clock may differ by, ordinary drift included.
    static constexpr std::chrono::hours tolerance{1};
    /// How long ageing is held; and how far the clock may be ahead of the last known time: a gateway may have been off.
    static constexpr std::chrono::hours hold{24};

    /// `last_known`: a time that was trusted before the process began; unset: there is none.
    age_guard(utc_time utc, steady_time steady, std::optional<utc_time> last_known);

    /// To be called before everything that ages, with the times that it goes by.
    news look(utc_time utc, steady_time steady);
    /// The time is right as it is now. False: nothing is held.
    bool confirm(utc_time utc, steady_time steady);

    [[nodiscard]] bool held() const noexcept { return held_; }
    /// How far the last jump went; negative: back.
    [[nodiscard]] std::chrono::seconds last_jump() const noexcept { return last_jump_; }

  private:
    using offset = std::chrono::system_clock::duration;

    void begin(offset o, steady_time steady) noexcept;

    offset baseline_{};  // utc less steady; follows slow drift, a day at a time
    steady_time since_;  // when it was taken
    bool held_ = false;
    std::chrono::seconds last_jump_{0};
};

}  // namespace voltgate
