// What real charge points get wrong, deviation by deviation: docs/conformance.md is this list in words. The test cases
// bear its numbers.
#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/manual_clock.hpp"
#include "support/running_gateway.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <memory>
#include <string>

using namespace voltgate;
using namespace voltgate::test;

namespace {

running_gateway::configure level_of(rule r, level l) {
    return [r, l](config& c) { c.conformance.rules[r] = l; };
}

running_gateway::configure default_version() {
    return [](config& c) {
        charge_point_config entry;
        entry.pattern = "OLD-*";
        entry.default_version = ocpp::version::v16;
        c.charge_points.push_back(entry);
    };
}

std::int64_t counted(running_gateway& gw, std::string_view id, std::string_view name) {
    const auto record = http_client(gw.port()).get("/api/v1/charge-points/" + std::string(id)).json();
    const auto pointer = "/deviations/" + std::string(name);
    return has(record, pointer) ? number_at(record, pointer) : 0;
}

/// A StatusNotification with one member changed or added.
json::object status_with(std::string_view name, json::value value) {
    json::object payload{{"connectorId", 1}, {"errorCode", "NoError"}, {"status", "Available"}};
    payload[name] = std::move(value);
    return payload;
}

}  // namespace

TEST_CASE("E1: no Sec-WebSocket-Protocol needs a default version for the charge point", "[conformance]") {
    running_gateway gw(default_version());
    connect_options silent;
    silent.subprotocols.clear();
    auto cp = gw.connect("OLD-1", silent);
    CHECK(cp.subprotocol().empty());
    cp.heartbeat();
    CHECK(counted(gw, "OLD-1", "missing_subprotocol") == 1);
    CHECK(try_connect(gw.port(), "/ocpp/NEW-1", silent).response.status == 400);
}

TEST_CASE("E2: a Connection header that does not name upgrade, or none, is accepted and counted", "[conformance]") {
    running_gateway gw;
    connect_options odd;
    odd.connection = GENERATE("", "keep-alive", "close");
    CAPTURE(odd.connection);
    auto cp = gw.connect("CP-1", odd);
    CHECK(cp.upgrade_response().header("Connection") == "upgrade");
    cp.heartbeat();
    CHECK(counted(gw, "CP-1", "missing_connection_upgrade") == 1);
}

TEST_CASE("E2: a Connection header that names upgrade among others is no deviation", "[conformance]") {
    running_gateway gw;
    connect_options fine;
    fine.connection = GENERATE("upgrade", "keep-alive, UPGRADE", "Upgrade,keep-alive");
    auto cp = gw.connect("CP-1", fine);
    cp.heartbeat();
    CHECK(counted(gw, "CP-1", "missing_connection_upgrade") == 0);
}

TEST_CASE("E2: a Connection header that does not name upgrade is refused where that is strict", "[conformance]") {
    running_gateway gw(level_of(rule::missing_connection_upgrade, level::strict));
    connect_options odd;
    odd.connection = GENERATE("", "keep-alive");
    CHECK(try_connect(gw.port(), "/ocpp/CP-1", odd).response.status == 400);
    CHECK(try_connect(gw.port(), "/ocpp/CP-1").upgraded());
}

TEST_CASE("E3: odd paths lead to the same charge point", "[conformance]") {
    running_gateway gw;
    connect_options odd;
    odd.target = GENERATE("//ocpp///CP-1", "/ocpp/CP-1/", "ws://example.org/ocpp/CP-1", "/ocpp/CP-1/CP-1");
    CAPTURE(odd.target);
    auto cp = gw.connect("CP-1", odd);
    cp.heartbeat();
    CHECK(gw->find_charge_point("CP-1")->connected);
    CHECK(counted(gw, "CP-1", "odd_path") == 1);
}

TEST_CASE("E3: odd paths are not found where they are strict", "[conformance]") {
    running_gateway gw(level_of(rule::odd_path, level::strict));
    CHECK(try_connect(gw.port(), "/ocpp/CP-1/").response.status == 404);
    CHECK(try_connect(gw.port(), "/ocpp/CP-1").upgraded());
}

TEST_CASE("E7, E8: a newer connection wins", "[conformance]") {
    running_gateway gw;
    auto old = gw.connect("CP-1");
    auto fresh = gw.connect("CP-1");
    fresh.heartbeat();
    CHECK(old.expect_close() == 1008);
    fresh.heartbeat();
}

TEST_CASE("E12: message ids that come again are answered again", "[conformance]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    for (int i = 0; i < 2; ++i) {
        cp.send_call("Heartbeat", {}, "1");
        CHECK(has(cp.expect_result("1"), "/currentTime"));
    }
}

TEST_CASE("E15: transaction ids that no gateway gives are answered and counted", "[conformance]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    const auto id = GENERATE(std::int64_t{0}, std::int64_t{-1}, std::int64_t{2147483648}, INT64_MAX);
    CHECK(cp.stop_transaction(id).empty());
    CHECK(counted(gw, "CP-1", "transaction_id_range") == 1);
    CHECK(gw.expect_event(event_type::transaction_stopped, "CP-1").payload.at("known") == false);
}

