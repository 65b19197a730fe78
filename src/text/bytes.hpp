// Bytes of text read several at a time.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace voltgate::ocpp {

static_assert(std::endian::native == std::endian::little, "the scanners read text as little-endian integers");

template <class Integer>
[[nodiscard]] inline Integer load(const char* from) noexcept {
    Integer value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

/// Same result as a == b for texts of one length; words are short, so this beats a call of memcmp.
[[nodiscard]] [[gnu::always_inline]] inline bool same_bytes(const char* a, const char* b, std::size_t length) noexcept {
    const auto differ = [a, b](std::size_t at) { return load<std::uint64_t>(a + at) ^ load<std::uint64_t>(b + at); };
    if (length > 16) {
        for (std::size_t at = 0; at + 16 < length; at += 16)
            if ((differ(at) | differ(at + 8)) != 0) return false;
        return (differ(length - 16) | differ(length - 8)) == 0;
    }
    if (length >= 8) return (differ(0) | differ(length - 8)) == 0;
    if (length >= 4)
        return load<std::uint32_t>(a) == load<std::uint32_t>(b) &&
               load<std::uint32_t>(a + length - 4) == load<std::uint32_t>(b + length - 4);
    for (std::size_t i = 0; i < length; ++i)
        if (a[i] != b[i]) return false;
    return true;
}

}  // namespace voltgate::ocpp
