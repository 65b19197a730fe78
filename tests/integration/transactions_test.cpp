// GET /api/v1/transactions: what charge points started and stopped, as the journal keeps it.
#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <string>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;

namespace {

std::string start(charge_point& cp, int connector, const char* tag, const char* time) {
    json::object request;
    request["connectorId"] = connector;
    request["idTag"] = tag;
    request["meterStart"] = 1000;
    request["timestamp"] = time;
    return std::to_string(cp.call("StartTransaction", request).at("transactionId").as_int64());
}

void stop(charge_point& cp, const std::string& id) {
    json::object request;
    request["transactionId"] = std::stoll(id);
    request["meterStop"] = 2500;
    request["timestamp"] = "2026-01-02T06:00:00Z";
    request["idTag"] = "TAG-9";
    cp.call("StopTransaction", request);
}

std::vector<std::string> ids(const json::value& page) {
    std::vector<std::string> found;
    for (const auto& item : at(page, "/items").as_array()) found.push_back(text_at(item, "/transactionId"));
    return found;
}

using id_list = std::vector<std::string>;

}  // namespace

TEST_CASE("a transaction can be read while it runs, when it has stopped and after a restart", "[http]") {
    temporary_directory directory;
    std::string id;
    {
        running_gateway gw(journal_in(directory.path()));
        auto cp = gw.connect("CP-1");
        id = start(cp, 2, "TAG-1", "2026-01-02T03:04:05Z");
        const auto running = http_client(gw.port()).get("/api/v1/transactions/" + id);
        CHECK(running.status == 200);
        CHECK(at(running.json(), "/state") == "running");
        CHECK(at(running.json(), "/stoppedAt").is_null());
        CHECK(at(running.json(), "/energyWh").is_null());
        stop(cp, id);
    }
    running_gateway gw(journal_in(directory.path()));
    http_client http(gw.port());
    const auto stopped = http.get("/api/v1/transactions/" + id).json();
    CHECK(text_at(stopped, "/transactionId") == id);
    CHECK(at(stopped, "/chargePointId") == "CP-1");
    CHECK(at(stopped, "/connectorId") == 2);
    CHECK(at(stopped, "/idTag") == "TAG-1");
    CHECK(at(stopped, "/idTagStatus") == "Accepted");
    CHECK(at(stopped, "/reservationId").is_null());
    CHECK(at(stopped, "/state") == "stopped");
    CHECK(at(stopped, "/meterStartWh") == 1000);
    CHECK(at(stopped, "/meterStopWh") == 2500);
    CHECK(at(stopped, "/energyWh") == 1500);
    CHECK(at(stopped, "/startedAt") == "2026-01-02T03:04:05.000Z");
    CHECK(at(stopped, "/stoppedAt") == "2026-01-02T06:00:00.000Z");
    CHECK(at(stopped, "/stopReason") == "Local");
    CHECK(at(stopped, "/stopIdTag") == "TAG-9");
    CHECK(http.get("/api/v1/transactions/1").status == 404);
    CHECK(http.get("/api/v1/transactions/nonsense").status == 404);
    CHECK(http.get("/api/v1/transactions/99999999999999999999").status == 404);
    CHECK(http.get("/api/v1/transactions/" + id + "?colour=red").status == 400);
}

TEST_CASE("transactions are listed newest first, filtered and page by page", "[http]") {
    temporary_directory directory;
    running_gateway gw(journal_in(directory.path()));
    auto one = gw.connect("CP-1");
    auto two = gw.connect("CP-2");
    const auto a = start(one, 1, "TAG-1", "2026-01-02T03:00:00Z");
    const auto b = start(two, 1, "TAG-2", "2026-01-02T04:00:00Z");
    const auto c = start(one, 2, "TAG-2", "2026-01-02T05:00:00Z");
    stop(one, a);
    http_client http(gw.port());
    const auto list = [&](const std::string& query) { return ids(http.get("/api/v1/transactions" + query).json()); };
    CHECK(list("") == id_list{c, b, a});
    CHECK(list("?chargePointId=cp-1") == id_list{c, a});
    CHECK(list("?chargePointId=CP-1&connectorId=2") == id_list{c});
    CHECK(list("?idTag=tag-2") == id_list{c, b});
    CHECK(list("?state=stopped") == id_list{a});
    CHECK(list("?state=running&chargePointId=CP-2") == id_list{b});
    CHECK(list("?startedAfter=2026-01-02T04:00:00Z") == id_list{c, b});
    CHECK(list("?startedBefore=2026-01-02T06:00:00%2B02:00") == id_list{a});
    CHECK(list("?chargePointId=nobody").empty());

    const auto first = http.get("/api/v1/transactions?limit=2").json();
    CHECK(ids(first) == id_list{c, b});
    const auto second = http.get("/api/v1/transactions?limit=2&after=" + text_at(first, "/next")).json();
    CHECK(ids(second) == id_list{a});
    CHECK_FALSE(has(second, "/next"));
}

TEST_CASE("a wrong question about transactions is refused", "[http]") {
    temporary_directory directory;
    running_gateway gw(journal_in(directory.path()));
    const auto* query = GENERATE("limit=0", "limit=10001", "limit=x", "after=17", "state=done", "connectorId=1",
                                 "chargePointId=CP-1&connectorId=-1", "startedAfter=yesterday",
                                 "startedBefore=2026-01-02T03:04:05", "colour=red");
    CAPTURE(query);
    CHECK(http_client(gw.port()).get(std::string("/api/v1/transactions?") + query).status == 400);
}

TEST_CASE("without a journal there are no transactions to read", "[http]") {
    running_gateway gw;
    http_client http(gw.port());
    CHECK(http.get("/api/v1/transactions").status == 501);
    CHECK(http.get("/api/v1/transactions/17").status == 501);
}
