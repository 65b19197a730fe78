// Conversations of 2.x by functional block, for what has no file of its own: the gateway's commands, what the charge
// point says afterwards, and the events that come of it.
#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/v2x.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <string>
#include <string_view>

using namespace voltgate;
using namespace voltgate::test;

namespace {

constexpr const char* noon = "2026-01-02T12:00:00Z";
const json::object accepted = {{"status", "Accepted"}};

ocpp::version either_version() { return GENERATE(ocpp::version::v201, ocpp::version::v21); }

/// A charge point and the gateway that talks to it.
struct talk {
    explicit talk(ocpp::version v) : cp(gw.connect("CP-1", speaking(v))) {}

    /// Sends a command, gives this answer, and checks that it comes back.
    json::object command(const char* name, const json::object& request, const json::object& answer) {
        auto pending = gw.send("CP-1", name, request);
        const auto call = cp.expect_call(name);
        CHECK(call.payload == request);
        call.answer(answer);
        const auto result = pending.get();
        CHECK(result.outcome == outcome::result);
        return parse_json(result.payload).as_object();
    }
    /// Expects that this CALL is told as it is, in an event of the device.
    void tells(const char* message, const json::object& payload, const json::object& answer = {}) {
        CHECK(cp.call(message, payload) == answer);
        const auto event = gw.expect_event(event_type::device_event, "CP-1").payload;
        CHECK(event.at("message") == message);
        CHECK(event.at("data") == payload);
    }

    running_gateway gw;
    charge_point cp;
};

json::object profile(int id) {
    const json::object period = {{"startPeriod", 0}, {"limit", 16.5}};
    const json::object schedule = {
        {"id", 1}, {"chargingRateUnit", "A"}, {"chargingSchedulePeriod", json::array({period})}};
    return {{"id", id},
            {"stackLevel", 0},
            {"chargingProfilePurpose", "TxDefaultProfile"},
            {"chargingProfileKind", "Absolute"},
            {"chargingSchedule", json::array({schedule})}};
}

}  // namespace

TEST_CASE("D: a local list is sent and its version asked for", "[v2x blocks]") {
    talk t(either_version());
    CHECK(t.command("GetLocalListVersion", {}, {{"versionNumber", 0}}).at("versionNumber") == 0);
    const json::object entry = {{"idToken", id_token("TAG-1")}, {"idTokenInfo", accepted}};
    const json::object list = {
        {"versionNumber", 1}, {"updateType", "Full"}, {"localAuthorizationList", json::array({entry})}};
    CHECK(t.command("SendLocalList", list, accepted).at("status") == "Accepted");
    CHECK(t.command("SendLocalList", list, {{"status", "VersionMismatch"}}).at("status") == "VersionMismatch");
}

TEST_CASE("F, G: a charging session is asked for and stopped, and a connector taken out of service", "[v2x blocks]") {
    talk t(either_version());
    const json::object start = {{"idToken", id_token("TAG-1")}, {"remoteStartId", 7}, {"evseId", 1}};
    CHECK(t.command("RequestStartTransaction", start, accepted).at("status") == "Accepted");
    auto begun = transaction_event("Started", "T-1", 0, "RemoteStart");
    begun["transactionInfo"] = json::object({{"transactionId", "T-1"}, {"remoteStartId", 7}});
    t.cp.call("TransactionEvent", begun);
    CHECK(t.gw.expect_event(event_type::transaction_started, "CP-1").payload.at("remoteStartId") == 7);
    CHECK(t.command("RequestStopTransaction", {{"transactionId", "T-1"}}, accepted).at("status") == "Accepted");
    t.cp.call("TransactionEvent", transaction_event("Ended", "T-1", 1, "RemoteStop"));
    CHECK(t.gw.expect_event(event_type::transaction_stopped, "CP-1").payload.at("known") == true);
    const json::object out = {{"operationalStatus", "Inoperative"}, {"evse", {{"id", 1}, {"connectorId", 2}}}};
    CHECK(t.command("ChangeAvailability", out, {{"status", "Scheduled"}}).at("status") == "Scheduled");
    t.cp.call("StatusNotification",
              {{"timestamp", noon}, {"connectorStatus", "Unavailable"}, {"evseId", 1}, {"connectorId", 2}});
    CHECK(t.gw.expect_event(event_type::connector_status_changed, "CP-1").payload.at("status") == "Unavailable");
    CHECK(
        t.command("UnlockConnector", {{"evseId", 1}, {"connectorId", 2}}, {{"status", "OngoingAuthorizedTransaction"}})
            .at("status") == "OngoingAuthorizedTransaction");
}

