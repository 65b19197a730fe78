// What the gateway answers by itself to 2.x charge points, and which events come of it.
#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/manual_clock.hpp"
#include "support/running_gateway.hpp"
#include "support/v2x.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <memory>
#include <string>
#include <utility>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

const json::object boot_request = {{"reason", "PowerUp"},
                                   {"chargingStation",
                                    {{"vendorName", "Vendor"},
                                     {"model", "Model"},
                                     {"serialNumber", "S-1"},
                                     {"firmwareVersion", "1.2.3"},
                                     {"modem", {{"iccid", "8949"}, {"imsi", "2620"}}}}}};

json::object status_of(int evse, int connector, const char* status) {
    return {{"timestamp", "2026-01-02T03:04:00Z"},
            {"connectorStatus", status},
            {"evseId", evse},
            {"connectorId", connector}};
}

running_gateway::configure answering_boots_with(boot_config::status s) {
    return [s](config& c) { c.boot.registration = s; };
}

ocpp::version either_version() { return GENERATE(ocpp::version::v201, ocpp::version::v21); }

}  // namespace

TEST_CASE("A 2.x boot is accepted and told with its reason", "[v2x]") {
    auto clock = std::make_shared<manual_clock>();
    running_gateway gw([](config& c) { c.boot.interval = 120s; }, {}, clock);
    auto cp = gw.connect("CP-1", speaking(either_version()));
    CHECK(cp.call("BootNotification", boot_request) ==
          json::object({{"status", "Accepted"}, {"currentTime", "2026-01-02T03:04:05Z"}, {"interval", 120}}));
    const auto event = gw.expect_event(event_type::charge_point_booted, "CP-1");
    CHECK(event.payload.at("vendor") == "Vendor");
    CHECK(event.payload.at("serialNumber") == "S-1");
    CHECK(event.payload.at("imsi") == "2620");
    CHECK(event.payload.at("bootReason") == "PowerUp");
    const auto record = http_client(gw.port()).get("/api/v1/charge-points/CP-1").json();
    CHECK(text_at(record, "/boot/model") == "Model");
    CHECK(text_at(record, "/boot/iccid") == "8949");
}

TEST_CASE("While a 2.x boot is pending only what was asked for is answered", "[v2x]") {
    running_gateway gw(answering_boots_with(boot_config::status::pending));
    auto cp = gw.connect("CP-1", speaking(either_version()));
    CHECK(cp.call("BootNotification", boot_request).at("status") == "Pending");
    CHECK(cp.call_error("StatusNotification", status_of(1, 1, "Available")).code == "SecurityError");
    CHECK(cp.call_error("TransactionEvent", transaction_event("Started", "T-1", 0)).code == "SecurityError");
    CHECK(cp.call("NotifyReport", {{"requestId", 1}, {"generatedAt", "2026-01-02T03:04:00Z"}, {"seqNo", 0}}).empty());
    CHECK(cp.call("LogStatusNotification", {{"status", "Idle"}}).empty());
}

TEST_CASE("While a 2.x boot is rejected nothing but another boot is answered", "[v2x]") {
    running_gateway gw(answering_boots_with(boot_config::status::rejected));
    auto cp = gw.connect("CP-1", speaking(either_version()));
    CHECK(cp.call("BootNotification", boot_request).at("status") == "Rejected");
    CHECK(cp.call_error("LogStatusNotification", {{"status", "Idle"}}).code == "SecurityError");
    CHECK(cp.call("BootNotification", boot_request).at("status") == "Rejected");
}

TEST_CASE("Where the policy is lenient a 2.x charge point is served before it is accepted", "[v2x]") {
    running_gateway gw([](config& c) {
        c.boot.registration = boot_config::status::pending;
        c.conformance.rules[rule::call_before_accepted] = level::lenient;
    });
    auto cp = gw.connect("CP-1", speaking(ocpp::version::v201));
    CHECK(cp.call("BootNotification", boot_request).at("status") == "Pending");
    CHECK(cp.call("StatusNotification", status_of(1, 1, "Available")).empty());
}

TEST_CASE("A SEND before the boot is accepted is dropped in silence", "[v2x]") {
    running_gateway gw(answering_boots_with(boot_config::status::rejected));
    auto cp = gw.connect("CP-1", speaking(ocpp::version::v21));
    CHECK(cp.call("BootNotification", boot_request).at("status") == "Rejected");
    cp.send_text(R"([6,"s1","NotifyPeriodicEventStream",{"id":1,"pending":0,"basetime":"2026-01-02T03:05:00Z",)"
                 R"("data":[{"t":0,"v":"230.4"}]}])");
    cp.send_text(R"([6,"s2","NotifyPeriodicEventStream",{"id":1}])");
    cp.send_text(R"([6,"s3","Nonsense",{}])");
    CHECK(cp.call("BootNotification", boot_request).at("status") == "Rejected");
    CHECK(cp.unread() == 0);
}

