// What counts of transaction messages that are not JSON to their end.
#include "ocpp/salvage.hpp"

#include "ocpp/payload.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace voltgate;
using namespace voltgate::ocpp;
namespace json = boost::json;

namespace {

using names = std::vector<std::string>;

salvaged_payload salvaged(std::string_view text) { return salvage(text, 0, nullptr); }
std::string json_of(std::string_view text) { return salvaged(text).json; }
names missing_of(std::string_view text) { return salvaged(text).missing; }

const schema* request(version v, std::string_view action) { return find_action(v, action)->request; }

bool is_json_object(const std::string& text) {
    payload_reader reader;
    boost::system::error_code ec;
    const auto parsed = json::parse(text, ec);
    return reader.read(text, nullptr) && !ec && parsed.is_object();
}

bool holds_parts_of(const json::value& original, const json::value& part);

bool holds_members_of(const json::object& original, const json::object& part) {
    return std::all_of(part.begin(), part.end(), [&](const json::key_value_pair& member) {
        const auto* known = original.if_contains(member.key());
        return known != nullptr && (member.value().is_null() || holds_parts_of(*known, member.value()));
    });
}

/// Whether all that `part` says is what `original` says: members are absent or null, ends of lists are absent.
bool holds_parts_of(const json::value& original, const json::value& part) {
    if (original.is_object() && part.is_object()) return holds_members_of(original.get_object(), part.get_object());
    if (!original.is_array() || !part.is_array()) return original == part;
    const auto& all = original.get_array();
    const auto& some = part.get_array();
    return some.size() <= all.size() && std::equal(some.begin(), some.end(), all.begin(),
                                                   [](const auto& a, const auto& b) { return holds_parts_of(b, a); });
}

constexpr std::string_view start =
    R"({"connectorId":1,"idTag":"04A1B2","meterStart":1000,"reservationId":-7,"timestamp":"2026-01-02T03:05:00Z"})";
constexpr std::string_view stop =
    R"({"transactionId":17,"idTag":"04A1B2","meterStop":2388,"timestamp":"2026-01-02T04:00:00Z","reason":"Local",)"
    R"("transactionData":[{"timestamp":"2026-01-02T03:06:00Z","sampledValue":[{"value":"1.25","unit":"kWh"},)"
    R"({"value":"231.4","measurand":"Voltage"}]},{"timestamp":"2026-01-02T03:07:00Z","sampledValue":[{"value":"2"}]}]})";
constexpr std::string_view meter =
    R"({"connectorId":1,"transactionId":17,"meterValue":[{"sampledValue":[{"value":"12","unit":"Wh"},{"value":"13"}],)"
    R"("timestamp":"2026-01-02T03:06:00Z"}]})";
constexpr std::string_view ended =
    R"({"eventType":"Ended","timestamp":"2026-01-02T04:00:00Z","triggerReason":"EVDeparted","seqNo":12,)"
    R"("offline":false,"transactionInfo":{"transactionId":"tx-1","stoppedReason":"EVDisconnected"},)"
    R"("evse":{"id":1,"connectorId":2},"idToken":{"idToken":"04A1\u00e4","type":"ISO14443"},)"
    R"("meterValue":[{"timestamp":"2026-01-02T04:00:00Z","sampledValue":[{"value":12.50,"context":"Transaction.End"},)"
    R"({"value":-0.5e1}]}],"customData":{"vendorId":"x","numbers":[1,2,3]}})";

}  // namespace

TEST_CASE("salvage: what is well-formed comes out as it was", "[salvage]") {
    for (const auto text : {start, stop, meter, ended}) {
        CHECK(json_of(text) == text);
        CHECK(salvaged(text).missing.empty());
        CHECK(salvaged(text).whole);
        CHECK_FALSE(salvaged(text).lists_cut);
    }
    CHECK(salvage(R"([2,"x","A",{ "a" : [ 1 , { } , [ ] ] , "b":true,"c":null }])", 11, nullptr).json ==
          R"({"a":[1,{},[]],"b":true,"c":null})");
}

TEST_CASE("salvage: of every beginning of a message nothing comes out that the message does not say", "[salvage]") {
    for (const auto text : {start, stop, meter, ended}) {
        const auto original = json::parse(text);
        for (std::size_t size = 0; size < text.size(); ++size) {
            const auto part = salvaged(text.substr(0, size));
            CAPTURE(text.substr(0, size), part.json);
            REQUIRE(is_json_object(part.json));
            CHECK(holds_parts_of(original, json::parse(part.json)));
            CHECK_FALSE(part.whole);
            CHECK(json_of(part.json) == part.json);
        }
    }
}

