// How the journal's files are opened: what is on the disk before anything is told, through which file system, and where
// temporary tables are.
#include "async/platform.hpp"
#include "events/bus.hpp"
#include "journal/journal.hpp"
#include "journal/run_state.hpp"
#include "journal_file_fixture.hpp"
#include "machine/this_machine.hpp"
#include "observe/log.hpp"
#include "support/copied_journal.hpp"
#include "support/faulty_disk.hpp"
#include "support/manual_clock.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;

namespace {

using disk_access = faulty_disk::access;

const disk_access log_is_synced{disk_access::kind::sync, "journal.db-wal"};

std::vector<disk_access> recorded_before(const faulty_disk& disk, const disk_access& a) {
    const auto all = disk.recorded();
    return {all.begin(), std::find(all.begin(), all.end(), a)};
}

bool has_any(const std::vector<disk_access>& all, disk_access::kind what) {
    return std::ranges::any_of(all, [what](const disk_access& a) { return a.what == what; });
}

bool has(const faulty_disk& disk, const disk_access& a) {
    const auto all = disk.recorded();
    return std::ranges::find(all, a) != all.end();
}

// A gateway wrote an event and died before it was synchronised; `to` has its files as the next one finds them.
void leave_unsynced_commit(const std::string& to) {
    const temporary_directory directory;
    faulty_disk disk(directory.path());
    manual_clock clock;
    asio::io_context io;
    event_bus bus{io.get_executor(), this_machine().random()};
    voltgate::log log;
    config settings;
    settings.journal.path = directory.path();
    settings.events.durability = events_config::durable::process;
    journal j(settings, clock, this_machine(), bus, log);
    disk.record();
    j.database().execute("INSERT INTO meta (name, value) VALUES ('test', 'unsynced')");
    REQUIRE(has(disk, {disk_access::kind::write, "journal.db-wal"}));
    REQUIRE_FALSE(has(disk, log_is_synced));
    copy_journal(directory.path(), to);
}

}  // namespace

TEST_CASE("What was committed and not synchronised when a process died is synchronised before anything else",
          "[journal]") {
    const temporary_directory directory;
    leave_unsynced_commit(directory.path());
    faulty_disk disk(directory.path());
    disk.record();
    manual_clock clock;
    asio::io_context io;
    event_bus bus{io.get_executor(), this_machine().random()};
    voltgate::log log;
    config settings;
    settings.journal.path = directory.path();
    settings.events.durability = GENERATE(events_config::durable::process, events_config::durable::disk);
    journal j(settings, clock, this_machine(), bus, log);
    CHECK(meta_text(j.database(), "test") == "unsynced");
    REQUIRE(has(disk, log_is_synced));
    CHECK_FALSE(has_any(recorded_before(disk, log_is_synced), disk_access::kind::write));
}

TEST_CASE("A journal whose log of changes cannot be synchronised is not opened", "[journal]") {
    const temporary_directory directory;
    leave_unsynced_commit(directory.path());
    faulty_disk disk(directory.path());
    disk.set(faulty_disk::fault::sync_error);
    std::string what;
    try {
        const auto db =
            open_for_writing(journal_file(directory.path()), commit_durability::process, this_machine().random());
    } catch (const sqlite::error& e) {
        what = e.what();
    }
    CHECK(what == "synchronising " + journal_file(directory.path()) + "-wal: disk I/O error");
}

TEST_CASE("The journal's files are opened through SQLite's default file system", "[journal]") {
    const temporary_directory directory;
    faulty_disk disk(directory.path());  // is the default one
    disk.record();
    auto writing = open_for_writing(journal_file(directory.path()), commit_durability::disk, this_machine().random());
    CHECK(has(disk, {disk_access::kind::open, "journal.db"}));
    CHECK(has(disk, {disk_access::kind::open, "journal.db-wal"}));
    const auto opened = disk.recorded().size();
    auto reading = open_for_reading(journal_file(directory.path()));
    CHECK(reading.number("SELECT count(*) FROM events") == 0);
    const auto all = disk.recorded();
    CHECK(std::find(all.begin() + static_cast<std::ptrdiff_t>(opened), all.end(),
                    disk_access{disk_access::kind::open, "journal.db"}) != all.end());
}

TEST_CASE("Temporary tables and sorters of the journal make no files", "[journal]") {
    const temporary_directory directory;
    faulty_disk disk(directory.path());
    auto writing = open_for_writing(journal_file(directory.path()), commit_durability::disk, this_machine().random());
    auto reading = open_for_reading(journal_file(directory.path()));
    auto* db = GENERATE(0, 1) == 0 ? &writing : &reading;
    db->execute("PRAGMA cache_size = 10");  // so that what is large goes to a file soon
    db->execute("PRAGMA temp.cache_size = 10");
    disk.record();
    constexpr auto rows =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) "
        "SELECT i, randomblob(1000) AS bytes FROM n";
    db->execute((std::string("CREATE TEMP TABLE numbers AS ") + rows).c_str());
    CHECK(db->number((std::string("SELECT i FROM (") + rows + ") ORDER BY bytes").c_str()).has_value());
    CHECK_FALSE(has(disk, {disk_access::kind::open, ""}));
}
