#include "ocpp/payload.hpp"

#include "ocpp/frame.hpp"
#include "ocpp/schema.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace voltgate;
using namespace voltgate::ocpp;

namespace {

/// Reads a whole frame: a CALL against its action's request.
bool read_call(payload_reader& reader, std::string_view text, version v) {
    const auto head = read_head(text, v);
    INFO(text);
    REQUIRE(head.fault == frame_fault::none);
    const auto* const action = find_action(v, head.action);
    REQUIRE(action);
    return reader.read_frame(text, head.payload_offset, action->request);
}

const schema* request(version v, std::string_view action) { return find_action(v, action)->request; }
const schema* response(version v, std::string_view action) { return find_action(v, action)->response; }

}  // namespace

TEST_CASE("messages that charge points send are read without a deviation") {
    payload_reader reader;
    const std::vector<std::pair<version, std::string_view>> calls{
        {version::v16,
         R"([2,"a1","BootNotification",{"chargePointVendor":"Acme","chargePointModel":"X1","chargePointSerialNumber":"SN-1","firmwareVersion":"1.0"}])"},
        {version::v16,
         R"([2,"a2","StartTransaction",{"connectorId":1,"idTag":"04A1B2","meterStart":1000,"timestamp":"2026-01-02T03:05:00Z"}])"},
        {version::v16,
         R"([2,"a3","MeterValues",{"connectorId":1,"transactionId":17,"meterValue":[{"timestamp":"2026-01-02T03:06:00.250+01:00","sampledValue":[{"value":"1.25","unit":"kWh"},{"value":"231.4","measurand":"Voltage","phase":"L1-N","unit":"V"}]}]}])"},
        {version::v16,
         R"([2,"a4","StopTransaction",{"transactionId":17,"meterStop":2250,"timestamp":"2026-01-02T04:00:00Z","reason":"EVDisconnected"}])"},
        {version::v16, R"([2,"a5","StatusNotification",{"connectorId":0,"errorCode":"NoError","status":"Available"}])"},
        {version::v16, R"([2,"a6","MeterValues",{"connectorId":0,"meterValue":[]}])"},
        {version::v16,
         R"([2,"b1","SetChargingProfile",{"connectorId":1,"csChargingProfiles":{"chargingProfileId":1,"stackLevel":0,"chargingProfilePurpose":"TxDefaultProfile","chargingProfileKind":"Relative","chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":16.0}]}}}])"},
        {version::v201,
         R"([2,"c1","BootNotification",{"reason":"PowerUp","chargingStation":{"vendorName":"Acme","model":"X2","serialNumber":"SN-2"}}])"},
        {version::v201,
         R"([2,"c2","TransactionEvent",{"eventType":"Started","timestamp":"2026-01-02T03:05:00Z","triggerReason":"Authorized","seqNo":0,"transactionInfo":{"transactionId":"tx-1","chargingState":"EVConnected"},"evse":{"id":1,"connectorId":1},"idToken":{"idToken":"04A1B2","type":"ISO14443"}}])"},
        {version::v201,
         R"([2,"c3","StatusNotification",{"timestamp":"2026-01-02T03:05:00Z","connectorStatus":"Occupied","evseId":1,"connectorId":1}])"},
        {version::v201,
         R"([2,"d1","SetVariables",{"setVariableData":[{"attributeValue":"60","component":{"name":"OCPPCommCtrlr"},"variable":{"name":"HeartbeatInterval"}}]}])"},
        {version::v21,
         R"([6,"e1","NotifyPeriodicEventStream",{"id":123,"pending":0,"basetime":"2026-01-02T03:05:00Z","data":[{"t":0,"v":"230.4"},{"t":5,"v":"230.2"}]}])"},
        {version::v21,
         R"([2,"e2","NotifyEvent",{"generatedAt":"2026-01-02T03:05:00Z","seqNo":0,"eventData":[{"eventId":1,"timestamp":"2026-01-02T03:05:00Z","trigger":"Delta","actualValue":"Available","eventNotificationType":"HardWiredNotification","component":{"name":"Connector","evse":{"id":1,"connectorId":1}},"variable":{"name":"AvailabilityState"}}]}])"},
    };
    for (const auto& [v, text] : calls) {
        CHECK(read_call(reader, text, v));
        CHECK(reader.syntax_error().empty());
        CHECK(reader.violations().empty());
        CHECK(reader.violation_count() == 0);
        CHECK_FALSE(reader.trailing_bytes());
        const auto payload = reader.payload();
        CHECK(payload == text.substr(text.find('{'), text.size() - 1 - text.find('{')));
        CHECK(reader.root().json() == payload);
        CHECK(reader.root().kind() == value_kind::object);
    }
}

