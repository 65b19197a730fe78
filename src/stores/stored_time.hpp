// Times as stores hold them: microseconds since 1970, UTC.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

namespace voltgate {

[[nodiscard]] inline std::int64_t stored_time(std::chrono::system_clock::time_point t) noexcept {
    return std::chrono::duration_cast<std::chrono::microseconds>(t.time_since_epoch()).count();
}

[[nodiscard]] inline std::optional<std::int64_t> stored_time(
    const std::optional<std::chrono::system_clock::time_point>& t) noexcept {
    return t ? std::optional(stored_time(*t)) : std::nullopt;
}

/// What lies outside of the clock's range, in a damaged file, becomes its end.
[[nodiscard]] inline std::chrono::system_clock::time_point time_from_stored(std::int64_t n) noexcept {
    using clock = std::chrono::system_clock;
    constexpr std::int64_t furthest = clock::duration::max() / std::chrono::microseconds(1);
    return clock::time_point(std::chrono::microseconds(std::clamp(n, -furthest, furthest)));
}

}  // namespace voltgate
