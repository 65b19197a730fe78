// Tokens that are limited to charge points: others are not there for them, wherever they look.
#include "security/credentials.hpp"
#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/stores.hpp"
#include "support/v2x.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace voltgate;
using namespace voltgate::test;

namespace {

const header_list as_site = {{"Authorization", "Bearer token-of-site"}};
const header_list as_all = {{"Authorization", "Bearer token-of-all"}};

void with_tokens(config& c) {
    for (const auto* name : {"site", "all"}) {
        auto& t = c.api.tokens.emplace_back();
        t.name = name;
        t.sha256 = sha256_hex("token-of-" + t.name);
        t.scopes = {api_scope::read, api_scope::command, api_scope::operate, api_scope::admin, api_scope::personal};
    }
    c.api.tokens.front().charge_points = {"SITE-A-*"};
}

json::object start_request(std::string_view tag) {
    return {{"connectorId", 1}, {"idTag", tag}, {"meterStart", 0}, {"timestamp", "2026-01-02T03:00:00Z"}};
}

}  // namespace

TEST_CASE_METHOD(either_store, "A limited token finds no charge point but its own", "[http][security]") {
    running_gateway gw(in_store(with_tokens), {}, clock);
    auto own = gw.connect("SITE-A-1"), other = gw.connect("SITE-B-1");
    auto again = gw.connect("SITE-A-2"), last = gw.connect("SITE-Z-1");
    http_client http(gw.port());
    for (const auto* target : {"/connections", "/api/v1/charge-points", "/api/v1/charge-points?connected=true"}) {
        CAPTURE(target);
        const auto body = http.get(target, as_site).body;
        CHECK(body.find("SITE-A-1") != std::string::npos);
        CHECK(body.find("SITE-B-1") == std::string::npos);
        CHECK(http.get(target, as_all).body.find("SITE-B-1") != std::string::npos);
    }
    CHECK(number_at(http.get("/connections", as_site).json(), "/total_connections") == 2);
    CHECK(number_at(http.get("/connections", as_all).json(), "/total_connections") == 4);
    // Where a page ends names one of its own.
    const auto page = http.get("/api/v1/charge-points?limit=1", as_site).json();
    CHECK(at(page, "/items").as_array().size() == 1);
    CHECK(text_at(page, "/next") == "SITE-A-1");
    const auto rest = http.get("/api/v1/charge-points?limit=1&after=SITE-A-1", as_site).json();
    CHECK(text_at(rest, "/items/0/id") == "SITE-A-2");
    CHECK_FALSE(rest.as_object().contains("next"));

    const auto there = http.get("/api/v1/charge-points/SITE-B-1", as_site);
    const auto nowhere = http.get("/api/v1/charge-points/SITE-B-9", as_site);
    CHECK(there.status == 404);
    CHECK(there.body == nowhere.body);
    CHECK(http.get("/api/v1/charge-points/SITE-B-1/messages", as_site).status == 404);
    CHECK(http.get("/api/v1/charge-points/SITE-A-1", as_site).status == 200);
}

TEST_CASE_METHOD(either_store, "A limited token commands no charge point but its own", "[http][security]") {
    running_gateway gw(in_store(with_tokens), {}, clock);
    auto own = gw.connect("SITE-A-1"), other = gw.connect("SITE-B-1");
    http_client http(gw.port());
    const auto command = [](std::string_view id) {
        return json::object{{"commandName", "ClearCache"}, {"commandId", id}, {"expiresAt", "2026-01-01T00:00:00Z"}};
    };
    CHECK(http.post("/api/v1/charge-points/SITE-A-1/commands", command("own"), as_site).status == 410);
    CHECK(http.post("/api/v1/charge-points/SITE-B-1/commands", command("x"), as_site).status == 404);
    CHECK(http.get("/api/v1/commands/x", as_all).status == 404);
    CHECK(http.post("/api/v1/charge-points/SITE-B-1/commands", command("other"), as_all).status == 410);
    CHECK(http.get("/api/v1/commands/own", as_site).status == 200);
    CHECK(http.get("/api/v1/commands/other", as_site).status == 404);
    CHECK(http.get("/api/v1/commands/other", as_site).body == http.get("/api/v1/commands/none", as_site).body);
    const auto all = http.get("/api/v1/commands", as_site).json();
    REQUIRE(at(all, "/items").as_array().size() == 1);
    CHECK(text_at(all, "/items/0/commandId") == "own");
    CHECK(at(http.get("/api/v1/commands?chargePointId=SITE-B-1", as_site).json(), "/items").as_array().empty());
    CHECK(at(http.get("/api/v1/commands", as_all).json(), "/items").as_array().size() == 2);
}

