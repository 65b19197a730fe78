#include "journal/event_index.hpp"

#include "journal/event_record.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace voltgate {

namespace {

// The numbers of a row: each as its distance from the one before, and in rows of charge points with its type behind.
class number_writer {
  public:
    static constexpr std::size_t most = 200;  // then the row fits on a page of the file with others

    void add(std::uint64_t sequence) {
        for (auto rest = sequence - last_; true; rest >>= 7U) {
            const bool more = rest >= 0x80;
            entries_.push_back(static_cast<char>((rest & 0x7FU) | (more ? 0x80U : 0U)));
            if (!more) break;
        }
        last_ = sequence;
        ++count_;
    }
    void add(std::uint64_t sequence, event_type type) {
        add(sequence);
        entries_.push_back(static_cast<char>(type));
    }
    [[nodiscard]] bool full() const noexcept { return count_ >= most; }
    [[nodiscard]] std::uint64_t last() const noexcept { return last_; }
    [[nodiscard]] sqlite::blob entries() const noexcept { return {entries_}; }
    void clear() noexcept {
        entries_.clear();
        last_ = 0;
        count_ = 0;
    }

  private:
    std::string entries_;
    std::uint64_t last_ = 0;
    std::size_t count_ = 0;
};

class number_reader {
  public:
    explicit number_reader(std::string_view entries) : rest_(entries) {}

    /// Nullopt: that was all.
    [[nodiscard]] std::optional<std::uint64_t> next() {
        std::uint64_t distance = 0;
        for (unsigned shift = 0; !rest_.empty() && shift < 64; shift += 7) {
            const auto byte = next_byte();
            distance |= std::uint64_t{byte & 0x7FU} << shift;
            if (byte < 0x80) return last_ += distance;
        }
        return std::nullopt;
    }
    [[nodiscard]] event_type type() { return static_cast<event_type>(rest_.empty() ? 0 : next_byte()); }

  private:
    std::uint8_t next_byte() {
        const auto byte = static_cast<std::uint8_t>(rest_.front());
        rest_.remove_prefix(1);
        return byte;
    }

    std::string_view rest_;
    std::uint64_t last_ = 0;
};

bool is_wanted(const std::vector<event_type>& types, event_type type) {
    return types.empty() || std::find(types.begin(), types.end(), type) != types.end();
}

// The first `limit` of what several rows of the index gave.
std::vector<std::uint64_t> first_of(std::vector<std::uint64_t> found, std::size_t limit) {
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());  // a type named twice
    if (found.size() > limit) found.resize(limit);
    return found;
}

void append_numbers_of_charge_point(std::vector<std::uint64_t>& found, sqlite::statement& rows,
                                    const std::vector<event_type>& types, sequence_range r) {
    const std::size_t most = found.size() + r.limit;
    while (found.size() < most && rows.step()) {
        number_reader numbers(rows.text(0));
        while (const auto sequence = numbers.next()) {
            const auto type = numbers.type();
            if (*sequence < r.from || !is_wanted(types, type)) continue;
            if (*sequence > r.to || found.size() == most) return;
            found.push_back(*sequence);
        }
    }
}

std::vector<std::uint64_t> numbers_of_charge_points(sqlite::database& db, const std::vector<event_type>& types,
                                                    const std::vector<std::string>& keys, sequence_range r) {
    sqlite::statement rows(db,
                           "SELECT entries FROM events_of_charge_point WHERE charge_point = (SELECT row FROM "
                           "charge_points WHERE key = ?) AND last >= ? ORDER BY last");
    std::vector<std::uint64_t> found;
    for (const auto& key : keys) {
        rows.bind(key, r.from);
        append_numbers_of_charge_point(found, rows, types, r);
    }
    return first_of(std::move(found), r.limit);
}

void append_numbers_of_type(std::vector<std::uint64_t>& found, sqlite::statement& rows, event_type type,
                            sequence_range r) {
    const std::size_t most = found.size() + r.limit;
    rows.bind(static_cast<int>(type), r.from);
    while (found.size() < most && rows.step()) {
        number_reader numbers(rows.text(0));
        while (const auto sequence = numbers.next()) {
            if (*sequence < r.from) continue;
            if (*sequence > r.to || found.size() == most) return;
            found.push_back(*sequence);
        }
    }
}

std::vector<std::uint64_t> numbers_of_types(sqlite::database& db, const std::vector<event_type>& types,
                                            sequence_range r) {
    sqlite::statement rows(db, "SELECT entries FROM events_of_type WHERE type = ? AND last >= ? ORDER BY last");
    std::vector<std::uint64_t> found;
    for (const auto type : types) append_numbers_of_type(found, rows, type, r);
    return first_of(std::move(found), r.limit);
}

using entry_list = std::vector<event_index::entry>;

