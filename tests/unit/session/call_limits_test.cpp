#include "session/call_limits.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace voltgate;
using namespace std::chrono_literals;

namespace {

const call_limits::time_point start{1h};

charge_point_settings settings(rate_limit all, std::vector<charge_point_settings::action_rate> actions = {}) {
    config c;
    auto s = settings_for(c, "CP-1");
    s.messages = all;
    s.actions = std::move(actions);
    return s;
}

int taken(call_limits& limits, std::string_view action, call_limits::time_point now = start) {
    int n = 0;
    while (n < 1000 && limits.take(now, action)) ++n;
    return n;
}

}  // namespace

TEST_CASE("all CALLs of a charge point count together") {
    const auto s = settings({10, 4});
    call_limits limits(s);
    CHECK(limits.take(start, "Heartbeat"));
    CHECK(taken(limits, "MeterValues") == 3);
    CHECK_FALSE(limits.take(start, "Heartbeat"));
    CHECK(limits.take(start + 100ms, "Heartbeat"));
}

TEST_CASE("an action has its own limit beside that of all") {
    const auto s = settings({10, 5}, {{"Heartbeat", {1, 2}}, {"StatusNotification", {1, 3}}});
    call_limits limits(s);
    CHECK(taken(limits, "Heartbeat") == 2);
    CHECK(taken(limits, "StatusNotification") == 3);
    CHECK(taken(limits, "MeterValues") == 0);
    CHECK(taken(limits, "Heartbeat", start + 1s) == 1);
    CHECK(taken(limits, "MeterValues", start + 1s) == 4);
}

TEST_CASE("an action that is refused costs the others nothing") {
    const auto s = settings({1, 3}, {{"Heartbeat", {1, 1}}});
    call_limits limits(s);
    CHECK(limits.take(start, "Heartbeat"));
    for (int i = 0; i < 100; ++i) CHECK_FALSE(limits.take(start, "Heartbeat"));
    CHECK(taken(limits, "MeterValues") == 2);
}

TEST_CASE("an action may be limited where all together are not") {
    const auto s = settings({0, 1}, {{"Heartbeat", {1, 1}}});
    call_limits limits(s);
    CHECK(taken(limits, "Heartbeat") == 1);
    CHECK(taken(limits, "MeterValues") == 1000);
    CHECK(taken(limits, "heartbeat") == 1000);
}

TEST_CASE("without a limit there is none") {
    const auto s = settings({0, 1});
    call_limits limits(s);
    CHECK(taken(limits, "Heartbeat") == 1000);
    CHECK(limits.reserve(start, "Heartbeat") == start);
}

TEST_CASE("what has to wait waits for the later of its limits, and the next one longer") {
    const auto s = settings({10, 1}, {{"MeterValues", {2, 1}}});
    call_limits limits(s);
    CHECK(limits.take(start, "MeterValues"));
    CHECK(limits.reserve(start, "Heartbeat") == start + 100ms);
    CHECK(limits.reserve(start, "MeterValues") == start + 500ms);
    CHECK(limits.reserve(start, "MeterValues") == start + 1s);
    CHECK_FALSE(limits.take(start + 200ms, "Heartbeat"));
}

TEST_CASE("by default a charge point may send far more than it has to say") {
    const auto s = settings_for(config(), "CP-1");
    call_limits limits(s);
    for (int i = 0; i < 10'000; ++i) REQUIRE(limits.take(start, "MeterValues"));
    CHECK_FALSE(limits.take(start, "MeterValues"));
    CHECK(limits.take(start + 1ms, "MeterValues"));
}

TEST_CASE("other limits hold from their change on, and what was counted counts on") {
    const auto before = settings({10, 5}, {{"Heartbeat", {1, 3}}});
    const auto after = settings({10, 5}, {{"Heartbeat", {1, 3}}, {"MeterValues", {1, 1}}});
    call_limits limits(before);
    CHECK(taken(limits, "Heartbeat") == 3);
    limits.change(after);
    CHECK_FALSE(limits.take(start, "Heartbeat"));
    CHECK(limits.take(start, "MeterValues"));
    CHECK_FALSE(limits.take(start, "MeterValues"));
    const auto none = settings({0, 1});
    limits.change(none);
    CHECK(taken(limits, "Heartbeat") == 1000);
}
