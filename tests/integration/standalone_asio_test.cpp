// A host program on standalone Asio awaits the gateway with its own tokens on its own io_context.
#if defined(__clang__)
#define ASIO_HAS_CO_AWAIT
#define ASIO_HAS_STD_COROUTINE
#endif
#include "support/charge_point.hpp"
#include "support/running_gateway.hpp"

#include <voltgate/ocpp/v16.hpp>
#include <voltgate/standalone_asio.hpp>

#include <asio/experimental/awaitable_operators.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using voltgate::host_token;
using voltgate::outcome;
using voltgate::reason;
using voltgate::test::charge_point;
using voltgate::test::io_threads;
using voltgate::test::running_gateway;
namespace v16 = voltgate::ocpp::v16;

namespace {

/// Answers every command until the connection ends or `count` were answered.
void answer(charge_point& cp, int count) {
    for (int i = 0; i < count; ++i) cp.expect_call("ClearCache").answer({{"status", "Accepted"}});
}

::asio::awaitable<void> send_one(voltgate::gateway& gw, std::thread::id host, bool one_thread, std::atomic<int>& done) {
    voltgate::command c("ClearCache", "{}");
    auto token = host_token(gw.get_executor(), ::asio::use_awaitable);
    const voltgate::command_result result = co_await gw.async_send_command("CP-1", std::move(c), std::move(token));
    if (result.answered() && (!one_thread || std::this_thread::get_id() == host)) ++done;
}

/// Sends a command that is never answered and gives up after a moment.
::asio::awaitable<void> give_up(voltgate::gateway& gw, bool& timer_won) {
    using namespace ::asio::experimental::awaitable_operators;
    ::asio::steady_timer timer(co_await ::asio::this_coro::executor, 50ms);
    voltgate::command c("ClearCache", "{}");
    auto token = host_token(gw.get_executor(), ::asio::use_awaitable);
    const auto winner = co_await (gw.async_send_command("CP-1", std::move(c), std::move(token)) ||
                                  timer.async_wait(::asio::use_awaitable));
    timer_won = winner.index() == 1;
}

/// Sends a command that the gateway's end overtakes.
::asio::awaitable<void> await_end(voltgate::gateway& gw, bool& completed) {
    voltgate::command c("ClearCache", "{}");
    auto token = host_token(gw.get_executor(), ::asio::use_awaitable);
    const voltgate::command_result result = co_await gw.async_send_command("CP-1", std::move(c), std::move(token));
    completed = result.outcome == outcome::unknown;
}

/// A host with one callback, which has to run on the host's own thread.
struct callback_host {
    ::asio::io_context io;
    std::thread::id ran_on;
    std::error_code error;
    voltgate::command_result result;
    std::unique_ptr<int> only_once = std::make_unique<int>(0);

    auto callback() {
        return [this, mine = std::move(only_once)](std::error_code ec, voltgate::command_result r) {
            ran_on = std::this_thread::get_id();
            error = ec;
            result = std::move(r);
        };
    }
    void check(reason expected) {
        io.run();
        CHECK(ran_on == std::this_thread::get_id());
        CHECK_FALSE(error);
        CHECK(result.reason == expected);
    }
};

}  // namespace

TEST_CASE("A host's coroutines await commands on their own threads", "[standalone asio]") {
    const int host_threads = GENERATE(1, 3);
    constexpr int commands = 20;
    running_gateway gw(io_threads(host_threads));
    auto cp = gw.connect("CP-1");
    ::asio::io_context host;
    std::atomic<int> done{0};
    std::vector<std::thread> threads;
    const auto me = std::this_thread::get_id();
    for (int i = 0; i < commands; ++i) {
        const auto strand = ::asio::make_strand(host);
        ::asio::co_spawn(strand, send_one(*gw, me, host_threads == 1, done), ::asio::detached);
    }
    std::thread player([&cp] { answer(cp, commands); });
    for (int i = 1; i < host_threads; ++i) threads.emplace_back([&host] { host.run(); });
    host.run();
    for (auto& thread : threads) thread.join();
    player.join();
    CHECK(done == commands);
}

TEST_CASE("A host gets every outcome, and misuse as std::error_code", "[standalone asio]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    const auto send = [&gw](std::string id, voltgate::command c) {
        return gw->async_send_command(std::move(id), std::move(c), host_token(gw->get_executor(), ::asio::use_future));
    };
    auto refused = send("CP-1", voltgate::command("ClearCache", "{}"));
    cp.expect_call("ClearCache").error("NotSupported", "no cache");
    CHECK(refused.get().outcome == outcome::call_error);
    CHECK(send("CP-9", voltgate::command("ClearCache", "{}")).get().reason == reason::unknown_charge_point);
    auto late = send("CP-1", voltgate::command("ClearCache", "{}", 50ms));
    cp.expect_call("ClearCache").ignore();
    CHECK(late.get().reason == reason::timeout);
    try {
        send("", voltgate::command("ClearCache", "{}")).get();
        FAIL("an empty identity was accepted");
    } catch (const std::system_error& e) {
        CHECK(e.code() == static_cast<std::error_code>(make_error_code(voltgate::errc::invalid_command)));
    }
}

