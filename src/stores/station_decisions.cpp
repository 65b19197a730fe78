// What a store does with a message of a 2.x transaction.
#include "stores/station_transaction.hpp"
#include "stores/transaction_decisions.hpp"
#include "stores/transaction_rules.hpp"
#include "text/timestamp.hpp"

#include <utility>

namespace voltgate {

namespace {

message_times times_of(const transaction_message& m) {
    message_times times;
    times.text = m.what.timestamp;
    times.occurred_at = m.what.occurred_at;
    times.received = m.received;
    return times;
}

transaction_record record_of(const transaction_message& m) {
    transaction_record r;
    r.station_id = m.what.transaction_id;
    r.evse_id = m.what.evse;
    r.connector_id = m.what.connector;
    r.reservation_id = m.what.reservation_id;
    r.started_at = m.what.occurred_at.value_or(m.received);
    return r;
}

void note_start(transaction_record& r, const transaction_message& m) {
    const auto times = times_of(m);
    r.started_at = times.best();
    r.start_received = times.received;
    r.start_text = times.text;
    r.start_clock = clock_of(times.occurred_at, times.received);
    r.meter_start = m.what.energy;
    r.start_salvaged = m.salvaged;
    if (*r.start_clock != clock_state::ok) r.attentions.add(attention::clock);
}

/// Marks those that its start shows to have ended.
presumed_ends supersede(charge_point_transactions& kept, const station_transaction& t, const transaction_message& m) {
    auto r = record_of(m);
    r.number = t.number;
    note_start(r, m);
    return presume_others_ended(kept, r, false, m.received);
}

end_of_transaction end_of(const transaction_message& m) {
    end_of_transaction e;
    e.meter_stop = m.what.energy;
    e.reason = m.what.stop_reason;
    e.id_tag = m.what.token.shown();
    e.times = times_of(m);
    e.salvaged = m.salvaged;
    return e;
}

void note_end(charge_point_transactions& kept, transaction_record& r, const transaction_message& m,
              noted_transaction& result) {
    const auto before = r;
    const auto ended = end(r, end_of(m));
    result.attentions.add(ended.attentions);
    switch (ended.what) {
        case end_result::kind::ended:
            result.was_open = before.is_open();
            result.energy = energy_of(r);
            break;
        case end_result::kind::conflict: result.conflict = true; break;
        case end_result::kind::corrected: result.further_events.push_back(corrected(before, r)); [[fallthrough]];
        case end_result::kind::repeated: result.what = stored::repeated; break;
    }
    const bool unchanged = ended.what == end_result::kind::repeated && before.stop_salvaged == r.stop_salvaged;
    if (!unchanged) kept.save(r, m.received);
}

/// An end whose number came before: its readings may not have.
void end_again(charge_point_transactions& kept, station_transaction& t, const transaction_message& m,
               noted_transaction& result) {
    auto r = kept.at(t.number);
    if (!r.stopped_at) return;
    result.what = stored::fresh;
    result.start_received = r.start_received;
    note_end(kept, r, m, result);
    t.salvaged = r.start_salvaged || r.stop_salvaged;
}

/// What is told of a transaction in more than one message: its place and its token.
bool learn(transaction_record& r, const station_transaction& t, const transaction_message& m, bool token_is_new) {
    const auto before_connector = r.connector_id, before_evse = r.evse_id, before_reservation = r.reservation_id;
    if (!r.connector_id) r.connector_id = m.what.connector;
    if (!r.evse_id) r.evse_id = m.what.evse;
    if (!r.reservation_id) r.reservation_id = m.what.reservation_id;
    if (token_is_new) {
        r.id_tag = m.what.token.shown();
        r.id_tag_key = t.token_key;
        r.tag_status = t.tag_status;
    }
    return token_is_new || before_connector != r.connector_id || before_evse != r.evse_id ||
           before_reservation != r.reservation_id;
}

/// `r` got its place only now: others may still be open there.
void settle(charge_point_transactions& kept, transaction_record& r, const transaction_message& m,
            noted_transaction& result) {
    auto others = presume_others_ended(kept, r, false, m.received);
    for (auto& news : others.further_events) result.further_events.push_back(std::move(news));
    result.attentions.add(others.attentions);
}

bool has_filled(const transaction_record& before, const transaction_record& after) {
    return before.start_text != after.start_text || before.meter_start.wh != after.meter_start.wh ||
           before.id_tag != after.id_tag || before.evse_id != after.evse_id ||
           before.connector_id != after.connector_id || before.reservation_id != after.reservation_id;
}

/// A start that is whole, of one that was not.
void complete(charge_point_transactions& kept, station_transaction& t, const transaction_message& m,
              noted_transaction& result) {
    auto r = kept.at(t.number);
    const bool same_start =
        m.what.phase == transaction_phase::started && (r.start_text.empty() || r.start_text == m.what.timestamp);
    if (!same_start || !r.start_salvaged) return;
    const auto before = r;
    if (r.start_text.empty() && !m.what.timestamp.empty()) {
        const auto times = times_of(m);
        r.start_text = t.start_text = times.text;
        r.started_at = times.best();
        r.start_clock = clock_of(times.occurred_at, times.received);
    }
    if (!r.meter_start.wh) r.meter_start = m.what.energy;
    const std::string key = token_key_of(m.what.token);
    const bool token_is_new = !key.empty() && t.token_key.empty();
    if (token_is_new) {
        t.token_key = key;
        t.tag_status = m.tag_status;
    }
    static_cast<void>(learn(r, t, m, token_is_new));
    result.evse_id = t.evse_id = r.evse_id;
    result.connector_id = t.connector_id = r.connector_id;
    result.tag_status = m.tag_status;
    r.start_salvaged = false;
    if (!before.evse_id) settle(kept, r, m, result);
    kept.save(r, m.received);
    if (has_filled(before, r)) result.further_events.push_back(corrected(before, r));
    t.salvaged = r.stop_salvaged;
    kept.keep(t);
}

/// Another transaction begins under the id of `t`: whether its end comes is not known.
void give_up(charge_point_transactions& kept, const station_transaction& t, const transaction_message& m,
             noted_transaction& result) {
    auto r = kept.at(t.number);
    if (!r.is_open()) return;
    kept.read_progress(r);
    presume_ended(r, m.received);
    kept.save(r, m.received);
    result.further_events.push_back(presumed_ended(r));
    result.attentions.add(attention::presumed);
}

/// What a message says of its transaction for the first time.
struct message_news {
    bool place = false, token = false;
};

void keep(charge_point_transactions& kept, station_transaction& t, const transaction_message& m, message_news news,
          noted_transaction& result) {
    const bool is_new = t.number == 0;
    const bool changes_nothing =
        m.what.phase == transaction_phase::updated && !news.place && !news.token && !m.salvaged;
    if (!is_new && changes_nothing) return;
    auto r = is_new ? record_of(m) : kept.at(t.number);
    const bool had_place = r.evse_id.has_value();
    bool changed = learn(r, t, m, news.token);
    const auto before = r.attentions;
    if (m.salvaged) r.attentions.add(attention::salvaged);
    if (m.what.phase == transaction_phase::started) {
        note_start(r, m);
        settle(kept, r, m, result);
        changed = true;
    } else if (!had_place && r.evse_id && r.start_received) {
        settle(kept, r, m, result);
    }
    result.attentions.add(r.attentions.without(before));
    if (is_new) {
        kept.insert(r, m.received);
        t.number = r.number;
    } else if (changed || r.attentions.bits() != before.bits()) {
        kept.save(r, m.received);
    }
    if (m.what.phase == transaction_phase::ended) {
        note_end(kept, r, m, result);
    }
    result.start_received = r.start_received;
    result.number = t.number;
    t.salvaged = r.start_salvaged || r.stop_salvaged;
}

/// An earlier transaction of the id of `t` that this message is of: what happened before `t` began is none of it.
std::optional<station_transaction> earlier_of(charge_point_transactions& kept, const station_transaction& t,
                                              const transaction_message& m) {
    if (t.number == 0 || t.start_text.empty()) return std::nullopt;
    const auto began = ocpp::read_timestamp(t.start_text);
    const bool comparable = began && m.what.occurred_at;
    const bool before_it = comparable && *m.what.occurred_at < began->time;
    const bool other_start = m.what.phase == transaction_phase::started && m.what.timestamp != t.start_text;
    if (!before_it && (!other_start || comparable)) return std::nullopt;
    auto found = kept.earlier(m.what.transaction_id, t.number);
    if (found && !before_it && !kept.came_before(found->number, m.mark)) return std::nullopt;
    return found;
}

}  // namespace

noted_transaction decide_note(charge_point_transactions& kept, station_transaction& t, transaction_message m,
                              bool one_per_tag) {
    if (auto older = earlier_of(kept, t, m)) return decide_note(kept, *older, std::move(m), one_per_tag);
    noted_transaction given_up;
    const bool another = begins_another(t, m);
    if (another) {
        give_up(kept, t, m, given_up);
        t = station_transaction();
    }
    const std::string key = token_key_of(m.what.token);
    const bool token_is_new = !key.empty() && t.token_key.empty() && m.what.phase != transaction_phase::ended;
    presumed_ends others;
    if (one_per_tag && token_is_new && m.tag_status == id_tag_status::accepted) {
        if (m.what.phase == transaction_phase::started && !t.start_came) {
            others = supersede(kept, t, m);  // what it shows to have ended does not keep its token
        }
        if (kept.runs_elsewhere(key, std::nullopt)) m.tag_status = id_tag_status::concurrent_tx;
    }
    message_news news;
    news.place = (m.what.evse && !t.evse_id) || (m.what.connector && !t.connector_id) || m.what.reservation_id;
    news.token = token_is_new;
    const auto& at = m.what.occurred_at;
    // Beside the numbers: an equal payload is a repetition, however many came between.
    message_check check;
    if (t.number != 0) check = kept.check(t.number, m.mark, at);
    auto result = check.repeated ? repetition_of(t, m) : apply(t, m);
    result.further_events = std::move(given_up.further_events);
    for (auto& one : others.further_events) result.further_events.push_back(std::move(one));
    result.attentions = given_up.attentions;
    result.attentions.add(others.attentions);
    result.like_an_older = another;
    result.may_be_repeated = check.may_be_repeated && result.what == stored::fresh;
    result.clock = clock_of(at, m.received);
    const bool was_new = t.number == 0;
    if (result.what == stored::fresh) {
        keep(kept, t, m, news, result);
        kept.keep(t);
    } else if (m.what.phase == transaction_phase::ended && !check.repeated) {
        end_again(kept, t, m, result);
    } else if (t.salvaged && !m.salvaged) {
        complete(kept, t, m, result);
    }
    if (was_new && t.number != 0) static_cast<void>(kept.check(t.number, m.mark, at));
    if (result.what == stored::fresh && m.what.phase == transaction_phase::updated && m.what.energy.wh) {
        kept.note_reading(t.number, *m.what.energy.wh, m.what.energy_at);
    }
    return result;
}

}  // namespace voltgate
