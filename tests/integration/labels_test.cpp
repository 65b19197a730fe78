// ?label=: lists and streams of the charge points that have these labels alone.
#include "support/stores.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;

namespace {

using strings = std::vector<std::string>;

/// CP-1 and CP-2 at the north, CP-2 of tenant 7, CP-3 at the south. They are called as they were spelt first.
void label(running_gateway& gw) {
    const json::array entries = {
        json::object({{"id", "CP-1"}, {"labels", json::array{"site:north"}}}),
        json::object({{"id", "cp-2"}, {"labels", json::array{"site:north", "tenant:7"}}}),
        json::object({{"id", "CP-3"}, {"labels", json::array{"site:south"}}}),
    };
    CHECK(http_client(gw.port()).post("/api/v1/charge-points", entries).status == 200);
}

strings ids(const json::value& page, std::string_view member) {
    strings all;
    for (const auto& item : at(page, "/items").as_array()) all.emplace_back(item.at(member).as_string());
    return all;
}

strings ids(running_gateway& gw, const std::string& target, std::string_view member = "chargePointId") {
    return ids(http_client(gw.port()).get(target).json(), member);
}

json::object reserve() {
    return {{"connectorId", 1}, {"expiryDate", "2099-01-01T00:00:00Z"}, {"idTag", "TAG-1"}, {"reservationId", 1}};
}

}  // namespace

TEST_CASE_METHOD(either_store, "Charge points and connections are listed by label, page by page", "[label]") {
    running_gateway gw(in_store());
    label(gw);
    auto first = gw.connect("CP-1"), third = gw.connect("CP-3"), other = gw.connect("CP-0");
    const std::string list = "/api/v1/charge-points";
    CHECK(ids(gw, list + "?label=site:north", "id") == strings{"CP-1", "cp-2"});
    CHECK(ids(gw, list + "?label=site%3Anorth,tenant:7", "id") == strings{"cp-2"});
    CHECK(ids(gw, list + "?label=site:north&connected=true", "id") == strings{"CP-1"});
    CHECK(ids(gw, list + "?label=SITE:north", "id").empty());
    const auto page = http_client(gw.port()).get(list + "?label=site:north&limit=1").json();
    CHECK(ids(page, "id") == strings{"CP-1"});
    CHECK(ids(gw, list + "?label=site:north&limit=1&after=" + text_at(page, "/next"), "id") == strings{"cp-2"});
    const auto connections = http_client(gw.port()).get("/connections?label=site:south").json();
    CHECK(at(connections, "/connections").as_object().size() == 1);
    CHECK(has(connections, "/connections/CP-3"));
}

TEST_CASE_METHOD(either_store, "Models are counted by label", "[label]") {
    running_gateway gw(in_store());
    label(gw);
    auto first = gw.connect("CP-1"), third = gw.connect("CP-3");
    first.boot();
    third.boot();
    const auto counted = http_client(gw.port()).get("/api/v1/models?label=site:north").json();
    REQUIRE(at(counted, "/items").as_array().size() == 1);
    CHECK(number_at(counted, "/items/0/known") == 1);
    CHECK(number_at(counted, "/neverBooted/known") == 1);
}

TEST_CASE_METHOD(either_store, "Commands are listed by label", "[label]") {
    running_gateway gw(in_store());
    label(gw);
    for (const auto* id : {"CP-1", "CP-2", "CP-3"}) {
        auto cp = gw.connect(id);
        auto pending = gw.send(id, "ClearCache");
        cp.expect_call("ClearCache").answer({{"status", "Accepted"}});
        CHECK(pending.get().answered());
    }
    CHECK(ids(gw, "/api/v1/commands?label=site:north") == strings{"CP-2", "CP-1"});
    CHECK(ids(gw, "/api/v1/commands?label=site:north&chargePointId=CP-1&state=done") == strings{"CP-1"});
    CHECK(ids(gw, "/api/v1/commands?label=nobody").empty());
}

