// What the gateway answers by itself to each call of an OCPP 1.6 charge point, and which event comes of it.
#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/manual_clock.hpp"
#include "support/running_gateway.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <tuple>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

const json::object boot_request = {{"chargePointVendor", "Vendor"},
                                   {"chargePointModel", "Model"},
                                   {"chargePointSerialNumber", "S-1"},
                                   {"firmwareVersion", "1.2.3"}};

running_gateway::configure with_pattern(const charge_point_config& settings) {
    return [settings](config& c) { c.charge_points.push_back(settings); };
}

json::object meter_values(const json::value& transaction) {
    json::object request = {
        {"connectorId", 1},
        {"meterValue",
         {{{"timestamp", "2026-01-02T03:14:05Z"},
           {"sampledValue", {{{"value", "1500.5"}, {"unit", "Wh"}, {"context", "Sample.Periodic"}}}}}}}};
    if (!transaction.is_null()) request["transactionId"] = transaction;
    return request;
}

}  // namespace

TEST_CASE("BootNotification is accepted with the time and the heartbeat interval", "[answers]") {
    auto clock = std::make_shared<manual_clock>();
    running_gateway gw([](config& c) { c.boot.interval = 120s; }, {}, clock);
    auto cp = gw.connect("CP-1");
    const auto answer = cp.call("BootNotification", boot_request);
    CHECK(answer == json::object({{"status", "Accepted"}, {"currentTime", "2026-01-02T03:04:05Z"}, {"interval", 120}}));
    const auto event = gw.expect_event(event_type::charge_point_booted, "CP-1");
    CHECK(event.payload.at("vendor") == "Vendor");
    CHECK(event.payload.at("model") == "Model");
    CHECK(event.payload.at("serialNumber") == "S-1");
    CHECK(event.payload.at("firmwareVersion") == "1.2.3");
    const auto record = http_client(gw.port()).get("/api/v1/charge-points/CP-1").json();
    CHECK(text_at(record, "/boot/vendor") == "Vendor");
    CHECK(text_at(record, "/boot/firmwareVersion") == "1.2.3");
}

TEST_CASE("BootNotification is pending or rejected where the configuration says so", "[answers]") {
    charge_point_config settings;
    settings.pattern = "NEW-*";
    settings.interval = 30s;
    const auto [registration, word] = GENERATE(std::pair(boot_config::status::pending, std::string("Pending")),
                                               std::pair(boot_config::status::rejected, std::string("Rejected")));
    settings.registration = registration;
    running_gateway gw(with_pattern(settings));
    charge_point cp(gw.port(), "new-1");
    const auto answer = cp.call("BootNotification", boot_request);
    CHECK(answer.at("status").as_string() == word);
    CHECK(answer.at("interval") == 30);
    auto other = gw.connect("CP-1");
    other.boot();
}

TEST_CASE("A call before the boot is accepted is refused with SecurityError where that is strict", "[answers]") {
    charge_point_config settings;
    settings.pattern = "NEW-*";
    settings.registration = boot_config::status::pending;
    settings.rules[rule::call_before_accepted] = level::strict;
    running_gateway gw(with_pattern(settings));
    charge_point cp(gw.port(), "NEW-1");
    CHECK(cp.call("BootNotification", boot_request).at("status") == "Pending");
    CHECK(cp.call_error("Authorize", {{"idTag", "TAG-1"}}).code == "SecurityError");
    CHECK(cp.call("BootNotification", boot_request).at("status") == "Pending");
}

TEST_CASE("Heartbeat tells the time, in whole seconds or with milliseconds", "[answers]") {
    auto clock = std::make_shared<manual_clock>();
    const bool milliseconds = GENERATE(false, true);
    running_gateway gw([milliseconds](config& c) { c.timestamp_milliseconds = milliseconds; }, {}, clock);
    auto cp = gw.connect("CP-1");
    clock->advance(1678ms);
    CHECK(cp.call("Heartbeat", {}) ==
          json::object({{"currentTime", milliseconds ? "2026-01-02T03:04:06.678Z" : "2026-01-02T03:04:06Z"}}));
    clock->step_utc(-24h);
    CHECK(cp.call("Heartbeat", {}).at("currentTime").as_string().starts_with("2026-01-01T03:04:06"));
}

