// The clock that tests move.
#include "support/manual_clock.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace voltgate::test;
using namespace std::chrono_literals;

TEST_CASE("A manual clock moves only when told, both faces together or the wall's alone", "[support]") {
    manual_clock clock;
    const auto steady = clock.steady();
    const auto utc = clock.utc();
    CHECK(utc == std::chrono::sys_days(std::chrono::year(2026) / 1 / 2) + 3h + 4min + 5s);
    clock.advance(90s);
    CHECK(clock.steady() - steady == 90s);
    CHECK(clock.utc() - utc == 90s);
    clock.step_utc(-1h);
    CHECK(clock.steady() - steady == 90s);
    CHECK(clock.utc() - utc == 90s - 1h);
}
