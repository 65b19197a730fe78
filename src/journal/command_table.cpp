#include "journal/command_table.hpp"

#include "journal/key_list.hpp"
#include "journal/pattern_condition.hpp"
#include "stations/charge_point.hpp"
#include "stores/stored_time.hpp"
#include "text/fold_id.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace voltgate {

namespace {

constexpr std::size_t largest_page = 4 * 1024 * 1024;  // in bytes, and one command more

constexpr std::string_view read_columns =
    "SELECT number, command_id, fingerprint, charge_point_id, name, payload, trace_id, timeout_ms, expires_at, state, "
    "created_at, updated_at, outcome, reason, answer, error_code, error_description, detail, late FROM commands ";

template <class Enum>
Enum enum_of(std::string_view word, Enum last) {
    for (int i = 0; i <= static_cast<int>(last); ++i)
        if (to_string(static_cast<Enum>(i)) == word) return static_cast<Enum>(i);
    return last;
}

// `first` is the column of the outcome; the others of a result follow.
command_result result_at(const sqlite::statement& row, int first) {
    command_result r(enum_of(row.text(first), outcome::unknown),
                     enum_of(row.text(first + 1), reason::store_unavailable), std::string(row.text(first + 5)));
    (r.outcome == outcome::call_error ? r.error_details : r.payload) = row.text(first + 2);
    r.error_code = row.text(first + 3);
    (r.outcome == outcome::call_error ? r.error_description : r.deviations) = row.text(first + 4);
    return r;
}

command_record record_at(const sqlite::statement& row) {
    command_record c;
    c.command = command(std::string(row.text(4)), std::string(row.text(5)), std::chrono::milliseconds(row.integer(7)));
    c.command.command_id = row.text(1);
    c.command.trace_id = row.text(6);
    if (const auto expires_at = row.maybe_integer(8)) c.command.expires_at = time_from_stored(*expires_at);
    c.fingerprint = static_cast<std::uint64_t>(row.integer(2));
    c.charge_point_id = row.text(3);
    c.state = static_cast<command_state>(row.integer(9));
    c.created_at = time_from_stored(row.integer(10));
    c.updated_at = time_from_stored(row.integer(11));
    if (c.state == command_state::done) c.result = result_at(row, 12);
    c.result.command_id = c.command.command_id;
    c.late = row.integer(18) != 0;
    return c;
}

std::string_view answer_of(const command_result& r) {
    return r.outcome == outcome::call_error ? r.error_details : r.payload;
}

// Of a CALLERROR, or what is wrong with a CALLRESULT: one column.
std::string_view description_of(const command_result& r) {
    return r.outcome == outcome::call_error ? r.error_description : r.deviations;
}

}  // namespace

command_table::command_table(sqlite::database& db)
    : db_(db),
      find_(db,
            "SELECT fingerprint, state, outcome, reason, answer, error_code, error_description, detail FROM commands "
            "WHERE command_id = ?"),
      insert_(db,
              "INSERT INTO commands (command_id, fingerprint, charge_point_id, charge_point_key, name, payload, "
              "trace_id, timeout_ms, expires_at, state, created_at, updated_at) "
              "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)"),
      set_state_(db, "UPDATE commands SET state = ?, updated_at = ? WHERE command_id = ? AND state < 2"),
      finish_(db,
              "UPDATE commands SET state = 2, updated_at = ?, outcome = ?, reason = ?, answer = ?, error_code = ?, "
              "error_description = ?, detail = ? WHERE command_id = ? AND state < 2"),
      upgrade_(db,
               "UPDATE commands SET late = 1, updated_at = ?, outcome = ?, reason = ?, answer = ?, error_code = ?, "
               "error_description = ?, detail = ? WHERE command_id = ? AND state = 2 AND outcome = 'unknown'"),
      remove_older_(db,
                    "DELETE FROM commands WHERE number IN (SELECT number FROM commands WHERE state = 2 AND "
                    "updated_at < ? ORDER BY updated_at LIMIT ?)") {}

