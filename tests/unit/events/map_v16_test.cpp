// OCPP 1.6 requests as payloads of events; meter values have a test of their own.
#include "events/map_v16.hpp"

#include "unit/events/payload_of.hpp"

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <chrono>
#include <optional>
#include <string>

namespace {

using namespace voltgate;
using test::payload_of;
using test::request;
using test::text_of;

// 2026-01-02T03:05:00Z
constexpr std::chrono::system_clock::time_point five_past(std::chrono::seconds(1'767'323'100));

constexpr auto status_with = [](std::string& out, ocpp::value_view r, std::string_view previous) {
    append_status_v16(out, r, previous);
};

constexpr auto started_with = [](std::string& out, ocpp::value_view r, std::string_view id, std::string_view status) {
    append_started_v16(out, r, {id, status, five_past, "ok", std::nullopt, {}});
};

stop_facts facts_of(bool known, std::optional<std::int64_t> connector) {
    stop_facts facts;
    facts.known = known;
    facts.connector = connector;
    facts.received = five_past;
    facts.clock = "ok";
    return facts;
}

std::string kept_status(std::string_view json) {
    const request r{std::string(json)};
    std::string out;
    return std::string(append_status_v16(out, r.root(), {}).status);
}

}  // namespace

TEST_CASE("A boot is told with all it says about the charge point and what it was answered") {
    CHECK(text_of(append_booted_v16,
                  R"({"chargePointVendor":"Acme","chargePointModel":"X1","chargePointSerialNumber":"SN-1",)"
                  R"("chargeBoxSerialNumber":"B-1","firmwareVersion":"1.0","iccid":"8949","imsi":"2620",)"
                  R"("meterType":"M3","meterSerialNumber":"4711"})",
                  "Accepted", 300) ==
          R"({"vendor":"Acme","model":"X1","serialNumber":"SN-1","firmwareVersion":"1.0","iccid":"8949",)"
          R"("imsi":"2620","meterType":"M3","meterSerialNumber":"4711","bootReason":"Unknown",)"
          R"("registrationStatus":"Accepted","intervalSeconds":300})");
}

TEST_CASE("A boot without the charge point's serial number gives the box's") {
    const auto missing = payload_of(append_booted_v16, R"({"chargeBoxSerialNumber":"B-1"})", "Pending", 60);
    CHECK(missing.at("serialNumber") == "B-1");
    const auto empty =
        payload_of(append_booted_v16, R"({"chargePointSerialNumber":"","chargeBoxSerialNumber":"B-1"})", "Pending", 60);
    CHECK(empty.at("serialNumber") == "B-1");
}

TEST_CASE("Missing and empty texts of a boot are null") {
    const auto payload = payload_of(append_booted_v16, R"({"chargePointVendor":"","iccid":null})", "Rejected", 10);
    for (const auto* name :
         {"vendor", "model", "serialNumber", "firmwareVersion", "iccid", "imsi", "meterType", "meterSerialNumber"}) {
        CAPTURE(name);
        CHECK(payload.at(name).is_null());
    }
    CHECK(payload.at("registrationStatus") == "Rejected");
    CHECK(payload.at("intervalSeconds") == 10);
}

TEST_CASE("A status is told with the one before it") {
    CHECK(text_of(status_with,
                  R"({"connectorId":2,"errorCode":"GroundFailure","status":"Faulted","info":"wet","vendorId":"acme",)"
                  R"("vendorErrorCode":"E7","timestamp":"2026-01-02T03:05:00Z"})",
                  "Charging") ==
          R"({"evseId":2,"connectorId":2,"status":"Faulted","previousStatus":"Charging","errorCode":"GroundFailure",)"
          R"("info":"wet","vendorId":"acme","vendorErrorCode":"E7"})");
}

TEST_CASE("A first status has no previous one, and connector 0 is the whole charge point") {
    const auto payload = payload_of(status_with, R"({"connectorId":0,"errorCode":"NoError","status":"Available"})", "");
    CHECK(payload.at("evseId") == 0);
    CHECK(payload.at("connectorId") == 0);
    CHECK(payload.at("previousStatus").is_null());
    CHECK(payload.at("info").is_null());
}

TEST_CASE("The time of a status is given if it has one") {
    std::string out;
    const request with(R"({"connectorId":1,"status":"Available","timestamp":"2026-01-02T03:05:00Z"})");
    CHECK(append_status_v16(out, with.root(), {}).occurred_at == five_past);
    const request without(R"({"connectorId":1,"status":"Available"})");
    CHECK_FALSE(append_status_v16(out, without.root(), {}).occurred_at.has_value());
}

TEST_CASE("A known status is spelt as OCPP spells it") {
    CHECK(payload_of(status_with, R"({"status":"suspendedevse"})", "").at("status") == "SuspendedEVSE");
    CHECK(kept_status(R"({"status":"CHARGING"})") == "Charging");
    for (const auto* name : {"Available", "Preparing", "Charging", "SuspendedEVSE", "SuspendedEV", "Finishing",
                             "Reserved", "Unavailable", "Faulted"})
        CHECK(kept_status(std::string(R"({"status":")") + name + "\"}") == name);
}

TEST_CASE("A status of the charge point's own travels on as it came") {
    const auto payload = payload_of(status_with, R"({"status":"Occupied","errorCode":"Error"})", "Warming up");
    CHECK(payload.at("status") == "Occupied");
    CHECK(payload.at("errorCode") == "Error");
    CHECK(payload.at("previousStatus") == "Warming up");
    CHECK(kept_status(R"({"status":"Occupied"})") == "Occupied");
}

TEST_CASE("A status that is not fit to be kept is not kept") {
    CHECK(kept_status(R"({"status":"a\"b"})").empty());
    CHECK(kept_status(R"({"status":")" + std::string(41, 'x') + "\"}").empty());
    CHECK(kept_status(R"({"status":7})").empty());
    CHECK(kept_status("{}").empty());
    CHECK(payload_of(status_with, R"({"status":"a\"b"})", "").at("status") == "a\"b");
}