TEST_CASE("answers are read against the response schema") {
    payload_reader reader;
    const std::string_view boot = R"({"status":"Accepted","currentTime":"2026-01-02T03:04:05Z","interval":300})";
    CHECK(reader.read(boot, response(version::v16, "BootNotification")));
    CHECK(reader.violations().empty());
    CHECK(reader.read(R"({"idTagInfo":{"status":"Accepted"},"transactionId":17})",
                      response(version::v16, "StartTransaction")));
    CHECK(reader.violations().empty());
    CHECK(reader.read(R"({"idTokenInfo":{"status":"Accepted"}})", response(version::v201, "TransactionEvent")));
    CHECK(reader.violations().empty());
    const auto frame = std::string(R"([3,"a1",)") + std::string(boot) + "]";
    CHECK(reader.read_frame(frame, read_head(frame, version::v21).payload_offset,
                            response(version::v21, "BootNotification")));
    CHECK(reader.violations().empty());
}

TEST_CASE("NULs and blanks behind a frame are tolerated and told") {
    payload_reader reader;
    const std::string frame = R"([2,"a","Heartbeat",{}])";
    for (const auto& behind : {std::string("\0", 1), std::string("\n"), std::string(" \0\0\r\n", 5)}) {
        const auto text = frame + behind;
        CHECK(read_call(reader, text, version::v16));
        CHECK(reader.trailing_bytes());
        CHECK(reader.payload() == "{}");
    }
    CHECK(read_call(reader, frame, version::v16));
    CHECK_FALSE(reader.trailing_bytes());
    for (const auto* behind : {"x", "]", "}", "[2,\"b\",\"Heartbeat\",{}]", " ,", "\x01"}) {
        CHECK_FALSE(read_call(reader, frame + behind, version::v16));
        CHECK_FALSE(reader.syntax_error().empty());
    }
    CHECK_FALSE(read_call(reader, frame + std::string("\0x", 2), version::v16));
}

TEST_CASE("a frame must end behind its payload") {
    payload_reader reader;
    for (const auto* text : {R"([2,"a","Heartbeat",{})", R"([2,"a","Heartbeat",)", R"([2,"a","Heartbeat",{},1])",
                             R"([2,"a","Heartbeat",{}}])", R"([2,"a","Heartbeat",]])", R"([2,"a","Heartbeat",{]])",
                             R"([2,"a","Heartbeat",[]])", R"([2,"a","Heartbeat",[])"}) {
        INFO(text);
        const bool is_array = std::string_view(text).ends_with("[]]");
        CHECK(read_call(reader, text, version::v16) == is_array);
        CHECK(reader.syntax_error().empty() == is_array);
        if (is_array) CHECK(reader.root().kind() == value_kind::array);
    }
}

TEST_CASE("a payload that was read to its end is there whatever follows it") {
    payload_reader reader;
    for (const auto* behind : {",1]", ",{},[2]]", "}]", " x]", "", "]x", ",", ",1", "} x"}) {
        INFO(behind);
        const auto text = R"([2,"a","Heartbeat",{"a":1})" + std::string(behind);  // what is read refers to it
        CHECK_FALSE(read_call(reader, text, version::v16));
        CHECK(reader.payload_whole());
        CHECK(reader.payload() == R"({"a":1})");
        CHECK(reader.root()["a"].integer() == 1);
        CHECK(reader.violations().size() == 1);
    }
    for (const auto* cut :
         {R"([2,"a","Heartbeat",{"a":1)", R"([2,"a","Heartbeat",{"a":1])", R"([2,"a","Heartbeat",])"}) {
        INFO(cut);
        CHECK_FALSE(read_call(reader, cut, version::v16));
        CHECK_FALSE(reader.payload_whole());
        CHECK(reader.root().kind() == value_kind::absent);
    }
}

TEST_CASE("null as payload counts as an empty object") {
    payload_reader reader;
    CHECK(read_call(reader, R"([2,"a","Heartbeat",null])", version::v16));
    REQUIRE(reader.violations().size() == 1);
    CHECK(reader.violations()[0].rule == rule::null_payload);
    CHECK(reader.violations()[0].pointer.empty());
    CHECK(reader.violations()[0].kind == value_kind::null);
    CHECK(reader.payload() == "{}");
    CHECK(reader.root().kind() == value_kind::object);
    CHECK(reader.root().size() == 0);

    CHECK(read_call(reader, R"([2,"a","StatusNotification",null])", version::v16));
    REQUIRE(reader.violations().size() == 4);
    CHECK(reader.violations()[1].rule == rule::required_missing);
    CHECK(reader.violations()[1].pointer == "/connectorId");

    const std::string_view error = R"([4,"a","GenericError","",null])";
    CHECK(reader.read_frame(error, read_head(error, version::v16).payload_offset, nullptr));
    CHECK(reader.violations().empty());
    CHECK(reader.payload() == "{}");
}

TEST_CASE("a payload that is no object is of the wrong type") {
    payload_reader reader;
    for (const auto* payload : {"[]", "[{}]", "1", "1.5", "\"text\"", "true", "false"}) {
        INFO(payload);
        const auto text = std::string(R"([2,"a","Heartbeat",)") + payload + "]";
        CHECK(read_call(reader, text, version::v16));
        REQUIRE(reader.violations().size() == 1);
        CHECK(reader.violations()[0].rule == rule::wrong_type);
        CHECK(reader.violations()[0].pointer.empty());
        CHECK(reader.violations()[0].expected == "object");
        CHECK(reader.payload() == payload);
        CHECK(reader.root().json() == payload);
    }
}

