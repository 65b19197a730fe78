#include "journal/tag_rewriter.hpp"

#include "gateway/charge_point.hpp"
#include "journal/event_record.hpp"
#include "ocpp/personal.hpp"

#include <utility>
#include <vector>

namespace voltgate {

namespace {

// Of one step: some milliseconds of the writer's thread.
constexpr std::size_t rows_at_once = 2000, bytes_at_once = 512UL * 1024;

std::string transactions_sql(bool open_too) {
    std::string sql =
        "SELECT changed_at, number, id_tag, id_tag_key, stop_id_tag FROM transactions INDEXED BY "
        "transactions_by_change WHERE (changed_at, number) > (?1, ?2) AND changed_at < ?3";
    if (!open_too) sql += " AND (stopped_at IS NOT NULL OR presumed_at IS NOT NULL OR closed_at IS NOT NULL)";
    return sql += " ORDER BY changed_at, number LIMIT ?4";
}

// No index knows both those that are done and those that are not.
std::string commands_sql(bool open_too) {
    const std::string sql = "SELECT updated_at, number, payload, answer FROM commands WHERE ";
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
    row_change(const stored_tag_change& change, std::int64_t time)
        : change_([&change, time](std::string_view tag) { return change(tag, time); }) {}

    [[nodiscard]] std::string tag(std::string_view old) {
        auto fresh = old.empty() || old == ocpp::tag_mask ? std::nullopt : change_(old);
        changed = changed || fresh;
        return fresh ? std::move(*fresh) : std::string(old);
    }
    [[nodiscard]] std::string json(std::string_view old) {
        auto fresh = ocpp::changed_tags(
            old, [this](std::string_view tag) { return tag == ocpp::tag_mask ? std::nullopt : change_(tag); });
        changed = changed || fresh;
        return fresh ? std::move(*fresh) : std::string(old);
    }

    bool changed = false;

  private:
    ocpp::tag_change change_;
};

}  // namespace

tag_rewriter::tag_rewriter(sqlite::database& db, bool open_too)
    : transactions_{{db, transactions_sql(open_too)},
                    {db, "UPDATE transactions SET id_tag = ?, id_tag_key = ?, stop_id_tag = ? WHERE number = ?"}},
      events_{{db, events_sql}, {db, "UPDATE events SET body = ? WHERE first = ?"}},
      commands_{{db, commands_sql(open_too)},
                {db, "UPDATE commands SET payload = ?, answer = ?, fingerprint = 0 WHERE number = ?"}},
      reservations_{{db, reservations_sql}, {db, "UPDATE reservations SET id_tag = ?, parent = ? WHERE number = ?"}} {}

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
        std::int64_t number;
        std::string tag, key;
        std::optional<std::string> stop_tag;
    };
    std::vector<row> changed;
    std::size_t seen = 0;
    auto& rows = transactions_.rows;
    for (rows.bind(place.time, place.number, before, std::uint64_t{rows_at_once}); rows.step(); ++seen) {
        place.time = rows.integer(0);
        place.number = rows.integer(1);
        row_change c(change, place.time);
        row r{place.number, c.tag(rows.text(2)), {}, std::nullopt};
        if (!rows.text(3).empty()) r.key = fold_id(r.tag);
        if (!rows.is_null(4)) r.stop_tag = c.tag(rows.text(4));
        if (c.changed) changed.push_back(std::move(r));
    }
    rows.reset();
    for (const auto& r : changed) transactions_.save.run(r.tag, r.key, r.stop_tag, r.number);
    count.transactions += static_cast<std::int64_t>(changed.size());
    return seen == rows_at_once;
}

bool tag_rewriter::rewrite_events(tag_place& place, std::int64_t before, const stored_tag_change& change,
                                  rewritten_tags& count) {
    std::vector<std::pair<std::int64_t, std::string>> changed;
    std::size_t seen = 0, bytes = 0;
    auto& rows = events_.rows;
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
            row_change c(change, head->timestamp);
            std::string payload = c.json(head->payload);
            if (!c.changed) {
                fresh.append(body.substr(0, body.size() - ahead.size()));
                continue;
            }
            std::string_view record = body;
            if (!take_record(record, e)) break;
            e.payload = std::move(payload);
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
        std::int64_t number;
        std::string payload;
        std::optional<std::string> answer;
    };
    std::vector<row> changed;
    std::size_t seen = 0, bytes = 0;
    auto& rows = commands_.rows;
    for (rows.bind(place.time, place.number, before, std::uint64_t{rows_at_once}); bytes < bytes_at_once && rows.step();
         ++seen) {
        place.time = rows.integer(0);
        place.number = rows.integer(1);
        bytes += rows.text(2).size() + rows.text(3).size();
        row_change c(change, place.time);
        row r{place.number, c.json(rows.text(2)), std::nullopt};
        if (!rows.is_null(3)) r.answer = c.json(rows.text(3));
        if (c.changed) changed.push_back(std::move(r));
    }
    rows.reset();
    for (const auto& r : changed) commands_.save.run(r.payload, r.answer, r.number);
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
    for (rows.bind(place.time, place.number, before, std::uint64_t{rows_at_once}); rows.step(); ++seen) {
        place.time = rows.integer(0);
        place.number = rows.integer(1);
        row_change c(change, rows.integer(4));
        row r{place.number, c.tag(rows.text(2)), c.tag(rows.text(3))};
        if (c.changed) changed.push_back(std::move(r));
    }
    rows.reset();
    for (const auto& r : changed) reservations_.save.run(r.tag, r.parent, r.number);
    count.reservations += static_cast<std::int64_t>(changed.size());
    return seen == rows_at_once;
}

}  // namespace voltgate
