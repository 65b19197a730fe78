// The index of events: it follows many at a time, and finds by charge point and type what there is.
#include "journal/event_index.hpp"

#include "async/platform.hpp"
#include "journal/event_record.hpp"
#include "journal_file_fixture.hpp"
#include "journal_version_2.hpp"
#include "machine/this_machine.hpp"
#include "stations/charge_point.hpp"
#include "text/fold_id.hpp"

#include <voltgate/event_stream.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <limits>

using namespace voltgate;
using namespace voltgate::test;

namespace {

using sequences = std::vector<std::uint64_t>;

constexpr sequence_range everything{1, std::numeric_limits<std::int64_t>::max(), 1'000'000};

event_filter of(std::string charge_point, std::vector<event_type> types = {}) {
    event_filter f;
    f.charge_point_id = std::move(charge_point);
    f.types = std::move(types);
    return f;
}

struct event_index_fixture : journal_file_fixture {
    void append(std::size_t count, const event& e, std::int64_t time = 0) {
        std::string records;
        for (std::size_t i = 0; i < count; ++i) records += record_of(e);
        db->execute("BEGIN IMMEDIATE");
        tables->events.append(records, count, time);
        db->execute("COMMIT");
    }
    // As the writer does: what it stores it notes.
    void append_noted(std::size_t count, const event& e) {
        const std::string record = record_of(e);
        std::string_view rest = record;
        const auto head = take_record_head(rest);
        for (std::size_t i = 0; i < count; ++i) tables->index.note(next() + i, *head);
        append(count, e);
    }
    [[nodiscard]] std::uint64_t next() const { return tables->events.next_sequence(); }
    [[nodiscard]] static sequences find(sqlite::database& in, const event_filter& f, sequence_range r) {
        std::vector<std::string> keys;
        if (!f.charge_point_id.empty()) keys.push_back(fold_id(f.charge_point_id));
        return find_indexed(in, f.types, keys, r);
    }
    [[nodiscard]] sequences find(const event_filter& f, sequence_range r = everything) { return find(*db, f, r); }
};

sequences numbers(std::uint64_t first, std::uint64_t last) {
    sequences all;
    for (auto n = first; n <= last; ++n) all.push_back(n);
    return all;
}

const auto kind = event_of("").type;

}  // namespace

