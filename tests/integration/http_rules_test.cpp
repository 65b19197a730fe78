// What HTTP itself asks of a server: hosts, targets, methods, lists, dates, conditions, codings.
#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <algorithm>
#include <string>
#include <vector>
#include <zlib.h>

using namespace voltgate;
using namespace voltgate::test;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::EndsWith;

namespace {

int status_of(running_gateway& gw, std::string_view request) {
    http_client http(gw.port());
    http.send_bytes(request);
    return http.read_answer().status;
}

std::string unpacked(const std::string& gzip) {
    z_stream stream{};
    REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
    std::string plain(16UL * 1024 * 1024, '\0'), input = gzip;
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(plain.data());
    stream.avail_out = static_cast<uInt>(plain.size());
    const int end = inflate(&stream, Z_FINISH);
    plain.resize(stream.total_out);
    inflateEnd(&stream);
    REQUIRE(end == Z_STREAM_END);
    return plain;
}

bool varies_with(const http_response& r, std::string_view header) {
    return std::ranges::any_of(r.headers, [header](const auto& h) { return h.first == "Vary" && h.second == header; });
}

}  // namespace

TEST_CASE("A request of HTTP/1.1 has one host", "[http]") {
    running_gateway gw;
    CHECK(status_of(gw, "GET /health HTTP/1.1\r\nHost: a\r\n\r\n") == 200);
    CHECK(status_of(gw, "GET /health HTTP/1.1\r\n\r\n") == 400);
    CHECK(status_of(gw, "GET /health HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n") == 400);
    CHECK(status_of(gw, "GET /health HTTP/1.0\r\n\r\n") == 200);
    CHECK(status_of(gw, "GET /health HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n") == 400);
    CHECK(status_of(gw, "GET /api/v1/events/stream HTTP/1.1\r\n\r\n") == 400);
    CHECK(status_of(gw, "POST /api/v1/charge-points/CP-1/commands HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}") == 400);
    CHECK(status_of(gw,
                    "GET /ocpp/CP-1 HTTP/1.1\r\nHost: a\r\nHost: b\r\nUpgrade: websocket\r\n"
                    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: ocpp1.6\r\n\r\n") == 400);
}

TEST_CASE("A target may be absolute, and must be one", "[http]") {
    running_gateway gw;
    CHECK(status_of(gw, "GET http://elsewhere:1/health HTTP/1.1\r\nHost: a\r\n\r\n") == 200);
    CHECK(status_of(gw, "GET http://a/api/v1/charge-points?limit=0 HTTP/1.1\r\nHost: a\r\n\r\n") == 400);
    CHECK(status_of(gw, "GET http://a/nothing HTTP/1.1\r\nHost: a\r\n\r\n") == 404);
    CHECK(status_of(gw, "GET http://a HTTP/1.1\r\nHost: a\r\n\r\n") == 404);
    for (const auto* hostless : {"http:///health", "https:///health", "http://", "http://:80/health"}) {
        CAPTURE(hostless);
        CHECK(status_of(gw, "GET " + std::string(hostless) + " HTTP/1.1\r\nHost: a\r\n\r\n") == 400);
    }
    CHECK(status_of(gw, "GET xhealth HTTP/1.1\r\nHost: a\r\n\r\n") == 400);
    CHECK(status_of(gw, "GET ftp://a/health HTTP/1.1\r\nHost: a\r\n\r\n") == 400);
}

TEST_CASE("The live stream refuses other methods with those that it has", "[http][events]") {
    running_gateway gw;
    http_client http(gw.port());
    for (const auto* method : {"POST", "PUT", "DELETE", "OPTIONS"}) {
        CAPTURE(method);
        const auto refused = http.request(method, "/api/v1/events/stream", "{}", {});
        CHECK(refused.status == 405);
        CHECK(refused.header("Allow") == "GET, HEAD");
    }
    const auto head = http.head("/api/v1/events/stream");
    CHECK(head.status == 200);
    CHECK(head.header("Content-Type") == "text/event-stream");
    CHECK_FALSE(head.has_header("Content-Length"));
    CHECK(http.get("/health").status == 200);
    CHECK(http.connections() == 1);
}

TEST_CASE("Every answer has the time it was made", "[http]") {
    running_gateway gw;
    http_client http(gw.port());
    for (const auto* target : {"/health", "/nothing", "/ocpp/CP-1"}) {
        CHECK_THAT(http.get(target).header("Date"), EndsWith(" GMT"));
    }
    CHECK_THAT(sse_reader(gw.port()).response().header("Date"), EndsWith(" GMT"));
}

TEST_CASE("Several lines of a header are one list", "[http]") {
    temporary_directory directory;
    running_gateway gw(journal_in(directory.path()));
    auto cp = gw.connect("CP-1");
    http_client http(gw.port());
    const auto answer = http.post("/api/v1/charge-points/CP-1/commands", {{"commandName", "ClearCache"}},
                                  {{"Prefer", "wait=5"}, {"Prefer", "respond-async"}});
    CHECK(answer.status == 202);
    cp.expect_call("ClearCache").answer({{"status", "Accepted"}});
    const auto tag = http.put("/api/v1/id-tags/TAG-1", {{"status", "Accepted"}}).header("ETag");
    const json::value blocked{{"status", "Blocked"}};
    CHECK(http.put("/api/v1/id-tags/TAG-1", blocked, {{"If-Match", "\"x\""}, {"If-Match", "\"y\""}}).status == 412);
    CHECK(http.put("/api/v1/id-tags/TAG-1", blocked, {{"If-Match", "\"x\""}, {"If-Match", tag}}).status == 200);
}

TEST_CASE("What the client has already is not sent again", "[http]") {
    temporary_directory directory;
    running_gateway gw(journal_in(directory.path()));
    http_client http(gw.port());
    const auto tag = http.put("/api/v1/id-tags/TAG-1", {{"status", "Accepted"}}).header("ETag");
    const auto known = http.get("/api/v1/id-tags/TAG-1", {{"If-None-Match", "\"x\""}, {"If-None-Match", "W/" + tag}});
    CHECK(known.status == 304);
    CHECK(known.body.empty());
    CHECK(known.header("ETag") == tag);
    CHECK_FALSE(known.has_header("Content-Type"));
    CHECK_FALSE(known.has_header("Content-Length"));
    CHECK(http.head("/api/v1/id-tags/TAG-1", {{"If-None-Match", tag}}).status == 304);
    CHECK(http.get("/api/v1/id-tags/TAG-1", {{"If-None-Match", "*"}}).status == 304);
    CHECK(http.get("/api/v1/id-tags/TAG-1", {{"If-None-Match", "\"x\""}}).status == 200);
    CHECK(http.get("/api/v1/id-tags/TAG-2", {{"If-None-Match", "*"}}).status == 404);
    const auto openapi = http.get("/api/v1/openapi.json");
    CHECK(http.get("/api/v1/openapi.json", {{"If-None-Match", openapi.header("ETag")}}).status == 304);
    CHECK(http.connections() == 1);
}

TEST_CASE("A large answer is packed when that is asked for", "[http]") {
    running_gateway gw;
    http_client http(gw.port());
    const auto plain = http.get("/api/v1/openapi.json");
    CHECK_FALSE(plain.has_header("Content-Encoding"));
    CHECK(varies_with(plain, "Accept-Encoding"));
    const header_list gzip{{"Accept-Encoding", "br"}, {"Accept-Encoding", "gzip;q=0.5"}};
    const auto packed = http.get("/api/v1/openapi.json", gzip);
    CHECK(packed.header("Content-Encoding") == "gzip");
    CHECK(varies_with(packed, "Accept-Encoding"));
    CHECK(packed.body.size() < plain.body.size() / 3);
    CHECK(unpacked(packed.body) == plain.body);
    CHECK(http.head("/api/v1/openapi.json", gzip).header("Content-Length") == std::to_string(packed.body.size()));
    CHECK(unpacked(http.get("/metrics", gzip).body).find("# HELP") != std::string::npos);
    CHECK_FALSE(http.get("/health/live", gzip).has_header("Content-Encoding"));
    CHECK_FALSE(http.get("/api/v1/openapi.json", {{"Accept-Encoding", "gzip;q=0"}}).has_header("Content-Encoding"));
    CHECK_FALSE(sse_reader(gw.port(), "/api/v1/events/stream", gzip).response().has_header("Content-Encoding"));
}

TEST_CASE("A packed body is refused as what it is", "[http]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    http_client http(gw.port());
    const auto send = [&](const char* coding) {
        return http.post("/api/v1/charge-points/CP-1/actions/dance", json::object(), {{"Content-Encoding", coding}});
    };
    CHECK(send("gzip").status == 415);
    CHECK(send("GZip").header("Accept-Encoding") == "identity");
    CHECK(send("Identity").status == 404);
}

TEST_CASE("Pages of those that are away, or there, are full up to the last one", "[http]") {
    running_gateway gw;
    std::vector<charge_point> connected;
    for (int i = 0; i < 40; ++i) {
        const std::string id = "CP-" + std::to_string(100 + i);
        auto cp = gw.connect(id);
        if (i % 8 == 7) {
            cp.close();
            gw.expect_disconnect(id);
        } else {
            connected.push_back(std::move(cp));
        }
    }
    http_client http(gw.port());
    for (const bool away : {true, false}) {
        const std::string query = std::string("/api/v1/charge-points?limit=2&connected=") + (away ? "false" : "true");
        std::size_t seen = 0;
        auto page = http.get(query).json();
        for (;;) {
            const auto& items = at(page, "/items").as_array();
            seen += items.size();
            if (!has(page, "/next")) break;
            CHECK(items.size() == 2);
            page = http.get(query + "&after=" + text_at(page, "/next")).json();
        }
        CHECK_FALSE(at(page, "/items").as_array().empty());
        CHECK(seen == (away ? 5 : 35));
    }
}
