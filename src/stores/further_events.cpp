// Payloads of what is told of a transaction besides the charge point's own messages.
#include "events/payload_fields.hpp"
#include "stores/transaction_rules.hpp"

namespace voltgate {

namespace {

constexpr std::size_t about = 512;

void put_energy(text_writer& w, const transaction_record& t) {
    const auto energy = energy_of(t);
    put_reading(w, "energyWh", energy.wh);
    put_text(w, "energySource", energy.source);
}

/// Which transaction it is: the beginning of every payload.
void put_head(text_writer& w, const transaction_record& t) {
    const bool of_station = !t.station_id.empty();
    w.put(R"({"evseId":)");
    put_integer(w, of_station ? t.evse_id : t.connector_id);
    w.put(R"(,"connectorId":)");
    put_integer(w, t.connector_id);
    put_text(w, "transactionId", of_station ? t.station_id : std::to_string(t.id));
    put_text(w, "idTag", t.id_tag);
}

}  // namespace

further_event start_repeated(const transaction_record& t) {
    further_event news{event_type::transaction_start_repeated, {}};
    text_writer w(news.payload, about);
    put_head(w, t);
    put_text(w, "idTagStatus", t.tag_status ? to_string(*t.tag_status) : std::string_view());
    put_reading(w, "meterStartWh", t.meter_start.wh);
    put_time(w, "startedAt", t.started_at);
    put_time(w, "startReceivedAt", t.start_received);
    put_text(w, "state", state_of(t));
    w.put('}');
    w.finish();
    return news;
}

further_event presumed_ended(const transaction_record& t) {
    further_event news{event_type::transaction_presumed_ended, {}};
    text_writer w(news.payload, about);
    put_head(w, t);
    put_reading(w, "meterStartWh", t.meter_start.wh);
    put_reading(w, "lastReadingWh", t.last_reading_wh);
    put_time(w, "lastReadingAt", t.last_reading_at);
    put_time(w, "startReceivedAt", t.start_received);
    w.put(R"(,"meterStopWh":null,"energyWh":null})");
    w.finish();
    return news;
}

further_event corrected(const transaction_record& before, const transaction_record& after) {
    further_event news{event_type::transaction_corrected, {}};
    text_writer w(news.payload, about);
    put_head(w, after);
    w.put(R"(,"filled":[)");
    bool first = true;
    const auto name = [&](bool filled, std::string_view member) {
        if (!filled) return;
        w.put_all(first ? std::string_view("\"") : std::string_view(",\""), member, "\"");
        first = false;
    };
    name(before.evse_id != after.evse_id, "evseId");
    name(before.connector_id != after.connector_id, "connectorId");
    name(before.start_text != after.start_text, "startTimestamp");
    name(before.id_tag != after.id_tag, "idTag");
    name(before.meter_start.wh != after.meter_start.wh, "meterStartWh");
    name(before.reservation_id != after.reservation_id, "reservationId");
    name(before.meter_stop.wh != after.meter_stop.wh, "meterStopWh");
    name(before.stop_text != after.stop_text, "stopTimestamp");
    name(before.stop_reason != after.stop_reason, "reason");
    name(before.stop_id_tag != after.stop_id_tag, "stopIdTag");
    w.put(']');
    put_text(w, "idTagStatus", after.tag_status ? to_string(*after.tag_status) : std::string_view());
    put_time(w, "startTimestamp", after.start_text.empty() ? std::nullopt : std::optional(after.started_at));
    put_reading(w, "meterStartWh", after.meter_start.wh);
    put_reading(w, "meterStopWh", meter_stop_of(after));
    put_energy(w, after);
    put_text(w, "state", state_of(after));
    put_text(w, "reason", after.stop_reason);
    put_text(w, "stopIdTag", after.stop_id_tag);
    if (after.stop_text.empty()) {
        put_time(w, "stopTimestamp", std::nullopt);
    } else {
        put_time(w, "stopTimestamp", after.stopped_at);
    }
    w.put('}');
    w.finish();
    return news;
}

further_event closed(const transaction_record& t) {
    further_event news{event_type::transaction_closed, {}};
    text_writer w(news.payload, about);
    put_head(w, t);
    put_text(w, "reason", t.close_reason);
    put_text(w, "closedBy", t.closed_by);
    w.put(R"(,"manual":true)");
    put_reading(w, "meterStartWh", t.meter_start.wh);
    put_reading(w, "meterStopWh", t.close_reading_wh);
    put_energy(w, t);
    put_reading(w, "lastReadingWh", t.last_reading_wh);
    put_time(w, "lastReadingAt", t.last_reading_at);
    put_time(w, "startReceivedAt", t.start_received);
    w.put('}');
    w.finish();
    return news;
}

event event_of(const further_event& news, const event& of_message) {
    event e;
    e.type = news.type;
    e.payload = news.payload;
    e.epoch = of_message.epoch;
    e.timestamp = of_message.timestamp;
    e.ocpp_version = of_message.ocpp_version;
    e.charge_point_id = of_message.charge_point_id;
    return e;
}

}  // namespace voltgate
