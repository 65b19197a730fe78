// Starting and stopping, idle and busy.
#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"

#include <voltgate/ocpp/v16.hpp>

#include <boost/asio/use_future.hpp>
#include <boost/system/system_error.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <chrono>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

const json::object accepted = {{"status", "Accepted"}};

config on_port(std::uint16_t port) {
    config c;
    c.server.port = port;
    c.journal.enabled = false;
    c.log.level = log_config::severity::off;
    return c;
}

/// Begins to stop and waits until the gateway shows it to the outside.
void begin_to_stop(running_gateway& gw) {
    gw.begin_stop();
    const auto refused = [&gw] {
        try {
            return try_connect(gw.port(), "/ocpp/LATE-COMER").response.status == 503;
        } catch (const unexpected&) {
            return true;  // the listener is closed
        }
    };
    eventually(refused, "new charge points are refused");
}

}  // namespace

TEST_CASE("Stopping closes every charge point with 1001 and tells it", "[shutdown]") {
    running_gateway gw(io_threads(GENERATE(1, 3)));
    std::vector<charge_point> cps;
    for (int i = 0; i < 20; ++i) cps.push_back(gw.connect("CP-" + std::to_string(i)));
    gw.begin_stop();
    for (auto& cp : cps) CHECK(cp.expect_close() == 1001);
    gw.stop();
    for (int i = 0; i < 20; ++i)
        CHECK(gw.expect_disconnect("CP-" + std::to_string(i)).payload.at("reason") == "stopping");
}

TEST_CASE("Charge points that never answer the Close do not hold up the stop", "[shutdown]") {
    running_gateway gw(io_threads(GENERATE(1, 3), [](config& c) {
        c.shutdown.timeout = 500ms;
        c.session.close_timeout = 60s;
    }));
    std::vector<charge_point> cps;
    for (int i = 0; i < 20; ++i) {
        cps.push_back(gw.connect("CP-" + std::to_string(i)));
        cps.back().vanish();
    }
    gw.stop();
}

TEST_CASE("A call in flight may finish while the gateway stops", "[shutdown]") {
    running_gateway gw(io_threads(GENERATE(1, 3)));
    auto cp = gw.connect("CP-1");
    auto pending = gw.send("CP-1", "ClearCache");
    const auto call = cp.expect_call("ClearCache");
    begin_to_stop(gw);
    CHECK(gw.command("CP-1", "ClearCache").reason == reason::stopping);
    cp.heartbeat();
    call.answer(accepted);
    CHECK(pending.get().answered());
    CHECK(cp.expect_close() == 1001);
    gw.stop();
}

TEST_CASE("Calls that nobody answers are settled by the stop", "[shutdown]") {
    running_gateway gw(io_threads(GENERATE(1, 3), [](config& c) { c.shutdown.timeout = 200ms; }));
    auto cp = gw.connect("CP-1");
    auto in_flight = gw.send("CP-1", "ClearCache");
    cp.expect_call("ClearCache").ignore();
    auto waiting = gw.send("CP-1", "ClearCache");
    cp.heartbeat();
    gw.stop();
    CHECK(in_flight.get().outcome == outcome::unknown);
    const auto never = waiting.get();
    CHECK(never.outcome == outcome::not_sent);
    CHECK(never.reason == reason::stopping);
}

TEST_CASE("A handler that is still at work may finish while the gateway stops", "[shutdown]") {
    running_gateway gw(io_threads(GENERATE(1, 3)), [](gateway& g) {
        g.on_call("DataTransfer", [&g](call_context context) -> asio::awaitable<call_answer> {
            command wanted("ClearCache", "{}");
            co_await g.async_send_command(context.charge_point_id, std::move(wanted), asio::deferred);
            co_return call_answer::result(R"({"status":"Accepted"})");
        });
    });
    auto cp = gw.connect("CP-1");
    const auto id = cp.send_call("DataTransfer", {{"vendorId", "v"}});
    const auto call = cp.expect_call("ClearCache");
    gw.begin_stop();
    call.answer(accepted);
    CHECK(cp.expect_result(id).at("status") == "Accepted");
    CHECK(cp.expect_close() == 1001);
    gw.stop();
}

