#include "journal/transaction_rows.hpp"

#include "stores/stored_time.hpp"
#include "text/timestamp.hpp"

#include <algorithm>

namespace voltgate {

const char* const transaction_columns =
    "t.number, t.charge_point, t.connector, t.id_tag, t.id_tag_key, t.id_tag_status, t.reservation, t.meter_start, "
    "t.meter_start_exact, t.phases, t.start_text, t.started_at, t.start_received, t.used, t.stopped_at, "
    "t.stop_received, t.stop_text, t.meter_stop, t.meter_stop_exact, t.stop_reason, t.stop_id_tag, t.attention, "
    "t.salvaged, t.presumed_at, t.last_reading, t.last_reading_at, t.closed_at, t.close_reason, t.closed_by, "
    "t.close_reading, t.duplicate_of, s.transaction_id, s.evse";

namespace {

constexpr std::int64_t no_status = -1;  // no token was named

std::string select_where(const char* from_and_where) {
    return std::string("SELECT ") + transaction_columns + " FROM " + from_and_where;
}

std::optional<std::chrono::system_clock::time_point> maybe_time(const sqlite::statement& row, int column) {
    const auto n = row.maybe_integer(column);
    return n ? std::optional(time_from_stored(*n)) : std::nullopt;
}

/// A reading stands as a whole number, or as text where it is none.
struct split_reading {
    explicit split_reading(const std::optional<exact_decimal>& reading) {
        if (!reading) return;
        whole = reading->whole();
        if (!whole) exact = reading->text();
    }
    std::optional<std::int64_t> whole;
    std::optional<std::string> exact;
};

std::optional<exact_decimal> read_reading(const sqlite::statement& row, int whole, int exact) {
    if (const auto n = row.maybe_integer(whole)) return exact_decimal(*n);
    return row.is_null(exact) ? std::nullopt : exact_decimal::read(row.text(exact));
}

std::optional<std::string> text_of(const std::optional<exact_decimal>& reading) {
    return reading ? std::optional(reading->text()) : std::nullopt;
}

std::optional<std::string> text_or_null(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

std::optional<clock_state> read_clock(std::string_view text,
                                      const std::optional<std::chrono::system_clock::time_point>& received) {
    const auto stamp = ocpp::read_timestamp(text);
    std::optional<std::chrono::system_clock::time_point> time;
    if (stamp) time = stamp->time;
    return clock_of(time, received.value_or(std::chrono::system_clock::time_point::max() - std::chrono::hours(1)));
}

constexpr int phases_of_stop = 8;  // the bit where they begin

}  // namespace

transaction_ids stored_transaction_ids(sqlite::database& db) {
    const auto key = db.number("SELECT value FROM meta WHERE name = 'transaction_key'").value_or(0);
    return transaction_ids(static_cast<std::uint64_t>(key));
}

transaction_record read_transaction_row(const sqlite::statement& row, const transaction_ids& ids) {
    transaction_record t;
    t.number = static_cast<std::uint32_t>(row.integer(0));
    t.id = ids.id_of(t.number);
    t.connector_id = row.maybe_integer(2);
    t.id_tag = row.text(3);
    t.id_tag_key = row.text(4);
    if (row.integer(5) != no_status) t.tag_status = static_cast<id_tag_status>(row.integer(5));
    t.reservation_id = row.maybe_integer(6);
    t.meter_start.wh = read_reading(row, 7, 8);
    t.meter_start.phases = static_cast<std::uint8_t>(row.integer(9) & 0xFF);
    t.start_text = row.text(10);
    t.started_at = time_from_stored(row.integer(11));
    t.start_received = maybe_time(row, 12);
    t.used = row.integer(13) != 0;
    t.stopped_at = maybe_time(row, 14);
    t.stop_received = maybe_time(row, 15);
    t.stop_text = row.text(16);
    t.meter_stop.wh = read_reading(row, 17, 18);
    t.meter_stop.phases = static_cast<std::uint8_t>(row.integer(9) >> phases_of_stop);
    t.stop_reason = row.text(19);
    t.stop_id_tag = row.text(20);
    t.attentions = attention_set(static_cast<std::uint32_t>(row.integer(21)));
    t.start_salvaged = (row.integer(22) & 1) != 0;
    t.stop_salvaged = (row.integer(22) & 2) != 0;
    t.presumed_at = maybe_time(row, 23);
    t.last_reading_wh = exact_decimal::read(row.text(24));
    t.last_reading_at = maybe_time(row, 25);
    t.closed_at = maybe_time(row, 26);
    t.close_reason = row.text(27);
    t.closed_by = row.text(28);
    t.close_reading_wh = exact_decimal::read(row.text(29));
    t.duplicate_of = static_cast<std::uint32_t>(row.integer(30));
    t.station_id = row.text(31);
    t.evse_id = row.maybe_integer(32);
    const bool start_came = t.station_id.empty() || t.start_received || !t.start_text.empty();
    if (start_came) t.start_clock = read_clock(t.start_text, t.start_received);
    if (t.stopped_at) t.stop_clock = read_clock(t.stop_text, t.stop_received);
    return t;
}

transaction_rows::transaction_rows(sqlite::database& db)
    : db_(db),
      ids_(stored_transaction_ids(db)),
      find_(db, select_where("transactions t LEFT JOIN station_transactions s ON s.number = t.number "
                             "WHERE t.number = ?")),
      began_at_(db, select_where("transactions t INDEXED BY transactions_by_start LEFT JOIN station_transactions s "
                                 "ON s.number = t.number WHERE t.started_at = ? AND t.charge_point = ? "
                                 "ORDER BY t.number DESC LIMIT 16")),
      last_on_(db,
               "SELECT t.number FROM transactions t INDEXED BY transactions_of_charge_point "
               "WHERE t.charge_point = ? AND t.connector IS ? AND NOT EXISTS "
               "(SELECT 1 FROM station_transactions s WHERE s.number = t.number) ORDER BY t.number DESC LIMIT 1"),
      open_ones_(db, select_where("transactions t INDEXED BY open_transactions LEFT JOIN station_transactions s "
                                  "ON s.number = t.number WHERE t.charge_point = ? AND t.stopped_at IS NULL "
                                  "AND t.presumed_at IS NULL AND t.closed_at IS NULL ORDER BY t.number DESC LIMIT 64")),
      running_of_tag_(
          db,
          "SELECT 1 FROM transactions INDEXED BY open_of_id_tag WHERE id_tag_key = ?1 AND stopped_at IS NULL "
          "AND presumed_at IS NULL AND closed_at IS NULL AND id_tag_status = 0 "
          "AND NOT (charge_point = ?2 AND ?3 IS NOT NULL AND connector IS ?3) LIMIT 1"),
      insert_(db,
              "INSERT INTO transactions (number, charge_point, connector, id_tag, id_tag_key, id_tag_status, "
              "reservation, meter_start, meter_start_exact, phases, start_text, started_at, start_received, attention, "
              "salvaged, duplicate_of, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      insert_station_(
          db, "INSERT INTO station_transactions (number, charge_point, transaction_id, evse) VALUES (?, ?, ?, ?)"),
      save_(db,
            "UPDATE transactions SET connector = ?, id_tag = ?, id_tag_key = ?, id_tag_status = ?, reservation = ?, "
            "meter_start = ?, meter_start_exact = ?, phases = ?, start_text = ?, started_at = ?, start_received = ?, "
            "stopped_at = ?, stop_received = ?, stop_text = ?, meter_stop = ?, meter_stop_exact = ?, stop_reason = ?, "
            "stop_id_tag = ?, attention = ?, salvaged = ?, presumed_at = ?, last_reading = ?, last_reading_at = ?, "
            "closed_at = ?, close_reason = ?, closed_by = ?, close_reading = ?, changed_at = ? WHERE number = ?"),
      save_evse_(db, "UPDATE station_transactions SET evse = ? WHERE number = ?"),
      find_station_(db,
                    "SELECT s.number, q.seen, q.latest FROM station_transactions s "
                    "LEFT JOIN transaction_sequences q ON q.number = s.number "
                    "WHERE s.transaction_id = ? AND s.charge_point = ? AND s.number < ? "
                    "ORDER BY s.number DESC LIMIT 1"),
      save_sequence_(db, "INSERT OR REPLACE INTO transaction_sequences (number, seen, latest) VALUES (?, ?, ?)"),
      set_used_(db, "UPDATE transactions SET used = 1 WHERE number = ?"),
      set_reservation_(db, "UPDATE transactions SET reservation = ? WHERE number = ?"),
      set_next_(db, "UPDATE meta SET value = ? WHERE name = 'next_transaction'"),
      exists_(db, "SELECT 1 FROM transactions WHERE number = ?"),
      remove_older_(db,
                    "DELETE FROM transactions WHERE number IN (SELECT number FROM transactions INDEXED BY "
                    "transactions_by_change WHERE changed_at < ? AND (stopped_at IS NOT NULL OR presumed_at IS NOT "
                    "NULL OR closed_at IS NOT NULL) ORDER BY changed_at LIMIT ?)"),
      unstopped_(db,
                 "SELECT 1 FROM transactions INDEXED BY transactions_by_change WHERE changed_at < ? AND stopped_at IS "
                 "NULL AND (presumed_at IS NOT NULL OR closed_at IS NOT NULL) LIMIT 1"),
      dated_ahead_(db,
                   "SELECT number FROM transactions INDEXED BY transactions_by_change WHERE changed_at > ? "
                   "ORDER BY changed_at LIMIT ?"),
      date_anew_(db, "UPDATE transactions SET changed_at = ? WHERE number = ?"),
      long_running_(
          db,
          "SELECT number, attention, coalesce(start_received, changed_at) BETWEEN ?1 AND ?4, stopped_at IS NULL AND "
          "presumed_at IS NULL "
          "AND closed_at IS NULL FROM transactions WHERE number > ?2 ORDER BY number LIMIT ?3"),
      set_attention_(db, "UPDATE transactions SET attention = ?, changed_at = ? WHERE number = ?"),
      set_checked_(db, "INSERT OR REPLACE INTO meta (name, value) VALUES ('long_running_checked', ?)") {
    rolled_back();
}

void transaction_rows::rolled_back() {
    next_ =
        static_cast<std::uint32_t>(db_.number("SELECT value FROM meta WHERE name = 'next_transaction'").value_or(1));
    highest_ = static_cast<std::uint32_t>(db_.number("SELECT max(number) FROM transactions").value_or(0));
    last_change_ = db_.number("SELECT max(changed_at) FROM transactions").value_or(0);
    checked_to_ = db_.number("SELECT value FROM meta WHERE name = 'long_running_checked'").value_or(0);
    in_use_.clear();
}

std::int64_t transaction_rows::next_change(time_point now) {
    last_change_ = std::max(last_change_ + 1, stored_time(now));
    return last_change_;
}

// When all numbers are used up, those come again whose transactions retention has removed.
std::uint32_t transaction_rows::next_number() {
    for (;;) {
        const std::uint32_t number = next_;
        next_ = next_ == transaction_ids::last_number ? 1 : next_ + 1;
        if (ids_.id_of(number) == 0) continue;
        const bool taken = exists_.bind(number).step();
        exists_.reset();
        if (taken) continue;
        set_next_.run(next_);
        return number;
    }
}

// An id that somebody else gave is most likely that of a number far above: it costs no read.
std::optional<transaction_rows::stored_row> transaction_rows::find(std::uint32_t number) {
    std::optional<stored_row> found;
    if (number > highest_) return found;
    if (find_.bind(number).step()) found = stored_row{find_.integer(1), read_transaction_row(find_, ids_)};
    find_.reset();
    return found;
}

void transaction_rows::insert(std::int64_t charge_point, transaction_record& t, time_point now) {
    t.number = next_number();
    t.id = ids_.id_of(t.number);
    highest_ = std::max(highest_, t.number);
    const split_reading start(t.meter_start.wh);
    const auto status = t.tag_status ? static_cast<std::int64_t>(*t.tag_status) : no_status;
    std::optional<std::uint32_t> duplicate_of;
    if (t.duplicate_of != 0) duplicate_of = t.duplicate_of;
    insert_.run(t.number, charge_point, t.connector_id, t.id_tag, t.id_tag_key, status, t.reservation_id, start.whole,
                start.exact, int{t.meter_start.phases}, t.start_text, stored_time(t.started_at),
                stored_time(t.start_received), t.attentions.bits(), int{t.start_salvaged}, duplicate_of,
                next_change(now));
    if (!t.station_id.empty()) insert_station_.run(t.number, charge_point, t.station_id, t.evse_id);
}

void transaction_rows::save(const transaction_record& t, time_point now) {
    const split_reading start(t.meter_start.wh), stop(t.meter_stop.wh);
    const auto status = t.tag_status ? static_cast<std::int64_t>(*t.tag_status) : no_status;
    const int phases = t.meter_start.phases | t.meter_stop.phases << phases_of_stop;
    const int salvaged = (t.start_salvaged ? 1 : 0) | (t.stop_salvaged ? 2 : 0);
    save_.run(t.connector_id, t.id_tag, t.id_tag_key, status, t.reservation_id, start.whole, start.exact, phases,
              t.start_text, stored_time(t.started_at), stored_time(t.start_received), stored_time(t.stopped_at),
              stored_time(t.stop_received), text_or_null(t.stop_text), stop.whole, stop.exact,
              text_or_null(t.stop_reason), text_or_null(t.stop_id_tag), t.attentions.bits(), salvaged,
              stored_time(t.presumed_at), text_of(t.last_reading_wh), stored_time(t.last_reading_at),
              stored_time(t.closed_at), text_or_null(t.close_reason), text_or_null(t.closed_by),
              text_of(t.close_reading_wh), next_change(now), t.number);
    if (!t.station_id.empty()) save_evse_.run(t.evse_id, t.number);
    if (!t.is_open()) in_use_.erase(t.number);
}

bool transaction_rows::is_in_use(std::uint32_t number, std::int64_t charge_point) const noexcept {
    const auto found = in_use_.find(number);
    return found != in_use_.end() && found->second == charge_point;
}

void transaction_rows::note_in_use(std::uint32_t number, std::int64_t charge_point) {
    if (in_use_.size() >= most_in_use) in_use_.clear();
    in_use_[number] = charge_point;
}

std::optional<station_transaction> transaction_rows::find_station(std::int64_t charge_point, const std::string& id,
                                                                  std::uint32_t before) {
    if (!find_station_.bind(id, charge_point, before).step()) return std::nullopt;
    station_transaction t;
    t.number = static_cast<std::uint32_t>(find_station_.integer(0));
    t.sequence = sequence_set(find_station_.text(1));
    if (const auto latest = find_station_.maybe_integer(2))
        t.latest = station_transaction::microseconds(std::chrono::microseconds(*latest));
    find_station_.reset();
    if (const auto row = find(t.number)) {
        const auto& r = row->value;
        t.evse_id = r.evse_id;
        t.connector_id = r.connector_id;
        t.token_key = r.id_tag_key;
        t.tag_status = r.tag_status;
        t.start_came = r.start_received || !r.start_text.empty();
        t.start_text = r.start_text;
        t.stopped = r.stopped_at.has_value();
        t.salvaged = r.start_salvaged || r.stop_salvaged;
    }
    return t;
}

void transaction_rows::save_station(const station_transaction& t) {
    std::optional<std::int64_t> latest;
    if (t.latest) latest = t.latest->time_since_epoch().count();
    save_sequence_.run(t.number, t.sequence.text(), latest);
}

std::vector<transaction_record> transaction_rows::read_all(sqlite::statement& rows) const {
    std::vector<transaction_record> all;
    while (rows.step()) all.push_back(read_transaction_row(rows, ids_));
    return all;
}

std::vector<transaction_record> transaction_rows::began_at(std::int64_t charge_point, time_point started_at) {
    return read_all(began_at_.bind(stored_time(started_at), charge_point));
}

std::uint32_t transaction_rows::last_started_on(std::int64_t charge_point,
                                                const std::optional<std::int64_t>& connector_id) {
    const bool found = last_on_.bind(charge_point, connector_id).step();
    const auto number = found ? static_cast<std::uint32_t>(last_on_.integer(0)) : 0;
    last_on_.reset();
    return number;
}

std::vector<transaction_record> transaction_rows::find_open(std::int64_t charge_point) {
    return read_all(open_ones_.bind(charge_point));
}

bool transaction_rows::runs_elsewhere(std::string_view tag_key, std::int64_t charge_point,
                                      const std::optional<std::int64_t>& connector_id) {
    const bool found = running_of_tag_.bind(tag_key, charge_point, connector_id).step();
    running_of_tag_.reset();
    return found;
}

bool transaction_rows::remove_older(std::int64_t before) {
    removed_unstopped_ = unstopped_.bind(before).step();
    unstopped_.reset();
    remove_older_.run(before, rows_at_once);
    return db_.changes() == rows_at_once;
}

void transaction_rows::date_anew(time_point now) {
    constexpr std::int64_t an_hour = 3'600'000'000;
    const auto limit = stored_time(now) + an_hour;
    if (last_change_ <= limit) return;
    std::vector<std::int64_t> ahead;
    dated_ahead_.bind(limit, rows_at_once);
    while (dated_ahead_.step()) ahead.push_back(dated_ahead_.integer(0));
    const std::string newest = "SELECT max(changed_at) FROM transactions WHERE changed_at <= " + std::to_string(limit);
    auto last = std::max(db_.number(newest.c_str()).value_or(0), stored_time(now));
    for (const auto number : ahead) date_anew_.run(++last, number);
    if (ahead.size() < static_cast<std::size_t>(rows_at_once)) last_change_ = last;
}

std::size_t transaction_rows::mark_long_running(std::int64_t before, time_point now) {
    struct found_row {
        std::int64_t number;
        attention_set attentions;
    };
    std::vector<found_row> long_ones;
    auto checked = checked_to_;
    long_running_.bind(before, checked_to_, rows_at_once, stored_time(now));
    while (long_running_.step()) {
        const bool is_recent = long_running_.integer(2) != 0;
        if (is_recent) break;  // so are those behind it: numbers grow with receipt
        checked = long_running_.integer(0);
        const attention_set attentions(static_cast<std::uint32_t>(long_running_.integer(1)));
        const bool is_open = long_running_.integer(3) != 0;
        if (is_open && !attentions.has(attention::running_long)) long_ones.push_back({checked, attentions});
    }
    long_running_.reset();
    for (auto& row : long_ones) {
        row.attentions.add(attention::running_long);
        set_attention_.run(row.attentions.bits(), next_change(now), row.number);
    }
    if (checked != checked_to_) set_checked_.run(checked);
    checked_to_ = checked;
    return long_ones.size();
}

}  // namespace voltgate
