// Copies of the journal, and putting them back: nothing is given twice.
#include "journal/backup.hpp"

#include "async/platform.hpp"
#include "journal/erase_tag.hpp"
#include "journal/maintenance.hpp"
#include "journal_site.hpp"
#include "machine/this_machine.hpp"
#include "support/wait.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <fmt/format.h>

#include <atomic>
#include <fstream>
#include <iterator>
#include <thread>

using namespace voltgate;
using namespace voltgate::test;
using Catch::Matchers::ContainsSubstring;

namespace fs = std::filesystem;

TEST_CASE_METHOD(journal_site, "A backup that is put back gives no id and no epoch twice", "[journal][backup]") {
    work(5);
    const auto saved = elsewhere.file("night");
    REQUIRE(backup(saved));
    CHECK_THAT(report, ContainsSubstring(saved + ": events up to 5, 5 transactions"));
    work(20);
    const std::string first = j->id();
    close();
    REQUIRE(restore(saved));
    const auto second = id_of_file();
    CHECK(second != first);
    CHECK_THAT(report, ContainsSubstring("as journal " + second + " with the events up to 5") &&
                           ContainsSubstring("the events 6 to 25 of journal " + first + " are not in it") &&
                           ContainsSubstring("a position of journal " + first + " is answered 410") &&
                           ContainsSubstring("go on with number 6"));
    CHECK(kept_files().size() == 1);
    open();
    CHECK_FALSE(restored());
    CHECK(warnings.empty());
    CHECK(j->id() == second);
    CHECK(j->stats().last_sequence == 5);
    work(20);

    // The same file once more: what was given since its first return counts as well.
    close();
    REQUIRE(restore(saved));
    CHECK(id_of_file() != second);
    open();
    work(20);
    CHECK(ids.size() == 65);
}

TEST_CASE_METHOD(journal_site, "What was erased since a backup was made is erased in it again", "[journal][backup]") {
    const auto charge = [this](const std::string& tag, bool ends) {
        REQUIRE(perform(make_op([this, tag, ends](journal_batch& b) {
            transaction_start t;
            t.charge_point_id = "CP-1";
            t.connector_id = ++meter;
            t.id_tag = tag;
            t.times.received = clock.utc();
            const auto started = b.tables.transactions.start(t, false);
            event e = event_of("CP-1");
            e.timestamp = clock.utc();
            e.payload = "{\"idTag\":\"" + tag + "\",\"info\":\"of " + tag + "\"}";
            b.add(e);
            if (!ends) return;
            transaction_stop stop;
            stop.charge_point_id = "CP-1";
            stop.transaction_id = started.id;
            stop.times.received = clock.utc();
            static_cast<void>(b.tables.transactions.stop(stop));
        })));
    };
    const auto tags = [this] {
        auto db = open_for_reading(file());
        sqlite::statement rows(db, "SELECT id_tag FROM transactions ORDER BY number");
        std::vector<std::string> found;
        while (rows.step()) found.emplace_back(rows.text(0));
        return found;
    };
    const bool was_ahead = GENERATE(false, true);  // the clock, when all this was dated
    constexpr auto ahead = std::chrono::hours(48);
    if (was_ahead) clock.step_utc(ahead);
    charge("GONE", true);
    charge("STAYS", true);
    charge("GONE", false);  // it ends after the backup
    const auto saved = elsewhere.file("night");
    REQUIRE(backup(saved));
    REQUIRE(perform(make_op([](journal_batch& b) { b.tables.db.execute("UPDATE transactions SET stopped_at = 1"); })));
    if (was_ahead) clock.step_utc(-ahead);
    clock.advance(std::chrono::hours(1));
    REQUIRE(run(io, erase_tag(*j, "gone", clock.utc())).what == erased_tag::fate::done);
    CHECK(tags()[0] == tags()[2]);
    CHECK(tags()[0].starts_with("~"));
    clock.advance(std::chrono::hours(1));
    charge("GONE", true);  // who comes back is known again
    const auto later = elsewhere.file("day");
    REQUIRE(backup(later));
    SECTION("restored") {
        close();
        REQUIRE(restore(saved));
        CHECK_THAT(report, ContainsSubstring("erased again, in 4 places"));
    }
    SECTION("put back by hand") {
        close();
        put_back(saved);
    }
    open();
    const auto found = tags();
    REQUIRE(found.size() == 3);
    CHECK(found[0].starts_with("~"));
    CHECK(found[0] == found[2]);
    CHECK(found[1] == "STAYS");
    auto db = open_for_reading(file());
    CHECK(db.number("SELECT count(*) FROM events WHERE instr(body, 'GONE')") == 0);
    close();
    REQUIRE(restore(later));
    if (!was_ahead) CHECK(tags().back() == "GONE");
}

