#include "journal/event_pages.hpp"

#include "config/pattern.hpp"
#include "journal/event_index.hpp"
#include "journal/event_record.hpp"
#include "journal/pattern_condition.hpp"
#include "stations/charge_point.hpp"
#include "text/fold_id.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <sqlite3.h>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

namespace {

// All statements of a page see the same state.
class read_transaction {
  public:
    explicit read_transaction(sqlite::database& db) : db_(db) { db_.execute("BEGIN"); }
    ~read_transaction() {
        // Fails when it has ended already, with the error that is on its way.
        sqlite3_exec(db_.handle(), "END", nullptr, nullptr, nullptr);
    }
    read_transaction(const read_transaction&) = delete;
    read_transaction& operator=(const read_transaction&) = delete;

  private:
    sqlite::database& db_;
};

// What a page is made of, and when it is full.
class page_builder {
  public:
    page_builder(event_page& page, const event_query& q, const event_sink& sink)
        : page_(page), limit_(q.limit), sink_(sink) {}

    void add(const event& e) {
        page_.next = e.sequence;
        ++page_.count;
        full_ = !sink_(e) || page_.count >= limit_;
    }
    /// One that is not wanted. A long way without any takes several pages: others want to read as well.
    void pass(std::uint64_t sequence) {
        page_.next = sequence;
        full_ = ++passed_ >= most_passed;
    }
    [[nodiscard]] bool full() const noexcept { return full_; }
    [[nodiscard]] std::size_t room() const noexcept { return limit_ - page_.count; }

  private:
    static constexpr std::size_t most_passed = 100'000;

    event_page& page_;
    std::size_t limit_, passed_ = 0;
    const event_sink& sink_;
    bool full_ = false;
};

// The records of one row, one after the other.
class row_walk {
  public:
    void enter(std::uint64_t first, std::uint64_t last, std::string_view body) noexcept {
        sequence_ = first;
        last_ = last;
        rest_ = body;
    }
    /// Whether it can go on to this number.
    [[nodiscard]] bool holds(std::uint64_t sequence) const noexcept {
        return !rest_.empty() && sequence >= sequence_ && sequence <= last_;
    }
    /// False: the row ends here, or what follows is damaged.
    bool skip_to(std::uint64_t sequence) {
        while (sequence_ < sequence)
            if (!skip()) return false;
        return !rest_.empty();
    }
    bool skip() {
        ++sequence_;
        return take_record_head(rest_) || end();
    }
    bool take(event& e) {
        e.sequence = sequence_++;
        return take_record(rest_, e) || end();
    }
    [[nodiscard]] std::uint64_t sequence() const noexcept { return sequence_; }
    [[nodiscard]] std::optional<record_head> head() const {
        std::string_view ahead = rest_;
        return take_record_head(ahead);
    }

  private:
    bool end() noexcept {
        rest_ = {};
        return false;
    }

    std::uint64_t sequence_ = 0, last_ = 0;
    std::string_view rest_;
};

class record_filter {
  public:
    explicit record_filter(const event_filter& f) : key_(fold_id(f.charge_point_id)), filter_(f) {}
    [[nodiscard]] bool passes(const record_head& head) const {
        const auto& types = filter_.types;
        if (!types.empty() && std::find(types.begin(), types.end(), head.type) == types.end()) return false;
        if (!key_.empty() && fold_id(head.charge_point_id) != key_) return false;
        if (!filter_.charge_points.empty() && !settings::matches_any(filter_.charge_points, head.charge_point_id))
            return false;
        return !filter_.accepts || filter_.accepts(head.charge_point_id);
    }

