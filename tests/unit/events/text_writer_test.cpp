// The writer behind all event payloads.
#include "events/text_writer.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <limits>
#include <string>

using voltgate::text_writer;

TEST_CASE("A writer appends behind what the string holds and cuts off its spare room") {
    std::string out = "before ";
    text_writer w(out, 1000);
    w.put(std::string_view("text "));
    w.put('c');
    w.put(-42);
    w.finish();
    CHECK(out == "before text c-42");
    CHECK(out.size() == 16);
}

TEST_CASE("A writer that wrote nothing leaves the string alone") {
    std::string out = "as it was";
    text_writer w(out, 1000);
    w.put(std::string_view());
    w.finish();
    CHECK(out == "as it was");
}

TEST_CASE("Pieces of every length arrive whole, whatever room was expected") {
    for (const std::size_t expected : {0U, 1U, 64U, 10'000U}) {
        std::string out, wanted;
        text_writer w(out, expected);
        for (std::size_t length = 0; length < 150; ++length) {
            std::string piece(length, ' ');
            for (std::size_t i = 0; i < length; ++i) piece[i] = static_cast<char>('!' + (length + i) % 90);
            w.put(piece);
            wanted += piece;
        }
        w.finish();
        CHECK(out == wanted);
    }
}

TEST_CASE("The longest numbers find room") {
    std::string out;
    text_writer w(out, 0);
    w.put(std::numeric_limits<std::int64_t>::min());
    w.put(',');
    w.put(std::numeric_limits<std::uint64_t>::max());
    w.finish();
    CHECK(out == "-9223372036854775808,18446744073709551615");
}

TEST_CASE("One writer after the other appends to the same string") {
    std::string out;
    for (const std::string_view piece : {"one ", "two ", "three"}) {
        text_writer w(out, 0);
        w.put(piece);
        w.finish();
    }
    CHECK(out == "one two three");
}
