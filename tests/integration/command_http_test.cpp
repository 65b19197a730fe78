// Commands and reservations over HTTP: accepted now, asked for later.
#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"
#include "support/v2x.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <string>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

const json::object accepted = {{"status", "Accepted"}};
constexpr const char* to_cp_1 = "/api/v1/charge-points/CP-1/commands";
constexpr const char* much_later = "2099-01-01T00:00:00Z";

json::object clear_cache(std::string id) { return {{"commandName", "ClearCache"}, {"commandId", std::move(id)}}; }

json::object clear_cache(std::string id, const char* expires_at) {
    auto body = clear_cache(std::move(id));
    body["expiresAt"] = expires_at;
    return body;
}

running_gateway::configure either_store(const temporary_directory& directory, bool in_journal) {
    return in_journal ? journal_in(directory.path()) : running_gateway::configure();
}

std::vector<std::string> ids(const json::value& page) {
    std::vector<std::string> found;
    for (const auto& item : at(page, "/items").as_array()) found.push_back(text_at(item, "/commandId"));
    return found;
}

}  // namespace

TEST_CASE("A command may be accepted and asked for later", "[command][http]") {
    temporary_directory directory;
    running_gateway gw(either_store(directory, GENERATE(false, true)));
    auto cp = gw.connect("CP-1");
    http_client http(gw.port());
    const auto answer = http.post(to_cp_1, clear_cache("my command"), {{"Prefer", "wait=5, Respond-Async;x=1"}});
    CHECK(answer.status == 202);
    CHECK(answer.header("Location") == "/api/v1/commands/my%20command");
    CHECK(text_at(answer.json(), "/commandId") == "my command");
    CHECK(text_at(answer.json(), "/state") == "waiting");
    const auto call = cp.expect_call("ClearCache");
    const auto under_way = http.get("/api/v1/commands/my%20command").json();
    CHECK(text_at(under_way, "/state") == "dispatching");
    CHECK_FALSE(has(under_way, "/outcome"));
    call.answer(accepted);
    cp.heartbeat();
    const auto done = http.get("/api/v1/commands/my%20command").json();
    CHECK(text_at(done, "/state") == "done");
    CHECK(text_at(done, "/outcome") == "result");
    CHECK(text_at(done, "/reason") == "answered");
    CHECK(text_at(done, "/payload/status") == "Accepted");
    CHECK(text_at(done, "/commandName") == "ClearCache");
    CHECK(text_at(done, "/chargePointId") == "CP-1");
    CHECK(is_utc_timestamp(text_at(done, "/createdAt")));
    CHECK(is_utc_timestamp(text_at(done, "/updatedAt")));
    CHECK(at(done, "/late") == false);
    CHECK(http.get("/api/v1/commands/other").status == 404);
}

TEST_CASE("A command to a charge point that is away is accepted when it may wait", "[command][http]") {
    temporary_directory directory;
    running_gateway gw(io_threads(GENERATE(1, 3), either_store(directory, GENERATE(false, true))));
    gw.connect("CP-1").close();
    gw.expect_disconnect("CP-1");
    http_client http(gw.port());
    CHECK(http.post(to_cp_1, clear_cache("no")).status == 503);
    CHECK(http.post(to_cp_1, clear_cache("late", "2001-01-01T00:00:00Z")).status == 410);
    CHECK(http.post(to_cp_1, clear_cache("yes", much_later)).status == 202);
    CHECK(http.post(to_cp_1, clear_cache("yes", much_later)).status == 202);
    CHECK(text_at(http.get("/api/v1/commands/yes").json(), "/expiresAt") == "2099-01-01T00:00:00.000Z");
    auto cp = gw.connect("CP-1");
    cp.expect_call("ClearCache").answer(accepted);
    cp.expect_silence_until_heartbeat();
    CHECK(text_at(http.get("/api/v1/commands/yes").json(), "/outcome") == "result");
    const auto again = http.post(to_cp_1, clear_cache("yes", much_later));
    CHECK(again.status == 200);
    CHECK(text_at(again.json(), "/payload/status") == "Accepted");
    CHECK(http.post(to_cp_1, clear_cache("no")).status == 503);
    CHECK(http.post("/api/v1/charge-points/CP-2/commands", clear_cache("yes")).status == 409);
    CHECK(http.post("/api/v1/charge-points/NOBODY/commands", clear_cache("nobody", much_later)).status == 404);
}

