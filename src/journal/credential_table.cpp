#include "journal/credential_table.hpp"

#include "stores/stored_time.hpp"

namespace voltgate {

namespace {

std::optional<std::int64_t> maybe_stored(const std::optional<credential::time_point>& t) {
    if (!t) return std::nullopt;
    return stored_time(*t);
}

// Of a row "id, password, pending, set_at, pending_since".
credential credential_of(const sqlite::statement& row) {
    credential c;
    c.charge_point_id = row.text(0);
    c.password = row.text(1);
    c.pending = row.text(2);
    if (const auto t = row.maybe_integer(3)) c.set_at = time_from_stored(*t);
    if (const auto t = row.maybe_integer(4)) c.pending_since = time_from_stored(*t);
    return c;
}

}  // namespace

credential_table::credential_table(sqlite::database& db)
    : find_(db, "SELECT id, password, pending, set_at, pending_since FROM credentials WHERE key = ?"),
      put_(db,
           "INSERT OR REPLACE INTO credentials (key, id, password, pending, set_at, pending_since) "
           "VALUES (?, ?, ?, ?, ?, ?)"),
      remove_(db, "DELETE FROM credentials WHERE key = ?") {}

std::optional<credential> credential_table::find(std::string_view key) {
    std::optional<credential> found;
    find_.bind(key);
    while (find_.step()) found = credential_of(find_);
    return found;
}

void credential_table::put(std::string_view key, const credential& c) {
    put_.run(key, c.charge_point_id, c.password, c.pending, maybe_stored(c.set_at), maybe_stored(c.pending_since));
}

void credential_table::remove(std::string_view key) { remove_.run(key); }

std::vector<credential> read_credentials(sqlite::database& db) {
    sqlite::statement rows(db, "SELECT id, password, pending, set_at, pending_since FROM credentials");
    std::vector<credential> all;
    while (rows.step()) all.push_back(credential_of(rows));
    return all;
}

}  // namespace voltgate
