// A fixed set of words found with one multiplication: property names, enum values, actions. The tables are generated.
#pragma once

#include "text/bytes.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace voltgate::ocpp {

/// What the hash sees of a word. tools/generate computes the same.
[[nodiscard]] [[gnu::always_inline]] inline std::uint64_t word_key(std::string_view word) noexcept {
    const auto* text = word.data();
    const auto length = word.size();
    if (length >= 8)
        return (load<std::uint64_t>(text) ^ std::rotl(load<std::uint64_t>(text + length / 2 - 4), 13) ^
                std::rotl(load<std::uint64_t>(text + length - 8), 29)) +
               length;
    if (length >= 4)
        return (load<std::uint32_t>(text) | std::uint64_t{load<std::uint32_t>(text + length - 4)} << 32) + length;
    if (length == 0) return 0;
    const auto byte = [text](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(text[i])}; };
    return (byte(0) | byte(length / 2) << 8 | byte(length - 1) << 16) + length;
}

struct word_set {
    static constexpr std::size_t none = 255;

    const std::string_view* words;
    const std::uint8_t* slots;  // hash -> index of the only word it can be, or `none`
    std::uint64_t multiplier;
    std::uint8_t shift;
    std::uint8_t size;

    /// The word's index, or `none`.
    [[nodiscard]] [[gnu::always_inline]] std::size_t find(std::string_view word) const noexcept {
        const std::size_t index = slots[(word_key(word) * multiplier) >> shift];
        if (index == none) return none;
        const auto candidate = words[index];
        if (candidate.size() != word.size() || !same_bytes(candidate.data(), word.data(), word.size())) return none;
        return index;
    }
};

}  // namespace voltgate::ocpp
