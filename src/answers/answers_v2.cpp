#include "answers/answers_v2.hpp"

#include "answers/answering.hpp"
#include "answers/answers_v2_transaction.hpp"
#include "events/map_v2.hpp"
#include "events/report_assembler.hpp"
#include "ocpp/secrets.hpp"
#include "stations/device_model.hpp"
#include "text/timestamp.hpp"

#include <array>
#include <utility>

namespace voltgate {

namespace {

using ocpp::value_view;

constexpr auto firmware = &maintenance_status::firmware_status;
constexpr auto diagnostics = &maintenance_status::diagnostics_status;

// ------------------------------------------------------------------------------------------- answered at once

host_answer boot_notification(const answer_context& with, const inbound_call& call, std::string& out) {
    session& s = call.from;
    const auto station = call.payload["chargingStation"];
    const auto modem = station["modem"];
    boot_record record;
    record.vendor = station["vendorName"].string();
    record.model = station["model"].string();
    record.serial_number = station["serialNumber"].string();
    record.firmware_version = station["firmwareVersion"].string();
    record.iccid = modem["iccid"].string();
    record.imsi = modem["imsi"].string();
    const auto told = answer_boot(with, call, std::move(record), {}, out);
    append_booted_v2(new_payload(s), call.payload, to_string(told.registration), told.interval.count());
    with.publisher.publish(s, event_type::charge_point_booted);
    return {};
}

host_answer status_notification(const answer_context& with, const inbound_call& call, std::string& out) {
    out += "{}";
    charge_point& record = *call.from.record;
    const auto evse = call.payload["evseId"].integer(), connector = call.payload["connectorId"].integer();
    const bool is_somewhere = evse && connector;
    std::string& payload = new_payload(call.from);
    const std::string previous = is_somewhere ? record.status_of({*evse, *connector}) : std::string();
    const auto reading = append_status_v2(payload, call.payload, previous);
    if (is_somewhere && reading.status == "Available") note_left_open(with, call.from, evse, call.received);
    if (is_somewhere) {
        record.set_status({*evse, *connector}, reading.status, {}, reading.occurred_at.value_or(call.received));
        with.changed(call.from.record);
    }
    with.publisher.publish(call.from, event_type::connector_status_changed, reading.occurred_at);
    return {};
}

host_answer meter_values(const answer_context& with, const inbound_call& call, std::string& out) {
    out += "{}";
    const auto occurred_at = append_meter_values_v2(new_payload(call.from), call.payload);
    with.publisher.publish(call.from, event_type::meter_values_received, occurred_at);
    return {};
}

template <event_type Type, void (*Append)(std::string&, value_view), std::string maintenance_status::* Member>
constexpr auto news = answer_news<Type, Append, Member, occurred_at_v2>;

// ------------------------------------------------------------------------------ told as they are: device.event

void publish_device_event(const answer_context& with, const inbound_call& call) {
    append_device_event(new_payload(call.from), call.action.name, ocpp::without_secrets(call.payload_text));
    with.publisher.publish(call.from, event_type::device_event, occurred_at_v2(call.payload));
}

// What a service that the gateway does not offer is answered with, and what needs no answer but `{}`.
constexpr char nothing[] = "{}";
constexpr char accepted[] = R"({"status":"Accepted"})";
constexpr char rejected[] = R"({"status":"Rejected"})";
constexpr char failed[] = R"({"status":"Failed"})";
constexpr char no_certificate[] = R"({"status":"Failed","exiResponse":""})";

template <auto& Answer>
host_answer tell(const answer_context& with, const inbound_call& call, std::string& out) {
    out += Answer;
    publish_device_event(with, call);
    return {};
}

host_answer vat_number_validation(const answer_context& with, const inbound_call& call, std::string& out) {
    out += R"({"status":"Rejected","vatNumber":)";
    ocpp::append_json_string(out, call.payload["vatNumber"].string());
    if (const auto evse = call.payload["evseId"].integer()) out.append(R"(,"evseId":)").append(std::to_string(*evse));
    out += '}';
    publish_device_event(with, call);
    return {};
}

// Nobody asks the certificates' issuers here: of each that is asked about nothing is known.
host_answer certificate_chain_status(const answer_context& with, const inbound_call& call, std::string& out) {
    constexpr std::size_t most = 4;  // OCPP allows no more
    out += R"({"certificateStatus":[)";
    std::size_t count = 0;
    const auto asked = call.payload["certificateStatusRequests"];
    for (auto one = asked.first(); one.kind() != ocpp::value_kind::absent && count < most; one = one.next()) {
        const auto certificate = one["certificateHashData"];
        if (certificate.kind() != ocpp::value_kind::object) continue;
        if (count++ > 0) out += ',';
        const auto source = one["source"].json();
        out.append(R"({"certificateHashData":)").append(certificate.json());
        out.append(R"(,"source":)").append(source.empty() ? "\"OCSP\"" : source);
        out += R"(,"status":"Unknown","nextUpdate":")";
        ocpp::append_timestamp(out, call.received, call.from.settings().timestamp_milliseconds);
        out += "\"}";
    }
    if (count == 0) {
        host_answer a;
        a.what = host_answer::kind::refused;
        a.code = ocpp::rpc_error::property_constraint_violation;
        a.description = "no certificate is asked about";
        return a;
    }
    out += "]}";
    publish_device_event(with, call);
    return {};
}

// Stored before it is answered, like what it ends.
host_answer reservation_status_update(const answer_context& with, const inbound_call& call, std::string& out) {
    using end = reservation_update::end;
    const auto status = call.payload["reservationUpdateStatus"].string();
    const auto id = call.payload["reservationId"].integer();
    if (!id || (status != "Expired" && status != "Removed" && status != "NoTransaction")) {
        return tell<nothing>(with, call, out);
    }
    reservation_update news;
    news.id = *id;
    if (status == "Removed") news.how = end::removed;
    if (status == "NoTransaction") news.how = end::without_transaction;
    append_device_event(new_payload(call.from), call.action.name, ocpp::without_secrets(call.payload_text));
    return store_first(with, call, event_type::device_event, std::nullopt, news);
}

// ------------------------------------------------------------------------------------------------ reports

host_answer report(const answer_context& with, const inbound_call& call, std::string& out) {
    out += "{}";
    if (call.action.name == "NotifyReport") {
        call.from.record->variables_to_learn(with.variables_memory)->learn_report(call.payload["reportData"]);
    }
    if (auto part = read_report_part(call.action.name, call.payload)) {
        with.publisher.add_report_part(call.from, std::move(*part));
    }
    return {};
}

// Alerts do not wait for what follows them: each message is an event, a list in several of them a report besides.
host_answer notify_event(const answer_context& with, const inbound_call& call, std::string& out) {
    out += "{}";
    charge_point& record = *call.from.record;
    const auto list = call.payload["eventData"];
    for (auto one = list.first(); one.kind() != ocpp::value_kind::absent; one = one.next()) {
        const auto reading = read_availability_v2(one);
        if (!reading) continue;
        const connector_address where{reading->evse, reading->connector};
        append_availability_v2(new_payload(call.from), *reading, record.status_of(where));
        const bool of_evse = reading->evse > 0 && reading->status == "Available";
        if (of_evse) note_left_open(with, call.from, reading->evse, call.received);
        record.set_status(where, reading->status, {}, reading->occurred_at.value_or(call.received));
        with.changed(call.from.record);
        with.publisher.publish(call.from, event_type::connector_status_changed, reading->occurred_at);
    }
    publish_device_event(with, call);
    const bool one_of_several =
        call.payload["tbc"].boolean().value_or(false) || call.payload["seqNo"].integer().value_or(0) > 0;
    if (one_of_several) {
        if (auto part = read_report_part(call.action.name, call.payload)) {
            with.publisher.add_report_part(call.from, std::move(*part));
        }
    }
    return {};
}

// ------------------------------------------------------------------------------------------- answered by stores

io_awaitable<call_answer> authorize_later(const answer_context& with, std::shared_ptr<session> s, id_token token,
                                          bool with_certificate) {
    auto info = co_await find_token(with, *s, token);
    // A contract certificate is worth nothing until somebody has verified it.
    if (with_certificate) info.status = id_tag_status::invalid;
    if (may_publish(*s)) {
        append_authorize_v2(new_payload(*s), token, to_string(info.status));
        with.publisher.publish(*s, event_type::authorization_requested);
    }
    std::string answer;
    append_token_info(answer, info, *s);
    if (with_certificate) answer += R"(,"certificateStatus":"CertChainError")";
    answer += '}';
    co_return call_answer::result(std::move(answer));
}

host_answer authorize(const answer_context& with, const inbound_call& call, std::string&) {
    const auto [token, certificate, hashes] =
        std::array{call.payload["idToken"], call.payload["certificate"], call.payload["iso15118CertificateHashData"]};
    host_answer a;
    a.what = host_answer::kind::later;
    const bool with_certificate = !certificate.string().empty() || hashes.size() > 0;  // some send empty ones
    a.later = authorize_later(with, call.from.shared_from_this(), read_id_token(token), with_certificate);
    return a;
}

// --------------------------------------------------------------------------------- answered once they are stored

host_answer security_event_notification(const answer_context& with, const inbound_call& call, std::string&) {
    append_security_event_v16(new_payload(call.from), call.payload);
    return store_first(with, call, event_type::security_event, occurred_at_v2(call.payload));
}

// ------------------------------------------------------------------------------------------------- the table

using answering = host_answer (*)(const answer_context&, const inbound_call&, std::string&);

constexpr std::pair<std::string_view, answering> by_name[] = {
    {"Authorize", authorize},
    {"BatterySwap", tell<nothing>},
    {"BootNotification", boot_notification},
    {"ClearedChargingLimit", tell<nothing>},
    {"ClosePeriodicEventStream", tell<nothing>},
    {"DataTransfer", answer_data_transfer},
    {"FirmwareStatusNotification", news<event_type::firmware_status_changed, append_firmware_v16, firmware>},
    {"Get15118EVCertificate", tell<no_certificate>},
    {"GetCertificateChainStatus", certificate_chain_status},
    {"GetCertificateStatus", tell<failed>},
    {"Heartbeat", answer_heartbeat},
    {"LogStatusNotification", news<event_type::diagnostics_status_changed, append_diagnostics_v16, diagnostics>},
    {"MeterValues", meter_values},
    {"NotifyChargingLimit", tell<nothing>},
    {"NotifyCustomerInformation", tell<nothing>},
    {"NotifyDERAlarm", tell<nothing>},
    {"NotifyDERStartStop", tell<nothing>},
    {"NotifyDisplayMessages", tell<nothing>},
    {"NotifyEVChargingNeeds", tell<rejected>},
    {"NotifyEVChargingSchedule", tell<accepted>},
    {"NotifyEvent", notify_event},
    {"NotifyMonitoringReport", report},
    {"NotifyPeriodicEventStream", tell<nothing>},
    {"NotifyPriorityCharging", tell<nothing>},
    {"NotifyReport", report},
    {"NotifySettlement", tell<nothing>},
    {"OpenPeriodicEventStream", tell<accepted>},
    {"PublishFirmwareStatusNotification", tell<nothing>},
    {"PullDynamicScheduleUpdate", tell<rejected>},
    {"ReportChargingProfiles", report},
    {"ReportDERControl", tell<nothing>},
    {"ReservationStatusUpdate", reservation_status_update},
    {"SecurityEventNotification", security_event_notification},
    {"SignCertificate", answer_sign_certificate},
    {"StatusNotification", status_notification},
    {"TransactionEvent", answer_transaction_event},
    {"VatNumberValidation", vat_number_validation},
};

constexpr std::size_t most_actions = 128;

std::array<answering, most_actions> make_table(ocpp::version v) {
    std::array<answering, most_actions> table{};
    for (const auto& [name, function] : by_name)
        if (const auto* action = ocpp::find_action(v, name)) table.at(action->index) = function;
    return table;
}

}  // namespace

host_answer answer_v2(const answer_context& with, const inbound_call& call, std::string& out) {
    static const std::array tables = {make_table(ocpp::version::v201), make_table(ocpp::version::v21)};
    const auto& table = tables[call.from.version() == ocpp::version::v21 ? 1 : 0];
    if (const answering function = table[call.action.index]) return function(with, call, out);
    return not_answered();
}

}  // namespace voltgate
