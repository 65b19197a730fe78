// What the gateway says to messages that are wrong: OCPP-J 1.6 section 4 where it speaks, the conformance policy where
// it is silent. Nothing here may cost the connection unless the test says so.
#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <string>
#include <tuple>

using namespace voltgate;
using namespace voltgate::test;

namespace {

running_gateway::configure strict(rule r) {
    return [r](config& c) { c.conformance.rules[r] = level::strict; };
}

/// How often the charge point broke this rule so far, as the gateway counts it.
std::int64_t deviations(running_gateway& gw, std::string_view id, std::string_view name) {
    const auto record = http_client(gw.port()).get("/api/v1/charge-points/" + std::string(id)).json();
    const auto pointer = "/deviations/" + std::string(name);
    return has(record, pointer) ? number_at(record, pointer) : 0;
}

}  // namespace

TEST_CASE("Text that is no frame, or whose id cannot be read, is answered under the id -1", "[bad input]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    const auto* text =
        GENERATE("not JSON", "{}", "null", "17", "\"text\"", "[]", "[2]", "[2,null,\"Heartbeat\",{}]",
                 "[2,{},\"Heartbeat\",{}]", "[2,[\"x\"],\"Heartbeat\",{}]", "[\"2\",\"x\",\"Heartbeat\",{}]",
                 "[2.5,\"x\",\"Heartbeat\",{}]", "[[2,\"x\",\"Heartbeat\",{}]]", "[2 \"x\"]");
    CAPTURE(text);
    cp.send_text(text);
    const auto answer = cp.expect_text();
    CAPTURE(answer);
    CHECK(is_call_error(answer, "-1", "FormationViolation"));
    // The answer never quotes what it could not read.
    CHECK(answer.find("Heartbeat") == std::string::npos);
    cp.expect_silence_until_heartbeat();
    CHECK(deviations(gw, "CP-1", "invalid_json") == 1);
}

TEST_CASE("An empty message is ignored and counted", "[bad input]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    cp.send_text(GENERATE("", " ", " \r\n\t "));
    cp.expect_silence_until_heartbeat();
    CHECK(deviations(gw, "CP-1", "empty_message") == 1);
}

TEST_CASE("A frame that is cut short but has an id is refused under that id", "[bad input]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    const auto* text =
        GENERATE("[2,\"x\"]", "[2,\"x\",\"Heartbeat\"]", "[2,\"x\",17,{}]", "[2,\"x\",null,{}]",
                 "[2,\"x\",\"Heartbeat\",{}", "[2,\"x\",\"Heartbeat\",{]", "[2,\"x\",\"Heartbeat\",{},7]",
                 "[2,\"x\",\"Heartbeat\",[]]", "[2,\"x\",\"Heartbeat\",\"{}\"]");
    CAPTURE(text);
    cp.send_text(text);
    const auto answer = cp.expect_text();
    CAPTURE(answer);
    CHECK((is_call_error(answer, "x", "FormationViolation") || is_call_error(answer, "x", "TypeConstraintViolation")));
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("Bytes after a message are tolerated and counted", "[bad input]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    cp.send_text(std::string("[2,\"x\",\"Heartbeat\",{}]\0\0", 25) + GENERATE("", " ", "\n"));
    CHECK(is_call_result(cp.expect_text(), "x"));
    CHECK(deviations(gw, "CP-1", "trailing_bytes") == 1);
}

TEST_CASE("A null payload counts as an empty one", "[bad input]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    cp.send_text("[2,\"x\",\"Heartbeat\",null]");
    CHECK(is_call_result(cp.expect_text(), "x"));
    CHECK(deviations(gw, "CP-1", "null_payload") == 1);
}

TEST_CASE("A message type that 1.6 does not know is ignored and counted", "[bad input]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    cp.send_text(GENERATE("[1,\"x\",\"Heartbeat\",{}]", "[5,\"x\",\"GenericError\",\"\",{}]",
                          "[6,\"x\",\"Heartbeat\",{}]", "[99,\"x\",{}]", "[-2,\"x\",{}]", "[0]"));
    cp.expect_silence_until_heartbeat();
    CHECK(deviations(gw, "CP-1", "unknown_message_type") == 1);
}

TEST_CASE("A binary message is read like a text message, or closes the connection where told so", "[bad input]") {
    SECTION("tolerated") {
        running_gateway gw;
        auto cp = gw.connect("CP-1");
        cp.send_binary("[2,\"x\",\"Heartbeat\",{}]");
        CHECK(is_call_result(cp.expect_text(), "x"));
        CHECK(deviations(gw, "CP-1", "binary_frame") == 1);
    }
    SECTION("strict") {
        running_gateway gw(strict(rule::binary_frame));
        auto cp = gw.connect("CP-1");
        cp.send_binary("[2,\"x\",\"Heartbeat\",{}]");
        CHECK(cp.expect_close() == 1003);
    }
}

