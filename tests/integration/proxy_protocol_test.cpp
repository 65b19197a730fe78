// Connections that come through balancers, which say in a PROXY header whose they are.
#include "support/proxy_protocol.hpp"

#include "support/http_client.hpp"
#include "support/metric.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"
#include "support/tls_site.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <chrono>
#include <fstream>
#include <sstream>
#include <string>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::StartsWith;

namespace {

/// The first listener is behind a balancer on 127.0.0.1, the second is for everybody.
running_gateway::configure behind_balancer(running_gateway::configure more = {}) {
    return [more = std::move(more)](config& c) {
        c.server.proxy_protocol = true;
        c.server.trusted_proxies = {"127.0.0.1/32", "10.0.0.0/8"};
        c.listeners = {{}};
        c.listeners[0].serve = server_config::served::all;
        if (more) more(c);
    };
}

connect_options for_peer(std::string_view address, std::uint16_t port = 50'000) {
    connect_options options;
    options.tcp.preamble = proxied_for(address, port);
    return options;
}

std::uint16_t open_port(running_gateway& gw) { return gw->ports().at(1); }

std::uint64_t refused(running_gateway& gw, const std::string& reason) {
    return metric(open_port(gw), "gateway_connections_refused_total{reason=\"" + reason + "\"}");
}

std::string remote_of(running_gateway& gw, const std::string& id) {
    return text_at(http_client(open_port(gw)).get("/connections").json(), "/connections/" + id + "/remote_addr");
}

constexpr std::string_view health = "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

}  // namespace

TEST_CASE("A charge point behind a balancer is known by its own address", "[proxy]") {
    running_gateway gw(io_threads(GENERATE(1, 3), behind_balancer()));
    charge_point v4(gw.port(), "CP-4", for_peer("192.0.2.7"));
    charge_point v6(gw.port(), "CP-6", for_peer("2001:db8::7"));
    v4.boot();
    v6.boot();
    CHECK(remote_of(gw, "CP-4") == "192.0.2.7:50000");
    CHECK(remote_of(gw, "CP-6") == "[2001:db8::7]:50000");
    const auto connected = gw.expect_event(event_type::charge_point_connected, "CP-4");
    CHECK(connected.payload.at("remoteAddress") == "192.0.2.7:50000");
}

TEST_CASE("The header may be of version 1", "[proxy]") {
    running_gateway gw(behind_balancer());
    connect_options options;
    options.tcp.preamble = "PROXY TCP4 192.0.2.7 192.0.2.1 50000 443\r\n";
    charge_point cp(gw.port(), "CP-1", options);
    cp.boot();
    CHECK(remote_of(gw, "CP-1") == "192.0.2.7:50000");
}

TEST_CASE("A header of version 1 stands before TLS", "[proxy]") {
    tls_site site;
    running_gateway gw(site.with_profile(2, behind_balancer()));
    auto options = through(site.client());
    options.tcp.preamble = "PROXY TCP6 2001:db8::7 2001:db8::1 50000 443\r\n";
    charge_point cp(gw.port(), "CP-1", options);
    cp.boot();
    CHECK(remote_of(gw, "CP-1") == "[2001:db8::7]:50000");
}

