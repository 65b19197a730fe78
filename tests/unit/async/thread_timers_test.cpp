#include "async/thread_timers.hpp"

#include "support/manual_clock.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <utility>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

struct fake_alarm final : wheel_alarm {
    explicit fake_alarm(std::optional<time_point>& to) : set_to(to) {}
    void set(time_point at) override { set_to = at; }
    void stop() override { set_to.reset(); }
    std::optional<time_point>& set_to;
};

struct called {
    void on_due(timing_wheel::time_point) {
        ++calls;
        if (fails) throw std::runtime_error("a call failed");
    }
    int calls = 0;
    bool fails = false;
    wheel_node node{calling<&called::on_due>(*this)};
};

struct fixture {
    manual_clock clock;
    asio::io_context context{1};
    std::optional<std::chrono::steady_clock::time_point> set_to;
    wheel_alarm* bell = nullptr;
    thread_timers* timers = nullptr;
    fixture() {
        auto mine = std::make_unique<fake_alarm>(set_to);
        bell = mine.get();
        timers = &asio::make_service<thread_timers>(context, clock, std::move(mine));
    }
    void ring_after(std::chrono::nanoseconds time) {
        clock.advance(time);
        bell->due();
    }
};

}  // namespace

TEST_CASE_METHOD(fixture, "The alarm is set for the next deadline, and for none when there is none", "[async]") {
    const auto t0 = clock.steady();
    called soon;
    called later;
    timers->arm_after(later.node, 500ms);
    CHECK_FALSE(set_to);
    timers->start();
    CHECK(set_to);
    timers->arm_after(soon.node, 100ms);
    REQUIRE(set_to);
    CHECK(*set_to >= t0 + 100ms);
    CHECK(*set_to <= t0 + 100ms + timing_wheel::tick);
    ring_after(110ms);
    CHECK(soon.calls == 1);
    CHECK(set_to > t0 + 110ms);
    CHECK(set_to <= t0 + 500ms + timing_wheel::tick);
    ring_after(400ms);
    CHECK(later.calls == 1);
    set_to.reset();  // it has rung, and is not set again
    called never;
    timers->arm(never.node, deadline::never());
    CHECK_FALSE(set_to);
}

TEST_CASE_METHOD(fixture, "A clock that is moved by hand is looked at every second", "[async]") {
    called c;
    timers->start();
    timers->arm_after(c.node, 1h);
    CHECK(set_to == clock.steady() + 1s);
    ring_after(1h);
    CHECK(c.calls == 1);
    set_to.reset();
}

TEST_CASE_METHOD(fixture, "What a call throws leaves the alarm set for the others", "[async]") {
    called throws;
    throws.fails = true;
    called other;
    timers->start();
    timers->arm_after(throws.node, 1ms);
    timers->arm_after(other.node, 1ms);
    CHECK_THROWS(ring_after(1s));
    CHECK(set_to <= clock.steady());
    ring_after(0s);
    CHECK(other.calls == 1);
}

TEST_CASE("A thread has one set of timers, with a real alarm", "[async]") {
    asio::io_context context{1};
    auto& timers = thread_timers::of(context.get_executor());
    CHECK(&thread_timers::of(context.get_executor()) == &timers);
    called c;
    timers.arm_after(c.node, 1ms);
    context.run();
    CHECK(c.calls == 1);
}

TEST_CASE("Timers that stop keep their thread no longer than something has a deadline", "[async]") {
    asio::io_context context{1};
    manual_clock clock;
    auto& timers = asio::make_service<thread_timers>(context, clock);
    timers.start();
    called c;
    timers.arm_after(c.node, 1h);
    asio::post(context, [&] { timers.stop(); });
    asio::post(context, [&] { c.node.disarm(); });
    const auto began = std::chrono::steady_clock::now();
    context.run();
    CHECK(std::chrono::steady_clock::now() - began < 900ms);
    CHECK(c.calls == 0);
}

TEST_CASE("A jump of the clock is noticed", "[async]") {
    asio::io_context context{1};
    manual_clock clock;
    auto& timers = asio::make_service<thread_timers>(context, clock);
    timers.start();
    called c;
    timers.arm_after(c.node, 1h);
    asio::post(context, [&] { clock.advance(1h); });
    context.run();
    CHECK(c.calls == 1);
}
