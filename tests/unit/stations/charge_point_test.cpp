// The record of one charge point.
#include "stations/charge_point.hpp"

#include "text/fold_id.hpp"

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <string>
#include <utility>

namespace {

using namespace voltgate;

constexpr std::chrono::system_clock::time_point night(std::chrono::seconds(1'767'323'045));

}  // namespace

TEST_CASE("Identities are folded in ASCII only") {
    CHECK(fold_id("Cp-\xC3\x84_09Z") == "cp-\xC3\x84_09z");
    const charge_point cp("CP-1");
    CHECK(cp.id() == "CP-1");
    CHECK(cp.key() == "cp-1");
}

TEST_CASE("A record remembers the last boot") {
    charge_point cp("CP-1");
    CHECK_FALSE(cp.boot());
    boot_record boot;
    boot.vendor = "Acme";
    cp.set_boot(boot);
    boot.vendor = "Acme 2";
    cp.set_boot(boot);
    REQUIRE(cp.boot());
    CHECK(cp.boot()->vendor == "Acme 2");
}

TEST_CASE("Of each text of a boot so much is kept as a charge point may send, in whole characters") {
    charge_point cp("CP-1");
    boot_record boot;
    boot.vendor = std::string("A\0B", 3);
    boot.serial_number = std::string(254, 'x') + "\xC3\xA9";
    boot.firmware_version = std::string(1'000'000, 'v');
    boot.meter_type = "M";
    boot.meter_serial_number = "M-1";
    boot.at = night;
    cp.set_boot(boot);
    const auto kept = cp.boot();
    REQUIRE(kept);
    CHECK(kept->vendor == boot.vendor);
    CHECK(kept->model.empty());
    CHECK(kept->serial_number == std::string(254, 'x'));
    CHECK(kept->firmware_version == std::string(255, 'v'));
    CHECK(kept->meter_type == "M");
    CHECK(kept->meter_serial_number == "M-1");
    CHECK(kept->at == night);
}

TEST_CASE("A record remembers the last status of each connector") {
    charge_point cp("CP-1");
    CHECK(cp.status_of(1).empty());
    cp.set_status(1, "Available", "NoError", night);
    cp.set_status(0, "Faulted", "OtherError", night);
    cp.set_status(1, "Charging", "NoError", night + std::chrono::seconds(1));
    CHECK(cp.status_of(1) == "Charging");
    const auto connectors = cp.connectors();
    REQUIRE(connectors.size() == 2);
    CHECK(connectors[0].connector_id == 1);
    CHECK(connectors[0].at == night + std::chrono::seconds(1));
    CHECK(connectors[1].status == "Faulted");
    CHECK(connectors[1].error_code == "OtherError");
}

TEST_CASE("A record is bounded, whatever a charge point invents") {
    charge_point cp("CP-1");
    for (int i = 0; i < 1000; ++i) cp.set_status(i, "Available", "NoError", night);
    CHECK(cp.connectors().size() == 64);
    cp.set_status(63, std::string(1000, 's'), std::string(1000, 'e'), night);
    CHECK(cp.status_of(63) == std::string(64, 's'));
    CHECK(cp.connectors().back().error_code == std::string(64, 'e'));
    CHECK(cp.status_of(999).empty());
}

TEST_CASE("A record counts deviations rule by rule") {
    charge_point cp("CP-1");
    CHECK(cp.deviations().empty());
    cp.add_deviation(rule::odd_path);
    cp.add_deviation(rule::empty_message);
    cp.add_deviation(rule::odd_path);
    const auto counted = cp.deviations();
    REQUIRE(counted.size() == 2);
    CHECK(counted[0] == std::pair(rule::odd_path, std::uint32_t{2}));
    CHECK(counted[1] == std::pair(rule::empty_message, std::uint32_t{1}));
}
