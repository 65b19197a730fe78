// Checking, exporting and repairing a journal that was damaged in a known place.
#include "journal/maintenance.hpp"

#include "async/platform.hpp"
#include "journal_file_fixture.hpp"
#include "journal_version_2.hpp"
#include "machine/this_machine.hpp"
#include "stations/charge_point.hpp"
#include "text/fold_id.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;
using Catch::Matchers::ContainsSubstring;

namespace {

constexpr int rows = 300, per_row = 5, transactions = 400;

struct damaged_journal : journal_file_fixture {
    std::set<std::int32_t> ids;
    std::int32_t running = 0;  // the id of a transaction without a stop
    std::string report;

    damaged_journal() {
        db->execute("BEGIN IMMEDIATE");
        for (int i = 0; i < rows; ++i) {
            std::string records;
            for (int k = 0; k < per_row; ++k) {
                event e =
                    event_of("CP-1", event_type::data_transfer_received, std::string(i % 10 == 0 ? 2500 : 500, 'x'));
                e.epoch = 7'000'000'000'000;
                e.ocpp_version = ocpp::version::v16;
                e.payload = fmt::format(R"({{"n":{},"pad":"{}"}})", i * per_row + k + 1, e.payload);
                append_record(records, e);
            }
            tables->events.append(records, per_row, i);
        }
        for (int i = 0; i < transactions; ++i) {
            transaction_start t;
            t.charge_point_id = fmt::format("CP-{}", i);
            t.id_tag = "TAG-1";
            t.meter_start_wh = i;
            running = tables->transactions.start(t, false).id;
            ids.insert(running);
        }
        db->execute("UPDATE meta SET value = 7000001000000 WHERE name = 'next_epoch'");  // ahead, as it always is
        db->execute("COMMIT");
    }

    // Pages of a table: its root alone, or its leaves in their order.
    [[nodiscard]] std::vector<std::int64_t> pages(const std::string& table, const std::string& which) {
        sqlite::statement list(*db, "SELECT pageno FROM dbstat WHERE name = ? AND " + which + " ORDER BY path");
        list.bind(table);
        std::vector<std::int64_t> numbers;
        while (list.step()) numbers.push_back(list.integer(0));
        REQUIRE_FALSE(numbers.empty());
        return numbers;
    }
    [[nodiscard]] std::vector<std::int64_t> leaves(const std::string& table) {
        return pages(table, "pagetype = 'leaf'");
    }
    void damage(const std::vector<std::int64_t>& numbers) {
        close();
        std::fstream f(file(), std::ios::in | std::ios::out | std::ios::binary);
        for (const auto n : numbers) {
            f.seekp((n - 1) * static_cast<std::int64_t>(journal_page_bytes));
            f << std::string(journal_page_bytes, '\xEE');
        }
    }
    bool check() {
        std::ostringstream out;
        const bool whole = check_journal(directory.path(), out);
        report = out.str();
        INFO(report);
        return whole;
    }
    bool repair() {
        std::ostringstream out;
        const bool done = repair_journal(directory.path(), this_machine(), out);
        report = out.str();
        return done;
    }
    // The values of "n" in the events that can be exported.
    [[nodiscard]] std::vector<int> exported() {
        std::ostringstream out, errors;
        CHECK(export_journal(directory.path(), "node", out, errors));
        CHECK(errors.str().empty());
        std::istringstream lines(out.str());
        std::vector<int> numbers;
        for (std::string line; std::getline(lines, line);) {
            const auto at = line.find("\"n\":");
            REQUIRE(at != std::string::npos);
            const int n = std::stoi(line.substr(at + 4));
            CHECK_THAT(line, ContainsSubstring(fmt::format("\"sequence\":{},", n)));
            numbers.push_back(n);
        }
        return numbers;
    }
    [[nodiscard]] std::vector<std::string> kept_files() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(directory.path()))
            if (entry.path().filename().string().starts_with("journal.db.damaged-") &&
                entry.path().filename().string().ends_with('Z'))
                names.push_back(entry.path().string());
        return names;
    }
    // After a repair: whole, usable, and nothing is given twice.
    void check_usable() {
        CHECK(check());
        open();
        for (int i = 0; i < 50; ++i) {
            transaction_start t;
            t.charge_point_id = "CP-NEW";
            t.meter_start_wh = i;
            CHECK(ids.insert(tables->transactions.start(t, false).id).second);
        }
        CHECK(tables->events.next_sequence() > rows * per_row);
        CHECK(db->number("SELECT value FROM meta WHERE name = 'next_epoch'").value_or(0) > 7'000'000'000'000);
        tables->events.append(record_of(event_of("CP-1")), 1, 0);
        close();
        CHECK(check());
    }
};

}  // namespace

