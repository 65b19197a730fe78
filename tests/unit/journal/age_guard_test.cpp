// When what is old may be removed, and when the clock that says so is not to be trusted.
#include "journal/age_guard.hpp"

#include "observe/journal_stats.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace voltgate;
using namespace std::chrono_literals;
using news = age_guard::news;

namespace {

const auto noon = age_guard::utc_time(std::chrono::sys_days(std::chrono::year(2026) / 1 / 2)) + 12h;

/// A machine's two clocks, and a guard that looks at them.
struct machine {
    age_guard::utc_time utc = noon;
    age_guard::steady_time steady{1h};
    age_guard guard{utc, steady, std::nullopt};

    void pass(std::chrono::milliseconds by) {
        utc += by;
        steady += by;
    }
    news look() { return guard.look(utc, steady); }
    /// The gateway runs for so long and looks every second minute.
    news run(std::chrono::minutes by) {
        news last = news::none;
        for (auto left = by; left > 0min && last == news::none; left -= 2min) {
            pass(2min);
            last = look();
        }
        return last;
    }
};

}  // namespace

TEST_CASE("While the clock goes on evenly what is old is removed", "[journal]") {
    machine m;
    CHECK_FALSE(m.guard.held());
    CHECK(m.run(100h) == news::none);
    CHECK_FALSE(m.guard.held());
}

TEST_CASE("A jump either way is held for a day of running", "[journal]") {
    const auto jump = GENERATE(as<std::chrono::hours>(), 2400h, -2400h, 2h, -2h);
    machine m;
    m.run(10h);
    m.utc += jump;
    CHECK(m.look() == news::jumped);
    CHECK(m.guard.held());
    CHECK(m.guard.last_jump() == jump);
    CHECK(m.look() == news::none);
    CHECK(m.run(24h - 2min) == news::none);
    CHECK(m.guard.held());
    CHECK(m.run(2min) == news::goes_on);
    CHECK_FALSE(m.guard.held());
    CHECK(m.run(100h) == news::none);
}

TEST_CASE("Another jump begins the day anew, the way back too", "[journal]") {
    machine m;
    m.utc += 2400h;
    CHECK(m.look() == news::jumped);
    m.run(23h);
    m.utc -= 2400h;
    CHECK(m.look() == news::jumped);
    CHECK(m.guard.last_jump() == -2400h);
    CHECK(m.run(23h) == news::none);
    CHECK(m.guard.held());
    CHECK(m.run(1h) == news::goes_on);
}

TEST_CASE("A jump in several steps is one", "[journal]") {
    machine m;
    m.utc += 40min;
    CHECK(m.look() == news::none);
    m.run(5h);
    m.utc += 40min;
    CHECK(m.look() == news::jumped);
    CHECK(m.guard.last_jump() == 80min);
}

TEST_CASE("Small corrections and drift do not add up", "[journal]") {
    machine m;
    for (int day = 0; day < 100; ++day) {
        m.utc += 10min;
        CHECK(m.run(24h) == news::none);
    }
    CHECK_FALSE(m.guard.held());
}

TEST_CASE("A clock that is confirmed is the right one from then on", "[journal]") {
    machine m;
    CHECK_FALSE(m.guard.confirm(m.utc, m.steady));
    m.utc += 2400h;
    m.look();
    CHECK(m.guard.confirm(m.utc, m.steady));
    CHECK_FALSE(m.guard.held());
    CHECK(m.look() == news::none);
    CHECK_FALSE(m.guard.confirm(m.utc, m.steady));
    m.utc -= 2400h;
    CHECK(m.look() == news::jumped);
}

TEST_CASE("At the start the clock is compared with the last time that is known", "[journal]") {
    const age_guard::steady_time steady{1h};
    CHECK_FALSE(age_guard(noon, steady, noon).held());
    CHECK_FALSE(age_guard(noon, steady, noon - 24h).held());
    CHECK_FALSE(age_guard(noon, steady, noon + 1h).held());
    CHECK(age_guard(noon, steady, noon - 24h - 1s).held());
    CHECK(age_guard(noon, steady, noon + 1h + 1s).held());
    CHECK(age_guard(noon, steady, noon - 2400h).last_jump() == 2400h);
    // From a damaged file: as far as times go.
    CHECK(age_guard(noon, steady, age_guard::utc_time::max()).held());
    CHECK(age_guard(noon, steady, age_guard::utc_time::min()).held());
    age_guard held(noon, steady, noon - 2400h);
    CHECK(held.look(noon + 24h, steady + 24h) == news::goes_on);
}

TEST_CASE("How far a clock jumped is told in hours", "[journal]") {
    CHECK(clock_jump_text(2400h) == "+2400.0 h");
    CHECK(clock_jump_text(-90min) == "-1.5 h");
}
