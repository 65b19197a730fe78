// POST /api/v1/charge-points/{id}/actions/{action}: the same words for every version; and the variables that are
// learnt.
#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"
#include "support/v2x.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <cstdint>
#include <future>
#include <set>
#include <string>

using namespace voltgate;
using namespace voltgate::test;

namespace {

std::future<http_response> post(std::uint16_t port, std::string path, json::object body) {
    return std::async(std::launch::async, [port, path = std::move(path), body = std::move(body)] {
        return http_client(port).post("/api/v1/charge-points/" + path, body);
    });
}

json::object with(json::object parameters) {
    json::object body;
    body["parameters"] = std::move(parameters);
    return body;
}

}  // namespace

TEST_CASE("An action reaches each version in its own words and is answered in the same", "[http]") {
    running_gateway gw;
    auto old = gw.connect("CP-16");
    auto fresh = gw.connect("CP-201", speaking(ocpp::version::v201));
    auto answer = post(gw.port(), "CP-16/actions/start", with({{"evseId", 1}, {"idTag", "TAG-1"}}));
    const auto call16 = old.expect_call("RemoteStartTransaction");
    CHECK(call16.payload == json::object({{"connectorId", 1}, {"idTag", "TAG-1"}}));
    call16.answer({{"status", "Accepted"}});
    const auto told16 = answer.get();
    CHECK(told16.status == 200);
    CHECK(at(told16.json(), "/result/status") == "accepted");
    CHECK(at(told16.json(), "/ocppVersion") == "1.6");
    CHECK(at(told16.json(), "/commandName") == "RemoteStartTransaction");
    CHECK(at(told16.json(), "/payload/status") == "Accepted");

    answer = post(gw.port(), "CP-201/actions/start", with({{"evseId", 1}, {"idTag", "TAG-1"}}));
    const auto call201 = fresh.expect_call("RequestStartTransaction");
    CHECK(at(call201.payload, "/idToken/idToken") == "TAG-1");
    CHECK(number_at(call201.payload, "/remoteStartId") > 0);
    call201.answer({{"status", "Rejected"}, {"statusInfo", {{"reasonCode", "NoCable"}}}});
    const auto told201 = answer.get();
    CHECK(at(told201.json(), "/result/status") == "rejected");
    CHECK(at(told201.json(), "/result/reasonCode") == "NoCable");
}

TEST_CASE("A session without a card is started, and reserved for, with the empty tag", "[http][reservation]") {
    const auto version = GENERATE(ocpp::version::v16, ocpp::version::v201, ocpp::version::v21);
    const json::value tag = version == ocpp::version::v16
                                ? json::value("")
                                : json::value(json::object({{"idToken", ""}, {"type", "NoAuthorization"}}));
    const char* member = version == ocpp::version::v16 ? "/idTag" : "/idToken";
    temporary_directory directory;
    running_gateway gw(journal_in(directory.path()));
    auto cp = gw.connect("CP-1", speaking(version));
    auto answer = post(gw.port(), "CP-1/actions/start", with({{"evseId", 1}, {"idTag", ""}}));
    const auto start =
        cp.expect_call(version == ocpp::version::v16 ? "RemoteStartTransaction" : "RequestStartTransaction");
    CHECK(at(start.payload, member) == tag);
    start.answer({{"status", "Accepted"}});
    CHECK(at(answer.get().json(), "/result/status") == "accepted");
    answer = post(gw.port(), "CP-1/actions/reserve",
                  with({{"evseId", 1}, {"idTag", ""}, {"expiryDate", "2099-01-01T00:00:00Z"}}));
    const auto reserve = cp.expect_call("ReserveNow");
    CHECK(at(reserve.payload, member) == tag);
    reserve.answer({{"status", "Accepted"}});
    CHECK(at(answer.get().json(), "/result/status") == "accepted");
    CHECK(at(http_client(gw.port()).get("/api/v1/reservations").json(), "/items/0/idTag") == "");
    CHECK(post(gw.port(), "CP-1/actions/start", with({{"evseId", 1}})).get().status == 422);
}

TEST_CASE("The same action under the same commandId is sent once", "[http]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1", speaking(ocpp::version::v21));
    auto body = with({{"idTag", "TAG-1"}});
    body["commandId"] = "once";
    auto first = post(gw.port(), "CP-1/actions/start", body);
    cp.expect_call("RequestStartTransaction").answer({{"status", "Accepted"}});
    CHECK(first.get().status == 200);
    CHECK(post(gw.port(), "CP-1/actions/start", body).get().status == 200);
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("A charge point of 2.x is asked whether a transaction goes on, one of 1.6 cannot be", "[http]") {
    running_gateway gw;
    auto old = gw.connect("CP-16");
    auto cp = gw.connect("CP-201", speaking(ocpp::version::v201));
    auto answer = post(gw.port(), "CP-201/actions/transaction_status", with({{"transactionId", "T-1"}}));
    const auto call = cp.expect_call("GetTransactionStatus");
    CHECK(call.payload == json::object({{"transactionId", "T-1"}}));
    call.answer({{"ongoingIndicator", true}, {"messagesInQueue", false}});
    const auto told = answer.get();
    CHECK(told.status == 200);
    CHECK(at(told.json(), "/result/ongoing") == true);
    CHECK(at(told.json(), "/result/messagesInQueue") == false);
    const auto refused = post(gw.port(), "CP-16/actions/transaction_status", with({})).get();
    CHECK(refused.status == 422);
    CHECK(at(refused.json(), "/detail") == "1.6 cannot be asked about transactions");
}

