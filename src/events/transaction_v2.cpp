// TransactionEvent of OCPP 2.0.1 and 2.1.
#include "events/transaction_v2.hpp"

#include "events/payload_fields.hpp"

#include <array>

namespace voltgate {

namespace {

using ocpp::value_view;

constexpr std::size_t longest_kept_id = 255;  // of transactions and tokens; OCPP has 36, and 255 for 2.1's tokens
constexpr std::array<std::string_view, 3> phases{"Started", "Updated", "Ended"};
constexpr std::array<std::string_view, 2> meter_reasons{"MeterValuePeriodic", "MeterValueClock"};

std::optional<std::int64_t> not_negative(value_view v) noexcept {
    const auto n = v.integer();
    return n && *n >= 0 ? n : std::nullopt;
}

/// As received, and only where it is there.
void put_if_present(text_writer& w, std::string_view name, value_view v) {
    if (!v) return;
    w.put_all(",\"", name, "\":", v.json());
}

void put_common(text_writer& w, value_view request, const transaction_reading& r) {
    const auto [info, trigger, phases_used, cable, cost, preconditioning, sleep, custom] =
        pick<"transactionInfo", "triggerReason", "numberOfPhasesUsed", "cableMaxCurrent", "costDetails",
             "preconditioningStatus", "evseSleep", "customData">(request);
    const auto [state, time_spent, remote_start, mode, tariff, limit] =
        pick<"chargingState", "timeSpentCharging", "remoteStartId", "operationMode", "tariffId", "transactionLimit">(
            info);
    w.put(R"(,"sequenceNumber":)");
    put_integer(w, r.sequence);
    w.put(r.offline ? std::string_view(R"(,"offline":true,"triggerReason":)")
                    : std::string_view(R"(,"offline":false,"triggerReason":)"));
    put_string(w, trigger);
    w.put(R"(,"chargingState":)");
    put_string(w, state);
    w.put(R"(,"remoteStartId":)");
    put_integer(w, remote_start);
    put_if_present(w, "timeSpentCharging", time_spent);
    put_if_present(w, "numberOfPhasesUsed", phases_used);
    put_if_present(w, "cableMaxCurrent", cable);
    put_if_present(w, "operationMode", mode);
    put_if_present(w, "tariffId", tariff);
    put_if_present(w, "transactionLimit", limit);
    put_if_present(w, "costDetails", cost);
    put_if_present(w, "preconditioningStatus", preconditioning);
    put_if_present(w, "evseSleep", sleep);
    put_if_present(w, "customData", custom);
}

void put_token(text_writer& w, const id_token& token) {
    w.put(R"(,"idTag":)");
    put_own_text(w, token.shown());
    w.put(R"(,"idTokenType":)");
    put_own_text(w, token.type);
}

std::size_t room_for(value_view request) noexcept { return 2 * request.json().size() + 256; }

}  // namespace

transaction_reading read_transaction_v2(value_view request, register_search how) {
    const auto [type, info, sequence, offline, evse, token, reservation, timestamp, meter_value, trigger] =
        pick<"eventType", "transactionInfo", "seqNo", "offline", "evse", "idToken", "reservationId", "timestamp",
             "meterValue", "triggerReason">(request);
    const auto [id, stopped_reason] = pick<"transactionId", "stoppedReason">(info);
    transaction_reading r;
    const auto phase = find_word(type, phases);
    if (phase == "Started") r.phase = transaction_phase::started;
    if (phase == "Ended") r.phase = transaction_phase::ended;
    r.transaction_id = id.string();
    if (r.transaction_id.size() > longest_kept_id) r.transaction_id.clear();
    r.sequence = not_negative(sequence);
    r.evse = not_negative(evse["id"]);
    r.connector = not_negative(evse["connectorId"]);
    r.reservation_id = reservation.integer();
    if (r.reservation_id && *r.reservation_id < 1) r.reservation_id.reset();  // how charge points say none
    r.offline = offline.boolean().value_or(false);
    r.token = read_id_token(token);
    if (r.token.text.size() > longest_kept_id) r.token.text.resize(longest_kept_id);
    r.timestamp = timestamp.string();
    r.occurred_at = time_of(timestamp);
    r.has_meter_values = meter_value.size() > 0;
    r.is_meter_message = r.phase == transaction_phase::updated && r.has_meter_values && r.token.type.empty() &&
                         !find_word(trigger, meter_reasons).empty();
    if (r.phase == transaction_phase::started) r.energy = read_register_v2(meter_value, reading_kind::start, how);
    if (r.phase == transaction_phase::ended) {
        r.energy = read_register_v2(meter_value, reading_kind::end, how);
        r.stop_reason = stopped_reason.string();
        if (r.stop_reason.empty() && trigger.raw() == "RemoteStop") r.stop_reason = "Remote";
    }
    return r;
}

event_type type_of(const transaction_reading& reading) noexcept {
    if (reading.is_meter_message) return event_type::transaction_meter_values;
    switch (reading.phase) {
        case transaction_phase::started: return event_type::transaction_started;
        case transaction_phase::updated: return event_type::transaction_updated;
        case transaction_phase::ended: return event_type::transaction_stopped;
    }
    return event_type::transaction_updated;
}

void join_transaction_payload(std::string& payload, event_type type, const transaction_facts& facts,
                              std::string_view rest) {
    payload.clear();
    text_writer w(payload, rest.size() + 128);
    w.put(R"({"evseId":)");
    put_integer(w, facts.evse);
    w.put(R"(,"connectorId":)");
    put_integer(w, facts.connector);
    if (type != event_type::transaction_meter_values) {
        w.put(R"(,"idTagStatus":)");
        put_own_text(w, facts.id_tag_status);
    }
    if (type == event_type::transaction_stopped) {
        w.put(facts.known ? std::string_view(R"(,"known":true)") : std::string_view(R"(,"known":false)"));
        if (facts.conflict) w.put(R"(,"conflict":true)");
        put_time(w, "startReceivedAt", facts.start_received);
        put_time(w, "stopReceivedAt", facts.received);
        put_text(w, "clock", facts.clock);
        put_reading(w, "energyWh", facts.energy_wh);
        put_text(w, "energySource", facts.energy_source);
    } else if (type == event_type::transaction_started) {
        put_time(w, "startReceivedAt", facts.received);
        put_text(w, "clock", facts.clock);
        w.put(R"(,"reservationId":)");
        put_integer(w, facts.reservation_id);
    } else if (type == event_type::transaction_meter_values) {
        w.put(facts.known ? std::string_view(R"(,"known":true)") : std::string_view(R"(,"known":false)"));
    }
    if (facts.may_be_repeated) w.put(R"(,"mayBeRepeated":true)");
    w.put(rest);
    w.finish();
}

void append_transaction_rest(std::string& out, value_view request, const transaction_reading& r) {
    const auto [timestamp, meter_value] = pick<"timestamp", "meterValue">(request);
    text_writer w(out, room_for(request));
    w.put(R"(,"transactionId":)");
    put_own_text(w, r.transaction_id);
    put_token(w, r.token);
    if (r.phase == transaction_phase::started) {
        put_reading(w, "meterStartWh", r.energy.wh);
        w.put(R"(,"startTimestamp":)");
        put_timestamp(w, timestamp);
    } else if (r.phase == transaction_phase::ended) {
        w.put(R"(,"reason":)");
        put_own_text(w, r.stop_reason.empty() && !r.salvaged ? std::string_view("Local") : r.stop_reason);
        put_reading(w, "meterStopWh", r.energy.wh);
        w.put(R"(,"stopTimestamp":)");
        put_timestamp(w, timestamp);
    }
    put_common(w, request, r);
    if (r.phase != transaction_phase::updated) {
        w.put(',');
        put_meter_values_v2(w, meter_value);
    }
    w.put('}');
    w.finish();
}

meter_list_reading append_transaction_meter_rest(std::string& out, value_view request, const transaction_reading& r) {
    text_writer w(out, room_for(request));
    w.put(R"(,"transactionId":)");
    put_own_text(w, r.transaction_id);
    put_common(w, request, r);
    w.put(',');
    const auto list = put_meter_values_v2(w, request["meterValue"]);
    w.put('}');
    w.finish();
    return list;
}

}  // namespace voltgate
