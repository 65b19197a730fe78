// How many connections there may be, of all and of one address, and how fast they may come.
#include "support/http_client.hpp"
#include "support/manual_clock.hpp"
#include "support/metric.hpp"
#include "support/running_gateway.hpp"
#include "support/tls_site.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <chrono>
#include <memory>
#include <string>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

tcp_options from(const std::string& address) {
    tcp_options options;
    options.source_address = address;
    return options;
}

connect_options connecting_from(const std::string& address) {
    connect_options options;
    options.tcp = from(address);
    return options;
}

http_response try_from(running_gateway& gw, const std::string& address) {
    return try_connect(gw.port(), "/ocpp/CP-X", connecting_from(address)).response;
}

/// Asked from an address that no test limits.
std::uint64_t refused(running_gateway& gw, const std::string& reason) {
    return metric(gw.port(), "gateway_connections_refused_total{reason=\"" + reason + "\"}", from("127.0.0.99"));
}

bool says_when_to_come_back(const http_response& r) {
    const int seconds = std::stoi(r.header("Retry-After"));
    return seconds >= 30 && seconds <= 60 && r.header("Content-Type") == "application/problem+json";
}

}  // namespace

TEST_CASE("Connections beyond the bound are answered 503 until others have ended", "[limits]") {
    running_gateway gw(io_threads(GENERATE(1, 3), [](config& c) { c.limits.connections = 2; }));
    auto first = gw.connect("CP-1");
    auto second = gw.connect("CP-2");
    const auto refusal = try_from(gw, "127.0.0.1");
    CHECK(refusal.status == 503);
    CHECK(says_when_to_come_back(refusal));
    CHECK(http_client(gw.port()).get("/health").status == 503);
    second.heartbeat();
    first.close();
    eventually([&] { return try_from(gw, "127.0.0.1").status == 101; }, "a place is free again");
    second.close();
    http_response metrics;
    eventually([&] { return (metrics = http_client(gw.port()).get("/metrics")).status == 200; }, "another one is");
    CHECK(metric_in(metrics.body, "gateway_connections_refused_total{reason=\"connections\"}") >= 2);
    CHECK(metric_in(metrics.body, "gateway_connections_total{result=\"over_limit\"}") >= 1);
}

TEST_CASE("Who is only being told no takes no place", "[limits]") {
    running_gateway gw([](config& c) { c.limits.connections = 2; });
    auto first = gw.connect("CP-1");
    auto second = gw.connect("CP-2");
    http_client silent(gw.port()), too(gw.port());
    for (auto* http : {&silent, &too}) http->send_bytes("");
    CHECK(try_from(gw, "127.0.0.1").status == 503);  // the silent ones were before it
    first.close();
    eventually([&] { return try_from(gw, "127.0.0.1").status == 101; }, "the place is free again");
    second.heartbeat();
}

TEST_CASE("An address has its bound, charge points and callers together, and no other pays for it", "[limits]") {
    running_gateway gw(io_threads(GENERATE(1, 3), [](config& c) { c.limits.connections_per_address = 2; }));
    auto first = gw.connect("CP-1");
    auto second = gw.connect("CP-2");
    const auto refusal = try_from(gw, "127.0.0.1");
    CHECK(refusal.status == 429);
    CHECK(says_when_to_come_back(refusal));
    CHECK(http_client(gw.port()).get("/health").status == 429);
    CHECK(try_from(gw, "127.0.0.2").status == 101);
    CHECK(refused(gw, "connections_per_address") == 2);
    first.close();
    eventually([&] { return try_from(gw, "127.0.0.1").status == 101; }, "a place is free again");
    second.heartbeat();
}

TEST_CASE("New connections of one address are bounded once its burst is used up", "[limits]") {
    const auto clock = std::make_shared<manual_clock>();
    running_gateway gw(
        [](config& c) {
            c.limits.connection_rate_per_address = 1;
            c.limits.connection_burst_per_address = 3;
        },
        {}, clock);
    for (int i = 0; i < 3; ++i) CHECK(try_from(gw, "127.0.0.1").status == 101);
    const auto refusal = try_from(gw, "127.0.0.1");
    CHECK(refusal.status == 429);
    CHECK(says_when_to_come_back(refusal));
    CHECK(try_from(gw, "127.0.0.2").status == 101);
    CHECK(refused(gw, "connection_rate_per_address") == 1);
    clock->advance(1s);
    CHECK(try_from(gw, "127.0.0.1").status == 101);
    CHECK(try_from(gw, "127.0.0.1").status == 429);
}

TEST_CASE("New connections are bounded in all", "[limits]") {
    const auto clock = std::make_shared<manual_clock>();
    running_gateway gw([](config& c) { c.limits.connection_rate = 2; }, {}, clock);
    CHECK(try_from(gw, "127.0.0.1").status == 101);
    CHECK(try_from(gw, "127.0.0.2").status == 101);
    const auto refusal = try_from(gw, "127.0.0.3");
    CHECK(refusal.status == 503);
    CHECK(says_when_to_come_back(refusal));
    clock->advance(1s);
    CHECK(try_from(gw, "127.0.0.3").status == 101);
    CHECK(refused(gw, "connection_rate") == 1);
}

TEST_CASE("A connection that comes too fast is spared its handshake, one too many is told", "[limits]") {
    tls_site site;
    const auto clock = std::make_shared<manual_clock>();
    const auto client = site.client();
    SECTION("too fast") {
        running_gateway gw(site.with_profile(2, [](config& c) { c.limits.connection_rate = 1; }), {}, clock);
        auto cp = gw.connect("CP-1", through(client));
        CHECK_THROWS_AS(http_client(gw.port(), tcp_through(client)).get("/health"), unexpected);
        clock->advance(1s);
        CHECK(metric(gw.port(), "gateway_connections_refused_total{reason=\"connection_rate\"}", tcp_through(client)) ==
              1);
        cp.heartbeat();
    }
    SECTION("too many") {
        running_gateway gw(site.with_profile(2, [](config& c) { c.limits.connections_per_address = 1; }), {}, clock);
        auto cp = gw.connect("CP-1", through(client));
        CHECK(http_client(gw.port(), tcp_through(client)).get("/health").status == 429);
        cp.heartbeat();
    }
}

TEST_CASE("A caller that does not take its answers is given up", "[limits]") {
    running_gateway gw([](config& c) {
        c.http.request_timeout = 100ms;
        c.limits.connections_per_address = 1;
    });
    auto options = from("127.0.0.2");
    options.receive_buffer = 4096;
    http_client http(gw.port(), options);
    std::string requests;
    for (int i = 0; i < 400; ++i) requests += "GET /api/v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n";
    http.send_bytes(requests);
    eventually([&] { return try_from(gw, "127.0.0.2").status == 101; }, "its connection has ended");
}
