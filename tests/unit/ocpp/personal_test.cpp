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
    const auto note = [&](std::string_view tag) -> std::optional<std::string> {
        tags.emplace_back(tag);
        return std::nullopt;
    };
    CHECK_FALSE(changed_tags(json, note));
    return tags;
}

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
          R"({"stage":"x","token":"t","tag":"g"})", R"([3,"7",{}])", R"()", R"("idTag")", R"({"idTag":{"a":1}})",
          R"({"idTag":[{"status":"A"}],"reason":"Local"})"}) {
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
    const auto only_a = [](std::string_view tag) {
        return tag == "A" ? std::optional<std::string>("~\"1") : std::nullopt;
    };
    CHECK(changed_tags(R"([{"idTag":"A"},{"idTag":"B"}])", only_a) == R"([{"idTag":"~\"1"},{"idTag":"B"}])");
}