TEST_CASE("A previous status is escaped") {
    CHECK(payload_of(status_with, R"({"status":"Available"})", "a\"\\\n\xC3\xA4").at("previousStatus") ==
          "a\"\\\n\xC3\xA4");
}

TEST_CASE("An authorisation request is told with its answer") {
    CHECK(text_of(append_authorize_v16, R"({"idTag":"04A1B2"})", "Invalid") ==
          R"({"idTag":"04A1B2","idTagStatus":"Invalid"})");
    CHECK(text_of(append_authorize_v16, R"({"idTag":123456})", "Accepted") ==
          R"({"idTag":"123456","idTagStatus":"Accepted"})");
}

TEST_CASE("A transaction's start is told under the id it was given") {
    start_facts facts;
    facts.transaction_id = "17";
    facts.id_tag_status = "Accepted";
    facts.received = five_past + std::chrono::seconds(1);
    facts.clock = "ok";
    facts.reservation_id = 3;
    constexpr const char* json =
        R"({"connectorId":1,"idTag":"04A1B2","meterStart":1000,"timestamp":"2026-01-02T03:05:00Z",)"
        R"("reservationId":4})";  // whether it uses one is not for it to say
    const std::string told =
        R"({"evseId":1,"connectorId":1,"transactionId":"17","idTag":"04A1B2","idTagStatus":"Accepted",)"
        R"("meterStartWh":1000,"startTimestamp":"2026-01-02T03:05:00Z","startReceivedAt":"2026-01-02T03:05:01.000Z",)"
        R"("clock":"ok","reservationId":3)";
    CHECK(text_of(append_started_v16, json, facts) == told + "}");
    facts.possible_duplicate_of = "16";
    CHECK(text_of(append_started_v16, json, facts) == told + R"(,"possibleDuplicateOf":"16"})");
    facts.reservation_id.reset();
    CHECK(payload_of(append_started_v16, json, facts).at("reservationId").is_null());
}

TEST_CASE("Times are told in UTC, whatever zone they were given in") {
    const auto started = [](std::string_view timestamp) {
        return payload_of(started_with, std::string(R"({"timestamp":")") + std::string(timestamp) + "\"}", "1", "")
            .at("startTimestamp");
    };
    CHECK(started("2026-01-02T04:05:00+01:00") == "2026-01-02T03:05:00Z");
    CHECK(started("2026-01-02T04:05:00.250+01") == "2026-01-02T03:05:00.250Z");
    CHECK(started("2026-01-02 03:05:00") == "2026-01-02T03:05:00Z");
    CHECK(started("2026-01-02t03:05:00z") == "2026-01-02T03:05:00Z");
    CHECK(started("2026-01-02T03:05:00.123456Z") == "2026-01-02T03:05:00.123456Z");
    CHECK(started("yesterday").is_null());
    CHECK(started("2026-01-02T03:05:00\\u005a").is_null());
}

