#include "text/json_text.hpp"

#include <catch2/catch_test_macros.hpp>

#include <limits>
#include <string>

using namespace voltgate::ocpp;

TEST_CASE("numbers are those of JSON") {
    for (const auto* text : {"0", "-0", "7", "10", "-12", "1.5", "0.10", "1e5", "1E+5", "1.25e-3", "-0.0e0"})
        CHECK(json_text::is_number(text));
    for (const auto* text : {"", "-", "+1", "01", "-01", "1.", ".5", "1e", "1e+", "0x1", "1 ", " 1", "1.5.5", "1e5.0",
                             "NaN", "Infinity", "--1", "1-"})
        CHECK_FALSE(json_text::is_number(text));
}

TEST_CASE("the place of a number's last digit is found in its text") {
    const auto exponent = json_text::last_digit_exponent;
    CHECK(exponent("5") == 0);
    CHECK(exponent("50") == 1);
    CHECK(exponent("8.1") == -1);
    CHECK(exponent("8.15") == -2);
    CHECK(exponent("8.10") == -1);
    CHECK(exponent("8.00") == 0);
    CHECK(exponent("80.0") == 1);
    CHECK(exponent("81e-1") == -1);
    CHECK(exponent("815E-2") == -2);
    CHECK(exponent("810e-2") == -1);
    CHECK(exponent("0.25e2") == 0);
    CHECK(exponent("-0.001") == -3);
    CHECK(exponent("1e99999999999999999999") > 1'000'000);
    CHECK(exponent("1e-99999999999999999999") < -1'000'000);
    CHECK(exponent("0") > 1000);
    CHECK(exponent("0.000e-5") > 1000);
}

TEST_CASE("integers are exact") {
    const auto integer = json_text::to_integer;
    CHECK(integer("0") == 0);
    CHECK(integer("-0") == 0);
    CHECK(integer("9223372036854775807") == std::numeric_limits<std::int64_t>::max());
    CHECK(integer("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
    CHECK_FALSE(integer("9223372036854775808"));
    CHECK_FALSE(integer("1e30"));
    CHECK(integer("12.0") == 12);
    CHECK(integer("1.2e1") == 12);
    CHECK(integer("-120e-1") == -12);
    CHECK_FALSE(integer("12.5"));
    CHECK_FALSE(integer("1e-400"));
    CHECK_FALSE(integer("1e400"));
    CHECK(integer("0.0") == 0);
}

TEST_CASE("doubles are read within their range") {
    const auto real = json_text::to_double;
    CHECK(real("12.5") == 12.5);
    CHECK(real("-1e3") == -1000.0);
    CHECK(real("1e-400") == 0.0);
    CHECK(real("0." + std::string(400, '0') + "1") == 0.0);
    CHECK_FALSE(real("1e400"));
    CHECK_FALSE(real("-1e400"));
    CHECK_FALSE(real(std::string(400, '9')));
    CHECK_FALSE(real(std::string(400, '9') + ".5"));
}

TEST_CASE("a string ends at its first bare quote, wherever that stands") {
    for (std::size_t length = 0; length < 70; ++length) {
        for (const std::string filler : {"a", "\xC3\xA9", "\\n", "\\u00e9", "\xF0\x9F\x98\x80"}) {
            std::string text;
            for (std::size_t i = 0; i < length; ++i) text += i % 7 == 3 ? filler : "x";
            for (const std::string behind : {"", "}", ",\"next\":\"value of the next\"}"}) {
                const auto whole = text + '"' + behind;
                const auto* const begin = whole.data();
                const auto found = json_text::scan_string(begin, begin, begin + whole.size());
                INFO(whole);
                REQUIRE(found.close != nullptr);
                CHECK(static_cast<std::size_t>(found.close - begin) == text.size());
                CHECK(found.escaped == (text.find('\\') != std::string::npos));
                const auto unfinished = json_text::scan_string(begin, begin, begin + text.size());
                CHECK(unfinished.close == nullptr);
            }
        }
    }
}

TEST_CASE("strings with control characters, bad escapes or bad UTF-8 are none, wherever those stand") {
    for (const std::string& bad :
         {std::string(1, '\0'), std::string("\x1F"), std::string("\n"), std::string("\\x"), std::string("\\u12g4"),
          std::string("\xFF"), std::string("\x80"), std::string("\xC0\xAF"), std::string("\xC1\xBF"),
          std::string("\xE0\x80\xAF"), std::string("\xED\xA0\x80"), std::string("\xED\xBF\xBF"),
          std::string("\xF0\x80\x80\x80"), std::string("\xF4\x90\x80\x80"), std::string("\xF5\x80\x80\x80"),
          std::string("\xC3"), std::string("\xE4\xB8"), std::string("\xF0\x9F\x98")}) {
        for (std::size_t before = 0; before < 40; ++before) {
            const auto text = std::string(before, 'x') + bad + std::string(20, 'y') + "\"" + std::string(20, ' ');
            const auto* const begin = text.data();
            INFO(text);
            CHECK(json_text::scan_string(begin, begin, begin + text.size()).close == nullptr);
        }
    }
}
