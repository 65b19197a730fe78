#include "journal/feed_cursor_table.hpp"

namespace voltgate {

feed_cursor_table::feed_cursor_table(sqlite::database& db)
    : put_(db, "INSERT OR REPLACE INTO feed_cursors (name, sequence) VALUES (?, ?)"),
      remove_(db, "DELETE FROM feed_cursors WHERE name = ?") {}

void feed_cursor_table::put(std::string_view name, std::uint64_t sequence) { put_.run(name, sequence); }

void feed_cursor_table::remove(std::string_view name) { remove_.run(name); }

std::vector<feed_cursor> read_feed_cursors(sqlite::database& db) {
    sqlite::statement rows(db, "SELECT name, sequence FROM feed_cursors ORDER BY name");
    std::vector<feed_cursor> all;
    while (rows.step()) {
        auto& c = all.emplace_back();
        c.name = rows.text(0);
        c.sequence = static_cast<std::uint64_t>(rows.integer(1));
    }
    return all;
}

}  // namespace voltgate
