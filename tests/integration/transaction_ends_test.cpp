// How transactions end besides a stop: presumed by a later start, closed by hand, and the stop that comes after that.
#include "support/charge_point.hpp"
#include "support/copied_journal.hpp"
#include "support/http_client.hpp"
#include "support/metric.hpp"
#include "support/running_gateway.hpp"
#include "support/stores.hpp"
#include "support/temporary_directory.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <fstream>
#include <iterator>
#include <string>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

json::object start_request(std::string_view time, std::string_view tag = "TAG-1", int connector = 1, int meter = 1000) {
    return {{"connectorId", connector}, {"idTag", tag}, {"meterStart", meter}, {"timestamp", time}};
}

json::object stop_request(std::int64_t id, json::value meter = 2250, std::string_view time = "2026-01-02T03:04:00Z") {
    return {{"transactionId", id}, {"meterStop", std::move(meter)}, {"timestamp", time}};
}

json::object values_request(std::int64_t id, const json::array& values) {
    return {{"connectorId", 1}, {"transactionId", id}, {"meterValue", values}};
}

json::object meter_value(std::string_view time, const json::array& samples) {
    return {{"timestamp", time}, {"sampledValue", samples}};
}

json::object kwh(std::string_view value) { return {{"value", value}, {"unit", "kWh"}}; }

std::string status_in(const json::object& answer) { return text_at(answer, "/idTagInfo/status"); }

http_response close_by_hand(running_gateway& gw, std::int64_t id, const json::object& how) {
    return http_client(gw.port()).post("/api/v1/transactions/" + std::to_string(id) + "/close", how);
}

void one_per_tag(config& c) { c.authorization.one_transaction_per_tag = true; }

}  // namespace

TEST_CASE_METHOD(either_store, "A later start shows that the earlier transaction has ended", "[books]") {
    running_gateway gw(in_store(), {}, clock);
    auto cp = gw.connect("CP-1");
    const auto old = start(cp, start_request("2026-01-02T02:00:00Z"));
    const json::object power{{"value", "11"}, {"unit", "kW"}, {"measurand", "Power.Active.Import"}};
    const json::object inlet{{"value", "9"}, {"unit", "kWh"}, {"location", "Inlet"}};
    const json::object phase{{"value", "3"}, {"unit", "kWh"}, {"phase", "L1"}};
    const json::object exported{{"value", "8"}, {"unit", "kWh"}, {"measurand", "Energy.Active.Export.Register"}};
    cp.call("MeterValues", values_request(old, {meter_value("2026-01-02T02:30:00Z", {kwh("1.5")}),
                                                meter_value("2026-01-02T02:31:00Z", {inlet, kwh("1.9005"), phase}),
                                                meter_value("2026-01-02T02:32:00Z", {power, exported})}));
    const auto next = start(cp, start_request("2026-01-02T03:00:00Z", "TAG-2"));
    CHECK(next != old);
    const auto told = gw.expect_event(event_type::transaction_presumed_ended, "CP-1");
    CHECK(text_at(told.payload, "/transactionId") == std::to_string(old));
    CHECK(told.payload.at("lastReadingWh") == 1900.5);
    CHECK(told.payload.at("lastReadingAt") == "2026-01-02T02:31:00.000Z");
    CHECK(told.payload.at("meterStopWh").is_null());
    CHECK(told.payload.at("energyWh").is_null());
    CHECK(gw.events().next("CP-1").event->type == event_type::transaction_started);
    CHECK(metric(gw.port(), R"(gateway_deviations_total{rule="presumed_end"})") == 1);
    if (in_journal) {
        const auto shown = record(gw, old);
        CHECK(at(shown, "/state") == "presumed_ended");
        CHECK(at(shown, "/presumedEnded") == true);
        CHECK(at(shown, "/lastReadingWh") == 1900.5);
        CHECK(at(shown, "/energyWh").is_null());
        CHECK(at(shown, "/attention") == json::array({"presumed"}));
    }
    cp.call("StopTransaction", stop_request(old, 2250, "2026-01-02T02:59:00Z"));
    const auto stop = gw.events().next("CP-1");
    CHECK(stop.event->type == event_type::transaction_stopped);
    CHECK(stop.payload.at("known") == true);
    CHECK(stop.payload.at("energyWh") == 1250);
    if (!in_journal) return;
    CHECK(at(record(gw, old), "/state") == "stopped");
    CHECK(at(record(gw, old), "/attention") == json::array());
    CHECK(at(record(gw, next), "/state") == "running");
}

