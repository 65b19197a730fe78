// The HTTP interface, route by route, and what it says to requests that are wrong.
#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::StartsWith;

namespace {

constexpr std::string_view commands = "/api/v1/charge-points/CP-1/commands";
const json::object accepted = {{"status", "Accepted"}};

void is_problem(const http_response& response, int status) {
    CAPTURE(response.status, response.body);
    CHECK(response.status == status);
    CHECK(response.header("Content-Type") == "application/problem+json");
    const auto body = response.json();
    CHECK(at(body, "/status") == status);
    CHECK_FALSE(text_at(body, "/title").empty());
    CHECK_FALSE(text_at(body, "/detail").empty());
}

/// POSTs a command in another thread, so that this one can play the charge point.
class posted_command {
  public:
    posted_command(std::uint16_t port, json::value body)
        : result_(std::async(std::launch::async,
                             [port, body = std::move(body)] { return http_client(port).post(commands, body); })) {}
    http_response get() { return result_.get(); }

  private:
    std::future<http_response> result_;
};

}  // namespace

TEST_CASE("The health names the node, its state and its load", "[http]") {
    running_gateway gw([](config& c) { c.node_id = "node-7"; });
    auto cp = gw.connect("CP-1");
    http_client http(gw.port());
    const auto response = http.get("/health");
    CHECK(response.status == 200);
    CHECK_THAT(response.header("Content-Type"), StartsWith("application/json"));
    const auto body = response.json();
    CHECK(at(body, "/status") == "healthy");
    CHECK(at(body, "/node_id") == "node-7");
    CHECK(at(body, "/connections") == 1);
    CHECK(number_at(body, "/uptime_s") >= 0);
    CHECK(is_utc_timestamp(text_at(body, "/timestamp")));
    CHECK_FALSE(text_at(body, "/version").empty());
    CHECK(at(body, "/components").is_object());
    CHECK(http.get("/health/live").status == 200);
    CHECK(http.get("/health/ready").status == 200);
}

TEST_CASE("The connections are listed as they come and go", "[http]") {
    running_gateway gw(io_threads(GENERATE(1, 3)));
    http_client http(gw.port());
    auto body = http.get("/connections").json();
    CHECK(at(body, "/total_connections") == 0);
    CHECK(at(body, "/connections").as_object().empty());
    auto cp = gw.connect("RDAM 123");
    body = http.get("/connections").json();
    CHECK(at(body, "/total_connections") == 1);
    CHECK(is_utc_timestamp(text_at(body, "/timestamp")));
    CHECK(is_utc_timestamp(text_at(body, "/connections/RDAM 123/connected_at")));
    CHECK(is_utc_timestamp(text_at(body, "/connections/RDAM 123/last_activity")));
    CHECK(at(body, "/connections/RDAM 123/subprotocol") == "ocpp1.6");
    CHECK_THAT(text_at(body, "/connections/RDAM 123/remote_addr"), StartsWith("127.0.0.1:"));
    cp.close();
    gw.expect_disconnect("RDAM 123");
    eventually([&] { return at(http.get("/connections").json(), "/total_connections") == 0; },
               "the connection is gone");
}

TEST_CASE("The connections come in pages that miss nobody and repeat nobody", "[http]") {
    running_gateway gw(io_threads(GENERATE(1, 3)));
    std::vector<charge_point> cps;
    for (int i = 0; i < 25; ++i) cps.push_back(gw.connect("CP-" + std::to_string(100 + i)));
    http_client http(gw.port());
    std::vector<std::string> ids;
    std::string after;
    for (int page = 0; page < 5; ++page) {
        const auto body = http.get("/connections?limit=7" + (after.empty() ? after : "&after=" + after)).json();
        CHECK(at(body, "/total_connections") == 25);
        for (const auto& entry : at(body, "/connections").as_object()) ids.emplace_back(entry.key());
        if (!has(body, "/next")) break;
        after = text_at(body, "/next");
    }
    REQUIRE(ids.size() == 25);
    for (int i = 0; i < 25; ++i) CHECK(ids[static_cast<std::size_t>(i)] == "CP-" + std::to_string(100 + i));
    for (const auto* wrong : {"?limit=0", "?limit=x", "?limit=-1", "?limit=99999999999999999999", "?colour=red"})
        is_problem(http.get(std::string("/connections") + wrong), 400);
}

