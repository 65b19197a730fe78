// Payloads of events from OCPP 1.6 requests.
#include "events/map_v16.hpp"

#include "events/meter_values_v16.hpp"
#include "events/payload_fields.hpp"

#include <algorithm>
#include <array>

namespace voltgate {

namespace {

using ocpp::value_kind;
using ocpp::value_view;

constexpr std::array<std::string_view, 9> connector_statuses{"Available", "Charging",    "Preparing",
                                                             "Finishing", "SuspendedEV", "SuspendedEVSE",
                                                             "Reserved",  "Faulted",     "Unavailable"};

constexpr std::array<std::string_view, 11> stop_reasons{"EVDisconnected", "Local",        "Remote",    "EmergencyStop",
                                                        "HardReset",      "SoftReset",    "PowerLoss", "Reboot",
                                                        "UnlockCommand",  "DeAuthorized", "Other"};

constexpr std::array<std::string_view, 8> upload_statuses{"Uploaded",         "Uploading",   "Idle",
                                                          "UploadFailure",    "BadMessage",  "NotSupportedOperation",
                                                          "PermissionDenied", "UploadFailed"};

/// For payloads that are little more than the request with other names.
std::size_t about(value_view request) noexcept { return request.json().size() + 256; }

/// A status word of the charge point's own, if it is fit to be kept.
std::string_view foreign_status(value_view status) noexcept {
    constexpr std::size_t longest = 40;
    if (status.kind() != value_kind::string) return {};
    const auto text = status.raw();
    return text.size() <= longest && text.find('\\') == std::string_view::npos ? text : std::string_view();
}

/// A transaction's id as every version shows it: a text.
void put_transaction_id(text_writer& out, const std::optional<std::int64_t>& id) {
    if (!id) {
        out.put("null");
        return;
    }
    out.put('"');
    out.put(*id);
    out.put('"');
}

std::optional<std::int64_t> above_zero(value_view v) noexcept {
    const auto id = v.integer();
    return id && *id > 0 ? id : std::nullopt;
}

}  // namespace

std::optional<std::chrono::system_clock::time_point> occurred_at_v16(value_view request) noexcept {
    const auto [timestamp, meter_value] = pick<"timestamp", "meterValue">(request);
    if (timestamp) return time_of(timestamp);
    return last_meter_time_v16(meter_value);
}

std::optional<std::int64_t> transaction_id_v16(value_view request) noexcept {
    return above_zero(request["transactionId"]);
}

void append_booted_v16(std::string& out, value_view request, std::string_view registration_status,
                       std::int64_t interval) {
    const auto [vendor, model, serial, box_serial, firmware, iccid, imsi, meter_type, meter_serial] =
        pick<"chargePointVendor", "chargePointModel", "chargePointSerialNumber", "chargeBoxSerialNumber",
             "firmwareVersion", "iccid", "imsi", "meterType", "meterSerialNumber">(request);
    text_writer w(out, about(request));
    w.put(R"({"vendor":)");
    put_string(w, vendor);
    w.put(R"(,"model":)");
    put_string(w, model);
    w.put(R"(,"serialNumber":)");
    put_string(w, is_blank(serial) ? box_serial : serial);
    w.put(R"(,"firmwareVersion":)");
    put_string(w, firmware);
    w.put(R"(,"iccid":)");
    put_string(w, iccid);
    w.put(R"(,"imsi":)");
    put_string(w, imsi);
    w.put(R"(,"meterType":)");
    put_string(w, meter_type);
    w.put(R"(,"meterSerialNumber":)");
    put_string(w, meter_serial);
    w.put(R"(,"bootReason":"Unknown")");
    put_registration(w, registration_status, interval);
    w.finish();
}

status_reading append_status_v16(std::string& out, value_view request, std::string_view previous_status) {
    const auto [connector, error_code, status, timestamp, info, vendor, vendor_code] =
        pick<"connectorId", "errorCode", "status", "timestamp", "info", "vendorId", "vendorErrorCode">(request);
    const auto known_status = find_word(status, connector_statuses);
    const status_reading reading{known_status.empty() ? foreign_status(status) : known_status, time_of(timestamp)};
    text_writer w(out, about(request));
    w.put('{');
    put_address(w, connector);
    w.put(R"(,"status":)");
    put_word(w, status, known_status);
    w.put(R"(,"previousStatus":)");
    put_own_text(w, previous_status);
    w.put(R"(,"errorCode":)");
    put_string(w, error_code);
    w.put(R"(,"info":)");
    put_string(w, info);
    w.put(R"(,"vendorId":)");
    put_string(w, vendor);
    w.put(R"(,"vendorErrorCode":)");
    put_string(w, vendor_code);
    w.put('}');
    w.finish();
    return reading;
}

void append_authorize_v16(std::string& out, value_view request, std::string_view id_tag_status) {
    text_writer w(out, about(request));
    w.put(R"({"idTag":)");
    put_string(w, request["idTag"]);
    w.put(R"(,"idTagStatus":)");
    put_own_text(w, id_tag_status);
    w.put('}');
    w.finish();
}

void append_started_v16(std::string& out, value_view request, const start_facts& facts) {
    const auto [connector, id_tag, meter_start, timestamp] =
        pick<"connectorId", "idTag", "meterStart", "timestamp">(request);
    text_writer w(out, about(request));
    w.put('{');
    put_address(w, connector);
    w.put(R"(,"transactionId":)");
    put_own_text(w, facts.transaction_id);
    w.put(R"(,"idTag":)");
    put_string(w, id_tag);
    w.put(R"(,"idTagStatus":)");
    put_own_text(w, facts.id_tag_status);
    w.put(R"(,"meterStartWh":)");
    put_number(w, meter_start);
    w.put(R"(,"startTimestamp":)");
    put_timestamp(w, timestamp);
    put_time(w, "startReceivedAt", facts.received);
    put_text(w, "clock", facts.clock);
    w.put(R"(,"reservationId":)");
    put_integer(w, facts.reservation_id);
    if (!facts.possible_duplicate_of.empty()) put_text(w, "possibleDuplicateOf", facts.possible_duplicate_of);
    w.put('}');
    w.finish();
}

meter_values_reading append_meter_values_v16(std::string& out, value_view request) {
    const auto [connector, transaction, meter_value] = pick<"connectorId", "transactionId", "meterValue">(request);
    meter_values_reading reading;
    reading.transaction_id = above_zero(transaction);
    if (reading.transaction_id) reading.type = event_type::transaction_meter_values;
    text_writer w(out, 2 * about(request));
    w.put('{');
    put_address(w, connector);
    w.put(R"(,"transactionId":)");
    put_transaction_id(w, reading.transaction_id);
    w.put(',');
    const auto list = put_meter_values_v16(w, meter_value);
    reading.occurred_at = list.last_time;
    reading.register_sample = list.register_sample;
    reading.register_time = list.register_time;
    w.put('}');
    w.finish();
    return reading;
}

void append_stopped_v16(std::string& out, value_view request, const stop_facts& facts) {
    const auto [transaction, id_tag, reason, meter_stop, timestamp, transaction_data] =
        pick<"transactionId", "idTag", "reason", "meterStop", "timestamp", "transactionData">(request);
    text_writer w(out, 2 * about(request));
    w.put('{');
    put_address(w, facts.connector);
    w.put(R"(,"transactionId":)");
    if (facts.matched_id.empty()) {
        put_transaction_id(w, above_zero(transaction));
    } else {
        put_own_text(w, facts.matched_id);
        w.put(R"(,"matched":true)");
    }
    w.put(facts.known ? std::string_view(R"(,"known":true)") : std::string_view(R"(,"known":false)"));
    if (facts.conflict) w.put(R"(,"conflict":true)");
    w.put(R"(,"idTag":)");
    put_string(w, id_tag);
    w.put(R"(,"reason":)");
    const std::string_view usual_reason = facts.salvaged ? "null" : R"("Local")";
    put_word(w, reason, find_word(reason, stop_reasons), facts.reason == "Remote" ? R"("Remote")" : usual_reason);
    w.put(R"(,"meterStopWh":)");
    put_number(w, meter_stop);
    w.put(R"(,"stopTimestamp":)");
    put_timestamp(w, timestamp);
    put_time(w, "startReceivedAt", facts.start_received);
    put_time(w, "stopReceivedAt", facts.received);
    put_text(w, "clock", facts.clock);
    put_reading(w, "energyWh", facts.energy_wh);
    put_text(w, "energySource", facts.energy_source);
    w.put(',');
    put_meter_values_v16(w, transaction_data);
    w.put('}');
    w.finish();
}

void append_firmware_v16(std::string& out, value_view request) {
    const auto [status, request_id] = pick<"status", "requestId">(request);
    text_writer w(out, about(request));
    w.put(R"({"status":)");
    put_string(w, status);
    w.put(R"(,"requestId":)");
    put_integer(w, request_id);
    w.put('}');
    w.finish();
}

void append_diagnostics_v16(std::string& out, value_view request) {
    const auto [status, request_id] = pick<"status", "requestId">(request);
    text_writer w(out, about(request));
    w.put(R"({"status":)");
    // Core's DiagnosticsStatus and the later UploadLogStatus spell the same failure differently.
    const auto known_status = find_word(status, upload_statuses);
    put_word(w, status, known_status == "UploadFailed" ? "UploadFailure" : known_status);
    w.put(R"(,"requestId":)");
    put_integer(w, request_id);
    w.put('}');
    w.finish();
}

void append_security_event_v16(std::string& out, value_view request) {
    const auto [type, tech_info] = pick<"type", "techInfo">(request);
    text_writer w(out, about(request));
    w.put(R"({"type":)");
    put_string(w, type);
    w.put(R"(,"techInfo":)");
    put_string(w, tech_info);
    w.put('}');
    w.finish();
}

void append_certificate_requested_v16(std::string& out, value_view request, bool accepted, std::string_view reason) {
    text_writer w(out, about(request) + 2 * reason.size());
    put_signing(w, request["csr"], accepted, reason);
    w.put('}');
    w.finish();
}

void append_data_transfer_v16(std::string& out, value_view request, std::string_view status) {
    const auto [vendor, message, data] = pick<"vendorId", "messageId", "data">(request);
    text_writer w(out, about(request));
    w.put(R"({"vendorId":)");
    put_string(w, vendor);
    w.put(R"(,"messageId":)");
    put_string(w, message);
    w.put(R"(,"data":)");
    w.put(data ? data.json() : std::string_view("null"));
    w.put(R"(,"status":)");
    put_own_text(w, status);
    w.put('}');
    w.finish();
}

}  // namespace voltgate
