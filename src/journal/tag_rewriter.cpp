#include "journal/tag_rewriter.hpp"

#include "journal/event_record.hpp"
#include "ocpp/personal.hpp"
#include "stations/charge_point.hpp"
#include "text/fold_id.hpp"

#include <utility>
#include <vector>

namespace voltgate {

namespace {

// Of one step: some milliseconds of the writer's thread.
constexpr std::size_t rows_at_once = 2000, bytes_at_once = 512UL * 1024;

std::string transactions_sql(bool open_too) {
    std::string sql =
        "SELECT changed_at, number, id_tag, id_tag_key, stop_id_tag, stop_reason, close_reason FROM transactions "
        "INDEXED BY "
        "transactions_by_change WHERE (changed_at, number) > (?1, ?2) AND changed_at < ?3";
    if (!open_too) sql += " AND (stopped_at IS NOT NULL OR presumed_at IS NOT NULL OR closed_at IS NOT NULL)";
    return sql += " ORDER BY changed_at, number LIMIT ?4";
}

// No index knows both those that are done and those that are not.
std::string commands_sql(bool open_too) {
    const std::string sql =
        "SELECT updated_at, number, command_id, payload, trace_id, answer, error_code, error_description, detail FROM "
        "commands WHERE ";
    if (open_too) return sql + "?1 IS NOT NULL AND number > ?2 AND updated_at < ?3 ORDER BY number LIMIT ?4";
    return sql +
           "state = 2 AND (updated_at, number) > (?1, ?2) AND updated_at < ?3 ORDER BY updated_at, number "
           "LIMIT ?4";
}

constexpr const char* reservations_sql =
    "SELECT max(expires_at, updated_at), number, id_tag, parent, updated_at FROM reservations WHERE "
    "max(expires_at, updated_at) >= ?1 AND (max(expires_at, updated_at), number) > (?1, ?2) AND "
    "max(expires_at, updated_at) < ?3 "
    "ORDER BY max(expires_at, updated_at), number LIMIT ?4";

// No index knows their times: the walk ends at the first that is too young, not behind the last of them.
constexpr const char* events_sql =
    "SELECT time, first, body FROM events WHERE ?1 IS NOT NULL AND first > ?2 AND ?3 IS NOT NULL ORDER BY first "
    "LIMIT ?4";

// Of one row: what its change is, and whether anything was changed.
class row_change {
  public:
    explicit row_change(const stored_tag_change& change)
        : wanted_{change.lengths, [this, &change](std::string_view tag) { return change.change(tag, time_); }},
          personal_([this](std::string_view text, ocpp::personal what) { return change_personal(text, what); }) {}
    row_change(const row_change&) = delete;
    row_change& operator=(const row_change&) = delete;
    ~row_change() = default;

    /// Another row, which was stored then.
    void begin(std::int64_t time) {
        time_ = time;
        changed = false;
    }
    [[nodiscard]] std::string tag(std::string_view old) {
        if (old.empty()) return {};
        return taken(is_everywhere() ? ocpp::changed_tag(old, wanted_) : change_personal(old, ocpp::personal::tag),
                     old);
    }
    [[nodiscard]] std::string json(std::string_view old) {
        return taken(is_everywhere() ? ocpp::changed_everywhere(old, wanted_) : ocpp::changed_personal(old, personal_),
                     old);
    }
    /// JSON, or a text of somebody's own.
    [[nodiscard]] std::string text(std::string_view old) {
        if (old.starts_with('{') || old.starts_with('[')) return json(old);
        return taken(is_everywhere() ? ocpp::changed_words(old, wanted_) : std::nullopt, old);
    }

    bool changed = false;

  private:
    [[nodiscard]] bool is_everywhere() const noexcept { return !wanted_.lengths.empty(); }
    [[nodiscard]] std::optional<std::string> change_personal(std::string_view text, ocpp::personal what) const {
        if (text == ocpp::tag_mask) return std::nullopt;
        if (what == ocpp::personal::text) return std::string(ocpp::tag_mask);
        return wanted_.change(text);
    }
    [[nodiscard]] std::string taken(std::optional<std::string> fresh, std::string_view old) {
        changed = changed || fresh;
        return fresh ? std::move(*fresh) : std::string(old);
    }

