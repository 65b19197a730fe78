// Reading and shifting of decimal numbers in text.
#include "events/decimal.hpp"

#include "events/text_writer.hpp"

#include <algorithm>
#include <cstddef>

namespace voltgate {

namespace {

constexpr std::size_t max_digits = 40;
constexpr std::int32_t max_exponent = 30;

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }

/// The digits at `at`, which moves behind them.
std::string_view take_digits(const char*& at, const char* end) noexcept {
    const char* const first = at;
    while (at != end && is_digit(*at)) ++at;
    return {first, static_cast<std::size_t>(at - first)};
}

/// "e-12" and the like, `at` being behind the e and in front of the sign.
std::optional<std::int32_t> take_exponent(const char*& at, const char* end) noexcept {
    const bool negative = at != end && *at == '-';
    if (at != end && (*at == '-' || *at == '+')) ++at;
    const auto digits = take_digits(at, end);
    if (digits.empty() || digits.size() > 4) return std::nullopt;
    std::int32_t value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    if (value > max_exponent) return std::nullopt;
    return negative ? -value : value;
}

std::string_view without_leading_zeros(std::string_view digits) noexcept {
    const auto first = digits.find_first_not_of('0');
    return first == std::string_view::npos ? std::string_view() : digits.substr(first);
}

}  // namespace

std::optional<decimal> read_decimal(std::string_view text) noexcept {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);

    decimal number;
    number.text = text;
    const char* at = text.data();
    const char* const end = at + text.size();
    const bool plus = at != end && *at == '+';
    number.negative = at != end && *at == '-';
    if (plus || number.negative) ++at;

    number.whole = take_digits(at, end);
    const bool point = at != end && *at == '.';
    if (point) number.fraction = take_digits(++at, end);
    const std::size_t digits = number.whole.size() + number.fraction.size();
    if (digits == 0 || digits > max_digits) return std::nullopt;
    if (at != end && (*at == 'e' || *at == 'E')) {
        const auto exponent = take_exponent(++at, end);
        if (!exponent) return std::nullopt;
        number.exponent = *exponent;
    }
    if (at != end) return std::nullopt;

    const bool whole_as_json = number.whole.size() == 1 || (!number.whole.empty() && number.whole.front() != '0');
    number.is_json = !plus && whole_as_json && (!point || !number.fraction.empty());
    return number;
}

void put_decimal(text_writer& out, const decimal& number, std::int32_t shift) {
    if (shift == 0 && number.is_json) {
        out.put(number.text);
        return;
    }
    // An exponent takes the shift as it is; without one the point moves.
    const bool moves_point = number.exponent == 0;
    const auto places = moves_point ? static_cast<std::size_t>(shift) : 0;
    const auto moved = std::min(places, number.fraction.size());
    const auto padding = places - moved;
    const auto fraction = number.fraction.substr(moved);
    auto head = without_leading_zeros(number.whole);
    auto tail = number.fraction.substr(0, moved);
    if (head.empty()) tail = without_leading_zeros(tail);

    if (number.negative) out.put('-');
    out.put(head);
    out.put(tail);
    if (head.empty() && tail.empty())
        out.put('0');
    else
        for (std::size_t i = 0; i < padding; ++i) out.put('0');
    if (!fraction.empty()) {
        out.put('.');
        out.put(fraction);
    }
    if (!moves_point) {
        out.put('e');
        out.put(number.exponent + shift);
    }
}

}  // namespace voltgate
