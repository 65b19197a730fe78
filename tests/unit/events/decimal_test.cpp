// Decimal numbers as chargers write them.
#include "events/decimal.hpp"

#include "events/text_writer.hpp"

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>

namespace {

using namespace voltgate;

/// The JSON number made of `text`; nullopt: it is no number.
std::optional<std::string> number(std::string_view text, std::int32_t shift = 0) {
    const auto read = read_decimal(text);
    if (!read) return std::nullopt;
    std::string out;
    text_writer w(out, 0);
    put_decimal(w, *read, shift);
    w.finish();
    return out;
}

}  // namespace

TEST_CASE("A decimal number that is JSON already stays as it is") {
    for (const auto* text : {"0", "-0", "12", "1250.50", "-0.001", "1e3", "1.5E-3", "0.0"}) {
        CAPTURE(text);
        CHECK(number(text) == text);
        CHECK(read_decimal(text)->is_json);
    }
}

TEST_CASE("Spellings that JSON does not know are made into JSON") {
    CHECK(number("+1") == "1");
    CHECK(number("007") == "7");
    CHECK(number("00") == "0");
    CHECK(number("-00.50") == "-0.50");
    CHECK(number(".5") == "0.5");
    CHECK(number("5.") == "5");
    CHECK(number(" 12.5\t") == "12.5");
    CHECK(number("+.5e2") == "0.5e2");
    CHECK(number("01E+05") == "1e5");
}

TEST_CASE("A text that is no decimal number is told") {
    for (const auto* text : {"",      " ",   "-",    "+",     ".",    "-.",    "e5",
                             "1e",    "1e+", "12,5", "1 2",   "0x10", "NaN",   "Infinity",
                             "1.2.3", "--1", "+-1",  "12kWh", "1e31", "1e-31", "1e99999999999999999999"}) {
        CAPTURE(text);
        CHECK_FALSE(number(text).has_value());
    }
}

TEST_CASE("A number may have forty digits and no more") {
    CHECK(number(std::string(40, '9')) == std::string(40, '9'));
    CHECK_FALSE(number(std::string(41, '9')).has_value());
    CHECK_FALSE(number("0." + std::string(40, '1')).has_value());
    CHECK_FALSE(number(std::string(1'000'000, '0')).has_value());
}

TEST_CASE("Shifting moves the point and never rounds") {
    CHECK(number("1.25", 3) == "1250");
    CHECK(number("1.23456", 3) == "1234.56");
    CHECK(number("12", 3) == "12000");
    CHECK(number("-0.1", 3) == "-100");
    CHECK(number("0.0005", 3) == "0.5");
    CHECK(number("0.05", 3) == "50");
    CHECK(number(".5", 3) == "500");
    CHECK(number("3.680", 3) == "3680");
    CHECK(number("0.1234567890123456789", 3) == "123.4567890123456789");
}

TEST_CASE("Shifting keeps zero a number") {
    CHECK(number("0", 3) == "0");
    CHECK(number("0.000", 3) == "0");
    CHECK(number("0.0000", 3) == "0.0");
    CHECK(number("-0.0", 3) == "-0");
    CHECK(number("00", 3) == "0");
}

TEST_CASE("Shifting a number with an exponent changes the exponent") {
    CHECK(number("1.5e3", 3) == "1.5e6");
    CHECK(number("1.5e-3", 3) == "1.5e0");
    CHECK(number("2E30", 3) == "2e33");
}

TEST_CASE("The quick test for plain decimals agrees with the full reading") {
    for (const auto* text : {"0", "7", "12.5", "-3.0", "0.001", "1234567890123456"}) {
        CAPTURE(text);
        CHECK(is_plain_decimal(text));
        CHECK(number(text) == text);
    }
    for (const auto* text :
         {"", "-", ".5", "5.", "007", "+1", "1e3", " 1", "12345678901234567", "-.5", "1.2.3", "1a"}) {
        CAPTURE(text);
        CHECK_FALSE(is_plain_decimal(text));
    }
}
