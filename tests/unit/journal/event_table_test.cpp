// Events in their table: numbers without gaps, retention that never loses the place.
#include "journal/event_table.hpp"

#include "journal_file_fixture.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace voltgate;
using namespace voltgate::test;

namespace {

struct event_table_fixture : journal_file_fixture {
    void append(std::size_t count, std::int64_t time = 0, std::string_view charge_point = "CP-1") {
        std::string records;
        for (std::size_t i = 0; i < count; ++i) records += record_of(event_of(std::string(charge_point)));
        db->execute("BEGIN IMMEDIATE");
        tables->events.append(records, count, time);
        db->execute("COMMIT");
    }
    // The numbers of all rows follow one another.
    void check_gapless(std::int64_t first) {
        sqlite::statement rows(*db, "SELECT first, last FROM events ORDER BY first");
        while (rows.step()) {
            CHECK(rows.integer(0) == first);
            first = rows.integer(1) + 1;
        }
        CHECK(static_cast<std::int64_t>(tables->events.next_sequence()) == first);
    }
};

}  // namespace

TEST_CASE_METHOD(event_table_fixture, "Events are numbered from one, without gaps, over reopening", "[journal]") {
    CHECK(tables->events.next_sequence() == 1);
    append(1);
    append(250);
    CHECK(tables->events.next_sequence() == 252);
    reopen();
    CHECK(tables->events.next_sequence() == 252);
    append(3);
    check_gapless(1);
}

TEST_CASE_METHOD(event_table_fixture, "Numbers of a batch that was undone are given again", "[journal]") {
    append(10);
    db->execute("BEGIN IMMEDIATE");
    tables->events.append(record_of(event_of("CP-1")), 1, 0);
    CHECK(tables->events.next_sequence() == 12);
    db->execute("ROLLBACK");
    tables->rolled_back();
    CHECK(tables->events.next_sequence() == 11);
    append(2);
    check_gapless(1);
}

TEST_CASE_METHOD(event_table_fixture, "What is too old is removed, some rows at a time", "[journal]") {
    for (int i = 0; i < 1500; ++i) append(2, i);
    CHECK(tables->events.remove_older(1400));
    CHECK(count("events") == 1500 - 1024);
    CHECK_FALSE(tables->events.remove_older(1400));
    CHECK(count("events") == 100);
    CHECK(db->number("SELECT min(time) FROM events") == 1400);
    check_gapless(2801);
}

TEST_CASE_METHOD(event_table_fixture, "The newest row is never removed, and the numbers go on from it", "[journal]") {
    for (int i = 0; i < 10; ++i) append(5, i);
    SECTION("by age") { CHECK_FALSE(tables->events.remove_older(1'000)); }
    SECTION("by size") {
        for (int i = 0; i < 3; ++i) CHECK_FALSE(tables->events.remove_oldest());
    }
    CHECK(count("events") == 1);
    reopen();
    CHECK(tables->events.next_sequence() == 51);
    append(1);
    check_gapless(46);
}

TEST_CASE_METHOD(event_table_fixture, "A clock that was put back hides nothing from retention", "[journal]") {
    append(2, 1'000);
    CHECK_FALSE(tables->events.remove_older(500));  // what is there is known to be younger
    append(2, 100);
    append(2, 1'000);
    CHECK_FALSE(tables->events.remove_older(500));
    CHECK(count("events") == 2);
    CHECK(db->number("SELECT min(time) FROM events") == 1'000);
}

TEST_CASE_METHOD(event_table_fixture, "What was found to be young is looked at again once it is old", "[journal]") {
    for (int i = 0; i < 4; ++i) append(1, 10 + i);
    for (const int now : {5, 10, 11, 11, 13}) CHECK_FALSE(tables->events.remove_older(now));
    CHECK(count("events") == 1);
    append(1, 14);
    CHECK_FALSE(tables->events.remove_older(14));
    CHECK(db->number("SELECT min(time) FROM events") == 14);
}
