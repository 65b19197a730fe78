#include "http/transaction_texts.hpp"

#include "events/payload_fields.hpp"
#include "http/message.hpp"
#include "ocpp/personal.hpp"
#include "stores/stored_time.hpp"

#include <array>
#include <string_view>

namespace voltgate::http {

namespace {

using time_point = std::chrono::system_clock::time_point;

struct shown_transaction {
    explicit shown_transaction(const stored_transaction& stored)
        : t(stored.record), of_station(!t.station_id.empty()), energy(energy_of(t)) {}
    const transaction_record& t;
    const bool of_station;
    const charged_energy energy;

    [[nodiscard]] const std::optional<std::int64_t>& evse() const { return of_station ? t.evse_id : t.connector_id; }
    [[nodiscard]] std::string_view tag_status() const { return t.tag_status ? to_string(*t.tag_status) : ""; }
    /// 1.6 says that a stop without a reason is a local one.
    [[nodiscard]] std::string_view stop_reason() const {
        if (!t.stopped_at || !t.stop_reason.empty()) return t.stop_reason;
        return t.stop_salvaged ? "" : "Local";
    }
    [[nodiscard]] bool is_manual() const { return t.closed_at && !t.stopped_at; }
};

void put_flag(text_writer& w, std::string_view name, bool value) {
    w.put_all(",\"", name, "\":", value ? std::string_view("true") : std::string_view("false"));
}

void put_number(text_writer& w, std::string_view name, const std::optional<std::int64_t>& n) {
    w.put_all(",\"", name, "\":");
    put_integer(w, n);
}

void put_attention(text_writer& w, attention_set attentions) {
    w.put(R"(,"attention":[)");
    bool first = true;
    for (const auto a : attentions.all()) {
        w.put_all(first ? std::string_view("\"") : std::string_view(",\""), to_string(a), "\"");
        first = false;
    }
    w.put(']');
}

// A text that a spreadsheet would run begins with a quote there.
void append_cell(std::string& out, std::string_view text) {
    constexpr std::string_view to_be_quoted = ",\"\r\n";
    constexpr std::string_view begins_formula = "=+-@\t\r\n";
    if (out.back() != '\n') out += ',';
    const bool formula = !text.empty() && begins_formula.find(text.front()) != std::string_view::npos;
    if (!formula && text.find_first_of(to_be_quoted) == std::string_view::npos) {
        out.append(text);
        return;
    }
    out += '"';
    if (formula) out += '\'';
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

void append_number_cell(std::string& out, std::string_view text) { out.append(1, ',').append(text); }
void append_number_cell(std::string& out, const std::optional<std::int64_t>& n) {
    append_number_cell(out, n ? std::to_string(*n) : std::string());
}
void append_number_cell(std::string& out, const std::optional<exact_decimal>& n) {
    append_number_cell(out, n ? std::string_view(n->text()) : std::string_view());
}
void append_time_cell(std::string& out, const std::optional<time_point>& t) {
    append_number_cell(out, t ? timestamp(*t) : std::string());
}

constexpr std::array<std::string_view, 30> csv_columns{
    "transactionId",  "chargePointId", "evseId",        "connectorId",         "idTag",
    "idTagStatus",    "reservationId", "state",         "meterStartWh",        "meterStopWh",
    "energyWh",       "energySource",  "startedAt",     "startReceivedAt",     "stoppedAt",
    "stopReceivedAt", "changedAt",     "clock",         "stopReason",          "stopIdTag",
    "attention",      "presumedEnded", "lastReadingWh", "lastReadingAt",       "manual",
    "closedAt",       "closeReason",   "closedBy",      "possibleDuplicateOf", "ocppVersion"};

}  // namespace

void append_transaction_json(std::string& out, const stored_transaction& stored) {
    const shown_transaction shown(stored);
    const auto& t = shown.t;
    text_writer w(out, 1024);
    w.put(R"({"transactionId":)");
    put_own_text(w, stored.id());
    put_text(w, "chargePointId", stored.charge_point_id);
    put_number(w, "evseId", shown.evse());
    put_number(w, "connectorId", t.connector_id);
    if (t.id_tag.empty() && !shown.of_station && !t.attentions.has(attention::salvaged)) {
        w.put(R"(,"idTag":"")");
    } else {
        put_text(w, "idTag", t.id_tag);
    }
    put_text(w, "idTagStatus", shown.tag_status());
    put_number(w, "reservationId", t.reservation_id);
    put_text(w, "state", state_of(t));
    put_reading(w, "meterStartWh", t.meter_start.wh);
    put_reading(w, "meterStopWh", meter_stop_of(t));
    put_reading(w, "energyWh", shown.energy.wh);
    put_text(w, "energySource", shown.energy.source);
    put_time(w, "startedAt", t.started_at);
    put_time(w, "startReceivedAt", t.start_received);
    put_time(w, "stoppedAt", t.stopped_at);
    put_time(w, "stopReceivedAt", t.stop_received);
    put_time(w, "changedAt", time_from_stored(stored.changed_at));
    put_text(w, "clock", to_string(clock_of(t)));
    put_text(w, "stopReason", shown.stop_reason());
    put_text(w, "stopIdTag", t.stop_id_tag);
    put_attention(w, t.attentions);
    put_flag(w, "presumedEnded", t.presumed_at.has_value());
    put_reading(w, "lastReadingWh", t.last_reading_wh);
    put_time(w, "lastReadingAt", t.last_reading_at);
    put_flag(w, "manual", shown.is_manual());
    put_time(w, "closedAt", t.closed_at);
    put_text(w, "closeReason", t.close_reason);
    put_text(w, "closedBy", t.closed_by);
    put_text(w, "possibleDuplicateOf", stored.duplicate_of != 0 ? std::to_string(stored.duplicate_of) : std::string());
    w.put('}');
    w.finish();
}

std::string transaction_csv_head() {
    std::string line;
    for (const auto name : csv_columns) line.append(line.empty() ? "" : ",").append(name);
    return line += "\r\n";
}

void append_transaction_csv(std::string& out, const stored_transaction& stored, bool personal) {
    const auto shown_tag = [personal](std::string_view tag) { return personal || tag.empty() ? tag : ocpp::tag_mask; };
    const shown_transaction shown(stored);
    const auto& t = shown.t;
    append_cell(out, stored.id());
    append_cell(out, stored.charge_point_id);
    append_number_cell(out, shown.evse());
    append_number_cell(out, t.connector_id);
    append_cell(out, shown_tag(t.id_tag));
    append_cell(out, shown.tag_status());
    append_number_cell(out, t.reservation_id);
    append_cell(out, state_of(t));
    append_number_cell(out, t.meter_start.wh);
    append_number_cell(out, meter_stop_of(t));
    append_number_cell(out, shown.energy.wh);
    append_cell(out, shown.energy.source);
    append_time_cell(out, t.started_at);
    append_time_cell(out, t.start_received);
    append_time_cell(out, t.stopped_at);
    append_time_cell(out, t.stop_received);
    append_time_cell(out, time_from_stored(stored.changed_at));
    append_cell(out, to_string(clock_of(t)));
    append_cell(out, shown.stop_reason());
    append_cell(out, shown_tag(t.stop_id_tag));
    std::string attentions;
    for (const auto a : t.attentions.all()) attentions.append(attentions.empty() ? "" : " ").append(to_string(a));
    append_cell(out, attentions);
    append_cell(out, t.presumed_at ? "true" : "false");
    append_number_cell(out, t.last_reading_wh);
    append_time_cell(out, t.last_reading_at);
    append_cell(out, shown.is_manual() ? "true" : "false");
    append_time_cell(out, t.closed_at);
    append_cell(out, t.close_reason);
    append_cell(out, t.closed_by);
    append_cell(out, stored.duplicate_of != 0 ? std::to_string(stored.duplicate_of) : std::string());
    append_cell(out, shown.of_station ? "2.x" : "1.6");
    out += "\r\n";
}

}  // namespace voltgate::http
