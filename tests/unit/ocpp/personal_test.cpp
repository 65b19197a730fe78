// Where tags stand, and texts with something else in their place.
#include "ocpp/personal.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace voltgate::ocpp;

namespace {

std::string masked(std::string json) {
    mask_tags(json);
    return json;
}

std::vector<std::string> tags_in(std::string_view json) {
    std::vector<std::string> tags;
    const auto note = [&](std::string_view tag, personal what) -> std::optional<std::string> {
        CHECK(what == personal::tag);
        tags.emplace_back(tag);
        return std::nullopt;
    };
    CHECK_FALSE(changed_personal(json, note));
    return tags;
}

/// With "~1" in the place of the tag 04A1, in whatever letter case, and "~2" in that of ALICE.
wanted_tags wanted() {
    return {{4, 5}, [](std::string_view tag) -> std::optional<std::string> {
                if (tag == "04A1" || tag == "04a1") return "~1";
                if (tag == "ALICE") return "~2";
                if (tag == "7") return "~3";
                return std::nullopt;
            }};
}

std::string erased(std::string_view json) { return changed_everywhere(json, wanted()).value_or(std::string(json)); }
std::string erased_words(std::string_view text) { return changed_words(text, wanted()).value_or(std::string(text)); }

}  // namespace

TEST_CASE("Tags are masked wherever OCPP and events have them", "[ocpp][personal]") {
    CHECK(masked(R"([2,"7","Authorize",{"idTag":"04A1"}])") == R"([2,"7","Authorize",{"idTag":"***"}])");
    CHECK(masked(R"({"idTagInfo":{"status":"Accepted","parentIdTag":"P"}})") ==
          R"({"idTagInfo":{"status":"Accepted","parentIdTag":"***"}})");
    CHECK(
        masked(
            R"({"idToken":{"idToken":"A","type":"eMAID","additionalInfo":[{"additionalIdToken":"B","type":"x"}]}})") ==
        R"({"idToken":{"idToken":"***","type":"eMAID","additionalInfo":[{"additionalIdToken":"***","type":"x"}]}})");
    CHECK(masked(R"({"groupIdToken":{"idToken":"G","type":"Central"},"stopIdTag":"S","customerIdentifier":"C"})") ==
          R"({"groupIdToken":{"idToken":"***","type":"Central"},"stopIdTag":"***","customerIdentifier":"***"})");
    CHECK(masked(R"({"localAuthorizationList":[{"idTag":"A"},{"idTag":"B"}]})") ==
          R"({"localAuthorizationList":[{"idTag":"***"},{"idTag":"***"}]})");
    CHECK(masked(R"({ "idTag" : "A" , "connectorId" : 1 })") == R"({ "idTag" : "***" , "connectorId" : 1 })");
}

TEST_CASE("What is no tag stays", "[ocpp][personal]") {
    for (const std::string json :
         {R"({"idTagStatus":"Accepted","idTokenType":"eMAID","idTag":null,"idToken":"","detail":"idTag is too long"})",
          R"({"stage":"x","token":"t","tag":"g"})", R"([3,"7",{}])", R"()", R"("idTag")", R"({"idTag":true,"x":1})",
          R"({"idTag":[{"status":"A"}],"reason":"Local"})", R"([2,"7","NotifyEvent",{"tok":1,"data":"x"}])",
          R"({"data":[{"component":{"name":"EVSE"},"variable":{"name":"Token"},"actualValue":"1"}]})",
          R"([{"component":{"name":"TokenReader"},"variable":{"name":"Enabled"},"actualValue":"1"}])"}) {
        CAPTURE(json);
        CHECK(masked(json) == json);
    }
}