TEST_CASE("A gateway stops in time whatever its charge points are doing", "[shutdown]") {
    running_gateway gw(io_threads(GENERATE(1, 3), [](config& c) { c.shutdown.timeout = 1s; }));
    std::vector<charge_point> cps;
    std::vector<pending_command> pending;
    for (int i = 0; i < 30; ++i) {
        const auto id = "CP-" + std::to_string(i);
        cps.push_back(gw.connect(id));
        auto& cp = cps.back();
        frame_options part;
        part.final = false;
        switch (i % 6) {
            case 0: cp.vanish(); break;
            case 1: cp.send_frame(opcode::text, "[2,", part); break;
            case 2: pending.push_back(gw.send(id, "ClearCache")); break;
            case 3: cp.hang_up(); break;
            case 4: cp.drop_without_close(); break;
            default: cp.send_bytes(std::string("\x81", 1)); break;
        }
    }
    http_client half(gw.port());
    half.send_bytes("GET /health HTTP/1.1\r\n");
    sse_reader stream(gw.port());
    gw.stop();
    for (auto& each : pending) CHECK_FALSE(each.get().answered());
}

TEST_CASE("A stopping gateway takes no new charge point", "[shutdown]") {
    running_gateway gw;
    const auto port = gw.port();
    auto cp = gw.connect("CP-1");
    auto pending = gw.send("CP-1", "ClearCache");
    const auto call = cp.expect_call("ClearCache");
    http_client kept(port);
    CHECK(kept.get("/health").status == 200);
    begin_to_stop(gw);
    CHECK(kept.get("/health").status == 503);
    call.answer(accepted);
    CHECK(pending.get().answered());
    gw.stop();
    CHECK_THROWS_AS(charge_point(port, "CP-2"), unexpected);
}

