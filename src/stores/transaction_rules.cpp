#include "stores/transaction_rules.hpp"

#include "text/fold_id.hpp"
#include "text/timestamp.hpp"

#include <chrono>

namespace voltgate {

namespace {

using time_point = std::chrono::system_clock::time_point;

std::optional<time_point> read_time(std::string_view text) {
    const auto reading = text.empty() ? std::nullopt : ocpp::read_timestamp(text);
    return reading ? std::optional(reading->time) : std::nullopt;
}

bool was_right(std::optional<time_point> stamp, std::optional<time_point> received) noexcept {
    return stamp && received && is_right(*stamp, *received);
}

/// The same instant, or texts that are none and the same.
bool same_time(std::string_view kept_text, const message_times& times) {
    const auto kept = read_time(kept_text);
    if (kept && times.occurred_at) return *kept == *times.occurred_at;
    return kept_text == times.text;
}

/// Equal, or one of them is not known and may be.
template <class T>
bool fits(const std::optional<T>& a, const std::optional<T>& b, bool may_lack) {
    return a == b || (may_lack && (!a || !b));
}

bool tag_fits(const std::string& a, const std::string& b, bool may_lack) {
    return fold_id(a) == fold_id(b) || (may_lack && (a.empty() || b.empty()));
}

/// Whether both tell of the same start. Where one of the messages was not whole, what it lacks is passed over, but its
/// time must be there.
bool same_start(const transaction_record& older, const transaction_start& t) {
    const bool may_lack = older.start_salvaged || t.salvaged;
    if (may_lack && (older.start_text.empty() || t.times.text.empty())) return false;
    return same_time(older.start_text, t.times) && fits(older.connector_id, t.connector_id, may_lack) &&
           fits(older.meter_start.wh, t.meter_start_wh, may_lack) && tag_fits(older.id_tag, t.id_tag, may_lack);
}

/// A clock that stands still over a register at 0 makes honest twins.
bool is_trusted(const transaction_record& older, const transaction_start& t) {
    const auto stamp = read_time(older.start_text);
    if (clock_of(stamp, older.start_received.value_or(t.times.received)) != clock_state::ok) return false;
    if (older.meter_start.wh && *older.meter_start.wh > exact_decimal(0)) return true;
    const bool seen_right_since =
        t.clock_right_at && older.start_received && *t.clock_right_at >= *older.start_received;
    return seen_right_since || was_right(stamp, older.start_received) ||
           was_right(t.times.occurred_at, t.times.received);
}

void note_end(transaction_record& t, const end_of_transaction& e) {
    t.stopped_at = e.times.best();
    t.stop_received = e.times.received;
    t.stop_text = e.times.text;
    t.stop_clock = clock_of(e.times.occurred_at, e.times.received);
    t.meter_stop = e.meter_stop;
    t.stop_reason = e.reason;
    t.stop_id_tag = e.id_tag;
    t.stop_salvaged = e.salvaged;
}

/// What both readings and both times say of each other.
void judge_end(transaction_record& t) {
    const auto started = read_time(t.start_text), stopped = read_time(t.stop_text);
    const bool comparable = t.meter_start.wh && t.meter_stop.wh && t.meter_start.phases == t.meter_stop.phases;
    if (comparable && *t.meter_stop.wh < *t.meter_start.wh) t.attentions.add(attention::meter_backwards);
    if (started && stopped && *stopped < *started) t.attentions.add(attention::stop_before_start);
    if (t.stop_clock && *t.stop_clock != clock_state::ok) t.attentions.add(attention::clock);
}

bool fill_end(transaction_record& t, const end_of_transaction& e) {
    bool filled = false;
    if (t.stop_text.empty() && !e.times.text.empty()) {
        t.stop_text = e.times.text;
        t.stopped_at = e.times.best();
        t.stop_clock = clock_of(e.times.occurred_at, e.times.received);
        filled = true;
    }
    if (!t.meter_stop.wh && e.meter_stop.wh) {
        t.meter_stop = e.meter_stop;
        filled = true;
    }
    if (t.stop_reason.empty()) {
        t.stop_reason = e.reason.empty() ? "Local" : e.reason;  // what a whole message means that names none
        filled = true;
    }
    if (t.stop_id_tag.empty() && !e.id_tag.empty()) {
        t.stop_id_tag = e.id_tag;
        filled = true;
    }
    if (filled) judge_end(t);
    return filled;
}

end_result end_again(transaction_record& t, const end_of_transaction& e) {
    using kind = end_result::kind;
    end_result result;
    const auto before = t.attentions;
    const bool may_lack = t.stop_salvaged || e.salvaged;
    const bool time_fits =
        same_time(t.stop_text, e.times) || (may_lack && (t.stop_text.empty() || e.times.text.empty()));
    if (!time_fits || !fits(t.meter_stop.wh, e.meter_stop.wh, may_lack)) {
        result.what = kind::conflict;
        t.attentions.add(attention::conflict);
    } else {
        const bool corrected = t.stop_salvaged && !e.salvaged && fill_end(t, e);
        if (t.stop_salvaged && !e.salvaged) t.stop_salvaged = false;
        result.what = corrected ? kind::corrected : kind::repeated;
    }
    result.attentions = t.attentions.without(before);
    return result;
}

}  // namespace

transaction_record record_of(const transaction_start& t) {
    transaction_record r;
    r.connector_id = t.connector_id;
    r.reservation_id = t.reservation_id;
    r.id_tag = t.id_tag;
    r.id_tag_key = fold_id(t.id_tag);
    r.tag_status = t.tag_status;
    r.meter_start.wh = t.meter_start_wh;
    r.start_text = t.times.text;
    r.started_at = t.times.best();
    r.start_received = t.times.received;
    r.start_clock = clock_of(t.times.occurred_at, t.times.received);
    r.start_salvaged = t.salvaged;
    if (t.salvaged) r.attentions.add(attention::salvaged);
    if (*r.start_clock != clock_state::ok) r.attentions.add(attention::clock);
    return r;
}

bool came_late(const exact_decimal& wh, std::optional<time_point> at, const exact_decimal& last_wh,
               std::optional<time_point> last_at) {
    if (!at || !last_at || clock_of(at, *last_at) != clock_state::ok) return false;
    return *at < *last_at && wh < last_wh;
}

start_relation relation_of(const transaction_record& older, bool is_last, const transaction_start& t) {
    if (!same_start(older, t)) return start_relation::other;
    const bool nothing_followed = is_last && !older.used && older.is_open();
    const bool is_same = nothing_followed || is_trusted(older, t);
    if (!is_same) return start_relation::twin;
    if (older.start_salvaged && !t.salvaged) return start_relation::completes;
    return nothing_followed ? start_relation::retry : start_relation::same;
}

bool complete_start(transaction_record& older, const transaction_start& t) {
    bool filled = false;
    const auto fill = [&filled](auto& kept, const auto& came) {
        if (kept || !came) return;
        kept = came;
        filled = true;
    };
    fill(older.connector_id, t.connector_id);
    fill(older.reservation_id, t.reservation_id);
    fill(older.meter_start.wh, t.meter_start_wh);
    if (older.id_tag.empty() && !t.id_tag.empty()) {
        older.id_tag = t.id_tag;
        older.id_tag_key = fold_id(t.id_tag);
        older.tag_status = t.tag_status;
        filled = true;
    }
    older.start_salvaged = false;
    return filled;
}

successor compare_starts(const transaction_record& was_there, const transaction_record& came,
                         bool arrival_counts) noexcept {
    const bool came_later = came.number == 0 || came.number > was_there.number;
    const auto by_arrival = arrival_counts && came_later ? successor::newer : successor::unclear;
    const auto old_time = read_time(was_there.start_text), new_time = read_time(came.start_text);
    if (!old_time || !new_time || *old_time == *new_time) return by_arrival;
    const bool both_ok = was_there.start_clock == clock_state::ok && came.start_clock == clock_state::ok;
    if (arrival_counts && !both_ok) return by_arrival;
    return *new_time > *old_time ? successor::newer : successor::older;
}

void presume_ended(transaction_record& t, time_point now) {
    t.presumed_at = now;
    t.attentions.add(attention::presumed);
    t.attentions.remove(attention::left_open);
    t.attentions.remove(attention::running_long);
}

end_result end(transaction_record& t, const end_of_transaction& e) {
    if (t.stopped_at) return end_again(t, e);
    end_result result;
    const auto before = t.attentions;
    note_end(t, e);
    for (const auto over :
         {attention::presumed, attention::left_open, attention::running_long, attention::two_on_connector}) {
        t.attentions.remove(over);
    }
    if (e.salvaged) t.attentions.add(attention::salvaged);
    judge_end(t);
    result.attentions = t.attentions.without(before);
    return result;
}

bool may_be_end_of(const transaction_record& t, const transaction_stop& s) {
    const auto started = read_time(t.start_text);
    const auto& least = t.last_reading_wh ? t.last_reading_wh : t.meter_start.wh;
    if (!t.is_open() || s.salvaged || s.id_tag.empty() || fold_id(s.id_tag) != fold_id(t.id_tag)) return false;
    if (!started || clock_of(s.times.occurred_at, s.times.received) != clock_state::ok) return false;
    return *s.times.occurred_at > *started && least && s.meter_stop_wh && *s.meter_stop_wh >= *least;
}

bool close(transaction_record& t, const transaction_close& c) {
    if (t.stopped_at || t.closed_at) return false;
    t.closed_at = c.at;
    t.close_reason = c.reason;
    t.closed_by = c.closed_by;
    t.close_reading_wh = c.meter_stop_wh;
    const bool is_below = c.meter_stop_wh && t.meter_start.wh && *c.meter_stop_wh < *t.meter_start.wh;
    if (is_below) t.attentions.add(attention::meter_backwards);
    t.attentions.remove(attention::left_open);
    t.attentions.remove(attention::running_long);
    t.attentions.remove(attention::two_on_connector);
    return true;
}

}  // namespace voltgate
