#include "ocpp/payload.hpp"
#include "ocpp/schema.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace voltgate;
using namespace voltgate::ocpp;

namespace {

enum class kind { request, response };

/// The violations of a payload that must be JSON.
std::vector<violation> check(version v, std::string_view action, std::string_view payload, kind k = kind::request) {
    payload_reader reader;
    const auto* const found = find_action(v, action);
    REQUIRE(found);
    INFO(payload);
    const bool readable = reader.read(payload, k == kind::request ? found->request : found->response);
    INFO(reader.syntax_error());
    REQUIRE(readable);
    CHECK(reader.violation_count() >= reader.violations().size());
    return reader.violations();
}

/// Whether there is exactly one violation, of this rule at this place.
bool only(const std::vector<violation>& found, rule r, std::string_view pointer) {
    for (const auto& each : found) UNSCOPED_INFO(each.pointer << ": " << to_string(each.rule));
    return found.size() == 1 && found[0].rule == r && found[0].pointer == pointer;
}

bool clean(const std::vector<violation>& found) {
    for (const auto& each : found) UNSCOPED_INFO(each.pointer << ": " << to_string(each.rule));
    return found.empty();
}

std::string start_transaction(std::string_view member) {
    return std::string(R"({"connectorId":1,"idTag":"A","meterStart":1,"timestamp":"2026-01-02T03:05:00Z",)") +
           std::string(member) + "}";
}

std::string repeated(std::string_view text, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += text;
    return out;
}

}  // namespace

TEST_CASE("a missing member is named, with what it should be") {
    const auto found = check(version::v16, "StartTransaction",
                             R"({"connectorId":1,"meterStart":1,"timestamp":"2026-01-02T03:05:00Z"})");
    CHECK(only(found, rule::required_missing, "/idTag"));
    CHECK(found[0].kind == value_kind::absent);
    CHECK(found[0].expected == "string of at most 20 characters");
    CHECK(only(check(version::v201, "BootNotification", R"({"reason":"PowerUp"})"), rule::required_missing,
               "/chargingStation"));
    CHECK(check(version::v16, "StatusNotification", "{}").size() == 3);
    CHECK(only(check(version::v21, "BootNotification", R"({"reason":"PowerUp","chargingStation":{"model":"X"}})"),
               rule::required_missing, "/chargingStation/vendorName"));
    CHECK(only(check(version::v16, "Authorize", R"({"idTagInfo":{}})", kind::response), rule::required_missing,
               "/idTagInfo/status"));
}

TEST_CASE("a value of the wrong type is told with the type it has") {
    for (const auto& [value, kind_of_value] :
         std::vector<std::pair<std::string, value_kind>>{{"true", value_kind::boolean},
                                                         {"1.5", value_kind::number},
                                                         {"\"x\"", value_kind::string},
                                                         {"\"1.5\"", value_kind::string},
                                                         {"\"\"", value_kind::string},
                                                         {"\" 1\"", value_kind::string},
                                                         {"\"\\u0031\"", value_kind::string},
                                                         {"[]", value_kind::array},
                                                         {"[1]", value_kind::array},
                                                         {"{}", value_kind::object}}) {
        const auto found = check(version::v16, "StartTransaction", start_transaction("\"reservationId\":" + value));
        CHECK(only(found, rule::wrong_type, "/reservationId"));
        CHECK(found[0].kind == kind_of_value);
        CHECK(found[0].expected == "integer");
    }
    CHECK(only(check(version::v16, "GetConfiguration", R"({"key":"HeartbeatInterval"})"), rule::wrong_type, "/key"));
    CHECK(only(check(version::v201, "GetBaseReport", R"({"requestId":1,"reportBase":7})"), rule::wrong_type,
               "/reportBase"));
    CHECK(only(check(version::v16, "GetConfiguration", R"({"configurationKey":[{"key":"a","readonly":"true"}]})",
                     kind::response),
               rule::wrong_type, "/configurationKey/0/readonly"));
    CHECK(only(check(version::v201, "StatusNotification",
                     R"({"timestamp":1767323045,"connectorStatus":"Occupied","evseId":1,"connectorId":1})"),
               rule::wrong_type, "/timestamp"));
    CHECK(only(check(version::v201, "BootNotification", R"({"reason":"PowerUp","chargingStation":[1,{"a":2}]})"),
               rule::wrong_type, "/chargingStation"));
}