TEST_CASE_METHOD(damaged_journal, "A whole journal is found whole, also while it is written", "[journal]") {
    CHECK(check());
    CHECK_THAT(report, ContainsSubstring("events: 1500 with the numbers 1 to 1500, 0 missing") &&
                           ContainsSubstring("transactions: 400 rows") && ContainsSubstring("is whole"));
    CHECK(exported().size() == rows * per_row);
    close();
    CHECK(check());
}

TEST_CASE_METHOD(damaged_journal, "Missing numbers and rows that say more than they hold are found", "[journal]") {
    SECTION("a row is missing") {
        db->execute("DELETE FROM events WHERE first = 101");
        CHECK_FALSE(check());
        CHECK_THAT(report, ContainsSubstring("events 101 to 105 are missing"));
    }
    SECTION("a row was cut") {
        db->execute("UPDATE events SET body = substr(body, 1, 1300) WHERE first = 106");
        CHECK_FALSE(check());
        CHECK_THAT(report, ContainsSubstring("of the events 106 to 110 only 2 can be read"));
    }
    SECTION("a counter is missing") {
        db->execute("DELETE FROM meta WHERE name = 'next_epoch'");
        CHECK_FALSE(check());
        CHECK_THAT(report, ContainsSubstring("counters"));
    }
}

TEST_CASE("What is not there is told and not made", "[journal]") {
    temporary_directory directory;
    std::ostringstream report, out;
    CHECK_FALSE(check_journal(directory.path(), report));
    CHECK_FALSE(export_journal(directory.path(), "node", out, report));
    CHECK_FALSE(repair_journal(directory.path(), this_machine(), report));
    CHECK_THAT(report.str(), ContainsSubstring("journal.db"));
    CHECK(std::filesystem::is_empty(directory.path()));
}

TEST_CASE_METHOD(damaged_journal, "A repair of a whole journal loses nothing", "[journal]") {
    close();
    const auto before = exported();
    REQUIRE(repair());
    CHECK_THAT(report, ContainsSubstring("events: 1500 saved") && !ContainsSubstring("lost"));
    CHECK(exported() == before);
    CHECK(kept_files().size() == 1);
    open();
    transaction_stop stop;
    stop.charge_point_id = fmt::format("CP-{}", transactions - 1);
    stop.transaction_id = running;
    stop.mark = 1;
    CHECK(tables->transactions.stop(stop).known);
    close();
    check_usable();
}

TEST_CASE_METHOD(damaged_journal, "A repair keeps what is set of charge points", "[journal]") {
    for (const auto* id : {"CP-1", "CP-2", "CP-3"}) {
        charge_point_profile p;
        p.charge_point_id = id;
        p.set_labels({"site:north"});
        tables->profiles.put(fold_id(id), p);
    }
    close();
    REQUIRE(repair());
    CHECK_THAT(report, ContainsSubstring("charge_point_profiles: 3 rows saved\n"));
    open();
    const auto kept = read_profiles(*db);
    REQUIRE(kept.size() == 3);
    CHECK(kept[2]->charge_point_id == "CP-3");
    CHECK(kept[2]->labels == std::vector<std::string>{"site:north"});
}

TEST_CASE_METHOD(damaged_journal, "A repair passes over damaged pages of events", "[journal]") {
    const auto all = leaves("events");
    REQUIRE(all.size() > 20);
    SECTION("one") { damage({all[5]}); }
    SECTION("several, apart") { damage({all[3], all[8], all[9], all[15]}); }
    SECTION("the first") { damage({all[0]}); }
    SECTION("the last") { damage({all.back()}); }
    SECTION("a row's overflow") { damage({pages("events", "pagetype = 'overflow'")[7]}); }
    CHECK_FALSE(check());
    REQUIRE(repair());
    CHECK_THAT(report, ContainsSubstring("could not be read") && ContainsSubstring("400 rows saved"));
    const auto saved = exported();
    CHECK(saved.size() > rows * per_row / 2);
    CHECK(saved.size() < rows * per_row);
    CHECK(std::is_sorted(saved.begin(), saved.end()));
    check_usable();
}

TEST_CASE_METHOD(damaged_journal, "A repair counts on behind what it cannot read", "[journal]") {
    SECTION("all events") { damage(pages("events", "path = '/'")); }
    SECTION("the transactions") { damage(pages("transactions", "path = '/'")); }
    SECTION("some transactions") { damage({leaves("transactions")[1]}); }
    SECTION("charge points") { damage(leaves("charge_points")); }
    CHECK_FALSE(check());
    REQUIRE(repair());
    CHECK_THAT(report, ContainsSubstring("could not be read"));
    check_usable();
}