TEST_CASE_METHOD(event_index_fixture, "The index follows many events at a time", "[journal]") {
    append(9'999, event_of("CP-1"));
    CHECK_FALSE(tables->index.is_due(next()));
    append(3'001, event_of("CP-2"));
    REQUIRE(tables->index.is_due(next()));
    tables->index.add_some(next());
    CHECK_FALSE(tables->index.is_due(next()));
    CHECK(find(of("CP-1")) == numbers(1, 9'999));
    CHECK(find(of("cp-2")) == numbers(10'000, 13'000));
    CHECK(find(of("", {kind})) == numbers(1, 13'000));
    CHECK(find(of("CP-3")).empty());
    reopen();
    CHECK_FALSE(tables->index.is_due(next()));
    CHECK(indexed_sequence(*db) == 13'000);
}

TEST_CASE_METHOD(event_index_fixture, "An event of the gateway itself is of no charge point", "[journal]") {
    append(1, event_of("", event_type::gateway_started));
    append(2, event_of("CP-1"));
    tables->index.add_some(next());
    CHECK(find(of("", {event_type::gateway_started})) == numbers(1, 1));
    CHECK(find(of("CP-1")) == numbers(2, 3));
    CHECK(count("charge_points") == 1);
}

TEST_CASE_METHOD(event_index_fixture, "Many numbers share a row", "[journal]") {
    for (int i = 0; i < 1'000; ++i) append(10, event_of("CP-" + std::to_string(i % 10)));
    tables->index.add_some(next());
    CHECK(count("events_of_charge_point") == 10 * 1'000 / 200);
    CHECK(count("events_of_type") == 10'000 / 200);
    CHECK(db->number("SELECT max(length(entries)) FROM events_of_charge_point").value_or(0) < 1'000);
}

TEST_CASE_METHOD(event_index_fixture, "The index gives what passes, within a range and up to a limit", "[journal]") {
    const auto other = event_type::charge_point_booted;
    for (int i = 0; i < 500; ++i) {
        append(10, event_of("CP-1"));
        append(10, event_of("CP-1", other));
    }
    tables->index.add_some(next());
    CHECK(find(of("CP-1"), {4'995, 5'005, 100}) == numbers(4'995, 5'005));
    CHECK(find(of("CP-1"), {4'995, 10'000, 3}) == numbers(4'995, 4'997));
    CHECK(find(of("CP-1", {other}), {1, 10'000, 12}) == sequences{11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 31, 32});
    CHECK(find(of("CP-1", {other}), {15, 32, 1'000}) == sequences{15, 16, 17, 18, 19, 20, 31, 32});
    CHECK(find(of("", {other}), {15, 31, 1'000}) == sequences{15, 16, 17, 18, 19, 20, 31});
    CHECK(find(of("", {other, kind, other}), {8, 10'000, 5}) == numbers(8, 12));
    CHECK(find(of("", {event_type::security_event})).empty());
}

TEST_CASE_METHOD(event_index_fixture, "An index batch that was undone is made again, whole", "[journal]") {
    append(10'000, event_of("CP-1"));
    db->execute("BEGIN IMMEDIATE");
    tables->index.add_some(next());
    db->execute("ROLLBACK");
    tables->rolled_back();
    REQUIRE(tables->index.is_due(next()));
    tables->index.add_some(next());
    CHECK(find(of("CP-1")) == numbers(1, 10'000));
    CHECK(count("charge_points") == 1);
}

TEST_CASE_METHOD(event_index_fixture, "Events that were noted when they were stored are not read again", "[journal]") {
    append_noted(1, event_of("", event_type::gateway_started));
    append_noted(9'000, event_of("CP-1"));
    db->execute("UPDATE events SET body = x'00'");
    append_noted(3'000, event_of("CP-2"));
    tables->index.add_some(next());
    CHECK(find(of("", {event_type::gateway_started})) == numbers(1, 1));
    CHECK(find(of("CP-1")) == numbers(2, 9'001));
    CHECK(find(of("CP-2")) == numbers(9'002, 12'001));
    CHECK(indexed_sequence(*db) == 12'001);
}

TEST_CASE_METHOD(event_index_fixture, "Events that came before the first that was noted are read", "[journal]") {
    append(9'000, event_of("CP-1"));
    append_noted(3'000, event_of("CP-2"));
    tables->index.add_some(next());
    append_noted(10'000, event_of("CP-3"));
    tables->index.add_some(next());
    CHECK(find(of("CP-1")) == numbers(1, 9'000));
    CHECK(find(of("CP-2")) == numbers(9'001, 12'000));
    CHECK(find(of("CP-3")) == numbers(12'001, 22'000));
}

TEST_CASE_METHOD(event_index_fixture, "What was noted of a batch that was undone is forgotten", "[journal]") {
    append_noted(5'000, event_of("CP-1"));
    db->execute("BEGIN IMMEDIATE");
    const std::string record = record_of(event_of("CP-2"));
    std::string_view rest = record;
    tables->index.note(next(), *take_record_head(rest));
    tables->events.append(record, 1, 0);
    db->execute("ROLLBACK");
    tables->rolled_back();
    append_noted(5'000, event_of("CP-3"));
    tables->index.add_some(next());
    CHECK(find(of("CP-1")) == numbers(1, 5'000));
    CHECK(find(of("CP-2")).empty());
    CHECK(find(of("CP-3")) == numbers(5'001, 10'000));
}

TEST_CASE_METHOD(event_index_fixture, "A damaged row ends the index of that row, not the indexing", "[journal]") {
    append(9'999, event_of("CP-1"));
    db->execute("UPDATE events SET body = x'00'");
    append(1, event_of("CP-1"));
    tables->index.add_some(next());
    CHECK(find(of("", {kind})) == sequences{10'000});
    CHECK_FALSE(tables->index.is_due(next()));
}

TEST_CASE_METHOD(event_index_fixture, "A damaged row of the index ends that row, not the search", "[journal]") {
    append(10'000, event_of("CP-1"));
    tables->index.add_some(next());
    db->execute("UPDATE events_of_charge_point SET entries = x'808080' WHERE last = 200");
    CHECK(find(of("CP-1"), {1, 400, 1'000}) == numbers(201, 400));
}

TEST_CASE_METHOD(event_index_fixture, "The index forgets what was removed", "[journal]") {
    for (int i = 0; i < 100; ++i) append(100, event_of(i < 50 ? "CP-1" : "CP-2"), i);
    tables->index.add_some(next());
    while (tables->events.remove_older(60)) {
    }
    REQUIRE(tables->events.first_sequence() == 6'001);
    tables->index.clean(tables->events.first_sequence());
    CHECK(find(of("CP-1")).empty());
    CHECK(find(of("CP-2"), {6'001, 10'000, 10'000}) == numbers(6'001, 10'000));
    CHECK(db->number("SELECT min(last) FROM events_of_charge_point").value_or(0) >= 6'001);
    CHECK(db->number("SELECT min(last) FROM events_of_type").value_or(0) >= 6'001);
}

TEST_CASE_METHOD(event_index_fixture, "A file of version 1 gets its index anew", "[journal]") {
    const std::string path = directory.file("old.db");
    {
        auto old = make_journal_of_version_2(path);
        std::string records;
        for (int i = 0; i < 25'000; ++i) records += record_of(event_of("CP-1"));
        old.execute("INSERT INTO charge_points (row, key, id) VALUES (1, 'cp-1', 'CP-1')");
        event_table(old).append(records, 25'000, 0);
        old.execute(
            "DROP TABLE events_of_charge_point; DROP TABLE events_of_type;"
            "CREATE TABLE events_of_charge_point (charge_point INTEGER NOT NULL, sequence INTEGER NOT NULL, "
            "type INTEGER NOT NULL, PRIMARY KEY (charge_point, sequence)) WITHOUT ROWID;"
            "CREATE TABLE events_of_type (type INTEGER NOT NULL, sequence INTEGER NOT NULL, "
            "PRIMARY KEY (type, sequence)) WITHOUT ROWID;"
            "INSERT INTO events_of_type VALUES (1, 1); INSERT INTO events_of_charge_point VALUES (1, 1, 1);"
            "UPDATE meta SET value = 20000 WHERE name = 'indexed_sequence'; PRAGMA user_version = 1");
    }
    auto db_of_1 = open_for_writing(path, commit_durability::process, this_machine().random());
    CHECK(db_of_1.number("PRAGMA user_version") == journal_schema_version);
    CHECK(indexed_sequence(db_of_1) == 0);
    journal_tables tables_of_1(db_of_1);
    tables_of_1.index.catch_up(tables_of_1.events.next_sequence());
    CHECK(indexed_sequence(db_of_1) >= 20'000);
    CHECK(find(db_of_1, of("CP-1"), {1, 20'000, 30'000}) == numbers(1, 20'000));
}
