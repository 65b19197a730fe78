// The wrapper around SQLite: what fails throws and says what was being done.
#include "journal/sqlite.hpp"

#include "support/temporary_directory.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <fstream>
#include <limits>
#include <sqlite3.h>

using namespace voltgate;
using Catch::Matchers::ContainsSubstring;

namespace {

struct sqlite_fixture {
    test::temporary_directory directory;
    sqlite::database db{directory.file("a.db"), sqlite::open_mode::read_write};
};

template <class Function>
sqlite::error error_of(Function f) {
    try {
        f();
    } catch (const sqlite::error& e) {
        return e;
    }
    FAIL("nothing was thrown");
    return {0, ""};
}

}  // namespace

TEST_CASE_METHOD(sqlite_fixture, "What is bound comes back as it was, whatever its bytes", "[journal]") {
    db.execute("CREATE TABLE t (n, words, bytes, none, maybe)");
    const std::string text("quote ' null \0 \xF0\x9F\x94\x8B", 17), bytes("\0\xFF\x80", 3);
    sqlite::statement insert(db, "INSERT INTO t VALUES (?, ?, ?, ?, ?)");
    insert.run(std::numeric_limits<std::int64_t>::min(), text, sqlite::blob{bytes}, nullptr,
               std::optional<std::int64_t>(7));
    insert.run(std::numeric_limits<std::int64_t>::max(), "", sqlite::blob{}, nullptr, std::optional<std::int64_t>());
    CHECK(db.last_row() == 2);
    sqlite::statement rows(db, "SELECT * FROM t ORDER BY rowid");
    REQUIRE(rows.step());
    CHECK(rows.integer(0) == std::numeric_limits<std::int64_t>::min());
    CHECK(rows.text(1) == text);
    CHECK(rows.text(2) == bytes);
    CHECK(rows.is_null(3));
    CHECK(rows.maybe_integer(4) == 7);
    REQUIRE(rows.step());
    CHECK(rows.integer(0) == std::numeric_limits<std::int64_t>::max());
    CHECK(rows.text(1).empty());
    CHECK_FALSE(rows.is_null(1));
    CHECK_FALSE(rows.is_null(2));
    CHECK(rows.maybe_integer(4) == std::nullopt);
    CHECK_FALSE(rows.step());
}

TEST_CASE_METHOD(sqlite_fixture, "A number is nothing when there is no row", "[journal]") {
    db.execute("CREATE TABLE t (n)");
    CHECK(db.number("SELECT n FROM t") == std::nullopt);
    db.execute("INSERT INTO t VALUES (3), (4)");
    CHECK(db.changes() == 2);
    CHECK(db.number("SELECT max(n) FROM t") == 4);
}

TEST_CASE_METHOD(sqlite_fixture, "An error has SQLite's code and says what was being done", "[journal]") {
    const auto syntax = error_of([&] { db.execute("NONSENSE"); });
    CHECK(syntax.code() == SQLITE_ERROR);
    CHECK_THAT(syntax.what(), ContainsSubstring("NONSENSE") && ContainsSubstring("syntax error"));
    db.execute("CREATE TABLE t (n UNIQUE)");
    sqlite::statement insert(db, "INSERT INTO t VALUES (?)");
    insert.run(1);
    const auto twice = error_of([&] { insert.run(1); });
    CHECK(twice.code() == SQLITE_CONSTRAINT);
    CHECK_FALSE(twice.damaged());
    insert.run(2);  // the statement can be used on
    const auto missing = error_of([&] { sqlite::database none("/nonexistent/a.db", sqlite::open_mode::read_write); });
    CHECK(missing.code() == SQLITE_CANTOPEN);
    CHECK_THAT(missing.what(), ContainsSubstring("/nonexistent/a.db"));
}

TEST_CASE_METHOD(sqlite_fixture, "Reading only can neither write nor make a file", "[journal]") {
    db.execute("CREATE TABLE t (n)");
    sqlite::database reading(directory.file("a.db"), sqlite::open_mode::read_only);
    CHECK(error_of([&] { reading.execute("INSERT INTO t VALUES (1)"); }).code() == SQLITE_READONLY);
    CHECK(error_of([&] { sqlite::database none(directory.file("b.db"), sqlite::open_mode::read_only); }).code() ==
          SQLITE_CANTOPEN);
}

TEST_CASE_METHOD(sqlite_fixture, "A file that is no database is damaged", "[journal]") {
    std::ofstream(directory.file("b.db")) << std::string(10'000, 'x');
    sqlite::database other(directory.file("b.db"), sqlite::open_mode::read_write);
    CHECK(error_of([&] { other.execute("SELECT * FROM sqlite_schema"); }).damaged());
}
