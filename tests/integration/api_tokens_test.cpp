// The HTTP interface with tokens: who may do what, what is noted of it, and what pages of other origins may read.
#include "security/credentials.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>

#include <fstream>
#include <string>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;

namespace {

header_list bearer(const std::string& token) { return {{"Authorization", "Bearer " + token}}; }

void with_tokens(config& c) {
    const auto add = [&c](const std::string& name, std::vector<api_scope> scopes) {
        auto& t = c.api.tokens.emplace_back();
        t.name = name;
        t.sha256 = sha256_hex("token-of-" + name);
        t.scopes = std::move(scopes);
    };
    add("reader", {api_scope::read});
    add("operator", {api_scope::read, api_scope::command});
    add("admin", {api_scope::admin});
}

json::object command_body(std::string_view id) { return {{"commandName", "ClearCache"}, {"commandId", id}}; }

std::vector<json::object> lines_of(const std::string& file) {
    std::ifstream in(file);
    std::vector<json::object> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(parse_json(line).as_object());
    return lines;
}

}  // namespace

TEST_CASE("With tokens only the probes are open", "[http][security]") {
    running_gateway gw(with_tokens);
    http_client http(gw.port());
    CHECK(http.get("/health/live").status == 200);
    CHECK(http.get("/health/ready").status == 200);
    for (const auto* target : {"/health", "/metrics", "/connections", "/api/v1/events/stream", "/nothing"}) {
        CAPTURE(target);
        const auto r = http.get(target);
        CHECK(r.status == 401);
        CHECK(r.header("WWW-Authenticate").starts_with("Bearer"));
        CHECK(http.get(target, bearer("wrong")).status == 401);
    }
    CHECK(http.get("/metrics", bearer("token-of-reader")).status == 200);
    CHECK(http.head("/metrics", bearer("token-of-reader")).status == 200);
    CHECK(http.head("/metrics").status == 401);
    CHECK(http.get("/nothing", bearer("token-of-reader")).status == 404);
    CHECK(http.connections() == 1);  // a refusal ends no connection
    header_list two = bearer("token-of-reader");
    two.push_back(two.front());
    CHECK(http.get("/metrics", two).status == 401);
    CHECK(sse_reader(gw.port(), "/api/v1/events/stream", bearer("token-of-reader")).response().status == 200);
}

TEST_CASE("A scope that is missing is named, and the body is not read", "[http][security]") {
    running_gateway gw(with_tokens);
    auto cp = gw.connect("CP-1");
    http_client http(gw.port());
    const std::string commands = "/api/v1/charge-points/CP-1/commands";
    const auto refused = http.post(commands, command_body("one"), bearer("token-of-reader"));
    CHECK(refused.status == 403);
    CHECK(text_at(refused.json(), "/detail").find("\"command\"") != std::string::npos);
    CHECK(
        http.put("/api/v1/charge-points/CP-1/credentials", {{"generate", "hex"}}, bearer("token-of-operator")).status ==
        403);
    CHECK(http.put("/api/v1/charge-points/CP-1/credentials", {{"generate", "hex"}}, bearer("token-of-admin")).status ==
          201);
    http_client unread(gw.port());
    unread.send_bytes(
        "POST /api/v1/id-tags HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        "Content-Length: 1000000\r\n\r\n[");
    CHECK(unread.read_answer().status == 401);
}

TEST_CASE("What is changed, commanded and refused is noted", "[http][security]") {
    const temporary_directory directory;
    const std::string file = directory.path() + "/audit.log";
    {
        running_gateway gw([&](config& c) {
            with_tokens(c);
            c.api.audit_file = file;
        });
        http_client http(gw.port());
        CHECK(http.get("/connections", bearer("token-of-reader")).status == 200);
        CHECK(http.get("/connections?secret=1").status == 401);
        CHECK(
            http.post("/api/v1/charge-points/CP-1/commands", command_body("one"), bearer("token-of-operator")).status ==
            404);
        CHECK(http.put("/api/v1/charge-points/CP-1/credentials", {{"password", "correct-Horse-battery-9"}},
                       bearer("token-of-admin"))
                  .status == 201);
    }
    const auto lines = lines_of(file);
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].at("audit") == "-");
    CHECK(lines[0].at("path") == "/connections");
    CHECK(lines[0].at("status") == 401);
    CHECK(lines[1].at("audit") == "operator");
    CHECK(lines[1].at("method") == "POST");
    CHECK(lines[1].at("what") == "ClearCache one not_sent");
    CHECK(lines[2].at("audit") == "admin");
    CHECK(lines[2].at("status") == 201);
    CHECK(std::string(lines[2].at("remote").as_string()).starts_with("127.0.0.1:"));
    for (const auto& line : lines) CHECK(json::serialize(line).find("Horse") == std::string::npos);
}

TEST_CASE("An audit file that cannot be opened stops the start", "[http][security]") {
    config c;
    c.server.port = 0;
    c.journal.enabled = false;
    c.log.level = log_config::severity::off;
    c.api.audit_file = "/nonexistent/audit.log";
    gateway g(c);
    std::string detail;
    CHECK(g.start(&detail) == errc::invalid_config);
    CHECK(detail.find("api.audit_file") != std::string::npos);
}

TEST_CASE("Pages of a listed origin may read answers", "[http][security]") {
    running_gateway gw([](config& c) {
        with_tokens(c);
        c.api.cors_origins = {"https://console.example"};
    });
    http_client http(gw.port());
    const header_list preflight = {{"Origin", "https://console.example"}, {"Access-Control-Request-Method", "PUT"}};
    const auto asked = http.request("OPTIONS", "/api/v1/id-tags/A", "", preflight);
    CHECK(asked.status == 204);
    CHECK(asked.header("Access-Control-Allow-Origin") == "https://console.example");
    CHECK(asked.header("Access-Control-Allow-Headers").find("Authorization") != std::string::npos);
    auto headers = bearer("token-of-reader");
    headers.emplace_back("Origin", "https://console.example");
    CHECK(http.get("/connections", headers).header("Access-Control-Allow-Origin") == "https://console.example");
    CHECK(sse_reader(gw.port(), "/api/v1/events/stream", headers).response().header("Vary") == "Origin");
    headers.back().second = "https://evil.example";
    CHECK_FALSE(http.get("/connections", headers).has_header("Access-Control-Allow-Origin"));
    const auto other = http.request("OPTIONS", "/api/v1/id-tags/A", "",
                                    {{"Origin", "https://evil.example"}, {"Access-Control-Request-Method", "PUT"}});
    CHECK(other.status == 401);
    CHECK_FALSE(other.has_header("Access-Control-Allow-Origin"));
}
