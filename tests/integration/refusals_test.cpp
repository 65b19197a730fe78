// "My charger will not connect": whoever was not let in stands in the log, in /api/v1/refusals and in /metrics.
#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "runtime/core.hpp"
#include "security/credentials.hpp"
#include "support/basic_auth.hpp"
#include "support/http_client.hpp"
#include "support/metric.hpp"
#include "support/running_gateway.hpp"
#include "support/tls_site.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;
using severity = log_config::severity;
using served = server_config::served;

namespace {

/// The lines of a gateway's log.
class log_lines {
  public:
    running_gateway::prepare at(severity level) {
        return [this, level](gateway& g) {
            log_config c;
            c.level = level;
            c.events = false;
            core_of(g).set_log(
                std::make_unique<voltgate::log>(c, this_machine().clock(), [this](severity, std::string_view line) {
                    const std::lock_guard lock(mutex_);
                    lines_.emplace_back(line);
                }));
        };
    }
    [[nodiscard]] std::size_t with(std::string_view text) const {
        const std::lock_guard lock(mutex_);
        return static_cast<std::size_t>(
            std::ranges::count_if(lines_, [&](const std::string& l) { return l.find(text) != std::string::npos; }));
    }

  private:
    mutable std::mutex mutex_;
    std::vector<std::string> lines_;
};

/// The second listener is the HTTP interface's.
running_gateway::configure with_desk(running_gateway::configure more = {}) {
    return [more = std::move(more)](config& c) {
        c.server.serve = served::charge_points;
        c.security.failure_delay = 1ms;
        c.listeners = {{}};
        c.listeners[0].serve = served::api;
        if (more) more(c);
    };
}

json::array refusals(running_gateway& gw, const std::string& query = {}) {
    return http_client(gw->ports().at(1)).get("/api/v1/refusals" + query).json().at("items").as_array();
}

/// The only one there is.
json::value only(running_gateway& gw, const std::string& query = {}) {
    const auto all = refusals(gw, query);
    REQUIRE(all.size() == 1);
    return all[0];
}

void require_reason(const json::value& refusal, const std::string& reason, const std::string& id) {
    CHECK(text_at(refusal, "/reason") == reason);
    CHECK(text_at(refusal, "/chargePointId") == id);
    CHECK_THAT(text_at(refusal, "/remoteAddress"), ContainsSubstring("127.0.0.1:"));
    CHECK_FALSE(text_at(refusal, "/detail").empty());
}

}  // namespace

TEST_CASE("What was wrong with a handshake is told, and what it asked for", "[refusals]") {
    log_lines log;
    running_gateway gw(with_desk(), log.at(severity::info));
    std::string target = "/ocpp/CP-1?token=very-secret", reason, id = "CP-1";
    connect_options options;
    SECTION("sub-protocol") {
        options.subprotocols = {"ocpp1.5", "soap"};
        reason = "subprotocol";
    }
    SECTION("path") {
        target = "/wrong/place/CP-1?token=very-secret";
        reason = "path";
    }
    SECTION("path without an identity") {
        target = "/ocpp/";
        reason = "identity";
        id.clear();
    }
    SECTION("identity") {
        target = "/ocpp/%20CP-1";
        reason = "identity";
        id.clear();
    }
    CHECK(try_connect(gw.port(), target, options).response.status >= 400);
    const auto refusal = only(gw);
    if (id.empty()) {
        CHECK(text_at(refusal, "/reason") == reason);
        CHECK(refusal.at("chargePointId").is_null());
    } else {
        require_reason(refusal, reason, id);
        CHECK(refusals(gw, "?chargePointId=cp-1").size() == 1);
        CHECK(refusals(gw, "?chargePointId=CP-2").empty());
    }
    CHECK(text_at(refusal, "/path") == target.substr(0, target.find('?')));
    CHECK(refusal.at("count") == 1);
    CHECK(text_at(refusal, "/listener") == "127.0.0.1:" + std::to_string(gw.port()));
    CHECK_THAT(json::serialize(refusal), !ContainsSubstring("very-secret"));
    if (reason == "subprotocol") {
        CHECK_THAT(text_at(refusal, "/subprotocols"), ContainsSubstring("ocpp1.5"));
    }
    CHECK(log.with("reason=" + reason) == 1);
    CHECK(log.with("very-secret") == 0);
    CHECK(metric(gw->ports()[1], "gateway_refusals_total{reason=\"" + reason + "\"}") == 1);
}

