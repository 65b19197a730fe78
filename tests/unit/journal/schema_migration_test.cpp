// Files of earlier versions, as this one takes them over.
#include "async/platform.hpp"
#include "journal/schema.hpp"
#include "journal/transaction_pages.hpp"
#include "journal_file_fixture.hpp"
#include "journal_version_2.hpp"
#include "machine/this_machine.hpp"
#include "stores/stored_time.hpp"
#include "stores/transaction_rules.hpp"
#include "unit/stores/transaction_samples.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;

namespace {

/// With a transaction that runs (number 1), one that was stopped (2), one from 1970 (3) and one of 2.x (4).
struct version_2_fixture {
    temporary_directory directory;
    const std::string file = directory.file("journal.db");

    version_2_fixture() {
        auto db = make_journal_of_version_2(file);
        db.execute("INSERT INTO charge_points (row, key, id) VALUES (1, 'cp-1', 'CP-1'), (2, 'cp-2', 'CP-2')");
        insert(db, 1, 1, "NULL");
        insert(db, 2, 2, "1767326645000000, '2026-01-02T04:04:05Z', 2000, 'Local', 'TAG-1'");
        db.execute("UPDATE transactions SET used = 1, meter_start = NULL WHERE number = 2");
        insert(db, 3, 3, "NULL");
        db.execute(
            "UPDATE transactions SET started_at = 5000000, start_text = '1970-01-01T00:00:05Z' WHERE number = 3");
        insert(db, 4, 1, "NULL");
        db.execute("UPDATE transactions SET charge_point = 2 WHERE number = 4");
        db.execute("INSERT INTO station_transactions VALUES (4, 2, 'T-1', 2)");
        db.execute("INSERT INTO transaction_sequences VALUES (4, '0-3', NULL)");
        db.execute("INSERT INTO message_marks VALUES (1, 11, 12, 13, 14)");
        event e = event_of("CP-1", event_type::transaction_meter_values, R"({"transactionId":"1"})");
        std::string record;
        append_record(record, e, 77);
        sqlite::statement insert_events(db, "INSERT INTO events VALUES (1, 1, 0, ?)");
        insert_events.run(sqlite::blob{record});
    }

    /// `stop`: NULL, or the values of the columns that a stop fills.
    static void insert(sqlite::database& db, int number, int connector, const std::string& stop) {
        std::string sql =
            "INSERT INTO transactions (number, charge_point, connector, id_tag, id_tag_key, id_tag_status, "
            "meter_start, "
            "start_text, started_at";
        sql += stop == "NULL" ? ")" : ", stopped_at, stop_text, meter_stop, stop_reason, stop_id_tag)";
        sql += " VALUES (" + std::to_string(number) + ", 1, " + std::to_string(connector) +
               ", 'TAG-1', 'tag-1', 0, 1000, '2026-01-02T03:04:05Z', 1767323045000000";
        sql += stop == "NULL" ? ")" : ", " + stop + ")";
        db.execute(sql.c_str());
    }
    [[nodiscard]] sqlite::database open() const {
        return open_for_writing(file, commit_durability::process, this_machine().random());
    }
};

}  // namespace

TEST_CASE_METHOD(version_2_fixture, "A file of version 2 keeps its identity, its counters and its transactions",
                 "[journal]") {
    auto db = open();
    CHECK(db.number("PRAGMA user_version") == journal_schema_version);
    CHECK(db.number("SELECT value FROM meta WHERE name = 'transaction_key'") == 4711);
    CHECK(db.number("SELECT value FROM meta WHERE name = 'next_transaction'") == 100);
    CHECK(db.number("SELECT value FROM meta WHERE name = 'journal_id'").has_value());
    CHECK(db.number("SELECT value FROM meta WHERE name = 'mark_key'").has_value());
    CHECK(db.number("SELECT count(*) FROM transactions") == 4);
    journal_tables tables(db);
    const auto running = tables.transaction_records.find(1);
    REQUIRE(running);
    CHECK(running->value.is_open());
    CHECK(running->value.meter_start.wh == 1000);
    CHECK(running->value.start_text == "2026-01-02T03:04:05Z");
    CHECK_FALSE(running->value.start_received);  // nobody noted it
    CHECK(running->value.start_clock == clock_state::ok);
    CHECK(running->value.attentions.empty());
    const auto stopped = tables.transaction_records.find(2);
    REQUIRE(stopped);
    CHECK(state_of(stopped->value) == "stopped");
    CHECK(stopped->value.meter_stop.wh == 2000);
    CHECK_FALSE(stopped->value.meter_start.wh);
    CHECK(stopped->value.used);
    CHECK(clock_of(tables.transaction_records.find(3)->value) == clock_state::unset);
    const auto of_station = tables.transaction_records.find(4);
    REQUIRE(of_station);
    CHECK(of_station->value.station_id == "T-1");
    CHECK(of_station->value.evse_id == 2);
}