TEST_CASE("The header stands before TLS", "[proxy]") {
    tls_site site;
    running_gateway gw(site.with_profile(2, behind_balancer()));
    auto options = through(site.client());
    options.tcp.preamble = proxied_for("192.0.2.7", 50'000, std::string(300, 'x'));
    charge_point cp(gw.port(), "CP-1", options);
    cp.boot();
    CHECK(remote_of(gw, "CP-1") == "192.0.2.7:50000");
    CHECK_THROWS_AS(charge_point(gw.port(), "CP-2", through(site.client())), unexpected);
    CHECK(refused(gw, "proxy_header") == 1);
}

TEST_CASE("The header may come in pieces, and together with the request", "[proxy]") {
    running_gateway gw(behind_balancer());
    http_client http(gw.port());
    const std::string all = proxied_for("192.0.2.7", 50'000, "extension") + std::string(health);
    SECTION("in pieces") {
        for (const char c : all) http.send_bytes(std::string(1, c));
    }
    SECTION("at once") { http.send_bytes(all); }
    CHECK(http.read_answer().status == 200);
}

TEST_CASE("What is done through a balancer is noted with the caller's address", "[proxy]") {
    temporary_directory directory;
    const auto file = directory.file("audit.log");
    {
        running_gateway gw(behind_balancer([&](config& c) { c.api.audit_file = file; }));
        http_client http(gw.port(), for_peer("192.0.2.8").tcp);
        CHECK(http.post("/api/v1/charge-points/CP-1/commands",
                        json::object{{"commandName", "ClearCache"}, {"payload", json::object()}})
                  .status == 404);
    }
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    CHECK_THAT(text.str(), ContainsSubstring("\"192.0.2.8:50000\""));
}

TEST_CASE("The limits per address are those of the address in the header", "[proxy]") {
    running_gateway gw(behind_balancer([](config& c) { c.limits.connections_per_address = 1; }));
    charge_point first(gw.port(), "CP-1", for_peer("192.0.2.1"));
    charge_point second(gw.port(), "CP-2", for_peer("192.0.2.2"));
    first.heartbeat();
    second.heartbeat();
    const auto again = try_connect(gw.port(), "/ocpp/CP-3", for_peer("192.0.2.1", 50'001)).response;
    CHECK(again.status == 429);
    CHECK(again.has_header("Retry-After"));
    CHECK(refused(gw, "connections_per_address") == 1);
}

TEST_CASE("A balancer may ask for itself", "[proxy]") {
    running_gateway gw(behind_balancer());
    http_client http(gw.port());
    http.send_bytes(proxy_itself() + std::string(health));
    CHECK(http.read_answer().status == 200);
}

TEST_CASE("A connection that is not from a trusted balancer is closed unread", "[proxy]") {
    running_gateway gw(behind_balancer());
    auto options = for_peer("192.0.2.7");
    options.tcp.source_address = "127.0.0.2";
    CHECK_THROWS_AS(charge_point(gw.port(), "CP-1", options), unexpected);
    CHECK(refused(gw, "untrusted_proxy") == 1);
    CHECK(refused(gw, "proxy_header") == 0);
}

TEST_CASE("A connection without a usable header is closed without an answer", "[proxy]") {
    running_gateway gw(behind_balancer());
    const auto whole = proxied_for("192.0.2.7", 50'000);
    http_client http(gw.port());
    SECTION("version 1, broken") { http.send_bytes("PROXY TCP4 192.0.2.7\r\n" + std::string(health)); }
    SECTION("none") { http.send_bytes(health); }
    SECTION("broken") { http.send_bytes(proxy_header_of(0x21, 0x11, "short") + std::string(health)); }
    SECTION("of a length that nobody needs") {
        http.send_bytes(proxy_header_of(0x21, 0x11, std::string(65'535, 'x')).substr(0, 16));
    }
    SECTION("cut off") {
        http.send_bytes(whole.substr(0, 20));
        http.shutdown_send();
    }
    CHECK(http.expect_end().empty());
    CHECK(refused(gw, "proxy_header") == 1);
    charge_point cp(gw.port(), "CP-1", for_peer("192.0.2.7"));
    cp.heartbeat();
}

TEST_CASE("A header that does not come in time ends the connection", "[proxy]") {
    running_gateway gw(behind_balancer([](config& c) { c.server.proxy_timeout = 100ms; }));
    http_client http(gw.port());
    SECTION("not a byte") { http.send_bytes(""); }
    SECTION("not all of it") { http.send_bytes(proxied_for("192.0.2.7", 50'000).substr(0, 27)); }
    CHECK(http.expect_end().empty());
    CHECK(refused(gw, "proxy_timeout") == 1);
}

TEST_CASE("A balancer's checks are no intrusion: they only connect, or speak for themselves, and reset", "[proxy]") {
    running_gateway gw(behind_balancer([](config& c) {
        c.limits.connection_rate_per_address = 1;
        c.limits.connection_burst_per_address = 3;
    }));
    for (int i = 0; i < 10; ++i) tcp_connection(gw.port(), {}, deadline()).reset();
    for (int i = 0; i < 10; ++i) {
        tcp_connection check(gw.port(), {}, deadline());
        check.send(proxy_itself(), deadline());
        check.reset();
    }
    charge_point cp(gw.port(), "CP-1", for_peer("192.0.2.7"));
    cp.heartbeat();
    tcp_options elsewhere;
    elsewhere.source_address = "127.0.0.3";
    http_client http(open_port(gw), elsewhere);
    CHECK(http.get("/api/v1/refusals").json().at("items").as_array().empty());
}

TEST_CASE("A balancer's probe that only connects is not counted", "[proxy]") {
    running_gateway gw(behind_balancer());
    http_client http(gw.port());
    http.send_bytes("");
    http.shutdown_send();
    CHECK(http.expect_end().empty());
    for (const auto* reason : {"proxy_header", "proxy_timeout", "untrusted_proxy"}) CHECK(refused(gw, reason) == 0);
}

TEST_CASE("A listener without proxy_protocol believes no header", "[proxy]") {
    running_gateway gw(behind_balancer());
    http_client http(open_port(gw));
    http.send_bytes(proxied_for("192.0.2.7", 50'000) + std::string(health));
    CHECK_THAT(http.expect_end(), StartsWith("HTTP/1.1 400 "));
}

TEST_CASE("A gateway that waits for headers stops at once", "[proxy]") {
    running_gateway gw(behind_balancer());
    http_client http(gw.port());
    http.send_bytes(proxied_for("192.0.2.7", 50'000).substr(0, 5));
    gw.stop();
    CHECK(http.expect_end().empty());
}