TEST_CASE("A handshake that is accepted and closed for want of a sub-protocol is told", "[refusals]") {
    running_gateway gw(
        with_desk([](config& c) { c.server.no_subprotocol = server_config::no_subprotocol_answer::accept_and_close; }));
    connect_options options;
    options.subprotocols = {"soap"};
    CHECK(try_connect(gw.port(), "/ocpp/CP-1", options).response.status == 101);
    require_reason(only(gw), "subprotocol", "CP-1");
}

TEST_CASE("Who sent wrong credentials, or comes too weakly, is told without them", "[refusals]") {
    log_lines log;
    running_gateway gw(with_desk([](config& c) {
                           c.server.security_profile = 1;
                           charge_point_config known, strong;
                           known.pattern = "CP-1";
                           known.password = hash_password("correct-Horse-battery-9", this_machine().random());
                           strong = known;
                           strong.pattern = "CP-3";
                           strong.security_profile = 2;
                           c.charge_points = {known, strong};
                       }),
                       log.at(severity::info));
    const auto knock = [&](const std::string& id, const std::string& word) {
        return try_connect(gw.port(), "/ocpp/" + id, with_password(id, word)).response.status;
    };
    CHECK(knock("CP-1", "a-wrong-and-secret-word") == 401);
    CHECK(knock("CP-2", "a-wrong-and-secret-word") == 401);
    CHECK(knock("CP-3", "correct-Horse-battery-9") == 403);
    require_reason(only(gw, "?chargePointId=CP-1"), "credentials", "CP-1");
    require_reason(only(gw, "?chargePointId=CP-2"), "unknown_charge_point", "CP-2");
    require_reason(only(gw, "?reason=security_profile"), "security_profile", "CP-3");
    CHECK_THAT(json::serialize(refusals(gw)), !ContainsSubstring("secret-word"));
    CHECK(log.with("secret-word") == 0);
    CHECK(log.with("reason=credentials") == 1);
}

TEST_CASE("A TLS handshake that fails is told", "[refusals][tls]") {
    tls_site site;
    running_gateway gw(site.with_profile(GENERATE(2, 3), with_desk()));
    http_client plain(gw.port());
    plain.send_bytes("GET /ocpp/CP-1 HTTP/1.1\r\n\r\n");
    static_cast<void>(plain.expect_end());
    const auto refusal = only(gw);
    CHECK(refusal.at("reason") == "tls_handshake");
    CHECK(refusal.at("path").is_null());
    CHECK_FALSE(text_at(refusal, "/detail").empty());
}

TEST_CASE("A charge point that begins TLS where there is none is told", "[refusals]") {
    running_gateway gw(with_desk());
    http_client hello(gw.port());
    hello.send_bytes(std::string("\x16\x03\x01\x00\x05\x01\x00\x00\x01\x03\r\n\r\n", 14));
    static_cast<void>(hello.expect_end());
    const auto refusal = only(gw);
    CHECK(refusal.at("reason") == "bad_request");
    CHECK_THAT(text_at(refusal, "/detail"), ContainsSubstring("TLS"));
}

TEST_CASE("What callers of the HTTP interface do wrong is no refusal", "[refusals]") {
    running_gateway gw([](config& c) { c.http.max_body_bytes = 1024; });
    http_client http(gw.port());
    CHECK(http.post_text("/api/v1/charge-points/CP-1/commands", std::string(5000, ' ')).status == 413);
    CHECK(http.get("/nothing").status == 404);
    CHECK(http.get("/api/v1/refusals").json().at("items").as_array().empty());
}

