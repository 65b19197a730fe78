// Readings to their last digit.
#include "events/exact_decimal.hpp"

#include "events/decimal.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

using namespace voltgate;

namespace {

std::string text_of(std::string_view text) {
    const auto number = exact_decimal::read(text);
    return number ? number->text() : "none";
}

exact_decimal read(std::string_view text) {
    const auto number = exact_decimal::read(text);
    REQUIRE(number);
    return *number;
}

std::string shifted(std::string_view text, std::int32_t by) {
    const auto number = read_decimal(text);
    REQUIRE(number);
    return exact_decimal(*number, by).text();
}

}  // namespace

TEST_CASE("One value has one text, without exponent and superfluous zeros") {
    for (const auto* same : {"26000.25", "026000.250", "+26000.25", " 26000.25 ", "2600025e-2", "2.600025E4",
                             "26000.2500e0", "2600.025e+1"}) {
        CAPTURE(same);
        CHECK(text_of(same) == "26000.25");
    }
    for (const auto* zero : {"0", "-0", "0.000", "-0.0", "000", "0e5", ".0", "0."}) {
        CAPTURE(zero);
        CHECK(text_of(zero) == "0");
    }
    CHECK(text_of(".5") == "0.5");
    CHECK(text_of("-.5") == "-0.5");
    CHECK(text_of("5.") == "5");
    CHECK(text_of("1e3") == "1000");
    CHECK(text_of("12e-4") == "0.0012");
    CHECK(text_of("-1e-3") == "-0.001");
    CHECK(text_of("1e30") == "1" + std::string(30, '0'));
}

TEST_CASE("What is no number is none") {
    for (const auto* text : {"", " ", "-", "+", ".", "1,5", "1.2.3", "0x10", "1e", "e5", "1e31", "1e99999", "NaN",
                             "Infinity", "12 kWh", "1 2", "--1"}) {
        CAPTURE(text);
        CHECK(text_of(text) == "none");
    }
    CHECK(text_of(std::string(41, '9')) == "none");
    CHECK(text_of(std::string(40, '9')) == std::string(40, '9'));
}

TEST_CASE("A power of ten moves the point") {
    CHECK(shifted("1.25", 3) == "1250");
    CHECK(shifted("1.2505", 3) == "1250.5");
    CHECK(shifted("125", -2) == "1.25");
    CHECK(shifted("125", -5) == "0.00125");
    CHECK(shifted("1.5e2", 1) == "1500");
    CHECK(shifted("1.5e2", -3) == "0.15");
    CHECK(shifted("0", 30) == "0");
    CHECK(shifted("-0.5", 3) == "-500");
}

TEST_CASE("Differences and sums are exact") {
    CHECK(read("0.3") - read("0.1") == read("0.2"));
    CHECK((read("26010.5") - read("26000.25")).text() == "10.25");
    CHECK((read("1") - read("2.5")).text() == "-1.5");
    CHECK((read("-1") - read("-1")).text() == "0");
    CHECK((read("0.1") + read("0.2")).text() == "0.3");
    CHECK((read("0.75") + read("0.25")).text() == "1");
    CHECK((read("-5") + read("2")).text() == "-3");
    CHECK((read("099") + read("1")).text() == "100");  // not octal
    const std::string large(40, '9');
    CHECK((read(large) + read("1e-30")).text() == large + "." + std::string(29, '0') + "1");
    CHECK((read(large) - read(large)).text() == "0");
}

TEST_CASE("Numbers are ordered by their value") {
    CHECK(read("10") > read("9"));
    CHECK(read("9.9") < read("10"));
    CHECK(read("-10") < read("-9"));
    CHECK(read("0.1") > read("0.09"));
    CHECK(read("1.0") == read("1"));
    CHECK(read("1.50") == read("15e-1"));
    CHECK(read("-0") == exact_decimal(0));
    CHECK((read("1.0") <=> read("1")) == std::strong_ordering::equal);
    CHECK(read("0.000000000000000000000000000001") > exact_decimal(0));
    CHECK(read("1") != read("1.000000000000000000000000000001"));
}

TEST_CASE("Whole numbers of 64 bits are known as such") {
    constexpr auto largest = std::numeric_limits<std::int64_t>::max(),
                   smallest = std::numeric_limits<std::int64_t>::min();
    CHECK(exact_decimal(5).whole() == 5);
    CHECK(read("-5.0").whole() == -5);
    CHECK(read("5e3").whole() == 5000);
    CHECK(exact_decimal(largest).whole() == largest);
    CHECK(exact_decimal(smallest).whole() == smallest);
    CHECK(exact_decimal(smallest).text() == "-9223372036854775808");
    CHECK_FALSE((exact_decimal(largest) + 1).whole());
    CHECK((exact_decimal(largest) + 1).text() == "9223372036854775808");
    CHECK_FALSE(read("5.5").whole());
    CHECK_FALSE(read("1e30").whole());
}