TEST_CASE("A meter reading with a fraction or as text is taken as the number it is") {
    const auto meter_start = [](std::string_view json) {
        return payload_of(started_with, std::string(R"({"meterStart":)") + std::string(json) + "}", "1", "")
            .at("meterStartWh");
    };
    CHECK(meter_start("1000.5") == 1000.5);
    CHECK(meter_start("\"1000\"") == 1000);
    CHECK(meter_start("\"a lot\"").is_null());
    CHECK(meter_start("true").is_null());
}

TEST_CASE("A transaction's stop is told with reason, reading and time") {
    auto facts = facts_of(true, 1);
    facts.start_received = five_past;
    facts.received = five_past + std::chrono::hours(1);
    facts.energy_wh = exact_decimal::read("1250.25");
    facts.energy_source = "register";
    CHECK(text_of(append_stopped_v16,
                  R"({"transactionId":17,"meterStop":2250.25,"timestamp":"2026-01-02T04:00:00Z",)"
                  R"("reason":"EVDisconnected","idTag":"04A1B2"})",
                  facts) ==
          R"({"evseId":1,"connectorId":1,"transactionId":"17","known":true,"idTag":"04A1B2",)"
          R"("reason":"EVDisconnected","meterStopWh":2250.25,"stopTimestamp":"2026-01-02T04:00:00Z",)"
          R"("startReceivedAt":"2026-01-02T03:05:00.000Z","stopReceivedAt":"2026-01-02T04:05:00.000Z","clock":"ok",)"
          R"("energyWh":1250.25,"energySource":"register","meterValues":[]})");
}

TEST_CASE("A stop without a reason is a local one") {
    const auto reason = [](std::string_view json) {
        return payload_of(append_stopped_v16, json, facts_of(true, std::nullopt)).at("reason");
    };
    CHECK(reason("{}") == "Local");
    CHECK(reason(R"({"reason":""})") == "Local");
    CHECK(reason(R"({"reason":null})") == "Local");
    CHECK(reason(R"({"reason":"deauthorized"})") == "DeAuthorized");
    CHECK(reason(R"({"reason":"Moonlight"})") == "Moonlight");
    CHECK(reason(R"({"reason":[]})").is_null());
}

TEST_CASE("A stop of no known transaction has neither address nor, for ids below one, a transaction id") {
    const auto payload =
        payload_of(append_stopped_v16, R"({"transactionId":-1,"meterStop":5})", facts_of(false, std::nullopt));
    CHECK(payload.at("known") == false);
    CHECK(payload.at("transactionId").is_null());
    CHECK(payload.at("evseId").is_null());
    CHECK(payload.at("connectorId").is_null());
    CHECK(payload_of(append_stopped_v16, R"({"transactionId":0})", facts_of(false, std::nullopt))
              .at("transactionId")
              .is_null());
}

TEST_CASE("What the store does not know of a stop is null") {
    const auto payload = payload_of(append_stopped_v16, "{}", facts_of(false, std::nullopt));
    CHECK(payload.at("startReceivedAt").is_null());
    CHECK(payload.at("stopReceivedAt") == "2026-01-02T03:05:00.000Z");
    CHECK(payload.at("energyWh").is_null());
    CHECK(payload.at("energySource").is_null());
    CHECK_FALSE(payload.contains("conflict"));
    CHECK_FALSE(payload.contains("matched"));
}

TEST_CASE("A stop that contradicts an earlier one says so") {
    auto facts = facts_of(false, 1);
    facts.conflict = true;
    const auto payload = payload_of(append_stopped_v16, R"({"transactionId":17})", facts);
    CHECK(payload.at("conflict") == true);
    CHECK(payload.at("known") == false);
}

TEST_CASE("A stop that names no transaction is told under the one it was taken for, and says so") {
    auto facts = facts_of(true, 1);
    facts.matched_id = "17";
    const auto payload = payload_of(append_stopped_v16, R"({"transactionId":-1})", facts);
    CHECK(payload.at("transactionId") == "17");
    CHECK(payload.at("matched") == true);
}

