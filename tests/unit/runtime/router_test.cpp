// Which request reaches which function, and what the others are told.
#include "http/router.hpp"

#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "runtime/core.hpp"
#include "support/json.hpp"
#include "support/manual_clock.hpp"
#include "support/run.hpp"

#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <string>
#include <vector>

namespace {

using namespace voltgate;
using namespace voltgate::http;

config small() {
    config c;
    c.server.io_threads = 1;
    c.history.bytes = 0;
    return c;
}

struct fixture {
    std::shared_ptr<gateway_core> core =
        std::make_shared<gateway_core>(small(), std::make_shared<test::manual_clock>(), this_machine());
    http::gateway_parts parts = core->http_parts();

    response ask(std::string method, std::string_view target, std::string content_type = {}, std::string body = {}) {
        request req;
        req.method = std::move(method);
        req.content_type = std::move(content_type);
        req.body = std::move(body);
        REQUIRE(read_target(target, req));
        auto& thread = *core->threads().front();
        return test::run(thread.io.context, answer_request(parts, thread, req));
    }
};

std::string allow(const response& r) {
    for (const auto& [name, value] : r.headers)
        if (name == "Allow") return value;
    return {};
}

request with_query(std::string_view query) {
    request req;
    REQUIRE(read_target("/?" + std::string(query), req));
    return req;
}

}  // namespace

TEST_CASE_METHOD(fixture, "A request reaches the function of its path and method") {
    CHECK(ask("GET", "/health").status == 200);
    CHECK(ask("GET", "/health/live").status == 200);
    CHECK(ask("GET", "/metrics").content_type.starts_with("text/plain"));
    CHECK(test::at(test::parse_json(ask("GET", "/api/v1/charge-points").body), "/items").as_array().empty());
}

TEST_CASE_METHOD(fixture, "A path that nobody serves is not found") {
    for (const auto* path : {"/", "/healthy", "/Health", "/health/live/x", "/api/v1/charge-points/CP-1/messages/x",
                             "/api/v1/charge-points/CP-1/other", "/api//v1/charge-points", "/api"}) {
        CAPTURE(path);
        const auto r = ask("GET", path);
        CHECK(r.status == 404);
        CHECK(test::at(test::parse_json(r.body), "/detail") == "no such resource");
    }
}

TEST_CASE_METHOD(fixture, "A method that a path does not know is told which ones it does") {
    CHECK(ask("DELETE", "/health").status == 405);
    CHECK(allow(ask("DELETE", "/health")) == "GET, HEAD");
    CHECK(allow(ask("POST", "/api/v1/charge-points/CP-1")) == "GET, HEAD, PUT, DELETE");
    CHECK(allow(ask("GET", "/api/v1/charge-points/CP-1/commands")) == "POST");
}

TEST_CASE_METHOD(fixture, "A body that is not JSON by its type is refused before it is read") {
    const std::string path = "/api/v1/charge-points/CP-1/commands";
    CHECK(ask("POST", path, "", "{}").status == 415);
    CHECK(ask("POST", path, "text/plain", "{}").status == 415);
    CHECK(ask("POST", path, "application/xml", "{}").status == 415);
    CHECK(ask("POST", path, "text/x+json", "{}").status == 415);
    CHECK(ask("POST", path, "application/json", "no JSON").status == 400);
    CHECK(ask("POST", path, "application/merge-patch+json", "no JSON").status == 400);
}

TEST_CASE("A number in a query is whole and within its bounds") {
    const auto number = [](std::string_view query) { return query_number(with_query(query), "limit", 100, 1, 1000); };
    CHECK(number("") == 100);
    CHECK(number("limit=1") == 1);
    CHECK(number("limit=1000") == 1000);
    for (const auto* wrong : {"limit=0", "limit=1001", "limit=", "limit", "limit=-1", "limit=+1", "limit=1.5",
                              "limit=1x", "limit=%201", "limit=99999999999999999999"}) {
        CAPTURE(wrong);
        CHECK_FALSE(number(wrong));
    }
}

TEST_CASE("A query parameter that nobody reads is refused, with the names that are read") {
    CHECK_FALSE(query_fault(with_query("limit=1&after=x"), {"limit", "after"}));
    const auto refused = query_fault(with_query("limit=1&Limit=2"), {"limit", "after"});
    REQUIRE(refused);
    CHECK(refused->status == 400);
    CHECK(test::at(test::parse_json(refused->body), "/detail") ==
          "unknown query parameter \"Limit\"; known: limit, after");
    CHECK(test::at(test::parse_json(query_fault(with_query("x"), {})->body), "/detail") ==
          "unknown query parameter \"x\"; known: none");
}

TEST_CASE_METHOD(fixture, "What is unknown, empty or repeated in a query is refused by every route") {
    for (const auto& r : routes()) {
        std::string path(r.pattern);
        for (auto at = path.find("{}"); at != std::string::npos; at = path.find("{}")) path.replace(at, 2, "x");
        std::vector<std::string> wrong{"colour=red", "=1"};
        for (const auto name : r.query) {
            wrong.push_back(std::string(name));
            wrong.push_back(std::string(name) + "=");
            wrong.push_back(std::string(name) + "=1&" + std::string(name) + "=1");
        }
        for (const auto& query : wrong) {
            CAPTURE(r.method, path, query);
            const auto answer = ask(std::string(r.method), path + "?" + query, "application/json", "{}");
            CHECK(answer.status == 400);
            CHECK(test::text_at(test::parse_json(answer.body), "/detail").find("query parameter") != std::string::npos);
        }
    }
}

TEST_CASE_METHOD(fixture, "The live stream is a resource like any other") {
    CHECK(ask("POST", "/api/v1/events/stream").status == 405);
    CHECK(allow(ask("DELETE", "/api/v1/events/stream")) == "GET, HEAD");
    const auto head = ask("GET", "/api/v1/events/stream?type=charge_point.booted");
    CHECK(head.status == 200);
    CHECK(head.content_type == "text/event-stream");
    CHECK(ask("GET", "/api/v1/events/stream?type=odd").status == 400);
    CHECK(ask("GET", "/api/v1/events/stream/x").status == 404);
}
