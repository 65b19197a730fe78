// TransactionEvent: what is read of it, and the payloads that come of it.
#include "events/transaction_v2.hpp"

#include "unit/events/payload_of.hpp"

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <string>

using namespace voltgate;
using test::request;

namespace {

constexpr const char* update = R"({"eventType":"Updated","timestamp":"2026-01-02T03:05:00Z",
    "triggerReason":"MeterValuePeriodic","seqNo":4,"offline":true,"numberOfPhasesUsed":3,
    "transactionInfo":{"transactionId":"T-1","chargingState":"Charging","timeSpentCharging":60,"remoteStartId":9},
    "meterValue":[{"timestamp":"2026-01-02T03:05:00Z","sampledValue":[{"value":1}]}]})";

constexpr std::chrono::system_clock::time_point received(std::chrono::seconds(1'767'323'101));  // a second later

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
    facts.known = true;
    CHECK(payload_of(update, facts) ==
          boost::json::parse(R"({"evseId":1,"connectorId":null,"known":true,"transactionId":"T-1",
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
    facts.start_received = received;
    facts.received = received;
    facts.clock = "off";
    facts.reservation_id = 5;
    const auto started = payload_of(R"({"eventType":"Started","timestamp":"2026-01-02T03:05:00Z","seqNo":0,
        "triggerReason":"Authorized","transactionInfo":{"transactionId":"T \"1\""},
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
    CHECK(started.at("startReceivedAt") == "2026-01-02T03:05:01.000Z");
    CHECK(started.at("clock") == "off");
    facts.clock = "ok";
    facts.energy_wh = exact_decimal::read("12.5");
    facts.energy_source = "phases";
    const auto ended = payload_of(R"({"eventType":"Ended","timestamp":"2026-01-02T03:05:00Z","seqNo":9,
        "triggerReason":"StopAuthorized","transactionInfo":{"transactionId":"T-1"}})",
                                  facts);
    CHECK(ended.at("reason") == "Local");
    CHECK(ended.at("known") == true);
    CHECK(ended.at("meterStopWh").is_null());
    CHECK(ended.at("stopTimestamp") == "2026-01-02T03:05:00Z");
    CHECK(ended.at("startReceivedAt") == "2026-01-02T03:05:01.000Z");
    CHECK(ended.at("stopReceivedAt") == "2026-01-02T03:05:01.000Z");
    CHECK(ended.at("clock") == "ok");
    CHECK(ended.at("energyWh") == 12.5);
    CHECK(ended.at("energySource") == "phases");
    CHECK_FALSE(ended.contains("conflict"));
    CHECK_FALSE(ended.contains("mayBeRepeated"));
}

TEST_CASE("An end that contradicts, and a message that may have come before, say so") {
    transaction_facts facts;
    facts.conflict = true;
    CHECK(payload_of(R"({"eventType":"Ended"})", facts).at("conflict") == true);
    facts.may_be_repeated = true;
    CHECK(payload_of(update, facts).at("mayBeRepeated") == true);
    CHECK(payload_of(update, facts).at("known") == false);
    CHECK(payload_of(R"({"eventType":"Updated"})", facts).at("mayBeRepeated") == true);
    CHECK_FALSE(payload_of(R"({"eventType":"Updated"})", facts).contains("known"));
}

TEST_CASE("What the store does not know of a 2.x transaction is null") {
    const auto started = payload_of(R"({"eventType":"Started","reservationId":5})", {});
    CHECK(started.at("reservationId").is_null());  // whether it uses one is not for it to say
    CHECK(started.at("idTagStatus").is_null());
    CHECK(started.at("startReceivedAt").is_null());
    const auto ended = payload_of(R"({"eventType":"Ended"})", {});
    CHECK(ended.at("energyWh").is_null());
    CHECK(ended.at("energySource").is_null());
    CHECK(ended.at("startReceivedAt").is_null());
}

TEST_CASE("A reservation below 1 is none") {
    CHECK(reading_of(R"({"reservationId":1})").reservation_id == 1);
    CHECK_FALSE(reading_of(R"({"reservationId":0})").reservation_id);
    CHECK_FALSE(reading_of(R"({"reservationId":-1})").reservation_id);
}

TEST_CASE("The reason of an end is what it says, Remote where the trigger says that, else Local") {
    const auto reason = [](const std::string& json) { return payload_of(json, {}).at("reason"); };
    CHECK(reason(R"({"eventType":"Ended","transactionInfo":{"stoppedReason":"EVDisconnected"},
        "triggerReason":"RemoteStop"})") == "EVDisconnected");
    CHECK(reason(R"({"eventType":"Ended","triggerReason":"RemoteStop"})") == "Remote");
    CHECK(reason(R"({"eventType":"Ended"})") == "Local");
    const request r{std::string(R"({"eventType":"Ended"})")};
    auto reading = read_transaction_v2(r.root());
    reading.salvaged = true;
    std::string rest;
    append_transaction_rest(rest, r.root(), reading);
    CHECK(rest.find(R"("reason":null)") != std::string::npos);
}

TEST_CASE("The readings of a start and an end are those of that end") {
    const auto with = [](const std::string& type) {
        return reading_of(R"({"eventType":")" + type + R"(","meterValue":[{"timestamp":"2026-01-02T03:05:00Z",
            "sampledValue":[{"value":2.5,"context":"Transaction.End","unitOfMeasure":{"unit":"kWh"}},
            {"value":1000.25,"context":"Transaction.Begin"}]}]})")
            .energy.wh;
    };
    CHECK(with("Started") == exact_decimal::read("1000.25"));
    CHECK(with("Ended") == exact_decimal(2500));
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
