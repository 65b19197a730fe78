// What is set of single charge points survives in the journal's file.
#include "journal/profile_table.hpp"

#include "journal_file_fixture.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

charge_point_profile full() {
    charge_point_profile p;
    p.charge_point_id = "Cp-1";
    p.set_labels({"site:north", "tenant:7"});
    p.serial_number = "SN \"1\"";
    profile_settings overrides;
    overrides.interval = 60s;
    overrides.rules[rule::odd_timestamp] = level::lenient;
    p.set_overrides(overrides);
    return p;
}

}  // namespace

TEST_CASE_METHOD(journal_file_fixture, "A profile comes back as it was stored", "[journal]") {
    tables->profiles.put("cp-1", full());
    reopen();
    const auto all = read_profiles(*db);
    REQUIRE(all.size() == 1);
    CHECK(all[0]->charge_point_id == "Cp-1");
    CHECK(all[0]->labels == full().labels);
    CHECK(all[0]->serial_number == "SN \"1\"");
    CHECK(all[0]->overrides == full().overrides);
    REQUIRE(all[0]->overriding);
    CHECK(all[0]->overriding->interval == 60s);
    CHECK(all[0]->revision() == full().revision());
}

TEST_CASE_METHOD(journal_file_fixture, "A profile is replaced, and removed", "[journal]") {
    tables->profiles.put("cp-1", full());
    charge_point_profile bare;
    bare.charge_point_id = "CP-1";
    tables->profiles.put("cp-1", bare);
    auto all = read_profiles(*db);
    REQUIRE(all.size() == 1);
    CHECK(all[0]->labels.empty());
    CHECK_FALSE(all[0]->overriding);
    REQUIRE(tables->profiles.find("cp-1"));
    CHECK(tables->profiles.find("cp-1")->charge_point_id == "CP-1");
    CHECK_FALSE(tables->profiles.find("cp-2"));
    tables->profiles.remove("cp-1");
    CHECK_FALSE(tables->profiles.find("cp-1"));
    CHECK(read_profiles(*db).empty());
}

TEST_CASE_METHOD(journal_file_fixture, "A file without profiles gets their table, and what it cannot read is left out",
                 "[journal]") {
    tables.reset();
    db->execute("DROP TABLE charge_point_profiles");
    reopen();
    db->execute(
        "INSERT INTO charge_point_profiles VALUES ('a', 'A', 'no JSON'), "
        "('b', 'B', '{\"labels\":[1,\"x\"],\"overrides\":{\"interval\":\"1m\",\"of_tomorrow\":1}}')");
    const auto all = read_profiles(*db);
    REQUIRE(all.size() == 2);
    CHECK(all[0]->labels.empty());
    CHECK(all[1]->labels == std::vector<std::string>{"x"});
    REQUIRE(all[1]->overriding);
    CHECK(all[1]->overriding->interval == 60s);
}
