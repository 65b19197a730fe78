// Members that say nothing useful do not make the rest of a message useless.
#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/v2x.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <string>

using namespace voltgate;
using namespace voltgate::test;

namespace {

std::int64_t counted(running_gateway& gw, std::string_view id, std::string_view rule) {
    const auto record = http_client(gw.port()).get("/api/v1/charge-points/" + std::string(id)).json();
    const auto pointer = "/deviations/" + std::string(rule);
    return has(record, pointer) ? number_at(record, pointer) : 0;
}

ocpp::version any_2x() { return GENERATE(ocpp::version::v201, ocpp::version::v21); }

json::object boot_2x() { return {{"reason", "PowerUp"}, {"chargingStation", {{"model", "M"}, {"vendorName", "V"}}}}; }

}  // namespace

TEST_CASE("A 1.6 charge point that writes null for what it has not got boots and charges", "[tolerance]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    const json::object boot{{"chargePointVendor", "V"}, {"chargePointModel", "M"}, {"iccid", nullptr},
                            {"imsi", nullptr},          {"meterType", nullptr},    {"firmwareVersion", nullptr}};
    CHECK(cp.call("BootNotification", boot).at("status") == "Accepted");
    const auto booted = gw.expect_event(event_type::charge_point_booted, "CP-1").payload;
    auto plain = gw.connect("CP-2");
    plain.call("BootNotification", {{"chargePointVendor", "V"}, {"chargePointModel", "M"}});
    CHECK(booted == gw.expect_event(event_type::charge_point_booted, "CP-2").payload);

    cp.call("StatusNotification", {{"connectorId", 1},
                                   {"status", "Available"},
                                   {"errorCode", "NoError"},
                                   {"info", nullptr},
                                   {"timestamp", nullptr},
                                   {"vendorId", nullptr}});
    const auto started = cp.call("StartTransaction", {{"connectorId", 1},
                                                      {"idTag", "TAG-1"},
                                                      {"meterStart", 0},
                                                      {"timestamp", "2026-01-02T03:04:05Z"},
                                                      {"reservationId", nullptr}});
    CHECK(started.at("idTagInfo").at("status") == "Accepted");
    CHECK(gw.expect_event(event_type::transaction_started, "CP-1").payload.at("reservationId").is_null());
    cp.call("StopTransaction", {{"transactionId", started.at("transactionId")},
                                {"idTag", nullptr},
                                {"meterStop", 1000},
                                {"timestamp", "2026-01-02T03:05:05Z"},
                                {"reason", nullptr},
                                {"transactionData", nullptr}});
    CHECK(gw.expect_event(event_type::transaction_stopped, "CP-1").payload.at("reason") == "Local");
    CHECK(counted(gw, "CP-1", "null_member") == 11);
    CHECK(counted(gw, "CP-1", "unusable_transaction_message") == 0);
    CHECK(cp.call_error("Authorize", {{"idTag", nullptr}}).code == "OccurenceConstraintViolation");
}

TEST_CASE("A 2.x charge point that writes null for what it has not got boots and charges", "[tolerance]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1", speaking(any_2x()));
    auto boot = boot_2x();
    boot.at("chargingStation").as_object()["modem"] = nullptr;
    boot.at("chargingStation").as_object()["serialNumber"] = nullptr;
    boot["customData"] = nullptr;
    CHECK(cp.call("BootNotification", boot).at("status") == "Accepted");
    auto start = transaction_event("Started", "tx-1", 0, "CablePluggedIn");
    for (const auto* name : {"meterValue", "idToken", "reservationId", "cableMaxCurrent"}) start[name] = nullptr;
    start.at("transactionInfo").as_object()["chargingState"] = nullptr;
    CHECK_FALSE(cp.call("TransactionEvent", start).contains("idTokenInfo"));
    CHECK(gw.expect_event(event_type::transaction_started, "CP-1").payload.at("idTag").is_null());
    CHECK(counted(gw, "CP-1", "null_member") == 8);
}

TEST_CASE("null in a member is refused where that is strict", "[tolerance]") {
    running_gateway gw([](config& c) { c.conformance.rules[rule::null_member] = level::strict; });
    auto cp = gw.connect("CP-1");
    CHECK(cp.call_error("BootNotification", {{"chargePointVendor", "V"}, {"chargePointModel", "M"}, {"iccid", nullptr}})
              .code == "FormationViolation");
}

TEST_CASE("customData without a vendor does not spoil its message", "[tolerance]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1", speaking(any_2x()));
    auto boot = boot_2x();
    boot["customData"] = json::object{{"site", 7}};
    CHECK(cp.call("BootNotification", boot).at("status") == "Accepted");
    auto start = transaction_event("Started", "tx-1", 0);
    start["customData"] = "none";
    cp.call("TransactionEvent", start);
    CHECK(counted(gw, "CP-1", "custom_data") == 2);
    CHECK(counted(gw, "CP-1", "unusable_transaction_message") == 0);
}

TEST_CASE("An empty certificate or list of hashes beside a token is none", "[tolerance]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1", speaking(any_2x()));
    cp.call("BootNotification", boot_2x());
    json::object request{{"idToken", id_token("04A1")}};
    SECTION("a certificate") { request["certificate"] = ""; }
    SECTION("hashes") { request["iso15118CertificateHashData"] = json::array(); }
    SECTION("both, as null") {
        request["certificate"] = nullptr;
        request["iso15118CertificateHashData"] = nullptr;
    }
    const auto answer = cp.call("Authorize", request);
    CHECK(answer.at("idTokenInfo").at("status") == "Accepted");
    CHECK_FALSE(answer.contains("certificateStatus"));
}

TEST_CASE("DataTransfer whose data is an object is answered and told", "[tolerance]") {
    running_gateway gw;
    const auto v = GENERATE(ocpp::version::v16, ocpp::version::v201, ocpp::version::v21);
    auto cp = gw.connect("CP-1", speaking(v));
    if (v == ocpp::version::v16) cp.boot();
    if (v != ocpp::version::v16) cp.call("BootNotification", boot_2x());
    const json::object data{{"a", 1}, {"b", {true, nullptr}}};
    CHECK(cp.call("DataTransfer", {{"vendorId", "com.example"}, {"data", data}}).at("status") == "UnknownVendorId");
    CHECK(gw.expect_event(event_type::data_transfer_received, "CP-1").payload.at("data") == data);
    CHECK(counted(gw, "CP-1", "object_as_string") == (v == ocpp::version::v16 ? 1 : 0));
}

TEST_CASE("The empty text of a NoAuthorization token is no deviation", "[tolerance]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1", speaking(any_2x()));
    cp.call("BootNotification", boot_2x());
    auto start = transaction_event("Started", "tx-1", 0);
    start["idToken"] = id_token("", "NoAuthorization");
    CHECK(cp.call("TransactionEvent", start).at("idTokenInfo").at("status") == "Accepted");
    CHECK(counted(gw, "CP-1", "empty_string") == 0);
}
