// Whether the file is the one that the last gateway left: older ones in its place are found, and no others.
#include "journal/journal_run.hpp"

#include "async/platform.hpp"
#include "journal/maintenance.hpp"
#include "journal_site.hpp"
#include "machine/this_machine.hpp"
#include "support/wait.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

using namespace voltgate;
using namespace voltgate::test;
using Catch::Matchers::ContainsSubstring;

namespace fs = std::filesystem;

TEST_CASE_METHOD(journal_site, "A file that stayed in its place is not taken for another", "[journal][backup]") {
    work(5);
    const auto id = j->id();
    SECTION("stopped and started") { open(); }
    SECTION("killed") {
        copy_files(elsewhere.path(), {"journal.state", "journal.db", "journal.db-wal"});
        open(elsewhere.path());
        CHECK(j->stats().last_sequence == 5);
    }
    SECTION("killed before journal.state was written, again and again") {
        close();
        auto db = open_for_writing(file(), commit_durability::process, this_machine().random());
        for (int again = 0; again < 3; ++again)
            begin_run(db, read_journal_state(this_machine().files(), directory.path()), this_machine().random());
    }
    SECTION("killed in the first start, before and after journal.state was written") {
        close();
        auto db = open_for_writing(file(), commit_durability::process, this_machine().random());
        fs::remove(journal_state_file(directory.path()));
        const auto run = begin_run(db, std::nullopt, this_machine().random());
        if (GENERATE(false, true))
            write_journal_state(this_machine().files(), directory.path(), {id, run, counters_of(db)});
    }
    SECTION("an earlier version had it") {
        close();
        open_for_writing(file(), commit_durability::process, this_machine().random())
            .execute("DELETE FROM meta WHERE name IN ('run', 'run_before')");
        fs::remove(journal_state_file(directory.path()));
    }
    SECTION("it was repaired") {
        close();
        std::ostringstream out;
        REQUIRE(repair_journal(directory.path(), this_machine(), out));
    }
    open();
    CHECK_FALSE(restored());
    CHECK(warnings.empty());
    CHECK(j->id() == id);
    work(5);
}

TEST_CASE_METHOD(journal_site, "An older file in the journal's place is found at the start, once",
                 "[journal][backup]") {
    work(5);
    const auto first = j->id();
    SECTION("a copy of the last run") {
        close();
        copy_files(elsewhere.path(), {"journal.db"});
        open();
        work(20);
        close();
        put_back(elsewhere.file("journal.db"));
    }
    SECTION("a copy of the last run, when this one has done nothing") {
        close();
        copy_files(elsewhere.path(), {"journal.db"});
        open();
        close();
        put_back(elsewhere.file("journal.db"));
    }
    SECTION("a snapshot of the same run") {
        copy_files(elsewhere.path(), {"journal.db", "journal.db-wal"});
        work(20);
        close();
        put_back(elsewhere.file("journal.db"));
    }
    SECTION("a backup, copied over it") {
        REQUIRE(backup(elsewhere.file("saved")));
        close();
        put_back(elsewhere.file("saved"));
    }
    SECTION("a backup, in a new directory") {
        REQUIRE(backup(elsewhere.file("journal.db")));
        work(20);
        close();
        settings.journal.path = elsewhere.path();
    }
    SECTION("journal.db alone, in a new directory") {
        copy_files(elsewhere.path(), {"journal.db", "journal.db-wal"});
        work(20);
        close();
        settings.journal.path = elsewhere.path();
    }
    SECTION("a file that an earlier version wrote") {
        close();
        copy_files(elsewhere.path(), {"journal.db"});
        sqlite::database(elsewhere.file("journal.db"), sqlite::open_mode::read_write)
            .execute("DELETE FROM meta WHERE name IN ('run', 'run_before')");
        open();
        work(20);
        close();
        put_back(elsewhere.file("journal.db"));
    }
    SECTION("a backup that was repaired") {
        REQUIRE(backup(elsewhere.file("saved")));
        work(20);
        close();
        put_back(elsewhere.file("saved"));
        std::ostringstream out;
        REQUIRE(repair_journal(directory.path(), this_machine(), out));
    }
    open();
    CHECK(restored());
    const auto second = j->id();
    CHECK(second != first);
    CHECK_THAT(warnings, ContainsSubstring("readers of events have to begin anew") && ContainsSubstring(first) &&
                             ContainsSubstring(second));
    work(20);
    warnings.clear();
    open();
    CHECK_FALSE(restored());
    CHECK(warnings.empty());
    CHECK(j->id() == second);
    work(5);
}

TEST_CASE_METHOD(journal_site, "A kill while an older file is taken over does not make it old again",
                 "[journal][backup]") {
    work(5);
    REQUIRE(backup(elsewhere.file("saved")));
    work(20);
    close();
    put_back(elsewhere.file("saved"));
    const auto known = read_journal_state(this_machine().files(), directory.path());
    REQUIRE(known);
    {
        auto db = open_for_writing(file(), commit_durability::process, this_machine().random());
        renew_restored(db, known->counters, this_machine().random());
        begin_run(db, known, this_machine().random());
    }
    const auto id = id_of_file();
    open();
    CHECK_FALSE(restored());
    CHECK(j->id() == id);
    work(20);
}

TEST_CASE_METHOD(journal_site, "A repair of an older file counts on behind what journal.state knows",
                 "[journal][backup]") {
    work(5);
    close();
    copy_files(elsewhere.path(), {"journal.db"});
    open();
    work(20);
    const auto id = j->id();
    close();
    put_back(elsewhere.file("journal.db"));
    std::ostringstream out;
    REQUIRE(repair_journal(directory.path(), this_machine(), out));
    open();
    CHECK_FALSE(restored());
    CHECK(j->id() == id);
    CHECK(j->stats().last_sequence > 25);
    work(20);
}

TEST_CASE_METHOD(journal_site, "A new journal beside the state of one that was removed is just new",
                 "[journal][backup]") {
    work(5);
    close();
    fs::remove(file());
    open();
    CHECK_FALSE(restored());
    CHECK(j->stats().last_sequence == 0);
    CHECK(read_journal_state(this_machine().files(), directory.path())->journal_id == j->id());
}

TEST_CASE_METHOD(journal_site, "journal.state follows while the journal is written", "[journal][backup]") {
    work(5);
    eventually(
        [this] {
            const auto state = read_journal_state(this_machine().files(), directory.path());
            return state && state->counters.last_sequence >= 1 && state->journal_id == j->id();
        },
        "journal.state is written", std::chrono::seconds(30));
    close();
    auto db = open_for_reading(file());
    const auto state = read_journal_state(this_machine().files(), directory.path());
    REQUIRE(state);
    CHECK(state->counters == counters_of(db));
    CHECK(state->run == meta_text(db, "run"));
}