TEST_CASE_METHOD(damaged_journal, "A repair without the counters says what that means", "[journal]") {
    damage(pages("meta", "path = '/'"));
    CHECK_FALSE(check());
    REQUIRE(repair());
    CHECK_THAT(report, ContainsSubstring("transaction_key is lost") && ContainsSubstring("will not be known"));
    CHECK(exported().size() == rows * per_row);
    CHECK(check());
    open();
    CHECK(tables->events.next_sequence() > rows * per_row);
    CHECK(db->number("SELECT value FROM meta WHERE name = 'next_transaction'").value_or(0) > transactions);
    CHECK(db->number("SELECT value FROM meta WHERE name = 'next_epoch'").value_or(0) > 7'000'000'000'000);
}

TEST_CASE_METHOD(damaged_journal, "A repair reads on when the first page is gone", "[journal]") {
    damage({1});
    CHECK_FALSE(check());
    REQUIRE(repair());
    CHECK(exported().size() == rows * per_row);
    CHECK(kept_files().size() == 1);
    check_usable();
}

TEST_CASE_METHOD(damaged_journal, "A repair reads on when a page of the list of tables is gone", "[journal]") {
    const auto below_the_first = leaves("sqlite_schema");
    REQUIRE(below_the_first.size() > 1);
    damage(below_the_first);
    CHECK_FALSE(check());
    CHECK_THAT(report, ContainsSubstring("DAMAGED"));
    REQUIRE(repair());
    CHECK(exported().size() == rows * per_row);
    check_usable();
}

TEST_CASE_METHOD(damaged_journal, "A repair saves the rows of tables that have got more columns since", "[journal]") {
    db->execute(
        "INSERT INTO reservations (charge_point, reservation, id_tag, parent, expires_at, state, updated_at) "
        "VALUES (1, 7, 'TAG', '', 0, 1, 0)");
    db->execute("INSERT INTO transaction_sequences (number, seen) VALUES (1000000, '0-3')");
    db->execute("ALTER TABLE reservations DROP COLUMN evse");
    db->execute("ALTER TABLE reservations DROP COLUMN station_transaction");
    db->execute("ALTER TABLE transaction_sequences DROP COLUMN latest");
    damage({leaves("events")[5]});
    REQUIRE(repair());
    open();
    CHECK(db->number("SELECT count(*) FROM reservations WHERE reservation = 7 AND evse IS NULL") == 1);
    CHECK(db->number("SELECT count(*) FROM transaction_sequences WHERE seen = '0-3' AND latest IS NULL") == 1);
}

TEST_CASE("A repair does not take the tables of an earlier version for others", "[journal]") {
    temporary_directory directory;
    const auto file = journal_file(directory.path());
    make_journal_of_version_2(file).execute("PRAGMA wal_checkpoint(TRUNCATE)");
    SECTION("as it was") {}
    SECTION("taken over") {
        open_for_writing(file, commit_durability::process, this_machine().random())
            .execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    std::fstream(file, std::ios::in | std::ios::out | std::ios::binary) << std::string(journal_page_bytes, '\xEE');
    std::ostringstream report;
    CHECK_FALSE(repair_journal(directory.path(), this_machine(), report));
    CHECK_THAT(report.str(), ContainsSubstring("earlier version") && ContainsSubstring("nothing was changed"));
    CHECK(std::filesystem::file_size(file) > journal_page_bytes);
    CHECK_FALSE(std::filesystem::exists(file + ".repaired"));
}

TEST_CASE_METHOD(damaged_journal, "A repair keeps the damaged file as it was", "[journal]") {
    damage({leaves("events")[5]});
    const auto size = std::filesystem::file_size(file());
    REQUIRE(repair());
    REQUIRE(kept_files().size() == 1);
    CHECK(std::filesystem::file_size(kept_files().front()) == size);
    CHECK_FALSE(std::filesystem::exists(file() + ".repaired"));
    CHECK_FALSE(std::filesystem::exists(file() + ".salvaged"));
}

TEST_CASE_METHOD(damaged_journal, "A journal in use is not repaired", "[journal]") {
    const auto lock = this_machine().files().lock(directory.path());
    CHECK_FALSE(repair());
    CHECK_THAT(report, ContainsSubstring("stop it first") && ContainsSubstring("nothing was changed"));
    CHECK(kept_files().empty());
}

TEST_CASE("A file of something else is left alone by a repair", "[journal]") {
    temporary_directory directory;
    std::ofstream(directory.file("journal.db")) << "a letter to somebody";
    std::ostringstream report;
    CHECK_FALSE(repair_journal(directory.path(), this_machine(), report));
    std::string text;
    std::getline(std::ifstream(directory.file("journal.db")), text);
    CHECK(text == "a letter to somebody");
}
