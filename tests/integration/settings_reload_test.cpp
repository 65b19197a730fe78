// What changes while the gateway runs: passwords, policies and tokens of a configuration that was read again.
#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "security/credentials.hpp"
#include "support/basic_auth.hpp"
#include "support/http_client.hpp"
#include "support/log_lines.hpp"
#include "support/manual_clock.hpp"
#include "support/running_gateway.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <chrono>
#include <memory>
#include <string>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;

namespace {

const std::string first = "correct-Horse-battery-9", second = "another-Horse-battery-7";
const std::string token = "0123456789abcdef";

config with_entry(const std::string& password) {
    config c;
    charge_point_config entry;
    entry.pattern = "CP-1";
    entry.password = hash_password(password, this_machine().random());
    c.charge_points = {entry};
    return c;
}

config with_token(config c) {
    api_token_config t;
    t.name = "console";
    t.sha256 = sha256_hex(token);
    c.api.tokens = {t};
    return c;
}

running_gateway::configure on_profile_1(const config& from) {
    return [from](config& c) {
        c.server.security_profile = 1;
        c.security.failure_delay = 1ms;
        c.charge_points = from.charge_points;
        c.api = from.api;
    };
}

int status_with(running_gateway& gw, const std::string& password) {
    return try_connect(gw.port(), "/ocpp/CP-1", with_password("CP-1", password)).response.status;
}

}  // namespace

TEST_CASE("A new password of the configuration counts for new connections", "[reload]") {
    running_gateway gw(on_profile_1(with_entry(first)));
    auto cp = gw.connect("CP-1", with_password("CP-1", first));
    CHECK(gw->reload(with_entry(second)).empty());
    cp.heartbeat();
    CHECK(status_with(gw, first) == 401);
    CHECK(status_with(gw, second) == 101);
    CHECK(gw->reload(config()).empty());  // without an entry there is no password
    CHECK(status_with(gw, second) == 401);
}

TEST_CASE("A configuration with an error changes nothing and says what is wrong", "[reload]") {
    running_gateway gw(on_profile_1(with_entry(first)));
    config wrong = with_token(with_entry(second));
    wrong.charge_points.front().interval = std::chrono::seconds(-1);
    const auto errors = gw->reload(wrong);
    REQUIRE(errors.size() == 1);
    CHECK_THAT(to_string(errors.front()), ContainsSubstring("charge_point[0].interval"));
    CHECK(status_with(gw, second) == 401);
    CHECK(status_with(gw, first) == 101);
    CHECK(http_client(gw.port()).get("/connections").status == 200);
}

TEST_CASE("Tokens are taken over, but not their end where anybody could come in", "[reload]") {
    running_gateway gw([](config& c) {
        on_profile_1(with_token(with_entry(first)))(c);
        c.server.address = "0.0.0.0";
    });
    http_client http(gw.port());
    const header_list bearer = {{"Authorization", "Bearer " + token}};
    CHECK(http.get("/connections", bearer).status == 200);
    const auto errors = gw->reload(with_entry(first));
    REQUIRE(errors.size() == 1);
    CHECK_THAT(to_string(errors.front()), ContainsSubstring("server.address") && ContainsSubstring("token"));
    CHECK(http.get("/connections").status == 401);
    config next = with_token(with_entry(first));
    next.api.tokens.front().sha256 = sha256_hex("another");
    CHECK(gw->reload(next).empty());
    CHECK(http.get("/connections", bearer).status == 401);
    CHECK(http.get("/connections", {{"Authorization", "Bearer another"}}).status == 200);
}

TEST_CASE("A live stream ends when its token is gone, and those of others go on", "[reload]") {
    constexpr auto stream = "/api/v1/events/stream";
    const auto clock = std::make_shared<manual_clock>();
    config both = with_token(config());
    both.api.tokens.push_back({.name = "other", .sha256 = sha256_hex("another"), .charge_points = {}, .labels = {}});
    running_gateway gw([&](config& c) { c.api = both.api; }, {}, clock);
    sse_reader ending(gw.port(), stream, {{"Authorization", "Bearer " + token}});
    sse_reader lasting(gw.port(), stream, {{"Authorization", "Bearer another"}});
    config next = both;
    next.api.tokens.erase(next.api.tokens.begin());
    CHECK(gw->reload(next).empty());
    clock->advance(15s);
    auto cp = gw.connect("CP-1");
    while (ending.next_event_or_end()) {
    }
    CHECK(text_at(lasting.next_event().json(), "/eventType") == "charge_point.connected");
    cp.status(1, "Available");
    CHECK(text_at(lasting.next_event().json(), "/eventType") == "connector.status_changed");
}

TEST_CASE("A live stream ends when its token may see something else", "[reload]") {
    const auto clock = std::make_shared<manual_clock>();
    config wide = with_token(config());
    running_gateway gw([&](config& c) { c.api = wide.api; }, {}, clock);
    sse_reader stream(gw.port(), "/api/v1/events/stream", {{"Authorization", "Bearer " + token}});
    config next = wide;
    SECTION("fewer charge points") { next.api.tokens.front().charge_points = {"CP-2"}; }
    SECTION("whose tags they are") { next.api.tokens.front().scopes.push_back(api_scope::personal); }
    CHECK(gw->reload(next).empty());
    clock->advance(15s);
    auto cp = gw.connect("CP-1");
    while (stream.next_event_or_end()) {
    }
}

TEST_CASE("Policies are taken over for new sessions", "[reload]") {
    running_gateway gw;
    const json::object boot = {{"chargePointVendor", "Acme"}, {"chargePointModel", "X"}};
    auto cp = gw.connect("CP-1");
    config next;
    next.boot.interval = std::chrono::seconds(77);
    next.conformance.rules[rule::unknown_property] = level::strict;
    CHECK(gw->reload(next).empty());
    CHECK(number_at(cp.call("BootNotification", boot), "/interval") == 300);
    cp.call("Heartbeat", {{"x", 1}});
    auto later = gw.connect("CP-2");
    CHECK(number_at(later.call("BootNotification", boot), "/interval") == 77);
    later.call_error("Heartbeat", {{"x", 1}});
    CHECK(http_client(gw.port()).get("/api/v1/charge-points/CP-1").body.find("77") != std::string::npos);
}

TEST_CASE("What was changed and only a restart takes over is named", "[reload]") {
    constexpr std::string_view by_restart = "taken over by a restart alone";
    log_lines log;
    config running;
    running_gateway gw(
        [&](config& c) {
            c.listeners.emplace_back();
            c.log.level = log_config::severity::info;
            running = c;
        },
        log.taken());
    config next = running;
    next.boot.interval = 77s;
    next.api = with_token(config()).api;
    CHECK(gw->reload(next).empty());
    CHECK(log.count(by_restart) == 0);
    next.session.call_timeout = 7s;
    next.data_transfer.accepted_vendors = {"com.acme"};
    next.listeners.front().tls = true;
    CHECK(gw->reload(next).empty());
    CHECK(log.count(by_restart) == 1);
    CHECK(log.count("session.call_timeout, data_transfer.accepted_vendors, listener[0].tls") == 1);
    CHECK(gw->reload(running).empty());
    CHECK(log.count(by_restart) == 1);
    next.boot.interval = 0s;
    CHECK_FALSE(gw->reload(next).empty());
    CHECK(log.count(by_restart) == 1);
}
