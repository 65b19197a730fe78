#include <voltgate/config.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace voltgate;
using namespace std::chrono_literals;

namespace {

bool matches(const std::string& pattern, std::string_view id) {
    config c;
    auto& entry = c.charge_points.emplace_back();
    entry.pattern = pattern;
    entry.timestamp_milliseconds = true;
    return settings_for(c, id).timestamp_milliseconds;
}

}  // namespace

TEST_CASE("a pattern matches the whole id, without regard to letter case") {
    CHECK(matches("CP-001", "cp-001"));
    CHECK(matches("cp-*", "CP-001"));
    CHECK(matches("*", ""));
    CHECK(matches("*", "anything"));
    CHECK(matches("a?c", "aBC"));
    CHECK(matches("*-1*-2", "x-1y-1z-2"));
    CHECK(matches("a**b", "ab"));
    CHECK(matches("*a", "baa"));
    CHECK_FALSE(matches("CP-001", "CP-0011"));
    CHECK_FALSE(matches("CP-001", "CP-00"));
    CHECK_FALSE(matches("a?c", "ac"));
    CHECK_FALSE(matches("?", ""));
    CHECK_FALSE(matches("*-1", "x-12"));
    CHECK_FALSE(matches("a*b*c", "acb"));
    CHECK_FALSE(matches("\xc3\x84", "\xc3\xa4"));
}

TEST_CASE("a pattern full of stars does not take for ever") {
    std::string pattern;
    for (int i = 0; i < 120; ++i) pattern += "*a";
    CHECK_FALSE(matches(pattern + "b", std::string(255, 'a')));
}

TEST_CASE("without entries a charge point has the general settings") {
    config c;
    c.boot.interval = 60s;
    c.session.ping_interval = 30s;
    c.session.idle_timeout = 2min;
    const auto s = settings_for(c, "CP");
    CHECK(s.boot.registration == boot_config::status::accepted);
    CHECK(s.boot.interval == 60s);
    CHECK(s.default_version == std::nullopt);
    CHECK(s.ping_interval == 30s);
    CHECK(s.idle_timeout == 2min);
    CHECK_FALSE(s.timestamp_milliseconds);
    CHECK(s.conformance == conformance_policy());
}

TEST_CASE("later entries win setting by setting") {
    config c;
    auto& first = c.charge_points.emplace_back();
    first.pattern = "A*";
    first.registration = boot_config::status::pending;
    first.interval = 10s;
    first.default_version = ocpp::version::v16;
    auto& second = c.charge_points.emplace_back();
    second.pattern = "AB*";
    second.interval = 20s;
    second.idle_timeout = 0s;
    auto& third = c.charge_points.emplace_back();
    third.pattern = "B*";
    third.interval = 30s;

    const auto s = settings_for(c, "ABC");
    CHECK(s.boot.registration == boot_config::status::pending);
    CHECK(s.boot.interval == 20s);
    CHECK(s.default_version == ocpp::version::v16);
    CHECK(s.idle_timeout == 0s);
    CHECK(settings_for(c, "AX").boot.interval == 10s);
    CHECK(settings_for(c, "AX").idle_timeout == 10min);
    CHECK(settings_for(c, "BA").boot.interval == 30s);
    CHECK(settings_for(c, "BA").default_version == std::nullopt);
}

TEST_CASE("a level for all rules replaces earlier levels and single rules refine it") {
    config c;
    c.conformance.rules[rule::odd_timestamp] = level::strict;
    CHECK(settings_for(c, "CP").conformance.of(rule::odd_timestamp) == level::strict);
    CHECK(settings_for(c, "CP").conformance.of(rule::wrong_type) == level::strict);
    CHECK(settings_for(c, "CP").conformance.of(rule::empty_string) == level::report);

    c.conformance.default_level = level::report;
    CHECK(settings_for(c, "CP").conformance.of(rule::odd_timestamp) == level::strict);
    CHECK(settings_for(c, "CP").conformance.of(rule::wrong_type) == level::report);

    auto& entry = c.charge_points.emplace_back();
    entry.pattern = "A*";
    entry.rules[rule::empty_string] = level::strict;
    CHECK(settings_for(c, "A").conformance.of(rule::odd_timestamp) == level::strict);
    CHECK(settings_for(c, "A").conformance.of(rule::empty_string) == level::strict);

    entry.conformance = level::lenient;
    CHECK(settings_for(c, "A").conformance.of(rule::odd_timestamp) == level::lenient);
    CHECK(settings_for(c, "A").conformance.of(rule::wrong_type) == level::lenient);
    CHECK(settings_for(c, "A").conformance.of(rule::empty_string) == level::strict);
    CHECK(settings_for(c, "B").conformance.of(rule::odd_timestamp) == level::strict);
}

TEST_CASE("a charge point may have its own limits") {
    config c;
    c.limits.message_rate = 20;
    c.limits.message_burst = 200;
    c.limits.action_rates = {"Heartbeat=1/5", "StatusNotification=2"};
    auto& entry = c.charge_points.emplace_back();
    entry.pattern = "A*";
    entry.message_rate = 5;
    entry.action_rates = {"MeterValues=3/9"};
    const auto others = settings_for(c, "B");
    CHECK(others.messages.rate == 20);
    CHECK(others.messages.burst == 200);
    REQUIRE(others.actions.size() == 2);
    CHECK(others.actions[1].action == "StatusNotification");
    CHECK(others.actions[1].limit.burst == 2);
    const auto own = settings_for(c, "A");
    CHECK(own.messages.rate == 5);
    CHECK(own.messages.burst == 200);
    REQUIRE(own.actions.size() == 1);
    CHECK(own.actions[0].action == "MeterValues");
    CHECK(own.actions[0].limit.burst == 9);
}