TEST_CASE("The charge points are kept after they have gone", "[http]") {
    running_gateway gw;
    http_client http(gw.port());
    is_problem(http.get("/api/v1/charge-points/CP-1"), 404);
    auto cp = gw.connect("CP-1");
    CHECK(at(http.get("/api/v1/charge-points/cp-1").json(), "/connected") == true);
    cp.close();
    gw.expect_disconnect("CP-1");
    const auto gone = http.get("/api/v1/charge-points/CP-1").json();
    CHECK(at(gone, "/connected") == false);
    CHECK(at(gone, "/id") == "CP-1");
    CHECK(at(http.get("/api/v1/charge-points").json(), "/items").as_array().size() == 1);
    CHECK(at(http.get("/api/v1/charge-points?connected=true").json(), "/items").as_array().empty());
}

TEST_CASE("The messages of a charge point are shown in both directions", "[http]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    cp.send_call("Authorize", {{"idTag", "TAG-1"}}, "shown");
    cp.expect_result("shown");
    const auto items =
        at(http_client(gw.port()).get("/api/v1/charge-points/CP-1/messages").json(), "/items").as_array();
    REQUIRE(items.size() >= 2);
    const auto& answer = items[items.size() - 1];
    const auto& call = items[items.size() - 2];
    CHECK_THAT(text_at(call, "/text"), ContainsSubstring("Authorize"));
    CHECK(is_call_result(text_at(answer, "/text"), "shown"));
    CHECK(text_at(call, "/direction") != text_at(answer, "/direction"));
    CHECK(is_utc_timestamp(text_at(call, "/time")));
    CHECK(has(call, "/verdict"));
}

TEST_CASE("A command's outcome is the answer of the POST", "[http]") {
    running_gateway gw(io_threads(GENERATE(1, 3)));
    auto cp = gw.connect("CP-1");
    SECTION("a result") {
        posted_command posted(gw.port(), {{"commandName", "Reset"},
                                          {"payload", {{"type", "Soft"}}},
                                          {"commandId", "my-id"},
                                          {"traceId", "my-trace"},
                                          {"timeoutSeconds", 10}});
        const auto call = cp.expect_call("Reset");
        CHECK(call.payload == json::object({{"type", "Soft"}}));
        call.answer(accepted);
        const auto response = posted.get();
        CHECK(response.status == 200);
        CHECK(response.json() == json::value({{"commandId", "my-id"},
                                              {"commandName", "Reset"},
                                              {"chargePointId", "CP-1"},
                                              {"outcome", "result"},
                                              {"reason", "answered"},
                                              {"payload", accepted}}));
        CHECK(gw.expect_event(event_type::command_response, "CP-1").event->trace_id == "my-trace");
    }
    SECTION("a CALLERROR") {
        posted_command posted(gw.port(), {{"commandName", "ClearCache"}});
        cp.expect_call("ClearCache").error("NotSupported", "no cache", {{"a", 1}});
        const auto response = posted.get();
        CHECK(response.status == 200);
        const auto body = response.json();
        CHECK(at(body, "/outcome") == "call_error");
        CHECK(at(body, "/errorCode") == "NotSupported");
        CHECK(at(body, "/errorDescription") == "no cache");
        CHECK(at(body, "/errorDetails") == json::value({{"a", 1}}));
        CHECK_FALSE(text_at(body, "/commandId").empty());
    }
    SECTION("no answer in time") {
        posted_command posted(gw.port(), {{"commandName", "ClearCache"}, {"timeoutSeconds", 0.05}});
        cp.expect_call("ClearCache").ignore();
        const auto response = posted.get();
        CHECK(response.status == 504);
        CHECK(at(response.json(), "/outcome") == "unknown");
        CHECK(at(response.json(), "/reason") == "timeout");
        CHECK_FALSE(text_at(response.json(), "/detail").empty());
    }
}

