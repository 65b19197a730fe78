#include "async/async_condition.hpp"

#include "support/machine_timers.hpp"
#include "support/manual_clock.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

struct fixture {
    asio::io_context context{1};
    thread_timers& timers = start_timers(context);
    std::optional<async_condition> condition{std::in_place};
    std::vector<error_code> seen;

    auto note() {
        return [this](error_code ec) { seen.push_back(ec); };
    }
};

/// Sets a flag when it goes.
struct witness {
    explicit witness(bool& f) : flag(f) {}
    witness(const witness&) = delete;
    witness& operator=(const witness&) = delete;
    ~witness() { flag = true; }
    bool& flag;
};

io_awaitable<void> wait_in_frame(thread_timers& timers, bool& gone) {
    const witness w(gone);
    async_condition mine;  // goes with its own wait
    co_await mine.async_wait(timers, deadline::at(timers.now() + 1h), asio::as_tuple(asio::deferred));
}

}  // namespace

TEST_CASE_METHOD(fixture, "Who waits goes on after a notification, and not within it", "[async]") {
    condition->async_wait(timers, note());
    condition->async_wait(timers, note());
    asio::post(context, [&] {
        condition->notify_all();
        CHECK(seen.empty());
        condition->async_wait(timers, deadline::at(timers.now() + 20ms), note());  // too late for that one
    });
    context.run();
    REQUIRE(seen.size() == 3);
    CHECK_FALSE(seen[0]);
    CHECK_FALSE(seen[1]);
    CHECK(seen[2] == asio::error::timed_out);
}

TEST_CASE_METHOD(fixture, "A wait keeps its thread running", "[async]") {
    condition->async_wait(timers, note());
    context.poll();
    CHECK_FALSE(context.stopped());
    condition->notify_all();
    context.run();
    CHECK(context.stopped());
    CHECK(seen.size() == 1);
}

TEST_CASE_METHOD(fixture, "A wait ends at its deadline, and not before", "[async]") {
    const auto until = timers.now() + 30ms;
    condition->async_wait(timers, deadline::at(until), note());
    context.run();
    REQUIRE(seen.size() == 1);
    CHECK(seen[0] == asio::error::timed_out);
    CHECK(timers.now() >= until);
    condition->notify_all();
}

TEST_CASE_METHOD(fixture, "A wait that is notified in time has no deadline any more", "[async]") {
    condition->async_wait(timers, deadline::at(timers.now() + 1h), note());
    condition->notify_all();
    timers.stop();
    context.run();
    REQUIRE(seen.size() == 1);
    CHECK_FALSE(seen[0]);
}

TEST_CASE_METHOD(fixture, "One wait is cancelled, and the other goes on", "[async]") {
    asio::cancellation_signal cancel;
    condition->async_wait(timers, asio::bind_cancellation_slot(cancel.slot(), note()));
    condition->async_wait(timers, note());
    cancel.emit(asio::cancellation_type::terminal);
    CHECK(seen.empty());
    cancel.emit(asio::cancellation_type::terminal);  // finds nobody
    context.poll();
    REQUIRE(seen.size() == 1);
    CHECK(seen[0] == asio::error::operation_aborted);
    condition->notify_all();
    context.run();
    REQUIRE(seen.size() == 2);
    CHECK_FALSE(seen[1]);
}

TEST_CASE_METHOD(fixture, "A cancellation after the notification comes too late", "[async]") {
    asio::cancellation_signal cancel;
    condition->async_wait(timers, asio::bind_cancellation_slot(cancel.slot(), note()));
    condition->notify_all();
    cancel.emit(asio::cancellation_type::terminal);
    context.run();
    REQUIRE(seen.size() == 1);
    CHECK_FALSE(seen[0]);
}

TEST_CASE_METHOD(fixture, "A condition that goes aborts the waits for it", "[async]") {
    condition->async_wait(timers, deadline::at(timers.now() + 1h), note());
    condition.reset();
    timers.stop();
    context.run();
    REQUIRE(seen.size() == 1);
    CHECK(seen[0] == asio::error::operation_aborted);
}

TEST_CASE("Waits that are pending when their thread goes are destroyed, with what they hold", "[async]") {
    bool gone = false;
    bool handler_gone = false;
    async_condition outlives;
    {
        asio::io_context context{1};
        auto& timers = start_timers(context);
        asio::co_spawn(context.get_executor(), wait_in_frame(timers, gone), asio::detached);
        outlives.async_wait(timers, [w = std::make_unique<witness>(handler_gone)](error_code) { FAIL("completed"); });
        context.poll();
        CHECK_FALSE(gone);
    }
    CHECK(gone);
    CHECK(handler_gone);
}

TEST_CASE_METHOD(fixture, "A coroutine waits until what it waits for is so", "[async]") {
    bool ready = false;
    bool went_on = false;
    auto wait = [](fixture& f, bool& what, bool& done) -> io_awaitable<void> {
        while (!what) co_await f.condition->async_wait(f.timers, asio::as_tuple(asio::deferred));
        done = true;
    };
    asio::co_spawn(context.get_executor(), wait(*this, ready, went_on), asio::detached);
    context.poll();
    condition->notify_all();  // for nothing
    context.poll();
    CHECK_FALSE(went_on);
    ready = true;
    condition->notify_all();
    context.run();
    CHECK(went_on);
}