TEST_CASE("numbers as strings and strings as numbers have a rule of their own") {
    auto found = check(version::v16, "StartTransaction",
                       R"({"connectorId":"1","idTag":"A","meterStart":1,"timestamp":"2026-01-02T03:05:00Z"})");
    CHECK(only(found, rule::number_as_string, "/connectorId"));
    CHECK(found[0].kind == value_kind::string);
    found = check(
        version::v16, "MeterValues",
        R"({"connectorId":1,"meterValue":[{"timestamp":"2026-01-02T03:05:00Z","sampledValue":[{"value":"1"},{"value":231.5}]}]})");
    CHECK(only(found, rule::number_as_string, "/meterValue/0/sampledValue/1/value"));
    CHECK(found[0].kind == value_kind::number);
    CHECK(only(check(version::v16, "StartTransaction", start_transaction(R"("reservationId":"12.0")")),
               rule::number_as_string, "/reservationId"));
    // The value is checked as well.
    CHECK(check(version::v16, "Authorize", R"({"idTag":123456789012345678901})").size() == 2);
    CHECK(check(version::v21, "StatusNotification",
                R"({"timestamp":"2026-01-02T03:05:00Z","connectorStatus":"Occupied","evseId":"-1","connectorId":1})")
              .size() == 2);
    CHECK(
        check(
            version::v201, "MeterValues",
            R"({"evseId":1,"meterValue":[{"timestamp":"2026-01-02T03:05:00Z","sampledValue":[{"value":"231.5"}]}]})")[0]
            .rule == rule::number_as_string);
}

TEST_CASE("strings are measured in code points") {
    const auto id_tag = [](std::string_view text) {
        return check(version::v16, "Authorize", std::string(R"({"idTag":")") + std::string(text) + "\"}");
    };
    for (const auto* letter :
         {"a", "\xC3\xA9", "\xE4\xB8\xAD", "\xF0\x9F\x98\x80", "\\n", "\\u00e9", "\\uD83D\\uDE00", "\\ud800", "\\\""}) {
        CHECK(clean(id_tag(repeated(letter, 20))));
        const auto found = id_tag(repeated(letter, 21));
        CHECK(only(found, rule::string_too_long, "/idTag"));
        CHECK(found[0].expected == "string of at most 20 characters");
    }
    CHECK(
        clean(check(version::v16, "DataTransfer", R"({"vendorId":"v","data":")" + std::string(100'000, 'x') + "\"}")));
    CHECK(only(check(version::v201, "Authorize",
                     R"({"idToken":{"type":"Central","idToken":")" + std::string(37, 'x') + "\"}}"),
               rule::string_too_long, "/idToken/idToken"));
    CHECK(clean(check(version::v21, "Authorize",
                      R"({"idToken":{"type":"Central","idToken":")" + std::string(255, 'x') + "\"}}")));
}

TEST_CASE("an empty string is told only where a text is required") {
    CHECK(only(check(version::v16, "BootNotification", R"({"chargePointVendor":"","chargePointModel":"X"})"),
               rule::empty_string, "/chargePointVendor"));
    CHECK(clean(check(version::v16, "BootNotification",
                      R"({"chargePointVendor":"A","chargePointModel":"X","iccid":"","meterType":""})")));
    CHECK(only(check(version::v201, "BootNotification",
                     R"({"reason":"PowerUp","chargingStation":{"model":"","vendorName":"A"}})"),
               rule::empty_string, "/chargingStation/model"));
    CHECK(only(check(version::v16, "StatusNotification", R"({"connectorId":1,"errorCode":"","status":"Available"})"),
               rule::unknown_enum_value, "/errorCode"));
    CHECK(only(check(version::v16, "GetDiagnostics", R"({"location":""})"), rule::empty_string, "/location"));
    CHECK(only(check(version::v16, "StatusNotification",
                     R"({"connectorId":1,"errorCode":"NoError","status":"Available","timestamp":""})"),
               rule::odd_timestamp, "/timestamp"));
    CHECK(only(check(version::v16, "SecurityEventNotification", R"({"type":"x","timestamp":""})"), rule::odd_timestamp,
               "/timestamp"));
}

