#include "stores/transaction_decisions.hpp"

#include "stores/transaction_rules.hpp"
#include "text/fold_id.hpp"

#include <utility>

namespace voltgate {

namespace {

/// Where a transaction is, in words that both kinds share: of 1.6 connector n is EVSE n.
const std::optional<std::int64_t>& place_of(const transaction_record& t) noexcept {
    return t.station_id.empty() ? t.connector_id : t.evse_id;
}

started_transaction repeated(const transaction_record& t) {
    started_transaction result;
    result.what = stored::repeated;
    result.id = t.id;
    result.tag_status = t.tag_status.value_or(id_tag_status::invalid);
    result.reservation_id = t.reservation_id;
    return result;
}

void stand_beside(charge_point_transactions& kept, transaction_record& other, transaction_record& t,
                  presumed_ends& result, std::chrono::system_clock::time_point now) {
    if (!other.attentions.has(attention::two_on_connector)) {
        other.attentions.add(attention::two_on_connector);
        kept.save(other, now);
    }
    t.attentions.add(attention::two_on_connector);
    result.attentions.add(attention::two_on_connector);
}

end_of_transaction end_of(const transaction_stop& s) {
    end_of_transaction e;
    e.meter_stop.wh = s.meter_stop_wh;
    e.reason = s.reason;
    e.id_tag = s.id_tag;
    e.times = s.times;
    e.salvaged = s.salvaged;
    return e;
}

std::optional<transaction_record> only_one_of_tag(charge_point_transactions& kept, const transaction_stop& s) {
    std::optional<transaction_record> found;
    for (auto& open : kept.find_open()) {
        if (!open.station_id.empty() || fold_id(open.id_tag) != fold_id(s.id_tag)) continue;
        if (found) return std::nullopt;
        found = std::move(open);
    }
    if (!found) return std::nullopt;
    kept.read_progress(*found);
    if (!may_be_end_of(*found, s)) return std::nullopt;
    return found;
}

}  // namespace

presumed_ends presume_others_ended(charge_point_transactions& kept, transaction_record& t, bool arrival_counts,
                                   std::chrono::system_clock::time_point now) {
    presumed_ends result;
    const auto& place = place_of(t);
    if (!place) return result;
    for (auto& other : kept.find_open()) {
        if (other.number == t.number || place_of(other) != place) continue;
        if (compare_starts(other, t, arrival_counts) != successor::newer) {
            if (t.is_open()) stand_beside(kept, other, t, result, now);
            continue;
        }
        kept.read_progress(other);
        presume_ended(other, now);
        kept.save(other, now);
        result.further_events.push_back(presumed_ended(other));
        result.attentions.add(attention::presumed);
    }
    return result;
}

namespace {

// The whole repetition of a start that was not whole.
started_transaction complete(charge_point_transactions& kept, transaction_record t, const transaction_start& start) {
    const auto before = t;
    const bool filled = complete_start(t, start);
    presumed_ends others;
    if (!before.connector_id) others = presume_others_ended(kept, t, true, start.times.received);
    kept.save(t, start.times.received);
    auto result = repeated(t);
    result.further_events = std::move(others.further_events);
    result.attentions = others.attentions;
    if (filled) {
        result.further_events.push_back(corrected(before, t));
    } else if (t.used || !t.is_open()) {
        result.further_events.push_back(start_repeated(t));
    }
    return result;
}

}  // namespace

started_transaction decide_start(charge_point_transactions& kept, const transaction_start& t, bool one_per_tag) {
    std::uint32_t twin = 0;
    std::int32_t twin_id = 0;
    const auto last = kept.last_started_on(t.connector_id);
    for (const auto& older : kept.find_same_start(t, last)) {
        if (!older.station_id.empty()) continue;
        switch (relation_of(older, older.number == last, t)) {
            case start_relation::other: break;
            case start_relation::completes: return complete(kept, older, t);
            case start_relation::retry: return repeated(older);
            case start_relation::same: {
                auto result = repeated(older);
                result.further_events.push_back(start_repeated(older));
                return result;
            }
            case start_relation::twin:
                if (twin == 0) twin = older.number, twin_id = older.id;
                break;
        }
    }
    auto fresh = record_of(t);
    // Whoever charges without a card is not the same everywhere.
    if (one_per_tag && !t.id_tag.empty() && t.tag_status == id_tag_status::accepted &&
        kept.runs_elsewhere(fold_id(t.id_tag), t.connector_id)) {
        fresh.tag_status = id_tag_status::concurrent_tx;
    }
    started_transaction result;
    result.what = stored::fresh;
    result.tag_status = *fresh.tag_status;
    result.clock = *fresh.start_clock;
    if (twin != 0) {
        fresh.duplicate_of = twin;
        fresh.attentions.add(attention::possible_duplicate);
        result.possible_duplicate_of = twin_id;
    }
    auto others = presume_others_ended(kept, fresh, true, t.times.received);
    kept.insert(fresh, t.times.received);
    result.id = fresh.id;
    result.number = fresh.number;
    result.further_events = std::move(others.further_events);
    result.attentions = fresh.attentions;
    result.attentions.add(others.attentions);
    return result;
}

stopped_transaction decide_stop(charge_point_transactions& kept, const transaction_stop& s) {
    stopped_transaction result;
    result.clock = clock_of(s.times.occurred_at, s.times.received);
    std::optional<transaction_record> t;
    if (s.transaction_id) t = kept.find(*s.transaction_id);
    const bool is_ours = t.has_value();
    if (!is_ours && s.may_match_by_tag && s.transaction_id && *s.transaction_id < 1) t = only_one_of_tag(kept, s);
    result.mark = is_ours || result.clock == clock_state::ok ? s.mark : s.mark_with_id;
    if (!is_ours && kept.check(0, result.mark, s.times.occurred_at).repeated) {
        result.what = stored::repeated;
        return result;
    }
    result.what = stored::fresh;
    if (!t) return result;
    result.matched = !is_ours;
    result.id = t->id;
    result.connector_id = t->connector_id;
    result.start_received = t->start_received;
    const auto before = *t;
    const auto ended = end(*t, end_of(s));
    result.attentions = ended.attentions;
    const bool came_before = is_ours && kept.check(t->number, s.mark, s.times.occurred_at).repeated;
    switch (ended.what) {
        case end_result::kind::ended:
            result.known = true;
            result.was_open = before.is_open();
            result.energy = energy_of(*t);
            break;
        case end_result::kind::conflict:
            result.conflict = true;
            if (came_before) result.what = stored::repeated;
            break;
        case end_result::kind::corrected: result.further_events.push_back(corrected(before, *t)); [[fallthrough]];
        case end_result::kind::repeated: result.what = stored::repeated; break;
    }
    const bool changed = result.what == stored::fresh || ended.what == end_result::kind::corrected ||
                         before.stop_salvaged != t->stop_salvaged;
    if (changed) kept.save(*t, s.times.received);
    return result;
}

std::string_view members_of(const metered_transaction& used) noexcept {
    if (used.known) return used.may_be_repeated ? R"(,"known":true,"mayBeRepeated":true)" : R"(,"known":true)";
    return used.may_be_repeated ? R"(,"known":false,"mayBeRepeated":true)" : R"(,"known":false)";
}

void note_left_open(charge_point_transactions& kept, const std::optional<std::int64_t>& place,
                    std::chrono::system_clock::time_point now) {
    for (auto& open : kept.find_open()) {
        if ((place && place_of(open) != place) || open.attentions.has(attention::left_open)) continue;
        open.attentions.add(attention::left_open);
        kept.save(open, now);
    }
}

}  // namespace voltgate