TEST_CASE_METHOD(version_2_fixture, "Transactions of a file of version 2 go on", "[journal]") {
    auto db = open();
    journal_tables tables(db);
    const auto id_of = [&](std::uint32_t number) { return tables.transaction_records.ids().id_of(number); };
    CHECK(tables.transactions.use("CP-1", use_of(id_of(1)), at("2026-01-02T03:30:00Z")).known);
    CHECK(tables.transactions.start(start_of(), false).id == id_of(1));  // the same start again
    const auto stopped = tables.transactions.stop(stop_of(id_of(1)));
    CHECK(stopped.known);
    CHECK(stopped.energy.wh == 1000);
    CHECK_FALSE(stopped.start_received);
    auto end = message_of(transaction_phase::ended, 4, "2026-01-02T04:04:05Z", "T-1", "CP-2");
    end.what.energy.wh = 2000;
    const auto ended = tables.station_transactions.note(end, false);
    CHECK(ended.known);
    CHECK(ended.evse_id == 2);
    CHECK(ended.missing == 0);
    const auto fresh = tables.transactions.start(start_of("CP-9"), false);
    CHECK(fresh.number == 100);
}

TEST_CASE_METHOD(version_2_fixture, "Messages of a file of version 2 are not taken for those of this one",
                 "[journal]") {
    auto db = open();
    CHECK(db.number("SELECT count(*) FROM sqlite_schema WHERE name = 'message_marks'") == 0);
    CHECK(db.number("SELECT value FROM meta WHERE name = 'marked_sequence'") == 1);
    journal_tables tables(db);
    const auto row = tables.charge_points.row_of("CP-1");
    for (const message_mark mark : {11U, 12U, 13U, 14U, 77U}) {
        CHECK_FALSE(tables.marks.repeated(message_marks::of_charge_point(row), mark));
    }
    CHECK(tables.events.next_sequence() == 2);
}

TEST_CASE_METHOD(version_2_fixture, "Transactions of a file of version 2 changed when they say, or now", "[journal]") {
    const auto before = std::chrono::system_clock::now() - std::chrono::seconds(2);
    auto db = open();
    const auto changed = [&](int number) {
        return db.number(("SELECT changed_at FROM transactions WHERE number = " + std::to_string(number)).c_str());
    };
    CHECK(changed(1) == stored_time(at("2026-01-02T03:04:05Z")));
    CHECK(changed(2) == stored_time(at("2026-01-02T04:04:05Z")));
    CHECK(changed(3) >= stored_time(before));  // its clock was never set
    transaction_query q;
    q.changed_after = 0;
    const auto page = read_transactions(db, q);
    CHECK(page.items.size() == 4);
    CHECK(std::is_sorted(page.items.begin(), page.items.end(),
                         [](const auto& a, const auto& b) { return a.changed_at < b.changed_at; }));
    journal_tables tables(db);
    tables.transaction_records.remove_older(stored_time(before));
    CHECK(db.number("SELECT count(*) FROM transactions") == 3);  // the stopped one
}

TEST_CASE_METHOD(version_2_fixture, "A file that was taken over once is as it is when it is opened again",
                 "[journal]") {
    const auto schema = [](sqlite::database& db) {
        sqlite::statement rows(db,
                               "SELECT s.name || '.' || coalesce(c.name, '') FROM sqlite_schema s LEFT JOIN "
                               "pragma_table_info(s.name) c WHERE s.name NOT LIKE 'sqlite_%' ORDER BY 1");
        std::vector<std::string> names;
        while (rows.step()) names.emplace_back(rows.text(0));
        return names;
    };
    std::vector<std::string> first;
    std::optional<std::int64_t> changed, key;
    {
        auto db = open();
        first = schema(db);
        changed = db.number("SELECT sum(changed_at) FROM transactions");
        key = db.number("SELECT value FROM meta WHERE name = 'mark_key'");
    }
    auto again = open();
    CHECK(schema(again) == first);
    CHECK(again.number("SELECT sum(changed_at) FROM transactions") == changed);
    CHECK(again.number("SELECT value FROM meta WHERE name = 'mark_key'") == key);
    const temporary_directory other;
    auto fresh = open_for_writing(other.file("journal.db"), commit_durability::process, this_machine().random());
    CHECK(schema(fresh) == first);
}
