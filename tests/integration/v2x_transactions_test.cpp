// Transactions of 2.x charge points: their messages are money, whatever order they come in.
#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"
#include "support/v2x.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <string>

using namespace voltgate;
using namespace voltgate::test;

namespace {

json::object started(std::string_view id) {
    auto request = transaction_event("Started", id, 0, "Authorized");
    request["idToken"] = id_token("TAG-1");
    request["meterValue"] = register_reading(1.5, "Transaction.Begin");
    return request;
}

json::object ended(std::string_view id, std::int64_t sequence) {
    auto request = transaction_event("Ended", id, sequence, "EVDeparted");
    request["timestamp"] = "2026-01-02T04:04:05Z";
    request["transactionInfo"].as_object()["stoppedReason"] = "EVDisconnected";
    request["meterValue"] = register_reading(4.0, "Transaction.End");
    return request;
}

std::int64_t deviations(running_gateway& gw, std::string_view name) {
    const auto record = http_client(gw.port()).get("/api/v1/charge-points/CP-1").json();
    const auto pointer = "/deviations/" + std::string(name);
    return has(record, pointer) ? number_at(record, pointer) : 0;
}

running_gateway::configure either_store(const temporary_directory& directory, bool in_journal) {
    return in_journal ? journal_in(directory.path()) : running_gateway::configure();
}

ocpp::version either_version() { return GENERATE(ocpp::version::v201, ocpp::version::v21); }

}  // namespace

TEST_CASE("A 2.x transaction is told and kept like one of 1.6", "[v2x]") {
    temporary_directory directory;
    const auto version = either_version();
    {
        running_gateway gw(journal_in(directory.path()));
        auto cp = gw.connect("CP-1", speaking(version));
        CHECK(json::serialize(cp.call("TransactionEvent", started("T-1"))) ==
              R"({"idTokenInfo":{"status":"Accepted"}})");
        const auto start = gw.expect_event(event_type::transaction_started, "CP-1");
        CHECK(start.payload.at("transactionId") == "T-1");
        CHECK(start.payload.at("evseId") == 1);
        CHECK(start.payload.at("connectorId") == 2);
        CHECK(start.payload.at("idTag") == "TAG-1");
        CHECK(start.payload.at("idTagStatus") == "Accepted");
        CHECK(start.payload.at("meterStartWh") == 1500);
        CHECK(start.payload.at("sequenceNumber") == 0);
        CHECK(start.payload.at("offline") == false);
        CHECK(start.payload.at("triggerReason") == "Authorized");
        CHECK(start.event->occurred_at.has_value());

        const auto running = http_client(gw.port()).get("/api/v1/transactions/T-1").json();
        CHECK(at(running, "/state") == "running");

        auto periodic = transaction_event("Updated", "T-1", 1, "MeterValuePeriodic");
        periodic["meterValue"] = register_reading(2.5, "Sample.Periodic");
        CHECK(cp.call("TransactionEvent", periodic).empty());
        const auto values = gw.events().next("CP-1");
        CHECK(values.event->type == event_type::transaction_meter_values);
        CHECK(values.payload.at("connectorId") == 2);  // from the start: an update does not name it
        CHECK(at(values.payload, "/meterValues/0/samples/0/value") == 2500);

        auto charging = transaction_event("Updated", "T-1", 2);
        charging["offline"] = true;
        charging["transactionInfo"].as_object()["chargingState"] = "SuspendedEV";
        charging["meterValue"] = register_reading(3.0, "Trigger");
        CHECK(cp.call("TransactionEvent", charging).empty());
        const auto update = gw.events().next("CP-1");
        CHECK(update.event->type == event_type::transaction_updated);
        CHECK(update.payload.at("chargingState") == "SuspendedEV");
        CHECK(update.payload.at("offline") == true);
        CHECK(gw.events().next("CP-1").event->type == event_type::transaction_meter_values);

        CHECK(cp.call("TransactionEvent", ended("T-1", 3)).empty());
        const auto stop = gw.events().next("CP-1");
        CHECK(stop.event->type == event_type::transaction_stopped);
        CHECK(stop.payload.at("known") == true);
        CHECK(stop.payload.at("reason") == "EVDisconnected");
        CHECK(stop.payload.at("meterStopWh") == 4000);
        CHECK(deviations(gw, "sequence_gap") == 0);
        CHECK(deviations(gw, "repeated_sequence") == 0);
    }
    running_gateway gw(journal_in(directory.path()));
    http_client http(gw.port());
    const auto stopped = http.get("/api/v1/transactions/T-1").json();
    CHECK(at(stopped, "/transactionId") == "T-1");
    CHECK(at(stopped, "/evseId") == 1);
    CHECK(at(stopped, "/connectorId") == 2);
    CHECK(at(stopped, "/idTag") == "TAG-1");
    CHECK(at(stopped, "/idTagStatus") == "Accepted");
    CHECK(at(stopped, "/state") == "stopped");
    CHECK(at(stopped, "/energyWh") == 2500);
    CHECK(at(stopped, "/startedAt") == "2026-01-02T03:04:05.000Z");
    CHECK(at(stopped, "/stoppedAt") == "2026-01-02T04:04:05.000Z");
    CHECK(at(stopped, "/stopReason") == "EVDisconnected");
    CHECK(at(http.get("/api/v1/transactions?chargePointId=CP-1").json(), "/items/0/transactionId") == "T-1");
    CHECK(http.get("/api/v1/transactions/T-1?chargePointId=CP-1").status == 200);
    CHECK(http.get("/api/v1/transactions/T-1?chargePointId=CP-2").status == 404);
}

