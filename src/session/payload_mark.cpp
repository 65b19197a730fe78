#include "session/payload_mark.hpp"

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
    for (; payload.size() >= sizeof words; payload.remove_prefix(sizeof words)) {
        std::memcpy(words, payload.data(), sizeof words);
        mark = mix(words[0] ^ key, words[1] ^ mark);
    }
    words[0] = words[1] = 0;
    if (!payload.empty()) std::memcpy(words, payload.data(), payload.size());  // an empty one may be nowhere
    return mix(mix(words[0] ^ key, words[1] ^ mark), key);
}

}  // namespace voltgate