opened_command command_table::open(const command_record& c) {
    using found = opened_command::verdict;
    opened_command opened;
    if (find_.bind(c.command.command_id).step()) {
        const bool same = static_cast<std::uint64_t>(find_.integer(0)) == c.fingerprint;
        const bool is_done = find_.integer(1) == static_cast<int>(command_state::done);
        opened.what = !same ? found::conflict : is_done ? found::done : found::going_on;
        if (opened.what == found::done) opened.result = result_at(find_, 2);
        find_.reset();
        return opened;
    }
    std::optional<std::int64_t> expires_at;
    if (c.command.expires_at) expires_at = stored_time(*c.command.expires_at);
    const std::string key = fold_id(c.charge_point_id);
    const auto timeout = std::chrono::duration_cast<std::chrono::milliseconds>(c.command.timeout).count();
    insert_.run(c.command.command_id, c.fingerprint, c.charge_point_id, key, c.command.action, c.command.payload,
                c.command.trace_id, std::int64_t{timeout}, expires_at, stored_time(c.created_at),
                stored_time(c.updated_at));
    opened.what = found::fresh;
    return opened;
}

bool command_table::set_state(std::string_view command_id, command_state s, std::int64_t now) {
    set_state_.run(static_cast<int>(s), now, command_id);
    return db_.changes() > 0;
}

void command_table::finish(std::string_view command_id, const command_result& r, std::int64_t now) {
    finish_.run(now, to_string(r.outcome), to_string(r.reason), answer_of(r), r.error_code, description_of(r), r.detail,
                command_id);
}

void command_table::upgrade(std::string_view command_id, const command_result& r, std::int64_t now) {
    upgrade_.run(now, to_string(r.outcome), to_string(r.reason), answer_of(r), r.error_code, description_of(r),
                 r.detail, command_id);
}

bool command_table::remove_older(std::int64_t before) {
    remove_older_.run(before, rows_at_once);
    return db_.changes() == rows_at_once;
}

std::vector<command_record> read_open_commands(sqlite::database& db) {
    std::vector<command_record> open;
    sqlite::statement rows(db, std::string(read_columns).append("WHERE state < 2 ORDER BY number"));
    while (rows.step()) open.push_back(record_at(rows));
    return open;
}

command_run read_commands_after(sqlite::database& db, std::int64_t number, std::size_t enough_bytes) {
    command_run run;
    run.last = number;
    sqlite::statement rows(db, std::string(read_columns).append("WHERE number > ? ORDER BY number"));
    rows.bind(number);
    std::size_t bytes = 0;
    while (!run.more && rows.step()) {
        run.last = rows.integer(0);
        const auto& c = run.items.emplace_back(record_at(rows));
        bytes += sizeof c + c.command.payload.size() + c.result.payload.size() + c.result.error_details.size();
        run.more = bytes >= enough_bytes;
    }
    return run;
}

command_page read_commands(sqlite::database& db, const command_query& q) {
    command_page page;
    if (!q.command_id.empty()) {
        std::string sql(read_columns);
        sql.append("WHERE command_id = ?").append(pattern_condition(q.charge_points, "charge_point_id"));
        sqlite::statement row(db, sql);
        if (!row.bind(q.command_id).step()) return page;
        auto c = record_at(row);
        if (!q.keys || std::ranges::binary_search(*q.keys, fold_id(c.charge_point_id))) {
            page.items.push_back(std::move(c));
        }
        return page;
    }
    std::string sql(read_columns);
    sql += q.charge_point_id.empty() ? "WHERE ?1 = ''" : "WHERE charge_point_key = ?1";
    sql += pattern_condition(q.charge_points, "charge_point_id");
    if (q.keys) sql += " AND charge_point_key IN (SELECT value FROM json_each(?4))";
    if (q.state) sql += *q.state == command_state::done ? " AND state = 2" : " AND state < 2";
    sql += " AND (?2 IS NULL OR state = ?2) AND number < ?3 ORDER BY number DESC LIMIT ?5";
    std::optional<std::int64_t> state;
    if (q.state) state = static_cast<int>(*q.state);
    const std::int64_t before = q.after > 0 ? static_cast<std::int64_t>(q.after) : INT64_MAX;
    const std::string key = fold_id(q.charge_point_id);
    const auto keys = key_list(q.keys);
    sqlite::statement rows(db, sql);
    rows.bind(key, state, before, keys, std::uint64_t{q.limit});
    std::size_t bytes = 0;
    while (rows.step()) {
        const auto& c = page.items.emplace_back(record_at(rows));
        bytes += sizeof c + c.command.payload.size() + c.result.payload.size() + c.result.error_details.size();
        if (page.items.size() == q.limit || bytes > largest_page) {
            page.next = static_cast<std::uint64_t>(rows.integer(0));
            break;
        }
    }
    return page;
}

}  // namespace voltgate
