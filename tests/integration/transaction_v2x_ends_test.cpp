// Transactions of 2.x charge points that come again, follow each other or end in odd ways.
#include "support/charge_point.hpp"
#include "support/copied_journal.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/stores.hpp"
#include "support/temporary_directory.hpp"
#include "support/v2x.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <string>

using namespace voltgate;
using namespace voltgate::test;

namespace {

json::object at_time(json::object request, std::string_view time) {
    request["timestamp"] = time;
    return request;
}

json::object started(std::string_view id, std::string_view time = "2026-01-02T03:04:05Z", double kwh = 1.5) {
    auto request = at_time(transaction_event("Started", id, 0, "Authorized"), time);
    request["idToken"] = id_token("TAG-1");
    request["meterValue"] = register_reading(kwh, "Transaction.Begin");
    return request;
}

json::object ended(std::string_view id, std::int64_t sequence, double kwh = 4.0,
                   std::string_view time = "2026-01-02T04:04:05Z") {
    auto request = at_time(transaction_event("Ended", id, sequence, "EVDeparted"), time);
    request["meterValue"] = register_reading(kwh, "Transaction.End");
    return request;
}

/// With a trigger that makes two events of it.
json::object updated(std::string_view id, std::int64_t sequence, double kwh, std::string_view time) {
    auto request = at_time(transaction_event("Updated", id, sequence), time);
    request["meterValue"] = register_reading(kwh, "Sample.Periodic");
    request["meterValue"].as_array()[0].as_object()["timestamp"] = time;
    return request;
}

/// What was told of transactions since the last look, one word each.
std::string told(running_gateway& gw, charge_point& cp) {
    const json::object mark{
        {"timestamp", "2026-01-02T03:04:05Z"}, {"connectorStatus", "Faulted"}, {"evseId", 9}, {"connectorId", 9}};
    cp.call("StatusNotification", mark);
    std::string words;
    for (const auto& e : gw.events().up_to(event_type::connector_status_changed, "CP-1")) {
        const auto type = std::string(to_string(e.event->type));
        if (!type.starts_with("transaction.")) continue;
        words += type.substr(type.find('.') + 1);
        if (e.payload.contains("conflict")) words += "!";
        words += ' ';
    }
    return words;
}

std::string token_status(const json::object& answer) { return text_at(answer, "/idTokenInfo/status"); }

template <class Stores>
struct of_2x : Stores {
    ocpp::version version = GENERATE(ocpp::version::v201, ocpp::version::v21);
};

void one_per_tag(config& c) { c.authorization.one_transaction_per_tag = true; }

}  // namespace

TEST_CASE_METHOD(of_2x<either_store>, "A second end with other readings is a conflict under whatever number",
                 "[books]") {
    running_gateway gw(in_store());
    auto cp = gw.connect("CP-1", speaking(version));
    cp.call("TransactionEvent", started("T-1"));
    cp.call("TransactionEvent", ended("T-1", 1));
    const auto number = GENERATE(0, 1, 2);
    const bool other_time = GENERATE(true, false);
    const auto other = other_time ? ended("T-1", number, 4.0, "2026-01-02T03:30:00Z") : ended("T-1", number, 5.0);
    cp.call("TransactionEvent", other);
    cp.call("TransactionEvent", other);
    auto same = ended("T-1", 1);
    same["offline"] = true;
    cp.call("TransactionEvent", same);
    CHECK(told(gw, cp) == "started stopped stopped! ");
    if (!in_journal) return;
    CHECK(at(record(gw, "T-1"), "/meterStopWh") == 4000);
    CHECK(at(record(gw, "T-1"), "/attention") == json::array({"conflict"}));
}

TEST_CASE_METHOD(of_2x<either_store>, "An end under a number that came before is an end", "[books]") {
    running_gateway gw(in_store());
    auto cp = gw.connect("CP-1", speaking(version));
    cp.call("TransactionEvent", started("T-1"));
    cp.call("TransactionEvent", updated("T-1", 1, 2.0, "2026-01-02T03:10:00Z"));
    cp.call("TransactionEvent", ended("T-1", GENERATE(0, 1)));
    CHECK(told(gw, cp) == "started updated meter_values stopped ");
}

TEST_CASE_METHOD(of_2x<either_store>, "A later transaction on the EVSE shows that the earlier one has ended",
                 "[books]") {
    running_gateway gw(in_store(one_per_tag));
    auto cp = gw.connect("CP-1", speaking(version));
    cp.call("TransactionEvent", started("T-1"));
    cp.call("TransactionEvent", updated("T-1", 1, 2.25, "2026-01-02T03:10:00Z"));
    CHECK(told(gw, cp) == "started updated meter_values ");
    CHECK(token_status(cp.call("TransactionEvent", started("T-2", "2026-01-02T03:30:00Z", 2.5))) == "Accepted");
    const auto event = gw.events().next("CP-1");
    CHECK(event.event->type == event_type::transaction_presumed_ended);
    CHECK(event.payload.at("transactionId") == "T-1");
    CHECK(event.payload.at("lastReadingWh") == 2250);
    CHECK(event.payload.at("lastReadingAt") == "2026-01-02T03:10:00.000Z");
    CHECK(event.payload.at("energyWh").is_null());
    cp.call("TransactionEvent", ended("T-1", 2, 2.5, "2026-01-02T03:20:00Z"));
    const auto stop = gw.expect_event(event_type::transaction_stopped, "CP-1");
    CHECK(stop.payload.at("known") == true);
    CHECK(stop.payload.at("energyWh") == 1000);
    CHECK(told(gw, cp).empty());
}

