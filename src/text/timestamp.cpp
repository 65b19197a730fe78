// Reading and writing times.
#include "text/timestamp.hpp"

#include "text/bytes.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace voltgate::ocpp {

namespace {

using namespace std::chrono;

/// The two digits at `at`; 100 or more when they are none.
unsigned two_digits(const char* at) noexcept {
    const auto tens = static_cast<unsigned>(static_cast<unsigned char>(at[0])) - '0';
    const auto ones = static_cast<unsigned>(static_cast<unsigned char>(at[1])) - '0';
    return tens < 10 && ones < 10 ? tens * 10 + ones : 100;
}

unsigned last_day(unsigned year, unsigned month) noexcept {
    if (month != 2) return (month + month / 8) % 2 == 1 ? 31 : 30;
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
}

/// What eight characters have to be: digits where it has a 0, elsewhere what it has.
struct pattern {
    consteval explicit pattern(const char (&from)[9]) {
        for (int i = 8; i-- > 0;) {
            characters = characters << 8U | static_cast<unsigned char>(from[i]);
            most = most << 8U | (from[i] == '0' ? 9U : 0U);
        }
    }
    std::uint64_t characters = 0, most = 0;  // most: by what a character may be above the pattern's
};

/// Eight characters read at once.
class eight_characters {
  public:
    eight_characters(const char* at, pattern p) noexcept : above_(load<std::uint64_t>(at) ^ p.characters) {
        constexpr std::uint64_t each = 0x0101010101010101U;
        fits_ = ((above_ | (above_ + (each * 0x7FU - p.most))) & each * 0x80U) == 0;
    }
    [[nodiscard]] bool fits() const noexcept { return fits_; }
    /// The number that the digits at `place` and behind it spell, where it fits.
    [[nodiscard]] unsigned pair(unsigned place) const noexcept {
        return (above_ * 10 + (above_ >> 8U)) >> (8 * place) & 0xFFU;
    }

  private:
    std::uint64_t above_;
    bool fits_;
};

/// "2026-01-02T03:04:05": the part that all forms share.
struct civil_time {
    unsigned year, month, day, hour, minute, second;
    bool blank;  // for T
};
constexpr std::size_t civil_length = 19;

[[gnu::always_inline]] inline std::optional<civil_time> read_civil(std::string_view text) noexcept {
    if (text.size() < civil_length) return std::nullopt;
    const auto* const at = text.data();
    const eight_characters date(at, pattern("0000-00-"));
    const eight_characters time(at + 11, pattern("00:00:00"));
    if (!date.fits() || !time.fits() || (at[10] != 'T' && at[10] != 't' && at[10] != ' ')) return std::nullopt;
    const civil_time t{.year = date.pair(0) * 100 + date.pair(2),
                       .month = date.pair(5),
                       .day = two_digits(at + 8),
                       .hour = time.pair(0),
                       .minute = time.pair(3),
                       .second = time.pair(6),
                       .blank = at[10] == ' '};
    const bool in_range = t.month - 1 < 12 && t.hour < 24 && t.minute < 60 && t.second <= 60;
    if (!in_range || t.day == 0 || (t.day > 28 && t.day > last_day(t.year, t.month))) return std::nullopt;
    return t;
}

struct zone {
    minutes offset{};
    bool odd = false;
};

std::optional<zone> read_zone(std::string_view text) noexcept {
    if (text.empty()) return zone{.odd = true};
    if (text == "Z" || text == "z") return zone{};
    const bool signed_offset = text.front() == '+' || text.front() == '-';
    // +hh, +hhmm, +hh:mm
    if (!signed_offset || (text.size() != 3 && text.size() != 5 && text.size() != 6)) return std::nullopt;
    if (text.size() == 6 && text[3] != ':') return std::nullopt;
    const auto hour = two_digits(text.data() + 1);
    const auto minute = text.size() == 3 ? 0 : two_digits(text.data() + text.size() - 2);
    if (hour > 23 || minute > 59) return std::nullopt;
    const auto offset = hours(hour) + minutes(minute);
    return zone{.offset = text.front() == '-' ? -offset : offset, .odd = text.size() != 6};
}

/// Takes ".25" off the text's front; nullopt without digits or with more than nine.
std::optional<nanoseconds> take_fraction(std::string_view& text) noexcept {
    if (!text.starts_with('.')) return nanoseconds(0);
    constexpr std::array<std::int64_t, 10> units{1'000'000'000, 100'000'000, 10'000'000, 1'000'000, 100'000,
                                                 10'000,        1'000,       100,        10,        1};
    std::int64_t value = 0;
    std::size_t end = 1;
    for (; end < text.size() && text[end] >= '0' && text[end] <= '9'; ++end) {
        if (end >= units.size()) return std::nullopt;
        value = value * 10 + (text[end] - '0');
    }
    if (end == 1) return std::nullopt;
    text.remove_prefix(end);
    return nanoseconds(value * units[end - 1]);
}

/// The clock's range is smaller than four digits of a year: times outside are moved to its nearest end.
system_clock::time_point clamp(sys_seconds second, nanoseconds fraction) noexcept {
    constexpr auto first = ceil<seconds>(system_clock::time_point::min());
    constexpr auto last = floor<seconds>(system_clock::time_point::max()) - seconds(1);
    if (second < first) return system_clock::time_point::min();
    if (second > last) return system_clock::time_point::max();
    return system_clock::time_point(second) + duration_cast<system_clock::duration>(fraction);
}

/// The last `count` digits of `value`.
[[gnu::always_inline]] inline char* put_digits(char* at, unsigned value, unsigned count) noexcept {
    for (unsigned i = count; i-- > 0; value /= 10) at[i] = static_cast<char>('0' + value % 10);
    return at + count;
}

}  // namespace

