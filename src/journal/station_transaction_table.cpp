#include "journal/station_transaction_table.hpp"

#include "gateway/charge_point.hpp"
#include "journal/stored_time.hpp"

namespace voltgate {

namespace {

std::optional<std::int64_t> stored_status(const std::optional<id_tag_status>& s) {
    return s ? std::optional<std::int64_t>(static_cast<std::int64_t>(*s)) : std::nullopt;
}

constexpr std::int64_t no_status = -1;

}  // namespace

station_transaction_table::station_transaction_table(sqlite::database& db, charge_point_table& charge_points,
                                                     transaction_table& transactions)
    : charge_points_(charge_points),
      transactions_(transactions),
      find_(db,
            "SELECT s.number, s.evse, t.connector, t.id_tag_key, t.id_tag_status, t.start_text, "
            "t.stopped_at IS NOT NULL, q.seen, q.latest FROM station_transactions s "
            "CROSS JOIN transactions t ON t.number = s.number "
            "CROSS JOIN transaction_sequences q ON q.number = s.number "
            "WHERE s.transaction_id = ? AND s.charge_point = ? ORDER BY s.number DESC LIMIT 1"),
      running_of_tag_(db,
                      "SELECT 1 FROM transactions WHERE id_tag_key = ? AND number <> ? AND stopped_at IS NULL LIMIT 1"),
      insert_(db,
              "INSERT INTO transactions (number, charge_point, connector, id_tag, id_tag_key, id_tag_status, "
              "reservation, start_text, started_at) VALUES (?, ?, ?, '', '', ?, ?, '', ?)"),
      insert_id_(db,
                 "INSERT INTO station_transactions (number, charge_point, transaction_id, evse) VALUES (?, ?, ?, ?)"),
      insert_sequence_(db, "INSERT INTO transaction_sequences (number, seen) VALUES (?, '')"),
      set_sequence_(db, "UPDATE transaction_sequences SET seen = ?, latest = ? WHERE number = ?"),
      set_started_(db, "UPDATE transactions SET start_text = ?, started_at = ?, meter_start = ? WHERE number = ?"),
      set_token_(db, "UPDATE transactions SET id_tag = ?, id_tag_key = ?, id_tag_status = ? WHERE number = ?"),
      set_place_(db,
                 "UPDATE transactions SET connector = coalesce(connector, ?), reservation = coalesce(reservation, ?) "
                 "WHERE number = ?"),
      set_evse_(db, "UPDATE station_transactions SET evse = coalesce(evse, ?) WHERE number = ?"),
      set_stopped_(db,
                   "UPDATE transactions SET stopped_at = ?, stop_text = ?, meter_stop = ?, stop_reason = ?, "
                   "stop_id_tag = ? WHERE number = ?") {}

station_transaction_table::entry& station_transaction_table::load(std::int64_t charge_point,
                                                                  const std::string& transaction_id) {
    std::string key = std::to_string(charge_point);
    key.append(1, ':').append(transaction_id);
    if (const auto cached = cache_.find(key); cached != cache_.end()) return cached->second;
    if (cache_.size() >= most_cached) cache_.clear();
    entry& e = cache_[std::move(key)];
    if (find_.bind(transaction_id, charge_point).step()) {
        e.number = static_cast<std::uint32_t>(find_.integer(0));
        e.value.evse_id = find_.maybe_integer(1);
        e.value.connector_id = find_.maybe_integer(2);
        e.value.token_key = find_.text(3);
        if (find_.integer(4) != no_status) e.value.tag_status = static_cast<id_tag_status>(find_.integer(4));
        e.value.start_text = find_.text(5);
        e.value.stopped = find_.integer(6) != 0;
        e.value.sequence = sequence_set(find_.text(7));
        if (const auto latest = find_.maybe_integer(8))
            e.value.latest = station_transaction::microseconds(std::chrono::microseconds(*latest));
        find_.reset();
    }
    return e;
}

bool station_transaction_table::runs_elsewhere(const std::string& token_key, std::uint32_t number) {
    const bool found = running_of_tag_.bind(token_key, number).step();
    running_of_tag_.reset();
    return found;
}

void station_transaction_table::insert(entry& e, std::int64_t charge_point, const transaction_message& m) {
    e.number = transactions_.next_number();
    insert_.run(e.number, charge_point, m.what.connector, no_status, m.what.reservation_id, stored_time(m.at));
    insert_id_.run(e.number, charge_point, m.what.transaction_id, m.what.evse);
    insert_sequence_.run(e.number);
}

void station_transaction_table::update(const entry& e, const transaction_message& m) {
    const auto& what = m.what;
    std::optional<std::int64_t> latest;
    if (e.value.latest) latest = e.value.latest->time_since_epoch().count();
    set_sequence_.run(e.value.sequence.text(), latest, e.number);
    if (what.phase == transaction_phase::started) {
        set_started_.run(what.timestamp, stored_time(m.at), what.energy.wh, e.number);
    }
    if (what.connector || what.reservation_id) set_place_.run(what.connector, what.reservation_id, e.number);
    if (what.evse) set_evse_.run(what.evse, e.number);
    if (what.phase == transaction_phase::ended) {
        set_stopped_.run(stored_time(m.at), what.timestamp, what.energy.wh, what.stop_reason, what.token.shown(),
                         e.number);
    }
}

// Another one has begun under its id: its end will not come.
void station_transaction_table::give_up(const entry& e, const transaction_message& m) {
    set_stopped_.run(stored_time(m.at), std::optional<std::string>(), std::optional<std::int64_t>(), "Other",
                     std::optional<std::string>(), e.number);
}

noted_transaction station_transaction_table::note(transaction_message m, bool one_per_tag) {
    const std::int64_t charge_point = charge_points_.row_of(m.charge_point_id);
    entry& e = load(charge_point, m.what.transaction_id);
    const bool another = begins_another(e.value, m);
    if (another) {
        if (!e.value.stopped) give_up(e, m);
        e = entry();
    }
    const std::string key = token_key_of(m.what.token);
    const bool new_token = !key.empty() && e.value.token_key.empty() && m.what.phase != transaction_phase::ended;
    if (one_per_tag && new_token && m.tag_status == id_tag_status::accepted && runs_elsewhere(key, e.number)) {
        m.tag_status = id_tag_status::concurrent_tx;
    }
    auto result = apply(e.value, m);
    result.like_an_older = another;
    if (result.what == stored::fresh) {
        if (e.number == 0) insert(e, charge_point, m);
        update(e, m);
        if (new_token) set_token_.run(m.what.token.shown(), key, stored_status(result.tag_status), e.number);
    }
    if (e.value.stopped) {
        std::string cached = std::to_string(charge_point);
        cache_.erase(cached.append(1, ':').append(m.what.transaction_id));
    }
    return result;
}

}  // namespace voltgate