TEST_CASE("A caller who waits is told when his command goes back to waiting", "[command][http]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    auto first = gw.send("CP-1", "ClearCache");
    cp.expect_call("ClearCache").ignore();
    http_client http(gw.port());
    const std::string body = json::serialize(clear_cache("patient", much_later));
    http.send_bytes("POST " + std::string(to_cp_1) +
                    " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " +
                    std::to_string(body.size()) + "\r\n\r\n" + body);
    const auto kept = [&] { return http_client(gw.port()).get("/api/v1/commands/patient").status == 200; };
    eventually(kept, "it is kept");
    cp.drop_without_close();
    CHECK(http.read_answer().status == 202);
    CHECK(first.get().outcome == outcome::unknown);
}

TEST_CASE("Commands are listed page by page", "[command][http]") {
    temporary_directory directory;
    running_gateway gw(either_store(directory, GENERATE(false, true)));
    for (const auto* id : {"CP-1", "CP-2"}) {
        gw.connect(id).close();
        gw.expect_disconnect(id);
    }
    http_client http(gw.port());
    for (const auto* id : {"a", "b", "c"}) CHECK(http.post(to_cp_1, clear_cache(id, much_later)).status == 202);
    CHECK(http.post("/api/v1/charge-points/cp-2/commands", clear_cache("d")).status == 503);
    CHECK(ids(http.get("/api/v1/commands").json()) == std::vector<std::string>{"d", "c", "b", "a"});
    CHECK(ids(http.get("/api/v1/commands?chargePointId=cP-1").json()) == std::vector<std::string>{"c", "b", "a"});
    CHECK(ids(http.get("/api/v1/commands?state=done").json()) == std::vector<std::string>{"d"});
    CHECK(ids(http.get("/api/v1/commands?state=waiting&chargePointId=CP-2").json()).empty());
    const auto page = http.get("/api/v1/commands?limit=3").json();
    CHECK(ids(page) == std::vector<std::string>{"d", "c", "b"});
    const auto rest = http.get("/api/v1/commands?limit=3&after=" + text_at(page, "/next")).json();
    CHECK(ids(rest) == std::vector<std::string>{"a"});
    CHECK_FALSE(has(rest, "/next"));
    for (const auto* wrong : {"state=x", "limit=0", "limit=10001", "after=x", "x=1"})
        CHECK(http.get(std::string("/api/v1/commands?") + wrong).status == 400);
}

TEST_CASE("A reservation is accepted, and then cancelled, used or expired", "[reservation]") {
    temporary_directory directory;
    running_gateway gw(journal_in(directory.path()));
    auto cp = gw.connect("CP-1");
    http_client http(gw.port());
    const auto reserve = [&](int id, const char* until, const char* status) {
        auto pending = gw.send("cp-1", "ReserveNow",
                               {{"connectorId", 1}, {"expiryDate", until}, {"idTag", "TAG-1"}, {"reservationId", id}});
        cp.expect_call("ReserveNow").answer({{"status", status}});
        CHECK(pending.get().answered());
    };
    const auto listed = [&](const char* query) { return http.get(std::string("/api/v1/reservations") + query).json(); };
    reserve(1, much_later, "Accepted");
    reserve(2, much_later, "Accepted");
    reserve(3, "2001-01-01T00:00:00Z", "Accepted");
    reserve(4, much_later, "Occupied");
    reserve(5, much_later, "Accepted");
    reserve(5, "2098-01-01T00:00:00Z", "Accepted");
    auto cancel = gw.send("CP-1", "CancelReservation", {{"reservationId", 1}});
    cp.expect_call("CancelReservation").answer(accepted);
    CHECK(cancel.get().answered());
    json::object start{
        {"connectorId", 1}, {"idTag", "TAG-1"}, {"meterStart", 0}, {"timestamp", "2026-01-02T03:04:05Z"}};
    start["reservationId"] = 2;
    const auto transaction = cp.call("StartTransaction", start).at("transactionId").as_int64();

    const auto all = listed("");
    const std::vector<std::pair<int, std::string>> expected = {
        {5, "accepted"}, {3, "expired"}, {2, "used"}, {1, "cancelled"}};
    REQUIRE(at(all, "/items").as_array().size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const auto where = "/items/" + std::to_string(i);
        CHECK(number_at(all, where + "/reservationId") == expected[i].first);
        CHECK(text_at(all, where + "/state") == expected[i].second);
        CHECK(text_at(all, where + "/chargePointId") == "CP-1");
    }
    CHECK(text_at(all, "/items/0/expiryDate") == "2098-01-01T00:00:00.000Z");
    CHECK(text_at(all, "/items/0/idTag") == "TAG-1");
    CHECK(number_at(all, "/items/0/evseId") == 1);
    CHECK(text_at(all, "/items/2/transactionId") == std::to_string(transaction));
    CHECK(number_at(listed("?state=expired"), "/items/0/reservationId") == 3);
    CHECK(number_at(listed("?state=accepted&chargePointId=cp-1"), "/items/0/reservationId") == 5);
    CHECK(at(listed("?chargePointId=CP-2"), "/items").as_array().empty());
    const auto page = listed("?limit=3");
    CHECK(number_at(listed(("?limit=3&after=" + text_at(page, "/next")).c_str()), "/items/0/reservationId") == 1);
    for (const auto* wrong : {"?state=x", "?limit=0", "?after=x", "?x=1"})
        CHECK(http.get(std::string("/api/v1/reservations") + wrong).status == 400);
}