bool is_rfc3339(std::string_view text) noexcept {
    const auto civil = read_civil(text);
    if (!civil || civil->blank) return false;
    auto rest = text.substr(civil_length);
    if (rest == "Z") return true;
    if (!take_fraction(rest)) return false;
    const auto offset = read_zone(rest);
    return offset && !offset->odd;
}

std::optional<timestamp_reading> read_timestamp(std::string_view text) noexcept {
    const auto civil = read_civil(text);
    if (!civil) return std::nullopt;
    auto rest = text.substr(civil_length);
    const auto fraction = take_fraction(rest);
    if (!fraction) return std::nullopt;
    const auto offset = read_zone(rest);
    if (!offset) return std::nullopt;
    const year_month_day date{year(static_cast<int>(civil->year)), month(civil->month), day(civil->day)};
    const sys_seconds second =
        sys_days(date) + hours(civil->hour) + minutes(civil->minute) + seconds(civil->second) - offset->offset;
    return timestamp_reading{.time = clamp(second, *fraction), .odd = civil->blank || offset->odd};
}

void append_timestamp(std::string& out, system_clock::time_point t, bool milliseconds) {
    // The clock's first day is not whole: its midnight cannot be told as a time_point.
    const auto shown = std::max(t, system_clock::time_point(ceil<days>(system_clock::time_point::min())));
    const auto day_start = floor<days>(shown);
    const year_month_day date{day_start};
    const hh_mm_ss time{floor<std::chrono::milliseconds>(shown - day_start)};
    char text[sizeof "2026-01-02T03:04:05.678Z"];
    char* at = put_digits(text, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    *at++ = '-';
    at = put_digits(at, static_cast<unsigned>(date.month()), 2);
    *at++ = '-';
    at = put_digits(at, static_cast<unsigned>(date.day()), 2);
    *at++ = 'T';
    at = put_digits(at, static_cast<unsigned>(time.hours().count()), 2);
    *at++ = ':';
    at = put_digits(at, static_cast<unsigned>(time.minutes().count()), 2);
    *at++ = ':';
    at = put_digits(at, static_cast<unsigned>(time.seconds().count()), 2);
    if (milliseconds) {
        *at++ = '.';
        at = put_digits(at, static_cast<unsigned>(time.subseconds().count()), 3);
    }
    *at++ = 'Z';
    out.append(text, static_cast<std::size_t>(at - text));
}

}  // namespace voltgate::ocpp