TEST_CASE("A stop of which a part is missing has no reason unless it was read") {
    auto facts = facts_of(true, 1);
    facts.salvaged = true;
    CHECK(payload_of(append_stopped_v16, "{}", facts).at("reason").is_null());
    CHECK(payload_of(append_stopped_v16, R"({"reason":"Reboot"})", facts).at("reason") == "Reboot");
    facts.reason = "Remote";  // the gateway itself stopped it
    CHECK(payload_of(append_stopped_v16, "{}", facts).at("reason") == "Remote");
    CHECK(payload_of(append_stopped_v16, R"({"reason":"Local"})", facts).at("reason") == "Local");
    facts.salvaged = false;
    CHECK(payload_of(append_stopped_v16, "{}", facts).at("reason") == "Remote");
}

TEST_CASE("A stop carries its transaction data as meter values") {
    const auto payload = payload_of(append_stopped_v16,
                                    R"({"transactionId":17,"transactionData":[{"timestamp":"2026-01-02T04:00:00Z",)"
                                    R"("sampledValue":[{"value":"2.25","unit":"kWh","context":"Transaction.End"}]}]})",
                                    facts_of(true, 1));
    const auto& sample = payload.at("meterValues").at(0).at("samples").at(0);
    CHECK(sample.at("value") == 2250);
    CHECK(sample.at("context") == "Transaction.End");
}

TEST_CASE("Transaction ids count from one") {
    const auto id = [](std::string_view json) { return transaction_id_v16(request{std::string(json)}.root()); };
    CHECK(id(R"({"transactionId":17})") == 17);
    CHECK(id(R"({"transactionId":9223372036854775807})") == 9223372036854775807);
    CHECK_FALSE(id(R"({"transactionId":0})").has_value());
    CHECK_FALSE(id(R"({"transactionId":-1})").has_value());
    CHECK_FALSE(id(R"({"transactionId":99999999999999999999})").has_value());
    CHECK_FALSE(id(R"({"transactionId":"one"})").has_value());
    CHECK_FALSE(id("{}").has_value());
}

TEST_CASE("Firmware status is told with the request it belongs to") {
    CHECK(text_of(append_firmware_v16, R"({"status":"InstallRebooting","requestId":9})") ==
          R"({"status":"InstallRebooting","requestId":9})");
    CHECK(text_of(append_firmware_v16, R"({"status":"Idle"})") == R"({"status":"Idle","requestId":null})");
}

TEST_CASE("Both spellings of a failed upload are told alike") {
    for (const auto* spelling : {"UploadFailed", "UploadFailure", "uploadfailed"}) {
        CAPTURE(spelling);
        CHECK(text_of(append_diagnostics_v16, std::string(R"({"status":")") + spelling + "\"}") ==
              R"({"status":"UploadFailure","requestId":null})");
    }
    CHECK(text_of(append_diagnostics_v16, R"({"status":"PermissionDenied","requestId":4})") ==
          R"({"status":"PermissionDenied","requestId":4})");
    CHECK(text_of(append_diagnostics_v16, R"({"status":"Half way"})") == R"({"status":"Half way","requestId":null})");
}

TEST_CASE("Security events and certificate requests are told as they came") {
    CHECK(text_of(append_security_event_v16,
                  R"({"type":"MemoryExhaustion","timestamp":"2026-01-02T03:05:00Z","techInfo":"12 \u0026 a half"})") ==
          R"({"type":"MemoryExhaustion","techInfo":"12 \u0026 a half"})");
    CHECK(text_of(append_security_event_v16, R"({"type":"X"})") == R"({"type":"X","techInfo":null})");
    CHECK(text_of(append_certificate_requested_v16, R"({"csr":"-----BEGIN\n"})", true, "") ==
          R"({"csr":"-----BEGIN\n","status":"Accepted","reason":null})");
    CHECK(text_of(append_certificate_requested_v16, R"({"csr":"x"})", false, "its \"CN\"") ==
          R"({"csr":"x","status":"Rejected","reason":"its \"CN\""})");
}

TEST_CASE("A data transfer's data is told whatever JSON it is") {
    CHECK(text_of(append_data_transfer_v16, R"({"vendorId":"acme","messageId":"m","data":"{\"a\":1}"})", "Accepted") ==
          R"({"vendorId":"acme","messageId":"m","data":"{\"a\":1}","status":"Accepted"})");
    CHECK(text_of(append_data_transfer_v16, R"({"vendorId":"acme","data":{"a":[1,null]}})", "UnknownVendorId") ==
          R"({"vendorId":"acme","messageId":null,"data":{"a":[1,null]},"status":"UnknownVendorId"})");
    CHECK(text_of(append_data_transfer_v16, R"({"vendorId":"acme","data":""})", "Rejected") ==
          R"({"vendorId":"acme","messageId":null,"data":"","status":"Rejected"})");
}

