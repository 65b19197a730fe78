// Waiting with a deadline.
#include "support/wait.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

using namespace voltgate::test;
using namespace std::chrono_literals;

TEST_CASE("A condition is asked until it is true", "[support]") {
    int asked = 0;
    eventually([&] { return ++asked == 3; }, "the third time");
    CHECK(asked == 3);
}

TEST_CASE("A condition that stays false fails with its description", "[support]") {
    CHECK_THROWS_MATCHES(eventually([] { return false; }, "pigs fly", 1ms), unexpected,
                         Catch::Matchers::MessageMatches(Catch::Matchers::ContainsSubstring("pigs fly")));
}