TEST_CASE("A command that was not sent says why in its status", "[http]") {
    running_gateway gw([](config& c) { c.session.outbound_queue = 1; });
    http_client http(gw.port());
    const auto post = [&](std::string_view id, json::value body, int status, std::string_view why) {
        const auto response = http.post("/api/v1/charge-points/" + std::string(id) + "/commands", body);
        CAPTURE(response.body);
        CHECK(response.status == status);
        CHECK(at(response.json(), "/outcome") == "not_sent");
        CHECK(text_at(response.json(), "/reason") == why);
        CHECK_FALSE(text_at(response.json(), "/detail").empty());
    };
    post("CP-1", {{"commandName", "ClearCache"}}, 404, "unknown_charge_point");
    auto cp = gw.connect("CP-1");
    post("CP-1", {{"commandName", "Reset"}}, 422, "invalid_payload");
    post("CP-1", {{"commandName", "Dance"}}, 422, "invalid_payload");
    post("CP-1", {{"commandName", "ClearCache"}, {"expiresAt", "2020-01-02T03:04:05Z"}}, 410, "expired");
    auto in_flight = gw.send("CP-1", "ClearCache");
    const auto call = cp.expect_call("ClearCache");
    auto waiting = gw.send("CP-1", "ClearCache");
    post("CP-1", {{"commandName", "ClearCache"}}, 429, "queue_full");
    call.answer(accepted);
    cp.expect_call("ClearCache").answer(accepted);
    cp.close();
    gw.expect_disconnect("CP-1");
    post("CP-1", {{"commandName", "ClearCache"}}, 503, "offline");
}

