#include "journal/sqlite.hpp"

#include <sqlite3.h>

namespace voltgate::sqlite {

namespace {

[[noreturn]] void fail(sqlite3* db, int code, std::string_view doing) {
    std::string what(doing);
    what.append(": ").append(db ? sqlite3_errmsg(db) : sqlite3_errstr(code));
    if (db && (code & 0xFF) == SQLITE_IOERR)
        what.append(" (").append(sqlite3_errstr(sqlite3_extended_errcode(db))) += ')';
    throw error(code, what);
}

}  // namespace

bool error::damaged() const noexcept { return code() == SQLITE_CORRUPT || code() == SQLITE_NOTADB; }

void database::closer::operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }

database::database(const std::string& path, open_mode mode) {
    const int flags =
        (mode == open_mode::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) |
        SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    sqlite3* db = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &db, flags, nullptr);
    db_.reset(db);
    if (code != SQLITE_OK) fail(db, code, path);
    sqlite3_busy_timeout(db, busy_timeout_ms);
}

void database::execute(const char* sql) {
    const int code = sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(db_.get(), code, sql);
}

std::optional<std::int64_t> database::number(const char* sql) {
    statement query(*this, sql);
    if (!query.step()) return std::nullopt;
    return query.integer(0);
}

// In one step: between steps the other one may be written, and copying would begin anew.
void database::copy_from(database& other) {
    sqlite3_backup* const copying = sqlite3_backup_init(db_.get(), "main", other.handle(), "main");
    if (!copying) fail(db_.get(), sqlite3_extended_errcode(db_.get()), "copying");
    const int step = sqlite3_backup_step(copying, -1);
    const int end = sqlite3_backup_finish(copying);
    if (end != SQLITE_OK) fail(db_.get(), end, "copying");
    if (step != SQLITE_DONE) fail(nullptr, step, "copying");
}

std::int64_t database::last_row() const noexcept { return sqlite3_last_insert_rowid(db_.get()); }

std::int64_t database::changes() const noexcept { return sqlite3_changes64(db_.get()); }

void statement::finalizer::operator()(sqlite3_stmt* s) const noexcept { sqlite3_finalize(s); }

statement::statement(database& db, std::string_view sql) : db_(db.handle()) {
    sqlite3_stmt* prepared = nullptr;
    const int code = sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &prepared, nullptr);
    statement_.reset(prepared);
    if (code != SQLITE_OK) fail(db_, code, sql);
}

bool statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) {
        sqlite3_reset(statement_.get());
        return false;
    }
    const char* sql = sqlite3_sql(statement_.get());
    sqlite3_reset(statement_.get());
    fail(db_, code, sql ? sql : "");
}

void statement::copy_row(const statement& row, int first) {
    reset();
    const int count = sqlite3_column_count(row.statement_.get());
    for (int column = first; column < count; ++column) {
        check(sqlite3_bind_value(statement_.get(), column - first + 1,
                                 sqlite3_column_value(row.statement_.get(), column)));
    }
    while (step()) {
    }
}

void statement::reset() noexcept { sqlite3_reset(statement_.get()); }

bool statement::is_null(int column) const noexcept {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::int64_t statement::integer(int column) const noexcept { return sqlite3_column_int64(statement_.get(), column); }

std::optional<std::int64_t> statement::maybe_integer(int column) const noexcept {
    if (is_null(column)) return std::nullopt;
    return integer(column);
}

std::string_view statement::text(int column) const noexcept {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
    const int size = sqlite3_column_bytes(statement_.get(), column);
    return bytes ? std::string_view(bytes, static_cast<std::size_t>(size)) : std::string_view();
}

void statement::check(int code) {
    if (code != SQLITE_OK) fail(db_, code, "binding a value");
}

void statement::put(int index, std::int64_t value) { check(sqlite3_bind_int64(statement_.get(), index, value)); }

void statement::put(int index, std::string_view value) {
    const char* bytes = value.data() ? value.data() : "";
    check(sqlite3_bind_text64(statement_.get(), index, bytes, value.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void statement::put(int index, blob value) {
    const char* bytes = value.bytes.data() ? value.bytes.data() : "";
    check(sqlite3_bind_blob64(statement_.get(), index, bytes, value.bytes.size(), SQLITE_STATIC));
}

void statement::put(int index, std::nullptr_t) { check(sqlite3_bind_null(statement_.get(), index)); }

}  // namespace voltgate::sqlite
