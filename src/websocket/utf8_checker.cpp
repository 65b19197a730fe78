#include "websocket/utf8_checker.hpp"

#include <cstddef>
#include <cstring>

namespace voltgate::websocket {

namespace {

std::size_t ascii_prefix(std::string_view s) noexcept {
    constexpr std::uint64_t high_bits = 0x8080808080808080U;
    std::size_t n = 0;
    for (; n + sizeof(std::uint64_t) <= s.size(); n += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, s.data() + n, sizeof word);
        if (word & high_bits) break;
    }
    while (n < s.size() && static_cast<unsigned char>(s[n]) < 0x80) ++n;
    return n;
}

}  // namespace

bool utf8_checker::take(std::string_view bytes) noexcept {
    while (!bytes.empty()) {
        if (missing_ == 0) {
            bytes.remove_prefix(ascii_prefix(bytes));
            if (bytes.empty()) return true;
        }
        const auto byte = static_cast<std::uint8_t>(bytes.front());
        bytes.remove_prefix(1);
        if (missing_ > 0) {
            if (byte < least_ || byte > most_) return false;
            --missing_;
            least_ = 0x80;
            most_ = 0xBF;
            continue;
        }
        // The second byte keeps out what has a shorter form, surrogates, and what lies beyond U+10FFFF.
        if (byte >= 0xC2 && byte <= 0xDF) {
            missing_ = 1;
        } else if (byte >= 0xE0 && byte <= 0xEF) {
            missing_ = 2;
            if (byte == 0xE0) least_ = 0xA0;
            if (byte == 0xED) most_ = 0x9F;
        } else if (byte >= 0xF0 && byte <= 0xF4) {
            missing_ = 3;
            if (byte == 0xF0) least_ = 0x90;
            if (byte == 0xF4) most_ = 0x8F;
        } else {
            return false;
        }
    }
    return true;
}

}  // namespace voltgate::websocket
