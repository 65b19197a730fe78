// [[model]] entries: settings by what a charge point told when it booted.
#include "config/layers.hpp"
#include "config_files.hpp"

#include <voltgate/config.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace voltgate;
using namespace std::chrono_literals;
using test::errors_of;
using test::load_text;
using strings = std::vector<std::string>;

namespace {

model_config& add_model(config& c, std::optional<std::string> vendor, std::optional<std::string> model = {},
                        std::optional<std::string> firmware = {}) {
    auto& entry = c.models.emplace_back();
    entry.vendor = std::move(vendor);
    entry.model = std::move(model);
    entry.firmware = std::move(firmware);
    return entry;
}

const told_model home{"Acme", "Home 11", "1.2.7"};

std::vector<std::string> names(const config& c, std::string_view id, const told_model* booted) {
    std::vector<std::string> all;
    for (const auto& l : settings::layers_of(c, id, booted)) all.push_back(settings::name_of(l));
    return all;
}

}  // namespace

TEST_CASE("a model's entry is for what was told in the last boot, without regard to letter case") {
    config c;
    add_model(c, "ACME", "home*", "1.2.*").interval = 60s;
    CHECK(settings_for(c, "CP", &home).boot.interval == 60s);
    CHECK(settings_for(c, "CP").boot.interval == 300s);  // it never booted
    for (const told_model& other : {told_model{"Acm", "Home 11", "1.2.7"}, told_model{"Acme", "My Home 11", "1.2.7"},
                                    told_model{"Acme", "Home", ""}})
        CHECK(settings_for(c, "CP", &other).boot.interval == 300s);
}

TEST_CASE("what a model's entry does not name may be anything, even nothing") {
    config c;
    add_model(c, "Acme").interval = 60s;
    const told_model bare{"Acme", "", ""};
    CHECK(settings_for(c, "CP", &bare).boot.interval == 60s);
}

TEST_CASE("later models win over earlier ones, and identities over models, setting by setting") {
    config c;
    auto& first = add_model(c, "Acme");
    first.interval = 10s;
    first.idle_timeout = 20s;
    first.ping_interval = 30s;
    first.conformance = level::strict;
    auto& second = add_model(c, {}, {}, "1.*");
    second.interval = 11s;
    second.idle_timeout = 21s;
    auto& own = c.charge_points.emplace_back();
    own.pattern = "CP*";
    own.interval = 12s;
    own.rules[rule::odd_timestamp] = level::lenient;
    const auto s = settings_for(c, "CP-1", &home);
    CHECK(s.boot.interval == 12s);
    CHECK(s.idle_timeout == 21s);
    CHECK(s.ping_interval == 30s);
    CHECK(s.conformance.of(rule::odd_timestamp) == level::lenient);
    CHECK(s.conformance.of(rule::empty_string) == level::strict);
    CHECK(names(c, "CP-1", &home) == strings{"model[0]", "model[1]", "charge_point[0]"});
    CHECK(names(c, "X", &home) == strings{"model[0]", "model[1]"});
    CHECK(names(c, "CP-1", nullptr) == strings{"charge_point[0]"});
}

TEST_CASE("a model raises the least security profile and never lowers it") {
    config c;
    add_model(c, "Acme").security_profile = 2;
    add_model(c, {}, "Home*").security_profile = 1;
    CHECK(settings_for(c, "CP", &home).security_profile == 2);
    auto& own = c.charge_points.emplace_back();
    own.pattern = "CP";
    own.security_profile = 3;
    CHECK(settings_for(c, "CP", &home).security_profile == 3);
}

TEST_CASE("models are loaded from the file and written back") {
    const auto loaded = load_text(R"([[model]]
vendor = "Acme"
interval = "1m"
action_rates = ["Heartbeat=5"]
[model.rules]
odd_timestamp = "lenient"
[[model]]
model = "Home *"
firmware = "1.?"
lone_phase_counts = true
)");
    for (const auto& e : loaded.errors) UNSCOPED_INFO(to_string(e));
    REQUIRE(loaded.errors.empty());
    REQUIRE(loaded.config.models.size() == 2);
    CHECK(loaded.config.models[0].interval == 60s);
    CHECK(loaded.config.models[0].rules.at(rule::odd_timestamp) == level::lenient);
    CHECK(loaded.config.models[1].firmware == "1.?");
    CHECK(loaded.config.models[1].lone_phase_counts == true);
    const auto again = load_text(to_toml(loaded.config));
    CHECK(again.errors.empty());
    CHECK(to_toml(again.config) == to_toml(loaded.config));
}

TEST_CASE("a model cannot say who a charge point is") {
    for (const std::string name : {"password", "serial_number", "pattern"}) {
        CAPTURE(name);
        CHECK(errors_of("[[model]]\nvendor = \"a\"\n" + name + " = \"x\"") ==
              strings{"F:3: model[0]." + name +
                      ": belongs to a charge point, which a model does not prove; set it in a [[charge_point]] entry"});
    }
}

TEST_CASE("a model's entry says which models it is for") {
    CHECK(errors_of("[[model]]\ninterval = \"1m\"") ==
          strings{"model[0].model: is missing, as are vendor and firmware; set one of them"});
    CHECK(errors_of("[[model]]\nvendor = \"\"").front().starts_with("model[0].model: is missing"));
    CHECK(errors_of("[[model]]\nvendor = \"a\"\nintervall = \"1m\"") ==
          strings{"F:3: model[0].intervall: is not known; did you mean interval?"});
    CHECK(errors_of("model = \"x\"") == strings{"F:1: model: is a string; write [[model]] above each entry"});
    CHECK(errors_of("", {"VOLTGATE_MODEL__VENDOR=x"}) ==
          strings{"environment: VOLTGATE_MODEL__VENDOR: cannot be set here; [[model]] entries stand in the file"});
}