TEST_CASE("enum values are known to the letter") {
    const auto status = [](std::string_view value) {
        return check(version::v16, "StatusNotification",
                     R"({"connectorId":1,"errorCode":"NoError","status":")" + std::string(value) + "\"}");
    };
    CHECK(clean(status("Available")));
    CHECK(clean(status("SuspendedEV")));
    CHECK(clean(status("\\u0041vailable")));
    for (const auto* value : {"available", "AVAILABLE", "Occupied", "Availabl", "Available ", "SuspendedEx", "",
                              "A\\u0000vailable", "\xC3\xA9"})
        CHECK(only(status(value), rule::unknown_enum_value, "/status"));
    const auto found = status("Error");
    CHECK(
        found[0].expected ==
        "one of Available, Preparing, Charging, SuspendedEVSE, SuspendedEV, Finishing, Reserved, Unavailable, Faulted");
    const auto long_list = check(
        version::v16, "MeterValues",
        R"({"connectorId":1,"meterValue":[{"timestamp":"2026-01-02T03:05:00Z","sampledValue":[{"value":"1","measurand":"x"}]}]})");
    CHECK(only(long_list, rule::unknown_enum_value, "/meterValue/0/sampledValue/0/measurand"));
    CHECK(long_list[0].expected.ends_with(", …"));
    CHECK(only(
        check(
            version::v16, "MeterValues",
            R"({"connectorId":1,"meterValue":[{"timestamp":"2026-01-02T03:05:00Z","sampledValue":[{"value":"50","unit":"Hertz"}]}]})"),
        rule::unknown_enum_value, "/meterValue/0/sampledValue/0/unit"));
    CHECK(only(check(version::v201, "BootNotification",
                     R"({"reason":"Powerup","chargingStation":{"model":"X","vendorName":"A"}})"),
               rule::unknown_enum_value, "/reason"));
}

TEST_CASE("numbers have their range") {
    const auto evse = [](std::string_view id) {
        return check(version::v21, "StatusNotification",
                     R"({"timestamp":"2026-01-02T03:05:00Z","connectorStatus":"Occupied","connectorId":1,"evseId":)" +
                         std::string(id) + "}");
    };
    CHECK(clean(evse("0")));
    CHECK(clean(evse("-0")));
    CHECK(clean(evse("2147483648")));
    CHECK(clean(evse("9223372036854775808")));
    CHECK(only(evse("-1"), rule::number_out_of_range, "/evseId"));
    CHECK(only(evse("-1.0"), rule::number_out_of_range, "/evseId"));
    CHECK(only(evse("-99999999999999999999"), rule::number_out_of_range, "/evseId"));
    CHECK(only(evse("1e400"), rule::number_out_of_range, "/evseId"));
    CHECK(evse("-1")[0].expected == "integer of at least 0");
    const auto soc = [](std::string_view value) {
        return check(
            version::v201, "NotifyEVChargingNeeds",
            R"({"evseId":1,"chargingNeeds":{"requestedEnergyTransfer":"DC","dcChargingParameters":{"evMaxCurrent":1,"evMaxVoltage":1,"stateOfCharge":)" +
                std::string(value) + "}}}");
    };
    CHECK(clean(soc("0")));
    CHECK(clean(soc("100")));
    CHECK(clean(soc("1e2")));
    CHECK(only(soc("101"), rule::number_out_of_range, "/chargingNeeds/dcChargingParameters/stateOfCharge"));
    CHECK(soc("101")[0].expected == "integer from 0 to 100");
    CHECK(only(soc("50.5"), rule::wrong_type, "/chargingNeeds/dcChargingParameters/stateOfCharge"));
}

TEST_CASE("an integer is what has no fraction, however it is spelled") {
    const auto meter = [](std::string_view value) {
        return check(version::v16, "StartTransaction", start_transaction("\"reservationId\":" + std::string(value)));
    };
    for (const auto* value : {"1.0", "1e2", "12.50e1", "-0.0", "100e-2", "9223372036854775807", "-9223372036854775808",
                              "123456789012345678901234567890"})
        CHECK(clean(meter(value)));
    for (const auto* value : {"1.5", "1e-1", "12.55e1", "1.00000000000000000000001", "1e-400"})
        CHECK(only(meter(value), rule::wrong_type, "/reservationId"));
    CHECK(only(meter("1" + std::string(309, '0')), rule::number_out_of_range, "/reservationId"));
}