TEST_CASE("I: what a transaction costs is told to its driver", "[v2x blocks]") {
    talk t(either_version());
    CHECK(t.command("CostUpdated", {{"totalCost", 3.25}, {"transactionId", "T-1"}}, {}).empty());
}

TEST_CASE("K: charging profiles are set, reported in parts and cleared", "[v2x blocks]") {
    talk t(either_version());
    CHECK(t.command("SetChargingProfile", {{"evseId", 1}, {"chargingProfile", profile(5)}}, accepted).at("status") ==
          "Accepted");
    t.tells("NotifyEVChargingNeeds",
            {{"evseId", 1}, {"chargingNeeds", {{"requestedEnergyTransfer", "AC_three_phase"}}}},
            {{"status", "Rejected"}});
    t.tells("NotifyChargingLimit", {{"chargingLimit", {{"chargingLimitSource", "EMS"}}}});
    const json::object wanted = {{"requestId", 9},
                                 {"chargingProfile", {{"chargingProfilePurpose", "TxDefaultProfile"}}}};
    CHECK(t.command("GetChargingProfiles", wanted, accepted).at("status") == "Accepted");
    for (const int evse : {1, 2}) {
        t.cp.call("ReportChargingProfiles", {{"requestId", 9},
                                             {"chargingLimitSource", "CSO"},
                                             {"evseId", evse},
                                             {"tbc", evse == 1},
                                             {"chargingProfile", json::array({profile(evse)})}});
    }
    const auto report = t.gw.expect_event(event_type::device_report, "CP-1").payload;
    CHECK(report.at("report") == "ReportChargingProfiles");
    CHECK(report.at("complete") == true);
    CHECK(number_at(report, "/items/1/evseId") == 2);
    CHECK(number_at(report, "/items/1/chargingProfile/id") == 2);
    CHECK(t.command("ClearChargingProfile", {{"chargingProfileId", 5}}, accepted).at("status") == "Accepted");
    t.tells("ClearedChargingLimit", {{"chargingLimitSource", "EMS"}});
}

TEST_CASE("L: firmware is updated, and each step told", "[v2x blocks]") {
    talk t(either_version());
    const json::object update = {{"requestId", 3},
                                 {"firmware", {{"location", "https://example.org/fw"}, {"retrieveDateTime", noon}}}};
    CHECK(t.command("UpdateFirmware", update, accepted).at("status") == "Accepted");
    for (const auto* step : {"Downloading", "Downloaded", "Installing", "Installed"}) {
        t.cp.call("FirmwareStatusNotification", {{"status", step}, {"requestId", 3}});
        CHECK(t.gw.expect_event(event_type::firmware_status_changed, "CP-1").payload.at("status") == step);
    }
    t.tells("PublishFirmwareStatusNotification", {{"status", "Idle"}});
    const auto record = http_client(t.gw.port()).get("/api/v1/charge-points/CP-1").json();
    CHECK(text_at(record, "/firmwareStatus") == "Installed");
}

TEST_CASE("M: certificates of ISO 15118 are installed, listed and asked for", "[v2x blocks]") {
    talk t(either_version());
    const json::object install = {{"certificateType", "V2GRootCertificate"}, {"certificate", "PEM"}};
    CHECK(t.command("InstallCertificate", install, accepted).at("status") == "Accepted");
    CHECK(t.command("GetInstalledCertificateIds", {}, {{"status", "NotFound"}}).at("status") == "NotFound");
    const json::object wanted = {
        {"iso15118SchemaVersion", "urn:iso:15118:2:2013:MsgDef"}, {"action", "Install"}, {"exiRequest", "AAAA"}};
    const json::object no = {{"status", "Failed"}, {"exiResponse", ""}};
    t.tells("Get15118EVCertificate", wanted, no);
}