TEST_CASE("Authorize accepts everybody, or only whom the list names", "[answers]") {
    SECTION("everybody") {
        running_gateway gw;
        auto cp = gw.connect("CP-1");
        CHECK(cp.authorize("anyone") == json::object({{"idTagInfo", {{"status", "Accepted"}}}}));
        const auto event = gw.expect_event(event_type::authorization_requested, "CP-1");
        CHECK(event.payload.at("idTag") == "anyone");
        CHECK(event.payload.at("idTagStatus") == "Accepted");
    }
    SECTION("the list, whatever the case of the letters") {
        running_gateway gw([](config& c) {
            c.authorization.policy = authorization_config::mode::list;
            c.authorization.id_tags = {"Tag-1"};
        });
        auto cp = gw.connect("CP-1");
        CHECK(cp.authorize("TAG-1") == json::object({{"idTagInfo", {{"status", "Accepted"}}}}));
        CHECK(cp.authorize("TAG-2") == json::object({{"idTagInfo", {{"status", "Invalid"}}}}));
    }
}

TEST_CASE("StatusNotification is noted with the status before it", "[answers]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    cp.status(1, "Available");
    CHECK(cp.call("StatusNotification", {{"connectorId", 1},
                                         {"errorCode", "GroundFailure"},
                                         {"status", "Faulted"},
                                         {"timestamp", "2026-01-02T03:04:00Z"},
                                         {"vendorErrorCode", "E17"}}) == json::object());
    const auto first = gw.expect_event(event_type::connector_status_changed, "CP-1");
    CHECK(first.payload.at("connectorId") == 1);
    CHECK(first.payload.at("status") == "Available");
    CHECK(first.payload.at("previousStatus").is_null());
    const auto second = gw.expect_event(event_type::connector_status_changed, "CP-1");
    CHECK(second.payload.at("status") == "Faulted");
    CHECK(second.payload.at("previousStatus") == "Available");
    CHECK(second.payload.at("errorCode") == "GroundFailure");
    CHECK(second.payload.at("vendorErrorCode") == "E17");
    CHECK(second.event->occurred_at.has_value());
    const auto record = http_client(gw.port()).get("/api/v1/charge-points/CP-1").json();
    CHECK(text_at(record, "/connectors/0/status") == "Faulted");
}

TEST_CASE("A transaction has one id from its start to its stop", "[answers]") {
    running_gateway gw(io_threads(GENERATE(1, 3)));
    auto cp = gw.connect("CP-1");
    const auto answer =
        cp.call("StartTransaction",
                {{"connectorId", 2}, {"idTag", "TAG-1"}, {"meterStart", 100}, {"timestamp", "2026-01-02T03:04:05Z"}});
    CHECK(answer.at("idTagInfo") == json::value({{"status", "Accepted"}}));
    const auto id = answer.at("transactionId").as_int64();
    CHECK(id > 0);
    CHECK(id <= 0x7fffffff);
    CHECK(cp.call("MeterValues", meter_values(id)) == json::object());
    CHECK(cp.call("StopTransaction", {{"transactionId", id},
                                      {"idTag", "TAG-1"},
                                      {"meterStop", 2600},
                                      {"timestamp", "2026-01-02T04:04:05Z"},
                                      {"reason", "EVDisconnected"}}) ==
          json::object({{"idTagInfo", {{"status", "Accepted"}}}}));

    const auto started = gw.expect_event(event_type::transaction_started, "CP-1");
    CHECK(started.payload.at("transactionId").as_string() == std::to_string(id));
    CHECK(started.payload.at("connectorId") == 2);
    CHECK(started.payload.at("idTag") == "TAG-1");
    CHECK(started.payload.at("meterStartWh") == 100);
    const auto metered = gw.expect_event(event_type::transaction_meter_values, "CP-1");
    CHECK(metered.payload.at("transactionId") == started.payload.at("transactionId"));
    const auto stopped = gw.expect_event(event_type::transaction_stopped, "CP-1");
    CHECK(stopped.payload.at("transactionId") == started.payload.at("transactionId"));
    CHECK(stopped.payload.at("reason") == "EVDisconnected");
    CHECK(stopped.payload.at("meterStopWh") == 2600);
    CHECK(stopped.payload.at("connectorId") == 2);
    CHECK(stopped.event->occurred_at.has_value());
}

