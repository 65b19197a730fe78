#include "async/with_deadline.hpp"

#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "support/manual_clock.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <optional>
#include <stdexcept>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

struct fixture {
    manual_clock clock;
    asio::io_context context{1};
    thread_timers& timers =
        asio::make_service<thread_timers>(context, clock, this_machine().make_alarm(context.get_executor()));
    async_condition ready;
    std::optional<std::optional<int>> told;
    bool was_cancelled = false;

    fixture() { timers.start(); }

    io_awaitable<int> work() {
        const auto [ec] = co_await ready.async_wait(timers, as_result);
        was_cancelled = ec == asio::error::operation_aborted;
        co_return 7;
    }
    asio::awaitable<int> failing_work() {
        throw std::runtime_error("no");
        co_return 0;
    }
    template <class Work>
    io_awaitable<void> await(Work w) {
        auto limited = with_deadline(timers, timers.after(5s), std::move(w));
        told = co_await std::move(limited);
    }
    template <class Work>
    void start(Work w) {
        asio::co_spawn(context, await(std::move(w)), asio::detached);
        context.poll();
    }
    void advance(std::chrono::milliseconds time) {
        clock.advance(time);
        bool rung = false;
        timers.async_pause(0ns, [&rung](error_code) { rung = true; });
        while (!rung) context.run_one();
        context.poll();
    }
};

}  // namespace

TEST_CASE_METHOD(fixture, "Work that is done in time gives its answer", "[async]") {
    start(work());
    CHECK_FALSE(told);
    advance(4s);
    CHECK_FALSE(told);
    ready.notify_all();
    context.poll();
    REQUIRE(told);
    CHECK(*told == 7);
    CHECK_FALSE(was_cancelled);
}

TEST_CASE_METHOD(fixture, "Work that is not done in time is cancelled, and gives nothing", "[async]") {
    start(work());
    advance(5s);
    REQUIRE(told);
    CHECK_FALSE(*told);
    CHECK(was_cancelled);
}

TEST_CASE_METHOD(fixture, "Work that throws gives nothing", "[async]") {
    start(failing_work());
    REQUIRE(told);
    CHECK_FALSE(*told);
}
