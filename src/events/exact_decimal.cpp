#include "events/exact_decimal.hpp"

#include "events/decimal.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>

namespace voltgate {

namespace {

using boost::multiprecision::cpp_int;

/// Digits and the place of the point: digits times 10^-places.
std::string to_text(bool negative, std::string digits, std::size_t places) {
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    std::string fraction = digits.substr(digits.size() - places);
    digits.resize(digits.size() - places);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
    const bool is_zero = digits == "0" && fraction.empty();
    std::string text = negative && !is_zero ? "-" : "";
    text += digits;
    if (!fraction.empty()) text.append(1, '.').append(fraction);
    return text;
}

std::size_t places_of(std::string_view text) noexcept {
    const auto point = text.find('.');
    return point == std::string_view::npos ? 0 : text.size() - point - 1;
}

/// The number times 10^places, which makes it whole.
cpp_int scaled(std::string_view text, std::size_t places) {
    const bool negative = text.front() == '-';
    std::string digits;
    for (const char c : text.substr(negative ? 1 : 0))
        if (c != '.') digits += c;
    digits.append(places - places_of(text), '0');
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));  // a leading 0 would mean octal
    const cpp_int value(digits);
    return negative ? cpp_int(-value) : value;
}

std::string unscaled(const cpp_int& n, std::size_t places) { return to_text(n < 0, cpp_int(abs(n)).str(), places); }

std::size_t common_places(const std::string& a, const std::string& b) { return std::max(places_of(a), places_of(b)); }

}  // namespace

exact_decimal::exact_decimal(const decimal& number, std::int32_t shift) {
    std::string digits(number.whole);
    digits += number.fraction;
    const std::int32_t exponent = number.exponent + shift - static_cast<std::int32_t>(number.fraction.size());
    if (exponent > 0) digits.append(static_cast<std::size_t>(exponent), '0');
    text_ = to_text(number.negative, std::move(digits), exponent < 0 ? static_cast<std::size_t>(-exponent) : 0);
}

exact_decimal exact_decimal::of_plain(std::string_view text) {
    if (text.find('.') != std::string_view::npos) {
        while (text.back() == '0') text.remove_suffix(1);
        if (text.back() == '.') text.remove_suffix(1);
    }
    return exact_decimal(text == "-0" ? std::string("0") : std::string(text));
}

std::optional<exact_decimal> exact_decimal::read(std::string_view text) {
    if (is_plain_decimal(text)) return of_plain(text);
    if (const auto number = read_decimal(text)) return exact_decimal(*number, 0);
    return std::nullopt;
}

std::optional<std::int64_t> exact_decimal::whole() const noexcept {
    std::int64_t n = 0;
    const char* const end = text_.data() + text_.size();
    const auto parsed = std::from_chars(text_.data(), end, n);
    if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
    return n;
}

exact_decimal operator+(const exact_decimal& a, const exact_decimal& b) {
    const auto places = common_places(a.text_, b.text_);
    return exact_decimal(unscaled(cpp_int(scaled(a.text_, places) + scaled(b.text_, places)), places));
}

exact_decimal operator-(const exact_decimal& a, const exact_decimal& b) {
    const auto places = common_places(a.text_, b.text_);
    return exact_decimal(unscaled(cpp_int(scaled(a.text_, places) - scaled(b.text_, places)), places));
}

std::strong_ordering operator<=>(const exact_decimal& a, const exact_decimal& b) {
    const auto places = common_places(a.text_, b.text_);
    const int sign = scaled(a.text_, places).compare(scaled(b.text_, places));
    return sign <=> 0;
}

}  // namespace voltgate