TEST_CASE_METHOD(journal_site, "A backup is whole while the journal is written", "[journal][backup]") {
    std::atomic<bool> enough = false;
    std::atomic<int> recorded = 0;
    std::thread producer([&] {
        while (!enough) {
            j->record(event_of("CP-1"));
            if (++recorded % 100 == 0) std::this_thread::yield();
        }
    });
    eventually([&] { return j->stats().last_sequence > 100; }, "events are stored");
    std::uint64_t before = 0;
    for (int i = 0; i < 5; ++i) {
        const auto known = j->stats().last_sequence;
        const auto saved = elsewhere.file(fmt::format("backup-{}", i));
        REQUIRE(backup(saved));
        auto db = open_for_reading(saved);
        std::ostringstream found;
        CHECK(check_file(db, found));
        const auto last = static_cast<std::uint64_t>(counters_of(db).last_sequence);
        CHECK(last >= known);
        CHECK(last >= before);
        before = last;
        using fs::perms;
        CHECK(fs::status(saved).permissions() == (perms::owner_read | perms::owner_write));
    }
    enough = true;
    producer.join();
    CHECK(std::distance(fs::directory_iterator(elsewhere.path()), fs::directory_iterator()) == 5);
}

TEST_CASE_METHOD(journal_site, "A backup is made of a journal that nobody has open, and where a gateway was killed",
                 "[journal][backup]") {
    work(3);
    SECTION("killed") {
        copy_files(elsewhere.path(), {"journal.state", "journal.db", "journal.db-wal"});
        close();
        settings.journal.path = elsewhere.path();
    }
    SECTION("stopped") { close(); }
    REQUIRE(backup(elsewhere.file("saved")));
    CHECK_THAT(report, ContainsSubstring("events up to 3"));
}

TEST_CASE_METHOD(journal_site, "A backup goes over no file and leaves nothing half behind", "[journal][backup]") {
    const auto saved = elsewhere.file("saved");
    SECTION("it exists") {
        std::ofstream(saved) << "a letter";
        CHECK_FALSE(backup(saved));
        CHECK_THAT(report, ContainsSubstring(saved + " exists: choose another name"));
        CHECK(fs::file_size(saved) == 8);
    }
    SECTION("another one is under way") {
        std::ofstream(saved + ".partial") << "half";
        CHECK_FALSE(backup(saved));
        CHECK_THAT(report, ContainsSubstring(".partial exists"));
        CHECK(fs::file_size(saved + ".partial") == 4);
    }
    SECTION("there is no such directory") {
        CHECK_FALSE(backup(elsewhere.file("none/saved")));
        CHECK_THAT(report, ContainsSubstring("none/saved") && ContainsSubstring("No such file or directory"));
    }
    SECTION("there is no journal") {
        settings.journal.path = elsewhere.path();
        CHECK_FALSE(backup(saved));
        CHECK_THAT(report, ContainsSubstring("no such file"));
        CHECK(fs::is_empty(elsewhere.path()));
    }
    SECTION("the journal is damaged") {
        work(5);
        open_for_writing(file(), commit_durability::process, this_machine().random())
            .execute("DELETE FROM events WHERE first = 3");
        CHECK_FALSE(backup(saved));
        CHECK_THAT(report, ContainsSubstring("events 3 to 3 are missing") && ContainsSubstring("journal repair"));
        CHECK(fs::is_empty(elsewhere.path()));
    }
    CHECK_THAT(report, ContainsSubstring("no backup was made"));
}

