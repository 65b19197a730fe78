#include "journal/station_transaction_table.hpp"

#include "journal/transaction_table.hpp"

#include <utility>

namespace voltgate {

namespace {

std::string cache_key(std::int64_t charge_point, const std::string& transaction_id) {
    std::string key = std::to_string(charge_point);
    key.append(1, ':').append(transaction_id);
    return key;
}

}  // namespace

station_transaction_table::station_transaction_table(sqlite::database& db, charge_point_table& charge_points,
                                                     transaction_rows& rows, message_marks& marks)
    : charge_points_(charge_points),
      rows_(rows),
      marks_(marks),
      find_(db,
            "SELECT s.number, q.seen, q.latest FROM station_transactions s "
            "LEFT JOIN transaction_sequences q ON q.number = s.number "
            "WHERE s.transaction_id = ? AND s.charge_point = ? ORDER BY s.number DESC LIMIT 1"),
      set_sequence_(db, "INSERT OR REPLACE INTO transaction_sequences (number, seen, latest) VALUES (?, ?, ?)") {}

station_transaction& station_transaction_table::load(std::int64_t charge_point, const std::string& transaction_id) {
    auto key = cache_key(charge_point, transaction_id);
    if (const auto cached = cache_.find(key); cached != cache_.end()) return cached->second;
    if (cache_.size() >= most_cached) cache_.clear();
    station_transaction& t = cache_[std::move(key)];
    if (!find_.bind(transaction_id, charge_point).step()) return t;
    t.number = static_cast<std::uint32_t>(find_.integer(0));
    t.sequence = sequence_set(find_.text(1));
    if (const auto latest = find_.maybe_integer(2))
        t.latest = station_transaction::microseconds(std::chrono::microseconds(*latest));
    find_.reset();
    if (const auto row = rows_.find(t.number)) {
        const auto& r = row->value;
        t.evse_id = r.evse_id;
        t.connector_id = r.connector_id;
        t.token_key = r.id_tag_key;
        t.tag_status = r.tag_status;
        t.start_text = r.start_text;
        t.stopped = r.stopped_at.has_value();
        t.salvaged = r.start_salvaged || r.stop_salvaged;
    }
    return t;
}

noted_transaction station_transaction_table::note(const transaction_message& m, bool one_per_tag) {
    const std::int64_t charge_point = charge_points_.row_of(m.charge_point_id);
    station_transaction& t = load(charge_point, m.what.transaction_id);
    journal_transactions_of kept(rows_, marks_, charge_point);
    auto result = decide_note(kept, t, m, one_per_tag);
    if (result.what == stored::fresh) {
        std::optional<std::int64_t> latest;
        if (t.latest) latest = t.latest->time_since_epoch().count();
        set_sequence_.run(t.number, t.sequence.text(), latest);
    }
    if (t.stopped) cache_.erase(cache_key(charge_point, m.what.transaction_id));
    return result;
}

}  // namespace voltgate
