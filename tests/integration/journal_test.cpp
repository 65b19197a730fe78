// What a charge point was told is stored: across connections and restarts.
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace voltgate;
using namespace voltgate::test;

namespace {

json::object start_request(int connector = 1, const char* tag = "TAG-1", int meter = 1000) {
    json::object request;
    request["connectorId"] = connector;
    request["idTag"] = tag;
    request["meterStart"] = meter;
    request["timestamp"] = "2026-01-02T03:04:05Z";
    return request;
}

json::object stop_request(std::int64_t transaction_id, int meter = 2000) {
    json::object request;
    request["transactionId"] = transaction_id;
    request["meterStop"] = meter;
    request["timestamp"] = "2026-01-02T04:04:05Z";
    return request;
}

}  // namespace

TEST_CASE("a transaction goes on across a restart, and its retried start is the same transaction") {
    temporary_directory directory;
    std::int64_t id = 0;
    std::uint64_t epoch = 0;
    {
        running_gateway gateway(journal_in(directory.path()));
        auto cp = gateway.connect("CP-1");
        id = cp.call("StartTransaction", start_request()).at("transactionId").as_int64();
        const auto seen = gateway.expect_event(event_type::transaction_started, "CP-1");
        CHECK(seen.payload.at("transactionId").as_string() == std::to_string(id));
        epoch = seen.event->epoch;
    }
    running_gateway gateway(journal_in(directory.path()));
    auto cp = gateway.connect("CP-1");
    CHECK(cp.call("StartTransaction", start_request()).at("transactionId").as_int64() == id);
    cp.call("StopTransaction", stop_request(id));
    const auto stopped = gateway.expect_event(event_type::transaction_stopped, "CP-1");
    CHECK(stopped.payload.at("known").as_bool());
    CHECK(stopped.payload.at("connectorId").as_int64() == 1);
    CHECK(stopped.event->epoch > epoch);
    CHECK(stopped.event->sequence > 3);
}

TEST_CASE("a start in the words of a transaction that went on is the same transaction, and told") {
    temporary_directory directory;
    running_gateway gateway(journal_in(directory.path()));
    auto cp = gateway.connect("CP-1");
    const auto first = cp.call("StartTransaction", start_request()).at("transactionId").as_int64();
    cp.call("StopTransaction", stop_request(first));
    CHECK(cp.call("StartTransaction", start_request()).at("transactionId").as_int64() == first);
    const auto told = gateway.expect_event(event_type::transaction_start_repeated, "CP-1");
    CHECK(told.payload.at("transactionId").as_string() == std::to_string(first));
    CHECK(told.payload.at("state").as_string() == "stopped");
}

TEST_CASE("a start in the words of a transaction that went on is a new one where no clock was ever right") {
    temporary_directory directory;
    running_gateway gateway(journal_in(directory.path()));
    auto cp = gateway.connect("CP-1");
    auto request = start_request();
    request["timestamp"] = "1970-01-01T00:00:10Z";
    const auto first = cp.call("StartTransaction", request).at("transactionId").as_int64();
    cp.call("StopTransaction", stop_request(first));
    const auto second = cp.call("StartTransaction", request).at("transactionId").as_int64();
    CHECK(second != first);
    gateway.expect_event(event_type::transaction_started, "CP-1");
    const auto told = gateway.expect_event(event_type::transaction_started, "CP-1");
    CHECK(told.payload.at("possibleDuplicateOf").as_string() == std::to_string(first));
    CHECK(told.payload.at("clock").as_string() == "unset");
    const auto shown = http_client(gateway.port()).get("/api/v1/charge-points/CP-1").json();
    CHECK(shown.at_pointer("/deviations/reused_transaction_start").as_int64() == 1);
}

TEST_CASE("the last status of a connector is known after a restart") {
    temporary_directory directory;
    json::object status;
    status["connectorId"] = 1;
    status["errorCode"] = "NoError";
    status["status"] = "Charging";
    {
        running_gateway gateway(journal_in(directory.path()));
        auto cp = gateway.connect("CP-1");
        cp.call("StatusNotification", status);
    }
    running_gateway gateway(journal_in(directory.path()));
    auto cp = gateway.connect("cp-1");
    status["status"] = "Available";
    cp.call("StatusNotification", status);
    const auto seen = gateway.expect_event(event_type::connector_status_changed, "CP-1");
    CHECK(seen.payload.at("previousStatus").as_string() == "Charging");
}
