#include "journal/event_table.hpp"

#include <algorithm>

namespace voltgate {

// A repair may have lost the last ones: then the numbers go on behind what was given.
std::int64_t last_sequence(sqlite::database& db) {
    return std::max(db.number("SELECT last FROM events ORDER BY first DESC LIMIT 1").value_or(0),
                    db.number("SELECT value FROM meta WHERE name = 'repaired_sequence'").value_or(0));
}

event_table::event_table(sqlite::database& db)
    : db_(db),
      insert_(db, "INSERT INTO events (first, last, time, body) VALUES (?, ?, ?, ?)"),
      first_(db, "SELECT min(first) FROM events"),
      oldest_time_of_(db, "SELECT min(time) FROM (SELECT time FROM events ORDER BY first LIMIT ?)"),
      // Never the newest row: the numbers go on from there.
      remove_older_(db,
                    "DELETE FROM events WHERE first IN (SELECT first FROM events ORDER BY first LIMIT ?) AND time < ? "
                    "AND first < (SELECT max(first) FROM events)"),
      remove_oldest_(db,
                     "DELETE FROM events WHERE first IN (SELECT first FROM events ORDER BY first LIMIT ?) "
                     "AND first < (SELECT max(first) FROM events)") {
    rolled_back();
}

void event_table::rolled_back() {
    next_ = static_cast<std::uint64_t>(last_sequence(db_)) + 1;
    oldest_time_.reset();
}

void event_table::append(std::string_view records, std::size_t count, std::int64_t now) {
    insert_.run(next_, next_ + count - 1, now, sqlite::blob{records});
    next_ += count;
    if (oldest_time_) oldest_time_ = std::min(*oldest_time_, now);  // the clock may have been put back
}

// The rows are looked at once, and again when some of them may be old enough.
bool event_table::remove_older(std::int64_t before) {
    if (!oldest_time_) {
        static_cast<void>(oldest_time_of_.bind(rows_at_once).step());
        oldest_time_ = oldest_time_of_.maybe_integer(0).value_or(before);
        oldest_time_of_.reset();
    }
    if (*oldest_time_ >= before) return false;
    oldest_time_.reset();
    remove_older_.run(rows_at_once, before);
    return db_.changes() == rows_at_once;
}

bool event_table::remove_oldest() {
    oldest_time_.reset();
    remove_oldest_.run(rows_at_once);
    return db_.changes() == rows_at_once;
}

std::uint64_t event_table::first_sequence() {
    static_cast<void>(first_.step());
    const auto first = first_.maybe_integer(0);
    first_.reset();
    return first ? static_cast<std::uint64_t>(*first) : next_;
}

}  // namespace voltgate