TEST_CASE("Different transactions have different ids, on one charge point and on several", "[answers]") {
    running_gateway gw(io_threads(GENERATE(1, 3)));
    auto a = gw.connect("CP-A");
    auto b = gw.connect("CP-B");
    const auto first = a.start_transaction(1);
    const auto second = a.start_transaction(2);
    const auto third = b.start_transaction(1);
    CHECK(first != second);
    CHECK(first != third);
    CHECK(second != third);
}

TEST_CASE("A StartTransaction that is repeated starts one transaction", "[answers]") {
    running_gateway gw;
    std::int64_t id = 0;
    {
        auto cp = gw.connect("CP-1");
        cp.send_call("StartTransaction",
                     {{"connectorId", 1}, {"idTag", "TAG-1"}, {"meterStart", 0}, {"timestamp", "2026-01-02T03:04:05Z"}},
                     "first");
        id = cp.expect_result("first").at("transactionId").as_int64();
        SECTION("with the same message id on the same connection") {
            cp.send_call(
                "StartTransaction",
                {{"connectorId", 1}, {"idTag", "TAG-1"}, {"meterStart", 0}, {"timestamp", "2026-01-02T03:04:05Z"}},
                "first");
            CHECK(cp.expect_result("first").at("transactionId") == id);
        }
        SECTION("with a new message id on the same connection") { CHECK(cp.start_transaction() == id); }
        SECTION("on the next connection") {
            cp.drop_without_close();
            gw.expect_disconnect("CP-1");
            auto again = gw.connect("CP-1");
            CHECK(again.start_transaction() == id);
        }
    }
    gw.expect_disconnect("CP-1");
    std::size_t started = 0;
    auto cp = gw.connect("CP-1");
    cp.stop_transaction(id);
    for (auto event = gw.events().next("CP-1"); event.event->type != event_type::transaction_stopped;
         event = gw.events().next("CP-1")) {
        started += event.event->type == event_type::transaction_started ? 1 : 0;
    }
    CHECK(started == 0);  // the one start came before the first disconnect
}

TEST_CASE("The same start after the transaction went on is a new transaction", "[answers]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    const auto first = cp.start_transaction();
    SECTION("it was stopped") { cp.stop_transaction(first); }
    SECTION("it was metered") { cp.call("MeterValues", meter_values(first)); }
    CHECK(cp.start_transaction() != first);
}

TEST_CASE("A StopTransaction that is repeated is answered again and told once", "[answers]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    const auto id = cp.start_transaction();
    cp.stop_transaction(id);
    cp.stop_transaction(id);
    cp.close();
    gw.expect_event(event_type::transaction_stopped, "CP-1");
    CHECK(gw.events().next("CP-1").event->type == event_type::charge_point_disconnected);
}

TEST_CASE("StopTransaction of a transaction that is not known is answered and told as such", "[answers]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    CHECK(cp.stop_transaction(4711) == json::object());
    const auto stopped = gw.expect_event(event_type::transaction_stopped, "CP-1");
    CHECK(stopped.payload.at("known") == false);
    CHECK(stopped.payload.at("transactionId") == "4711");
}

TEST_CASE("StartTransaction of an unknown tag gets a transaction id and its verdict", "[answers]") {
    running_gateway gw([](config& c) { c.authorization.policy = authorization_config::mode::list; });
    auto cp = gw.connect("CP-1");
    const auto answer =
        cp.call("StartTransaction",
                {{"connectorId", 1}, {"idTag", "TAG-1"}, {"meterStart", 0}, {"timestamp", "2026-01-02T03:04:05Z"}});
    CHECK(answer.at("idTagInfo") == json::value({{"status", "Invalid"}}));
    CHECK(answer.at("transactionId").as_int64() > 0);
}

