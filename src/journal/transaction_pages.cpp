#include "journal/transaction_pages.hpp"

#include "journal/key_list.hpp"
#include "journal/pattern_condition.hpp"
#include "journal/transaction_rows.hpp"
#include "stations/charge_point.hpp"
#include "text/fold_id.hpp"

#include <algorithm>
#include <charconv>

namespace voltgate {

namespace {

constexpr int column_of_charge_point = transaction_column_count, column_of_change = transaction_column_count + 1;

std::string columns() { return std::string("SELECT ") + transaction_columns + ", c.id, t.changed_at "; }

constexpr const char* station_join = " LEFT JOIN station_transactions s ON s.number = t.number";
constexpr const char* is_open = "t.stopped_at IS NULL AND t.presumed_at IS NULL AND t.closed_at IS NULL";

const char* condition_of(transaction_state s) {
    switch (s) {
        case transaction_state::running: return is_open;
        case transaction_state::stopped: return "t.stopped_at IS NOT NULL";
        case transaction_state::closed: return "t.closed_at IS NOT NULL AND t.stopped_at IS NULL";
        case transaction_state::presumed_ended: break;
    }
    return "t.presumed_at IS NOT NULL AND t.stopped_at IS NULL AND t.closed_at IS NULL";
}

bool by_start(const transaction_query& q) { return q.started_from || q.started_before; }

// All transactions of a few charge points are sorted sooner than those of a fleet are looked through.
bool of_few(const transaction_query& q) {
    constexpr std::size_t few = 500;
    return q.charge_point_id || (q.keys && q.keys->size() <= few);
}

// Named, so that no statistics and no version of SQLite choose another one.
const char* index_for(const transaction_query& q) {
    if (q.changed_after) return "INDEXED BY transactions_by_change";
    if (q.id_tag) return "INDEXED BY transactions_of_id_tag";
    if (q.state == transaction_state::running) return "INDEXED BY open_transactions";
    if (q.attentions) return "INDEXED BY transactions_to_see";
    if (of_few(q)) return "INDEXED BY transactions_of_charge_point";
    if (by_start(q)) return "INDEXED BY transactions_by_start";
    return "NOT INDEXED";
}

stored_transaction read_row(const sqlite::statement& row, const transaction_ids& ids) {
    stored_transaction t;
    t.record = read_transaction_row(row, ids);
    t.charge_point_id = row.text(column_of_charge_point);
    t.changed_at = row.integer(column_of_change);
    t.number = row.integer(0);
    if (t.record.duplicate_of != 0) t.duplicate_of = ids.id_of(t.record.duplicate_of);
    return t;
}

}  // namespace

// The parameters keep their numbers whichever of them are there.
std::string transaction_page_sql(const transaction_query& q) {
    std::string sql = columns();
    sql.append("FROM transactions t ").append(index_for(q)).append(" CROSS JOIN charge_points c ON c.row = ");
    sql.append("t.charge_point").append(station_join).append(" WHERE 1");
    if (q.charge_point_id) sql.append(" AND t.charge_point = (SELECT row FROM charge_points WHERE key = ?1)");
    sql.append(pattern_condition(q.charge_points, "c.id"));
    if (q.keys) {
        sql.append(" AND t.charge_point IN (SELECT o.row FROM json_each(?10) j CROSS JOIN charge_points o ON o.key = ");
        sql.append("j.value)");
    }
    if (q.id_tag) sql.append(" AND t.id_tag_key = ?2");
    if (q.connector_id) sql.append(" AND t.connector = ?3");
    if (q.state) sql.append(" AND ").append(condition_of(*q.state));
    if (q.attentions) sql.append(" AND t.attention <> 0 AND t.attention & ?8 <> 0");
    if (q.started_from) sql.append(" AND t.started_at >= ?4");
    if (q.started_before) sql.append(" AND t.started_at < ?5");
    if (q.changed_after) {
        sql.append(" AND t.changed_at > ?9");
        if (q.after) sql.append(" AND (t.changed_at, t.number) > (?6, ?7)");
        sql.append(" ORDER BY t.changed_at, t.number");
    } else if (by_start(q)) {
        if (q.after) sql.append(" AND (t.started_at, t.number) < (?6, ?7)");
        sql.append(" ORDER BY t.started_at DESC, t.number DESC");
    } else {
        if (q.after) sql.append(" AND t.number < ?7");
        sql.append(" ORDER BY t.number DESC");
    }
    return sql.append(" LIMIT ?11");
}

transaction_page read_transactions(sqlite::database& db, const transaction_query& q) {
    const auto ids = stored_transaction_ids(db);
    const auto folded = [](const std::optional<std::string>& text) {
        return text ? std::optional(fold_id(*text)) : std::nullopt;
    };
    const auto charge_point = folded(q.charge_point_id), id_tag = folded(q.id_tag);
    auto after = q.after.value_or(transaction_cursor());
    auto changed_after = q.changed_after;
    if (changed_after && q.after) {
        const auto newest = db.number("SELECT max(changed_at) FROM transactions").value_or(0);
        // Beyond the newest: of before changes that a clock which was ahead had dated were dated anew.
        if (after.time > newest) after = transaction_cursor();
        changed_after = std::max(*changed_after, after.time - 1);  // the index goes there
    }
    const auto keys = key_list(q.keys);
    sqlite::statement rows(db, transaction_page_sql(q));
    rows.bind(charge_point, id_tag, q.connector_id, q.started_from, q.started_before, after.time, after.number,
              q.attentions, changed_after, keys, static_cast<std::int64_t>(q.limit) + 1);
    transaction_page page;
    auto last = after;
    bool more = false;
    while (!more && rows.step()) {
        more = page.items.size() == q.limit;
        if (more) break;
        page.items.push_back(read_row(rows, ids));
        const auto& t = page.items.back();
        last.time = q.changed_after ? t.changed_at : rows.integer(11);
        last.number = t.number;
    }
    if (q.changed_after && last.number == 0) last = {*q.changed_after, 1};  // nothing yet: to go on from there
    if (more || q.changed_after) page.next = last;
    return page;
}

std::optional<stored_transaction> find_transaction(sqlite::database& db, std::string_view id,
                                                   const std::optional<std::string>& charge_point_id,
                                                   const std::vector<std::string>& charge_points) {
    const std::string seen = pattern_condition(charge_points, "c.id");
    const auto ids = stored_transaction_ids(db);
    const auto charge_point = charge_point_id ? std::optional(fold_id(*charge_point_id)) : std::nullopt;
    const auto read_one = [&](const std::string& where, const auto& key) -> std::optional<stored_transaction> {
        sqlite::statement rows(db, columns() + where);
        rows.bind(key, charge_point);
        if (!rows.step()) return std::nullopt;
        return read_row(rows, ids);
    };
    std::int64_t numeric = 0;
    const auto parsed = std::from_chars(id.data(), id.data() + id.size(), numeric);
    const bool is_number = parsed.ec == std::errc() && parsed.ptr == id.data() + id.size();
    if (const auto number = is_number ? ids.number_of(numeric) : std::nullopt) {
        auto found = read_one(
            "FROM transactions t CROSS JOIN charge_points c ON c.row = t.charge_point LEFT JOIN station_transactions s "
            "ON s.number = t.number WHERE t.number = ?1 AND s.number IS NULL AND (?2 IS NULL OR c.key = ?2)" +
                seen,
            *number);
        if (found) return found;
    }
    return read_one(
        "FROM station_transactions s CROSS JOIN transactions t ON t.number = s.number CROSS JOIN charge_points c ON "
        "c.row = t.charge_point WHERE s.transaction_id = ?1 AND (?2 IS NULL OR c.key = ?2)" +
            seen + " ORDER BY s.number DESC LIMIT 1",
        std::string(id));
}

bool is_ambiguous(sqlite::database& db, std::string_view id, const std::vector<std::string>& charge_points) {
    const auto found = find_transaction(db, id, std::nullopt, charge_points);
    const bool of_16 = found && found->record.station_id.empty();
    sqlite::statement owners(db,
                             "SELECT count(DISTINCT s.charge_point) FROM station_transactions s CROSS JOIN "
                             "charge_points c ON c.row = s.charge_point WHERE s.transaction_id = ?" +
                                 pattern_condition(charge_points, "c.id"));
    owners.bind(id);
    return owners.step() && owners.integer(0) + (of_16 ? 1 : 0) > 1;
}

}  // namespace voltgate
