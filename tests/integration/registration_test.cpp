// What a charge point whose boot is not accepted may send and be sent.
#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"
#include "support/v2x.hpp"
#include "support/wait.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <future>
#include <string>

using namespace voltgate;
using namespace voltgate::test;

namespace {

constexpr const char* entry_of_cp = "CP-1";

running_gateway::configure answering(boot_config::status s) {
    return [s](config& c) {
        charge_point_config entry;
        entry.pattern = entry_of_cp;
        entry.registration = s;
        c.charge_points.push_back(entry);
    };
}

json::object boot_of(ocpp::version v) {
    if (v == ocpp::version::v16) return {{"chargePointVendor", "V"}, {"chargePointModel", "M"}};
    return {{"reason", "PowerUp"}, {"chargingStation", {{"model", "M"}, {"vendorName", "V"}}}};
}

const json::object status_2x{
    {"timestamp", "2026-01-02T03:04:05Z"}, {"connectorStatus", "Available"}, {"evseId", 1}, {"connectorId", 1}};

command_result trigger(running_gateway& gw, charge_point& cp, std::string_view message, std::string_view answer) {
    auto pending = gw.send("CP-1", "TriggerMessage", {{"requestedMessage", message}});
    cp.expect_call("TriggerMessage").answer({{"status", answer}});
    return pending.get();
}

std::string start_of(ocpp::version v) {
    return v == ocpp::version::v16 ? "RemoteStartTransaction" : "RequestStartTransaction";
}

json::object start_payload(ocpp::version v) {
    if (v == ocpp::version::v16) return {{"idTag", "TAG-1"}};
    return {{"idToken", id_token("TAG-1")}, {"remoteStartId", 1}};
}

/// The configuration in force from here on.
void accept_from_now_on(running_gateway& gw) {
    config c;
    c.log.level = log_config::severity::off;
    CHECK(gw->reload(c).empty());
}

}  // namespace

TEST_CASE("What a pending charge point accepted to send is answered", "[registration]") {
    running_gateway gw(answering(boot_config::status::pending));
    auto cp = gw.connect("CP-1", speaking(GENERATE(ocpp::version::v201, ocpp::version::v21)));
    CHECK(cp.call("BootNotification", boot_of(ocpp::version::v201)).at("status") == "Pending");
    CHECK(cp.call_error("StatusNotification", status_2x).code == "SecurityError");
    trigger(gw, cp, "StatusNotification", "Rejected");
    CHECK(cp.call_error("StatusNotification", status_2x).code == "SecurityError");
    trigger(gw, cp, "StatusNotification", "Accepted");
    CHECK(cp.call("StatusNotification", status_2x).empty());
    CHECK(cp.call("StatusNotification", status_2x).empty());  // of its other connector
    CHECK(gw.expect_event(event_type::connector_status_changed, "CP-1").payload.at("status") == "Available");
    CHECK(cp.call_error("Heartbeat", {}).code == "SecurityError");
    trigger(gw, cp, "TransactionEvent", "Accepted");
    cp.call("TransactionEvent", transaction_event("Started", "tx-1", 0));
    trigger(gw, cp, "SignChargingStationCertificate", "Accepted");
    CHECK(cp.call("SignCertificate", {{"csr", "x"}}).at("status") == "Rejected");
}

TEST_CASE("What a pending charge point is asked for may overtake its answer", "[registration]") {
    running_gateway gw(answering(boot_config::status::pending));
    auto cp = gw.connect("CP-1", speaking(GENERATE(ocpp::version::v201, ocpp::version::v21)));
    cp.call("BootNotification", boot_of(ocpp::version::v201));
    auto pending = gw.send("CP-1", "TriggerMessage", {{"requestedMessage", "StatusNotification"}});
    const auto asked = cp.expect_call("TriggerMessage");
    CHECK(cp.call("StatusNotification", status_2x).empty());
    asked.answer({{"status", "Accepted"}});
    CHECK(pending.get().outcome == outcome::result);
    CHECK(cp.call("StatusNotification", status_2x).empty());
    trigger(gw, cp, "StatusNotification", "Rejected");  // for another EVSE, say
    CHECK(cp.call("StatusNotification", status_2x).empty());
    trigger(gw, cp, "Heartbeat", "NotImplemented");
    CHECK(cp.call_error("Heartbeat", {}).code == "SecurityError");
}

TEST_CASE("A command that the registration forbids says so at once", "[registration]") {
    const auto v = GENERATE(ocpp::version::v16, ocpp::version::v201, ocpp::version::v21);
    const auto registration = GENERATE(boot_config::status::pending, boot_config::status::rejected);
    running_gateway gw(answering(registration));
    auto cp = gw.connect("CP-1", speaking(v));
    cp.call("BootNotification", boot_of(v));
    const auto refused = gw.command("CP-1", start_of(v), start_payload(v));
    CHECK(refused.outcome == outcome::not_sent);
    CHECK(refused.reason == reason::not_accepted);
    CHECK_FALSE(refused.detail.empty());
    http_client http(gw.port());
    const json::object wanted{{"commandName", start_of(v)}, {"payload", start_payload(v)}};
    const auto answer = http.post("/api/v1/charge-points/CP-1/commands", wanted);
    CHECK(answer.status == 503);
    CHECK(text_at(answer.json(), "/reason") == "not_accepted");
    if (registration == boot_config::status::rejected) {
        CHECK(gw.command("CP-1", "ClearCache").reason == reason::not_accepted);
    } else {
        auto pending = gw.send("CP-1", "ClearCache");
        cp.expect_call("ClearCache").answer({{"status", "Accepted"}});
        CHECK(pending.get().answered());
    }
}

