// The slow paths of reading JSON text.
#include "text/json_text.hpp"

#include "text/bytes.hpp"

#include <charconv>
#include <cstdint>
#include <limits>
#include <system_error>

namespace voltgate::ocpp::json_text {

namespace {

int hex_value(char c) noexcept {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// The four digits of \uXXXX at `at`; -1 when they are not there.
int hex_quad(const char* at, const char* end) noexcept {
    if (end - at < 4) return -1;
    int value = 0;
    for (int i = 0; i < 4; ++i) {
        const auto digit = hex_value(at[i]);
        if (digit < 0) return -1;
        value = value * 16 + digit;
    }
    return value;
}

bool is_high_surrogate(int code) noexcept { return code >= 0xD800 && code <= 0xDBFF; }
bool is_low_surrogate(int code) noexcept { return code >= 0xDC00 && code <= 0xDFFF; }

/// The code unit of a second \uXXXX at `at` that completes a surrogate pair; -1 when there is none.
int low_surrogate(const char* at, const char* end) noexcept {
    if (end - at < 6 || at[0] != '\\' || at[1] != 'u') return -1;
    const auto code = hex_quad(at + 2, end);
    return is_low_surrogate(code) ? code : -1;
}

void append_utf8(std::string& out, int code) {
    const auto byte = [&out](int value) { out += static_cast<char>(value); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xC0 | code >> 6);
        byte(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        byte(0xE0 | code >> 12);
        byte(0x80 | (code >> 6 & 0x3F));
        byte(0x80 | (code & 0x3F));
    } else {
        byte(0xF0 | code >> 18);
        byte(0x80 | (code >> 12 & 0x3F));
        byte(0x80 | (code >> 6 & 0x3F));
        byte(0x80 | (code & 0x3F));
    }
}

char short_escape(char c) noexcept {
    switch (c) {
        case 'b': return '\b';
        case 'f': return '\f';
        case 'n': return '\n';
        case 'r': return '\r';
        case 't': return '\t';
        default: return c;
    }
}

/// A JSON number taken apart: digits with a dot somewhere, and an exponent.
struct number_parts {
    std::string_view digits;  // without sign
    std::int64_t exponent = 0;
};

number_parts take_apart(std::string_view number) noexcept {
    if (number.starts_with('-')) number.remove_prefix(1);
    number_parts parts{.digits = number};
    const auto e = number.find_first_of("eE");
    if (e == std::string_view::npos) return parts;
    parts.digits = number.substr(0, e);
    auto exponent = number.substr(e + 1);
    const bool negative = exponent.starts_with('-');
    if (negative || exponent.starts_with('+')) exponent.remove_prefix(1);
    // Saturates far beyond what a text of bytes can hold in digits, so that sums with digit counts stay right.
    constexpr std::int64_t ceiling = std::int64_t{1} << 50;
    for (const char c : exponent) {
        parts.exponent = parts.exponent * 10 + (c - '0');
        if (parts.exponent > ceiling) parts.exponent = ceiling;
    }
    if (negative) parts.exponent = -parts.exponent;
    return parts;
}

/// The power of ten of the digit at `place` of parts.digits.
std::int64_t exponent_at(const number_parts& parts, std::size_t place) noexcept {
    const auto dot = parts.digits.find('.');
    const auto whole_digits = static_cast<std::int64_t>(dot == std::string_view::npos ? parts.digits.size() : dot);
    const auto at = static_cast<std::int64_t>(place);
    return parts.exponent + (at < whole_digits ? whole_digits - 1 - at : whole_digits - at);
}

std::int64_t first_digit_exponent(std::string_view number) noexcept {
    const auto parts = take_apart(number);
    return exponent_at(parts, parts.digits.find_first_not_of("0."));
}

}  // namespace

std::size_t sequence_length(const char* at, const char* end) noexcept {
    const auto byte = [at](std::size_t i) { return static_cast<unsigned char>(at[i]); };
    const auto left = static_cast<std::size_t>(end - at);
    const auto first = byte(0);
    const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80; };
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return left >= 2 && follows(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        if (left < 3 || !follows(1) || !follows(2)) return 0;
        const bool overlong = first == 0xE0 && byte(1) < 0xA0;
        const bool surrogate = first == 0xED && byte(1) > 0x9F;
        return overlong || surrogate ? 0 : 3;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        if (left < 4 || !follows(1) || !follows(2) || !follows(3)) return 0;
        const bool overlong = first == 0xF0 && byte(1) < 0x90;
        const bool beyond = first == 0xF4 && byte(1) > 0x8F;
        return overlong || beyond ? 0 : 4;
    }
    return 0;
}

bool is_utf8(std::string_view text) noexcept {
    const char* const end = text.data() + text.size();
    constexpr std::uint64_t high_bits = 0x8080808080808080U;
    for (const char* at = text.data(); at != end;) {
        if (end - at >= 8 && (load<std::uint64_t>(at) & high_bits) == 0) {
            at += 8;
            continue;
        }
        const auto bytes = sequence_length(at, end);
        if (bytes == 0) return false;
        at += bytes;
    }
    return true;
}

scanned_string scan_string_tail(const char* at, const char* end) noexcept {
    constexpr scanned_string bad{nullptr, false};
    bool escaped = false;
    while (at != end) {
        const char c = *at;
        if (c == '"') return {at, escaped};
        if (c == '\\') {
            escaped = true;
            if (end - at < 2) return bad;
            const char kind = at[1];
            if (kind == 'u') {
                if (hex_quad(at + 2, end) < 0) return bad;
                at += 6;
            } else if (std::string_view("\"\\/bfnrt").find(kind) != std::string_view::npos) {
                at += 2;
            } else {
                return bad;
            }
        } else if (static_cast<unsigned char>(c) < 0x20) {
            return bad;
        } else if (static_cast<unsigned char>(c) < 0x80) {
            ++at;
        } else {
            const auto bytes = sequence_length(at, end);
            if (bytes == 0) return bad;
            at += bytes;
        }
    }
    return bad;
}

std::size_t length(std::string_view text) noexcept {
    std::size_t count = 0;
    const auto* const end = text.data() + text.size();
    for (const auto* at = text.data(); at != end; ++count) {
        if (*at == '\\' && end - at >= 2) {
            if (at[1] != 'u') {
                at += 2;
                continue;
            }
            const auto code = hex_quad(at + 2, end);
            at = end - at < 6 ? end : at + 6;
            if (is_high_surrogate(code) && low_surrogate(at, end) >= 0) at += 6;
        } else {
            ++at;
            while (at != end && (static_cast<unsigned char>(*at) & 0xC0U) == 0x80) ++at;
        }
    }
    return count;
}

void decode(std::string& out, std::string_view text) {
    const auto* const end = text.data() + text.size();
    for (const auto* at = text.data(); at != end;) {
        if (*at != '\\' || end - at < 2) {
            out += *at++;
            continue;
        }
        if (at[1] != 'u') {
            out += short_escape(at[1]);
            at += 2;
            continue;
        }
        auto code = hex_quad(at + 2, end);
        at = end - at < 6 ? end : at + 6;
        if (is_high_surrogate(code)) {
            const auto low = low_surrogate(at, end);
            if (low >= 0) {
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                at += 6;
            }
        }
        const bool lone = is_high_surrogate(code) || is_low_surrogate(code);
        append_utf8(out, code < 0 || lone ? 0xFFFD : code);
    }
}

bool is_number(std::string_view text) noexcept {
    bool whole = false;
    const auto* const end = text.data() + text.size();
    return scan_number(text.data(), end, whole) == end && !text.empty();
}

std::int64_t last_digit_exponent(std::string_view number) noexcept {
    const auto parts = take_apart(number);
    const auto last = parts.digits.find_last_not_of("0.");
    if (last == std::string_view::npos) return std::numeric_limits<std::int32_t>::max();
    return exponent_at(parts, last);
}

std::optional<std::int64_t> to_integer(std::string_view number) noexcept {
    std::int64_t value = 0;
    constexpr std::size_t surely_fit = 18;
    if (!number.empty() && number.size() <= surely_fit) {
        std::size_t digits = 0;
        for (; digits < number.size() && is_digit(number[digits]); ++digits)
            value = value * 10 + (number[digits] - '0');
        if (digits == number.size()) return value;
        value = 0;
    }
    const auto* const end = number.data() + number.size();
    const auto read = std::from_chars(number.data(), end, value);
    if (read.ptr == end) return read.ec == std::errc() ? std::optional(value) : std::nullopt;
    if (last_digit_exponent(number) < 0) return std::nullopt;
    const auto real = to_double(number);
    // Every integer up to 2^53 is a double.
    if (!real || *real > 9007199254740992.0 || *real < -9007199254740992.0) return std::nullopt;
    return static_cast<std::int64_t>(*real);
}

std::optional<double> to_double(std::string_view number) noexcept {
    double value = 0;
    const auto* const end = number.data() + number.size();
    const auto read = std::from_chars(number.data(), end, value);
    if (read.ec == std::errc::result_out_of_range) {
        // Too small is as good as zero; too large has no value.
        return first_digit_exponent(number) < 0 ? std::optional(0.0) : std::nullopt;
    }
    if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
    return value;
}

}  // namespace voltgate::ocpp::json_text
