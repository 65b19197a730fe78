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
    /// How long the alarm sleeps.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> sleep() const {
        return set_to ? std::optional<std::chrono::nanoseconds>(*set_to - alarm_time) : std::nullopt;
    }
};

}  // namespace

TEST_CASE_METHOD(fixture, "The alarm is set for the next deadline, and for none when there is none", "[async]") {
    called soon;
    called later;
    timers->arm_after(later.node, 500ms);
    CHECK_FALSE(sleep());
    timers->start();
    CHECK(sleep() <= 500ms + timing_wheel::tick);
    timers->arm_after(soon.node, 100ms);
    CHECK(sleep() >= 100ms);
    CHECK(sleep() <= 100ms + timing_wheel::tick);
    ring_after(110ms);
    CHECK(soon.calls == 1);
    CHECK(sleep() <= 390ms + timing_wheel::tick);
    ring_after(400ms);
    CHECK(later.calls == 1);
    CHECK_FALSE(sleep());
    timers->arm(soon.node, deadline::never());
    CHECK_FALSE(sleep());
}

TEST_CASE_METHOD(fixture, "A clock that is moved by hand is looked at every second", "[async]") {
    called c;
    timers->start();
    timers->arm_after(c.node, 1h);
    CHECK(sleep() == 1s);
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
    CHECK(sleep() >= 10ms);
    CHECK(sleep() <= 10ms + timing_wheel::tick);
    alarm_time += 9ms;
    bell->due();
    context.poll();
    CHECK(passed == 0);
    alarm_time += 1ms;
    bell->due();
    CHECK(passed == 0);
    context.poll();
    CHECK(passed == 1);
    CHECK(sleep() == 1s);
}

TEST_CASE_METHOD(fixture, "What a call throws leaves the alarm set for the others", "[async]") {
    called throws;
    throws.fails = true;
    called other;
    timers->start();
    timers->arm_after(throws.node, 1ms);
    timers->arm_after(other.node, 1ms);
    CHECK_THROWS(ring_after(1s));
    CHECK(sleep() == 0s);
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