TEST_CASE_METHOD(either_store, "A reading that comes late is not the last one", "[books]") {
    running_gateway gw(in_store(), {}, clock);
    auto cp = gw.connect("CP-1");
    const auto old = start(cp, start_request("2026-01-02T02:00:00Z"));
    cp.call("MeterValues", values_request(old, {meter_value("2026-01-02T02:30:00Z", {kwh("1.9")})}));
    cp.call("MeterValues", values_request(old, {meter_value("2026-01-02T02:15:00Z", {kwh("1.4")})}));
    start(cp, start_request("2026-01-02T03:00:00Z"));
    const auto told = gw.expect_event(event_type::transaction_presumed_ended, "CP-1");
    CHECK(told.payload.at("lastReadingWh") == 1900);
    CHECK(told.payload.at("lastReadingAt") == "2026-01-02T02:30:00.000Z");
}

TEST_CASE_METHOD(stores, "The last reading and its time are known after a kill", "[books]") {
    temporary_directory crashed;
    running_gateway gw(in_store(), {}, clock);
    auto cp = gw.connect("CP-1");
    const auto old = start(cp, start_request("2026-01-02T02:00:00Z"));
    const json::object volts{{"value", "230"}, {"measurand", "Voltage"}};
    cp.call("MeterValues", values_request(old, {meter_value("2026-01-02T02:30:00Z", {kwh("1.9")}),
                                                meter_value("2026-01-02T02:40:00Z", {volts})}));
    copy_journal(directory.path(), crashed.path());
    running_gateway next(journal_in(crashed.path()), {}, clock);
    auto again = next.connect("CP-1");
    start(again, start_request("2026-01-02T03:00:00Z"));
    const auto told = next.expect_event(event_type::transaction_presumed_ended, "CP-1");
    CHECK(told.payload.at("lastReadingWh") == 1900);
    CHECK(told.payload.at("lastReadingAt") == "2026-01-02T02:30:00.000Z");
}

TEST_CASE_METHOD(either_store, "What a presumed transaction was does not lock its driver out", "[books]") {
    running_gateway gw(in_store(one_per_tag), {}, clock);
    auto cp = gw.connect("CP-1");
    auto other = gw.connect("CP-2");
    start(cp, start_request("2026-01-02T02:00:00Z"));
    CHECK(status_in(other.call("StartTransaction", start_request("2026-01-02T02:10:00Z"))) == "ConcurrentTx");
    CHECK(status_in(other.call("StartTransaction", start_request("2026-01-02T02:11:00Z"))) == "ConcurrentTx");
    // The refused ones hold nothing: neither themselves nor, once it is presumed to have ended, the first one.
    start(cp, start_request("2026-01-02T02:20:00Z", "TAG-2"));
    CHECK(status_in(other.call("StartTransaction", start_request("2026-01-02T02:30:00Z", "tag-1", 2))) == "Accepted");
    CHECK(status_in(other.call("StartTransaction", start_request("2026-01-02T02:10:00Z"))) == "ConcurrentTx");
}

TEST_CASE_METHOD(either_store, "The same driver at the same connector goes on, whatever became of the stop",
                 "[books]") {
    running_gateway gw(in_store(one_per_tag), {}, clock);
    auto cp = gw.connect("CP-1");
    start(cp, start_request("2026-01-02T02:00:00Z"));
    CHECK(status_in(cp.call("StartTransaction", start_request("2026-01-02T02:10:00Z"))) == "Accepted");
}

TEST_CASE_METHOD(stores, "A boot and an available connector only draw attention", "[books]") {
    running_gateway gw(in_store(one_per_tag), {}, clock);
    auto cp = gw.connect("CP-1");
    const auto id = start(cp, start_request("2026-01-02T02:00:00Z"));
    GENERATE(true, false) ? static_cast<void>(cp.boot()) : cp.status(1, "Available");
    eventually([&] { return at(record(gw, id), "/attention") == json::array({"left_open"}); }, "it is noted");
    CHECK(at(record(gw, id), "/state") == "running");
    auto other = gw.connect("CP-2");
    CHECK(status_in(other.call("StartTransaction", start_request("2026-01-02T02:10:00Z"))) == "ConcurrentTx");
    cp.call("StopTransaction", stop_request(id));
    CHECK(at(record(gw, id), "/attention") == json::array());
    CHECK(gw.expect_event(event_type::transaction_stopped, "CP-1").payload.at("energyWh") == 1250);
}

TEST_CASE_METHOD(stores, "A late stop of a presumed one leaves the one in its place open to be noticed", "[books]") {
    running_gateway gw(in_store(), {}, clock);
    auto cp = gw.connect("CP-1");
    const auto old = start(cp, start_request("2026-01-02T02:00:00Z"));
    const auto next = start(cp, start_request("2026-01-02T02:10:00Z"));
    cp.call("StopTransaction", stop_request(old, 2250, "2026-01-02T02:05:00Z"));
    cp.boot();
    eventually([&] { return at(record(gw, next), "/attention") == json::array({"left_open"}); }, "it is noted");
}