  private:
    std::string key_;
    const event_filter& filter_;
};

bool takes_all(const event_filter& f) {
    return f.charge_point_id.empty() && f.types.empty() && f.charge_points.empty() && !f.accepts;
}

// Every record from a number on.
void scan(sqlite::database& db, std::uint64_t from, const event_filter& wanted, page_builder& page) {
    const record_filter filter(wanted);
    const bool all = takes_all(wanted);
    sqlite::statement rows(db,
                           "SELECT first, last, body FROM events WHERE first >= "
                           "coalesce((SELECT max(first) FROM events WHERE first <= ?1), 0) ORDER BY first");
    rows.bind(from);
    row_walk walk;
    event e;
    while (!page.full() && rows.step()) {
        const auto first = static_cast<std::uint64_t>(rows.integer(0));
        walk.enter(first, static_cast<std::uint64_t>(rows.integer(1)), rows.text(2));
        if (!walk.skip_to(std::max(from, first))) continue;
        while (!page.full()) {
            const auto head = walk.head();
            if (!head) break;
            if (!all && !filter.passes(*head)) {
                page.pass(walk.sequence());
                walk.skip();
            } else if (walk.take(e)) {
                page.add(e);
            }
        }
    }
}

// The records of these numbers, ascending; those that are gone are passed over.
void pick(sqlite::database& db, const std::vector<std::uint64_t>& sequences, const event_filter& f,
          page_builder& page) {
    sqlite::statement rows(db, "SELECT first, last, body FROM events WHERE first <= ? ORDER BY first DESC LIMIT 1");
    row_walk walk;
    event e;
    for (const auto sequence : sequences) {
        if (page.full()) return;
        if (!walk.holds(sequence)) {
            if (!rows.bind(sequence).step()) continue;
            walk.enter(static_cast<std::uint64_t>(rows.integer(0)), static_cast<std::uint64_t>(rows.integer(1)),
                       rows.text(2));
        }
        if (!walk.holds(sequence) || !walk.skip_to(sequence) || !walk.take(e)) continue;
        if (!f.accepts || f.accepts(e.charge_point_id)) {
            page.add(e);
        } else {
            page.pass(sequence);
        }
    }
}

std::uint64_t number(sqlite::database& db, const char* sql) {
    return static_cast<std::uint64_t>(db.number(sql).value_or(0));
}

// The index knows the numbers up to `indexed`; what is beyond is looked at one by one.
void read_filtered(sqlite::database& db, const event_filter& f, const std::optional<std::vector<std::string>>& keys,
                   sequence_range range, page_builder& page) {
    const std::uint64_t indexed = indexed_sequence(db);
    range.to = std::min(range.to, indexed);
    if (keys && keys->empty()) range.from = std::max(range.from, indexed + 1);  // it knows none
    while (!page.full() && range.from <= range.to) {
        range.limit = page.room();
        const auto sequences = find_indexed(db, f.types, keys.value_or(std::vector<std::string>()), range);
        pick(db, sequences, f, page);
        if (sequences.size() < range.limit) break;
        range.from = sequences.back() + 1;
    }
    if (!page.full()) scan(db, std::max(range.from, indexed + 1), f, page);
}

// The keys of the charge points that may pass, where the index is to be asked for them; unset: all may.
std::optional<std::vector<std::string>> keys_of(sqlite::database& db, const event_query& q) {
    const auto& f = q.filter;
    if (!f.charge_point_id.empty()) return std::vector<std::string>(1, fold_id(f.charge_point_id));
    if (f.charge_points.empty()) return q.keys;
    std::vector<std::string> keys;
    sqlite::statement rows(db, "SELECT key FROM charge_points WHERE 1" + pattern_condition(f.charge_points, "id"));
    while (rows.step()) keys.emplace_back(rows.text(0));
    return keys;
}

void read_matching(sqlite::database& db, const event_query& q, sequence_range range, page_builder& page) {
    // Of many charge points the next events are near: then looking at all of them is quicker than the index.
    constexpr std::size_t most_keys = 256;
    const auto& f = q.filter;
    const bool only_other = !f.charge_point_id.empty() && !f.charge_points.empty() &&
                            !settings::matches_any(f.charge_points, f.charge_point_id);
    if (only_other) return;
    const auto keys = keys_of(db, q);
    const bool by_index = keys ? keys->size() <= most_keys : !f.types.empty();
    if (by_index) {
        read_filtered(db, f, keys, range, page);
    } else {
        scan(db, range.from, f, page);
    }
}

}  // namespace

event_page read_events(sqlite::database& db, const event_query& q, const event_sink& sink) {
    const read_transaction all_of_it(db);
    event_page page;
    // A repair may have lost the last ones: their numbers were given all the same.
    page.last = std::max(number(db, "SELECT last FROM events ORDER BY first DESC LIMIT 1"),
                         number(db, "SELECT value FROM meta WHERE name = 'repaired_sequence'"));
    page.oldest = std::max<std::uint64_t>(number(db, "SELECT first FROM events ORDER BY first LIMIT 1"), 1);
    page.next = q.after;
    page_builder builder(page, q, sink);
    const sequence_range range{std::max(q.after + 1, page.oldest), page.last, q.limit};
    if (range.from <= page.last) read_matching(db, q, range, builder);
    page.more = builder.full();
    if (!page.more) page.next = std::max(q.after, page.last);
    return page;
}

}  // namespace voltgate