TEST_CASE_METHOD(stores, "Transactions, reservations and events are listed by label", "[label]") {
    running_gateway gw(in_store());
    label(gw);
    for (const auto* id : {"CP-1", "CP-2", "CP-3", "CP-4"}) {
        auto cp = gw.connect(id);
        auto pending = gw.send(id, "ReserveNow", reserve());
        cp.expect_call("ReserveNow").answer({{"status", "Accepted"}});
        CHECK(pending.get().answered());
        cp.start_transaction();
    }
    CHECK(ids(gw, "/api/v1/transactions?label=site:north") == strings{"cp-2", "CP-1"});
    CHECK(ids(gw, "/api/v1/transactions?label=site:north&idTag=TAG-1&state=running&limit=1") == strings{"cp-2"});
    CHECK(ids(gw, "/api/v1/transactions?label=site:north&chargePointId=CP-3").empty());
    CHECK(ids(gw, "/api/v1/transactions?label=nobody").empty());
    CHECK(ids(gw, "/api/v1/reservations?label=site:north") == strings{"cp-2", "CP-1"});
    CHECK(ids(gw, "/api/v1/reservations?label=site:south&chargePointId=CP-3") == strings{"CP-3"});
    CHECK(ids(gw, "/api/v1/events?label=site:north&type=transaction.started") == strings{"CP-1", "cp-2"});
    CHECK(ids(gw, "/api/v1/events?label=site:south&type=charge_point.connected") == strings{"CP-3"});
    for (const auto& id : ids(gw, "/api/v1/events?label=tenant:7")) CHECK(id == "cp-2");
    CHECK(ids(gw, "/api/v1/events?label=nobody").empty());
}

TEST_CASE_METHOD(either_store, "A live stream gives what happens at charge points that have the labels then",
                 "[label]") {
    running_gateway gw(in_store());
    label(gw);
    sse_reader stream(gw.port(), "/api/v1/events/stream?label=site:north&type=charge_point.connected");
    const auto next = [&] { return text_at(stream.next_event().json(), "/chargePointId"); };
    auto third = gw.connect("CP-3"), first = gw.connect("CP-1");
    CHECK(next() == "CP-1");
    http_client http(gw.port());
    CHECK(http.del("/api/v1/charge-points/CP-1").status == 204);
    const json::object north = {{"labels", json::array{"site:north"}}};
    CHECK(http.put("/api/v1/charge-points/CP-4", north).status == 201);
    auto again = gw.connect("CP-1"), fourth = gw.connect("CP-4");
    CHECK(next() == "CP-4");
}

TEST_CASE_METHOD(stores, "A stream by label catches up from the journal", "[label]") {
    running_gateway gw(in_store());
    label(gw);
    auto first = gw.connect("CP-1"), third = gw.connect("CP-3"), second = gw.connect("CP-2");
    sse_reader stream(gw.port(), "/api/v1/events/stream?after=0&label=site:north");
    CHECK(text_at(stream.next_event().json(), "/chargePointId") == "CP-1");
    CHECK(text_at(stream.next_event().json(), "/chargePointId") == "cp-2");
}

TEST_CASE_METHOD(either_store, "What is no label is refused on every list", "[label]") {
    running_gateway gw(in_store());
    http_client http(gw.port());
    for (const std::string list :
         {"/connections", "/api/v1/charge-points", "/api/v1/models", "/api/v1/commands", "/api/v1/transactions",
          "/api/v1/reservations", "/api/v1/events", "/api/v1/events/stream"}) {
        CAPTURE(list);
        if (!in_journal && (list.ends_with("transactions") || list.ends_with("reservations"))) continue;
        CHECK(http.get(list + "?label=a%20b").status == 400);
        CHECK(http.get(list + "?label=,").status == 400);
        CHECK(http.get(list + "?label=" + std::string(65, 'x')).status == 400);
    }
}