TEST_CASE_METHOD(stores, "A transaction is closed by hand, and a real stop goes before that", "[books]") {
    const auto audit_file = directory.file("audit.log");
    running_gateway gw(in_store([&](config& c) { one_per_tag(c), c.api.audit_file = audit_file; }), {}, clock);
    auto cp = gw.connect("CP-1");
    const auto id = start(cp, start_request("2026-01-02T02:00:00Z"));
    cp.status(1, "Charging");
    CHECK(close_by_hand(gw, id, {{"reason", "broken"}, {"meterStopWh", 1999.75}}).status == 409);
    CHECK(close_by_hand(gw, id, {{"reason", "broken"}, {"meterStopWh", 1999.75}, {"force", true}}).status == 200);
    const auto told = gw.expect_event(event_type::transaction_closed, "CP-1");
    CHECK(told.payload.at("manual") == true);
    CHECK(told.payload.at("reason") == "broken");
    CHECK(told.payload.at("meterStopWh") == 1999.75);
    CHECK(told.payload.at("energyWh") == 999.75);
    CHECK(told.payload.at("energySource") == "manual");
    const auto closed = record(gw, id);
    CHECK(at(closed, "/state") == "closed");
    CHECK(at(closed, "/manual") == true);
    CHECK(at(closed, "/meterStopWh") == 1999.75);
    CHECK(at(closed, "/energyWh") == 999.75);
    CHECK(at(closed, "/stoppedAt").is_null());
    CHECK(close_by_hand(gw, id, {{"reason", "again"}, {"force", true}}).status == 409);
    const auto audited = [&] {
        std::ifstream in(audit_file);
        return std::string(std::istreambuf_iterator<char>(in), {});
    };
    const auto line = "closed " + std::to_string(id) + " of CP-1";
    eventually([&] { return audited().find(line) != std::string::npos; }, "it is audited");
    auto other = gw.connect("CP-2");
    CHECK(status_in(other.call("StartTransaction", start_request("2026-01-02T02:10:00Z"))) == "Accepted");

    cp.call("StopTransaction", stop_request(id));
    const auto stop = gw.expect_event(event_type::transaction_stopped, "CP-1");
    CHECK(stop.payload.at("known") == true);
    CHECK(stop.payload.at("energyWh") == 1250);
    CHECK(stop.payload.at("energySource") == "register");
    const auto stopped = record(gw, id);
    CHECK(at(stopped, "/state") == "stopped");
    CHECK(at(stopped, "/manual") == false);
    CHECK(at(stopped, "/meterStopWh") == 2250);
    CHECK(at(stopped, "/energyWh") == 1250);
    CHECK(at(stopped, "/closeReason") == "broken");
    CHECK(close_by_hand(gw, id, {{"reason", "again"}, {"force", true}}).status == 409);
}

TEST_CASE_METHOD(stores, "A wrong close is refused and changes nothing", "[books]") {
    running_gateway gw(in_store(), {}, clock);
    auto cp = gw.connect("CP-1");
    const auto id = start(cp, start_request("2026-01-02T02:00:00Z"));
    const auto target = "/api/v1/transactions/" + std::to_string(id) + "/close";
    http_client http(gw.port());
    for (const std::string body :
         {"", "{}", "[]", "nonsense", R"({"reason":""})", R"({"reason":7})", R"({"reason":"x","meterStopWh":-1})",
          R"({"reason":"x","meterStopWh":"2250"})", R"({"reason":"x","meterStopWh":1e31})",
          R"({"reason":"x","force":1})", R"({"reason":"x","energyWh":5})", R"({"reason":null})"}) {
        CAPTURE(body);
        CHECK(http.post_text(target, body).status == 400);
    }
    CHECK(http.post(target, {{"reason", std::string(256, 'x')}}).status == 400);
    CHECK(http.post(target + "?colour=red", {{"reason", "x"}}).status == 400);
    CHECK(http.post(target + "?chargePointId=CP-2", {{"reason", "x"}}).status == 404);
    CHECK(http.post("/api/v1/transactions/1/close", {{"reason", "x"}}).status == 404);
    CHECK(http.get(target).status == 405);
    CHECK(at(record(gw, id), "/state") == "running");
    CHECK(http.post_text(target, R"({"reason":"x","meterStopWh":null})").status == 200);
    CHECK(at(record(gw, id), "/meterStopWh").is_null());
    CHECK(at(record(gw, id), "/energyWh").is_null());
}