TEST_CASE("Authorize of 2.x asks the same list as 1.6", "[v2x]") {
    running_gateway gw([](config& c) {
        c.authorization.policy = authorization_config::mode::list;
        c.authorization.id_tags = {"Tag-1", "1234"};
    });
    auto cp = gw.connect("CP-1", speaking(either_version()));
    const auto authorize = [&](const json::object& token) {
        json::object request;
        request["idToken"] = token;
        return json::serialize(cp.call("Authorize", request));
    };
    CHECK(authorize(id_token("TAG-1")) == R"({"idTokenInfo":{"status":"Accepted"}})");
    const auto event = gw.expect_event(event_type::authorization_requested, "CP-1");
    CHECK(event.payload ==
          json::object({{"idTag", "TAG-1"}, {"idTokenType", "ISO14443"}, {"idTagStatus", "Accepted"}}));
    CHECK(authorize(id_token("TAG-2")) == R"({"idTokenInfo":{"status":"Invalid"}})");
    CHECK(authorize(id_token("", "NoAuthorization")) == R"({"idTokenInfo":{"status":"Accepted"}})");
}

TEST_CASE("A PIN is checked but never told or kept", "[v2x]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1", speaking(either_version()));
    json::object request;
    request["idToken"] = id_token("739146", "KeyCode");
    CHECK(cp.call("Authorize", request).contains("idTokenInfo"));
    const auto event = gw.expect_event(event_type::authorization_requested, "CP-1");
    CHECK(event.payload.at("idTag").is_null());
    CHECK(event.payload.at("idTokenType") == "KeyCode");
    const auto messages = http_client(gw.port()).get("/api/v1/charge-points/CP-1/messages");
    CHECK(messages.body.find("739146") == std::string::npos);
    CHECK(messages.body.find("KeyCode") != std::string::npos);
}

TEST_CASE("A contract certificate that nobody verified is not accepted", "[v2x]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1", speaking(either_version()));
    json::object request;
    request["idToken"] = id_token("DE-ABC-C12345678-X", "eMAID");
    request["certificate"] = "-----BEGIN CERTIFICATE-----";
    CHECK(json::serialize(cp.call("Authorize", request)) ==
          R"({"idTokenInfo":{"status":"Invalid"},"certificateStatus":"CertChainError"})");
}

TEST_CASE("StatusNotification of 2.x is noted by EVSE and connector", "[v2x]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1", speaking(either_version()));
    cp.call("StatusNotification", status_of(1, 1, "Available"));
    cp.call("StatusNotification", status_of(2, 1, "Reserved"));
    cp.call("StatusNotification", status_of(1, 1, "Occupied"));
    CHECK(gw.expect_event(event_type::connector_status_changed, "CP-1").payload.at("previousStatus").is_null());
    CHECK(gw.expect_event(event_type::connector_status_changed, "CP-1").payload.at("previousStatus").is_null());
    const auto third = gw.expect_event(event_type::connector_status_changed, "CP-1");
    CHECK(third.payload.at("evseId") == 1);
    CHECK(third.payload.at("connectorId") == 1);
    CHECK(third.payload.at("status") == "Occupied");
    CHECK(third.payload.at("previousStatus") == "Available");
    const auto record = http_client(gw.port()).get("/api/v1/charge-points/CP-1").json();
    CHECK(at(record, "/connectors").as_array().size() == 2);
    CHECK(at(record, "/connectors/1/evseId") == 2);
}

TEST_CASE("NotifyEvent about availability is a status as well", "[v2x]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1", speaking(either_version()));
    const json::object connector = {{"eventId", 1},
                                    {"timestamp", "2026-01-02T03:05:00Z"},
                                    {"trigger", "Delta"},
                                    {"actualValue", "Occupied"},
                                    {"eventNotificationType", "HardWiredNotification"},
                                    {"component", {{"name", "Connector"}, {"evse", {{"id", 3}, {"connectorId", 1}}}}},
                                    {"variable", {{"name", "AvailabilityState"}}}};
    CHECK(cp.call("NotifyEvent",
                  {{"generatedAt", "2026-01-02T03:05:00Z"}, {"seqNo", 0}, {"eventData", json::array({connector})}})
              .empty());
    const auto status = gw.events().next("CP-1");
    const auto first = status.event->type == event_type::charge_point_connected ? gw.events().next("CP-1") : status;
    CHECK(first.event->type == event_type::connector_status_changed);
    CHECK(first.payload.at("evseId") == 3);
    CHECK(first.payload.at("status") == "Occupied");
    const auto told = gw.events().next("CP-1");
    CHECK(told.event->type == event_type::device_event);
    CHECK(told.payload.at("message") == "NotifyEvent");
    CHECK(at(told.payload, "/data/eventData/0/eventId") == 1);
}