TEST_CASE("An action that 1.6 does not have is not implemented, one that is not for charge points not supported",
          "[bad input]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    CHECK(cp.call_error("Dance", {}).code == "NotImplemented");
    CHECK(cp.call_error("", {}).code == "NotImplemented");
    CHECK(cp.call_error("heartbeat", {}).code == "NotImplemented");
    CHECK(cp.call_error("TransactionEvent", {}).code == "NotImplemented");
    CHECK(cp.call_error("Reset", {{"type", "Hard"}}).code == "NotSupported");
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("A call's id comes back byte for byte", "[bad input]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    const std::string id = GENERATE("", " ", "with \\\"quotes\\\" and \\u00e4", "\xc3\xa4\xe2\x82\xac", "-1", "a/b\\/c",
                                    "0123456789012345678901234567890123456789012345678901234567890123456789");
    cp.send_text("[2,\"" + id + "\",\"Heartbeat\",{}]");
    const auto answer = cp.expect_text();
    CHECK(answer.starts_with("[3,\"" + id + "\",{"));
}

TEST_CASE("An id that is a number is echoed as a number and counted", "[bad input]") {
    SECTION("tolerated") {
        running_gateway gw;
        auto cp = gw.connect("CP-1");
        cp.send_text("[2,17,\"Heartbeat\",{}]");
        CHECK(cp.expect_text().starts_with("[3,17,{"));
        CHECK(deviations(gw, "CP-1", "numeric_message_id") == 1);
    }
    SECTION("strict") {
        running_gateway gw(strict(rule::numeric_message_id));
        auto cp = gw.connect("CP-1");
        cp.send_text("[2,17,\"Heartbeat\",{}]");
        CHECK(cp.expect_text().starts_with("[4,17,\""));
        cp.expect_silence_until_heartbeat();
    }
}

TEST_CASE("An id of more than 36 characters is counted, and refused where told so", "[bad input]") {
    const std::string id(37, 'i');
    SECTION("tolerated") {
        running_gateway gw;
        auto cp = gw.connect("CP-1");
        cp.send_call("Heartbeat", {}, id);
        cp.expect_result(id);
        CHECK(deviations(gw, "CP-1", "long_message_id") == 1);
    }
    SECTION("strict") {
        running_gateway gw(strict(rule::long_message_id));
        auto cp = gw.connect("CP-1");
        cp.send_call("Heartbeat", {}, id);
        cp.expect_error(id);
        // 36 characters are enough of any alphabet.
        std::string longest;
        for (int i = 0; i < 36; ++i) longest += "\xe2\x82\xac";
        cp.send_call("Heartbeat", {}, longest);
        cp.expect_result(longest);
    }
}