TEST_CASE("salvage: a value counts once its delimiter was read", "[salvage]") {
    CHECK(json_of(R"({"meterStop":2388)") == "{}");
    CHECK(json_of(R"({"meterStop":2388 )") == "{}");
    CHECK(json_of(R"({"meterStop":2388,)") == R"({"meterStop":2388})");
    CHECK(json_of(R"({"meterStop":2388 ,)") == R"({"meterStop":2388})");
    CHECK(json_of(R"({"meterStop":2388])") == R"({"meterStop":2388})");
    CHECK(json_of(std::string("{\"meterStop\":2388\0\0", 19)) == "{}");
    CHECK(json_of(R"({"idTag":"AB)") == "{}");
    CHECK(json_of(R"({"idTag":"AB")") == R"({"idTag":"AB"})");
    CHECK(json_of(R"({"idTag":"AB"])") == R"({"idTag":"AB"})");
    CHECK(json_of(R"({"idTag":"AB"C")") == "{}");
    CHECK(json_of(R"({"idTag":"AB\")") == "{}");
    CHECK(json_of(R"({"offline":true)") == "{}");
    CHECK(json_of(R"({"offline":true,)") == R"({"offline":true})");
    CHECK(json_of(R"({"a":1,"b")") == R"({"a":1})");
    CHECK(missing_of(R"({"a":1,"b")") == names{"b"});
    CHECK(missing_of(R"({"a":1,"b)").empty());
    CHECK(missing_of(R"({"a":1,"b":)") == names{"b"});
}

TEST_CASE("salvage: what follows the payload does not matter", "[salvage]") {
    for (const auto* text : {R"({"a":1})", R"({"a":1}]])", R"({"a":1} garbage {)", R"( {"a":1},7])"}) {
        CAPTURE(text);
        CHECK(json_of(text) == R"({"a":1})");
        CHECK(salvaged(text).whole);
    }
}

TEST_CASE("salvage: what is no object holds nothing", "[salvage]") {
    for (const auto* text : {"", " ", "]", "null]", "[]", "\"x\"", "17", "a", "'a'"}) {
        CAPTURE(text);
        const auto nothing = salvage(text, 0, request(version::v16, "StartTransaction"));
        CHECK(nothing.json == "{}");
        CHECK(nothing.missing == names{"connectorId", "idTag", "meterStart", "timestamp"});
        CHECK_FALSE(nothing.whole);
    }
    CHECK(salvage("[2]", 99, nullptr).json == "{}");
}

TEST_CASE("salvage: empty values are null and missing", "[salvage]") {
    CHECK(json_of(R"({"transactionId":,"meterStop":5})") == R"({"transactionId":null,"meterStop":5})");
    CHECK(missing_of(R"({"transactionId":,"meterStop":5})") == names{"transactionId"});
    CHECK(json_of(R"({"a": })") == R"({"a":null})");
    CHECK(json_of(R"({"a":])") == "{}");
    CHECK(json_of(R"({"meterStop":,5})") == R"({"meterStop":null})");
}

TEST_CASE("salvage: superfluous commas are dropped", "[salvage]") {
    CHECK(json_of(R"({,"a":[,1,,2,],, "b":{},})") == R"({"a":[1,2],"b":{}})");
    const auto listed = salvaged(R"({"sampledValue":[,{"value":"1"},,{"value":"2"},]})");
    CHECK(listed.json == R"({"sampledValue":[{"value":"1"},{"value":"2"}]})");
    CHECK(listed.whole);
    CHECK_FALSE(listed.lists_cut);
}

TEST_CASE("salvage: control bytes in strings are kept as escapes", "[salvage]") {
    const auto tag = salvaged(std::string("{\"idTag\":\"AB\0\x01\n\",\"x\":1}", 23));
    CHECK(tag.json == R"({"idTag":"AB\u0000\u0001\u000a","x":1})");
    CHECK(tag.whole);
    CHECK(json_of("{\"id\tTag\":\"A\"}") == R"({"id\u0009Tag":"A"})");
    CHECK(json_of("{\"a\":\"\x7f\"}") == "{\"a\":\"\x7f\"}");
}

TEST_CASE("salvage: leading zeros are read as decimal", "[salvage]") {
    CHECK(json_of(R"({"a":007,"b":-012,"c":00.5,"d":000,"e":-00,"f":01e05})") ==
          R"({"a":7,"b":-12,"c":0.5,"d":0,"e":-0,"f":1e05})");
    CHECK(json_of(R"({"a":0x1F,"b":1})") == "{}");
    CHECK(json_of(R"({"idTag":007,"meterStart":007})") == R"({"idTag":null,"meterStart":7})");
}

TEST_CASE("salvage: nothing behind the first fault counts, nor the value it is in", "[salvage]") {
    for (const auto* fault :
         {R"("b":12,5)",   R"("b":12, 5)",  R"("b":.5)",        R"("b":5.)",        R"("b":+5)",        R"("b":1e)",
          R"("b":-)",      R"("b":12 34)",  R"("b":12"c":1)",   R"("b":12 "c":1)",  R"("b":"x" "c":1)", R"("b":"x";)",
          R"("b":"\x41")", R"("b":"\u12")", R"("b":"\u12G4")",  "\"b\":\"\xff\"",   "\"b\":\"\xc3\"",   R"("b":NaN)",
          R"("b":nul)",    R"("b":True)",   R"("b":truefalse)", R"("b":'x')",       R"("b" 1)",         R"("b"=1)",
          "\"b\":1\1",     "\"b\":[1 2]",   "\"b\":[1}",        R"("b":undefined)", R"("b":"x":1)"}) {
        const auto text = std::string(R"({"a":1,)") + fault + R"(,"d":2}])";
        CAPTURE(text);
        CHECK(json_of(text) == R"({"a":1})");
        CHECK(missing_of(text) == names{"b"});
        CHECK_FALSE(salvaged(text).whole);
    }
    for (const auto* fault : {"b:1", "'b':1", "-7:1", "{}", "\"\xff\":1", ":", "\1\"b\":1"}) {
        const auto text = std::string(R"({"a":1,)") + fault + R"(,"d":2}])";
        CAPTURE(text);
        CHECK(json_of(text) == R"({"a":1})");
        CHECK(missing_of(text).empty());
    }
    CHECK(json_of(R"({"a":[1]"b":2})") == R"({"a":[1]})");
    CHECK(json_of(R"({"numbers":[1,2,3],"b":"x"})") == R"({"numbers":[1,2,3],"b":"x"})");
}

TEST_CASE("salvage: of an object that is cut off its whole members count", "[salvage]") {
    const auto part = salvaged(R"({"a":1,"transactionInfo":{"transactionId":"T1","stoppedReason":"Lo)");
    CHECK(part.json == R"({"a":1,"transactionInfo":{"transactionId":"T1"}})");
    CHECK(part.missing == names{"transactionInfo.stoppedReason", "transactionInfo"});
    CHECK_FALSE(part.lists_cut);
    CHECK(json_of(R"({"evse":{"id":1)") == R"({"evse":{}})");
    CHECK(json_of(R"({"customData":{"numbers":[1,2,)") == R"({"customData":{}})");
    CHECK(json_of(R"({"list":[{"a":1},{"b":)") == "{}");
}

TEST_CASE("salvage: of lists of meter values the whole samples count", "[salvage]") {
    const auto cut = [](std::string_view list) {
        auto part = salvaged("{\"transactionData\":" + std::string(list));
        CHECK(part.lists_cut);
        CHECK(std::find(part.missing.begin(), part.missing.end(), "transactionData") != part.missing.end());
        return part.json;
    };
    CHECK(cut("") == "{}");
    CHECK(cut("[") == R"({"transactionData":[]})");
    CHECK(cut(R"([{"timestamp":"t","sampledValue":[{"value":"1"},{"value":"2")") ==
          R"({"transactionData":[{"timestamp":"t","sampledValue":[{"value":"1"}]}]})");
    CHECK(cut(R"([{"timestamp":"t","sampledValue":[{"value":"1"}]},{"timestamp":"u)") ==
          R"({"transactionData":[{"timestamp":"t","sampledValue":[{"value":"1"}]},{}]})");
    CHECK(cut(R"([{"timestamp":"t"} {)") == R"({"transactionData":[{"timestamp":"t"}]})");
    CHECK(missing_of(R"({"meterValue":[{"sampledValue":[{"value":"1)") ==
          names{"meterValue.sampledValue", "meterValue"});
    CHECK(salvaged(R"({"meterValue":[{"timestamp":,"sampledValue":[]}]})").lists_cut);
}

TEST_CASE("salvage: a sample counts only if all of it is there", "[salvage]") {
    CHECK(json_of(R"({"sampledValue":{"value":"8")") == "{}");
    CHECK(json_of(R"({"sampledValue":{"value":"8","unit":"kWh"},)") ==
          R"({"sampledValue":{"value":"8","unit":"kWh"}})");
    CHECK(json_of(R"({"sampledValue":{"value":"8","unit":,},"a":1})") == R"({"a":1})");
    const auto empty = salvaged(R"({"sampledValue":[{"value":"8","unit":,},{"value":"9"}]})");
    CHECK(empty.json == R"({"sampledValue":[{"value":"9"}]})");
    CHECK(empty.missing == names{"sampledValue.unit"});
    CHECK(empty.lists_cut);
    CHECK(json_of(R"({"sampledValue":[{"value":"8","unit":"Wh","unit":"kWh"}]})") == R"({"sampledValue":[]})");
}

TEST_CASE("salvage: a name that is there twice has no value", "[salvage]") {
    CHECK(json_of(R"({"a":1,"meterStop":5,"b":2,"meterStop":6,"c":3})") == R"({"a":1,"meterStop":null,"b":2,"c":3})");
    CHECK(missing_of(R"({"a":1,"meterStop":5,"b":2,"meterStop":6,"c":3})") == names{"meterStop"});
    CHECK(json_of(R"({"a":1,"a":1,"a":1})") == R"({"a":null})");
    CHECK(json_of(R"({"meterStop":5,"meter\u0053top":6})") == R"({"meterStop":null})");
    CHECK(json_of(R"({"meterStop":5,"meterStop":6)") == R"({"meterStop":null})");
    CHECK(json_of(R"({"meterStop":5,"meterStop)") == R"({"meterStop":5})");
    CHECK(json_of(R"({"x":{"a":1,"b":{"c":1},"b":2}})") == R"({"x":{"a":1,"b":null}})");
    CHECK(missing_of(R"({"x":{"a":1,"b":{"c":1},"b":2}})") == names{"x.b"});
    CHECK(json_of(R"({"a":1,"A":2,"":3})") == R"({"a":1,"A":2,"":3})");
    CHECK(salvaged(R"({"meterValue":[],"meterValue":[]})").lists_cut);
    CHECK_FALSE(salvaged(R"({"a":1,"a":1})").whole);
}

TEST_CASE("salvage: what the schema requires and is not there is missing", "[salvage]") {
    const auto* const stopping = request(version::v16, "StopTransaction");
    CHECK(salvage(R"({"transactionId":17,"meterStop":23)", 0, stopping).missing == names{"meterStop", "timestamp"});
    CHECK(salvage(R"({"transactionId":,"timestamp":null,"meterStop":1})", 0, stopping).missing ==
          names{"transactionId", "timestamp"});
    CHECK(salvage(R"({"transactionId":1,"timestamp":"t","meterStop":1,"x":)", 0, stopping).missing == names{"x"});
    const auto* const event = request(version::v201, "TransactionEvent");
    CHECK(
        salvage(R"({"eventType":"Ended","timestamp":"t","triggerReason":"x","seqNo":1,"transactionInfo":{}, "evse":1)",
                0, event)
            .missing == names{"evse", "transactionInfo.transactionId"});
}

TEST_CASE("salvage: hostile text is bounded", "[salvage]") {
    std::string deep = "{\"a\":";
    for (int i = 0; i < 100'000; ++i) deep += "{\"a\":";
    CHECK(is_json_object(json_of(deep)));
    CHECK(is_json_object(json_of("{\"a\":" + std::string(100'000, '['))));
    CHECK(json_of("{" + std::string(1'000'000, ',')) == "{}");

    std::string many = "{\"meterValue\":[";
    for (int i = 0; i < 300'000; ++i) many += "1,";
    const auto values = salvaged(many + "1]}");
    CHECK(values.lists_cut);
    CHECK(is_json_object(values.json));

    std::string twice = "{";
    for (int i = 0; i < 20'000; ++i) twice += "\"" + std::string(100, 'k') + std::to_string(i / 2) + "\":1,";
    const auto repeated = salvage(twice, 0, request(version::v16, "StartTransaction"));
    CHECK(is_json_object(repeated.json));
    CHECK(repeated.missing.size() <= salvaged_payload::most_missing);
    CHECK(repeated.missing.back() == "timestamp");
    CHECK(repeated.missing.front() == std::string(64, 'k'));
}

TEST_CASE("a reader knows that a member came twice", "[salvage]") {
    payload_reader reader;
    const auto* const stopping = request(version::v16, "StopTransaction");
    CHECK(
        reader.read(R"({"transactionId":1,"meterStop":1,"timestamp":"2026-01-02T04:00:00Z","meterStop":1})", stopping));
    CHECK(reader.duplicate_names());
    CHECK(reader.read(R"({"transactionId":1,"meterStop":1,"timestamp":"2026-01-02T04:00:00Z","meter\u0053top":1})",
                      stopping));
    CHECK(reader.duplicate_names());
    CHECK(reader.read(stop, stopping));
    CHECK_FALSE(reader.duplicate_names());
    CHECK(reader.read(R"({"transactionData":[{"timestamp":"a","timestamp":"b"}]})", stopping));
    CHECK(reader.duplicate_names());
}
