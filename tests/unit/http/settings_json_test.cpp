// Entries of an import and bodies of a PUT, and what is shown of settings in force.
#include "http/settings_json.hpp"

#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "security/credentials.hpp"
#include "support/json.hpp"

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>

using namespace voltgate;
using namespace voltgate::http;
using namespace std::chrono_literals;
namespace json = boost::json;
using test::at;
using test::text_at;

namespace {

std::string wrong_with(std::string_view text, bool with_password = true, const std::string& id = {}) {
    profile_entry e;
    e.profile.charge_point_id = id;
    return std::string(read_profile_entry(text, with_password ? &this_machine().random() : nullptr, e).text());
}

}  // namespace

TEST_CASE("an entry holds labels, serial number, settings and a password") {
    profile_entry e;
    CHECK_FALSE(read_profile_entry(R"({"id":"CP-1","labels":["b","a:1","b"],"expectedSerialNumber":"SN-1",)"
                                   R"("overrides":{"interval":"1m"},"password":"correct-Horse-battery-9"})",
                                   &this_machine().random(), e));
    CHECK(e.profile.charge_point_id == "CP-1");
    CHECK(e.profile.labels == std::vector<std::string>{"a:1", "b"});
    CHECK(e.profile.serial_number == "SN-1");
    REQUIRE(e.profile.overriding);
    CHECK(e.profile.overriding->interval == 60s);
    CHECK(e.profile.overrides == R"({"interval":"1m"})");
    CHECK(read_verifier(e.password).has_value());
    CHECK(e.password.find("correct") == std::string::npos);
}

TEST_CASE("an entry may give the password's hash, and need give nothing but the id") {
    profile_entry e;
    const auto hash = hash_password("correct-Horse-battery-9", this_machine().random());
    CHECK_FALSE(read_profile_entry(R"({"id":"CP-1","passwordHash":")" + hash + R"("})", &this_machine().random(), e));
    CHECK(e.password == hash);
    profile_entry bare;
    CHECK_FALSE(read_profile_entry(R"({"id":"CP-1","expectedSerialNumber":null,"overrides":{}})",
                                   &this_machine().random(), bare));
    CHECK(bare.password.empty());
    CHECK_FALSE(bare.profile.overriding);
}

TEST_CASE("what is wrong with an entry is named, and no password repeated") {
    CHECK(wrong_with("{}") == "id is missing");
    CHECK(wrong_with("[]") == "must be a JSON object");
    CHECK(wrong_with("{").starts_with("is not JSON"));
    CHECK(wrong_with(R"({"id":7})") == "id must be a text");
    CHECK(wrong_with(R"({"id":"a/b"})").starts_with("id: "));
    CHECK(wrong_with(R"({"id":"A","id2":1})").starts_with("unknown member \"id2\"; known: id, labels"));
    CHECK(wrong_with(R"({"id":"A","labels":["a,b"]})").starts_with("labels must be"));
    CHECK(wrong_with(R"({"id":"A","labels":"a"})").starts_with("labels must be"));
    std::string many = R"({"id":"A","labels":["x")";
    for (int i = 0; i < 16; ++i) many += ",\"l" + std::to_string(i) + "\"";
    CHECK(wrong_with(many + "]}").starts_with("labels must be"));
    CHECK(wrong_with(R"({"id":"A","overrides":{"interval":"x"}})").starts_with("overrides: interval "));
    CHECK(wrong_with(R"({"id":"A","overrides":1})").starts_with("overrides must be"));
    CHECK(wrong_with(R"({"id":"A","expectedSerialNumber":1})").starts_with("expectedSerialNumber must be"));
    CHECK(wrong_with(R"({"id":"A","expectedSerialNumber":""})") ==
          "expectedSerialNumber is empty: leave it out where none is expected");
    CHECK(wrong_with(R"({"id":"A","expectedSerialNumber":null})").empty());
    CHECK(wrong_with(R"({"id":"A","password":"zq"})").find("zq") == std::string::npos);
    CHECK(wrong_with(R"({"id":"A","password":"zq"})").starts_with("password: "));
    CHECK(wrong_with(R"({"id":"A","passwordHash":"zq"})").starts_with("passwordHash must be"));
    CHECK(wrong_with(R"({"id":"A","password":"correct-Horse-battery-9","passwordHash":")" +
                     hash_password("correct-Horse-battery-9", this_machine().random()) + "\"}") ==
          "give password or passwordHash, not both");
}

TEST_CASE("a PUT names its charge point in the path, and takes no password") {
    CHECK(wrong_with("{}", false, "CP-1").empty());
    CHECK(wrong_with(R"({"id":"cp-1"})", false, "CP-1").empty());
    CHECK(wrong_with(R"({"id":"CP-2"})", false, "CP-1") == "id is not the one in the path");
    CHECK(wrong_with(R"({"password":"correct-Horse-battery-9"})", false, "CP-1").starts_with("unknown member"));
}

TEST_CASE("each setting in force says where it comes from") {
    auto c = std::make_shared<config>();
    auto& low = c->models.emplace_back();
    low.vendor = "Acme";
    low.security_profile = 2;
    low.conformance = level::strict;
    low.action_rates = {{"Heartbeat=5"}};
    auto& high = c->models.emplace_back();
    high.vendor = "A*";
    high.security_profile = 1;
    high.ping_interval = 30s;
    auto& pattern = c->charge_points.emplace_back();
    pattern.pattern = "CP*";
    pattern.rules[rule::odd_timestamp] = level::lenient;
    auto own = std::make_shared<charge_point_profile>();
    own->charge_point_id = "CP-1";
    profile_settings overrides;
    overrides.interval = 60s;
    own->set_overrides(overrides);
    settings_book book(c);
    const json::value shown = settings_object(book.find("CP-1", told_model{"Acme", "X", ""}, own));
    const auto check = [&](const std::string& name, const json::value& value, std::string_view from) {
        CAPTURE(name);
        CHECK(at(shown, "/" + name + "/value") == value);
        CHECK(text_at(shown, "/" + name + "/from") == from);
    };
    check("interval", "1m", "overrides");
    check("ping_interval", "30s", "model[1]");
    check("idle_timeout", "10m", "general");
    check("security_profile", 2, "model[0]");
    check("action_rates", json::array({"Heartbeat=5/5"}), "model[0]");
    check("default_version", nullptr, "general");
    check("rules/odd_timestamp", "lenient", "charge_point[0]");
    check("rules/empty_string", "strict", "model[0]");
}
