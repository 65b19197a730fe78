// Decimal numbers as chargers write them, made into JSON numbers without leaving text: no rounding, no double.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace voltgate {

class text_writer;

/// A decimal number's parts, as slices of its text.
struct decimal {
    std::string_view text;  // without the blanks around it
    bool negative = false;
    std::string_view whole, fraction;  // digits; one of them may be empty
    std::int32_t exponent = 0;
    bool is_json = false;  // `text` is a JSON number as it stands
};

/// Accepts what JSON does and also "+1", "007", ".5", "5." and blanks around. Nullopt: not a number, more than 40
/// digits, or an exponent beyond 30 either way.
[[nodiscard]] std::optional<decimal> read_decimal(std::string_view text) noexcept;

/// A JSON number of at most 16 characters without an exponent: the usual case, quick to tell.
[[nodiscard]] inline bool is_plain_decimal(std::string_view text) noexcept {
    constexpr auto is_digit = [](char c) { return static_cast<unsigned char>(c - '0') < 10; };
    constexpr std::size_t longest = 16;
    if (text.empty() || text.size() > longest) return false;
    const char* at = text.data();
    const char* const end = at + text.size();
    if (*at == '-') ++at;
    const char* const whole = at;
    while (at != end && is_digit(*at)) ++at;
    if (at == whole || (*whole == '0' && at - whole > 1)) return false;
    if (at == end) return true;
    if (*at++ != '.' || at == end) return false;
    while (at != end && is_digit(*at)) ++at;
    return at == end;
}

/// Appends the number times 10^shift as a JSON number; `shift` is not negative.
void put_decimal(text_writer& out, const decimal& number, std::int32_t shift);

}  // namespace voltgate