TEST_CASE("MeterValues without a transaction are an event of their own", "[answers]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    CHECK(cp.call("MeterValues", meter_values(nullptr)) == json::object());
    const auto event = gw.expect_event(event_type::meter_values_received, "CP-1");
    CHECK(event.payload.at("connectorId") == 1);
}

TEST_CASE("News are answered with nothing and told", "[answers]") {
    using row = std::tuple<std::string, json::object, event_type, std::string>;
    const auto [action, request, type, pointer] = GENERATE(
        row{"DiagnosticsStatusNotification",
            {{"status", "Uploading"}},
            event_type::diagnostics_status_changed,
            "status"},
        row{"LogStatusNotification",
            {{"status", "Uploaded"}, {"requestId", 1}},
            event_type::diagnostics_status_changed,
            "status"},
        row{"FirmwareStatusNotification", {{"status", "Installed"}}, event_type::firmware_status_changed, "status"},
        row{"SignedFirmwareStatusNotification",
            {{"status", "SignatureVerified"}, {"requestId", 1}},
            event_type::firmware_status_changed,
            "status"},
        row{"SecurityEventNotification",
            {{"type", "TamperDetectionActivated"}, {"timestamp", "2026-01-02T03:04:05Z"}},
            event_type::security_event,
            "type"});
    CAPTURE(action);
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    CHECK(cp.call(action, request) == json::object());
    const auto event = gw.expect_event(type, "CP-1");
    CHECK(event.payload.at(pointer) == request.at(pointer));
}

TEST_CASE("Of a status that is too long whole characters are kept", "[answers]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    const std::string beginning(63, 'a');
    static_cast<void>(cp.call("FirmwareStatusNotification", {{"status", beginning + "\xC3\xA9"}}));
    const auto known = http_client(gw.port()).get("/api/v1/charge-points/CP-1");
    CHECK(text_at(known.json(), "/firmwareStatus") == beginning);
}

TEST_CASE("DataTransfer of an unknown vendor is refused in the protocol's own words", "[answers]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    CHECK(cp.call("DataTransfer", {{"vendorId", "com.example"}, {"messageId", "m"}, {"data", "d"}}) ==
          json::object({{"status", "UnknownVendorId"}}));
    const auto event = gw.expect_event(event_type::data_transfer_received, "CP-1");
    CHECK(event.payload.at("vendorId") == "com.example");
    CHECK(event.payload.at("data") == "d");
}

TEST_CASE("SignCertificate is rejected where nobody signs, and told", "[answers]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    CHECK(cp.call("SignCertificate", {{"csr", "-----BEGIN CERTIFICATE REQUEST-----"}}) ==
          json::object({{"status", "Rejected"}}));
    gw.expect_event(event_type::certificate_requested, "CP-1");
}

TEST_CASE("Events of a charge point come in order, with its epoch, version and the gateway's time", "[answers]") {
    auto clock = std::make_shared<manual_clock>();
    running_gateway gw(io_threads(GENERATE(1, 3)), {}, clock);
    auto cp = gw.connect("CP-1");
    cp.boot();
    cp.status(1, "Preparing");
    const auto id = cp.start_transaction();
    cp.stop_transaction(id);
    cp.close();
    const event_type wanted[] = {event_type::charge_point_connected,   event_type::charge_point_booted,
                                 event_type::connector_status_changed, event_type::transaction_started,
                                 event_type::transaction_stopped,      event_type::charge_point_disconnected};
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;
    for (const auto type : wanted) {
        const auto event = gw.events().next("CP-1");
        CHECK(event.event->type == type);
        CHECK(event.event->ocpp_version == ocpp::version::v16);
        CHECK(event.event->timestamp == clock->utc());
        CHECK(event.event->sequence > sequence);
        if (epoch == 0) epoch = event.event->epoch;
        CHECK(event.event->epoch == epoch);
        sequence = event.event->sequence;
    }
    CHECK(epoch > 0);
}
