// Who may ask for what.
#include "http/access.hpp"

#include "async/platform.hpp"
#include "http/router.hpp"
#include "machine/this_machine.hpp"
#include "observe/log.hpp"
#include "security/credentials.hpp"
#include "support/json.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace {

using namespace voltgate;
using namespace voltgate::http;

struct fixture {
    api_config config;

    void add(const std::string& name, const std::string& token, std::vector<api_scope> scopes) {
        auto& t = config.tokens.emplace_back();
        t.name = name;
        t.sha256 = sha256_hex(token);
        t.scopes = std::move(scopes);
    }
    static request ask(std::string method, std::string_view target, std::string authorization = {}) {
        request req;
        req.method = std::move(method);
        req.target = target.substr(0, target.find('?'));
        req.authorization = std::move(authorization);
        REQUIRE(read_target(target, req));
        return req;
    }
    unsigned status(std::string method, std::string_view target, std::string authorization = {}) {
        const auto who = identify(config, ask(std::move(method), target, std::move(authorization)));
        return who.refusal ? who.refusal->status : 200;
    }
};

std::string challenge(const response& r) {
    for (const auto& [name, value] : r.headers)
        if (name == "WWW-Authenticate") return value;
    return {};
}

}  // namespace

TEST_CASE_METHOD(fixture, "Without tokens everybody may do everything", "[http][security]") {
    CHECK(status("GET", "/connections") == 200);
    CHECK(status("DELETE", "/api/v1/id-tags/A") == 200);
    CHECK(status("GET", "/connections", "Bearer whatever") == 200);
}

TEST_CASE_METHOD(fixture, "With tokens every route but the probes needs its scope", "[http][security]") {
    add("reader", "token-r", {api_scope::read});
    add("console", "token-c", {api_scope::read, api_scope::command});
    add("admin", "token-a", {api_scope::admin});
    CHECK(status("GET", "/health/live") == 200);
    CHECK(status("GET", "/health/ready", "Bearer wrong") == 200);
    for (const auto* target : {"/health", "/metrics", "/connections", "/api/v1/charge-points", "/api/v1/events/stream",
                               "/api/v1/openapi.json", "/no/such/thing"}) {
        CAPTURE(target);
        CHECK(status("GET", target) == 401);
        CHECK(status("GET", target, "Bearer wrong") == 401);
        CHECK(status("GET", target, "Basic dG9rZW4tcg==") == 401);
        CHECK(status("GET", target, "Bearer token-r") == 200);
        CHECK(status("GET", target, "Bearer token-a") == 403);
    }
    const std::string command = "/api/v1/charge-points/CP-1/commands";
    CHECK(status("POST", command, "Bearer token-r") == 403);
    CHECK(status("POST", command, "Bearer token-c") == 200);
    CHECK(status("PUT", "/api/v1/id-tags/A", "Bearer token-c") == 403);
    CHECK(status("PUT", "/api/v1/id-tags/A", "Bearer token-a") == 200);
    CHECK(identify(config, ask("GET", "/health/live", "Bearer token-c")).token == "console");
}

TEST_CASE_METHOD(fixture, "Every change of something needs more than read", "[http][security]") {
    for (const auto& r : routes()) {
        CAPTURE(r.method, r.pattern);
        if (r.method != "GET") CHECK((r.scope && *r.scope != api_scope::read && *r.scope != api_scope::personal));
        if (!r.scope) CHECK(r.pattern.starts_with("/health/"));
    }
}

TEST_CASE_METHOD(fixture, "Each scope opens what it is for and nothing else", "[http][security]") {
    add("reader", "token-r", {api_scope::read});
    add("console", "token-c", {api_scope::command});
    add("operator", "token-o", {api_scope::operate});
    add("admin", "token-a", {api_scope::admin});
    add("desk", "token-p", {api_scope::personal});
    struct {
        std::string method, target, scopes;
    } const cases[] = {
        {"GET", "/api/v1/transactions", "r"},
        {"GET", "/api/v1/events/stream", "r"},
        {"GET", "/api/v1/charge-points/CP-1/credentials", "r"},
        {"POST", "/api/v1/charge-points/CP-1/commands", "c"},
        {"POST", "/api/v1/charge-points/CP-1/actions/reset", "c"},
        {"POST", "/api/v1/transactions/7/close", "o"},
        {"POST", "/api/v1/clock/confirm", "o"},
        {"PUT", "/api/v1/charge-points/CP-1/credentials", "a"},
        {"DELETE", "/api/v1/charge-points/CP-1/credentials", "a"},
        {"POST", "/api/v1/charge-points/CP-1/credentials/rotate", "a"},
        {"POST", "/api/v1/id-tags", "a"},
        {"DELETE", "/api/v1/id-tags/A", "a"},
        {"GET", "/api/v1/id-tags", "p"},
        {"GET", "/api/v1/id-tags/A", "p"},
    };
    for (const auto& c : cases) {
        for (const char who : std::string("rcoap")) {
            CAPTURE(c.method, c.target, who);
            const bool opens = c.scopes.find(who) != std::string::npos;
            CHECK(status(c.method, c.target, std::string("Bearer token-") + who) == (opens ? 200U : 403U));
        }
    }
}