TEST_CASE("The id of a reservation that has expired is used again, and both are told", "[reservation]") {
    temporary_directory directory;
    running_gateway gw(journal_in(directory.path()));
    auto cp = gw.connect("CP-1");
    for (const auto* until : {"2001-01-01T00:00:00Z", much_later}) {
        auto pending = gw.send("CP-1", "ReserveNow",
                               {{"connectorId", 1}, {"expiryDate", until}, {"idTag", "TAG-1"}, {"reservationId", 1}});
        cp.expect_call("ReserveNow").answer(accepted);
        CHECK(pending.get().answered());
    }
    const auto all = http_client(gw.port()).get("/api/v1/reservations").json();
    REQUIRE(at(all, "/items").as_array().size() == 2);
    CHECK(text_at(all, "/items/0/state") == "accepted");
    CHECK(text_at(all, "/items/1/state") == "expired");
}

TEST_CASE("Reservations of 2.x end by command, by use, or as the charge point says", "[reservation]") {
    const auto version = GENERATE(ocpp::version::v201, ocpp::version::v21);
    temporary_directory directory;
    running_gateway gw(journal_in(directory.path()));
    auto cp = gw.connect("CP-1", speaking(version));
    http_client http(gw.port());
    for (int id = 1; id <= 6; ++id) {
        json::object reserve{{"id", id}, {"expiryDateTime", much_later}, {"idToken", id_token("TAG-1")}};
        if (id == 2) reserve["evseId"] = 1;
        if (id == 6) reserve["idToken"] = id_token("1234", "KeyCode");
        if (id == 6) reserve["groupIdToken"] = id_token("FLEET", "Central");
        auto pending = gw.send("CP-1", "ReserveNow", reserve);
        cp.expect_call("ReserveNow").answer(accepted);
        CHECK(pending.get().answered());
    }
    auto cancel = gw.send("CP-1", "CancelReservation", {{"reservationId", 1}});
    cp.expect_call("CancelReservation").answer(accepted);
    CHECK(cancel.get().answered());
    auto start = transaction_event("Started", "T-0042", 0);
    start["reservationId"] = 2;
    cp.call("TransactionEvent", start);
    // The id is given again; what goes on charging with the first one does not use the second.
    auto again = gw.send("CP-1", "ReserveNow", {{"id", 2}, {"expiryDateTime", much_later}, {"idToken", id_token("T")}});
    cp.expect_call("ReserveNow").answer(accepted);
    CHECK(again.get().answered());
    auto goes_on = transaction_event("Updated", "T-0042", 1);
    goes_on["reservationId"] = 2;
    cp.call("TransactionEvent", goes_on);
    for (const auto& [id, status] : {std::pair(3, "Expired"), std::pair(4, "Removed"), std::pair(99, "Removed")})
        cp.call("ReservationStatusUpdate", {{"reservationId", id}, {"reservationUpdateStatus", status}});
    if (version == ocpp::version::v21)
        cp.call("ReservationStatusUpdate", {{"reservationId", 5}, {"reservationUpdateStatus", "NoTransaction"}});

    const auto all = http.get("/api/v1/reservations?chargePointId=CP-1").json();
    std::string states;
    for (const auto& r : at(all, "/items").as_array()) states.append(text_at(r, "/state")).append(" ");
    CHECK(states == (version == ocpp::version::v21 ? "accepted accepted used cancelled expired used cancelled "
                                                   : "accepted accepted accepted cancelled expired used cancelled "));
    CHECK(text_at(all, "/items/5/transactionId") == "T-0042");
    CHECK(number_at(all, "/items/5/evseId") == 1);
    CHECK(at(all, "/items/5/connectorId").is_null());
    CHECK(text_at(all, "/items/5/idTag") == "TAG-1");
    CHECK(text_at(all, "/items/1/idTag").empty());  // a PIN
    CHECK(text_at(all, "/items/1/parentIdTag") == "FLEET");
    CHECK(at(all, "/items/1/evseId").is_null());
    CHECK(gw.expect_event(event_type::device_event, "CP-1").payload.at("message") == "ReservationStatusUpdate");
}

TEST_CASE("Without a journal there are no reservations to be listed", "[reservation]") {
    running_gateway gw;
    CHECK(http_client(gw.port()).get("/api/v1/reservations").status == 501);
}
