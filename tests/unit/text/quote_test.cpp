#include "text/quote.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch_test_macros.hpp>

using voltgate::in_quotes;

TEST_CASE("plain text is only put in quotes") {
    CHECK(in_quotes("") == R"("")");
    CHECK(in_quotes("CP-001 [x]") == R"("CP-001 [x]")");
    CHECK(in_quotes("\xc3\xa9\xe2\x82\xac\xf0\x9f\x94\x8c") == "\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x94\x8c\"");
}

TEST_CASE("quotes, backslashes and control characters are escaped") {
    CHECK(in_quotes("a\"b\\c") == R"("a\"b\\c")");
    CHECK(in_quotes("\n\r\t") == R"("\n\r\t")");
    CHECK(in_quotes(std::string_view("\0\x1b\x7f", 3)) == R"("\u0000\u001b\u007f")");
}

TEST_CASE("characters that terminals and readers obey are escaped") {
    CHECK(in_quotes("\xc2\x9b"
                    "1m") == R"("\u009b1m")");
    CHECK(in_quotes("\xe2\x80\xa8\xe2\x80\xa9") == R"("\u2028\u2029")");
    CHECK(in_quotes("\xc2\xa0\xe2\x80\xaa") == "\"\xc2\xa0\xe2\x80\xaa\"");
}

TEST_CASE("JSON text is brought into one line") {
    std::string out = "x";
    voltgate::append_json_in_line(out, "{\r\n\t\"a\": 1\n}");
    CHECK(out == "x{   \"a\": 1 }");
}

TEST_CASE("bytes that are not UTF-8 are replaced one by one") {
    const std::string r = "\xEF\xBF\xBD";
    CHECK(in_quotes("a\xff"
                    "b") == "\"a" + r + "b\"");
    CHECK(in_quotes("\xc3") == "\"" + r + "\"");
    CHECK(in_quotes("\xc0\xaf") == "\"" + r + r + "\"");
    CHECK(in_quotes("\xed\xa0\x80") == "\"" + r + r + r + "\"");
    CHECK(in_quotes("\xf4\x90\x80\x80") == "\"" + r + r + r + r + "\"");
    CHECK(in_quotes("\xe0\x80\x80") == "\"" + r + r + r + "\"");
    CHECK(in_quotes("\xe2\x82") == "\"" + r + r + "\"");
}

TEST_CASE("every string of two bytes becomes a valid JSON string") {
    for (int a = 0; a < 256; ++a)
        for (int b = 0; b < 256; ++b) {
            const std::string text = {static_cast<char>(a), static_cast<char>(b)};
            boost::system::error_code error;
            const auto value = boost::json::parse(in_quotes(text), error);
            if (error || !value.is_string()) FAIL("bytes " << a << ' ' << b);
        }
}