TEST_CASE("Odd spellings, numbers, lists and texts that are cut hide no tag", "[ocpp][personal]") {
    CHECK(masked(R"({"IDTAG":"A"})") == R"({"IDTAG":"***"})");
    CHECK(masked(R"({"id\u0054ag":"A"})") == R"({"id\u0054ag":"***"})");
    CHECK(masked(R"({"idTag":12345,"x":1})") == R"({"idTag":"***","x":1})");
    CHECK(masked(R"({"idTag":["A",7],"x":["B"]})") == R"({"idTag":["***","***"],"x":["B"]})");
    CHECK(masked(R"([2,"7","Authorize",{"idTag":"04A)") == R"([2,"7","Authorize",{"idTag":"***")");
    CHECK(masked(R"({"idTag":"A\"B\\","x":"C"})") == R"({"idTag":"***","x":"C"})");
    CHECK(masked(std::string(100'000, '[') + R"({"idTag":"A"})").ends_with(R"({"idTag":"***"})"));
}

TEST_CASE("JSON in a string is looked into", "[ocpp][personal]") {
    CHECK(masked(R"({"text":"[2,\"7\",\"Authorize\",{\"idTag\":\"04A1\"}]"})") ==
          R"({"text":"[2,\"7\",\"Authorize\",{\"idTag\":\"***\"}]"})");
    CHECK(masked(R"({"text":"{\"data\":\"{\\\"idTag\\\":\\\"A\\\"}\"}"})") ==
          R"({"text":"{\"data\":\"{\\\"idTag\\\":\\\"***\\\"}\"}"})");
}

TEST_CASE("Tags are given unescaped, and changed one by one", "[ocpp][personal]") {
    CHECK(tags_in(R"({"idTag":"A\u0042","x":{"parentIdTag":"P"},"y":"{\"idToken\":\"T\"}"})") ==
          std::vector<std::string>{"AB", "P", "T"});
    const auto only_a = [](std::string_view tag, personal) {
        return tag == "A" ? std::optional<std::string>("~\"1") : std::nullopt;
    };
    CHECK(changed_personal(R"([{"idTag":"A"},{"idTag":"B"}])", only_a) == R"([{"idTag":"~\"1"},{"idTag":"B"}])");
}

TEST_CASE("An object in a tag's place holds nothing but tags, and what OCPP has beside them", "[ocpp][personal]") {
    CHECK(masked(R"({"idTag":{"a":1,"b":"B","type":"x"},"reason":"Local"})") ==
          R"({"idTag":{"a":"***","b":"***","type":"x"},"reason":"Local"})");
    CHECK(masked(R"({"idTag":{"id":["A",{"uid":7}],"c":"C"},"x":"y"})") ==
          R"({"idTag":{"id":["***",{"uid":"***"}],"c":"***"},"x":"y"})");
    CHECK(masked(R"({"idToken":["A",{"b":"B"},"C"],"x":"y"})") == R"({"idToken":["***",{"b":"***"},"***"],"x":"y"})");
}

TEST_CASE("Texts that tell of somebody are masked whole", "[ocpp][personal]") {
    CHECK(masked(R"([2,"7","NotifyCustomerInformation",{"data":"04A1 was here","seqNo":0,"requestId":1}])") ==
          R"([2,"7","NotifyCustomerInformation",{"data":"***","seqNo":0,"requestId":1}])");
    CHECK(
        masked(R"([{"message":"NotifyCustomerInformation","data":{"data":"04A1"}},{"message":"x","data":"stays"}])") ==
        R"([{"message":"NotifyCustomerInformation","data":{"data":"***"}},{"message":"x","data":"stays"}])");
    CHECK(masked(R"({"text":"[2,\"7\",\"NotifyCustomerInformation\",{\"data\":\"A\"}]"})") ==
          R"({"text":"[2,\"7\",\"NotifyCustomerInformation\",{\"data\":\"***\"}]"})");
    const std::string token = R"("component":{"name":"TokenReader"},"variable":{"name":"Token"})";
    const std::string other = R"({"component":{"name":"EVSE"},"variable":{"name":"Power"},"actualValue":"1"})";
    CHECK(masked(R"({"eventData":[)" + other + R"(,{"actualValue":"A",)" + token + "}," + other + "]}") ==
          R"({"eventData":[)" + other + R"(,{"actualValue":"***",)" + token + "}," + other + "]}");
    CHECK(masked("{" + token + R"(,"actualValue":"A)") == "{" + token + R"(,"actualValue":"***")");
    const std::string attribute = R"(,"variableAttribute":[{"value":"A"}]})";
    const std::string power = R"({"component":{"name":"EVSE"},"variable":{"name":"Power"})" + attribute;
    CHECK(masked(R"({"reportData":[{)" + token + attribute + ',' + power + "]}") ==
          R"({"reportData":[{)" + token + R"(,"variableAttribute":[{"value":"***"}]},)" + power + "]}");
    CHECK(masked(R"({"getVariableResult":[{"attributeValue":"A",)" + token + "}]}") ==
          R"({"getVariableResult":[{"attributeValue":"***",)" + token + "}]}");
}

TEST_CASE("What a TokenReader's Token is called hides nothing", "[ocpp][personal]") {
    for (const auto* key :
         {"TokenReader.Token", "tokenreader/1.token", "TokenReader@2.Token", "Token\\u0052eader.Token"}) {
        CAPTURE(key);
        const auto values = [key](std::string_view value) {
            return R"({"values":[{"key":"A","value":"1"},{"key":")" + std::string(key) + R"(","value":")" +
                   std::string(value) + R"("},{"key":"B","value":"2"}]})";
        };
        CHECK(masked(values("X")) == values("***"));
    }
    const std::string escaped = R"("component":{"name":"Token\u0052eader"},"variable":{"name":"T\u006fken"}})";
    CHECK(masked(R"({"actualValue":"A",)" + escaped) == R"({"actualValue":"***",)" + escaped);
    const std::string other = R"({"key":"TokenReader.TokenType","value":"1"})";
    CHECK(masked(other) == other);
}

TEST_CASE("Objects in objects cost no more than a walk over them each", "[ocpp][personal]") {
    std::string json;
    for (int i = 0; i < 20'000; ++i) json += R"({"actualValue":"x","a":{"actualValue":"y"},"b":)";
    json += R"("TokenReader","tok")";
    CHECK(masked(json) == json);
}

TEST_CASE("A wanted tag is found as a word of any text", "[ocpp][personal]") {
    CHECK(erased_words("start-04a1-17 of ALICE") == "start-~1-17 of ~2");
    CHECK(erased_words("04A1") == "~1");
    CHECK(erased_words("04A1,04A1") == "~1,~1");
    for (const std::string text : {"04A1B", "A04A1",
                                   "\xC3\xA4"
                                   "04A1",
                                   "04A1\xC3\xA4", "7", "ALICES", "", "04A"}) {
        CAPTURE(text);
        CHECK(erased_words(text) == text);
    }
}

TEST_CASE("A wanted tag is found in every text of JSON, and where it is none", "[ocpp][personal]") {
    CHECK(erased(R"({"data":"tag 04A1 \"ALICE\"","04A1":[1,"04A1"]})") == R"({"data":"tag ~1 \"~2\"","~1":[1,"~1"]})");
    CHECK(erased(R"({"text":"a\n04A1\tb"})") == R"({"text":"a\n~1\tb"})");
    CHECK(erased(R"({"text":"[2,\"7\",\"Authorize\",{\"idTag\":\"7\",\"x\":\"04A1\"}]"})") ==
          R"({"text":"[2,\"7\",\"Authorize\",{\"idTag\":\"~3\",\"x\":\"~1\"}]"})");
    CHECK(erased(R"({"idTag":7,"idToken":{"uid":"7"},"x":7})") == R"({"idTag":"~3","idToken":{"uid":"~3"},"x":7})");
    CHECK(erased(R"({"idTag":" 04A1"})") == R"({"idTag":"~1"})");
    CHECK(erased(R"(["04A1"])") == R"(["~1"])");
    CHECK(erased("[2,04A1,{04A1:") == "[2,~1,{~1:");
    CHECK(erased("reader said 04A1") == "reader said ~1");
    CHECK(erased(R"({"idTag":"ALICE"} ALICE)") == R"({"idTag":"~2"} ~2)");
}

TEST_CASE("A tag that holds the wanted one is somebody else's", "[ocpp][personal]") {
    const std::string uuid = "04a1b2c3-04a1-04a1-04a1-04a1b2c3d4e5";
    for (const auto& tag : {std::string("FLEET-04A1"), std::string("04A1 04A1"), uuid}) {
        CAPTURE(tag);
        const auto v16 = R"({"idTag":")" + tag + R"("})";
        const auto v2 = R"({"idToken":{"idToken":")" + tag + R"(","additionalInfo":[{"additionalIdToken":")" + tag +
                        R"(","type":"x"}]}})";
        CHECK(erased(v16) == v16);
        CHECK(erased(v2) == v2);
    }
    CHECK(erased(R"({"idToken":{"note":"a 04A1"}})") == R"({"idToken":{"note":"a ~1"}})");
    CHECK(erased_words(uuid) == uuid);
    CHECK(erased_words("2026-01-02T03:00:00.1234Z") == "2026-01-02T03:00:00.1234Z");
}

TEST_CASE("Books, ids and words of OCPP are no tags", "[ocpp][personal]") {
    const wanted_tags all{{4, 5, 8}, [](std::string_view) { return std::optional<std::string>("~"); }};
    for (const std::string json :
         {R"({"value":"1234"})", R"([1234,1234.12345,-1e10])", R"({"transactionId":"04A1","chargePointId":"CP-1"})",
          R"({"id":"04a1b2c3-04a1-04a1-04a1-04a1b2c3d4e5"})", R"({"at":"2026-01-02T03:00:00Z"})",
          R"({"reason":"Local","status":null,"seen":true,"a":false})",
          R"({"measurand":"Energy.Active.Import.Register","phase":"L1-N"})", R"({"serialNumber":"SN-2026-7"})"}) {
        CAPTURE(json);
        CHECK_FALSE(changed_everywhere(json, all));
    }
    const auto number = [](std::string_view tag) {
        return tag == "1234" ? std::optional<std::string>("~") : std::nullopt;
    };
    CHECK(changed_everywhere(R"({"value":"key 1234"})", {{4}, number}) == R"({"value":"key ~"})");
    CHECK(changed_everywhere(R"({"commandId":"1234"})", {{4}, number}) == R"({"commandId":"~"})");
}
