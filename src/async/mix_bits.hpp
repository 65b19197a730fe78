// A number into which every bit of another one has gone.
#pragma once

#include <cstdint>

namespace voltgate {

/// The output of splitmix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators").
[[nodiscard]] constexpr std::uint64_t mix_bits(std::uint64_t n) noexcept {
    n = (n ^ (n >> 30U)) * 0xBF58476D1CE4E5B9U;
    n = (n ^ (n >> 27U)) * 0x94D049BB133111EBU;
    return n ^ (n >> 31U);
}

}  // namespace voltgate