TEST_CASE("E16: a sample's value as number is a value", "[conformance]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    cp.send_text(R"([2,"m","MeterValues",{"connectorId":1,"meterValue":[{"timestamp":"2026-01-02T03:04:05Z",)"
                 R"("sampledValue":[{"value":12.5,"unit":"kWh"}]}]}])");
    cp.expect_result("m");
    const auto event = gw.expect_event(event_type::meter_values_received, "CP-1");
    CHECK(number_at(event.payload, "/meterValues/0/samples/0/value") == 12500);
    CHECK(counted(gw, "CP-1", "number_as_string") == 1);
}

TEST_CASE("E17: meter values without samples are accepted", "[conformance]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    const json::array samples;
    const json::array values{json::object{{"timestamp", "2026-01-02T03:04:05Z"}, {"sampledValue", samples}}};
    CHECK(cp.call("MeterValues", {{"connectorId", 1}, {"meterValue", values}}).empty());
}

TEST_CASE("E18, E19: words outside the lists travel on as they came", "[conformance]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    cp.call("StatusNotification", status_with("errorCode", "Error"));
    CHECK(gw.expect_event(event_type::connector_status_changed, "CP-1").payload.at("errorCode") == "Error");
    CHECK(counted(gw, "CP-1", "unknown_enum_value") == 1);
}

TEST_CASE("E20 to E22: long, empty and unknown members are accepted and counted", "[conformance]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    const json::object boot{{"chargePointVendor", ""},
                            {"chargePointModel", std::string(30, 'M')},
                            {"chargePointSerialNumber", "S"},
                            {"colour", "red"}};
    CHECK(cp.call("BootNotification", boot).at("status") == "Accepted");
    CHECK(counted(gw, "CP-1", "empty_string") == 1);
    CHECK(counted(gw, "CP-1", "string_too_long") == 1);
    CHECK(counted(gw, "CP-1", "unknown_property") == 1);
}

TEST_CASE("E23: odd times are read as far as they can be", "[conformance]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    const auto* time = GENERATE("2026-01-02T03:04:05", "2026-01-02 03:04:05Z", "2026-01-02T05:04:05+02");
    CAPTURE(time);
    cp.call("StatusNotification", status_with("timestamp", time));
    const auto event = gw.expect_event(event_type::connector_status_changed, "CP-1");
    CHECK(counted(gw, "CP-1", "odd_timestamp") == 1);
    REQUIRE(event.event->occurred_at);
    CHECK(std::chrono::floor<std::chrono::seconds>(*event.event->occurred_at).time_since_epoch().count() == 1767323045);
}

TEST_CASE("E24: each charge point gets its times with milliseconds or without, as it needs them", "[conformance]") {
    const bool usual = GENERATE(false, true);
    const auto clock = std::make_shared<manual_clock>();
    const auto otherwise_for_some = [usual](config& c) {
        c.timestamp_milliseconds = usual;
        charge_point_config entry;
        entry.pattern = "ODD-*";
        entry.timestamp_milliseconds = !usual;
        c.charge_points.push_back(entry);
    };
    running_gateway gw(otherwise_for_some, {}, clock);
    for (const bool odd : {false, true}) {
        auto cp = gw.connect(odd ? "ODD-1" : "CP-1");
        const auto* expected = odd != usual ? "2026-01-02T03:04:05.000Z" : "2026-01-02T03:04:05Z";
        CHECK(cp.boot().at("currentTime") == expected);
        CHECK(cp.call("Heartbeat", {}).at("currentTime") == expected);
    }
}

TEST_CASE("E25: a charge point that never boots is served and counted once", "[conformance]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    cp.heartbeat();
    cp.status(1, "Available");
    CHECK(counted(gw, "CP-1", "missing_boot") == 1);
}

TEST_CASE("E25: a charge point that never boots is refused where that is strict", "[conformance]") {
    running_gateway gw(level_of(rule::missing_boot, level::strict));
    charge_point cp(gw.port(), "CP-1");
    CHECK(cp.call_error("Heartbeat", {}).code == "SecurityError");
    cp.boot();
    cp.heartbeat();
}

TEST_CASE("E27, E29: transaction messages get a result whatever they say", "[conformance]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    const auto conf = cp.call("StartTransaction", {{"connectorId", 1}});
    CHECK(number_at(conf, "/transactionId") > 0);
    CHECK(at(conf, "/idTagInfo/status") == "Accepted");  // everybody may charge, so this one too
    CHECK(cp.stop_transaction(12345).empty());
    CHECK(counted(gw, "CP-1", "unusable_transaction_message") == 1);
    CHECK(counted(gw, "CP-1", "unknown_transaction") == 1);
}

TEST_CASE("E27, E29: a transaction message that ends behind its action gets a result too", "[conformance]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    cp.send_text(GENERATE(R"([2,"x","StopTransaction"])", R"([2,"x","StopTransaction")"));
    CHECK(cp.expect_result("x").empty());
    CHECK(counted(gw, "CP-1", "unusable_transaction_message") == 1);
    cp.heartbeat();
}

TEST_CASE("E28: error codes of another version are understood and counted", "[conformance]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    auto pending = gw.send("CP-1", "ClearCache");
    cp.expect_call("ClearCache").error("FormatViolation", "2.x says it so");
    const auto result = pending.get();
    CHECK(result.outcome == outcome::call_error);
    CHECK(result.error_code == "FormatViolation");
    CHECK(counted(gw, "CP-1", "foreign_error_code") == 1);
}

TEST_CASE("E31: calls that do not wait for answers are answered in order", "[conformance]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    for (int i = 0; i < 20; ++i) cp.send_call("Heartbeat", {}, "n" + std::to_string(i));
    for (int i = 0; i < 20; ++i) CHECK(is_call_result(cp.expect_text(), "n" + std::to_string(i)));
}