TEST_CASE("A reservation is made under an id that the gateway chooses, and cancelled by it", "[http][reservation]") {
    const auto version = GENERATE(ocpp::version::v16, ocpp::version::v201, ocpp::version::v21);
    const char* member = version == ocpp::version::v16 ? "/reservationId" : "/id";
    temporary_directory directory;
    running_gateway gw(journal_in(directory.path()));
    auto cp = gw.connect("CP-1", speaking(version));
    http_client http(gw.port());
    auto wanted = with({{"evseId", 1}, {"idTag", "TAG-1"}, {"expiryDate", "2099-01-01T00:00:00Z"}});
    std::set<std::int64_t> ids;
    for (int i = 0; i < 3; ++i) {
        auto answer = post(gw.port(), "CP-1/actions/reserve", wanted);
        const auto call = cp.expect_call("ReserveNow");
        call.answer({{"status", "Accepted"}});
        const auto told = answer.get().json();
        CHECK(number_at(told, "/reservationId") == number_at(call.payload, member));
        ids.insert(number_at(told, "/reservationId"));
    }
    CHECK(ids.size() == 3);
    CHECK(*ids.begin() > 0);
    CHECK(*ids.rbegin() <= 0x7FFF'FFFF);
    CHECK(at(http.get("/api/v1/reservations?state=accepted").json(), "/items").as_array().size() == 3);
    auto cancelled = post(gw.port(), "CP-1/actions/cancel_reservation", with({{"reservationId", *ids.begin()}}));
    cp.expect_call("CancelReservation").answer({{"status", "Accepted"}});
    CHECK(at(cancelled.get().json(), "/result/status") == "accepted");
    CHECK(at(http.get("/api/v1/reservations?state=accepted").json(), "/items").as_array().size() == 2);

    wanted["commandId"] = "once";
    const auto accepted =
        http.post("/api/v1/charge-points/CP-1/actions/reserve", wanted, {{"Prefer", "respond-async"}});
    CHECK(accepted.status == 202);
    const auto call = cp.expect_call("ReserveNow");
    CHECK(number_at(accepted.json(), "/reservationId") == number_at(call.payload, member));
    call.answer({{"status", "Accepted"}});
    cp.heartbeat();
    const auto again = http.post("/api/v1/charge-points/CP-1/actions/reserve", wanted);
    CHECK(again.status == 200);
    CHECK(number_at(again.json(), "/reservationId") == number_at(call.payload, member));
}

TEST_CASE("What an action lacks is said", "[http]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    http_client http(gw.port());
    const auto status = [&](const std::string& path, const json::object& body) {
        return http.post("/api/v1/charge-points/" + path, body).status;
    };
    CHECK(status("CP-1/actions/dance", {}) == 404);
    CHECK(status("nobody/actions/reset", {}) == 404);
    CHECK(status("CP-1/actions/stop", {}) == 422);
    CHECK(status("CP-1/actions/stop", with({{"transactionId", "2147483648"}})) == 422);
    CHECK(status("CP-1/actions/start", with({{"idTag", "A"}, {"evseId", 0}})) == 422);
    CHECK(status("CP-1/actions/reset", with({{"type", "resume"}})) == 422);
    CHECK(status("CP-1/actions/reserve", with({{"idTag", "A"}, {"expiryDate", "2020-01-01T00:00:00Z"}})) == 422);
    CHECK(status("CP-1/actions/send_local_list",
                 with({{"listVersion", 1}, {"entries", json::array({json::object({{"idTag", "A"}})})}})) == 422);
    CHECK(status("CP-1/actions/get_config", with({{"keys", json::array({""})}})) == 422);
    CHECK(status("CP-1/actions/reset", {{"colour", "red"}}) == 400);
    CHECK(status("CP-1/actions/reset", {{"parameters", 1}}) == 400);
    CHECK(status("CP-1/actions/reset", {{"timeoutSeconds", -1}}) == 400);
    cp.close();
    gw.expect_disconnect("CP-1");
    CHECK(status("CP-1/actions/reset", {}) == 503);
}

TEST_CASE("Variables are learnt from reports and answers and can be read", "[http]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1", speaking(ocpp::version::v201));
    http_client http(gw.port());
    CHECK(at(http.get("/api/v1/charge-points/CP-1/variables").json(), "/items").as_array().empty());
    auto answer = post(gw.port(), "CP-1/actions/get_config", with({{"keys", json::array({"HeartbeatInterval"})}}));
    const auto call = cp.expect_call("GetVariables");
    json::object result = at(call.payload, "/getVariableData/0").as_object();
    result["attributeStatus"] = "Accepted";
    result["attributeValue"] = "300";
    call.answer({{"getVariableResult", json::array({result})}});
    CHECK(at(answer.get().json(), "/result/values/0/key") == "OCPPCommCtrlr.HeartbeatInterval");
    const auto learnt = http.get("/api/v1/charge-points/CP-1/variables?component=ocppcommctrlr").json();
    CHECK(at(learnt, "/items/0/variableAttribute/0/value") == "300");
    CHECK(http.get("/api/v1/charge-points/nobody/variables").status == 404);
    CHECK(http.get("/api/v1/charge-points/CP-1/variables?limit=0").status == 400);
    CHECK(http.get("/api/v1/charge-points/CP-1/variables?colour=red").status == 400);
}
