#include "async/task_scope.hpp"

#include "support/machine_timers.hpp"
#include "support/manual_clock.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

using namespace voltgate;

namespace {

struct fixture {
    asio::io_context context{1};
    asio::io_context other{1};
    thread_timers& timers = test::start_timers(context);
    std::optional<task_scope> scope{std::in_place};
    async_condition ready;
    std::vector<std::string> log;

    io_awaitable<void> child(std::string name) {
        co_await ready.async_wait(timers, as_result);
        log.push_back(name);
    }
    io_awaitable<void> failing_child(std::string what) {
        co_await ready.async_wait(timers, as_result);
        throw std::runtime_error(what);
    }
    io_awaitable<void> note_elsewhere() {
        log.emplace_back("elsewhere");
        co_return;
    }
    io_awaitable<void> join() {
        co_await scope->async_join(timers);
        log.emplace_back("joined");
    }
    auto note_failure() {
        return [this](const std::exception_ptr&) { log.emplace_back("failed"); };
    }
    void start(io_awaitable<void> c) { scope->spawn(context.get_executor(), std::move(c), note_failure()); }
    void start_join() { asio::co_spawn(context, join(), asio::detached); }
    void run() {
        context.restart();
        context.poll();
    }
};

using names = std::vector<std::string>;

}  // namespace

TEST_CASE_METHOD(fixture, "A scope is joined when its last child has ended", "[async]") {
    start(child("first"));
    start(child("second"));
    start_join();
    run();
    CHECK(log.empty());
    ready.notify_all();
    run();
    CHECK(log == names{"second", "first", "joined"});
    start_join();
    run();
    CHECK(log.back() == "joined");
    CHECK(log.size() == 4);
}

TEST_CASE_METHOD(fixture, "What children throw is told each time, and the first is kept", "[async]") {
    start(failing_child("the one"));
    start(failing_child("the other"));
    start_join();
    run();
    CHECK_FALSE(scope->first_failure());
    ready.notify_all();
    run();
    CHECK(log == names{"failed", "failed", "joined"});
    scope->keep(std::make_exception_ptr(std::runtime_error("a later one")));
    CHECK_THROWS_WITH(std::rethrow_exception(scope->first_failure()), "the other");
}

TEST_CASE_METHOD(fixture, "A child may run on another thread, and ends at home", "[async]") {
    scope->spawn(context.get_executor(), note_elsewhere(), note_failure(), other.get_executor());
    start_join();
    run();
    CHECK(log.empty());
    other.run();
    CHECK(log == names{"elsewhere"});
    run();
    CHECK(log == names{"elsewhere", "joined"});
}

TEST_CASE_METHOD(fixture, "A child is cancelled by its slot", "[async]") {
    asio::cancellation_signal cancel;
    const io_executor here = context.get_executor();
    scope->spawn(here, child("cancelled"), note_failure(), here, cancel.slot());
    run();
    cancel.emit(asio::cancellation_type::terminal);
    start_join();
    run();
    CHECK(log.back() == "joined");
    CHECK(log.size() == 2);
}

TEST_CASE("A scope goes with its children when their context does", "[async]") {
    task_scope scope;
    async_condition never;
    {
        asio::io_context context{1};
        auto& timers = test::start_timers(context);
        auto waits = [](async_condition& c, thread_timers& t) -> io_awaitable<void> {
            co_await c.async_wait(t, as_result);
        };
        scope.spawn(context.get_executor(), waits(never, timers), [](const std::exception_ptr&) {});
        context.poll();
    }
    CHECK_FALSE(scope.first_failure());
}