TEST_CASE("multiples are decided on the digits") {
    const auto limit = [](std::string_view value) {
        return check(
            version::v16, "SetChargingProfile",
            R"({"connectorId":1,"csChargingProfiles":{"chargingProfileId":1,"stackLevel":0,"chargingProfilePurpose":"TxProfile","chargingProfileKind":"Absolute","chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":)" +
                std::string(value) + "}]}}}");
    };
    constexpr std::string_view place = "/csChargingProfiles/chargingSchedule/chargingSchedulePeriod/0/limit";
    for (const auto* value :
         {"8.1", "16", "16.0", "16.10", "81e-1", "0.3", "-8.1", "1e2", "0", "0.0", "100000000.1", "1.1e1", "8100e-3"})
        CHECK(clean(limit(value)));
    for (const auto* value : {"8.15", "815e-2", "0.35", "16.01", "-8.15", "1e-2", "0.1000000000000000000001"})
        CHECK(only(limit(value), rule::not_a_multiple, place));
    CHECK(limit("8.15")[0].expected == "number with at most 1 decimal");
}

TEST_CASE("arrays have their size") {
    const auto data = [](std::size_t count) {
        auto items = repeated(R"({"component":{"name":"c"},"variable":{"name":"v"}},)", count);
        if (!items.empty()) items.pop_back();
        return check(version::v201, "GetVariables", R"({"getVariableData":[)" + items + "]}");
    };
    CHECK(clean(data(1)));
    CHECK(clean(data(50)));
    const auto found = data(0);
    CHECK(only(found, rule::array_size, "/getVariableData"));
    CHECK(found[0].expected == "array of at least 1 item");
    CHECK(found[0].kind == value_kind::array);
    const auto certificates = [](std::size_t count) {
        auto items = repeated(
            R"({"hashAlgorithm":"SHA256","issuerNameHash":"a","issuerKeyHash":"b","serialNumber":"1","responderURL":"u"},)",
            count);
        if (!items.empty()) items.pop_back();
        return check(version::v201, "Authorize",
                     R"({"idToken":{"type":"Central","idToken":"x"},"iso15118CertificateHashData":[)" + items + "]}");
    };
    CHECK(clean(certificates(4)));
    CHECK(only(certificates(5), rule::array_size, "/iso15118CertificateHashData"));
    CHECK(certificates(5)[0].expected == "array of 1 to 4 items");
    CHECK(clean(check(version::v16, "MeterValues",
                      R"({"connectorId":1,"meterValue":[{"timestamp":"2026-01-02T03:05:00Z","sampledValue":[]}]})")));
}

TEST_CASE("members that the version does not know are told, but for customData") {
    const auto found = check(version::v16, "StartTransaction", start_transaction(R"("transactionId":{"a":[1]})"));
    CHECK(only(found, rule::unknown_property, "/transactionId"));
    CHECK(found[0].kind == value_kind::object);
    CHECK(only(check(version::v201, "Heartbeat", R"({"x":1})"), rule::unknown_property, "/x"));
    CHECK(clean(check(version::v201, "Heartbeat", R"({"customData":{"vendorId":"v","any":{"thing":[null]}}})")));
    CHECK(clean(check(version::v21, "Heartbeat", R"({"customData":{"vendorId":"v","any":{"thing":[null]}}})")));
    CHECK(only(check(version::v16, "Heartbeat", R"({"customData":{"vendorId":"v"}})"), rule::unknown_property,
               "/customData"));
    CHECK(clean(check(version::v201, "DataTransfer", R"({"vendorId":"v","data":{"any":[1,"x",null]}})")));
    CHECK(check(version::v16, "StartTransaction", start_transaction(R"("ConnectorId":1)"))[0].rule ==
          rule::unknown_property);
}

