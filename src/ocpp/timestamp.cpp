// Reading and writing times.
#include "ocpp/timestamp.hpp"

#include <algorithm>
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

/// "2026-01-02T03:04:05": the part that all forms share.
struct civil_time {
    unsigned year, month, day, hour, minute, second;
    bool blank;  // for T
};
constexpr std::size_t civil_length = 19;

std::optional<civil_time> read_civil(std::string_view text) noexcept {
    if (text.size() < civil_length) return std::nullopt;
    const auto* const at = text.data();
    const bool separated = at[4] == '-' && at[7] == '-' && at[13] == ':' && at[16] == ':';
    if (!separated || (at[10] != 'T' && at[10] != 't' && at[10] != ' ')) return std::nullopt;
    const auto century = two_digits(at);
    const auto year_of_century = two_digits(at + 2);
    const civil_time t{.year = century * 100 + year_of_century,
                       .month = two_digits(at + 5),
                       .day = two_digits(at + 8),
                       .hour = two_digits(at + 11),
                       .minute = two_digits(at + 14),
                       .second = two_digits(at + 17),
                       .blank = at[10] == ' '};
    const bool in_range =
        century < 100 && year_of_century < 100 && t.month - 1 < 12 && t.hour < 24 && t.minute < 60 && t.second <= 60;
    if (!in_range || t.day == 0 || t.day > last_day(t.year, t.month)) return std::nullopt;
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
    std::int64_t value = 0;
    std::size_t digits = 0;
    for (text.remove_prefix(1); !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1)) {
        if (++digits > 9) return std::nullopt;
        value = value * 10 + (text.front() - '0');
    }
    if (digits == 0) return std::nullopt;
    for (; digits < 9; ++digits) value *= 10;
    return nanoseconds(value);
}

/// The clock's range is smaller than four digits of a year: times outside are moved to its nearest end.
system_clock::time_point clamp(sys_seconds second, nanoseconds fraction) noexcept {
    constexpr auto first = ceil<seconds>(system_clock::time_point::min());
    constexpr auto last = floor<seconds>(system_clock::time_point::max()) - seconds(1);
    if (second < first) return system_clock::time_point::min();
    if (second > last) return system_clock::time_point::max();
    return system_clock::time_point(second) + duration_cast<system_clock::duration>(fraction);
}

void append_digits(std::string& out, unsigned value, int count) {
    char text[9];
    for (int i = count; i-- > 0; value /= 10) text[i] = static_cast<char>('0' + value % 10);
    out.append(text, static_cast<std::size_t>(count));
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
    append_digits(out, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    out += '-';
    append_digits(out, static_cast<unsigned>(date.month()), 2);
    out += '-';
    append_digits(out, static_cast<unsigned>(date.day()), 2);
    out += 'T';
    append_digits(out, static_cast<unsigned>(time.hours().count()), 2);
    out += ':';
    append_digits(out, static_cast<unsigned>(time.minutes().count()), 2);
    out += ':';
    append_digits(out, static_cast<unsigned>(time.seconds().count()), 2);
    if (milliseconds) {
        out += '.';
        append_digits(out, static_cast<unsigned>(time.subseconds().count()), 3);
    }
    out += 'Z';
}

}  // namespace voltgate::ocpp
