#include "journal/id_tag_table.hpp"

#include "stations/charge_point.hpp"
#include "stores/stored_time.hpp"
#include "text/fold_id.hpp"

namespace voltgate {

namespace {

std::optional<std::int64_t> stored_expiry(const id_tag_entry& e) {
    if (!e.expires) return std::nullopt;
    return stored_time(*e.expires);
}

// Of a row "id_tag, status, parent, expires_at, revision".
id_tag_entry entry_of(const sqlite::statement& row) {
    id_tag_entry e;
    e.id_tag = row.text(0);
    e.status = static_cast<id_tag_status>(row.integer(1));
    e.parent = row.text(2);
    if (const auto expires = row.maybe_integer(3)) e.expires = time_from_stored(*expires);
    e.revision = static_cast<std::uint64_t>(row.integer(4));
    return e;
}

}  // namespace

id_tag_table::id_tag_table(sqlite::database& db)
    : next_revision_(db,
                     "INSERT INTO meta (name, value) VALUES ('id_tag_revision', 1) "
                     "ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value"),
      revision_of_(db, "SELECT revision FROM id_tags WHERE key = ?"),
      put_(db,
           "INSERT OR REPLACE INTO id_tags (key, id_tag, status, parent, expires_at, revision) "
           "VALUES (?, ?, ?, ?, ?, ?)"),
      remove_(db, "DELETE FROM id_tags WHERE key = ?") {}

std::uint64_t id_tag_table::next_revision() {
    std::uint64_t revision = 0;
    next_revision_.bind();
    while (next_revision_.step()) revision = static_cast<std::uint64_t>(next_revision_.integer(0));
    return revision;
}

std::optional<std::uint64_t> id_tag_table::revision_of(std::string_view key) {
    std::optional<std::uint64_t> revision;
    revision_of_.bind(key);
    while (revision_of_.step()) revision = static_cast<std::uint64_t>(revision_of_.integer(0));
    return revision;
}

void id_tag_table::put(std::string_view key, const id_tag_entry& e, std::uint64_t revision) {
    put_.run(key, e.id_tag, static_cast<int>(e.status), e.parent, stored_expiry(e), revision);
}

void id_tag_table::remove(std::string_view key) { remove_.run(key); }

std::optional<id_tag_entry> read_id_tag(sqlite::database& db, std::string_view id_tag) {
    const std::string key = fold_id(id_tag);
    sqlite::statement rows(db, "SELECT id_tag, status, parent, expires_at, revision FROM id_tags WHERE key = ?");
    if (!rows.bind(key).step()) return std::nullopt;
    return entry_of(rows);
}

std::vector<id_tag_entry> read_id_tags(sqlite::database& db, const id_tag_query& query) {
    // The empty tag is the first of all.
    const std::string from = query.after ? "key > ?1 " : "key >= ?1 ";
    const std::string after = fold_id(query.after.value_or(""));
    std::optional<int> status;
    if (query.status) status = static_cast<int>(*query.status);
    sqlite::statement rows(db, "SELECT id_tag, status, parent, expires_at, revision FROM id_tags WHERE " + from +
                                   "AND (?2 IS NULL OR status = ?2) AND (?3 IS NULL OR parent = ?3 COLLATE NOCASE) "
                                   "ORDER BY key LIMIT ?4");
    rows.bind(after, status, query.parent, static_cast<std::uint64_t>(query.limit));
    std::vector<id_tag_entry> entries;
    while (rows.step()) entries.push_back(entry_of(rows));
    return entries;
}

}  // namespace voltgate