TEST_CASE("null in a member is absence, and in one that is required a missing one") {
    for (const auto* member : {"iccid", "imsi", "meterType", "chargeBoxSerialNumber"}) {
        const auto found =
            check(version::v16, "BootNotification",
                  R"({"chargePointVendor":"V","chargePointModel":"M",")" + std::string(member) + R"(":null})");
        CHECK(only(found, rule::null_member, "/" + std::string(member)));
        CHECK(found[0].kind == value_kind::null);
    }
    for (const auto* value : {"reservationId", "idTag", "timestamp"}) {
        const bool is_required = std::string_view(value) != "reservationId";
        const auto found =
            check(version::v16, "StartTransaction", start_transaction("\"" + std::string(value) + "\":null"));
        CHECK(only(found, is_required ? rule::required_missing : rule::null_member, "/" + std::string(value)));
        CHECK(found[0].kind == value_kind::null);
    }
    for (const auto v : {version::v201, version::v21}) {
        const auto boot = [v](std::string_view member) {
            return check(
                v, "BootNotification",
                R"({"reason":"PowerUp","chargingStation":{"model":"M","vendorName":"V",)" + std::string(member) + "}}");
        };
        CHECK(only(boot(R"("modem":null)"), rule::null_member, "/chargingStation/modem"));
        CHECK(only(boot(R"("modem":{"iccid":null})"), rule::null_member, "/chargingStation/modem/iccid"));
        CHECK(only(boot(R"("customData":null)"), rule::null_member, "/chargingStation/customData"));
        CHECK(only(check(v, "Reset", R"({"status":"Accepted","statusInfo":null})", kind::response), rule::null_member,
                   "/statusInfo"));
        CHECK(only(check(v, "Reset", R"({"status":null})", kind::response), rule::required_missing, "/status"));
        CHECK(only(check(v, "NotifyReport",
                         R"({"requestId":1,"generatedAt":"2026-01-02T03:04:05Z","seqNo":0,"reportData":null})"),
                   rule::null_member, "/reportData"));
        CHECK(clean(check(v, "DataTransfer", R"({"vendorId":"v","data":null})")));
    }
    CHECK(only(check(version::v16, "GetConfiguration",
                     R"({"configurationKey":[{"key":"k","readonly":true,"value":null}]})", kind::response),
               rule::null_member, "/configurationKey/0/value"));
    CHECK(only(check(version::v16, "GetConfiguration", R"({"key":[null]})"), rule::wrong_type, "/key/0"));
}

TEST_CASE("customData that is not as it should be has a rule of its own") {
    for (const auto v : {version::v201, version::v21}) {
        CHECK(only(check(v, "Heartbeat", R"({"customData":{"any":1}})"), rule::custom_data, "/customData/vendorId"));
        CHECK(only(check(v, "Heartbeat", R"({"customData":{}})"), rule::custom_data, "/customData/vendorId"));
        CHECK(only(check(v, "Heartbeat", R"({"customData":"x"})"), rule::custom_data, "/customData"));
        CHECK(only(check(v, "Heartbeat", R"({"customData":{"vendorId":true}})"), rule::custom_data,
                   "/customData/vendorId"));
        CHECK(only(check(v, "BootNotification",
                         R"({"reason":"PowerUp","chargingStation":{"customData":{},"model":"M","vendorName":"V"}})"),
                   rule::custom_data, "/chargingStation/customData/vendorId"));
    }
}

TEST_CASE("the data of a 1.6 DataTransfer that is no text has a rule of its own") {
    for (const auto* data : {R"({"any":1})", "[1]", "true"})
        for (const auto k : {kind::request, kind::response}) {
            const auto text = R"({"vendorId":"v","status":"Accepted","data":)" + std::string(data) + "}";
            const auto found = check(version::v16, "DataTransfer", text, k);
            CHECK(std::ranges::count(found, rule::object_as_string, &violation::rule) == 1);
            CHECK(std::ranges::count(found, rule::wrong_type, &violation::rule) == 0);
        }
    CHECK(only(check(version::v16, "DataTransfer", R"({"vendorId":{},"data":"x"})"), rule::wrong_type, "/vendorId"));
}