TEST_CASE_METHOD(of_2x<either_store>,
                 "The driver of a transaction that runs elsewhere is refused, and holds nothing by that", "[books]") {
    running_gateway gw(in_store(one_per_tag));
    auto cp = gw.connect("CP-1", speaking(version));
    auto other = gw.connect("CP-2", speaking(version));
    cp.call("TransactionEvent", started("T-1"));
    CHECK(token_status(other.call("TransactionEvent", started("U-1"))) == "ConcurrentTx");
    auto elsewhere = started("T-2", "2026-01-02T03:10:00Z");
    elsewhere["evse"] = json::object{{"id", 2}, {"connectorId", 1}};
    CHECK(token_status(cp.call("TransactionEvent", elsewhere)) == "ConcurrentTx");
    cp.call("TransactionEvent", ended("T-1", 1));
    CHECK(token_status(other.call("TransactionEvent", started("U-2", "2026-01-02T05:00:00Z"))) == "Accepted");
}

TEST_CASE_METHOD(of_2x<stores>, "The last reading of a 2.x transaction is known after a kill and after a restart",
                 "[books]") {
    temporary_directory crashed;
    {
        running_gateway gw(in_store());
        auto cp = gw.connect("CP-1", speaking(version));
        cp.call("TransactionEvent", started("T-1"));
        cp.call("TransactionEvent", updated("T-1", 1, 2.25, "2026-01-02T03:10:00Z"));
        copy_journal(directory.path(), crashed.path());
    }
    running_gateway next(journal_in(GENERATE(true, false) ? directory.path() : crashed.path()));
    auto again = next.connect("CP-1", speaking(version));
    again.call("TransactionEvent", started("T-2", "2026-01-02T03:30:00Z"));
    const auto event = next.expect_event(event_type::transaction_presumed_ended, "CP-1");
    CHECK(event.payload.at("lastReadingWh") == 2250);
    CHECK(event.payload.at("lastReadingAt") == "2026-01-02T03:10:00.000Z");
}

TEST_CASE_METHOD(of_2x<stores>,
                 "Under an id that is used again nothing of the earlier transaction is told of the later one",
                 "[books]") {
    {
        running_gateway gw(in_store());
        auto cp = gw.connect("CP-1", speaking(version));
        cp.call("TransactionEvent", started("1"));
        cp.call("TransactionEvent", updated("1", 1, 2.25, "2026-01-02T03:10:00Z"));
        cp.call("TransactionEvent", ended("1", 2));
        cp.call("TransactionEvent", started("1", "2026-01-02T05:00:00Z", 4.0));
    }
    running_gateway gw(in_store());
    auto cp = gw.connect("CP-1", speaking(version));
    cp.call("TransactionEvent", started("2", "2026-01-02T06:00:00Z", 4.0));
    CHECK(gw.expect_event(event_type::transaction_presumed_ended, "CP-1").payload.at("lastReadingWh").is_null());
}

TEST_CASE_METHOD(of_2x<either_store>, "A queue that is replayed after its id was used again is known", "[books]") {
    running_gateway gw(in_store());
    auto cp = gw.connect("CP-1", speaking(version));
    const auto first = [&] {
        cp.call("TransactionEvent", started("1"));
        cp.call("TransactionEvent", ended("1", 1));
    };
    first();
    cp.call("TransactionEvent", started("1", "2026-01-02T05:00:00Z", 4.0));
    CHECK(told(gw, cp) == "started stopped started ");
    first();
    CHECK(told(gw, cp).empty());
    cp.call("TransactionEvent", ended("1", 1, 6.0, "2026-01-02T06:00:00Z"));
    const auto stop = gw.expect_event(event_type::transaction_stopped, "CP-1");
    CHECK(stop.payload.at("known") == true);
    CHECK(stop.payload.at("energyWh") == 2000);
}

TEST_CASE_METHOD(of_2x<stores>, "A start that comes after its end completes the record", "[books]") {
    running_gateway gw(in_store());
    auto cp = gw.connect("CP-1", speaking(version));
    cp.call("TransactionEvent", ended("T-1", 1));
    CHECK(at(record(gw, "T-1"), "/energyWh").is_null());
    CHECK(at(record(gw, "T-1"), "/startReceivedAt").is_null());
    cp.call("TransactionEvent", started("T-1"));
    CHECK(at(record(gw, "T-1"), "/energyWh") == 2500);
    CHECK(at(record(gw, "T-1"), "/state") == "stopped");
    CHECK(told(gw, cp) == "stopped started ");
}

TEST_CASE_METHOD(of_2x<stores>, "A 2.x transaction is closed by hand, and its end goes before that", "[books]") {
    running_gateway gw(in_store());
    auto cp = gw.connect("CP-1", speaking(version));
    cp.call("TransactionEvent", started("a/b c"));
    const json::object occupied{
        {"timestamp", "2026-01-02T03:04:05Z"}, {"connectorStatus", "Occupied"}, {"evseId", 1}, {"connectorId", 2}};
    cp.call("StatusNotification", occupied);
    http_client http(gw.port());
    const std::string target = "/api/v1/transactions/a%2Fb%20c";
    json::object how{{"reason", "dead"}, {"meterStopWh", 1750}};
    CHECK(http.post(target + "/close", how).status == 409);
    how["force"] = true;
    const auto closed = http.post(target + "/close?chargePointId=cp-1", how);
    CHECK(closed.status == 200);
    CHECK(at(closed.json(), "/energyWh") == 250);
    CHECK(at(closed.json(), "/energySource") == "manual");
    cp.call("TransactionEvent", ended("a/b c", 1));
    const auto stop = gw.expect_event(event_type::transaction_stopped, "CP-1");
    CHECK(stop.payload.at("known") == true);
    CHECK(stop.payload.at("energyWh") == 2500);
    CHECK(at(http.get(target).json(), "/manual") == false);
}
