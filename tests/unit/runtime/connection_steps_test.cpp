// HTTP connections step by step, without a network: requests, refusals, upgrades and ends, and that all of it may be
// destroyed at any step.
#include "support/proxy_protocol.hpp"
#include "support/stepped_gateway.hpp"
#include "support/websocket_frame.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::EndsWith;
using Catch::Matchers::StartsWith;

namespace {

constexpr std::string_view health = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
constexpr std::string_view stream = "GET /api/v1/events/stream HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// Anybody may connect as a charge point, with or without a password.
void open_to_all(config& c) { c.security.unknown_charge_points = security_config::unknown_answer::accept; }

/// The text of the one frame in it, behind the head of an upgrade's answer if that is there.
std::string text_in(std::string bytes) {
    if (bytes.starts_with("HTTP/")) bytes.erase(0, bytes.find("\r\n\r\n") + 4);
    const auto f = take_frame(bytes);
    return f && bytes.empty() ? f->payload : "?";
}

std::string heartbeat(int id) {
    return encode_frame(opcode::text, "[2,\"" + std::to_string(id) + "\",\"Heartbeat\",{}]");
}

constexpr const char* heartbeat_answer = R"([3,"1",{"currentTime":"2026-01-02T03:04:05Z"}])";

}  // namespace

TEST_CASE("Requests of one connection are answered one after the other", "[http]") {
    stepped_gateway g;
    auto client = g.connect();
    g.run();
    CHECK(g.server().connections() == 1);
    client.say(health);
    g.run();
    CHECK_THAT(client.heard(), StartsWith("HTTP/1.1 200 OK\r\n") && ContainsSubstring(R"("status":"healthy")"));
    client.say(std::string(health.substr(0, 20)));
    g.run();
    CHECK(client.heard().empty());
    client.say(std::string(health.substr(20)) +
               "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    g.run();
    CHECK_THAT(client.heard(), ContainsSubstring(R"("healthy")") && ContainsSubstring("Connection: close") &&
                                   EndsWith(R"({"status":"alive"}(end))"));
    CHECK(g.server().connections() == 1);  // it reads out what may still come
    client.finish();
    g.run();
    CHECK(g.server().connections() == 0);
}

TEST_CASE("An answer that is larger than what is on its way arrives whole", "[http]") {
    stepped_gateway g({}, 100);
    auto client = g.connect();
    client.say(health);
    std::string answer;
    for (int i = 0; i < 100; ++i) {
        g.run();
        answer += client.heard();
    }
    CHECK_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n") && EndsWith("}}"));
}

TEST_CASE("A peer that hangs up in the middle of a request is told nothing", "[http]") {
    stepped_gateway g;
    auto client = g.connect();
    client.say(health.substr(0, 20));
    g.run();
    CHECK(g.server().connections() == 1);
    SECTION("without a word") { client.hang_up(); }
    SECTION("in good order") { client.finish(); }
    g.run();
    CHECK(g.server().connections() == 0);
}

TEST_CASE("A request that does not come whole in time is refused, and waited for no longer", "[http]") {
    stepped_gateway g;
    auto client = g.connect();
    client.say(health.substr(0, 20));
    g.run();
    g.advance(g.core().settings().http.request_timeout - 1s);
    CHECK(client.heard().empty());
    g.advance(2s);
    CHECK_THAT(client.heard(), StartsWith("HTTP/1.1 408 ") && EndsWith("(end)"));
    CHECK(g.server().connections() == 1);
    g.advance(3s);
    CHECK(g.server().connections() == 0);
}

TEST_CASE("A connection that asks for nothing is closed in time", "[http]") {
    stepped_gateway g;
    auto client = g.connect();
    g.run();
    g.advance(g.core().settings().http.idle_timeout + 1s);
    CHECK(client.heard() == "(end)");
    CHECK(g.server().connections() == 0);
}

