#include "journal/transaction_table.hpp"

#include "gateway/charge_point.hpp"
#include "journal/stored_time.hpp"

namespace voltgate {

transaction_ids stored_transaction_ids(sqlite::database& db) {
    const auto key = db.number("SELECT value FROM meta WHERE name = 'transaction_key'").value_or(0);
    return transaction_ids(static_cast<std::uint64_t>(key));
}

transaction_table::transaction_table(sqlite::database& db, charge_point_table& charge_points, message_marks& marks)
    : db_(db),
      charge_points_(charge_points),
      marks_(marks),
      ids_(stored_transaction_ids(db)),
      // The charge point's last transaction alone: one that was followed by another is no retry.
      same_start_(db,
                  "SELECT number, id_tag_status, used = 0 AND stopped_at IS NULL FROM (SELECT * FROM transactions "
                  "WHERE charge_point = ?1 AND connector IS ?2 ORDER BY number DESC LIMIT 1) "
                  "WHERE id_tag_key = ?3 AND meter_start IS ?4 AND start_text = ?5"),
      // One that goes on at the same connector has ended, and its end was lost.
      running_of_tag_(db,
                      "SELECT 1 FROM transactions WHERE id_tag_key = ?1 AND stopped_at IS NULL "
                      "AND NOT (charge_point = ?2 AND connector IS ?3) LIMIT 1"),
      insert_(db,
              "INSERT INTO transactions (number, charge_point, connector, id_tag, id_tag_key, id_tag_status, "
              "reservation, meter_start, start_text, started_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      find_(
          db,
          "SELECT charge_point, connector, used, stopped_at, stop_text, meter_stop FROM transactions WHERE number = ?"),
      set_used_(db, "UPDATE transactions SET used = 1 WHERE number = ?"),
      set_stopped_(db,
                   "UPDATE transactions SET stopped_at = ?, stop_text = ?, meter_stop = ?, stop_reason = ?, "
                   "stop_id_tag = ? WHERE number = ?"),
      set_next_(db, "UPDATE meta SET value = ? WHERE name = 'next_transaction'"),
      exists_(db, "SELECT 1 FROM transactions WHERE number = ?"),
      remove_older_(db,
                    "DELETE FROM transactions WHERE number IN (SELECT number FROM transactions WHERE started_at < ?1 "
                    "AND stopped_at < ?1 ORDER BY started_at LIMIT ?2)") {
    rolled_back();
}

void transaction_table::rolled_back() {
    in_use_.clear();
    next_ =
        static_cast<std::uint32_t>(db_.number("SELECT value FROM meta WHERE name = 'next_transaction'").value_or(1));
}

// When all numbers are used up, those come again whose transactions retention has removed.
std::uint32_t transaction_table::next_number() {
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

started_transaction transaction_table::start(const transaction_start& t, bool one_per_tag) {
    started_transaction result;
    const std::int64_t charge_point = charge_points_.row_of(t.charge_point_id);
    const std::string tag_key = fold_id(t.id_tag);
    if (same_start_.bind(charge_point, t.connector_id, tag_key, t.meter_start_wh, t.timestamp).step()) {
        const bool is_retry = same_start_.integer(2) != 0;
        if (is_retry) {
            result.what = stored::repeated;
            result.id = ids_.id_of(static_cast<std::uint32_t>(same_start_.integer(0)));
            result.tag_status = static_cast<id_tag_status>(same_start_.integer(1));
        }
        same_start_.reset();
        if (is_retry) return result;
        result.like_an_older = true;
    }
    result.what = stored::fresh;
    result.tag_status = t.tag_status;
    if (one_per_tag && t.tag_status == id_tag_status::accepted) {
        if (running_of_tag_.bind(tag_key, charge_point, t.connector_id).step())
            result.tag_status = id_tag_status::concurrent_tx;
        running_of_tag_.reset();
    }
    const std::uint32_t number = next_number();
    result.id = ids_.id_of(number);
    insert_.run(number, charge_point, t.connector_id, t.id_tag, tag_key, static_cast<int>(result.tag_status),
                t.reservation_id, t.meter_start_wh, t.timestamp, stored_time(t.at));
    return result;
}

stopped_transaction transaction_table::stop(const transaction_stop& t) {
    stopped_transaction result;
    const std::int64_t charge_point = charge_points_.row_of(t.charge_point_id);
    const bool again = marks_.repeated(charge_point, t.mark);
    const auto number = t.transaction_id ? ids_.number_of(*t.transaction_id) : std::nullopt;
    bool running = false;
    if (number && find_.bind(*number).step()) {
        if (find_.integer(0) == charge_point) {  // another's transaction is as unknown as none
            running = find_.is_null(3);
            result.connector_id = find_.maybe_integer(1);
            if (!running && find_.text(4) == t.timestamp && find_.maybe_integer(5) == t.meter_stop_wh) {
                result.what = stored::repeated;
            }
        }
        find_.reset();
    }
    if (again || result.what == stored::repeated) {
        result.what = stored::repeated;
        return result;
    }
    result.what = stored::fresh;
    result.known = running;
    if (running) {
        in_use_.erase(charge_point);
        set_stopped_.run(stored_time(t.at), t.timestamp, t.meter_stop_wh, t.reason, t.id_tag, *number);
    }
    return result;
}

used_transaction transaction_table::use(std::string_view charge_point_id, std::int64_t transaction_id,
                                        message_mark mark) {
    used_transaction result;
    const std::int64_t charge_point = charge_points_.row_of(charge_point_id);
    result.what = marks_.repeated(charge_point, mark) ? stored::repeated : stored::fresh;
    const auto number = ids_.number_of(transaction_id);
    if (!number) return result;
    if (const auto current = in_use_.find(charge_point); current != in_use_.end() && current->second == *number) {
        result.known = true;
        return result;
    }
    if (find_.bind(*number).step()) {
        result.known = find_.integer(0) == charge_point && find_.is_null(3);
        const bool first_use = result.known && find_.integer(2) == 0;
        find_.reset();
        if (first_use) set_used_.run(*number);
    }
    if (result.known) {
        if (in_use_.size() >= most_in_use) in_use_.clear();
        in_use_[charge_point] = *number;
    }
    return result;
}

bool transaction_table::remove_older(std::int64_t before) {
    remove_older_.run(before, rows_at_once);
    return db_.changes() == rows_at_once;
}

}  // namespace voltgate