TEST_CASE("Each deviation of a payload is refused with its own code where it is strict", "[bad input]") {
    using row = std::tuple<rule, std::string, std::string, std::string>;
    const auto [broken, action, payload, code] = GENERATE(
        row{rule::required_missing, "Authorize", "{}", "OccurenceConstraintViolation"},
        row{rule::wrong_type, "Authorize", R"({"idTag":[]})", "TypeConstraintViolation"},
        row{rule::string_too_long, "Authorize", R"({"idTag":"123456789012345678901"})", "PropertyConstraintViolation"},
        row{rule::unknown_property, "Heartbeat", R"({"extra":1})", "FormationViolation"},
        row{rule::unknown_enum_value, "FirmwareStatusNotification", R"({"status":"Perhaps"})",
            "PropertyConstraintViolation"},
        row{rule::number_as_string, "Authorize", R"({"idTag":17})", "TypeConstraintViolation"},
        row{rule::null_payload, "Heartbeat", "null", "FormationViolation"});
    CAPTURE(action, payload);
    running_gateway gw([strictly = broken](config& c) {
        c.conformance.default_level = level::lenient;
        c.conformance.rules[strictly] = level::strict;
    });
    auto cp = gw.connect("CP-1");
    cp.send_text("[2,\"x\",\"" + action + "\"," + payload + "]");
    const auto answer = cp.expect_text();
    CAPTURE(answer);
    CHECK(is_call_error(answer, "x", code));
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("Deviations that are tolerated get the usual answer and are counted", "[bad input]") {
    using row = std::tuple<std::string, std::string, std::string>;
    const auto [name, action, payload] = GENERATE(
        row{"string_too_long", "Authorize", R"({"idTag":"123456789012345678901"})"},
        row{"number_as_string", "Authorize", R"({"idTag":17})"},
        row{"unknown_property", "Heartbeat", R"({"extra":{"deep":[1,2,{"er":null}]}})"},
        row{"unknown_enum_value", "StatusNotification",
            R"({"connectorId":1,"errorCode":"VendorSpecific","status":"Available"})"},
        row{"odd_timestamp", "StatusNotification",
            R"({"connectorId":1,"errorCode":"NoError","status":"Available","timestamp":"2026-01-02 03:04:05"})"},
        row{"number_as_string", "StatusNotification",
            R"({"connectorId":"1","errorCode":"NoError","status":"Available"})"});
    CAPTURE(action, payload);
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    cp.send_text("[2,\"x\",\"" + action + "\"," + payload + "]");
    CHECK(is_call_result(cp.expect_text(), "x"));
    CHECK(deviations(gw, "CP-1", name) == 1);
}

TEST_CASE("A transaction message is answered with a result whatever is wrong inside it", "[bad input]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    SECTION("StartTransaction") {
        const auto* payload = GENERATE("{}", R"({"connectorId":"one","idTag":[],"meterStart":{},"timestamp":7})",
                                       R"({"connectorId":1,"idTag":"TAG-1","meterStart":0})");
        cp.send_text(std::string(R"([2,"x","StartTransaction",)") + payload + "]");
        const auto answer = cp.expect_text();
        CAPTURE(payload, answer);
        REQUIRE(is_call_result(answer, "x"));
        CHECK(number_at(parse_json(answer), "/2/transactionId") > 0);
        CHECK(has(parse_json(answer), "/2/idTagInfo/status"));
    }
    SECTION("StopTransaction") {
        cp.send_text(std::string(R"([2,"x","StopTransaction",)") +
                     GENERATE("{}", R"({"transactionId":-1,"meterStop":0,"timestamp":"2026-01-02T03:04:05Z"})",
                              R"({"transactionId":99,"meterStop":0,"timestamp":"2026-01-02T03:04:05Z"})",
                              R"({"transactionId":9223372036854775807,"meterStop":0,"timestamp":"never"})") +
                     "]");
        CHECK(is_call_result(cp.expect_text(), "x"));
    }
    SECTION("MeterValues") {
        cp.send_text(std::string(R"([2,"x","MeterValues",)") +
                     GENERATE("{}", R"({"connectorId":1,"transactionId":5,"meterValue":[]})",
                              R"({"connectorId":1,"meterValue":[{"timestamp":"x","sampledValue":[{"value":7}]}]})") +
                     "]");
        CHECK(is_call_result(cp.expect_text(), "x"));
    }
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("A charge point that says only nonsense is closed after a bound, with 1002", "[bad input]") {
    running_gateway gw([](config& c) { c.session.max_bad_messages = 5; });
    auto cp = gw.connect("CP-1");
    SECTION("in a row") {
        for (int i = 0; i < 6; ++i) static_cast<void>(cp.try_send_bytes(encode_frame(opcode::text, "nonsense")));
        CHECK(cp.expect_close() == 1002);
        CHECK(gw.expect_disconnect("CP-1").payload.at("reason") == "protocol_error");
    }
    SECTION("but not when it makes sense now and then") {
        for (int i = 0; i < 20; ++i) {
            cp.send_text("nonsense");
            cp.expect_text();
            cp.heartbeat();
        }
    }
}

TEST_CASE("JSON of any depth is refused, not followed", "[bad input]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    const std::string deep(100'000, '[');
    const std::string closed = deep + std::string(100'000, ']');
    cp.send_text(R"([2,"x","DataTransfer",{"vendorId":"v","data":)" + closed + "}]");
    CHECK(is_call_error(cp.expect_text(), "x", "FormationViolation"));
    cp.send_text(R"([2,"y","StartTransaction",)" + closed + "]");
    CHECK(is_call_result(cp.expect_text(), "y"));
    cp.send_text(deep);
    CHECK(is_call_error(cp.expect_text(), "-1", "FormationViolation"));
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("Duplicate keys, huge numbers and odd escapes are read without harm", "[bad input]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    for (const auto* payload :
         {R"({"idTag":"A","idTag":"B"})", R"({"idTag":"\u0000\ud800\udfff\uD83D\uDE00"})",
          R"({"idTag":"TAG-1","n":1e400,"m":-0,"k":123456789012345678901234567890})", "{ \"idTag\"\n:\t\"TAG-1\" }"}) {
        CAPTURE(payload);
        cp.send_text(std::string(R"([2,"x","Authorize",)") + payload + "]");
        const auto answer = cp.expect_text();
        CAPTURE(answer);
        CHECK((is_call_result(answer, "x") || parse_json(answer).at(0) == 4));
    }
    cp.expect_silence_until_heartbeat();
}
