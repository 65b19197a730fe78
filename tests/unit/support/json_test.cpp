// Reaching into JSON and recognising frames.
#include "support/json.hpp"

#include "support/wait.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

using namespace voltgate::test;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;

TEST_CASE("A JSON pointer reaches a value or says what there was instead", "[support]") {
    const auto whole = parse_json(R"({"a":[{"b":"x"},7]})");
    CHECK(text_at(whole, "/a/0/b") == "x");
    CHECK(number_at(whole, "/a/1") == 7);
    CHECK(has(whole, "/a"));
    CHECK_FALSE(has(whole, "/c"));
    CHECK_THROWS_MATCHES(at(whole, "/c"), unexpected, MessageMatches(ContainsSubstring(R"({"a":[{"b":"x"},7]})")));
    CHECK_THROWS_AS(text_at(whole, "/a/1"), unexpected);
    CHECK_THROWS_AS(number_at(whole, "/a/0/b"), unexpected);
}

TEST_CASE("Frames are recognised by all of their parts", "[support]") {
    CHECK(is_call(R"([2,"1","Reset",{"type":"Hard"}])", "Reset"));
    CHECK_FALSE(is_call(R"([2,"1","Reset",{"type":"Hard"}])", "ClearCache"));
    CHECK_FALSE(is_call(R"([2,"1","Reset",null])", "Reset"));
    CHECK_FALSE(is_call(R"([2,1,"Reset",{}])", "Reset"));
    CHECK(is_call_result(R"([3,"1",{}])", "1"));
    CHECK_FALSE(is_call_result(R"([3,"1",{},0])", "1"));
    CHECK(is_call_error(R"([4,"1","GenericError","",{}])", "1", "GenericError"));
    CHECK_FALSE(is_call_error(R"([4,"1","GenericError",""])", "1", "GenericError"));
    CHECK_FALSE(is_call_error("not JSON", "1", "GenericError"));
}

TEST_CASE("A UTC timestamp is one with Z and nothing odd", "[support]") {
    CHECK(is_utc_timestamp("2026-01-02T03:04:05Z"));
    CHECK(is_utc_timestamp("2026-01-02T03:04:05.678Z"));
    CHECK_FALSE(is_utc_timestamp("2026-01-02T03:04:05"));
    CHECK_FALSE(is_utc_timestamp("2026-01-02 03:04:05Z"));
    CHECK_FALSE(is_utc_timestamp("2026-01-02T03:04:05+00:00"));
    CHECK_FALSE(is_utc_timestamp("2026-01-02T03:04:05.Z"));
}