    std::int64_t time_ = 0;
    const ocpp::wanted_tags wanted_;
    const ocpp::personal_change personal_;
};

// Of a column that may be NULL.
template <class Change>
std::optional<std::string> change_of(const sqlite::statement& row, int column, Change change) {
    if (row.is_null(column)) return std::nullopt;
    return change(row.text(column));
}

}  // namespace

tag_rewriter::tag_rewriter(sqlite::database& db, bool open_too)
    : transactions_{{db, transactions_sql(open_too)},
                    {db,
                     "UPDATE transactions SET id_tag = ?, id_tag_key = ?, stop_id_tag = ?, stop_reason = ?, "
                     "close_reason = ? WHERE number = ?"}},
      events_{{db, events_sql}, {db, "UPDATE events SET body = ? WHERE first = ?"}},
      commands_{{db, commands_sql(open_too)},
                {db,
                 "UPDATE commands SET fingerprint = CASE WHEN payload IS ?2 THEN fingerprint ELSE 0 END, "
                 "command_id = ?1, payload = ?2, trace_id = ?3, answer = ?4, error_code = ?5, error_description = ?6, "
                 "detail = ?7 WHERE number = ?8"}},
      reservations_{{db, reservations_sql}, {db, "UPDATE reservations SET id_tag = ?, parent = ? WHERE number = ?"}},
      command_id_(db, "SELECT 1 FROM commands WHERE command_id = ?") {}

bool tag_rewriter::step(tag_place& place, std::int64_t before, const stored_tag_change& change, rewritten_tags& count) {
    switch (place.table) {
        case 0: return rewrite_transactions(place, before, change, count);
        case 1: return rewrite_events(place, before, change, count);
        case 2: return rewrite_commands(place, before, change, count);
        case 3: return rewrite_reservations(place, before, change, count);
        default: return false;
    }
}

bool tag_rewriter::rewrite_transactions(tag_place& place, std::int64_t before, const stored_tag_change& change,
                                        rewritten_tags& count) {
    struct row {
        std::int64_t number = 0;
        std::string tag, key;
        std::optional<std::string> stop_tag, stop_reason, close_reason;
    };
    std::vector<row> changed;
    std::size_t seen = 0;
    auto& rows = transactions_.rows;
    row_change c(change);
    for (rows.bind(place.time, place.number, before, std::uint64_t{rows_at_once}); rows.step(); ++seen) {
        place.time = rows.integer(0);
        place.number = rows.integer(1);
        c.begin(place.time);
        row r;
        r.number = place.number;
        r.tag = c.tag(rows.text(2));
        if (!rows.text(3).empty()) r.key = fold_id(r.tag);
        r.stop_tag = change_of(rows, 4, [&c](std::string_view old) { return c.tag(old); });
        r.stop_reason = change_of(rows, 5, [&c](std::string_view old) { return c.json(old); });
        r.close_reason = change_of(rows, 6, [&c](std::string_view old) { return c.text(old); });
        if (c.changed) changed.push_back(std::move(r));
    }
    rows.reset();
    for (const auto& r : changed)
        transactions_.save.run(r.tag, r.key, r.stop_tag, r.stop_reason, r.close_reason, r.number);
    count.transactions += static_cast<std::int64_t>(changed.size());
    return seen == rows_at_once;
}

bool tag_rewriter::rewrite_events(tag_place& place, std::int64_t before, const stored_tag_change& change,
                                  rewritten_tags& count) {
    std::vector<std::pair<std::int64_t, std::string>> changed;
    std::size_t seen = 0, bytes = 0;
    auto& rows = events_.rows;
    row_change c(change);
    event e;
    for (rows.bind(place.time, place.number, before, std::uint64_t{rows_at_once}); bytes < bytes_at_once && rows.step();
         ++seen) {
        if (rows.integer(0) >= before) break;
        place.time = rows.integer(0);
        place.number = rows.integer(1);
        std::string_view body = rows.text(2);
        bytes += body.size();
        std::string fresh;
        std::int64_t changed_here = 0;
        for (auto ahead = body; const auto head = take_record_head(ahead); body = ahead) {
            c.begin(head->timestamp);
            std::string payload, trace_id;
            if (head->type != event_type::privacy_erased) {  // that tells of pseudonyms what they were for
                payload = c.json(head->payload);
                trace_id = c.text(head->trace_id);
            }
            if (!c.changed) {
                fresh.append(body.substr(0, body.size() - ahead.size()));
                continue;
            }
            std::string_view record = body;
            if (!take_record(record, e)) break;
            e.payload = std::move(payload);
            e.trace_id = std::move(trace_id);
            append_record(fresh, e);  // without its mark, a hash of the message with the tag in it
            ++changed_here;
        }
        fresh.append(body);  // what cannot be read stays
        if (changed_here > 0) changed.emplace_back(place.number, std::move(fresh));
        count.events += changed_here;
    }
    rows.reset();
    for (const auto& [first, body] : changed) events_.save.run(sqlite::blob{body}, first);
    return seen == rows_at_once || bytes >= bytes_at_once;
}

bool tag_rewriter::rewrite_commands(tag_place& place, std::int64_t before, const stored_tag_change& change,
                                    rewritten_tags& count) {
    struct row {
        std::int64_t number = 0;
        bool has_other_id = false;
        std::string id, payload, trace_id;
        std::optional<std::string> answer, error_code, error_description, detail;
    };
    std::vector<row> changed;
    std::size_t seen = 0, bytes = 0;
    auto& rows = commands_.rows;
    row_change c(change);
    const auto text = [&c](std::string_view old) { return c.text(old); };
    for (rows.bind(place.time, place.number, before, std::uint64_t{rows_at_once}); bytes < bytes_at_once && rows.step();
         ++seen) {
        place.time = rows.integer(0);
        place.number = rows.integer(1);
        bytes += rows.text(3).size() + rows.text(5).size();
        c.begin(place.time);
        row r;
        r.number = place.number;
        r.id = c.text(rows.text(2));
        r.payload = c.json(rows.text(3));
        r.trace_id = c.text(rows.text(4));
        r.answer = change_of(rows, 5, [&c](std::string_view old) { return c.json(old); });
        r.error_code = change_of(rows, 6, text);
        r.error_description = change_of(rows, 7, text);
        r.detail = change_of(rows, 8, text);
        r.has_other_id = r.id != rows.text(2);
        if (c.changed) changed.push_back(std::move(r));
    }
    rows.reset();
    for (auto& r : changed) {
        // Two may have differed in the tag's letter case alone.
        if (r.has_other_id && command_id_.bind(r.id).step()) r.id += '-' + std::to_string(r.number);
        command_id_.reset();
        commands_.save.run(r.id, r.payload, r.trace_id, r.answer, r.error_code, r.error_description, r.detail,
                           r.number);
    }
    count.commands += static_cast<std::int64_t>(changed.size());
    return seen == rows_at_once || bytes >= bytes_at_once;
}

bool tag_rewriter::rewrite_reservations(tag_place& place, std::int64_t before, const stored_tag_change& change,
                                        rewritten_tags& count) {
    struct row {
        std::int64_t number;
        std::string tag, parent;
    };
    std::vector<row> changed;
    std::size_t seen = 0;
    auto& rows = reservations_.rows;
    row_change c(change);
    for (rows.bind(place.time, place.number, before, std::uint64_t{rows_at_once}); rows.step(); ++seen) {
        place.time = rows.integer(0);
        place.number = rows.integer(1);
        c.begin(rows.integer(4));
        row r{place.number, c.tag(rows.text(2)), c.tag(rows.text(3))};
        if (c.changed) changed.push_back(std::move(r));
    }
    rows.reset();
    for (const auto& r : changed) reservations_.save.run(r.tag, r.parent, r.number);
    count.reservations += static_cast<std::int64_t>(changed.size());
    return seen == rows_at_once;
}

}  // namespace voltgate