TEST_CASE_METHOD(stores, "A limited token finds no transaction or event but of its own", "[http][security]") {
    running_gateway gw(in_store(with_tokens), {}, clock);
    auto own = gw.connect("SITE-A-1"), other = gw.connect("SITE-B-1");
    const auto first = std::to_string(start(own, start_request("TAG-A")));
    const auto second = std::to_string(start(other, start_request("TAG-B")));
    http_client http(gw.port());
    const auto page = http.get("/api/v1/transactions", as_site).json();
    REQUIRE(at(page, "/items").as_array().size() == 1);
    CHECK(text_at(page, "/items/0/transactionId") == first);
    CHECK(at(http.get("/api/v1/transactions?idTag=TAG-B", as_site).json(), "/items").as_array().empty());
    CHECK(http.get("/api/v1/transactions/" + first, as_site).status == 200);
    CHECK(http.get("/api/v1/transactions/" + second, as_site).status == 404);
    CHECK(http.get("/api/v1/transactions/" + second + "?chargePointId=SITE-B-1", as_site).status == 404);
    CHECK(http.post("/api/v1/transactions/" + second + "/close", {{"reason", "x"}}, as_site).status == 404);
    CHECK(http.get("/api/v1/transactions/" + second, as_all).status == 200);

    for (const auto* target :
         {"/api/v1/events", "/api/v1/events?type=transaction.started", "/api/v1/events?chargePointId=SITE-A-1"}) {
        CAPTURE(target);
        const auto body = http.get(target, as_site).body;
        CHECK(body.find("SITE-A-1") != std::string::npos);
        CHECK(body.find("SITE-B-1") == std::string::npos);
    }
    CHECK(at(http.get("/api/v1/events?chargePointId=SITE-B-1", as_site).json(), "/items").as_array().empty());
}

TEST_CASE_METHOD(stores, "Of a 2.x id that charge points share a limited token gets its own", "[http][security]") {
    running_gateway gw(in_store(with_tokens), {}, clock);
    for (const auto* id : {"SITE-A-1", "SITE-B-1"}) {
        auto cp = gw.connect(id, speaking(ocpp::version::v201));
        cp.call("TransactionEvent", transaction_event("Started", "T-1", 0));
    }
    http_client http(gw.port());
    CHECK(text_at(http.get("/api/v1/transactions/T-1", as_all).json(), "/chargePointId") == "SITE-B-1");
    CHECK(text_at(http.get("/api/v1/transactions/T-1", as_site).json(), "/chargePointId") == "SITE-A-1");
    CHECK(http.post("/api/v1/transactions/T-1/close", {{"reason", "x"}}, as_all).status == 409);
    CHECK(http.post("/api/v1/transactions/T-1/close", {{"reason", "x"}}, as_site).status == 200);
}

TEST_CASE_METHOD(either_store, "A limited token's live stream tells of its own charge points", "[http][security]") {
    running_gateway gw(in_store(with_tokens), {}, clock);
    sse_reader stream(gw.port(), "/api/v1/events/stream", as_site);
    REQUIRE(stream.response().status == 200);
    auto other = gw.connect("SITE-B-1");
    gw.expect_event(event_type::charge_point_connected, "SITE-B-1");
    auto own = gw.connect("SITE-A-1");
    CHECK(text_at(stream.next_event().json(), "/chargePointId") == "SITE-A-1");
    if (!in_journal) return;
    sse_reader past(gw.port(), "/api/v1/events/stream?after=0", as_site);
    CHECK(text_at(past.next_event().json(), "/chargePointId") == "SITE-A-1");
}

