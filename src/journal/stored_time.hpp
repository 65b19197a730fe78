// Times as the journal's file holds them: microseconds since 1970, UTC.
#pragma once

#include <chrono>
#include <cstdint>

namespace voltgate {

[[nodiscard]] inline std::int64_t stored_time(std::chrono::system_clock::time_point t) noexcept {
    return std::chrono::duration_cast<std::chrono::microseconds>(t.time_since_epoch()).count();
}

[[nodiscard]] inline std::chrono::system_clock::time_point time_from_stored(std::int64_t n) noexcept {
    return std::chrono::system_clock::time_point(std::chrono::microseconds(n));
}

}  // namespace voltgate