TEST_CASE("A host awaits typed confirmations", "[standalone asio]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    v16::RemoteStartTransactionRequest request;
    request.idTag = "04A1B2";
    auto pending = gw->async_call<v16::RemoteStartTransaction>("CP-1", request, 10s,
                                                               host_token(gw->get_executor(), ::asio::use_future));
    const auto call = cp.expect_call("RemoteStartTransaction");
    CHECK(call.payload.at("idTag") == "04A1B2");
    call.answer({{"status", "Accepted"}});
    const auto result = pending.get();
    REQUIRE(result.confirmation);
    CHECK(result.confirmation->status == v16::RemoteStartStopStatus::Accepted);
}

TEST_CASE("A host that gives up cancels its command", "[standalone asio]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    ::asio::io_context host;
    bool timer_won = false;
    ::asio::co_spawn(host, give_up(*gw, timer_won), ::asio::detached);
    host.run();
    CHECK(timer_won);
    const auto told = gw.expect_event(voltgate::event_type::command_response, "CP-1");
    CHECK(told.payload.at("reason") == "cancelled");
}

TEST_CASE("A host's operations end when the gateway does", "[standalone asio]") {
    ::asio::io_context host;
    bool completed = false;
    {
        running_gateway gw([](voltgate::config& c) { c.shutdown.timeout = 200ms; });
        auto cp = gw.connect("CP-1");
        ::asio::co_spawn(host, await_end(*gw, completed), ::asio::detached);
        host.poll();
        cp.expect_call("ClearCache").ignore();
        gw.stop();
    }
    host.run();
    CHECK(completed);
}

TEST_CASE("A host's callback is called on the executor that it is bound to", "[standalone asio]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    callback_host host;
    gw->async_send_command("CP-1", voltgate::command("ClearCache", "{}"),
                           host_token(gw->get_executor(), ::asio::bind_executor(host.io, host.callback())));
    answer(cp, 1);
    host.check(reason::answered);
}

TEST_CASE("A host's callback without an executor is called all the same", "[standalone asio]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    std::promise<voltgate::command_result> result;
    auto pending = result.get_future();
    gw->async_send_command("CP-1", voltgate::command("ClearCache", "{}"),
                           host_token(gw->get_executor(), [&result](std::error_code, voltgate::command_result r) {
                               result.set_value(std::move(r));
                           }));
    answer(cp, 1);
    REQUIRE(pending.wait_for(voltgate::test::default_patience) == std::future_status::ready);
    CHECK(pending.get().answered());
}

TEST_CASE("A host that does not care sends and forgets", "[standalone asio]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    gw->async_send_command("CP-1", voltgate::command("ClearCache", "{}"),
                           host_token(gw->get_executor(), ::asio::detached));
    answer(cp, 1);
    CHECK(gw.expect_event(voltgate::event_type::command_response, "CP-1").payload.at("outcome") == "result");
}

TEST_CASE("A host cancels a command through the slot bound to its callback", "[standalone asio]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    callback_host host;
    ::asio::cancellation_signal signal;
    const auto send = [&](auto&& token) {
        gw->async_send_command("CP-1", voltgate::command("ClearCache", "{}"),
                               host_token(gw->get_executor(), std::forward<decltype(token)>(token)));
    };
    SECTION("slot inside") {
        send(::asio::bind_executor(host.io, ::asio::bind_cancellation_slot(signal.slot(), host.callback())));
    }
    SECTION("slot outside") {
        send(::asio::bind_cancellation_slot(signal.slot(), ::asio::bind_executor(host.io, host.callback())));
    }
    cp.expect_call("ClearCache").ignore();
    signal.emit(::asio::cancellation_type::total);
    host.check(reason::cancelled);
}

TEST_CASE("A host cancels a command whose callback has a slot and no executor", "[standalone asio]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    ::asio::cancellation_signal signal;
    std::promise<voltgate::command_result> result;
    auto pending = result.get_future();
    auto callback = [&result](std::error_code, voltgate::command_result r) { result.set_value(std::move(r)); };
    gw->async_send_command(
        "CP-1", voltgate::command("ClearCache", "{}"),
        host_token(gw->get_executor(), ::asio::bind_cancellation_slot(signal.slot(), std::move(callback))));
    cp.expect_call("ClearCache").ignore();
    signal.emit(::asio::cancellation_type::terminal);
    REQUIRE(pending.wait_for(voltgate::test::default_patience) == std::future_status::ready);
    CHECK(pending.get().reason == reason::cancelled);
}

TEST_CASE("A host waits for a command with a future whose work is bound to an executor", "[standalone asio]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    ::asio::io_context host;
    auto pending =
        gw->async_send_command("CP-1", voltgate::command("ClearCache", "{}"),
                               host_token(gw->get_executor(), ::asio::bind_executor(host, ::asio::use_future)));
    answer(cp, 1);
    host.run();
    CHECK(pending.get().answered());
}