TEST_CASE_METHOD(stores, "A limited token sees no reservation but of its own", "[http][security]") {
    running_gateway gw(in_store(with_tokens), {}, clock);
    for (const auto* id : {"SITE-A-1", "SITE-B-1"}) {
        auto cp = gw.connect(id);
        auto sent = gw.send(
            id, "ReserveNow",
            {{"connectorId", 1}, {"idTag", "TAG-1"}, {"reservationId", 7}, {"expiryDate", "2099-01-02T05:00:00Z"}});
        cp.expect_call("ReserveNow").answer({{"status", "Accepted"}});
        CHECK(sent.get().outcome == outcome::result);
    }
    http_client http(gw.port());
    const auto page = http.get("/api/v1/reservations", as_site).json();
    REQUIRE(at(page, "/items").as_array().size() == 1);
    CHECK(text_at(page, "/items/0/chargePointId") == "SITE-A-1");
    CHECK(at(http.get("/api/v1/reservations", as_all).json(), "/items").as_array().size() == 2);
}

TEST_CASE_METHOD(either_store, "A token that is limited to labels goes by those that are set now", "[http][security]") {
    const auto with_labels = [](config& c) {
        with_tokens(c);
        c.api.tokens.front().charge_points.clear();
        c.api.tokens.front().labels = {"site:b"};
    };
    running_gateway gw(in_store(with_labels), {}, clock);
    auto own = gw.connect("CP-1"), other = gw.connect("CP-2");
    http_client http(gw.port());
    const std::string list = "/api/v1/charge-points";
    const auto sees = [&](const std::string& target, std::string_view what) {
        return http.get(target, as_site).body.find(what) != std::string::npos;
    };
    CHECK(http.get(list + "/CP-1", as_site).status == 404);
    CHECK(http.put(list + "/CP-1", {{"labels", {"site:b", "tier:1"}}}, as_site).status == 404);
    REQUIRE(http.put(list + "/CP-1", {{"labels", {"site:b", "tier:1"}}}, as_all).status == 201);
    CHECK(http.get(list + "/CP-1", as_site).status == 200);
    CHECK(http.get(list + "/CP-2", as_site).status == 404);
    for (const auto& target : {list, list + "?label=tier:1", std::string("/connections")}) {
        CAPTURE(target);
        CHECK(sees(target, "CP-1"));
        CHECK_FALSE(sees(target, "CP-2"));
    }
    CHECK_FALSE(sees(list + "?label=tier:2", "CP-1"));
    const auto command = [](std::string_view id) {
        return json::object{{"commandName", "ClearCache"}, {"commandId", id}, {"expiresAt", "2026-01-01T00:00:00Z"}};
    };
    CHECK(http.post(list + "/CP-1/commands", command("own"), as_site).status == 410);
    CHECK(http.post(list + "/CP-2/commands", command("x"), as_site).status == 404);
    CHECK(http.post(list + "/CP-2/commands", command("other"), as_all).status == 410);
    CHECK(http.get("/api/v1/commands/own", as_site).status == 200);
    CHECK(http.get("/api/v1/commands/other", as_site).status == 404);
    CHECK(http.del("/api/v1/commands/other", as_site).status == 404);
    CHECK_FALSE(sees("/api/v1/commands", "\"other\""));
    const auto mine = start(own, start_request("TAG-1")), theirs = start(other, start_request("TAG-2"));
    if (in_journal) {
        CHECK(http.get("/api/v1/transactions/" + std::to_string(mine), as_site).status == 200);
        CHECK(http.get("/api/v1/transactions/" + std::to_string(theirs), as_site).status == 404);
        CHECK(sees("/api/v1/transactions", "TAG-1"));
        CHECK_FALSE(sees("/api/v1/transactions", "TAG-2"));
        CHECK(sees("/api/v1/events", "CP-1"));
        CHECK_FALSE(sees("/api/v1/events", "CP-2"));
    }
    REQUIRE(http.del(list + "/CP-1", as_all).status == 204);
    CHECK(http.get(list + "/CP-1", as_site).status == 404);
    CHECK_FALSE(sees("/api/v1/commands", "\"own\""));
}