TEST_CASE_METHOD(fixture, "A token that is limited to charge points reaches no other", "[http][security]") {
    add("site", "token-s",
        {api_scope::read, api_scope::command, api_scope::operate, api_scope::admin, api_scope::personal});
    config.tokens.back().charge_points = {"SITE-A-*", "ONE"};
    for (const auto* id : {"SITE-A-1", "site-a-", "one"}) {
        const std::string of_one = "/api/v1/charge-points/" + std::string(id);
        CHECK(status("GET", of_one, "Bearer token-s") == 200);
        CHECK(status("POST", of_one + "/commands", "Bearer token-s") == 200);
    }
    for (const auto& r : routes()) {
        if (!r.pattern.starts_with("/api/v1/charge-points/{}")) continue;
        std::string target(r.pattern);
        target.replace(target.find("{}"), 2, "SITE-B-1");
        CAPTURE(r.method, target);
        const auto who = identify(config, ask(std::string(r.method), target, "Bearer token-s"));
        REQUIRE(who.refusal);
        CHECK(who.refusal->status == 404);
    }
    CHECK(status("GET", "/api/v1/charge-points/SITE%2DA%2D1", "Bearer token-s") == 200);
    for (const auto* target :
         {"/health", "/metrics", "/connections", "/api/v1/charge-points", "/api/v1/events", "/api/v1/events/stream",
          "/api/v1/transactions", "/api/v1/commands", "/api/v1/reservations", "/api/v1/openapi.json"}) {
        CAPTURE(target);
        CHECK(status("GET", target, "Bearer token-s") == 200);
    }
    for (const auto* target : {"/api/v1/id-tags", "/api/v1/id-tags/A"})
        CHECK(status("GET", target, "Bearer token-s") == 403);
    CHECK(status("POST", "/api/v1/id-tags", "Bearer token-s") == 403);
    CHECK(status("POST", "/api/v1/clock/confirm", "Bearer token-s") == 403);
}

TEST_CASE_METHOD(fixture, "A refusal says what is missing", "[http][security]") {
    add("reader", "token-r", {api_scope::read});
    const auto none = *identify(config, ask("GET", "/connections")).refusal;
    CHECK(challenge(none) == "Bearer realm=\"voltgate\"");
    CHECK(none.content_type == "application/problem+json");
    CHECK(challenge(*identify(config, ask("GET", "/connections", "Bearer x")).refusal).ends_with("\"invalid_token\""));
    const auto weak = *identify(config, ask("PUT", "/api/v1/id-tags/A", "Bearer token-r")).refusal;
    CHECK(challenge(weak).ends_with("scope=\"admin\""));
    CHECK(test::text_at(test::parse_json(weak.body), "/detail").find("\"admin\"") != std::string::npos);
}

TEST_CASE_METHOD(fixture, "The audit log shows no tag of the path", "[http][personal]") {
    std::string noted;
    voltgate::log l(log_config(), this_machine().clock(),
                    [&noted](voltgate::log::severity, std::string_view line) { noted += line; });
    caller who;
    who.needed = api_scope::admin;
    write_audit(l, who, ask("DELETE", "/api/v1/id-tags/04A1"), "192.0.2.1:5", response());
    CHECK(noted.find("/api/v1/id-tags/***") != std::string::npos);
    CHECK(noted.find("04A1") == std::string::npos);
}

TEST_CASE_METHOD(fixture, "Pages of other origins read nothing unless they are listed", "[http][security]") {
    auto req = ask("OPTIONS", "/connections");
    req.origin = "https://console.example";
    req.is_preflight = true;
    CHECK(allowed_origin(config, req).empty());
    CHECK(cors_headers("").empty());
    CHECK_FALSE(answer_preflight(req, allowed_origin(config, req)));
    config.cors_origins = {"https://console.example"};
    CHECK(allowed_origin(config, req) == "https://console.example");
    CHECK(answer_preflight(req, allowed_origin(config, req))->status == 204);
    req.is_preflight = false;
    CHECK_FALSE(answer_preflight(req, allowed_origin(config, req)));
    req.origin = "https://console.example.evil";
    CHECK(allowed_origin(config, req).empty());
    req.origin = "null";
    CHECK(allowed_origin(config, req).empty());
}