TEST_CASE_METHOD(journal_site, "What cannot be restored leaves the journal as it is", "[journal][backup]") {
    work(3);
    const auto saved = elsewhere.file("saved");
    REQUIRE(backup(saved));
    const auto id = j->id();
    SECTION("a gateway is running") {
        CHECK_FALSE(restore(saved));
        CHECK_THAT(report, ContainsSubstring("stop it first"));
    }
    close();
    SECTION("there is no such file") {
        CHECK_FALSE(restore(saved + "-none"));
        CHECK_THAT(report, ContainsSubstring("saved-none: no such file"));
    }
    SECTION("it is no database") {
        std::ofstream(saved, std::ios::trunc) << std::string(20'000, 'x');
        CHECK_FALSE(restore(saved));
        CHECK_THAT(report, ContainsSubstring(saved + " is no whole journal") && ContainsSubstring("journal repair"));
    }
    SECTION("it is another program's") {
        fs::remove(saved);
        sqlite::database(saved, sqlite::open_mode::read_write).execute("CREATE TABLE theirs (n)");
        CHECK_FALSE(restore(saved));
        CHECK_THAT(report, ContainsSubstring("no journal of a gateway"));
    }
    SECTION("a newer version wrote it") {
        sqlite::database(saved, sqlite::open_mode::read_write).execute("PRAGMA user_version = 1000");
        CHECK_FALSE(restore(saved));
        CHECK_THAT(report, ContainsSubstring("newer version"));
    }
    SECTION("it lacks counters") {
        sqlite::database(saved, sqlite::open_mode::read_write).execute("DELETE FROM meta WHERE name = 'next_epoch'");
        CHECK_FALSE(restore(saved));
        CHECK_THAT(report, ContainsSubstring("counters"));
    }
    SECTION("it is damaged") {
        std::fstream(saved, std::ios::in | std::ios::out | std::ios::binary).seekp(8192)
            << std::string(8192, '\xEE') << std::flush;
        CHECK_FALSE(restore(saved));
        CHECK_THAT(report, ContainsSubstring("DAMAGED") && ContainsSubstring("no whole journal"));
    }
    SECTION("it is the journal itself") {
        CHECK_FALSE(restore(file()));
        CHECK_THAT(report, ContainsSubstring("is the journal itself"));
    }
    CHECK_THAT(report, ContainsSubstring("nothing was changed"));
    CHECK(id_of_file() == id);
    CHECK(kept_files().empty());
    CHECK_FALSE(fs::exists(file() + ".restored"));
}

TEST_CASE_METHOD(journal_site, "A backup is restored where there is no journal, or a damaged one",
                 "[journal][backup]") {
    work(5);
    const auto saved = elsewhere.file("saved");
    REQUIRE(backup(saved));
    work(10);
    close();
    SECTION("another directory") { settings.journal.path = elsewhere.path() + "/new"; }
    SECTION("only journal.state is left") { fs::remove(file()); }
    SECTION("the journal is damaged") {
        std::fstream(file(), std::ios::in | std::ios::out | std::ios::binary) << std::string(4096, '\xEE');
    }
    REQUIRE(restore(saved));
    open();
    CHECK_FALSE(restored());
    work(20);
    CHECK(ids.size() == 35);
}

TEST_CASE_METHOD(journal_site, "The files that a killed gateway left are a backup too", "[journal][backup]") {
    work(5);
    const auto left = elsewhere.path();
    copy_files(left, {"journal.db", "journal.db-wal"});
    work(5);
    close();
    REQUIRE(restore(left + "/journal.db"));
    CHECK_THAT(report, ContainsSubstring("with the events up to 5"));
    open();
    work(10);
}

TEST_CASE_METHOD(journal_site, "Commands that waited when a backup was made may have been sent since",
                 "[journal][backup]") {
    REQUIRE(perform(make_op([](journal_batch& b) {
        command_record c;
        c.command = command("RemoteStartTransaction", "{}");
        c.command.command_id = "c-1";
        c.charge_point_id = "CP-1";
        static_cast<void>(b.tables.commands.open(c));
    })));
    REQUIRE(backup(elsewhere.file("saved")));
    close();
    REQUIRE(restore(elsewhere.file("saved")));
    auto db = open_for_reading(file());
    const auto open = read_open_commands(db);
    REQUIRE(open.size() == 1);
    CHECK(open.front().state == command_state::dispatching);
}
