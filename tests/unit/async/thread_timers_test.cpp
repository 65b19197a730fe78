#include "async/thread_timers.hpp"

#include "async/platform.hpp"
#include "machine/this_machine.hpp"
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
    fake_alarm(const time_point& t, std::optional<time_point>& to) : time(t), set_to(to) {}
    time_point now() const noexcept override { return time; }
    void set(time_point at) override { set_to = at; }
    void stop() override { set_to.reset(); }
    const time_point& time;
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
    timing_wheel::time_point alarm_time{5min};
    std::optional<timing_wheel::time_point> set_to;
    wheel_alarm* bell = nullptr;
    thread_timers* timers = nullptr;
    fixture() {
        auto mine = std::make_unique<fake_alarm>(alarm_time, set_to);
        bell = mine.get();
        timers = &asio::make_service<thread_timers>(context, clock, std::move(mine));
    }
    void ring_after(std::chrono::nanoseconds time) {
        clock.advance(time);
        alarm_time += time;
        bell->due();
    }
    /// The time until the alarm rings.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> rings_in() const {
        return set_to ? std::optional<std::chrono::nanoseconds>(*set_to - alarm_time) : std::nullopt;
    }
};

}  // namespace

TEST_CASE_METHOD(fixture, "The alarm is set for the next deadline, and for none when there is none", "[async]") {
    called soon;
    called later;
    timers->arm_after(later.node, 500ms);
    CHECK_FALSE(rings_in());
    timers->start();
    CHECK(rings_in() <= 500ms + timing_wheel::tick);
    timers->arm_after(soon.node, 100ms);
    CHECK(rings_in() >= 100ms);
    CHECK(rings_in() <= 100ms + timing_wheel::tick);
    ring_after(110ms);
    CHECK(soon.calls == 1);
    CHECK(rings_in() <= 390ms + timing_wheel::tick);
    ring_after(400ms);
    CHECK(later.calls == 1);
    CHECK_FALSE(rings_in());
    timers->arm(soon.node, deadline::never());
    CHECK_FALSE(rings_in());
}

TEST_CASE_METHOD(fixture, "A clock that is moved by hand is looked at every second", "[async]") {
    called c;
    timers->start();
    timers->arm_after(c.node, 1h);
    CHECK(rings_in() == 1s);
    ring_after(1h);
    CHECK(c.calls == 1);
}

TEST_CASE_METHOD(fixture, "A pause passes with the alarm's time while the clock stands still", "[async]") {
    int passed = 0;
    called c;
    timers->start();
    timers->arm_after(c.node, 1h);
    timers->async_pause(10ms, [&](error_code ec) {
        if (!ec) ++passed;
    });
    CHECK(rings_in() >= 10ms);
    CHECK(rings_in() <= 10ms + timing_wheel::tick);
    alarm_time += 9ms;
    bell->due();
    context.poll();
    CHECK(passed == 0);
    alarm_time += 1ms;
    bell->due();
    CHECK(passed == 0);
    context.poll();
    CHECK(passed == 1);
    CHECK(rings_in() == 1s);
}

TEST_CASE_METHOD(fixture, "What a call throws leaves the alarm set for the others", "[async]") {
    called throws;
    throws.fails = true;
    called other;
    timers->start();
    timers->arm_after(throws.node, 1ms);
    timers->arm_after(other.node, 1ms);
    CHECK_THROWS(ring_after(1s));
    CHECK(rings_in() == 0s);
    ring_after(0s);
    CHECK(other.calls == 1);
}

TEST_CASE("A context that is no I/O thread's has no timers", "[async]") {
    asio::io_context context{1};
    CHECK_THROWS_AS(thread_timers::of(context.get_executor()), std::logic_error);
}

TEST_CASE("A thread has one set of timers, with a real alarm", "[async]") {
    asio::io_context context{1};
    auto& timers = asio::make_service<thread_timers>(context, this_machine().clock(),
                                                     this_machine().make_alarm(context.get_executor()));
    timers.start();
    CHECK(&thread_timers::of(context.get_executor()) == &timers);
    called c;
    timers.arm_after(c.node, 1ms);
    context.run();
    CHECK(c.calls == 1);
}

TEST_CASE_METHOD(fixture, "Timers that stop look again soon, until nothing has a deadline", "[async]") {
    called c;
    timers->start();
    timers->arm_after(c.node, 1h);
    timers->stop();
    CHECK(rings_in() == 10ms);
    c.node.disarm();
    ring_after(10ms);
    CHECK_FALSE(rings_in());
    CHECK(c.calls == 0);
}

TEST_CASE("A jump of the clock is noticed by a real alarm, and what stops keeps its thread no longer", "[async]") {
    asio::io_context context{1};
    manual_clock clock;
    auto& timers = asio::make_service<thread_timers>(context, clock, this_machine().make_alarm(context.get_executor()));
    timers.start();
    called c;
    called never;
    timers.arm_after(c.node, 1h);
    timers.arm_after(never.node, 2h);
    asio::post(context, [&] { clock.advance(1h); });
    context.run_one();
    while (c.calls == 0) context.run_one();
    asio::post(context, [&] { timers.stop(); });
    asio::post(context, [&] { never.node.disarm(); });
    context.run();
    CHECK(never.calls == 0);
}