TEST_CASE("a payload may stand alone") {
    payload_reader reader;
    CHECK(reader.read(" { \"type\" : \"Soft\" } \n", request(version::v16, "Reset")));
    CHECK(reader.violations().empty());
    CHECK(reader.payload() == "{ \"type\" : \"Soft\" }");
    for (const auto* text : {"1", "\"a\"", "null", "true", "[1,2]", "{}", " -1.5e3 "})
        CHECK(reader.read(text, nullptr));
    for (const auto* text : {"", " ", "{", "}", "[", "]", "[}", "{]", "{}]", "{},", "{} {}", "1 2", "\"a", "tru", "nul",
                             "-", "[1}", "\"]"}) {
        INFO(text);
        CHECK_FALSE(reader.read(text, nullptr));
        CHECK_FALSE(reader.syntax_error().empty());
        CHECK_FALSE(reader.root());
    }
}

TEST_CASE("errors of syntax say where they are") {
    payload_reader reader;
    CHECK_FALSE(read_call(reader, R"([2,"a","StartTransaction",{"connectorId":1,"transactionId":,"idTag":"x"}])",
                          version::v16));
    CHECK(reader.syntax_error() == "byte 59: a value should stand");
    CHECK_FALSE(read_call(reader, R"([2,"a","Heartbeat",{"a":1)", version::v16));
    CHECK(reader.syntax_error() == "byte 25: the text ends where the frame's closing bracket should stand");
    CHECK_FALSE(reader.read(R"({"a" 1})", nullptr));
    CHECK(reader.syntax_error() == "byte 5: a colon should stand");
    CHECK_FALSE(reader.read_frame("[2]", 99, nullptr));
    CHECK_FALSE(reader.read_frame("", 0, nullptr));
}

TEST_CASE("arrays and objects may be nested 32 deep and no deeper") {
    payload_reader reader;
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    CHECK(reader.read(nested(payload_reader::max_depth), nullptr));
    CHECK_FALSE(reader.read(nested(payload_reader::max_depth + 1), nullptr));
    CHECK(reader.syntax_error() == "byte 32: arrays and objects are nested deeper than 32");
    CHECK_FALSE(reader.read(nested(100'000), nullptr));
    std::string objects;
    for (int i = 0; i < 40; ++i) objects += R"({"a":)";
    CHECK_FALSE(reader.read(objects + "1" + std::string(40, '}'), nullptr));
}

TEST_CASE("a payload holds 250,000 values and no more") {
    payload_reader reader;
    const auto list = [](std::size_t items) {
        std::string text = "[1";
        for (std::size_t i = 1; i < items; ++i) text += ",1";
        return text + "]";
    };
    CHECK(reader.read(list(payload_reader::max_values - 1), nullptr));
    CHECK_FALSE(reader.read(list(payload_reader::max_values), nullptr));
    CHECK(reader.syntax_error() == "byte 499999: there are more than 250000 values");
    CHECK_FALSE(reader.read_frame("[2,\"x\",\"A\"," + list(2'000'000) + "]", 11, nullptr));
    std::string members = "{\"a\":1";
    for (std::size_t i = 0; i < payload_reader::max_values; ++i) members += ",\"a\":1";
    CHECK_FALSE(reader.read(members + "}", nullptr));
    CHECK(reader.read("{}", nullptr));
}

TEST_CASE("a reader forgets the payload before") {
    payload_reader reader;
    CHECK(reader.read(R"({"x":1})", request(version::v201, "Heartbeat")));
    CHECK(reader.violation_count() == 1);
    CHECK(reader.read("{}", request(version::v201, "Heartbeat")));
    CHECK(reader.violation_count() == 0);
    CHECK(reader.violations().empty());
    CHECK_FALSE(reader.read("{", nullptr));
    CHECK_FALSE(reader.root());
    CHECK(reader.read("{}", nullptr));
    CHECK(reader.syntax_error().empty());
}

TEST_CASE("a huge message is read, and small ones after it") {
    payload_reader reader;
    std::string numbers = "[";
    for (int i = 0; i < 200'000; ++i) numbers += "0,";
    numbers += "0]";
    for (int round = 0; round < 2; ++round) {
        CHECK(reader.read(numbers, nullptr));
        CHECK(reader.root().size() == 200'001);
        CHECK(reader.read("[1,[2]]", nullptr));
        CHECK(reader.root().size() == 2);
    }
    // Wrong in every item: counted, but not remembered.
    const auto payload = R"({"key":)" + numbers + "}";
    CHECK(reader.read(payload, request(version::v16, "GetConfiguration")));
    CHECK(reader.violation_count() == 200'001);
    CHECK(reader.violations().size() == payload_reader::max_violations);
    CHECK(reader.violations()[15].pointer == "/key/15");
}