TEST_CASE("A repeated TransactionEvent is answered again and told once", "[v2x]") {
    temporary_directory directory;
    const bool in_journal = GENERATE(false, true);
    running_gateway gw(either_store(directory, in_journal));
    const auto version = either_version();
    {
        auto cp = gw.connect("CP-1", speaking(version));
        const auto answer = cp.call("TransactionEvent", started("T-1"));
        CHECK(cp.call("TransactionEvent", started("T-1")) == answer);
        gw.expect_event(event_type::transaction_started, "CP-1");
        cp.drop_without_close();
        gw.expect_disconnect("CP-1");
    }
    auto cp = gw.connect("CP-1", speaking(version));
    CHECK(json::serialize(cp.call("TransactionEvent", started("T-1"))) == R"({"idTokenInfo":{"status":"Accepted"}})");
    CHECK(cp.call("TransactionEvent", ended("T-1", 1)).empty());
    CHECK(cp.call("TransactionEvent", ended("T-1", 1)).empty());
    CHECK(cp.call("TransactionEvent", transaction_event("Updated", "T-1", 2)).empty());
    const auto seen = gw.events().up_to(event_type::transaction_updated, "CP-1");
    std::string types;
    for (const auto& e : seen) types.append(to_string(e.event->type)).append(" ");
    CHECK(types == "charge_point.connected transaction.stopped transaction.updated ");
    CHECK(deviations(gw, "repeated_sequence") == 3);
}

TEST_CASE("A repetition is known after a restart too", "[v2x]") {
    temporary_directory directory;
    {
        running_gateway gw(journal_in(directory.path()));
        auto cp = gw.connect("CP-1", speaking(ocpp::version::v201));
        cp.call("TransactionEvent", started("T-1"));
        cp.call("TransactionEvent", ended("T-1", 1));
    }
    running_gateway gw(journal_in(directory.path()));
    auto cp = gw.connect("CP-1", speaking(ocpp::version::v201));
    CHECK(json::serialize(cp.call("TransactionEvent", started("T-1"))) == R"({"idTokenInfo":{"status":"Accepted"}})");
    CHECK(cp.call("TransactionEvent", ended("T-1", 1)).empty());
    CHECK(deviations(gw, "repeated_sequence") == 2);
    const auto events = http_client(gw.port()).get("/api/v1/events?type=transaction.stopped").json();
    CHECK(at(events, "/items").as_array().size() == 1);
}

