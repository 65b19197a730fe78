// How the file is opened: made, found again, refused.
#include "journal/schema.hpp"

#include "async/platform.hpp"
#include "journal_file_fixture.hpp"
#include "machine/this_machine.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <filesystem>
#include <fstream>
#include <sqlite3.h>
#include <system_error>

using namespace voltgate;
using namespace voltgate::test;
using Catch::Matchers::ContainsSubstring;

namespace {

sqlite::error refusal_of(const std::string& file) {
    try {
        const auto opened = open_for_writing(file, commit_durability::disk, this_machine().random());
    } catch (const sqlite::error& e) {
        return e;
    }
    FAIL("it was opened");
    return {0, ""};
}

}  // namespace

TEST_CASE_METHOD(journal_file_fixture, "A journal keeps its identity and its key when it is opened again",
                 "[journal]") {
    const auto key = db->number("SELECT value FROM meta WHERE name = 'transaction_key'");
    REQUIRE(key);
    const auto id = [this] {
        sqlite::statement query(*db, "SELECT value FROM meta WHERE name = 'journal_id'");
        REQUIRE(query.step());
        return std::string(query.text(0));
    };
    const std::string first = id();
    CHECK(first.size() == 8);
    reopen();
    CHECK(db->number("SELECT value FROM meta WHERE name = 'transaction_key'") == key);
    CHECK(id() == first);
    CHECK(db->number("PRAGMA application_id") == 0x566F6C74);
    CHECK(db->number("PRAGMA user_version") == journal_schema_version);
    CHECK(db->number("PRAGMA page_size") == static_cast<std::int64_t>(journal_page_bytes));
    CHECK(db->number("PRAGMA auto_vacuum") == 2);
}

TEST_CASE_METHOD(journal_file_fixture, "A file that was made before passwords were kept gets a place for them",
                 "[journal]") {
    db->execute("DROP TABLE credentials");
    reopen();
    CHECK(db->number("SELECT count(*) FROM credentials") == 0);
    CHECK(db->number("PRAGMA user_version") == journal_schema_version);
}

TEST_CASE_METHOD(journal_file_fixture, "A file that was made before 2.x could reserve keeps its reservations",
                 "[journal]") {
    db->execute("INSERT INTO charge_points (row, key, id) VALUES (1, 'cp-1', 'CP-1')");
    db->execute("ALTER TABLE reservations DROP COLUMN evse");
    db->execute("ALTER TABLE reservations DROP COLUMN station_transaction");
    db->execute(
        "INSERT INTO reservations (charge_point, reservation, connector, id_tag, parent, expires_at, state, "
        "updated_at, transaction_id) VALUES (1, 7, 2, 'TAG', '', 0, 2, 0, 4711)");
    reopen();
    reservation_query query;
    const auto page = read_reservations(*db, query);
    REQUIRE(page.items.size() == 1);
    CHECK(page.items.front().evse_id == 2);
    CHECK(page.items.front().transaction_id == "4711");
}

TEST_CASE_METHOD(journal_file_fixture, "What a commit promises decides how it is synchronised", "[journal]") {
    CHECK(db->number("PRAGMA synchronous") == 1);
    close();
    CHECK(open_for_writing(file(), commit_durability::disk, this_machine().random()).number("PRAGMA synchronous") == 2);
}

TEST_CASE_METHOD(journal_file_fixture, "It can be read beside its writer, and not written", "[journal]") {
    auto reading = open_for_reading(file());
    db->execute("INSERT INTO meta VALUES ('seen', 1)");
    CHECK(reading.number("SELECT value FROM meta WHERE name = 'seen'") == 1);
    CHECK_THROWS_AS(reading.execute("DELETE FROM meta"), sqlite::error);
}

TEST_CASE("The database of another program is refused", "[journal]") {
    temporary_directory directory;
    const auto file = directory.file("journal.db");
    sqlite::database(file, sqlite::open_mode::read_write).execute("CREATE TABLE theirs (n)");
    const auto e = refusal_of(file);
    CHECK(e.code() == SQLITE_NOTADB);
    CHECK_THAT(e.what(), ContainsSubstring(file) && ContainsSubstring("another program"));
    CHECK(sqlite::database(file, sqlite::open_mode::read_write).number("SELECT count(*) FROM sqlite_schema") == 1);
}

TEST_CASE("A file that is no database is refused and left alone", "[journal]") {
    temporary_directory directory;
    const auto file = directory.file("journal.db");
    const std::string content(20'000, 'x');
    std::ofstream(file) << content;
    CHECK(refusal_of(file).damaged());
    CHECK(std::filesystem::file_size(file) == content.size());
}

TEST_CASE_METHOD(journal_file_fixture, "A file of a newer version is refused", "[journal]") {
    db->execute("PRAGMA user_version = 1000");
    close();
    CHECK_THAT(refusal_of(file()).what(),
               ContainsSubstring("newer version") && ContainsSubstring("1000") && ContainsSubstring("knows schema"));
}

TEST_CASE_METHOD(journal_file_fixture, "A file without its counters is refused: numbers would be given twice",
                 "[journal]") {
    db->execute("DELETE FROM meta WHERE name = 'transaction_key'");
    close();
    const auto e = refusal_of(file());
    CHECK(e.damaged());
    CHECK_THAT(e.what(), ContainsSubstring("counters"));
}

TEST_CASE("A directory is locked as long as the lock lives", "[journal]") {
    temporary_directory directory;
    const std::string path = directory.file("deep/er");
    {
        const auto lock = this_machine().files().lock(path);
        CHECK(std::filesystem::is_directory(path));
        try {
            const auto second = this_machine().files().lock(path);
            FAIL("locked twice");
        } catch (const std::system_error& e) {
            CHECK(e.code() == std::errc::address_in_use);
        }
    }
    CHECK_NOTHROW(this_machine().files().lock(path));
}

TEST_CASE("A directory that cannot be made is told with its path", "[journal]") {
    temporary_directory directory;
    std::ofstream(directory.file("a")) << "a file";
    try {
        const auto lock = this_machine().files().lock(directory.file("a/b"));
        FAIL("locked");
    } catch (const std::system_error& e) {
        CHECK_THAT(e.what(), ContainsSubstring(directory.file("a")));
    }
}

TEST_CASE("A directory made for a journal is its owner's alone; one that was there stays as it is", "[journal]") {
    using std::filesystem::perms;
    const temporary_directory parent;
    const std::string made = parent.path() + "/new/journal";
    const auto first = this_machine().files().lock(made);
    CHECK(std::filesystem::status(made).permissions() == perms::owner_all);

    const auto shared = perms::owner_all | perms::group_read | perms::group_exec;
    std::filesystem::permissions(parent.path(), shared);
    const auto second = this_machine().files().lock(parent.path());
    CHECK(std::filesystem::status(parent.path()).permissions() == shared);
}