TEST_CASE("A periodic event stream is consumed while a call waits for its answer", "[v2x]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1", speaking(ocpp::version::v21));
    cp.send_text(R"([6,"s1","NotifyPeriodicEventStream",{"id":7,"pending":0,"basetime":"2026-01-02T03:05:00Z",)"
                 R"("data":[{"t":0,"v":"230.4"}]}])");
    const auto event = gw.expect_event(event_type::device_event, "CP-1");
    CHECK(event.payload.at("message") == "NotifyPeriodicEventStream");
    CHECK(at(event.payload, "/data/id") == 7);
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("Firmware, logs, security events and certificates of 2.x are told like those of 1.6", "[v2x]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1", speaking(either_version()));
    CHECK(cp.call("FirmwareStatusNotification", {{"status", "InstallRebooting"}, {"requestId", 4}}).empty());
    CHECK(gw.expect_event(event_type::firmware_status_changed, "CP-1").payload ==
          json::object({{"status", "InstallRebooting"}, {"requestId", 4}}));
    CHECK(cp.call("LogStatusNotification", {{"status", "UploadFailure"}, {"requestId", 5}}).empty());
    CHECK(gw.expect_event(event_type::diagnostics_status_changed, "CP-1").payload.at("status") == "UploadFailure");
    CHECK(cp.call("SecurityEventNotification", {{"type", "MemoryExhaustion"}, {"timestamp", "2026-01-02T03:05:00Z"}})
              .empty());
    CHECK(gw.expect_event(event_type::security_event, "CP-1").payload.at("type") == "MemoryExhaustion");
    CHECK(cp.call("SignCertificate", {{"csr", "PEM"}}).at("status") == "Rejected");
    CHECK(gw.expect_event(event_type::certificate_requested, "CP-1").payload.at("certificateType") ==
          "ChargingStationCertificate");
    CHECK(cp.call("DataTransfer", {{"vendorId", "x"}, {"data", {{"a", 1}}}}).at("status") == "UnknownVendorId");
    CHECK(at(gw.expect_event(event_type::data_transfer_received, "CP-1").payload, "/data/a") == 1);
}

TEST_CASE("Meter values outside of transactions have units and multipliers worked in", "[v2x]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1", speaking(either_version()));
    const json::object sample = {
        {"value", 12.5}, {"measurand", "Power.Active.Import"}, {"unitOfMeasure", {{"unit", "W"}, {"multiplier", 3}}}};
    const json::object value = {{"timestamp", "2026-01-02T03:05:00Z"}, {"sampledValue", json::array({sample})}};
    CHECK(cp.call("MeterValues", {{"evseId", 0}, {"meterValue", json::array({value})}}).empty());
    const auto event = gw.expect_event(event_type::meter_values_received, "CP-1");
    CHECK(event.payload.at("evseId") == 0);
    CHECK(event.payload.at("connectorId") == 0);
    CHECK(at(event.payload, "/meterValues/0/samples/0/value").to_number<double>() == 12500);
    CHECK(at(event.payload, "/meterValues/0/samples/0/raw/multiplier") == 3);
    CHECK(event.event->occurred_at.has_value());
}

TEST_CASE("A report in parts is one event, complete or not", "[v2x]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1", speaking(either_version()));
    const auto part = [](int request, int sequence, bool more, const char* variable) {
        const json::object data = {{"component", {{"name", "EVSE"}}},
                                   {"variable", {{"name", variable}}},
                                   {"variableAttribute", json::array({{{"value", "s3cret"}}})}};
        return json::object({{"requestId", request},
                             {"generatedAt", "2026-01-02T03:05:00Z"},
                             {"seqNo", sequence},
                             {"tbc", more},
                             {"reportData", json::array({data})}});
    };
    cp.call("NotifyReport", part(1, 0, true, "Power"));
    cp.call("NotifyReport", part(2, 0, true, "BasicAuthPassword"));
    cp.call("NotifyReport", part(1, 1, false, "SupplyPhases"));
    const auto whole = gw.expect_event(event_type::device_report, "CP-1");
    CHECK(whole.payload.at("report") == "NotifyReport");
    CHECK(whole.payload.at("requestId") == 1);
    CHECK(whole.payload.at("complete") == true);
    CHECK(whole.payload.at("parts") == 2);
    CHECK(text_at(whole.payload, "/items/1/variable/name") == "SupplyPhases");
    cp.drop_without_close();
    const auto cut = gw.expect_event(event_type::device_report, "CP-1");
    CHECK(cut.payload.at("requestId") == 2);
    CHECK(cut.payload.at("complete") == false);
    CHECK(text_at(cut.payload, "/items/0/variableAttribute/0/value") == "***");
    gw.expect_disconnect("CP-1");
}