TEST_CASE("Gaps and messages out of order are seen, and all of them told", "[v2x]") {
    temporary_directory directory;
    running_gateway gw(either_store(directory, GENERATE(false, true)));
    auto cp = gw.connect("CP-1", speaking(either_version()));
    cp.call("TransactionEvent", started("T-1"));
    cp.call("TransactionEvent", transaction_event("Updated", "T-1", 3));
    CHECK(deviations(gw, "sequence_gap") == 1);
    cp.call("TransactionEvent", transaction_event("Updated", "T-1", 1));
    cp.call("TransactionEvent", transaction_event("Updated", "T-1", 2));
    cp.call("TransactionEvent", ended("T-1", 4));
    CHECK(deviations(gw, "sequence_gap") == 1);
    CHECK(gw.events().up_to(event_type::transaction_stopped, "CP-1").size() == 6);

    cp.call("TransactionEvent", ended("T-2", 5));  // its start comes later
    CHECK(deviations(gw, "sequence_gap") == 2);
    CHECK(gw.expect_event(event_type::transaction_stopped, "CP-1").payload.at("known") == false);
    cp.call("TransactionEvent", started("T-2"));
    CHECK(gw.expect_event(event_type::transaction_started, "CP-1").payload.at("transactionId") == "T-2");
}

TEST_CASE("A charge point that uses an id again gets another transaction", "[v2x]") {
    temporary_directory directory;
    running_gateway gw(journal_in(directory.path()));
    auto cp = gw.connect("CP-1", speaking(either_version()));
    cp.call("TransactionEvent", started("1"));
    cp.call("TransactionEvent", ended("1", 1));
    auto again = started("1");
    again["timestamp"] = "2026-01-03T03:04:05Z";
    cp.call("TransactionEvent", again);
    CHECK(deviations(gw, "reused_transaction_start") == 1);
    http_client http(gw.port());
    CHECK(at(http.get("/api/v1/transactions?chargePointId=CP-1").json(), "/items").as_array().size() == 2);
    CHECK(at(http.get("/api/v1/transactions/1?chargePointId=CP-1").json(), "/state") == "running");
}

TEST_CASE("A TransactionEvent that names no transaction is answered and told", "[v2x]") {
    temporary_directory directory;
    running_gateway gw(either_store(directory, GENERATE(false, true)));
    auto cp = gw.connect("CP-1", speaking(either_version()));
    auto request = transaction_event("Updated", "T-1", 1);
    request.erase("transactionInfo");
    CHECK(cp.call("TransactionEvent", request).empty());
    CHECK(gw.expect_event(event_type::transaction_updated, "CP-1").payload.at("transactionId").is_null());
    CHECK(cp.call("TransactionEvent", {}).empty());
}

TEST_CASE("One transaction per tag counts over versions", "[v2x]") {
    temporary_directory directory;
    const bool in_journal = GENERATE(false, true);
    const running_gateway::configure one_each = [](config& c) { c.authorization.one_transaction_per_tag = true; };
    running_gateway gw(in_journal ? journal_in(directory.path(), one_each) : one_each);
    auto old = gw.connect("CP-0");
    old.start_transaction(1, "TAG-1");
    auto cp = gw.connect("CP-1", speaking(either_version()));
    CHECK(json::serialize(cp.call("TransactionEvent", started("T-1"))) ==
          R"({"idTokenInfo":{"status":"ConcurrentTx"}})");
    CHECK(json::serialize(cp.call("TransactionEvent", started("T-1"))) ==
          R"({"idTokenInfo":{"status":"ConcurrentTx"}})");
}

TEST_CASE("A charge point may come as 1.6 and then as 2.0.1", "[v2x]") {
    temporary_directory directory;
    running_gateway gw(journal_in(directory.path()));
    std::string old_id;
    {
        auto cp = gw.connect("CP-1");
        cp.boot();
        old_id = std::to_string(cp.start_transaction());
        cp.close();
        gw.expect_disconnect("CP-1");
    }
    {
        auto cp = gw.connect("CP-1", speaking(ocpp::version::v201));
        cp.call("TransactionEvent", started("T-1"));
        cp.call("TransactionEvent", ended("T-1", 1));
        cp.close();
        gw.expect_disconnect("CP-1");
    }
    auto cp = gw.connect("CP-1");
    cp.stop_transaction(std::stoll(old_id));
    http_client http(gw.port());
    const auto page = http.get("/api/v1/transactions?chargePointId=CP-1").json();
    CHECK(at(page, "/items/0/transactionId") == "T-1");
    CHECK(at(page, "/items/0/idTag") == "TAG-1");
    CHECK(text_at(page, "/items/1/transactionId") == old_id);
    CHECK(at(page, "/items/1/state") == "stopped");
    CHECK(at(page, "/items/1/evseId") == 1);
}