TEST_CASE("A boot that is not accepted ends what waits for its turn and may not be sent now", "[registration]") {
    const auto v = GENERATE(ocpp::version::v16, ocpp::version::v201, ocpp::version::v21);
    running_gateway gw(answering(boot_config::status::pending));
    auto cp = gw.connect("CP-1", speaking(v));
    auto first = gw.send("CP-1", "ClearCache");
    const auto asked = cp.expect_call("ClearCache");
    auto forbidden = gw.send("CP-1", start_of(v), start_payload(v));
    auto permitted = gw.send("CP-1", "ClearCache");
    CHECK(cp.call("BootNotification", boot_of(v)).at("status") == "Pending");
    asked.answer({{"status", "Accepted"}});
    CHECK(first.get().answered());
    const auto refused = forbidden.get();
    CHECK(refused.outcome == outcome::not_sent);
    CHECK(refused.reason == reason::not_accepted);
    cp.expect_call("ClearCache").answer({{"status", "Accepted"}});
    CHECK(permitted.get().answered());
}

TEST_CASE("What waits for its turn waits for the registration once a boot is not accepted", "[registration]") {
    const auto v = GENERATE(ocpp::version::v16, ocpp::version::v201, ocpp::version::v21);
    running_gateway gw(io_threads(GENERATE(1, 3), answering(boot_config::status::pending)));
    auto cp = gw.connect("CP-1", speaking(v));
    auto first = gw.send("CP-1", "ClearCache");
    const auto asked = cp.expect_call("ClearCache");
    const json::object wanted{{"commandName", start_of(v)},
                              {"payload", start_payload(v)},
                              {"commandId", "later"},
                              {"expiresAt", "2099-01-01T00:00:00Z"}};
    auto posted = std::async(
        std::launch::async, [&] { return http_client(gw.port()).post("/api/v1/charge-points/CP-1/commands", wanted); });
    http_client http(gw.port());
    eventually([&] { return http.get("/api/v1/commands/later").status == 200; }, "the command waits for its turn");
    CHECK(cp.call("BootNotification", boot_of(v)).at("status") == "Pending");
    asked.answer({{"status", "Accepted"}});
    CHECK(first.get().answered());
    const auto answer = posted.get();
    CHECK(answer.status == 202);
    CHECK(text_at(answer.json(), "/waitsFor") == "registration");
    accept_from_now_on(gw);
    test::charge_point again(gw.port(), "CP-1", speaking(v));
    CHECK(again.call("BootNotification", boot_of(v)).at("status") == "Accepted");
    again.expect_call(start_of(v)).answer({{"status", "Accepted"}});
    eventually([&] { return text_at(http.get("/api/v1/commands/later").json(), "/state") == "done"; },
               "the command ends");
}

TEST_CASE("With an end to its patience a command waits for the registration, and says so", "[registration]") {
    temporary_directory directory;
    const auto v = GENERATE(ocpp::version::v16, ocpp::version::v201, ocpp::version::v21);
    const auto configure = answering(boot_config::status::pending);
    running_gateway gw(
        io_threads(GENERATE(1, 3), GENERATE(false, true) ? journal_in(directory.path(), configure) : configure));
    auto cp = gw.connect("CP-1", speaking(v));
    cp.call("BootNotification", boot_of(v));
    http_client http(gw.port());
    const json::object wanted{{"commandName", start_of(v)},
                              {"payload", start_payload(v)},
                              {"commandId", "later"},
                              {"expiresAt", "2099-01-01T00:00:00Z"}};
    const auto answer = http.post("/api/v1/charge-points/CP-1/commands", wanted);
    CHECK(answer.status == 202);
    CHECK(text_at(answer.json(), "/waitsFor") == "registration");
    CHECK(text_at(http.get("/api/v1/commands/later").json(), "/waitsFor") == "registration");

    SECTION("until its boot is accepted") {
        accept_from_now_on(gw);
        test::charge_point again(gw.port(), "CP-1", speaking(v));  // settings are those of the connection
        gw.expect_event(event_type::charge_point_disconnected, "CP-1");
        gw.expect_event(event_type::charge_point_connected, "CP-1");
        CHECK(text_at(http.get("/api/v1/commands/later").json(), "/waitsFor") == "registration");
        CHECK(again.call("BootNotification", boot_of(v)).at("status") == "Accepted");
        again.expect_call(start_of(v)).answer({{"status", "Accepted"}});
        eventually([&] { return text_at(http.get("/api/v1/commands/later").json(), "/state") == "done"; },
                   "the command ends");
    }
    SECTION("and for the connection, once that has ended") {
        cp.close();
        gw.expect_disconnect("CP-1");
        CHECK(text_at(http.get("/api/v1/commands/later").json(), "/waitsFor") == "connection");
    }
}
