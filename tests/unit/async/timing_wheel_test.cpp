#include "async/timing_wheel.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <random>
#include <stdexcept>
#include <vector>

using namespace voltgate;
using namespace std::chrono_literals;

namespace {

using time_point = timing_wheel::time_point;

constexpr time_point start(1h);

/// Counts its calls, and does what it is told to.
struct called {
    void on_due(time_point now) {
        ++calls;
        at = now;
        if (then) then();
    }
    int calls = 0;
    time_point at;
    std::function<void()> then;
    wheel_node node{calling<&called::on_due>(*this)};
};

struct fixture {
    timing_wheel wheel{start};
    void arm(called& c, std::chrono::nanoseconds after) { wheel.arm(c.node, deadline::at(start + after)); }
    void advance(std::chrono::nanoseconds to) { wheel.advance(start + to); }
};

}  // namespace

TEST_CASE("A deadline knows whether it is one, and whether it has passed", "[async]") {
    CHECK(deadline::never().is_never());
    CHECK_FALSE(deadline::never().passed(time_point::max()));
    const auto soon = deadline::at(start);
    CHECK_FALSE(soon.is_never());
    CHECK_FALSE(soon.passed(start - 1ns));
    CHECK(soon.passed(start));
    CHECK(soon < deadline::never());
    CHECK(std::min(deadline::at(start + 1s), soon) == soon);
}

TEST_CASE_METHOD(fixture, "A node is called once, from its time on", "[async]") {
    const auto time = GENERATE(0ns, 1ns, 5ms, 17ms, 500ms, 537ms, 30s, 40s, 10min, 40h, 24h * 400, 24h * 365 * 200);
    called c;
    arm(c, time);
    CHECK(c.node.armed());
    advance(time - 1ns);
    CHECK(c.calls == 0);
    advance(time);
    CHECK(c.calls == 1);
    CHECK(c.at == start + time);
    CHECK_FALSE(c.node.armed());
    advance(time + 1h);
    CHECK(c.calls == 1);
}

TEST_CASE_METHOD(fixture, "What is past already is called with the next advance", "[async]") {
    called c;
    arm(c, -1h);
    CHECK(wheel.next().time() <= start + timing_wheel::tick);
    advance(0ns);
    CHECK(c.calls == 1);
}

TEST_CASE_METHOD(fixture, "A node that is moved keeps its latest time", "[async]") {
    called c;
    arm(c, 10s);
    SECTION("later") {
        arm(c, 20s);
        advance(19s);
        CHECK(c.calls == 0);
        advance(20s);
        CHECK(c.calls == 1);
    }
    SECTION("later, and earlier than that again") {
        arm(c, 20s);
        arm(c, 5s);
        advance(5s);
        CHECK(c.calls == 1);
    }
    SECTION("to never") {
        wheel.arm(c.node, deadline::never());
        CHECK(wheel.next().is_never());
        advance(1h);
        CHECK(c.calls == 0);
    }
    CHECK(wheel.next().is_never());
}

TEST_CASE_METHOD(fixture, "A node that goes, or is disarmed, is not called", "[async]") {
    called stays;
    auto goes = std::make_unique<called>();
    called disarmed;
    for (called* c : {&stays, goes.get(), &disarmed}) arm(*c, 10ms);
    goes.reset();
    disarmed.node.disarm();
    CHECK(disarmed.node.due().is_never());
    advance(1s);
    CHECK(stays.calls == 1);
    CHECK(disarmed.calls == 0);
}

TEST_CASE_METHOD(fixture, "Nothing to do is told as such, and all else in time", "[async]") {
    CHECK(wheel.next().is_never());
    called c;
    const auto time = GENERATE(1ms, 600ms, 50s, 24h * 30);
    arm(c, time);
    int steps = 0;
    auto now = start;
    while (c.calls == 0 && ++steps < 20) {
        now = wheel.next().time();
        wheel.advance(now);
    }
    CHECK(steps <= 7);
    CHECK(now - (start + time) <= timing_wheel::tick);
}

TEST_CASE_METHOD(fixture, "A call may arm its own node again, and is not called twice at once", "[async]") {
    called c;
    const auto after = GENERATE(-10s, 0s, 1s);
    c.then = [&] { wheel.arm(c.node, deadline::at(c.at + after)); };
    arm(c, 1s);
    advance(1s);
    CHECK(c.calls == 1);
    advance(2s);
    CHECK(c.calls == 2);
}

TEST_CASE_METHOD(fixture, "A call may arm, disarm and destroy others that are due, and its own owner", "[async]") {
    called armed;
    called disarmed;
    auto destroyed = std::make_unique<called>();
    auto itself = std::make_unique<called>();
    int calls = 0;
    itself->then = [&] {
        ++calls;
        arm(armed, 2s);
        disarmed.node.disarm();
        destroyed.reset();
        const auto last = std::move(itself);
    };
    arm(*itself, 1s);
    for (called* c : {&armed, &disarmed, destroyed.get()}) arm(*c, 1s);
    advance(1s);
    CHECK(calls == 1);
    CHECK(armed.calls == 0);
    advance(2s);
    CHECK(armed.calls == 1);
    CHECK(disarmed.calls == 0);
}

TEST_CASE_METHOD(fixture, "What a call throws is thrown on, and those behind it are called the next time", "[async]") {
    called throws;
    called behind;
    throws.then = [] { throw std::runtime_error("a call failed"); };
    arm(throws, 1s);
    arm(behind, 1s);
    CHECK_THROWS(advance(1s));
    CHECK(behind.calls == 0);
    CHECK(wheel.next().time() <= start + 1s);
    advance(1s);
    CHECK(behind.calls == 1);
    CHECK(throws.calls == 1);
}

TEST_CASE("Nodes outlive their wheel", "[async]") {
    called c;
    {
        timing_wheel wheel(start);
        wheel.arm(c.node, deadline::at(start + 1h));
    }
    CHECK_FALSE(c.node.armed());
}

TEST_CASE_METHOD(fixture, "Whatever is armed, moved and disarmed, exactly what is due is called", "[async]") {
    std::mt19937_64 random(GENERATE(1U, 2U, 3U));
    const auto below = [&](std::int64_t n) {
        return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
    };
    const auto some_time = [&] { return std::chrono::nanoseconds(below(std::int64_t{1} << (10 + below(38)))); };
    struct one {
        called c;
        deadline due = deadline::never();
        int expected = 0;
    };
    std::vector<std::unique_ptr<one>> all;
    for (int i = 0; i < 100; ++i) all.push_back(std::make_unique<one>());
    auto now = start;
    for (int step = 0; step < 3000; ++step) {
        for (int i = 0; i < 5; ++i) {
            auto& chosen = *all[static_cast<std::size_t>(below(100))];
            chosen.due = below(4) == 0 ? deadline::never() : deadline::at(now + some_time());
            wheel.arm(chosen.c.node, chosen.due);
        }
        deadline first = deadline::never();
        for (const auto& o : all) first = std::min(first, o->due);
        REQUIRE(wheel.next().is_never() == first.is_never());
        if (!first.is_never()) REQUIRE(wheel.next().time() <= first.time() + timing_wheel::tick);
        now += some_time() / 16;
        wheel.advance(now);
        bool right = true;
        for (const auto& o : all) {
            if (o->due.passed(now)) {
                ++o->expected;
                o->due = deadline::never();
            }
            right = right && o->c.calls == o->expected && o->c.node.due() == o->due;
        }
        REQUIRE(right);
    }
}
