#include "session/payload_mark.hpp"

#include <cstring>

namespace voltgate {

std::uint64_t payload_mark(std::string_view payload) noexcept {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15ULL;
    std::uint64_t even_words = payload.size(), odd_words = odd;
    const auto mix = [](std::uint64_t& mark, std::uint64_t word) {
        mark = (mark ^ word) * odd;
        mark ^= mark >> 32;
    };
    std::uint64_t words[2];
    for (; payload.size() >= sizeof words; payload.remove_prefix(sizeof words)) {
        std::memcpy(words, payload.data(), sizeof words);
        mix(even_words, words[0]);
        mix(odd_words, words[1]);
    }
    words[0] = words[1] = 0;
    std::memcpy(words, payload.data(), payload.size());
    mix(even_words, words[0]);
    mix(odd_words, words[1] ^ even_words);
    return odd_words;
}

}  // namespace voltgate
