// Settings of single charge points as JSON.
#include "config/profile_json.hpp"

#include "config/keys.hpp"
#include "config/layers.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace voltgate;
using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

std::string wrong_with(std::string_view text) {
    profile_settings p;
    return std::string(settings::read_profile(json::parse(text).as_object(), p).text());
}

}  // namespace

TEST_CASE("settings are written with the names and values of the configuration") {
    profile_settings p;
    p.interval = 900s;
    p.registration = boot_config::status::pending;
    p.security_profile = 2;
    p.timestamp_milliseconds = true;
    p.action_rates = {{"Heartbeat=5/50"}};
    p.rules[rule::odd_timestamp] = level::lenient;
    CHECK(json::serialize(settings::profile_to_json(p)) ==
          R"({"registration":"pending","interval":"15m","timestamp_milliseconds":true,"security_profile":2,)"
          R"("action_rates":["Heartbeat=5/50"],"rules":{"odd_timestamp":"lenient"}})");
    CHECK(settings::profile_to_json(profile_settings()).empty());
}

TEST_CASE("every setting comes back as it was written") {
    config c;
    c.limits.action_rates = {"Heartbeat=5/50"};
    auto all = settings::as_profile(settings_for(c, "CP"));
    all.default_version = ocpp::version::v201;
    all.conformance = level::strict;
    profile_settings read;
    CHECK_FALSE(settings::read_profile(settings::profile_to_json(all), read));
    for (const auto& k : settings::profile_keys()) {
        CAPTURE(k.name);
        CHECK(k.get(all).has_value());
        CHECK(k.get(read) == k.get(all));
    }
}

TEST_CASE("what cannot be a setting is named, with what is allowed") {
    CHECK(wrong_with(R"({"intervall":"1m"})") == "\"intervall\" is not known; did you mean interval?");
    CHECK(wrong_with(R"({"password":"x"})") == "\"password\" is not known");
    CHECK(wrong_with(R"({"interval":60})") == "interval is of the wrong type; allowed: 1s to 30d");
    CHECK(wrong_with(R"({"interval":"0s"})").find("1s to 30d") != std::string::npos);
    CHECK(wrong_with(R"({"security_profile":4})").find("0 to 3") != std::string::npos);
    CHECK(wrong_with(R"({"lone_phase_counts":"yes"})").find("true or false") != std::string::npos);
    CHECK(wrong_with(R"({"action_rates":["Heartbeat"]})").find("Action=rate") != std::string::npos);
    CHECK(wrong_with(R"({"action_rates":"Heartbeat=1"})") == "action_rates must be a list of texts");
    CHECK(wrong_with(R"({"rules":{"odd_timestamps":"strict"}})").find("did you mean rules.odd_timestamp?") !=
          std::string::npos);
    CHECK(wrong_with(R"({"rules":{"odd_timestamp":"hard"}})").find("strict") != std::string::npos);
    CHECK(wrong_with(R"({"rules":[]})") == "rules must be an object of rules and levels");
}
