#include "journal/event_table.hpp"

#include "journal/event_record.hpp"

#include <algorithm>
#include <tuple>

namespace voltgate {

event_table::event_table(sqlite::database& db, charge_point_table& charge_points)
    : db_(db),
      charge_points_(charge_points),
      insert_(db, "INSERT INTO events (first, last, time, body) VALUES (?, ?, ?, ?)"),
      rows_after_(db, "SELECT first, last, body FROM events WHERE first > ? ORDER BY first"),
      insert_of_charge_point_(db, "INSERT OR IGNORE INTO events_of_charge_point VALUES (?, ?, ?)"),
      insert_of_type_(db, "INSERT OR IGNORE INTO events_of_type VALUES (?, ?)"),
      set_indexed_(db, "UPDATE meta SET value = ? WHERE name = 'indexed_sequence'"),
      // Never the newest row: the numbers go on from there.
      remove_older_(db,
                    "DELETE FROM events WHERE first IN (SELECT first FROM events ORDER BY first LIMIT ?) AND time < ? "
                    "AND first < (SELECT max(first) FROM events)"),
      remove_oldest_(db,
                     "DELETE FROM events WHERE first IN (SELECT first FROM events ORDER BY first LIMIT ?) "
                     "AND first < (SELECT max(first) FROM events)"),
      clean_of_charge_point_(db, "DELETE FROM events_of_charge_point WHERE charge_point = ? AND sequence < ?"),
      clean_of_type_(db, "DELETE FROM events_of_type WHERE type = ? AND sequence < ?") {
    rolled_back();
}

void event_table::rolled_back() {
    // A repair may have lost the last ones: then the numbers go on behind what was given.
    const auto last = std::max(db_.number("SELECT last FROM events ORDER BY first DESC LIMIT 1").value_or(0),
                               db_.number("SELECT value FROM meta WHERE name = 'repaired_sequence'").value_or(0));
    next_ = static_cast<std::uint64_t>(last) + 1;
    indexed_ =
        static_cast<std::uint64_t>(db_.number("SELECT value FROM meta WHERE name = 'indexed_sequence'").value_or(0));
}

void event_table::append(std::string_view records, std::size_t count, std::int64_t now) {
    insert_.run(next_, next_ + count - 1, now, sqlite::blob{records});
    next_ += count;
}

// The rows of one batch end where the index ends: they are indexed whole.
void event_table::index_some() {
    struct entry {
        std::int64_t charge_point, type;
        std::uint64_t sequence;
    };
    std::vector<entry> entries;
    std::uint64_t last = indexed_;
    rows_after_.bind(indexed_);
    bool more = true;
    while (entries.size() < index_batch && (more = rows_after_.step())) {
        auto sequence = static_cast<std::uint64_t>(rows_after_.integer(0));
        std::string_view body = rows_after_.text(2);
        while (const auto head = take_record_head(body)) {
            entries.push_back(
                {charge_points_.row_of(head->charge_point_id), static_cast<std::int64_t>(head->type), sequence});
            ++sequence;
        }
        last = static_cast<std::uint64_t>(rows_after_.integer(1));
    }
    rows_after_.reset();
    if (!more) last = next_ - 1;  // numbers that a repair passed over have no row
    // Each index in its own order: its pages are touched once.
    const auto sort_by = [&entries](std::int64_t entry::* key) {
        std::sort(entries.begin(), entries.end(), [key](const entry& a, const entry& b) {
            return std::tie(a.*key, a.sequence) < std::tie(b.*key, b.sequence);
        });
    };
    sort_by(&entry::charge_point);
    for (const auto& e : entries) insert_of_charge_point_.run(e.charge_point, e.sequence, e.type);
    sort_by(&entry::type);
    for (const auto& e : entries) insert_of_type_.run(e.type, e.sequence);
    set_indexed_.run(last);
    indexed_ = last;
}

bool event_table::remove_older(std::int64_t before) {
    remove_older_.run(rows_at_once, before);
    return db_.changes() == rows_at_once;
}

bool event_table::remove_oldest() {
    remove_oldest_.run(rows_at_once);
    return db_.changes() == rows_at_once;
}

void event_table::clean_index() {
    const auto first = db_.number("SELECT min(first) FROM events").value_or(static_cast<std::int64_t>(next_));
    const auto last_row = db_.number("SELECT max(row) FROM charge_points").value_or(0);
    for (int i = 0; i < charge_points_at_once && last_row > 0; ++i) {
        clean_row_ = clean_row_ % last_row + 1;
        clean_of_charge_point_.run(clean_row_, first);
    }
    for (int type = 0; type < static_cast<int>(event_type_count); ++type) clean_of_type_.run(type, first);
}

}  // namespace voltgate
