// Requests that come through balancers which end TLS and say in a header whose they are.
#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "security/credentials.hpp"
#include "support/basic_auth.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <string>
#include <utility>

using namespace voltgate;
using namespace voltgate::test;
using header = server_config::forwarded_header;

namespace {

const std::string password = "correct-Horse-battery-9";

/// The first listener is behind a balancer on 127.0.0.1, the second is for everybody.
running_gateway::configure behind_balancer(header form, running_gateway::configure more = {}) {
    return [form, more = std::move(more)](config& c) {
        c.server.forwarded = form;
        c.server.trusted_proxies = {"127.0.0.1/32"};
        c.server.tls_at_proxy = true;
        c.server.security_profile = 1;
        c.server.serve = server_config::served::charge_points;
        charge_point_config known;
        known.pattern = "*";
        known.password = hash_password(password, this_machine().random());
        c.charge_points = {known};
        c.listeners = {{}};
        if (more) more(c);
    };
}

connect_options as(const std::string& id, const header_list& headers) {
    auto options = with_password(id, password);
    options.headers.insert(options.headers.end(), headers.begin(), headers.end());
    return options;
}

header_list x_forwarded(const std::string& addresses, const std::string& scheme) {
    return {{"X-Forwarded-For", addresses}, {"X-Forwarded-Proto", scheme}};
}

json::value refusals(running_gateway& gw) {
    return http_client(gw->ports().at(1)).get("/api/v1/refusals").json().at("items");
}

std::string remote_of(running_gateway& gw, const std::string& id) {
    return text_at(http_client(gw->ports().at(1)).get("/connections").json(), "/connections/" + id + "/remote_addr");
}

int seen_profile(running_gateway& gw, const std::string& id) {
    const auto body = http_client(gw->ports().at(1)).get("/api/v1/charge-points/" + id + "/credentials").json();
    return static_cast<int>(body.at("seenProfile").as_int64());
}

}  // namespace

TEST_CASE("A charge point behind a balancer has the address and the profile that its header tells", "[forwarded]") {
    const bool is_list = GENERATE(true, false);
    running_gateway gw(behind_balancer(is_list ? header::x_forwarded_for : header::forwarded));
    const auto headers = [&](const std::string& scheme) {
        if (is_list) return x_forwarded("203.0.113.9, 192.0.2.7", scheme);
        return header_list{{"Forwarded", "for=203.0.113.9;proto=https"},
                           {"Forwarded", "for=192.0.2.7;proto=" + scheme}};
    };
    auto safe = gw.connect("CP-1", as("CP-1", headers("https")));
    auto plain = gw.connect("CP-2", as("CP-2", headers("http")));
    CHECK(remote_of(gw, "CP-1") == "192.0.2.7");
    CHECK(seen_profile(gw, "CP-1") == 2);
    CHECK(seen_profile(gw, "CP-2") == 1);
    safe.heartbeat();
    plain.heartbeat();
}

TEST_CASE("A charge point that came through TLS does not come without it any more", "[forwarded]") {
    running_gateway gw(behind_balancer(header::x_forwarded_for));
    gw.connect("CP-1", as("CP-1", x_forwarded("192.0.2.7", "https"))).close();
    gw.expect_disconnect("CP-1");
    CHECK(try_connect(gw.port(), "/ocpp/CP-1", as("CP-1", x_forwarded("192.0.2.7", "http"))).response.status == 403);
    const auto all = refusals(gw).as_array();
    REQUIRE(all.size() == 1);
    CHECK(all[0].at("reason") == "security_profile");
    CHECK(all[0].at("remoteAddress") == "192.0.2.7");
    // The profile is forgotten alone: the password counts as before.
    http_client http(gw->ports().at(1));
    const std::string path = "/api/v1/charge-points/CP-1/credentials/seen-profile";
    CHECK(http.del(path).status == 204);
    CHECK(http.del(path).status == 404);
    CHECK(seen_profile(gw, "CP-1") == 0);
    CHECK(try_connect(gw.port(), "/ocpp/CP-1", as("CP-1", x_forwarded("192.0.2.7", "http"))).upgraded());
}

TEST_CASE("Headers are believed of the named balancers alone, and in the named form alone", "[forwarded]") {
    running_gateway gw(behind_balancer(GENERATE(header::x_forwarded_for, header::none), [](config& c) {
        if (c.server.forwarded == header::none) c.server.trusted_proxies = {};
        if (c.server.forwarded == header::none) c.server.tls_at_proxy = false;
    }));
    auto options = as("CP-1", x_forwarded("192.0.2.7", "https"));
    options.tcp.source_address = "127.0.0.2";
    auto cp = gw.connect("CP-1", options);
    CHECK(remote_of(gw, "CP-1").starts_with("127.0.0.2:"));
    CHECK(seen_profile(gw, "CP-1") == 1);
    auto other = gw.connect("CP-2", as("CP-2", {{"Forwarded", "for=192.0.2.7;proto=https"}}));
    CHECK(remote_of(gw, "CP-2").starts_with("127.0.0.1:"));
    CHECK(seen_profile(gw, "CP-2") == 1);
}

TEST_CASE("A header never vouches for profile 3", "[forwarded]") {
    running_gateway gw(behind_balancer(header::x_forwarded_for, [](config& c) {
        charge_point_config strong;
        strong.pattern = "CP-3";
        strong.security_profile = 3;
        c.charge_points.push_back(strong);
    }));
    CHECK(try_connect(gw.port(), "/ocpp/CP-3", as("CP-3", x_forwarded("192.0.2.7", "https"))).response.status == 403);
}

TEST_CASE("The limits per address are those of the address in the header", "[forwarded][limits]") {
    running_gateway gw(
        behind_balancer(header::x_forwarded_for, [](config& c) { c.limits.connections_per_address = 1; }));
    const auto of = [](const std::string& id, const std::string& address) {
        return as(id, x_forwarded(address, "https"));
    };
    charge_point first(gw.port(), "CP-1", of("CP-1", "192.0.2.1")), second(gw.port(), "CP-2", of("CP-2", "192.0.2.2"));
    first.heartbeat();
    second.heartbeat();
    const auto again = try_connect(gw.port(), "/ocpp/CP-3", of("CP-3", "192.0.2.1")).response;
    CHECK(again.status == 429);
    CHECK(again.has_header("Retry-After"));
    const auto all = refusals(gw).as_array();
    REQUIRE(all.size() == 1);
    CHECK(all[0].at("chargePointId") == "CP-3");
    CHECK(all[0].at("remoteAddress") == "192.0.2.1");
}

TEST_CASE("Each request of a kept connection has the address of its own header", "[forwarded]") {
    running_gateway gw(behind_balancer(header::x_forwarded_for));
    http_client http(gw.port());
    for (const auto* address : {"192.0.2.1", "192.0.2.2"})
        CHECK(http.get("/health/ready", {{"X-Forwarded-For", address}}).status == 200);
    CHECK(http.connections() == 1);
    CHECK(http.get("/nothing", {{"X-Forwarded-For", "192.0.2.3"}}).status == 404);
    const auto all = refusals(gw).as_array();
    REQUIRE(all.size() == 1);
    CHECK(all[0].at("remoteAddress") == "192.0.2.3");
}