TEST_CASE("N: monitors are set, alert and are reported", "[v2x blocks]") {
    talk t(either_version());
    const json::object component = {{"name", "EVSE"}, {"evse", {{"id", 1}}}}, variable = {{"name", "Temperature"}};
    const json::object monitor = {
        {"value", 80.5}, {"type", "UpperThreshold"}, {"severity", 2}, {"component", component}, {"variable", variable}};
    const json::object set = {{"status", "Accepted"}, {"type", "UpperThreshold"}, {"id", 11},
                              {"severity", 2},        {"component", component},   {"variable", variable}};
    t.command("SetVariableMonitoring", {{"setMonitoringData", json::array({monitor})}},
              {{"setMonitoringResult", json::array({set})}});
    const json::object alert = {{"eventId", 1},
                                {"timestamp", noon},
                                {"trigger", "Alerting"},
                                {"actualValue", "91.0"},
                                {"eventNotificationType", "HardWiredMonitor"},
                                {"component", component},
                                {"variable", variable}};
    t.tells("NotifyEvent", {{"generatedAt", noon}, {"seqNo", 0}, {"eventData", json::array({alert})}});
    const json::object kept = {{"id", 11},      {"transaction", false},
                               {"value", 80.5}, {"type", "UpperThreshold"},
                               {"severity", 2}, {"eventNotificationType", "CustomMonitor"}};
    const json::object of_variable = {
        {"component", component}, {"variable", variable}, {"variableMonitoring", json::array({kept})}};
    t.cp.call("NotifyMonitoringReport",
              {{"requestId", 4}, {"seqNo", 0}, {"generatedAt", noon}, {"monitor", json::array({of_variable})}});
    const auto report = t.gw.expect_event(event_type::device_report, "CP-1").payload;
    CHECK(report.at("report") == "NotifyMonitoringReport");
    CHECK(number_at(report, "/items/0/variableMonitoring/0/id") == 11);
    t.tells("NotifyCustomerInformation", {{"data", "none"}, {"seqNo", 0}, {"generatedAt", noon}, {"requestId", 5}});
}

TEST_CASE("O: a message is shown, and those that are shown are listed", "[v2x blocks]") {
    talk t(either_version());
    const json::object message = {
        {"id", 1}, {"priority", "NormalCycle"}, {"message", {{"format", "UTF8"}, {"content", "Hello \xC3\xA9"}}}};
    CHECK(t.command("SetDisplayMessage", {{"message", message}}, accepted).at("status") == "Accepted");
    CHECK(t.command("GetDisplayMessages", {{"requestId", 2}}, accepted).at("status") == "Accepted");
    t.tells("NotifyDisplayMessages", {{"requestId", 2}, {"messageInfo", json::array({message})}});
    CHECK(t.command("ClearDisplayMessage", {{"id", 1}}, {{"status", "Unknown"}}).at("status") == "Unknown");
}

TEST_CASE("P: data of a vendor goes both ways", "[v2x blocks]") {
    talk t(either_version());
    const json::object data = {{"vendorId", "org.example"}, {"data", {{"a", json::array({1, 2})}}}};
    CHECK(t.command("DataTransfer", data, {{"status", "Accepted"}, {"data", "anything"}}).at("data") == "anything");
    CHECK(t.cp.call("DataTransfer", data).at("status") == "UnknownVendorId");
    const auto told = t.gw.expect_event(event_type::data_transfer_received, "CP-1").payload;
    CHECK(number_at(told, "/data/a/1") == 2);
}

TEST_CASE("Q, R, S: bidirectional power, grid alarms and batteries of 2.1", "[v2x blocks]") {
    talk t(ocpp::version::v21);
    CHECK(t.command("AFRRSignal", {{"timestamp", noon}, {"signal", 3}}, accepted).at("status") == "Accepted");
    CHECK(t.command("NotifyAllowedEnergyTransfer",
                    {{"transactionId", "T-1"}, {"allowedEnergyTransfer", json::array({"AC_BPT"})}}, accepted)
              .at("status") == "Accepted");
    t.tells("NotifyDERAlarm", {{"controlType", "EnterService"}, {"timestamp", noon}});
    const json::object battery = {{"evseId", 1}, {"serialNumber", "B-1"}, {"soC", 80}, {"soH", 97.5}};
    t.tells("BatterySwap", {{"batteryData", json::array({battery})},
                            {"eventType", "BatteryIn"},
                            {"idToken", id_token("TAG-1")},
                            {"requestId", 8}});
    CHECK(t.command("RequestBatterySwap", {{"requestId", 8}, {"idToken", id_token("TAG-1")}}, accepted).at("status") ==
          "Accepted");
}
