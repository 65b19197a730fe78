// Rows of charge points, which everything else refers to.
#include "journal/charge_point_table.hpp"

#include "journal_file_fixture.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace voltgate;
using namespace voltgate::test;

TEST_CASE_METHOD(journal_file_fixture, "An identity has one row, whatever the case it is spelt in", "[journal]") {
    auto& rows = tables->charge_points;
    const auto row = rows.row_of("CP-a");
    CHECK(rows.row_of("cp-A") == row);
    CHECK(rows.row_of("CP-b") != row);
    CHECK(rows.row_of("") != row);
    CHECK(rows.row_of("CP-\xC3\xA4") != rows.row_of("CP-\xC3\x84"));  // ASCII only
    reopen();
    CHECK(tables->charge_points.row_of("CP-A") == row);
    CHECK(count("charge_points") == 5);
}

TEST_CASE_METHOD(journal_file_fixture, "A row that was undone is not remembered", "[journal]") {
    db->execute("BEGIN IMMEDIATE");
    const auto undone = tables->charge_points.row_of("CP-1");
    db->execute("ROLLBACK");
    tables->rolled_back();
    CHECK(tables->charge_points.row_of("CP-2") == undone);
    CHECK(tables->charge_points.row_of("CP-1") != undone);
}

TEST_CASE_METHOD(journal_file_fixture, "A record is kept under the newest spelling", "[journal]") {
    tables->charge_points.save("CP-1", std::nullopt, "{}", 1);
    tables->charge_points.save("cp-1", 2, R"({"a":1})", 5);
    sqlite::statement row(*db, "SELECT id, registration, record, last_seen FROM charge_points");
    REQUIRE(row.step());
    CHECK(row.text(0) == "cp-1");
    CHECK(row.integer(1) == 2);
    CHECK(row.text(2) == R"({"a":1})");
    CHECK(row.integer(3) == 5);
    CHECK_FALSE(row.step());
}
