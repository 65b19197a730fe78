#include "text/payload_mark.hpp"

#include <cstring>

namespace voltgate {

namespace {

// Every bit of the product depends on bits of both.
std::uint64_t mix(std::uint64_t a, std::uint64_t b) noexcept {
    __extension__ using wide = unsigned __int128;
    const wide product = static_cast<wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

}  // namespace

std::uint64_t payload_mark(std::string_view payload) noexcept {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15ULL;
    return payload_mark(payload, odd);
}

std::uint64_t payload_mark(std::string_view payload, std::uint64_t key) noexcept {
    std::uint64_t mark = payload.size() ^ key;
    std::uint64_t words[2];
    constexpr auto step = sizeof words;
    const auto take = [&](const char* from) {
        std::memcpy(words, from, step);
        mark = mix(words[0] ^ key, words[1] ^ mark);
    };
    const auto* at = payload.data();
    auto left = payload.size();
    for (; left >= 4 * step; left -= 4 * step, at += 4 * step) {
        take(at);
        take(at + step);
        take(at + 2 * step);
        take(at + 3 * step);
    }
    for (; left >= step; left -= step, at += step) take(at);
    words[0] = words[1] = 0;
    if (left != 0) std::memcpy(words, at, left);  // an empty one may be nowhere
    return mix(mix(words[0] ^ key, words[1] ^ mark), key);
}

}  // namespace voltgate
