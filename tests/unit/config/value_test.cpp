#include "config/value.hpp"

#include <catch2/catch_test_macros.hpp>

#include <limits>

using namespace voltgate::settings;

TEST_CASE("a duration is a run of numbers with units from large to small") {
    CHECK(parse_time("30s") == 30'000);
    CHECK(parse_time("500ms") == 500);
    CHECK(parse_time("10m") == 600'000);
    CHECK(parse_time("1h30m") == 5'400'000);
    CHECK(parse_time("2d") == 172'800'000);
    CHECK(parse_time("1m5s250ms") == 65'250);
    CHECK(parse_time("0") == 0);
    CHECK(parse_time("0s") == 0);
}

TEST_CASE("what is not a duration is not read as one") {
    for (const auto* text : {"", "30", "s", "30 s", "30S", "1.5s", "-1s", "+1s", "30m1h", "1s1s", "1sx", "1y", "0x1s",
                             "99999999999999999999s", "9223372036854775807d"})
        CHECK(parse_time(text) == std::nullopt);
}

TEST_CASE("a duration is written so that it reads back the same") {
    CHECK(format_time(0) == "0s");
    CHECK(format_time(5'400'000) == "1h30m");
    CHECK(format_time(1'500) == "1s500ms");
    for (const std::int64_t n :
         {std::int64_t{1}, std::int64_t{999}, std::int64_t{86'400'001}, std::numeric_limits<std::int64_t>::max()})
        CHECK(parse_time(format_time(n)) == n);
}

TEST_CASE("a size is a number of bytes or of binary units") {
    CHECK(parse_size("16384") == 16384);
    CHECK(parse_size("16384B") == 16384);
    CHECK(parse_size("256KiB") == 262'144);
    CHECK(parse_size("1MiB") == 1'048'576);
    CHECK(parse_size("2GiB") == 2'147'483'648);
    for (const auto* text : {"", "KiB", "1KB", "1kib", "1 MiB", "1.5MiB", "-1", "1MiB1KiB", "9223372036854775807GiB"})
        CHECK(parse_size(text) == std::nullopt);
}

TEST_CASE("a size is written in the largest unit that holds it exactly") {
    CHECK(format_size(0) == "0");
    CHECK(format_size(1) == "1");
    CHECK(format_size(1024) == "1KiB");
    CHECK(format_size(1025) == "1025");
    CHECK(format_size(3 * 1024 * 1024) == "3MiB");
}

TEST_CASE("the ends of a range are allowed and what lies beyond is not") {
    const auto rules = number(1, 10);
    CHECK_FALSE(problem(rules, value(std::int64_t{1})));
    CHECK_FALSE(problem(rules, value(std::int64_t{10})));
    CHECK(problem(rules, value(std::int64_t{0})).text() == "0 is out of range; allowed: 1 to 10");
    CHECK(problem(rules, value(std::int64_t{11})).text() == "11 is out of range; allowed: 1 to 10");
    CHECK(problem(time(1000, 60'000, 1000), value(std::int64_t{1500})).text() ==
          "1s500ms is not a multiple of 1s; allowed: 1s to 1m");
}

TEST_CASE("a variable's list is split at commas and trimmed") {
    const auto rules = texts([](std::string_view) { return true; }, "anything");
    CHECK(read_text(rules, "a, b ,c").value == value(std::vector<std::string>{"a", "b", "c"}));
    CHECK(read_text(rules, " ").value == value(std::vector<std::string>{}));
    for (const auto* text : {"a,,b", "a,", ",", ", a"}) {
        CAPTURE(text);
        CHECK_FALSE(read_text(rules, text).value);
        CHECK(read_text(rules, text).problem.find("[\"a\", \"\"]") != std::string::npos);
    }
}

TEST_CASE("long and hostile text is shortened and escaped in messages") {
    const auto rules = text([](std::string_view) { return false; }, "nothing");
    const auto what = problem(rules, value("a\n\"" + std::string(1000, 'x')));
    const auto message = what.text();
    CHECK(message.size() < 200);
    CHECK(message.starts_with("\"a\\n\\\"xxx"));
    CHECK(message.ends_with("allowed: nothing"));
}