TEST_CASE("A command's body that is wrong is refused before anything is sent", "[http]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    http_client http(gw.port());
    const auto* body = GENERATE(
        "", "not JSON", "[]", "{}", R"({"commandName":""})", R"({"commandName":7})",
        R"({"commandName":"ClearCache","payload":[]})", R"({"commandName":"ClearCache","payload":"{}"})",
        R"({"commandName":"ClearCache","timeoutSeconds":0})", R"({"commandName":"ClearCache","timeoutSeconds":"5"})",
        R"({"commandName":"ClearCache","timeoutSeconds":1e99})",
        R"({"commandName":"ClearCache","expiresAt":"tomorrow"})", R"({"commandName":"ClearCache","commandId":""})",
        R"({"commandName":"ClearCache","commandname":"ClearCache"})", R"({"commandName":"ClearCache"} trailing)");
    CAPTURE(body);
    is_problem(http.post_text(commands, body), 400);
    CHECK(http.get("/health").status == 200);
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("What is asked in the wrong way is refused in the right one", "[http]") {
    running_gateway gw;
    http_client http(gw.port());
    is_problem(http.get("/nothing"), 404);
    is_problem(http.get("/"), 404);
    is_problem(http.get("/api/v1/charge-points/a/b/c/d"), 404);
    const auto wrong_method = http.post("/health", json::object());
    is_problem(wrong_method, 405);
    CHECK_THAT(wrong_method.header("Allow"), ContainsSubstring("GET"));
    const auto get_command = http.get(commands);
    is_problem(get_command, 405);
    CHECK_THAT(get_command.header("Allow"), ContainsSubstring("POST"));
    is_problem(http.del("/connections"), 405);
    is_problem(http.post_text(commands, "commandName=Reset", {{"Content-Type", "application/x-www-form-urlencoded"}}),
               415);
    is_problem(http.get("/health%zz"), 400);
    const auto upgrade = http.get("/ocpp/CP-1");
    is_problem(upgrade, 426);
    CHECK(upgrade.header("Upgrade") == "websocket");
}

TEST_CASE("A body beyond its bound is refused with 413, headers beyond theirs with 431", "[http]") {
    running_gateway gw([](config& c) {
        c.http.max_body_bytes = 1024;
        c.http.max_header_bytes = 4096;
    });
    http_client http(gw.port());
    is_problem(http.post_text(commands, std::string(1025, ' ')), 413);
    http.send_bytes(
        "POST " + std::string(commands) +
        " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n401\r\n" +
        std::string(1025, ' ') + "\r\n0\r\n\r\n");
    is_problem(http.read_answer(), 413);
    is_problem(http.get("/health", {{"X-Long", std::string(5000, 'x')}}), 431);
    CHECK(http.get("/health").status == 200);
}

TEST_CASE("A body may come in chunks, or after a 100 Continue", "[http]") {
    running_gateway gw;
    http_client http(gw.port());
    const std::string head =
        "POST " + std::string(commands) + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    http.send_bytes(head + "Transfer-Encoding: chunked\r\n\r\n10\r\n{\"commandName\":\"\r\n7\r\nReset\"}\r\n0\r\n\r\n");
    CHECK(at(http.read_answer().json(), "/reason") == "unknown_charge_point");
    http.send_bytes(head + "Content-Length: 23\r\nExpect: 100-continue\r\n\r\n");
    CHECK(http.read_answer().status == 100);
    http.send_bytes(R"({"commandName":"Reset"})");
    CHECK(at(http.read_answer().json(), "/reason") == "unknown_charge_point");
}

TEST_CASE("HEAD gives what GET would, without the body", "[http]") {
    running_gateway gw;
    http_client http(gw.port());
    const auto got = http.get("/health/live");
    const auto head = http.head("/health/live");
    CHECK(head.status == 200);
    CHECK(head.body.empty());
    CHECK(head.header("Content-Length") == got.header("Content-Length"));
    CHECK(http.get("/health/live").status == 200);
    CHECK(http.connections() == 1);
}

TEST_CASE("A connection is kept for many requests, also when they come all at once", "[http]") {
    running_gateway gw;
    http_client http(gw.port());
    for (int i = 0; i < 20; ++i)
        CHECK(http.get(i % 2 == 0 ? "/health" : "/nothing").status == (i % 2 == 0 ? 200 : 404));
    CHECK(http.connections() == 1);
    std::string requests;
    for (int i = 0; i < 20; ++i) requests += "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";
    http.send_bytes(requests);
    for (int i = 0; i < 20; ++i) CHECK(http.read_answer().status == 200);
    CHECK(http.connections() == 1);
}

TEST_CASE("A connection ends where the client or its protocol says so", "[http]") {
    running_gateway gw;
    SECTION("Connection: close") {
        http_client http(gw.port());
        http.send_bytes("GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        CHECK_THAT(http.expect_end(), StartsWith("HTTP/1.1 200 "));
    }
    SECTION("HTTP/1.0") {
        http_client http(gw.port());
        http.send_bytes("GET /health/live HTTP/1.0\r\n\r\n");
        CHECK_THAT(http.expect_end(), ContainsSubstring(" 200 "));
    }
    SECTION("a half-closed connection is still answered") {
        http_client http(gw.port());
        http.send_bytes("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n");
        http.shutdown_send();
        CHECK_THAT(http.expect_end(), StartsWith("HTTP/1.1 200 "));
    }
}

TEST_CASE("A request that stalls and a connection that idles are given up", "[http]") {
    running_gateway gw([](config& c) {
        c.http.request_timeout = 100ms;
        c.http.idle_timeout = 100ms;
    });
    http_client http(gw.port());
    SECTION("in its headers") { http.send_bytes("GET /health HTTP/1.1\r\nX-Slow: "); }
    SECTION("in its body") {
        http.send_bytes("POST " + std::string(commands) +
                        " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
    }
    SECTION("before its first byte") { http.send_bytes(""); }
    const auto said = http.expect_end();
    if (!said.empty()) CHECK_THAT(said, StartsWith("HTTP/1.1 408 "));
}

TEST_CASE("A POST outlives the request timeout while its charge point thinks", "[http]") {
    running_gateway gw([](config& c) { c.http.request_timeout = 50ms; });
    auto cp = gw.connect("CP-1");
    posted_command posted(gw.port(), {{"commandName", "ClearCache"}, {"timeoutSeconds", 0.3}});
    cp.expect_call("ClearCache").ignore();
    CHECK(at(posted.get().json(), "/reason") == "timeout");
}

TEST_CASE("The metrics count what happened", "[http]") {
    running_gateway gw(io_threads(GENERATE(1, 3)));
    auto cp = gw.connect("CP-1");
    cp.boot();
    cp.call_error("Dance", {});
    auto pending = gw.send("CP-1", "ClearCache");
    cp.expect_call("ClearCache").answer(accepted);
    pending.get();
    const auto response = http_client(gw.port()).get("/metrics");
    CHECK(response.status == 200);
    CHECK_THAT(response.header("Content-Type"), StartsWith("text/plain; version=0.0.4"));
    CHECK_THAT(response.body, ContainsSubstring("gateway_active_connections{version=\"1.6\"} 1"));
    CHECK_THAT(response.body,
               ContainsSubstring("gateway_messages_received_total{action=\"BootNotification\",version=\"1.6\"} 1") ||
                   ContainsSubstring("gateway_messages_received_total{version=\"1.6\",action=\"BootNotification\"} 1"));
    CHECK_THAT(response.body, ContainsSubstring("gateway_commands_total{"));
    CHECK_THAT(response.body, ContainsSubstring("gateway_call_errors_total{"));
    CHECK_THAT(response.body, ContainsSubstring("process_resident_memory_bytes"));
    CHECK(response.body.find("CP-1") == std::string::npos);
    CHECK(response.body.find("Dance") == std::string::npos);
}

TEST_CASE("The live stream tells the events as they happen", "[http]") {
    running_gateway gw(io_threads(GENERATE(1, 3)));
    sse_reader all(gw.port());
    CHECK(all.response().status == 200);
    CHECK_THAT(all.response().header("Content-Type"), StartsWith("text/event-stream"));
    sse_reader some(gw.port(), "/api/v1/events/stream?chargePointId=cp-2&type=connector.status_changed");
    auto one = gw.connect("CP-1");
    one.status(1, "Available");
    auto two = gw.connect("CP-2");
    two.status(1, "Charging");

    const auto connected = all.next_event();
    const auto body = connected.json();
    CHECK(at(body, "/schemaVersion") == 1);
    CHECK(at(body, "/eventType") == "charge_point.connected");
    CHECK(at(body, "/chargePointId") == "CP-1");
    CHECK(at(body, "/ocppVersion") == "1.6");
    CHECK(at(body, "/gatewayId") == "node-1");
    CHECK(text_at(body, "/eventId").size() == 36);
    CHECK(is_utc_timestamp(text_at(body, "/timestamp")));
    CHECK(at(body, "/payload").is_object());
    CHECK(connected.id.empty());  // without a journal there is nothing to go on from
    CHECK(at(all.next_event().json(), "/eventType") == "connector.status_changed");
    const auto filtered = some.next_event().json();
    CHECK(at(filtered, "/chargePointId") == "CP-2");
    CHECK(at(filtered, "/payload/status") == "Charging");
}

TEST_CASE("A live stream with a wrong query is refused", "[http]") {
    running_gateway gw;
    const auto* query = GENERATE("?type=nonsense", "?colour=red");
    is_problem(sse_reader(gw.port(), std::string("/api/v1/events/stream") + query).response(), 400);
}

TEST_CASE("Readers of the live stream that leave or do not read do not hold up the gateway", "[http]") {
    running_gateway gw([](config& c) { c.http.stream_queue = 100; });
    tcp_options narrow;
    narrow.receive_buffer = 4096;
    sse_reader asleep(gw.port(), "/api/v1/events/stream", {}, narrow);
    {
        sse_reader gone(gw.port());
    }
    auto cp = gw.connect("CP-1");
    for (int i = 0; i < 2000; ++i) cp.status(i % 4, "Available");
    CHECK(http_client(gw.port()).get("/health").status == 200);
}

TEST_CASE("Requests of many clients at once are all answered", "[http]") {
    running_gateway gw(io_threads(GENERATE(1, 3)));
    std::vector<charge_point> cps;
    for (int i = 0; i < 50; ++i) cps.push_back(gw.connect("CP-" + std::to_string(i)));
    std::vector<std::thread> clients;
    std::vector<int> wrong(8);
    for (auto& count : wrong) {
        clients.emplace_back([&gw, &count] {
            try {
                http_client http(gw.port());
                for (int i = 0; i < 50; ++i)
                    if (at(http.get("/connections").json(), "/connections").as_object().size() != 50) ++count;
            } catch (const std::exception&) {
                ++count;
            }
        });
    }
    for (auto& client : clients) client.join();
    for (const int count : wrong) CHECK(count == 0);
}
