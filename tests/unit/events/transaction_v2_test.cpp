// TransactionEvent: what is read of it, and the payloads that come of it.
#include "events/transaction_v2.hpp"

#include "unit/events/payload_of.hpp"

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace voltgate;
using test::request;

namespace {

constexpr const char* update = R"({"eventType":"Updated","timestamp":"2026-01-02T03:05:00Z",
    "triggerReason":"MeterValuePeriodic","seqNo":4,"offline":true,"numberOfPhasesUsed":3,
    "transactionInfo":{"transactionId":"T-1","chargingState":"Charging","timeSpentCharging":60,"remoteStartId":9},
    "meterValue":[{"timestamp":"2026-01-02T03:05:00Z","sampledValue":[{"value":1}]}]})";

transaction_reading reading_of(const std::string& json) {
    const request r{json};
    return read_transaction_v2(r.root());
}

boost::json::object payload_of(const std::string& json, const transaction_facts& facts) {
    const request r{json};
    const auto reading = read_transaction_v2(r.root());
    std::string rest, payload;
    const auto type = type_of(reading);
    if (type == event_type::transaction_meter_values) {
        append_transaction_meter_rest(rest, r.root(), reading);
    } else {
        append_transaction_rest(rest, r.root(), reading);
    }
    join_transaction_payload(payload, type, facts, rest);
    return boost::json::parse(payload).as_object();
}

}  // namespace

TEST_CASE("An update that came for its meter values is those alone") {
    const auto reading = reading_of(update);
    CHECK(reading.is_meter_message);
    CHECK(reading.sequence == 4);
    CHECK(reading.offline);
    transaction_facts facts;
    facts.evse = 1;
    CHECK(payload_of(update, facts) == boost::json::parse(R"({"evseId":1,"connectorId":null,"transactionId":"T-1",
        "sequenceNumber":4,"offline":true,"triggerReason":"MeterValuePeriodic","chargingState":"Charging",
        "remoteStartId":9,"timeSpentCharging":60,"numberOfPhasesUsed":3,
        "meterValues":[{"timestamp":"2026-01-02T03:05:00Z","samples":[{"measurand":"Energy.Active.Import.Register",
        "value":1,"unit":"Wh","context":"Sample.Periodic","location":"Outlet","phase":null}]}]})")
                                           .as_object());
}

TEST_CASE("What a start and an end say is in their events") {
    transaction_facts facts;
    facts.evse = 1;
    facts.connector = 2;
    facts.known = true;
    facts.id_tag_status = "Blocked";
    const auto started = payload_of(R"({"eventType":"Started","timestamp":"2026-01-02T03:05:00Z","seqNo":0,
        "triggerReason":"Authorized","transactionInfo":{"transactionId":"T \"1\""},"reservationId":5,
        "idToken":{"idToken":"AB","type":"ISO14443"},"customData":{"vendorId":"x"}})",
                                    facts);
    CHECK(started.at("transactionId") == "T \"1\"");
    CHECK(started.at("idTag") == "AB");
    CHECK(started.at("idTagStatus") == "Blocked");
    CHECK(started.at("reservationId") == 5);
    CHECK(started.at("meterStartWh").is_null());
    CHECK(started.at("customData").at("vendorId") == "x");
    CHECK(started.at("meterValues").as_array().empty());
    CHECK_FALSE(started.contains("known"));
    const auto ended = payload_of(R"({"eventType":"Ended","timestamp":"2026-01-02T03:05:00Z","seqNo":9,
        "triggerReason":"StopAuthorized","transactionInfo":{"transactionId":"T-1"}})",
                                  facts);
    CHECK(ended.at("reason") == "Local");
    CHECK(ended.at("known") == true);
    CHECK(ended.at("meterStopWh").is_null());
    CHECK(ended.at("stopTimestamp") == "2026-01-02T03:05:00Z");
}

TEST_CASE("A TransactionEvent that lacks everything is read all the same") {
    const auto reading = reading_of("{}");
    CHECK(reading.transaction_id.empty());
    CHECK_FALSE(reading.sequence);
    CHECK(type_of(reading) == event_type::transaction_updated);
    CHECK(reading_of(R"({"seqNo":-1})").sequence == std::nullopt);
    CHECK(reading_of(R"({"transactionInfo":{"transactionId":")" + std::string(300, 'x') + R"("}})")
              .transaction_id.empty());
    CHECK(payload_of("{}", {}).at("transactionId").is_null());
}

TEST_CASE("A PIN is not told") {
    CHECK(payload_of(R"({"eventType":"Started","idToken":{"idToken":"1234","type":"KeyCode"}})", {})
              .at("idTag")
              .is_null());
}