TEST_CASE("One connection too many is told so, and takes nobody's place", "[http]") {
    stepped_gateway g([](config& c) { c.limits.connections = 1; });
    auto client = g.connect();
    auto second = g.connect("192.0.2.2");
    g.run();
    second.say(health);
    g.run();
    CHECK_THAT(second.heard(), StartsWith("HTTP/1.1 503 ") && ContainsSubstring("Retry-After: ") && EndsWith("(end)"));
    CHECK(g.server().admission().refusals() == 1);
    second.hang_up();
    g.run();
    CHECK(g.server().admission().refusals() == 0);
    client.say(health);
    g.run();
    CHECK_THAT(client.heard(), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST_CASE("An upgraded connection is a session, with what came behind its request", "[http]") {
    stepped_gateway g(open_to_all);
    auto client = g.connect();
    SECTION("behind its answer") {
        client.ask_for_upgrade();
        g.run();
        CHECK_THAT(client.heard(), StartsWith("HTTP/1.1 101 "));
        client.say(heartbeat(1));
    }
    SECTION("together with the request") {
        client.ask_for_upgrade();
        client.say(heartbeat(1));
    }
    g.run();
    CHECK(text_in(client.heard()) == heartbeat_answer);
    CHECK(g.core().stations().live_sessions() == 1);
    CHECK(g.server().connections() == 0);
    client.hang_up();
    g.run();
    CHECK(g.core().stations().live_sessions() == 0);
}

TEST_CASE("Wrong credentials are told late, whatever else comes", "[http]") {
    stepped_gateway g([](config& c) { c.server.security_profile = 1; });
    auto client = g.connect();
    client.ask_for_upgrade();
    client.say(heartbeat(1));
    g.run();
    client.say(heartbeat(2));
    g.run();
    g.advance(g.core().settings().security.failure_delay - 100ms);
    CHECK(client.heard().empty());
    g.advance(200ms);
    CHECK_THAT(client.heard(), StartsWith("HTTP/1.1 401 ") && EndsWith("(end)"));
}

TEST_CASE("A client that has gone is not waited for to be told of wrong credentials", "[http]") {
    stepped_gateway g([](config& c) { c.server.security_profile = 1; });
    auto client = g.connect();
    client.ask_for_upgrade();
    g.run();
    CHECK(g.server().connections() == 1);
    client.hang_up();
    g.run();
    CHECK(g.server().connections() == 0);
}

TEST_CASE("A PROXY header says whose the connection is", "[http]") {
    stepped_gateway g([](config& c) {
        open_to_all(c);
        c.server.proxy_protocol = true;
        c.server.trusted_proxies = {"192.0.2.1"};
    });
    auto client = g.connect();
    const auto header = proxied_for("198.51.100.7", 4711);
    client.say(header.substr(0, 10));
    g.run();
    client.say(header.substr(10));
    client.ask_for_upgrade();
    g.run();
    CHECK_THAT(client.heard(), StartsWith("HTTP/1.1 101 "));
    const auto there = g.core().registry().locate("CP-1");
    REQUIRE(there.live);
    CHECK(there.live->remote_address() == "198.51.100.7:4711");
}

TEST_CASE("A live stream ends with its reader, and with the gateway", "[http]") {
    stepped_gateway g(open_to_all);
    auto reader = g.connect();
    reader.say(stream);
    g.run();
    CHECK_THAT(reader.heard(), StartsWith("HTTP/1.1 200 OK\r\n"));
    auto client = g.connect();
    client.ask_for_upgrade();
    g.run();
    CHECK_THAT(reader.heard(), ContainsSubstring("charge_point.connected"));
    SECTION("its reader goes") { reader.hang_up(); }
    SECTION("the gateway ends") { g.server().close_connections(); }
    g.run();
    CHECK(g.server().connections() == 0);
}

TEST_CASE("A gateway that goes leaves no session behind", "[http]") {
    std::weak_ptr<session> left;
    {
        stepped_gateway g(open_to_all);
        auto client = g.connect();
        client.ask_for_upgrade();
        g.run();
        left = g.core().registry().locate("CP-1").live;
        CHECK_FALSE(left.expired());
    }
    CHECK(left.expired());
}

TEST_CASE("After the end of accepting nobody is let in, and idle connections are closed", "[http]") {
    stepped_gateway g;
    auto client = g.connect();
    g.run();
    g.server().stop_accepting();
    g.run();
    auto late = g.connect();
    g.run();
    CHECK(g.server().connections() == 1);
    g.server().close_connections();
    g.run();
    CHECK(client.heard() == "(end)");
    CHECK(g.server().connections() == 0);
}

namespace {

/// As much of a gateway's life as `steps` handlers are. Whether that was all.
bool live(stepped_gateway& g, std::size_t steps) {
    std::vector<memory_client> clients;
    const auto run = [&] {
        steps -= g.run(steps);
        for (auto& c : clients) static_cast<void>(c.heard());
        return steps > 0;
    };
    const auto is_over = [&] {
        return run() && g.server().connections() == 0 && g.core().stations().live_sessions() == 0;
    };
    for (int i = 0; i < 5; ++i) clients.push_back(g.connect());
    if (!run()) return false;
    clients[0].say(health);
    clients[1].ask_for_upgrade();
    clients[1].say(heartbeat(1));
    clients[2].say(stream);
    clients[3].ask_for_upgrade("CP-2", "Authorization: Basic !\r\n");
    clients[4].say(health);  // it is one too many
    if (!run()) return false;
    clients[0].say(health.substr(0, 20));
    clients[1].say(heartbeat(2).substr(0, 7));
    if (!run()) return false;
    clients[1].say(heartbeat(2).substr(7));
    auto newer = g.connect();
    newer.ask_for_upgrade();
    clients[0].say(health.substr(20));
    if (!run()) return false;
    g.server().stop_accepting();
    g.server().close_connections();
    if (!run()) return false;
    clients.clear();
    newer.hang_up();
    return is_over();
}

}  // namespace

TEST_CASE("A gateway's connections may be destroyed at any step, with all that they wait for", "[http]") {
    bool lived = false;
    std::size_t steps = 1;
    for (; !lived && steps < 2000; ++steps) {
        stepped_gateway g([](config& c) {
            open_to_all(c);
            c.limits.connections = 4;
        });
        lived = live(g, steps);
    }
    CHECK(lived);
    CHECK(steps > 30);
}
