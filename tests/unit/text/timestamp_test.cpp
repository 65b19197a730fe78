#include "text/timestamp.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string>

using namespace voltgate::ocpp;
using namespace std::chrono;

namespace {

constexpr std::int64_t new_year_2026 = 1767225600;  // 2026-01-01T00:00:00Z in seconds since 1970

/// Nanoseconds since 1970 of a text that must be readable.
std::int64_t nanoseconds_of(std::string_view text) {
    const auto reading = read_timestamp(text);
    INFO(text);
    REQUIRE(reading);
    return duration_cast<nanoseconds>(reading->time.time_since_epoch()).count();
}

std::int64_t seconds_of(std::string_view text) { return nanoseconds_of(text) / 1'000'000'000; }

bool odd(std::string_view text) {
    const auto reading = read_timestamp(text);
    INFO(text);
    REQUIRE(reading);
    CHECK(is_rfc3339(text) == !reading->odd);
    return reading->odd;
}

std::string written(system_clock::time_point t, bool milliseconds) {
    std::string out = ">";
    append_timestamp(out, t, milliseconds);
    return out.substr(1);
}

}  // namespace

TEST_CASE("RFC 3339 times are read") {
    constexpr auto expected = new_year_2026 + 24 * 3600 + 3 * 3600 + 4 * 60 + 5;
    CHECK(seconds_of("2026-01-02T03:04:05Z") == expected);
    CHECK(seconds_of("2026-01-02t03:04:05z") == expected);
    CHECK(seconds_of("2026-01-02T05:04:05+02:00") == expected);
    CHECK(seconds_of("2026-01-01T21:34:05-05:30") == expected);
    CHECK(nanoseconds_of("2026-01-02T03:04:05.678Z") == expected * 1'000'000'000 + 678'000'000);
    CHECK(nanoseconds_of("2026-01-02T03:04:05.1Z") == expected * 1'000'000'000 + 100'000'000);
    CHECK(nanoseconds_of("2026-01-02T03:04:05.123456789+00:00") == expected * 1'000'000'000 + 123'456'789);
    CHECK(seconds_of("2023-12-31T23:59:60Z") == seconds_of("2024-01-01T00:00:00Z"));
    for (const auto* text : {"2026-01-02T03:04:05Z", "2026-01-02t03:04:05z", "2026-01-02T05:04:05+02:00",
                             "2026-01-02T03:04:05.123456789-11:59"})
        CHECK_FALSE(odd(text));
}

TEST_CASE("times in forms that charge points write are read and called odd") {
    constexpr auto expected = new_year_2026 + 24 * 3600 + 3 * 3600 + 4 * 60 + 5;
    CHECK(seconds_of("2026-01-02T03:04:05") == expected);
    CHECK(seconds_of("2026-01-02 03:04:05Z") == expected);
    CHECK(seconds_of("2026-01-02T05:04:05+02") == expected);
    CHECK(seconds_of("2026-01-02T05:04:05+0200") == expected);
    CHECK(nanoseconds_of("2026-01-02 03:04:05.5") == expected * 1'000'000'000 + 500'000'000);
    for (const auto* text : {"2026-01-02T03:04:05", "2026-01-02 03:04:05Z", "2026-01-02T05:04:05+02",
                             "2026-01-02T05:04:05+0200", "2026-01-02T03:04:05.25"})
        CHECK(odd(text));
}

TEST_CASE("times of a clock that was never set are read") {
    CHECK(seconds_of("1970-01-01T00:00:00Z") == 0);
    CHECK_FALSE(odd("0001-01-01T00:00:00Z"));
    CHECK(read_timestamp("0001-01-01T00:00:00Z")->time == system_clock::time_point::min());
    CHECK(read_timestamp("9999-12-31T23:59:59Z")->time == system_clock::time_point::max());
    CHECK(written(read_timestamp("0001-01-01T00:00:00Z")->time, false).size() == 20);
    CHECK(written(read_timestamp("9999-12-31T23:59:59Z")->time, true).size() == 24);
}

TEST_CASE("days are those of the calendar") {
    CHECK(read_timestamp("2024-02-29T00:00:00Z"));
    CHECK(read_timestamp("2000-02-29T00:00:00Z"));
    for (const auto* text :
         {"2026-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-00-01T00:00:00Z",
          "2026-13-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-32T00:00:00Z"})
        CHECK_FALSE(read_timestamp(text));
    // The days of a year, one by one, against the calendar of the library.
    for (auto day = sys_days(year(2024) / 1 / 1); day < sys_days(year(2026) / 1 / 1); day += days(1)) {
        const auto text = written(day, false);
        const auto reading = read_timestamp(text);
        INFO(text);
        REQUIRE(reading);
        CHECK(reading->time == day);
    }
}

TEST_CASE("what is no date and time is not read") {
    for (const auto* text : {"",
                             "now",
                             "2026-01-02",
                             "2026-01-02T03:04",
                             "2026-01-02T03:04Z",
                             "20260102T030405Z",
                             "2026-1-2T03:04:05Z",
                             "2026-01-02T24:00:00Z",
                             "2026-01-02T03:60:00Z",
                             "2026-01-02T03:04:61Z",
                             "2026-01-02T03:04:05.Z",
                             "2026-01-02T03:04:05.",
                             "2026-01-02T03:04:05.1234567890Z",
                             "2026-01-02T03:04:05Zulu",
                             "2026-01-02T03:04:05 Z",
                             "2026-01-02T03:04:05+",
                             "2026-01-02T03:04:05+2",
                             "2026-01-02T03:04:05+020",
                             "2026-01-02T03:04:05+02-00",
                             "2026-01-02T03:04:05+24:00",
                             "2026-01-02T03:04:05+02:60",
                             "2026-01-02T03:04:05+02:000",
                             "2026/01/02T03:04:05Z",
                             "2026-01-02_03:04:05Z",
                             "-026-01-02T03:04:05Z",
                             "2026-01-02T0x:04:05Z",
                             "2026-01-02T03:04:05.12x"}) {
        INFO(text);
        CHECK_FALSE(read_timestamp(text));
        CHECK_FALSE(is_rfc3339(text));
    }
}

TEST_CASE("every cut of a time is refused or odd, never read beyond its end") {
    const std::string whole = "2026-01-02T03:04:05.678+02:00";
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const std::string cut(whole, 0, length);  // its own allocation: a read beyond the end is seen
        CHECK_FALSE(is_rfc3339(cut));
    }
}

TEST_CASE("times are written in UTC, with milliseconds if asked") {
    const system_clock::time_point t(seconds(new_year_2026 + 1) + milliseconds(678) + microseconds(999));
    CHECK(written(t, false) == "2026-01-01T00:00:01Z");
    CHECK(written(t, true) == "2026-01-01T00:00:01.678Z");
    CHECK(written(system_clock::time_point(milliseconds(-1)), true) == "1969-12-31T23:59:59.999Z");
    CHECK(written(system_clock::time_point(), true) == "1970-01-01T00:00:00.000Z");
}
