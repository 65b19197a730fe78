#include "journal/transaction_table.hpp"

#include "stores/stored_time.hpp"
#include "stores/transaction_rules.hpp"

#include <algorithm>

namespace voltgate {

transaction_record journal_transactions_of::at(std::uint32_t number) {
    const auto found = rows_.find(number);
    return found ? found->value : transaction_record();
}

// Another's transaction is as unknown as none.
std::optional<transaction_record> journal_transactions_of::find(std::int64_t id) {
    const auto number = rows_.ids().number_of(id);
    if (!number) return std::nullopt;
    auto found = rows_.find(*number);
    if (!found || found->charge_point != charge_point_ || !found->value.station_id.empty()) return std::nullopt;
    return std::move(found->value);
}

std::vector<transaction_record> journal_transactions_of::find_same_start(const transaction_start& t,
                                                                         std::uint32_t last) {
    std::vector<transaction_record> found;
    if (last != 0) found.push_back(at(last));
    if (!t.times.occurred_at) return found;
    for (auto& r : rows_.began_at(charge_point_, *t.times.occurred_at)) {
        if (found.empty() || found.front().number != r.number) found.push_back(std::move(r));
    }
    return found;
}

std::uint32_t journal_transactions_of::last_started_on(const std::optional<std::int64_t>& connector_id) {
    return rows_.last_started_on(charge_point_, connector_id);
}

bool journal_transactions_of::runs_elsewhere(std::string_view tag_key,
                                             const std::optional<std::int64_t>& connector_id) {
    return rows_.runs_elsewhere(tag_key, charge_point_, connector_id);
}

void journal_transactions_of::read_progress(transaction_record& t) {
    const auto last = marks_.last_reading(t.number);
    if (!last) return;
    t.last_reading_wh = last->wh;
    t.last_reading_at.reset();
    if (last->at) t.last_reading_at = time_from_stored(*last->at);
}

message_check journal_transactions_of::check(std::uint32_t number, message_mark mark, std::optional<time_point> at) {
    return marks_.check(number != 0 ? number : message_marks::of_charge_point(charge_point_), mark, at);
}

void journal_transactions_of::note_reading(std::uint32_t number, const exact_decimal& wh,
                                           std::optional<time_point> at) {
    marks_.note_reading(number, wh, at);
}

started_transaction transaction_table::start(const transaction_start& t, bool one_per_tag) {
    journal_transactions_of kept(rows_, marks_, charge_points_.row_of(t.charge_point_id));
    return decide_start(kept, t, one_per_tag);
}

stopped_transaction transaction_table::stop(const transaction_stop& t) {
    journal_transactions_of kept(rows_, marks_, charge_points_.row_of(t.charge_point_id));
    return decide_stop(kept, t);
}

metered_transaction transaction_table::use(std::string_view charge_point_id, const transaction_meter_values& u,
                                           std::chrono::system_clock::time_point now) {
    metered_transaction result;
    const std::int64_t charge_point = charge_points_.row_of(charge_point_id);
    const auto number = rows_.ids().number_of(u.transaction_id);
    const bool in_use = number && rows_.is_in_use(*number, charge_point) && !u.salvaged;
    auto owner = message_marks::of_charge_point(charge_point);
    bool forgotten = false, is_open = in_use;
    if (in_use) {
        owner = *number;
    } else if (auto found = number ? rows_.find(*number) : std::nullopt;
               found && found->charge_point == charge_point && found->value.station_id.empty()) {
        owner = *number;
        const auto& t = found->value;
        if (!t.used) rows_.set_used(*number);
        // Once it has ended its messages are remembered for a day.
        const auto end = t.stop_received ? t.stop_received : t.closed_at ? t.closed_at : t.presumed_at;
        const bool long_ago = end && now - *end > std::chrono::hours(24);
        forgotten = !t.is_open() && t.used && (long_ago || marks_.told(owner) == 0);
        result.known = !t.stopped_at;
        is_open = t.is_open();
        if (u.salvaged && !t.attentions.has(attention::salvaged)) {
            found->value.attentions.add(attention::salvaged);
            rows_.save(found->value, now);
        }
    }
    const auto check = marks_.check(owner, u.mark, u.occurred_at);
    result.what = check.repeated ? stored::repeated : stored::fresh;
    result.may_be_repeated = !check.repeated && (check.may_be_repeated || forgotten);
    if (in_use) result.known = true;
    if (result.known && !check.repeated && u.reading_wh) marks_.note_reading(owner, *u.reading_wh, u.reading_at);
    if (is_open && !in_use) rows_.note_in_use(*number, charge_point);
    return result;
}

void transaction_table::leave_open(std::string_view charge_point_id, const std::optional<std::int64_t>& place,
                                   std::chrono::system_clock::time_point now) {
    journal_transactions_of kept(rows_, marks_, charge_points_.row_of(charge_point_id));
    note_left_open(kept, place, now);
}

std::optional<transaction_record> transaction_table::close(std::uint32_t number, const transaction_close& c) {
    auto found = rows_.find(number);
    if (!found) return std::nullopt;
    journal_transactions_of kept(rows_, marks_, found->charge_point);
    kept.read_progress(found->value);
    if (!voltgate::close(found->value, c)) return std::nullopt;
    rows_.save(found->value, c.at);
    return std::move(found->value);
}

}  // namespace voltgate
