// Charge points that send more than the limits permit, and boots that come all at once.
#include "support/http_client.hpp"
#include "support/manual_clock.hpp"
#include "support/metric.hpp"
#include "support/running_gateway.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <chrono>
#include <memory>
#include <string>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

// connect() sends a Heartbeat: that one counts too.
running_gateway::configure at_most(std::size_t rate, std::size_t burst, running_gateway::configure more = {}) {
    return [=](config& c) {
        c.limits.message_rate = rate;
        c.limits.message_burst = burst;
        if (more) more(c);
    };
}

std::uint64_t limited(running_gateway& gw, const std::string& result) {
    return metric(gw.port(), "gateway_calls_limited_total{result=\"" + result + "\"}");
}

std::int64_t deviations(running_gateway& gw, std::string_view id) {
    const auto record = http_client(gw.port()).get("/api/v1/charge-points/" + std::string(id)).json();
    return has(record, "/deviations/too_many_calls") ? number_at(record, "/deviations/too_many_calls") : 0;
}

const json::object start{
    {"connectorId", 1}, {"idTag", "TAG-1"}, {"meterStart", 0}, {"timestamp", "2026-01-02T03:04:05Z"}};

json::object status(int connector) {
    return {{"connectorId", connector}, {"status", "Available"}, {"errorCode", "NoError"}};
}

}  // namespace

TEST_CASE("CALLs beyond the rate are answered with an error, and the connection stays", "[call limits]") {
    const auto clock = std::make_shared<manual_clock>();
    running_gateway gw(at_most(1, 3), {}, clock);
    auto cp = gw.connect("CP-1");
    auto other = gw.connect("CP-2");
    cp.heartbeat();
    cp.heartbeat();
    const auto failure = cp.call_error("Heartbeat", {});
    CHECK(failure.code == "GenericError");
    CHECK(failure.description.find("slowly") != std::string::npos);
    CHECK(cp.call_error("Dance", {}).code == "GenericError");
    other.heartbeat();
    CHECK(limited(gw, "refused") == 2);
    CHECK(deviations(gw, "CP-1") == 2);
    CHECK(deviations(gw, "CP-2") == 0);
    clock->advance(1s);
    cp.heartbeat();
    CHECK(cp.call_error("Heartbeat", {}).code == "GenericError");
}

TEST_CASE("Transaction messages beyond the rate wait for their turn and are answered", "[call limits]") {
    const auto clock = std::make_shared<manual_clock>();
    running_gateway gw(at_most(10, 1), {}, clock);
    auto cp = gw.connect("CP-1");
    const auto first = cp.send_call("StartTransaction", start);
    cp.send_call("Heartbeat", {}, "h");
    CHECK(cp.expect_error("h").code == "GenericError");
    CHECK(cp.unread() == 0);
    CHECK(limited(gw, "delayed") == 1);
    clock->advance(100ms);
    const auto id = cp.expect_result(first).at("transactionId").to_number<std::int64_t>();
    const auto stop = cp.send_call("StopTransaction",
                                   {{"transactionId", id}, {"meterStop", 10}, {"timestamp", "2026-01-02T04:04:05Z"}});
    clock->advance(100ms);
    cp.expect_result(stop);
    gw.expect_event(event_type::transaction_started, "CP-1");
    gw.expect_event(event_type::transaction_stopped, "CP-1");
}

TEST_CASE("Where the rule is not strict every CALL beyond the rate waits, in order", "[call limits]") {
    const auto clock = std::make_shared<manual_clock>();
    running_gateway gw(at_most(10, 1, [](config& c) { c.conformance.rules[rule::too_many_calls] = level::report; }), {},
                       clock);
    auto cp = gw.connect("CP-1");
    for (int i = 0; i < 5; ++i) cp.send_call("Heartbeat", {}, "h" + std::to_string(i));
    cp.ping("still read");
    CHECK(cp.expect_pong() == "still read");
    CHECK(cp.unread() == 0);
    for (int i = 0; i < 5; ++i) {
        clock->advance(100ms);
        cp.expect_result("h" + std::to_string(i));
        CHECK(cp.unread() == 0);
    }
    CHECK(limited(gw, "delayed") == 5);
    CHECK(limited(gw, "refused") == 0);
}

TEST_CASE("A CALL in time that comes behind a waiting one waits too", "[call limits]") {
    const auto clock = std::make_shared<manual_clock>();
    running_gateway gw(at_most(0, 1, [](config& c) { c.limits.action_rates = {"StartTransaction=1/1"}; }), {}, clock);
    auto cp = gw.connect("CP-1");
    const auto first = cp.send_call("StartTransaction", start);
    cp.expect_result(first);
    const auto second = cp.send_call("StartTransaction", start);
    cp.send_call("Heartbeat", {}, "h");
    cp.ping("both are there");
    cp.expect_pong();
    CHECK(cp.unread() == 0);
    clock->advance(1s);
    CHECK(is_call_result(cp.expect_text(), second));
    CHECK(is_call_result(cp.expect_text(), "h"));
}

