// What is remembered of a charge point, through its stored form; hostile JSON leaves out what cannot be read.
#include "stations/charge_point_record.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace voltgate;

namespace {

std::chrono::system_clock::time_point at(std::int64_t microseconds) {
    return std::chrono::system_clock::time_point(std::chrono::microseconds(microseconds));
}

void read(charge_point& into, std::string json, std::optional<std::int64_t> registration = std::nullopt) {
    stored_record stored;
    stored.json = std::move(json);
    stored.registration = registration;
    record_from_json(stored, into);
}

}  // namespace

TEST_CASE("A record comes back as it was", "[journal]") {
    charge_point before("CP-1");
    boot_record boot;
    boot.vendor = "Acme \" \\ \n";
    boot.model = "\xF0\x9F\x94\x8B";
    boot.serial_number = std::string("nul \0 inside", 12);
    boot.at = at(1'767'323'045'678'901);
    before.set_boot(boot);
    before.set_status(0, "Available", "NoError", at(1));
    before.set_status(9'223'372'036'854'775'807, "\"Odd\"", "", at(2));
    before.add_deviation(rule::numeric_message_id, 3);
    before.set_maintenance({"Installed", "Uploaded"});
    before.registration = boot_config::status::pending;
    before.registered = true;
    before.last_seen = at(99);
    before.seen_profile = std::uint8_t{2};

    charge_point after("CP-1");
    record_from_json(before.stored(), after);
    CHECK(after.seen_profile == 2);
    REQUIRE(after.boot());
    CHECK(after.boot()->vendor == boot.vendor);
    CHECK(after.boot()->model == boot.model);
    CHECK(after.boot()->serial_number == boot.serial_number);
    CHECK(after.boot()->iccid.empty());
    CHECK(after.boot()->at == boot.at);
    CHECK(after.status_of(0) == "Available");
    CHECK(after.status_of(9'223'372'036'854'775'807) == "\"Odd\"");
    REQUIRE(after.connectors().size() == 2);
    CHECK(after.connectors()[0].at == at(1));
    CHECK(after.deviations() == before.deviations());
    CHECK(after.maintenance().firmware_status == "Installed");
    CHECK(after.maintenance().diagnostics_status == "Uploaded");
    CHECK(after.registration == boot_config::status::pending);
    CHECK(after.registered);
    CHECK(after.last_seen.load() == at(99));
}

TEST_CASE("An empty record comes back empty", "[journal]") {
    const charge_point before("CP-1");
    const auto stored = before.stored();
    CHECK(stored.json == "{}");
    CHECK_FALSE(stored.registration);
    charge_point after("CP-1");
    record_from_json(stored, after);
    CHECK_FALSE(after.boot());
    CHECK_FALSE(after.registered);
    CHECK(after.connectors().empty());
}

TEST_CASE("What cannot be read of a stored record is left out, the rest is kept", "[journal]") {
    charge_point record("CP-1");
    SECTION("no JSON") { read(record, "{\"boot\":"); }
    SECTION("no object") { read(record, "[1]"); }
    SECTION("nothing") { read(record, ""); }
    SECTION("bytes that are no text") { read(record, std::string("\xFF\xFE\0{}", 5)); }
    SECTION("deeply nested") { read(record, std::string(100'000, '[')); }
    SECTION("wrong types") {
        read(record,
             R"({"boot":[],"connectors":{"a":1},"deviations":[1],"firmwareStatus":7,"diagnosticsStatus":null})");
    }
    SECTION("wrong members") {
        read(record, R"({"connectors":[1,null,"x"],"deviations":{"no_such_rule":1,"numeric_message_id":"many"}})");
    }
    CHECK_FALSE(record.boot());
    CHECK(record.connectors().empty());
    CHECK(record.deviations().empty());
    CHECK(record.maintenance().firmware_status.empty());
}

TEST_CASE("One odd connector does not take the others down", "[journal]") {
    charge_point record("CP-1");
    read(record, R"({"connectors":[7,{"id":1,"status":"Charging","errorCode":"NoError","at":5},{"id":"x"}],
                     "boot":{"vendor":1,"model":"M","at":"never"}})");
    CHECK(record.status_of(1) == "Charging");
    REQUIRE(record.boot());
    CHECK(record.boot()->vendor.empty());
    CHECK(record.boot()->model == "M");
}

TEST_CASE("A registration that does not exist is none", "[journal]") {
    for (const std::int64_t odd : {std::int64_t{-1}, std::int64_t{3}, std::int64_t{1} << 40}) {
        charge_point record("CP-1");
        read(record, "{}", odd);
        CHECK_FALSE(record.registered);
    }
}

TEST_CASE("A stored record cannot make a charge point grow without bound", "[journal]") {
    std::string json = R"({"connectors":[)";
    for (int i = 0; i < 10'000; ++i)
        json.append(i ? "," : "").append(R"({"id":)" + std::to_string(i) + R"(,"status":"A"})");
    charge_point record("CP-1");
    read(record, json + "]}");
    CHECK(record.connectors().size() <= 64);
}