TEST_CASE("the empty text of a token of type NoAuthorization is what OCPP wants") {
    for (const auto v : {version::v201, version::v21}) {
        CHECK(clean(check(v, "Authorize", R"({"idToken":{"idToken":"","type":"NoAuthorization"}})")));
        CHECK(clean(check(v, "Authorize", R"({"idToken":{"type":"NoAuthorization","idToken":""}})")));
        CHECK(only(check(v, "Authorize", R"({"idToken":{"idToken":"","type":"Central"}})"), rule::empty_string,
                   "/idToken/idToken"));
        payload_reader reader;
        const auto* event = find_action(v, "TransactionEvent");
        CHECK(reader.read(
            R"({"eventType":"Started","timestamp":"2026-01-02T03:05:00Z","triggerReason":"CablePluggedIn","seqNo":0,)"
            R"("transactionInfo":{"transactionId":""},"idToken":{"idToken":"","type":"NoAuthorization"}})",
            event->request));
        CHECK(only(reader.violations(), rule::empty_string, "/transactionInfo/transactionId"));
        CHECK(reader.violation_count() == 1);
    }
}

TEST_CASE("names are compared by value") {
    CHECK(clean(check(version::v16, "Authorize", R"({"\u0069dTag":"x"})")));
    CHECK(clean(check(version::v16, "Authorize", R"({"id\u0054ag":"x"})")));
    CHECK(check(version::v16, "Authorize", R"({"idTag\u0000":"x"})").size() == 2);
    CHECK(check(version::v16, "Authorize", R"({"idTag ":"x"})").size() == 2);
}

TEST_CASE("times in odd forms are told") {
    const auto time = [](std::string_view text) {
        return check(
            version::v16, "StatusNotification",
            R"({"connectorId":1,"errorCode":"NoError","status":"Available","timestamp":")" + std::string(text) + "\"}");
    };
    for (const auto* text : {"2026-01-02T03:04:05Z", "2026-01-02T03:04:05.123+02:00", "0001-01-01T00:00:00Z",
                             "2026-01-02T03:04:05\\u005a"})
        CHECK(clean(time(text)));
    for (const auto* text : {"2026-01-02T03:04:05", "2026-01-02 03:04:05Z", "2026-01-02T03:04:05+02", "yesterday",
                             "2026-02-30T03:04:05Z", "2026-01-02T03:04:05.1234567891Z", "1767323045"})
        CHECK(only(time(text), rule::odd_timestamp, "/timestamp"));
}

TEST_CASE("what a URI is nobody checks") {
    for (const auto* text : {"ftp://example.org/x", "not a uri", "/x"})
        CHECK(clean(check(version::v16, "GetDiagnostics", R"({"location":")" + std::string(text) + "\"}")));
}

TEST_CASE("every occurrence of a repeated member is checked") {
    CHECK(only(check(version::v16, "Authorize", R"({"idTag":7,"idTag":"x"})"), rule::number_as_string, "/idTag"));
    CHECK(only(check(version::v16, "Authorize", R"({"idTag":"x","idTag":null})"), rule::required_missing, "/idTag"));
}

TEST_CASE("all violations of a message are listed in the order of the text") {
    const auto found = check(version::v16, "StopTransaction",
                             R"({"transactionId":"x","timestamp":"now","reason":"local","extra":1,)"
                             R"("transactionData":[{"sampledValue":[{"unit":"Hz"}]}]})");
    std::vector<std::string> told;
    for (const auto& each : found) told.push_back(each.pointer + " " + std::string(to_string(each.rule)));
    CHECK(told == std::vector<std::string>{
                      "/transactionId wrong_type", "/timestamp odd_timestamp", "/reason unknown_enum_value",
                      "/extra unknown_property", "/transactionData/0/sampledValue/0/unit unknown_enum_value",
                      "/transactionData/0/sampledValue/0/value required_missing",
                      "/transactionData/0/timestamp required_missing", "/meterStop required_missing"});
}

TEST_CASE("pointers are escaped and bounded") {
    CHECK(only(check(version::v16, "Heartbeat", R"({"a/b~c":1})"), rule::unknown_property, "/a~1b~0c"));
    CHECK(only(check(version::v16, "Heartbeat", R"({"\u0061\"":1})"), rule::unknown_property, "/a\""));
    auto found = check(version::v16, "Heartbeat", "{\"" + std::string(1000, 'x') + "\":1}");
    CHECK(found[0].pointer == "/" + std::string(199, 'x'));
    found = check(version::v16, "Heartbeat", "{\"" + repeated("\xE4\xB8\xAD", 100) + "\":1}");
    CHECK(found[0].pointer == "/" + repeated("\xE4\xB8\xAD", 66));
}