TEST_CASE("A single action has its own rate", "[call limits]") {
    const auto clock = std::make_shared<manual_clock>();
    running_gateway gw([](config& c) { c.limits.action_rates = {"StatusNotification=1/2", "DataTransfer=1"}; }, {},
                       clock);
    auto cp = gw.connect("CP-1");
    cp.call("StatusNotification", status(1));
    cp.call("StatusNotification", status(2));
    CHECK(cp.call_error("StatusNotification", status(3)).code == "GenericError");
    for (int i = 0; i < 20; ++i) cp.heartbeat();
    clock->advance(1s);
    cp.call("StatusNotification", status(3));
}

TEST_CASE("A charge point may have a rate of its own", "[call limits]") {
    const auto clock = std::make_shared<manual_clock>();
    running_gateway gw(at_most(1, 1,
                               [](config& c) {
                                   auto& entry = c.charge_points.emplace_back();
                                   entry.pattern = "BIG-*";
                                   entry.message_rate = 0;
                               }),
                       {}, clock);
    auto big = gw.connect("BIG-1");
    auto small = gw.connect("CP-1");
    for (int i = 0; i < 50; ++i) big.heartbeat();
    CHECK(small.call_error("Heartbeat", {}).code == "GenericError");
}

TEST_CASE("One that sends on while its CALLs wait is read no faster than the limits permit", "[call limits]") {
    running_gateway gw(at_most(100, 1, [](config& c) { c.session.inbound_queue = 4; }));
    auto cp = gw.connect("CP-1");
    for (int i = 0; i < 20; ++i) cp.send_call("StartTransaction", start, "s" + std::to_string(i));
    for (int i = 0; i < 20; ++i) static_cast<void>(cp.expect_result("s" + std::to_string(i)));
}

TEST_CASE("A session whose CALLs wait ends at once", "[call limits]") {
    const auto clock = std::make_shared<manual_clock>();
    running_gateway gw(at_most(1, 1), {}, clock);
    auto cp = gw.connect("CP-1");
    cp.send_call("StartTransaction", start);
    cp.ping("it is there");
    cp.expect_pong();
    SECTION("by its charge point") {
        cp.drop_without_close();
        gw.expect_disconnect("CP-1");
    }
    SECTION("by a newer one") {
        auto newer = gw.connect("CP-1");
        CHECK(cp.expect_close() == 1008);
        newer.ping("here");
        newer.expect_pong();
    }
    gw.stop();
}

// ------------------------------------------------------------------------------------------------------------ boots

TEST_CASE("Boots beyond the rate are told to come back, and are accepted then", "[boot storm]") {
    const auto clock = std::make_shared<manual_clock>();
    running_gateway gw(io_threads(GENERATE(1, 3), [](config& c) { c.limits.boot_rate = 1; }), {}, clock);
    auto first = gw.connect("CP-1");
    auto second = gw.connect("CP-2");
    const json::object boot{{"chargePointVendor", "V"}, {"chargePointModel", "M"}};
    CHECK(first.call("BootNotification", boot).at("status") == "Accepted");
    const auto deferred = second.call("BootNotification", boot);
    CHECK(deferred.at("status") == "Pending");
    CHECK(is_utc_timestamp(std::string(deferred.at("currentTime").as_string())));
    const auto interval = deferred.at("interval").to_number<int>();
    CHECK(interval >= 30);
    CHECK(interval <= 60);
    const auto booted = gw.expect_event(event_type::charge_point_booted, "CP-2");
    CHECK(booted.payload.at("registrationStatus") == "Pending");
    CHECK(metric(gw.port(), "gateway_boots_deferred_total") == 1);

    // While it waits it may be configured, but not started.
    command start_later("RemoteStartTransaction", R"({"idTag":"TAG-1"})");
    start_later.expires_at = clock->utc() + 1h;
    auto waiting = gw.send("CP-2", start_later);
    auto allowed = gw.send("CP-2", "ClearCache");
    second.expect_call("ClearCache").answer({{"status", "Accepted"}});
    CHECK(allowed.get().outcome == outcome::result);
    CHECK_FALSE(waiting.completed());

    clock->advance(1s);
    CHECK(second.call("BootNotification", boot).at("status") == "Accepted");
    second.expect_call("RemoteStartTransaction").answer({{"status", "Accepted"}});
    CHECK(waiting.get().outcome == outcome::result);
}

TEST_CASE("A charge point that boots in a loop takes no boot from another one", "[boot storm]") {
    const auto clock = std::make_shared<manual_clock>();
    running_gateway gw([](config& c) { c.limits.boot_rate = 1; }, {}, clock);
    auto looping = gw.connect("CP-1");
    const json::object boot{{"chargePointVendor", "V"}, {"chargePointModel", "M"}};
    for (int i = 0; i < 3; ++i) {
        CHECK(looping.call("BootNotification", boot).at("status") == "Accepted");
        clock->advance(1s);
    }
    CHECK(looping.call("BootNotification", boot).at("status") == "Accepted");
    auto other = gw.connect("CP-2");
    CHECK(other.call("BootNotification", boot).at("status") == "Accepted");
    // Long after its last boot it counts like any other.
    clock->advance(60s);
    auto third = gw.connect("CP-3");
    CHECK(third.call("BootNotification", boot).at("status") == "Accepted");
    CHECK(looping.call("BootNotification", boot).at("status") == "Pending");
}
