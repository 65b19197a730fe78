// Values of HTTP headers: elements of lists with blanks around them, words without regard to case.
#pragma once

#include <string>
#include <string_view>

namespace voltgate {

[[nodiscard]] inline std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// The text up to the separator; `rest` goes on behind it.
[[nodiscard]] inline std::string_view take_until(char separator, std::string_view& rest) noexcept {
    const auto at = rest.find(separator);
    const auto part = trimmed(rest.substr(0, at));
    rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
    return part;
}

/// The ASCII letters; all others stay.
[[nodiscard]] inline std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

}  // namespace voltgate