// Stores the entries of each owner in rows of their own, each index in its own order: its pages are touched once.
template <class Owner, class Add>
void store(const entry_list& entries, Owner owner_of, sqlite::statement& insert, Add add) {
    constexpr unsigned index_bits = 24;  // owner and index in one number: such are sorted fastest
    std::vector<std::uint64_t> order;
    order.reserve(entries.size());
    for (const auto& e : entries) order.push_back(owner_of(e) << index_bits | order.size());
    std::sort(order.begin(), order.end());
    number_writer row;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto owner = order[i] >> index_bits;
        add(row, entries[order[i] & ((1U << index_bits) - 1)]);
        const bool ends = i + 1 == order.size() || order[i + 1] >> index_bits != owner;
        if (!ends && !row.full()) continue;
        insert.run(owner, row.last(), row.entries());
        row.clear();
    }
}

}  // namespace

event_index::event_index(sqlite::database& db, charge_point_table& charge_points)
    : db_(db),
      charge_points_(charge_points),
      rows_after_(db, "SELECT first, last, body FROM events WHERE first > ? ORDER BY first"),
      insert_of_charge_point_(db, "INSERT OR REPLACE INTO events_of_charge_point VALUES (?, ?, ?)"),
      insert_of_type_(db, "INSERT OR REPLACE INTO events_of_type VALUES (?, ?, ?)"),
      set_indexed_(db, "UPDATE meta SET value = ? WHERE name = 'indexed_sequence'"),
      clean_of_charge_point_(db, "DELETE FROM events_of_charge_point WHERE charge_point = ? AND last < ?"),
      clean_of_type_(db, "DELETE FROM events_of_type WHERE type = ? AND last < ?") {
    rolled_back();
}

void event_index::rolled_back() {
    indexed_ = noted_ = indexed_sequence(db_);
    entries_.clear();
}

void event_index::note(std::uint64_t sequence, const record_head& head) {
    if (sequence != noted_ + 1 || entries_.size() >= most_entries) return;  // add_some() will read it
    const bool of_none = head.charge_point_id.empty();
    const std::int64_t charge_point = of_none ? 0 : charge_points_.row_of(head.charge_point_id);
    entries_.push_back({sequence, static_cast<std::uint32_t>(charge_point), head.type});
    noted_ = sequence;
}

// The rows of one batch end where the index ends: they are indexed whole.
void event_index::add_some(std::uint64_t next) {
    rows_after_.bind(noted_);
    bool more = true;
    while (entries_.size() < batch && (more = rows_after_.step())) {
        noted_ = static_cast<std::uint64_t>(rows_after_.integer(0)) - 1;  // a repair may have passed over some
        std::string_view body = rows_after_.text(2);
        while (const auto head = take_record_head(body)) note(noted_ + 1, *head);
        noted_ = static_cast<std::uint64_t>(rows_after_.integer(1));
    }
    rows_after_.reset();
    if (!more) noted_ = next - 1;  // numbers that a repair passed over have no row
    store(
        entries_, [](const entry& e) { return static_cast<std::uint64_t>(e.type); }, insert_of_type_,
        [](number_writer& row, const entry& e) { row.add(e.sequence); });
    std::erase_if(entries_, [](const entry& e) { return e.charge_point == 0; });
    store(
        entries_, [](const entry& e) { return std::uint64_t{e.charge_point}; }, insert_of_charge_point_,
        [](number_writer& row, const entry& e) { row.add(e.sequence, e.type); });
    set_indexed_.run(noted_);
    indexed_ = noted_;
    entry_list().swap(entries_);  // the next ones come slowly: they make their room again
}

void event_index::catch_up(std::uint64_t next) {
    while (is_due(next)) {
        db_.execute("BEGIN IMMEDIATE");
        add_some(next);
        db_.execute("COMMIT");
    }
}

void event_index::clean(std::uint64_t first) {
    const auto last_row = db_.number("SELECT max(row) FROM charge_points").value_or(0);
    for (int i = 0; i < charge_points_at_once && last_row > 0; ++i) {
        clean_row_ = clean_row_ % last_row + 1;
        clean_of_charge_point_.run(clean_row_, first);
    }
    for (int type = 0; type < static_cast<int>(event_type_count); ++type) clean_of_type_.run(type, first);
}

std::uint64_t indexed_sequence(sqlite::database& db) {
    return static_cast<std::uint64_t>(db.number("SELECT value FROM meta WHERE name = 'indexed_sequence'").value_or(0));
}

std::vector<std::uint64_t> find_indexed(sqlite::database& db, const std::vector<event_type>& types,
                                        const std::vector<std::string>& keys, sequence_range r) {
    return keys.empty() ? numbers_of_types(db, types, r) : numbers_of_charge_points(db, types, keys, r);
}

}  // namespace voltgate
