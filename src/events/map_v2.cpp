// Payloads of events from OCPP 2.0.1 and 2.1 requests.
#include "events/map_v2.hpp"

#include "events/payload_fields.hpp"

#include <algorithm>
#include <array>

namespace voltgate {

namespace {

using ocpp::value_kind;
using ocpp::value_view;

constexpr std::array<std::string_view, 5> connector_statuses{"Available", "Occupied", "Reserved", "Unavailable",
                                                             "Faulted"};
constexpr std::size_t longest_status = 40;

std::size_t about(value_view request) noexcept { return request.json().size() + 256; }

/// A status word of the charge point's own, if it is fit to be kept.
std::string_view foreign_status(value_view status) noexcept {
    if (status.kind() != value_kind::string) return {};
    const auto text = status.raw();
    return text.size() <= longest_status && text.find('\\') == std::string_view::npos ? text : std::string_view();
}

void put_two_part_address(text_writer& w, value_view evse, value_view connector) {
    w.put(R"("evseId":)");
    put_integer(w, evse);
    w.put(R"(,"connectorId":)");
    put_integer(w, connector);
}

/// The members that only 1.6 has a source for.
constexpr std::string_view no_error_fields = R"(,"errorCode":null,"info":null,"vendorId":null,"vendorErrorCode":null})";

bool same_name(value_view v, std::string_view name) noexcept {
    const std::array<std::string_view, 1> names{name};
    return !find_word(v, names).empty();
}

}  // namespace

std::optional<std::chrono::system_clock::time_point> occurred_at_v2(value_view request) noexcept {
    const auto [timestamp, generated_at, meter_value] = pick<"timestamp", "generatedAt", "meterValue">(request);
    if (timestamp) return time_of(timestamp);
    if (generated_at) return time_of(generated_at);
    return last_meter_time(meter_value);
}

void append_booted_v2(std::string& out, value_view request, std::string_view registration_status,
                      std::int64_t interval) {
    const auto [station, reason] = pick<"chargingStation", "reason">(request);
    const auto [vendor, model, serial, firmware, modem] =
        pick<"vendorName", "model", "serialNumber", "firmwareVersion", "modem">(station);
    const auto [iccid, imsi] = pick<"iccid", "imsi">(modem);
    text_writer w(out, about(request));
    w.put(R"({"vendor":)");
    put_string(w, vendor);
    w.put(R"(,"model":)");
    put_string(w, model);
    w.put(R"(,"serialNumber":)");
    put_string(w, serial);
    w.put(R"(,"firmwareVersion":)");
    put_string(w, firmware);
    w.put(R"(,"iccid":)");
    put_string(w, iccid);
    w.put(R"(,"imsi":)");
    put_string(w, imsi);
    w.put(R"(,"meterType":null,"meterSerialNumber":null,"bootReason":)");
    put_string(w, reason, R"("Unknown")");
    put_registration(w, registration_status, interval);
    w.finish();
}

status_reading append_status_v2(std::string& out, value_view request, std::string_view previous_status) {
    const auto [evse, connector, status, timestamp] =
        pick<"evseId", "connectorId", "connectorStatus", "timestamp">(request);
    const auto known_status = find_word(status, connector_statuses);
    const status_reading reading{known_status.empty() ? foreign_status(status) : known_status, time_of(timestamp)};
    text_writer w(out, about(request));
    w.put('{');
    put_two_part_address(w, evse, connector);
    w.put(R"(,"status":)");
    put_word(w, status, known_status);
    w.put(R"(,"previousStatus":)");
    put_own_text(w, previous_status);
    w.put(no_error_fields);
    w.finish();
    return reading;
}

std::optional<availability_reading> read_availability_v2(value_view event_data) {
    const auto [component, variable, value, timestamp] =
        pick<"component", "variable", "actualValue", "timestamp">(event_data);
    if (!same_name(variable["name"], "AvailabilityState") || value.kind() != value_kind::string) return std::nullopt;
    const auto [name, evse] = pick<"name", "evse">(component);
    availability_reading reading;
    const bool of_connector = same_name(name, "Connector");
    if (of_connector || same_name(name, "EVSE")) {
        const auto [id, connector] = pick<"id", "connectorId">(evse);
        if (!id.integer()) return std::nullopt;
        reading.evse = *id.integer();
        if (of_connector) reading.connector = connector.integer().value_or(1);
    } else if (!same_name(name, "ChargingStation")) {
        return std::nullopt;
    }
    const auto known_status = find_word(value, connector_statuses);
    reading.status = known_status.empty() ? foreign_status(value) : known_status;
    if (reading.status.empty()) return std::nullopt;
    reading.occurred_at = time_of(timestamp);
    return reading;
}

void append_availability_v2(std::string& out, const availability_reading& reading, std::string_view previous_status) {
    text_writer w(out, 256);
    w.put(R"({"evseId":)");
    w.put(reading.evse);
    w.put(R"(,"connectorId":)");
    w.put(reading.connector);
    w.put(R"(,"status":)");
    put_own_text(w, reading.status);
    w.put(R"(,"previousStatus":)");
    put_own_text(w, previous_status);
    w.put(no_error_fields);
    w.finish();
}

id_token read_id_token(value_view token) {
    const auto [text, type] = pick<"idToken", "type">(token);
    auto told = text_in(text);
    const bool has_text = told.has_value();
    return {std::move(told).value_or(std::string()), type.string(), has_text};
}

void append_authorize_v2(std::string& out, const id_token& token, std::string_view id_tag_status) {
    text_writer w(out, 256);
    w.put(R"({"idTag":)");
    put_own_text(w, token.shown());
    w.put(R"(,"idTokenType":)");
    put_own_text(w, token.type);
    w.put(R"(,"idTagStatus":)");
    put_own_text(w, id_tag_status);
    w.put('}');
    w.finish();
}

std::optional<std::chrono::system_clock::time_point> append_meter_values_v2(std::string& out, value_view request) {
    const auto [evse, meter_value] = pick<"evseId", "meterValue">(request);
    text_writer w(out, 2 * about(request));
    w.put(R"({"evseId":)");
    put_integer(w, evse);
    // The connector is not told here; 0 is the main meter in every version.
    w.put(evse.integer() == 0 ? std::string_view(R"(,"connectorId":0,"transactionId":null,)")
                              : std::string_view(R"(,"connectorId":null,"transactionId":null,)"));
    const auto list = put_meter_values_v2(w, meter_value);
    w.put('}');
    w.finish();
    return list.last_time;
}

void append_certificate_requested_v2(std::string& out, value_view request, bool accepted, std::string_view reason) {
    const auto [csr, type, request_id] = pick<"csr", "certificateType", "requestId">(request);
    text_writer w(out, about(request) + 2 * reason.size());
    put_signing(w, csr, accepted, reason);
    w.put(R"(,"certificateType":)");
    put_string(w, type, R"("ChargingStationCertificate")");
    w.put(R"(,"requestId":)");
    put_integer(w, request_id);
    w.put('}');
    w.finish();
}

void append_device_event(std::string& out, std::string_view message, std::string_view data) {
    text_writer w(out, data.size() + 64);
    w.put(R"({"message":)");
    put_own_text(w, message);
    w.put(R"(,"data":)");
    w.put(data.empty() ? std::string_view("{}") : data);
    w.put('}');
    w.finish();
}

}  // namespace voltgate