TEST_CASE("Those that a limit keeps out are told with what they asked for", "[refusals][limits]") {
    running_gateway gw(with_desk([](config& c) { c.limits.connections_per_address = 2; }));
    auto first = gw.connect("CP-1");
    auto second = gw.connect("CP-2");
    CHECK(try_connect(gw.port(), "/ocpp/CP-3").response.status == 429);
    connect_options elsewhere;
    elsewhere.tcp.source_address = "127.0.0.2";
    test::charge_point third(gw.port(), "CP-4", elsewhere);
    first.heartbeat();
    second.heartbeat();
    tcp_options desk;
    desk.source_address = "127.0.0.3";
    const auto all = http_client(gw->ports()[1], desk).get("/api/v1/refusals").json().at("items").as_array();
    REQUIRE(all.size() == 1);
    require_reason(all[0], "connections_per_address", "CP-3");
}

TEST_CASE("Whoever is no charge point is told without an identity", "[refusals]") {
    running_gateway gw(with_desk());
    http_client scanner(gw.port());
    CHECK(scanner.get("/wp-admin/setup.php?password=x").status == 404);
    const auto refusal = only(gw);
    CHECK(refusal.at("reason") == "path");
    CHECK(refusal.at("path") == "/wp-admin/setup.php");
    CHECK(refusal.at("chargePointId").is_null());
}

TEST_CASE("What is no charge point's path names none where charge points have the root", "[refusals]") {
    running_gateway gw(with_desk([](config& c) { c.server.path = "/"; }));
    CHECK(try_connect(gw.port(), "/health/ready").response.status == 404);
    const auto refusal = only(gw, "?reason=path");
    CHECK(refusal.at("path") == "/health/ready");
    CHECK(refusal.at("chargePointId").is_null());
    connect_options options;
    options.subprotocols = {"soap"};
    CHECK(try_connect(gw.port(), "/CP-1", options).response.status == 400);
    require_reason(only(gw, "?chargePointId=CP-1"), "subprotocol", "CP-1");
}

TEST_CASE("A charge point on the wrong listener, or on a wrong path of one for all, is told", "[refusals]") {
    running_gateway gw(with_desk([](config& c) {
        c.server.serve = served::all;
        c.api.tokens = {};
    }));
    CHECK(try_connect(gw->ports()[1], "/ocpp/CP-1").response.status == 404);
    require_reason(only(gw, "?chargePointId=CP-1"), "not_served", "CP-1");
    CHECK(try_connect(gw.port(), "/CP-2").response.status == 404);
    require_reason(only(gw, "?chargePointId=CP-2"), "path", "CP-2");
}

TEST_CASE("The query of refusals is checked", "[refusals]") {
    running_gateway gw;
    http_client http(gw.port());
    for (const auto* query : {"?reason=bad_weather", "?limit=0", "?limit=1001", "?after=x", "?x=1"})
        CHECK(http.get("/api/v1/refusals" + std::string(query)).status == 400);
}

TEST_CASE("At level debug accepted handshakes are told, at level trace frames without their secrets", "[refusals]") {
    log_lines log;
    running_gateway gw({}, log.at(severity::trace));
    auto cp = gw.connect("CP-1");
    cp.boot();
    CHECK(log.with("a handshake was accepted") == 1);
    CHECK(log.with("BootNotification") == 1);
    auto change = gw.send("CP-1", "ChangeConfiguration", {{"key", "AuthorizationKey"}, {"value", "0123456789abcdef"}});
    const auto call = cp.expect_call("ChangeConfiguration");
    call.answer({{"status", "Accepted"}});
    static_cast<void>(change.get());
    CHECK(log.with("ChangeConfiguration") >= 1);
    CHECK(log.with("0123456789abcdef") == 0);
}

TEST_CASE("At level info nothing is said of frames", "[refusals]") {
    log_lines log;
    running_gateway gw({}, log.at(severity::info));
    auto cp = gw.connect("CP-1");
    cp.boot();
    CHECK(log.with("frame") == 0);
    CHECK(log.with("a handshake was accepted") == 0);
}