TEST_CASE("The last of several members of one name counts") {
    CHECK(text_of(append_authorize_v16, R"({"idTag":"A","idTag":"B"})", "Accepted") ==
          R"({"idTag":"B","idTagStatus":"Accepted"})");
    CHECK(payload_of(append_firmware_v16, R"({"status":"A","status":"B"})").at("status") == "B");
}

TEST_CASE("The charge point's own time is that of the request, or of its last meter value") {
    const auto time = [](std::string_view json) { return occurred_at_v16(request{std::string(json)}.root()); };
    CHECK(time(R"({"timestamp":"2026-01-02T03:05:00Z"})") == five_past);
    CHECK(time(R"({"meterValue":[{"timestamp":"2026-01-02T03:04:00Z"},{"timestamp":"2026-01-02T03:05:00Z"},{}]})") ==
          five_past);
    CHECK_FALSE(time(R"({"timestamp":"soon"})").has_value());
    CHECK_FALSE(time(R"({"timestamp":1767323100})").has_value());
    CHECK_FALSE(time(R"({"meterValue":[]})").has_value());
    CHECK_FALSE(time("{}").has_value());
}

TEST_CASE("Whatever a charge point puts in its fields, payloads stay valid JSON with the same members") {
    const std::array<std::string, 12> oddities{"null",  "true",      "-1.5e3",         R"("")",
                                               "[]",    "{}",        R"([[{"a":1}]])", R"({"value":{"value":"1"}})",
                                               "1e300", R"("\"\\")", R"("\u0000")",    std::string(400, '9')};
    constexpr std::array<std::string_view, 31> fields{"connectorId",
                                                      "errorCode",
                                                      "status",
                                                      "timestamp",
                                                      "info",
                                                      "vendorId",
                                                      "vendorErrorCode",
                                                      "chargePointVendor",
                                                      "chargePointModel",
                                                      "chargePointSerialNumber",
                                                      "chargeBoxSerialNumber",
                                                      "firmwareVersion",
                                                      "iccid",
                                                      "imsi",
                                                      "meterType",
                                                      "meterSerialNumber",
                                                      "idTag",
                                                      "meterStart",
                                                      "reservationId",
                                                      "transactionId",
                                                      "meterStop",
                                                      "reason",
                                                      "transactionData",
                                                      "requestId",
                                                      "type",
                                                      "techInfo",
                                                      "csr",
                                                      "messageId",
                                                      "data",
                                                      "meterValue",
                                                      "sampledValue"};
    for (const auto& oddity : oddities) {
        CAPTURE(oddity);
        std::string json = "{";
        for (const auto field : fields) json += '"' + std::string(field) + "\":" + oddity + ",";
        json.back() = '}';
        CHECK(payload_of(append_booted_v16, json, "Accepted", 1).size() == 11);
        CHECK(payload_of(status_with, json, "").size() == 8);
        CHECK(payload_of(append_authorize_v16, json, "").size() == 2);
        CHECK(payload_of(started_with, json, "1", "").size() == 10);
        CHECK(payload_of(append_meter_values_v16, json).size() == 4);
        CHECK(payload_of(append_stopped_v16, json, facts_of(false, std::nullopt)).size() == 14);
        CHECK(payload_of(append_firmware_v16, json).size() == 2);
        CHECK(payload_of(append_diagnostics_v16, json).size() == 2);
        CHECK(payload_of(append_security_event_v16, json).size() == 2);
        CHECK(payload_of(append_certificate_requested_v16, json, false, "why").size() == 3);
        CHECK(payload_of(append_data_transfer_v16, json, "Accepted").size() == 4);
    }
}

TEST_CASE("A request that is no object gives a payload of nulls") {
    for (const auto* json : {"[]", "[1,[2]]", "\"text\"", "7", "null", "{}"}) {
        CAPTURE(json);
        const auto payload = payload_of(started_with, json, "17", "Accepted");
        CHECK(payload.at("connectorId").is_null());
        CHECK(payload.at("idTag").is_null());
        CHECK(payload.at("meterStartWh").is_null());
        CHECK(payload.at("startTimestamp").is_null());
    }
}
