// Commands in the words of all versions: what goes out to each, and what comes back.
#include "commands/neutral_commands.hpp"

#include "commands/neutral_config.hpp"
#include "ocpp/payload.hpp"
#include "ocpp/schema.hpp"

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace voltgate;
using ocpp::version;

namespace {

namespace json = boost::json;

neutral_command mapped(version v, std::string_view action, std::string_view parameters) {
    neutral_context context;
    context.version = v;
    context.request_number = 7;
    context.now = std::chrono::system_clock::time_point(std::chrono::seconds(1'767'323'100));  // 2026-01-02T03:05:00Z
    return to_ocpp(neutral_action_from_string(action).value(), json::parse(parameters).as_object(), context);
}

// "Action {payload}", or what is wrong; what is sent fits its schema.
std::string call_of(version v, std::string_view action, std::string_view parameters) {
    const auto c = mapped(v, action, parameters);
    if (c.wrong) return std::string(c.wrong.text());
    ocpp::payload_reader reader;
    const auto* info = ocpp::find_action(v, c.action);
    REQUIRE(info != nullptr);
    REQUIRE(reader.read(c.payload, info->request));
    INFO(c.payload);
    for (const auto& found : reader.violations()) CHECK(found.rule == rule::empty_string);  // a value may be empty
    return c.action + " " + c.payload;
}

command_result answered(std::string payload) {
    command_result r(outcome::result, reason::answered);
    r.payload = std::move(payload);
    return r;
}

std::string answer_of(std::string_view action, version v, std::string payload) {
    return json::serialize(neutral_answer(neutral_action_from_string(action).value(), v, answered(std::move(payload))));
}

}  // namespace

TEST_CASE("start") {
    CHECK(call_of(version::v16, "start", R"({"evseId":2,"idTag":"A"})") ==
          R"(RemoteStartTransaction {"connectorId":2,"idTag":"A"})");
    CHECK(call_of(version::v201, "start", R"({"evseId":2,"idTag":"A"})") ==
          R"(RequestStartTransaction {"evseId":2,"idToken":{"idToken":"A","type":"Central"},"remoteStartId":7})");
    CHECK(call_of(version::v21, "start", R"({"connectorId":2,"idTag":"A","idTokenType":"eMAID","remoteStartId":9})") ==
          R"(RequestStartTransaction {"evseId":2,"idToken":{"idToken":"A","type":"eMAID"},"remoteStartId":9})");
    CHECK(call_of(version::v16, "start", "{}") == "idTag is missing");
}

TEST_CASE("start and reserve take the empty tag of charge points that charge without a card") {
    constexpr std::string_view start = R"({"idTag":""})";
    constexpr std::string_view named = R"({"idTag":"","idTokenType":"NoAuthorization"})";
    constexpr std::string_view reserve = R"({"idTag":"","expiryDate":"2026-01-02T03:06:05Z"})";
    CHECK(call_of(version::v16, "start", start) == R"(RemoteStartTransaction {"idTag":""})");
    CHECK(call_of(version::v16, "start", named) == R"(RemoteStartTransaction {"idTag":""})");
    CHECK(call_of(version::v16, "reserve", reserve) ==
          R"(ReserveNow {"connectorId":0,"expiryDate":"2026-01-02T03:06:05Z","idTag":"","reservationId":7})");
    for (const auto v : {version::v201, version::v21}) {
        CHECK(call_of(v, "start", start) == R"(RequestStartTransaction {"idToken":{"idToken":"",)"
                                            R"("type":"NoAuthorization"},"remoteStartId":7})");
        CHECK(call_of(v, "start", named) == call_of(v, "start", start));
        CHECK(call_of(v, "reserve", reserve) == R"(ReserveNow {"id":7,"expiryDateTime":"2026-01-02T03:06:05Z",)"
                                                R"("idToken":{"idToken":"","type":"NoAuthorization"}})");
        CHECK(call_of(v, "start", R"({"idTag":"","idTokenType":"Central"})") ==
              "an empty idTag is of the idTokenType NoAuthorization: leave out idTokenType");
        CHECK(call_of(v, "start", R"({"idTag":"A","idTokenType":"NoAuthorization"})") ==
              "the idTokenType NoAuthorization takes an empty idTag");
    }
    for (const auto v : {version::v16, version::v201, version::v21}) {
        CHECK(call_of(v, "start", R"({"idTag":null})") == "idTag is missing");
        CHECK(call_of(v, "start", R"({"idTag":7})") == "idTag must be a text");
        CHECK(call_of(v, "reserve", R"({"expiryDate":"2026-01-02T03:06:05Z"})") == "idTag is missing");
        CHECK(call_of(v, "send_local_list", R"({"listVersion":1,"entries":[{"idTag":"","status":"Accepted"}]})")
                  .find("idTag must be a text that is not empty") != std::string::npos);
    }
}

TEST_CASE("stop") {
    CHECK(call_of(version::v16, "stop", R"({"transactionId":"17"})") ==
          R"(RemoteStopTransaction {"transactionId":17})");
    CHECK(call_of(version::v21, "stop", R"({"transactionId":"x-1"})") ==
          R"(RequestStopTransaction {"transactionId":"x-1"})");
    for (const auto* id : {"x-1", "1.5", "17 ", "2147483648", "-2147483649", "99999999999999999999"}) {
        CHECK(call_of(version::v16, "stop", R"({"transactionId":")" + std::string(id) + R"("})") ==
              "transactionId must be a whole number up to 2147483647 in 1.6, written as a text");
    }
    CHECK(call_of(version::v16, "stop", R"({"transactionId":"2147483647"})") ==
          R"(RemoteStopTransaction {"transactionId":2147483647})");
    CHECK(call_of(version::v16, "set_profile", R"({"chargingProfile":{"transactionId":"2147483648"}})")
              .starts_with("chargingProfile.transactionId must be a whole number"));
}

TEST_CASE("A session is started, and a connector unlocked, at an EVSE and never at the whole charge point") {
    for (const auto v : {version::v16, version::v201, version::v21}) {
        for (const auto* where : {R"("evseId":0)", R"("connectorId":0)"}) {
            const auto parameters = std::string("{") + where;
            CHECK(call_of(v, "start", parameters + R"(,"idTag":"A"})") ==
                  "evseId must be above 0: 0 is the whole charge point");
            CHECK(call_of(v, "unlock", parameters + "}") == "evseId must be above 0: 0 is the whole charge point");
        }
        if (v == version::v16) continue;
        CHECK(call_of(v, "unlock", R"({"evseId":1,"connectorId":0})") ==
              "connectorId must be above 0: 0 is the whole EVSE");
    }
}

TEST_CASE("reset, unlock and availability") {
    CHECK(call_of(version::v16, "reset", "{}") == R"(Reset {"type":"Soft"})");
    CHECK(call_of(version::v16, "reset", R"({"type":"hard"})") == R"(Reset {"type":"Hard"})");
    CHECK(call_of(version::v201, "reset", R"({"evseId":1})") == R"(Reset {"type":"OnIdle","evseId":1})");
    CHECK(call_of(version::v201, "reset", R"({"type":"hard"})") == R"(Reset {"type":"Immediate"})");
    CHECK(call_of(version::v21, "reset", R"({"type":"resume"})") == R"(Reset {"type":"ImmediateAndResume"})");
    CHECK(call_of(version::v201, "reset", R"({"type":"resume"})") == "only 2.1 can resume after a reset");
    CHECK(call_of(version::v16, "reset", R"({"type":"soon"})") == "type must be one of soft, hard, resume");
    CHECK(call_of(version::v16, "unlock", R"({"evseId":2})") == R"(UnlockConnector {"connectorId":2})");
    CHECK(call_of(version::v201, "unlock", R"({"evseId":2})") == R"(UnlockConnector {"evseId":2,"connectorId":1})");
    CHECK(call_of(version::v201, "unlock", "{}") == "evseId is missing");
    CHECK(call_of(version::v16, "unlock", R"({"evseId":2,"connectorId":2})") == R"(UnlockConnector {"connectorId":2})");
    CHECK(call_of(version::v16, "unlock", R"({"evseId":1,"connectorId":7})") ==
          "1.6 numbers connectors, not EVSEs: evseId and connectorId must be the same");
    CHECK(call_of(version::v16, "availability", R"({"operative":false})") ==
          R"(ChangeAvailability {"connectorId":0,"type":"Inoperative"})");
    CHECK(call_of(version::v201, "availability", R"({"operative":true})") ==
          R"(ChangeAvailability {"operationalStatus":"Operative"})");
    CHECK(call_of(version::v201, "availability", R"({"operative":true,"evseId":2,"connectorId":1})") ==
          R"(ChangeAvailability {"operationalStatus":"Operative","evse":{"id":2,"connectorId":1}})");
    CHECK(call_of(version::v201, "availability", R"({"operative":"yes"})") == "operative must be true or false");
}

TEST_CASE("trigger") {
    CHECK(call_of(version::v16, "trigger", R"({"message":"Heartbeat"})") ==
          R"(TriggerMessage {"requestedMessage":"Heartbeat"})");
    CHECK(call_of(version::v16, "trigger", R"({"message":"TransactionEvent","evseId":1})") ==
          R"(TriggerMessage {"requestedMessage":"MeterValues","connectorId":1})");
    CHECK(call_of(version::v16, "trigger", R"({"message":"SignChargingStationCertificate"})") ==
          R"(ExtendedTriggerMessage {"requestedMessage":"SignChargePointCertificate"})");
    CHECK(call_of(version::v201, "trigger", R"({"message":"DiagnosticsStatusNotification"})") ==
          R"(TriggerMessage {"requestedMessage":"LogStatusNotification"})");
    CHECK(call_of(version::v201, "trigger", R"({"message":"StatusNotification","evseId":1})") ==
          R"(TriggerMessage {"requestedMessage":"StatusNotification","evse":{"id":1,"connectorId":1}})");
}

TEST_CASE("get_config and set_config") {
    CHECK(call_of(version::v16, "get_config", "{}") == "GetConfiguration {}");
    CHECK(call_of(version::v16, "get_config", R"({"keys":["OCPPCommCtrlr.HeartbeatInterval","Own"]})") ==
          R"(GetConfiguration {"key":["HeartbeatInterval","Own"]})");
    CHECK(call_of(version::v201, "get_config", R"({"keys":["HeartbeatInterval"]})") ==
          R"(GetVariables {"getVariableData":[{"component":{"name":"OCPPCommCtrlr"},)"
          R"("variable":{"name":"HeartbeatInterval"}}]})");
    CHECK(call_of(version::v201, "get_config", "{}") ==
          R"(GetBaseReport {"requestId":7,"reportBase":"ConfigurationInventory"})");
    CHECK(call_of(version::v201, "get_config", R"({"keys":["Own"]})").find("Component.Variable") != std::string::npos);
    for (const auto v : {version::v16, version::v201, version::v21}) {
        CHECK(call_of(v, "get_config", R"({"keys":[""]})") == "keys[0] must be a text that is not empty");
        CHECK(call_of(v, "get_config", R"({"keys":["A.B",7,""]})") == "keys[1] must be a text that is not empty");
        CHECK(call_of(v, "get_config", R"({"keys":"A.B"})") == "keys must be a list of texts");
    }
    CHECK(call_of(version::v16, "set_config", R"({"key":"HeartbeatInterval","value":"60"})") ==
          R"(ChangeConfiguration {"key":"HeartbeatInterval","value":"60"})");
    CHECK(call_of(version::v21, "set_config", R"({"key":"EVSE@2.Power","value":"60"})") ==
          R"(SetVariables {"setVariableData":[{"component":{"name":"EVSE","evse":{"id":2}},)"
          R"("variable":{"name":"Power"},"attributeValue":"60"}]})");
    CHECK(call_of(version::v16, "set_config", R"({"key":"AuthorizationKey","value":""})") ==
          R"(ChangeConfiguration {"key":"AuthorizationKey","value":""})");
    CHECK(call_of(version::v16, "set_config", R"({"key":"X"})") == "value is missing");
    CHECK(call_of(version::v16, "set_config", R"({"key":"X","value":1})") == "value must be a text");
    CHECK(call_of(version::v16, "set_config", R"({"key":"X","value":"1","more":1})") ==
          "unknown parameter \"more\"; known: key, value");
}

TEST_CASE("set_profile takes 2.x's spelling and converts it for 1.6") {
    constexpr std::string_view profile =
        R"({"evseId":1,"chargingProfile":{"id":1,"stackLevel":0,"chargingProfilePurpose":"ChargingStationMaxProfile",)"
        R"("chargingProfileKind":"Absolute","chargingSchedule":[{"id":1,"chargingRateUnit":"A",)"
        R"("chargingSchedulePeriod":[{"startPeriod":0,"limit":16.0}]}]}})";
    CHECK(call_of(version::v201, "set_profile", profile).starts_with(R"(SetChargingProfile {"evseId":1,)"));
    const auto old = call_of(version::v16, "set_profile", profile);
    CHECK(old.find(R"("chargingProfilePurpose":"ChargePointMaxProfile")") != std::string::npos);
    CHECK(old.find(R"("chargingProfileId":1)") != std::string::npos);
    CHECK(old.find(R"("chargingSchedule":{)") != std::string::npos);
    CHECK(old.find(R"("id")") == std::string::npos);
    CHECK(call_of(version::v16, "set_profile", R"({"chargingProfile":{"chargingProfilePurpose":"LocalGeneration"}})") ==
          "1.6 has no charging profile for LocalGeneration");
    CHECK(call_of(version::v16, "set_profile", R"({"chargingProfile":{"chargingSchedule":[{},{}]}})") ==
          "1.6 takes one chargingSchedule");
}

TEST_CASE("clear_profile and composite_schedule") {
    constexpr std::string_view criteria =
        R"({"evseId":1,"chargingProfilePurpose":"ChargingStationMaxProfile","stackLevel":2})";
    CHECK(call_of(version::v16, "clear_profile", "{}") == "ClearChargingProfile {}");
    CHECK(call_of(version::v16, "clear_profile", R"({"chargingProfileId":7})") == R"(ClearChargingProfile {"id":7})");
    CHECK(call_of(version::v16, "clear_profile", criteria) ==
          R"(ClearChargingProfile {"connectorId":1,"chargingProfilePurpose":"ChargePointMaxProfile","stackLevel":2})");
    CHECK(call_of(version::v16, "clear_profile", R"({"chargingProfilePurpose":"LocalGeneration"})") ==
          "1.6 has no charging profile for LocalGeneration");
    for (const auto v : {version::v201, version::v21}) {
        CHECK(call_of(v, "clear_profile", R"({"chargingProfileId":7})") ==
              R"(ClearChargingProfile {"chargingProfileId":7})");
        CHECK(call_of(v, "clear_profile", criteria) ==
              R"(ClearChargingProfile {"chargingProfileCriteria":{"evseId":1,)"
              R"("chargingProfilePurpose":"ChargingStationMaxProfile","stackLevel":2}})");
        CHECK(call_of(v, "composite_schedule", R"({"durationSeconds":3600,"chargingRateUnit":"W","evseId":1})") ==
              R"(GetCompositeSchedule {"evseId":1,"duration":3600,"chargingRateUnit":"W"})");
        CHECK(answer_of("clear_profile", v, R"({"status":"Unknown"})") == R"({"status":"unknown_target"})");
        CHECK(answer_of("composite_schedule", v,
                        R"({"status":"Accepted","schedule":{"evseId":1,"duration":60,"chargingRateUnit":"A"}})") ==
              R"({"status":"accepted","schedule":{"evseId":1,"duration":60,"chargingRateUnit":"A"}})");
    }
    CHECK(call_of(version::v16, "composite_schedule", R"({"durationSeconds":3600})") ==
          R"(GetCompositeSchedule {"connectorId":0,"duration":3600})");
    CHECK(call_of(version::v16, "composite_schedule", "{}") == "durationSeconds is missing");
    CHECK(answer_of("composite_schedule", version::v16,
                    R"({"status":"Accepted","connectorId":1,"scheduleStart":"2026-01-02T03:04:05Z",)"
                    R"("chargingSchedule":{"duration":60,"chargingRateUnit":"A","chargingSchedulePeriod":[]}})") ==
          R"({"status":"accepted","schedule":{"duration":60,"chargingRateUnit":"A","chargingSchedulePeriod":[],)"
          R"("evseId":1,"scheduleStart":"2026-01-02T03:04:05Z"}})");
    CHECK(answer_of("composite_schedule", version::v16, R"({"status":"Rejected"})") ==
          R"({"status":"rejected","schedule":null})");
}

TEST_CASE("reserve and cancel_reservation") {
    constexpr std::string_view wanted =
        R"({"evseId":1,"idTag":"A","parentIdTag":"G","expiryDate":"2026-01-02T03:06:05Z"})";
    CHECK(call_of(version::v16, "reserve", wanted) ==
          R"(ReserveNow {"connectorId":1,"expiryDate":"2026-01-02T03:06:05Z","idTag":"A","parentIdTag":"G",)"
          R"("reservationId":7})");
    CHECK(mapped(version::v16, "reserve", wanted).reservation_id == 7);
    for (const auto v : {version::v201, version::v21}) {
        CHECK(
            call_of(v, "reserve", wanted) ==
            R"(ReserveNow {"id":7,"expiryDateTime":"2026-01-02T03:06:05Z","idToken":{"idToken":"A","type":"Central"},)"
            R"("evseId":1,"groupIdToken":{"idToken":"G","type":"Central"}})");
        CHECK(mapped(v, "reserve", wanted).reservation_id == 7);
        CHECK(call_of(v, "reserve",
                      R"({"idTag":"A","idTokenType":"ISO14443","expiryDate":"2026-01-02T03:06:05Z",)"
                      R"("reservationId":9})") == R"(ReserveNow {"id":9,"expiryDateTime":"2026-01-02T03:06:05Z",)"
                                                  R"("idToken":{"idToken":"A","type":"ISO14443"}})");
        CHECK(call_of(v, "cancel_reservation", R"({"reservationId":9})") == R"(CancelReservation {"reservationId":9})");
    }
    CHECK(call_of(version::v16, "cancel_reservation", R"({"reservationId":9})") ==
          R"(CancelReservation {"reservationId":9})");
    CHECK(call_of(version::v16, "cancel_reservation", "{}") == "reservationId is missing");
    CHECK(call_of(version::v16, "reserve", R"({"idTag":"A"})") == "expiryDate is missing");
    CHECK(call_of(version::v16, "reserve",
                  R"({"idTag":"A","expiryDate":"2026-01-02T03:06:05Z","connectorType":"cType2"})")
              .starts_with("1.6 reserves"));
    CHECK_FALSE(mapped(version::v16, "clear_cache", "{}").reservation_id);
    for (const auto v : {version::v16, version::v201, version::v21}) {
        for (const auto* past : {"2026-01-02T03:05:00Z", "2026-01-02T04:04:59+01:00", "1999-01-01T00:00:00Z"})
            CHECK(call_of(v, "reserve", R"({"idTag":"A","expiryDate":")" + std::string(past) + R"("})") ==
                  "expiryDate must be in the future: it is 2026-01-02T03:05:00Z now");
        CHECK(call_of(v, "reserve", R"({"idTag":"A","expiryDate":"2026-01-02T03:05:01Z"})").starts_with("ReserveNow "));
    }
}

TEST_CASE("send_local_list, local_list_version and clear_cache") {
    constexpr std::string_view list =
        R"({"listVersion":3,"entries":[{"idTag":"A","status":"Accepted","parentIdTag":"G",)"
        R"("expiryDate":"2026-01-02T03:04:05Z"}]})";
    constexpr std::string_view change = R"({"listVersion":4,"update":"differential","entries":[{"idTag":"A"}]})";
    CHECK(call_of(version::v16, "send_local_list", list) ==
          R"(SendLocalList {"listVersion":3,"updateType":"Full","localAuthorizationList":[{"idTag":"A","idTagInfo":)"
          R"({"status":"Accepted","expiryDate":"2026-01-02T03:04:05Z","parentIdTag":"G"}}]})");
    CHECK(call_of(version::v16, "send_local_list", change) ==
          R"(SendLocalList {"listVersion":4,"updateType":"Differential","localAuthorizationList":[{"idTag":"A"}]})");
    for (const auto v : {version::v201, version::v21}) {
        CHECK(call_of(v, "send_local_list", list) ==
              R"(SendLocalList {"versionNumber":3,"updateType":"Full","localAuthorizationList":[{"idToken":)"
              R"({"idToken":"A","type":"Central"},"idTokenInfo":{"status":"Accepted",)"
              R"("cacheExpiryDateTime":"2026-01-02T03:04:05Z","groupIdToken":{"idToken":"G","type":"Central"}}}]})");
        CHECK(call_of(v, "send_local_list", change) ==
              R"(SendLocalList {"versionNumber":4,"updateType":"Differential","localAuthorizationList":[{"idToken":)"
              R"({"idToken":"A","type":"Central"}}]})");
        CHECK(answer_of("local_list_version", v, R"({"versionNumber":3})") ==
              R"({"status":"accepted","listVersion":3})");
    }
    for (const auto v : {version::v16, version::v201, version::v21}) {
        CHECK(call_of(v, "local_list_version", "{}") == "GetLocalListVersion {}");
        CHECK(call_of(v, "clear_cache", "{}") == "ClearCache {}");
    }
    CHECK(call_of(version::v16, "send_local_list", R"({"listVersion":1})") ==
          R"(SendLocalList {"listVersion":1,"updateType":"Full"})");
    CHECK(call_of(version::v16, "send_local_list", R"({"entries":[]})") == "listVersion is missing");
    CHECK(call_of(version::v16, "send_local_list", R"({"listVersion":1,"entries":[7]})") ==
          "entries[0] must be an object");
    CHECK(call_of(version::v16, "send_local_list",
                  R"({"listVersion":1,"entries":[{"idTag":"A","status":"Blocked","x":1}]})")
              .starts_with("entries[0]: unknown parameter \"x\""));
    CHECK(
        call_of(version::v16, "send_local_list", R"({"listVersion":1,"entries":[{"idTag":"A","parentIdTag":"G"}]})") ==
        "entries[0]: status is missing");
    CHECK(answer_of("local_list_version", version::v16, R"({"listVersion":3})") ==
          R"({"status":"accepted","listVersion":3})");
    CHECK(answer_of("local_list_version", version::v16, R"({"listVersion":-1})") ==
          R"({"status":"not_supported","listVersion":null})");
    CHECK(answer_of("send_local_list", version::v16, R"({"status":"VersionMismatch"})") == R"({"status":"rejected"})");
}

TEST_CASE("Every entry of a full local list has a status") {
    constexpr std::string_view missing =
        "entries[1]: status is missing; with update differential an entry without one takes its tag off the list";
    const std::string entries = R"("entries":[{"idTag":"A","status":"Accepted"},{"idTag":"B"}]})";
    for (const auto v : {version::v16, version::v201, version::v21}) {
        CHECK(call_of(v, "send_local_list", R"({"listVersion":1,)" + entries) == missing);
        CHECK(call_of(v, "send_local_list", R"({"listVersion":1,"update":"full",)" + entries) == missing);
        CHECK(call_of(v, "send_local_list", R"({"listVersion":1,"update":"differential",)" + entries)
                  .starts_with("SendLocalList "));
    }
}

TEST_CASE("A local list names each tag once, whatever its letter case") {
    const auto list = [](std::string_view update, std::string_view second) {
        return R"({"listVersion":1,"update":")" + std::string(update) +
               R"(","entries":[{"idTag":"Ab","status":"Accepted"},)" + R"({"idTag":"C","status":"Blocked"},)" +
               std::string(second) + "]}";
    };
    constexpr std::string_view twice = "entries[2]: its tag is the same as in entries[0]";
    for (const auto* update : {"full", "differential"}) {
        const auto same = list(update, R"({"idTag":"aB","status":"Accepted"})");
        const auto removed = list("differential", R"({"idTag":"AB"})");
        const auto typed = list(update, R"({"idTag":"AB","idTokenType":"central","status":"Accepted"})");
        const auto other = list(update, R"({"idTag":"Ab","idTokenType":"eMAID","status":"Accepted"})");
        for (const auto v : {version::v16, version::v201, version::v21}) {
            CHECK(call_of(v, "send_local_list", same) == twice);
            CHECK(call_of(v, "send_local_list", removed) == twice);
            CHECK(call_of(v, "send_local_list", typed) == twice);
        }
        CHECK(call_of(version::v16, "send_local_list", other) == twice);
        for (const auto v : {version::v201, version::v21})
            CHECK(call_of(v, "send_local_list", other).starts_with("SendLocalList "));
    }
}

TEST_CASE("get_log and update_firmware") {
    CHECK(call_of(version::v16, "get_log", R"({"location":"ftp://x/y","from":"2026-01-01T00:00:00Z","retries":2})") ==
          R"(GetDiagnostics {"retries":2,"location":"ftp://x/y","startTime":"2026-01-01T00:00:00Z"})");
    CHECK(call_of(version::v16, "get_log", R"({"location":"ftp://x/y","log":"security"})") ==
          R"(GetLog {"log":{"remoteLocation":"ftp://x/y"},"logType":"SecurityLog","requestId":7})");
    CHECK(call_of(version::v201, "get_log", R"({"location":"ftp://x/y"})") ==
          R"(GetLog {"log":{"remoteLocation":"ftp://x/y"},"logType":"DiagnosticsLog","requestId":7})");
    CHECK(call_of(version::v16, "get_log", R"({"location":"ftp://x/y","to":"later"})") ==
          "to must be a time like 2026-01-02T03:04:05Z");
    CHECK(call_of(version::v16, "update_firmware", R"({"location":"http://x/y"})") ==
          R"(UpdateFirmware {"location":"http://x/y","retrieveDate":"2026-01-02T03:05:00Z"})");
    CHECK(call_of(version::v16, "update_firmware",
                  R"({"location":"http://x/y","signature":"s","signingCertificate":"c"})")
              .starts_with("SignedUpdateFirmware "));
    CHECK(
        call_of(version::v201, "update_firmware", R"({"location":"http://x/y","retrieveAt":"2026-01-03T00:00:00Z"})") ==
        R"(UpdateFirmware {"firmware":{"location":"http://x/y","retrieveDateTime":"2026-01-03T00:00:00Z"},"requestId":7})");
    CHECK(call_of(version::v201, "update_firmware", R"({"location":"http://x/y","signature":"s"})") ==
          "signature and signingCertificate belong together");
}

TEST_CASE("transaction_status") {
    CHECK(call_of(version::v201, "transaction_status", R"({"transactionId":"x-1"})") ==
          R"(GetTransactionStatus {"transactionId":"x-1"})");
    CHECK(call_of(version::v21, "transaction_status", "{}") == "GetTransactionStatus {}");
    CHECK(call_of(version::v201, "transaction_status", R"({"transactionId":7})") ==
          "transactionId must be a text that is not empty");
    CHECK(call_of(version::v16, "transaction_status", R"({"transactionId":"7"})") ==
          "1.6 cannot be asked about transactions");
    CHECK(answer_of("transaction_status", version::v201, R"({"ongoingIndicator":false,"messagesInQueue":true})") ==
          R"({"status":"accepted","ongoing":false,"messagesInQueue":true})");
    CHECK(answer_of("transaction_status", version::v21, R"({"messagesInQueue":false})") ==
          R"({"status":"accepted","ongoing":null,"messagesInQueue":false})");
}

TEST_CASE("Answers are said in the same words") {
    CHECK(answer_of("start", version::v16, R"({"status":"Accepted"})") == R"({"status":"accepted"})");
    CHECK(answer_of("start", version::v201, R"({"status":"Accepted","transactionId":"T-1"})") ==
          R"({"status":"accepted","transactionId":"T-1"})");
    CHECK(answer_of("unlock", version::v16, R"({"status":"Unlocked"})") == R"({"status":"accepted"})");
    CHECK(answer_of("unlock", version::v201, R"({"status":"UnknownConnector"})") == R"({"status":"unknown_target"})");
    CHECK(answer_of("availability", version::v201, R"({"status":"Scheduled"})") == R"({"status":"scheduled"})");
    CHECK(answer_of("set_config", version::v16, R"({"status":"RebootRequired"})") == R"({"status":"reboot_required"})");
    CHECK(answer_of("set_config", version::v201, R"({"setVariableResult":[{"attributeStatus":"UnknownVariable"}]})") ==
          R"({"status":"unknown_target"})");
    CHECK(answer_of("update_firmware", version::v16, "{}") == R"({"status":"accepted"})");
    CHECK(answer_of("get_log", version::v16, R"({"fileName":"a.zip"})") ==
          R"({"status":"accepted","fileName":"a.zip"})");
    CHECK(answer_of("reset", version::v201,
                    R"({"status":"Rejected","statusInfo":{"reasonCode":"TxInProgress","additionalInfo":"x"}})") ==
          R"({"status":"rejected","reasonCode":"TxInProgress","additionalInfo":"x"})");
    CHECK(answer_of("get_config", version::v16,
                    R"({"configurationKey":[{"key":"A","readonly":true,"value":"1"}],"unknownKey":["B"]})") ==
          R"({"status":"accepted","values":[{"key":"A","value":"1","readonly":true}],"unknownKeys":["B"]})");
    CHECK(answer_of("get_config", version::v201,
                    R"({"getVariableResult":[{"attributeStatus":"Accepted","attributeValue":"1",)"
                    R"("component":{"name":"C","evse":{"id":2}},"variable":{"name":"V","instance":"i"}},)"
                    R"({"attributeStatus":"UnknownVariable","component":{"name":"C"},"variable":{"name":"W"}}]})") ==
          R"({"status":"accepted","values":[{"key":"C@2.V/i","value":"1"}],"unknownKeys":["C.W"]})");
}

TEST_CASE("What is odd in an answer is left out of what is said of it") {
    CHECK(answer_of("get_config", version::v16,
                    R"({"configurationKey":[{"key":"A","readonly":0,"value":7},{"value":"x"},{"key":"B","value":null},)"
                    R"({"key":"C","value":{}},7],"unknownKey":["D",1]})") ==
          R"({"status":"accepted","values":[{"key":"A","value":"7"},{"key":"B","value":null},)"
          R"({"key":"C","value":null}],"unknownKeys":["D"]})");
    CHECK(answer_of(
              "get_config", version::v201,
              R"({"getVariableResult":[{"attributeStatus":"Accepted","attributeValue":"1","component":{"name":"C"}},)"
              R"({"attributeStatus":"Accepted","component":{"name":"C"},"variable":{"name":"V"}}]})") ==
          R"({"status":"accepted","values":[{"key":"C.V","value":null}],"unknownKeys":[]})");
    for (const auto* payload : {R"({"setVariableResult":[{}]})", R"({"setVariableResult":[{"attributeStatus":null}]})",
                                R"({"setVariableResult":[]})", "{}"})
        CHECK(answer_of("set_config", version::v201, payload) == R"({"status":null})");
    CHECK(
        answer_of("start", version::v201, R"({"status":"Accepted","transactionId":7,"statusInfo":{"reasonCode":1}})") ==
        R"({"status":"accepted"})");
    CHECK(answer_of("transaction_status", version::v201, R"({"messagesInQueue":0})") ==
          R"({"status":"accepted","ongoing":null,"messagesInQueue":null})");
}

TEST_CASE("Where there was no usable answer the status says so") {
    command_result r(outcome::call_error, reason::call_error);
    r.error_code = "NotSupported";
    CHECK(neutral_answer(neutral_action::reset, version::v16, r).at("status") == "not_supported");
    r.error_code = "InternalError";
    CHECK(neutral_answer(neutral_action::reset, version::v16, r).at("status") == "failed");
    CHECK(neutral_answer(neutral_action::reset, version::v16, {outcome::unknown, reason::timeout})
              .at("status")
              .is_null());
}

TEST_CASE("Names of settings") {
    CHECK(key_of_16("TxCtrlr.EVConnectionTimeOut") == "ConnectionTimeOut");
    CHECK(key_of_16("Own") == "Own");
    CHECK(json::serialize(variable_of("A/i.B/j").value()) ==
          R"({"component":{"name":"A","instance":"i"},"variable":{"name":"B","instance":"j"}})");
    for (const auto* wrong : {"", ".", "A.", ".B", "A@0.B", "A@x.B", "@1.B"}) CHECK_FALSE(variable_of(wrong));
}
