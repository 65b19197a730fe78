// Several listeners of one gateway, each with its own purpose and security profile.
#include "support/http_client.hpp"
#include "support/tls_site.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <string>

using namespace voltgate;
using namespace voltgate::test;
using Catch::Matchers::ContainsSubstring;
using served = server_config::served;

namespace {

listener_config on(int profile, served what, bool tls = false) {
    listener_config l;
    l.security_profile = static_cast<std::uint8_t>(profile);
    l.serve = what;
    l.tls = tls;
    return l;
}

}  // namespace

TEST_CASE("Listeners of different profiles serve side by side", "[listeners]") {
    tls_site site;
    running_gateway gw(site.with_profile(0, [](config& c) {
        c.server.io_threads = 2;
        c.listeners = {on(2, served::charge_points), on(3, served::charge_points), on(0, served::api, true)};
    }));
    const auto ports = gw->ports();
    REQUIRE(ports.size() == 4);
    CHECK(ports[0] == gw.port());
    auto plain = gw.connect("CP-0");
    charge_point second(ports[1], "CP-2", through(site.client()));
    charge_point third(ports[2], "CP-3", through(site.client(tls_version::v12, site.client_ca.issue())));
    http_client https(ports[3], tcp_through(site.client()));
    second.heartbeat();
    third.heartbeat();
    plain.heartbeat();
    CHECK(at(https.get("/connections").json(), "/total_connections") == 3);
    CHECK_THROWS_AS(charge_point(ports[2], "CP-4", through(site.client())), unexpected);
}

TEST_CASE("What a listener does not serve is not found there", "[listeners]") {
    running_gateway gw([](config& c) {
        c.server.serve = served::charge_points;
        c.listeners = {on(0, served::api)};
    });
    const auto ports = gw->ports();
    auto cp = gw.connect("CP-1");
    http_client on_first(ports[0]), on_second(ports[1]);
    for (const auto* path : {"/health", "/metrics", "/api/v1/charge-points", "/nothing"}) {
        const auto answer = on_first.get(path);
        CHECK(answer.status == 404);
        CHECK(answer.header("Content-Type") == "application/problem+json");
    }
    CHECK(on_second.get("/health").status == 200);
    CHECK(try_connect(ports[1], "/ocpp/CP-2").response.status == 404);
    cp.heartbeat();
}

TEST_CASE("A listener for charge points alone tells balancers whether it is ready", "[listeners]") {
    running_gateway gw([](config& c) {
        c.server.serve = served::charge_points;
        auto& token = c.api.tokens.emplace_back();
        token.name = "console";
        token.sha256 = std::string(64, '0');
    });
    http_client http(gw.port());
    const auto answer = http.get("/health/ready");
    CHECK(answer.status == 200);
    CHECK(answer.json().at("status") == "ready");
    CHECK(http.head("/health/ready").status == 200);
    for (const auto* path : {"/health", "/health/live", "/health/ready/"}) CHECK(http.get(path).status == 404);
}

TEST_CASE("Charge points that know host and port alone connect below /", "[listeners]") {
    running_gateway gw([](config& c) {
        c.server.path = "/";
        c.server.serve = served::charge_points;
        c.listeners = {on(0, served::api)};
    });
    connect_options options;
    options.path.clear();
    for (const auto* id : {"CP-1", "health", "metrics", "connections"}) {
        charge_point cp(gw.port(), id, options);
        cp.heartbeat();
    }
    CHECK(http_client(gw.port()).get("/health/ready").status == 200);
    CHECK(try_connect(gw.port(), "/").response.status == 400);
    const auto deep = try_connect(gw.port(), "/ocpp/CP-1").response;
    CHECK(deep.status == 404);
    CHECK_THAT(deep.body, ContainsSubstring("connect to /{charge point id}"));
    http_client desk(gw->ports()[1]);
    for (const auto* path : {"/health", "/metrics", "/connections", "/api/v1/charge-points/CP-1"})
        CHECK(desk.get(path).status == 200);
    CHECK(desk.get("/CP-1").status == 404);
    CHECK(try_connect(gw->ports()[1], "/CP-1").response.status == 404);
}

TEST_CASE("Listeners stop together", "[listeners]") {
    running_gateway gw([](config& c) { c.listeners = {on(0, served::all)}; });
    const auto ports = gw->ports();
    charge_point first(ports[0], "CP-1"), second(ports[1], "CP-2");
    first.heartbeat();
    second.heartbeat();
    gw.begin_stop();
    CHECK(first.expect_close() == 1001);
    CHECK(second.expect_close() == 1001);
    gw.stop();
    for (const auto port : ports) CHECK_THROWS_AS(http_client(port).get("/health"), unexpected);
}

TEST_CASE("A port that is taken is named with the listener that wants it", "[listeners]") {
    running_gateway other;
    voltgate::config c;
    c.server.port = 0;
    c.log.level = log_config::severity::off;
    c.journal.enabled = false;
    c.listeners = {on(0, served::all)};
    c.listeners[0].port = other.port();
    gateway gw(c);
    std::string detail;
    CHECK(gw.start(&detail) == errc::address_in_use);
    CHECK_THAT(detail, ContainsSubstring("listener[0].port"));
}
