// Records of charge points that were not stored any more, made good from the events.
#include "journal/charge_point_saver.hpp"
#include "journal_file_fixture.hpp"

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <set>
#include <string>

using namespace voltgate;
using namespace voltgate::test;

namespace {

using time_point = std::chrono::system_clock::time_point;

struct changes final : charge_point_port {
    std::set<std::string> ids;
    void changed(const std::shared_ptr<remembered_charge_point>& record) override { ids.insert(record->id()); }
    void save() override {}
};

struct replay_fixture : journal_file_fixture {
    limits_config limits;
    changes changed;
    std::int64_t now = 0;  // seconds

    void tell(event_type type, const char* charge_point_id, std::string payload = "{}") {
        event e = event_of(charge_point_id, type, std::move(payload));
        e.timestamp = at(++now);
        tables->events.append(record_of(e), 1, 0);
        if (!e.charge_point_id.empty()) static_cast<void>(tables->charge_points.row_of(charge_point_id));
    }
    static time_point at(std::int64_t seconds) { return time_point(std::chrono::seconds(seconds)); }
    std::shared_ptr<charge_point> load(const char* charge_point_id) {
        registry known(limits);
        changed.ids.clear();
        load_charge_points(*db, known, changed);
        return known.find(charge_point_id);
    }
};

}  // namespace

TEST_CASE_METHOD(replay_fixture, "A charge point that was first seen in the last second is known", "[journal]") {
    tell(event_type::gateway_started, "");
    tell(event_type::charge_point_connected, "CP-1");
    const auto record = load("CP-1");
    REQUIRE(record);
    CHECK(record->last_seen.load() == at(2));
    CHECK_FALSE(record->registered);
    CHECK(changed.ids == std::set<std::string>{"CP-1"});
}

TEST_CASE_METHOD(replay_fixture, "What a boot told and was answered is known", "[journal]") {
    tell(
        event_type::charge_point_booted, "CP-1",
        R"({"vendor":"Acme","model":"X1","serialNumber":"SN-1","firmwareVersion":null,"registrationStatus":"Pending"})");
    const auto record = load("CP-1");
    CHECK(record->registered);
    CHECK(record->registration == boot_config::status::pending);
    const auto boot = record->boot();
    REQUIRE(boot);
    CHECK(boot->vendor == "Acme");
    CHECK(boot->model == "X1");
    CHECK(boot->serial_number == "SN-1");
    CHECK(boot->firmware_version.empty());
    CHECK(boot->at == at(1));
    tell(event_type::charge_point_booted, "CP-1", R"({"vendor":"Acme","registrationStatus":"Accepted"})");
    CHECK(load("CP-1")->registration == boot_config::status::accepted);
}

TEST_CASE_METHOD(replay_fixture, "Words about connectors, firmware and diagnostics are known", "[journal]") {
    tell(event_type::connector_status_changed, "CP-1",
         R"({"evseId":2,"connectorId":1,"status":"Occupied","errorCode":null})");
    tell(event_type::firmware_status_changed, "CP-1", R"({"status":"Downloading","requestId":9})");
    tell(event_type::diagnostics_status_changed, "CP-1", R"({"status":"Uploading","requestId":null})");
    const auto record = load("CP-1");
    CHECK(record->status_of({2, 1}) == "Occupied");
    CHECK(record->maintenance().firmware_status == "Downloading");
    CHECK(record->maintenance().diagnostics_status == "Uploading");
}

TEST_CASE_METHOD(replay_fixture, "The end that a crash is told with says nothing of when it was last seen",
                 "[journal]") {
    tell(event_type::charge_point_connected, "CP-1");
    tell(event_type::charge_point_disconnected, "CP-1", R"({"reason":"idle"})");
    CHECK(load("CP-1")->last_seen.load() == at(2));
    tell(event_type::charge_point_connected, "CP-1");
    tell(event_type::charge_point_disconnected, "CP-1", R"({"reason":"crashed"})");
    CHECK(load("CP-1")->last_seen.load() == at(3));
}

TEST_CASE_METHOD(replay_fixture, "Events that came before the last save are not replayed", "[journal]") {
    tell(event_type::charge_point_booted, "CP-1", R"({"registrationStatus":"Rejected"})");
    db->execute("UPDATE meta SET value = 1 WHERE name = 'saved_sequence'");
    CHECK_FALSE(load("CP-1")->registered);
    CHECK(changed.ids.empty());
}
