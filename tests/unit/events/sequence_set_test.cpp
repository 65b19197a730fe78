// Which sequence numbers have come.
#include "events/sequence_set.hpp"

#include <catch2/catch_test_macros.hpp>

#include <initializer_list>

using voltgate::sequence_set;

namespace {

sequence_set of(std::initializer_list<std::int64_t> numbers) {
    sequence_set s;
    for (const auto n : numbers) s.add(n);
    return s;
}

}  // namespace

TEST_CASE("Sequence numbers in order are one range") {
    const auto s = of({0, 1, 2, 3});
    CHECK(s.text() == "0-3");
    CHECK_FALSE(s.has_gaps());
    CHECK(s.contains(2));
    CHECK_FALSE(s.contains(4));
}

TEST_CASE("Sequence numbers out of order fill their gaps") {
    CHECK(of({0, 3}).text() == "0,3");
    CHECK(of({0, 3, 1}).text() == "0-1,3");
    CHECK(of({0, 3, 1, 2}).text() == "0-3");
    CHECK(of({5, 3, 4}).text() == "3-5");
    CHECK(of({5, 1}).text() == "1,5");
    CHECK(of({5, 5}).text() == "5");
    CHECK(of({1, 3, 5, 3, 2}).text() == "1-3,5");
}

TEST_CASE("What is missing is told once") {
    auto s = of({0});
    CHECK(s.missing_before(1) == 0);
    CHECK(s.missing_before(4) == 3);
    s.add(4);
    CHECK(s.missing_before(2) == 0);
    CHECK(s.missing_before(5) == 0);
    CHECK(sequence_set().missing_before(7) == 0);
}

TEST_CASE("A set survives being written and read") {
    for (const auto* text : {"", "7", "0-5", "0-5,7,9-12"}) CHECK(sequence_set(text).text() == text);
    CHECK(sequence_set("x").empty());
    CHECK(sequence_set("5-3").empty());
    CHECK(sequence_set("1,,3").text() == "1");
}

TEST_CASE("Of too many gaps those furthest back are forgotten") {
    sequence_set s;
    for (std::int64_t n = 0; n < 200; n += 2) s.add(n);
    CHECK_FALSE(s.contains(0));
    CHECK(s.contains(198));
    CHECK(s.text().size() < 200);
}

TEST_CASE("The number that has just come is never among the forgotten") {
    sequence_set s;
    for (std::int64_t n = 100; n < 100 + 2 * static_cast<std::int64_t>(sequence_set::most_ranges); n += 2) s.add(n);
    s.add(5);
    CHECK(s.contains(5));
    CHECK_FALSE(s.contains(100));
    CHECK(s.contains(102));
}
