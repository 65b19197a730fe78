// JSON text as bytes: scanning of strings and numbers, and what their text means. Nothing here allocates but decode.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace voltgate::ocpp::json_text {

[[nodiscard]] inline bool is_blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
[[nodiscard]] inline bool is_digit(char c) noexcept { return static_cast<unsigned char>(c - '0') < 10; }

[[nodiscard]] inline const char* skip_blanks(const char* at, const char* end) noexcept {
    // Blanks are rare in what machines write: one comparison tells.
    while (at != end && static_cast<unsigned char>(*at) <= ' ' && is_blank(*at)) ++at;
    return at;
}

/// The byte at `at`; at the end NUL, which no JSON syntax knows.
[[nodiscard]] inline char peek(const char* at, const char* end) noexcept { return at == end ? '\0' : *at; }

/// Length of the well-formed UTF-8 sequence at `at`, which is not the end; 0 when there is none.
[[nodiscard]] std::size_t sequence_length(const char* at, const char* end) noexcept;

[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

struct scanned_string {
    const char* close;  // the closing quote; null: not a JSON string
    bool escaped;       // there are escapes
};

/// Rest of scan_string, byte by byte: escapes, UTF-8, the text's last bytes.
[[nodiscard]] scanned_string scan_string_tail(const char* at, const char* end) noexcept;

/// `at`: behind the opening quote, in a text from `begin` to `end`. No JSON strings are: unfinished ones, control
/// characters, bad escapes, bad UTF-8. Lone surrogates in \u escapes are allowed.
[[nodiscard]] [[gnu::always_inline]] inline scanned_string scan_string(const char* begin, const char* at,
                                                                       const char* end) noexcept {
#ifdef __SSE2__
    // A bit for each of 16 bytes that is neither quote nor backslash nor control character nor beyond ASCII.
    const auto plain_bytes = [](const char* from) {
        const auto bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
        // As signed bytes, control characters and what is not ASCII are both below the blank.
        const auto printable = _mm_cmpgt_epi8(bytes, _mm_set1_epi8(' ' - 1));
        const auto special =
            _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
        return static_cast<unsigned>(_mm_movemask_epi8(_mm_andnot_si128(special, printable)));
    };
    for (; end - at >= 16; at += 16) {
        const auto plain = plain_bytes(at);
        if (plain == 0xFFFF) continue;
        at += std::countr_one(plain);
        if (*at == '"') return {at, false};
        return scan_string_tail(at, end);
    }
    if (end - begin >= 16) {
        // The text's last bytes, without those before `at`.
        at += std::countr_one(plain_bytes(end - 16) >> (16 - (end - at)));
        if (at != end && *at == '"') return {at, false};
    }
#else
    static_cast<void>(begin);
#endif
    return scan_string_tail(at, end);
}

/// `at`: the number's first byte. Behind its last byte, or null when it is no JSON number. `whole`: has neither
/// fraction nor exponent.
[[nodiscard]] inline const char* scan_number(const char* at, const char* end, bool& whole) noexcept {
    if (peek(at, end) == '-') ++at;
    if (!is_digit(peek(at, end))) return nullptr;
    if (*at == '0') {
        ++at;
    } else {
        while (at != end && is_digit(*at)) ++at;
    }
    whole = true;
    if (peek(at, end) == '.') {
        whole = false;
        ++at;
        if (!is_digit(peek(at, end))) return nullptr;
        while (at != end && is_digit(*at)) ++at;
    }
    if (const char c = peek(at, end); c == 'e' || c == 'E') {
        whole = false;
        ++at;
        if (const char sign = peek(at, end); sign == '+' || sign == '-') ++at;
        if (!is_digit(peek(at, end))) return nullptr;
        while (at != end && is_digit(*at)) ++at;
    }
    return at;
}

/// Code points of a string's JSON text (without quotes); a pair of \u surrogates is one.
[[nodiscard]] std::size_t length(std::string_view text) noexcept;

/// Appends the value of a string's JSON text (without quotes).
void decode(std::string& out, std::string_view text);

/// Whether `text` is a JSON number from end to end.
[[nodiscard]] bool is_number(std::string_view text) noexcept;

/// The power of ten of a JSON number's last digit that is not 0: "81e-1" -1, "1200" 2. Large for zero.
[[nodiscard]] std::int64_t last_digit_exponent(std::string_view number) noexcept;

// Values of JSON numbers. to_integer: nullopt for what is no integer or does not fit; 12.0 and 1.2e1 are integers.
// to_double: nullopt for what is beyond its range.
[[nodiscard]] std::optional<std::int64_t> to_integer(std::string_view number) noexcept;
[[nodiscard]] std::optional<double> to_double(std::string_view number) noexcept;

}  // namespace voltgate::ocpp::json_text
