#include "answers/answers_v2_transaction.hpp"

#include "answers/answering.hpp"
#include "events/meter_values_v2.hpp"
#include "events/payload_fields.hpp"
#include "events/transaction_v2.hpp"
#include "text/timestamp.hpp"

#include <utility>

namespace voltgate {

namespace {

using ocpp::value_view;

std::size_t longest_token(ocpp::version v) noexcept { return v == ocpp::version::v21 ? 255 : 36; }

}  // namespace

void append_token_info(std::string& out, const id_tag_info& info, const session& s) {
    out.append(R"({"idTokenInfo":{"status":")").append(to_string(info.status)).append("\"");
    if (info.expires) {
        out += R"(,"cacheExpiryDateTime":")";
        ocpp::append_timestamp(out, *info.expires, s.settings().timestamp_milliseconds);
        out += '"';
    }
    if (!info.parent.empty() && info.parent.size() <= longest_token(s.version())) {
        out += R"(,"groupIdToken":{"idToken":)";
        ocpp::append_json_string(out, info.parent);
        out += R"(,"type":"Central"})";
    }
    out += '}';
}

io_awaitable<id_tag_info> find_token(const answer_context& with, const session& s, id_token token) {
    const bool needs_none = token.needs_no_authorization();
    std::optional<std::string> tag;
    if (token.has_text) tag = std::move(token.text);
    auto info = co_await with.stores.id_tags->find(s.record->key(), std::move(tag));
    if (needs_none && !info.listed) info.status = id_tag_status::accepted;
    co_return info;
}

namespace {

/// The halves of payloads that wait for what the store knows.
struct payload_rests {
    payload_rests() = default;
    std::string of_phase, of_meter_values, salvage;
};

event_builder<noted_transaction> joined_with(payload_rests rests, bool has_token,
                                             std::chrono::system_clock::time_point received) {
    return [rests = std::move(rests), has_token, received](event& e, const noted_transaction& noted) {
        transaction_facts facts;
        facts.evse = noted.evse_id;
        facts.connector = noted.connector_id;
        facts.known = noted.known;
        facts.may_be_repeated = noted.may_be_repeated;
        if (has_token && noted.tag_status) facts.id_tag_status = to_string(*noted.tag_status);
        facts.start_received = noted.start_received;
        facts.received = received;
        facts.clock = to_string(noted.clock);
        facts.reservation_id = noted.reservation_id;
        facts.conflict = noted.conflict;
        facts.energy_wh = noted.energy.wh;
        facts.energy_source = noted.energy.source;
        const bool of_meter_values = e.type == event_type::transaction_meter_values;
        join_transaction_payload(e.payload, e.type, facts, of_meter_values ? rests.of_meter_values : rests.of_phase);
        add_members(e.payload, rests.salvage);
    };
}

void count_deviations(session& s, const noted_transaction& noted) {
    if (noted.what == stored::repeated || noted.sequence_used_again)
        s.count_deviation(rule::repeated_sequence, "a seqNo that came before");
    if (noted.missing > 0) s.count_deviation(rule::sequence_gap, "messages of a transaction are missing");
    if (noted.like_an_older) {
        s.count_deviation(rule::reused_transaction_start, "a start under the id of an earlier transaction");
    }
    count_attentions(s, noted.attentions);
}

// Where its transactions are open.
void note_place(session& s, const noted_transaction& noted, transaction_phase phase) {
    if (noted.what != stored::fresh || !noted.evse_id) return;
    if (phase == transaction_phase::started) s.record->transaction_began(*noted.evse_id);
    if (phase == transaction_phase::ended && noted.known && noted.was_open) s.record->transaction_ended(*noted.evse_id);
}

io_awaitable<call_answer> note_later(const answer_context& with, std::shared_ptr<session> s, transaction_message m,
                                     event e, std::optional<event> second, payload_rests rests) {
    const bool has_token = !m.what.token.type.empty() || !m.what.token.text.empty();
    id_tag_info info;
    if (has_token) {
        info = co_await find_token(with, *s, m.what.token);
        m.tag_status = info.status;
    }
    const auto type = e.type;
    const auto phase = m.what.phase;
    const bool has_second = second.has_value();
    auto complete = joined_with(std::move(rests), has_token, m.received);
    const auto noted =
        co_await with.stores.transactions->note(std::move(m), std::move(e), std::move(second), std::move(complete));
    if (noted.what == stored::failed) co_return call_answer::none();
    count_event(*s, noted.what, type);
    if (has_second) count_event(*s, noted.what, event_type::transaction_meter_values);
    count_further_events(*s, noted.further_events);
    count_deviations(*s, noted);
    note_place(*s, noted, phase);
    if (!has_token) co_return call_answer::result("{}");
    info.status = noted.tag_status.value_or(info.status);
    std::string answer;
    append_token_info(answer, info, *s);
    answer += '}';
    co_return call_answer::result(std::move(answer));
}

// A message without what names its transaction or itself is no part of a transaction's books, but it is not lost.
host_answer keep_unusable(const answer_context& with, const inbound_call& call, const transaction_reading& reading) {
    session& s = call.from;
    transaction_facts facts;
    facts.evse = reading.evse;
    facts.connector = reading.connector;
    std::string rest;
    append_transaction_rest(rest, call.payload, reading);
    const auto type = reading.is_meter_message ? event_type::transaction_updated : type_of(reading);
    facts.received = call.received;
    facts.clock = to_string(clock_of(reading.occurred_at, call.received));
    join_transaction_payload(new_payload(s), type, facts, rest);
    add_members(s.thread().scratch_event.payload, salvage_members(call));
    return store_first(with, call, type, reading.occurred_at);
}

}  // namespace

host_answer answer_transaction_event(const answer_context& with, const inbound_call& call, std::string&) {
    session& s = call.from;
    register_search how;
    how.lone_phase_counts = s.settings().transactions.lone_phase_counts;
    how.list_cut = call.salvaged && call.salvaged->lists_cut;
    auto reading = read_transaction_v2(call.payload, how);
    reading.salvaged = call.salvaged != nullptr;
    if (reading.salvaged && reading.token.type.empty()) reading.token = {};  // it may be a PIN
    if (reading.transaction_id.empty() || !reading.sequence) return keep_unusable(with, call, reading);
    payload_rests rests;
    rests.salvage = salvage_members(call);
    if (!reading.is_meter_message) append_transaction_rest(rests.of_phase, call.payload, reading);
    const bool tells_values = reading.phase == transaction_phase::updated && reading.has_meter_values;
    if (tells_values) {
        const auto list = append_transaction_meter_rest(rests.of_meter_values, call.payload, reading);
        if (list.register_sample) reading.energy.wh = wh_of_v2(list.register_sample);
        reading.energy_at = list.register_time;
    }

    event e;
    with.publisher.fill(s, e, type_of(reading), reading.occurred_at);
    std::optional<event> second;
    if (tells_values && !reading.is_meter_message) {
        second.emplace();
        with.publisher.fill(s, *second, event_type::transaction_meter_values, reading.occurred_at);
    }
    transaction_message m;
    m.charge_point_id = s.record->id();
    m.received = call.received;
    m.mark = mark_of_payload(with, call);
    m.salvaged = call.salvaged != nullptr;
    m.payload_bytes = rests.of_phase.size() + rests.of_meter_values.size();
    m.what = std::move(reading);
    return stored_first(
        with, note_later(with, s.shared_from_this(), std::move(m), std::move(e), std::move(second), std::move(rests)));
}

}  // namespace voltgate
