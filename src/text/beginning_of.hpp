// Texts cut to size.
#pragma once

#include <cstddef>
#include <string_view>

namespace voltgate {

/// As much of it as fits into so many bytes, in whole characters.
[[nodiscard]] inline std::string_view beginning_of(std::string_view text, std::size_t most) noexcept {
    if (text.size() <= most) return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
    return text.substr(0, most);
}

}  // namespace voltgate