TEST_CASE("A request that has arrived by half does not hold up the stop", "[shutdown]") {
    const auto patient = [](config& c) {
        c.shutdown.timeout = 60s;
        c.http.request_timeout = 60s;
    };
    running_gateway gw(patient);
    const auto* part = GENERATE("G", "GET /health HTTP/1.1\r\nHost: x\r\n",
                                "POST /api/v1/charge-points/CP-1/commands HTTP/1.1\r\nHost: x\r\n"
                                "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
    http_client fresh(gw.port());
    fresh.send_bytes(part);
    http_client kept(gw.port());
    CHECK(kept.get("/health").status == 200);
    kept.send_bytes(part);
    http_client barrier(gw.port());
    CHECK(barrier.get("/health").status == 200);
    gw.begin_stop();
    CHECK(fresh.expect_end().empty());
    CHECK(kept.expect_end().empty());
    gw.stop();
}

TEST_CASE("The live stream ends when the gateway stops", "[shutdown]") {
    running_gateway gw;
    sse_reader stream(gw.port());
    auto cp = gw.connect("CP-1");
    gw.stop();
    CHECK(at(stream.next_event().json(), "/eventType") == "charge_point.connected");
    bool disconnected = false;
    while (const auto event = stream.next_event_or_end())
        disconnected = disconnected || at(event->json(), "/eventType") == "charge_point.disconnected";
    CHECK(disconnected);
}

TEST_CASE("Subscribers get what was published before the stop, then the end", "[shutdown]") {
    running_gateway gw;
    auto events = gw->subscribe();
    auto cp = gw.connect("CP-1");
    gw.stop();
    CHECK(events.async_next(asio::use_future).get().event->type == event_type::charge_point_connected);
    CHECK(events.async_next(asio::use_future).get().event->type == event_type::charge_point_disconnected);
    auto end = events.async_next(asio::use_future);
    REQUIRE(end.wait_for(default_patience) == std::future_status::ready);
    CHECK_THROWS_AS(end.get(), boost::system::system_error);
}

TEST_CASE("A gateway that is not running refuses commands with an error", "[shutdown]") {
    const auto misuse = [](gateway& g) {
        auto result = g.async_send_command("CP-1", command("ClearCache", "{}"), asio::use_future);
        if (result.wait_for(default_patience) != std::future_status::ready) throw unexpected("no completion");
        try {
            result.get();
            return error_code();
        } catch (const boost::system::system_error& e) {
            return e.code();
        }
    };
    SECTION("before its start") {
        gateway g(on_port(0));
        CHECK(misuse(g) == errc::gateway_not_running);
    }
    SECTION("after its stop") {
        gateway g(on_port(0));
        REQUIRE_FALSE(g.start());
        g.stop();
        CHECK(misuse(g) == errc::gateway_not_running);
    }
}

TEST_CASE("A gateway that does not run completes handlers without an executor, and not from within the call",
          "[shutdown]") {
    gateway g(on_port(0));
    if (GENERATE(false, true)) {
        REQUIRE_FALSE(g.start());
        g.stop();
    }
    std::mutex held_by_caller;
    std::promise<error_code> sent, called, cancelled;
    std::promise<void> stopped;
    {
        const std::lock_guard lock(held_by_caller);
        const auto tell = [&held_by_caller](std::promise<error_code>& told, error_code ec) {
            {
                const std::lock_guard own(held_by_caller);
            }
            told.set_value(ec);  // with that the mutex may go
        };
        g.async_send_command("CP-1", command("ClearCache", "{}"),
                             [&, tell](error_code ec, const command_result&) { tell(sent, ec); });
        g.async_call<ocpp::v16::ClearCache>("CP-1", {}, {},
                                            [&, tell](error_code ec, const auto&) { tell(called, ec); });
        g.async_cancel_command("c-1", [&, tell](error_code ec, command_cancellation) { tell(cancelled, ec); });
        g.async_stop([&stopped] { stopped.set_value(); });
    }
    CHECK(sent.get_future().get() == errc::gateway_not_running);
    CHECK(called.get_future().get() == errc::gateway_not_running);
    CHECK(cancelled.get_future().get() == errc::gateway_not_running);
    stopped.get_future().get();
}

TEST_CASE("Stopping twice, before the start and after the stop is harmless", "[shutdown]") {
    gateway g(on_port(0));
    g.stop();
    REQUIRE_FALSE(g.start());
    auto first = g.async_stop(asio::use_future);
    auto second = g.async_stop(asio::use_future);
    REQUIRE(first.wait_for(default_patience) == std::future_status::ready);
    REQUIRE(second.wait_for(default_patience) == std::future_status::ready);
    g.stop();
    g.stop();
    auto third = g.async_stop(asio::use_future);
    CHECK(third.wait_for(default_patience) == std::future_status::ready);
}

TEST_CASE("A gateway that is destroyed without a stop ends at once", "[shutdown]") {
    auto g = std::make_unique<gateway>(on_port(0));
    REQUIRE_FALSE(g->start());
    charge_point cp(g->port(), "CP-1");
    cp.heartbeat();
    auto pending = g->async_send_command("CP-1", command("ClearCache", "{}"), asio::use_future);
    cp.expect_call("ClearCache").ignore();
    g.reset();
    REQUIRE(pending.wait_for(default_patience) == std::future_status::ready);
    CHECK(pending.get().outcome == outcome::unknown);
    CHECK(cp.expect_close() == 1006);
}

TEST_CASE("A port in use and a wrong configuration are told apart, with advice", "[shutdown]") {
    running_gateway gw;
    SECTION("the port is taken") {
        gateway second(on_port(gw.port()));
        std::string detail;
        CHECK(second.start(&detail) == errc::address_in_use);
        CHECK(detail.find(std::to_string(gw.port())) != std::string::npos);
    }
    SECTION("a value is out of its range") {
        auto c = on_port(0);
        c.boot.interval = 0s;
        gateway second(c);
        std::string detail;
        CHECK(second.start(&detail) == errc::invalid_config);
        CHECK(detail.find("boot.interval") != std::string::npos);
    }
    SECTION("an address that nobody here has") {
        auto c = on_port(0);
        c.server.address = "192.0.2.1";
        c.server.allow_insecure = true;
        gateway second(c);
        CHECK(second.start() == errc::cannot_listen);
    }
    SECTION("open to all without being told to") {
        auto c = on_port(0);
        c.server.address = "0.0.0.0";
        gateway second(c);
        std::string detail;
        CHECK(second.start(&detail) == errc::invalid_config);
        CHECK(detail.find("allow_insecure") != std::string::npos);
    }
}

TEST_CASE("A port is free again as soon as its gateway has stopped", "[shutdown]") {
    std::uint16_t port = 0;
    {
        running_gateway gw;
        port = gw.port();
        auto cp = gw.connect("CP-1");
        gw.stop();
    }
    running_gateway again([port](config& c) { c.server.port = port; });
    again.connect("CP-1").boot();
}

TEST_CASE("Two gateways in one process do not know of each other", "[shutdown]") {
    running_gateway a;
    running_gateway b;
    auto on_a = a.connect("CP-1");
    auto on_b = b.connect("CP-1");
    on_a.heartbeat();
    a.stop();
    on_b.heartbeat();
    CHECK(b->find_charge_point("CP-1")->connected);
}
