#include "answers/answers_v16.hpp"

#include "answers/answering.hpp"
#include "events/map_v16.hpp"
#include "events/meter_values_v16.hpp"
#include "events/payload_fields.hpp"
#include "text/timestamp.hpp"

#include <array>
#include <utility>

namespace voltgate {

namespace {

using ocpp::value_view;
using time_point = std::chrono::system_clock::time_point;

constexpr std::int64_t largest_transaction_id = 0x7FFF'FFFF;
constexpr std::size_t longest_id_token = 20;  // of 1.6; the list may hold longer ones
constexpr auto firmware = &maintenance_status::firmware_status;
constexpr auto diagnostics = &maintenance_status::diagnostics_status;

void append_id_tag_info(std::string& out, const id_tag_info& info, bool milliseconds) {
    out.append(R"({"status":")").append(to_string(info.status)).append("\"");
    if (info.expires) {
        out += R"(,"expiryDate":")";
        ocpp::append_timestamp(out, *info.expires, milliseconds);
        out += '"';
    }
    if (!info.parent.empty() && info.parent.size() <= longest_id_token) {
        out += R"(,"parentIdTag":)";
        ocpp::append_json_string(out, info.parent);
    }
    out += '}';
}

// ------------------------------------------------------------------------------------------- answered at once

host_answer boot_notification(const answer_context& with, const inbound_call& call, std::string& out) {
    session& s = call.from;
    boot_record record;
    record.vendor = call.payload["chargePointVendor"].string();
    record.model = call.payload["chargePointModel"].string();
    record.serial_number = call.payload["chargePointSerialNumber"].string();
    if (record.serial_number.empty()) record.serial_number = call.payload["chargeBoxSerialNumber"].string();
    record.firmware_version = call.payload["firmwareVersion"].string();
    record.iccid = call.payload["iccid"].string();
    record.imsi = call.payload["imsi"].string();
    record.meter_type = call.payload["meterType"].string();
    record.meter_serial_number = call.payload["meterSerialNumber"].string();
    const auto told = answer_boot(with, call, std::move(record), call.payload["chargeBoxSerialNumber"].string(), out);
    std::string& payload = new_payload(s);
    append_booted_v16(payload, call.payload, to_string(told.registration), told.interval.count());
    with.publisher.publish(s, event_type::charge_point_booted);
    return {};
}

host_answer status_notification(const answer_context& with, const inbound_call& call, std::string& out) {
    out += "{}";
    charge_point& record = *call.from.record;
    const auto connector = call.payload["connectorId"].integer();
    std::string& payload = new_payload(call.from);
    const std::string previous = connector ? record.status_of(*connector) : std::string();
    const auto reading = append_status_v16(payload, call.payload, previous);
    if (connector && reading.status == "Available") note_left_open(with, call.from, connector, call.received);
    if (connector) {
        record.set_status(*connector, reading.status, call.payload["errorCode"].raw(),
                          reading.occurred_at.value_or(call.received));
        with.changed(call.from.record);
    }
    with.publisher.publish(call.from, event_type::connector_status_changed, reading.occurred_at);
    return {};
}

template <event_type Type, void (*Append)(std::string&, value_view), std::string maintenance_status::* Member>
constexpr auto news = answer_news<Type, Append, Member, occurred_at_v16>;

// ------------------------------------------------------------------------------------------- answered by stores

bool is_possible(std::int64_t transaction_id) { return transaction_id > 0 && transaction_id <= largest_transaction_id; }

void count_unknown_transaction(session& s, std::optional<std::int64_t> id) {
    if (id && is_possible(*id)) {
        s.count_deviation(rule::unknown_transaction, "a transaction that is not running here");
    } else {
        s.count_deviation(rule::transaction_id_range, "a transaction id outside 1 to 2147483647");
    }
}

io_awaitable<call_answer> authorize_later(const answer_context& with, kept_request request,
                                          std::optional<std::string> id_tag) {
    const auto info = co_await with.stores.id_tags->find(request.s->record->key(), std::move(id_tag));
    if (may_publish(*request.s)) {
        std::string& payload = new_payload(*request.s);
        append_authorize_v16(payload, request.read(), to_string(info.status));
        with.publisher.publish(*request.s, event_type::authorization_requested);
    }
    std::string answer = R"({"idTagInfo":)";
    append_id_tag_info(answer, info, request.s->settings().timestamp_milliseconds);
    answer += '}';
    co_return call_answer::result(std::move(answer));
}

host_answer authorize(const answer_context& with, const inbound_call& call, std::string&) {
    host_answer a;
    a.what = host_answer::kind::later;
    a.later = authorize_later(with, kept_request(call), text_in(call.payload["idTag"]));
    return a;
}

// --------------------------------------------------------------------------------- answered once they are stored

void count_use(session& s, const metered_transaction& used, event_type type, std::int64_t id) {
    count_event(s, used.what, type);
    if (used.what == stored::fresh && !used.known) count_unknown_transaction(s, id);
}

io_awaitable<call_answer> use_later(const answer_context& with, std::shared_ptr<session> s,
                                    transaction_meter_values use, event e) {
    const auto type = e.type;
    const auto id = use.transaction_id;
    const auto used = co_await with.stores.transactions->note_meter_values(std::move(use), std::move(e));
    count_use(*s, used, type, id);
    if (used.what == stored::failed) co_return call_answer::none();
    co_return call_answer::result("{}");
}

// Of no transaction that there can be.
host_answer meter_values_at_once(const answer_context& with, const inbound_call& call,
                                 const meter_values_reading& reading, std::optional<std::int64_t> id,
                                 std::string& out) {
    session& s = call.from;
    out += "{}";
    if (id) {
        count_unknown_transaction(s, id);
        add_members(s.thread().scratch_event.payload, R"(,"known":false)");
    }
    with.publisher.publish(s, reading.type, reading.occurred_at);
    host_answer a;
    a.remember = reading.transaction_id.has_value();
    return a;
}

host_answer meter_values(const answer_context& with, const inbound_call& call, std::string& out) {
    session& s = call.from;
    event& scratch = s.thread().scratch_event;
    const auto reading = append_meter_values_v16(new_payload(s), call.payload);
    if (call.salvaged) add_members(scratch.payload, salvage_members(call));
    const auto id = call.payload["transactionId"].integer();
    // A reading that is lost because its JSON is broken is energy that is not billed.
    if (call.salvaged && !(id && is_possible(*id))) {
        return store_first(with, call, reading.type, reading.occurred_at);
    }
    if (!id || !is_possible(*id)) return meter_values_at_once(with, call, reading, id, out);
    with.publisher.fill(s, scratch, reading.type, reading.occurred_at);
    transaction_meter_values use;
    use.transaction_id = *id;
    use.mark = mark_of_payload(with, call);
    use.occurred_at = reading.occurred_at;
    use.salvaged = call.salvaged != nullptr;
    if (reading.register_sample) use.reading_wh = wh_of_v16(reading.register_sample);
    use.reading_at = reading.register_time;
    if (const auto used = with.stores.transactions->note_meter_values_at_once(use, scratch)) {
        count_use(s, *used, reading.type, *id);
        out += "{}";
        host_answer a;
        a.remember = true;
        return a;
    }
    // With room for what the store adds.
    event e;
    e.payload.reserve(scratch.payload.size() + members_of(metered_transaction()).size() + 32);
    e = scratch;
    return stored_first(with, use_later(with, s.shared_from_this(), std::move(use), std::move(e)));
}

host_answer security_event_notification(const answer_context& with, const inbound_call& call, std::string&) {
    append_security_event_v16(new_payload(call.from), call.payload);
    return store_first(with, call, event_type::security_event, occurred_at_v16(call.payload));
}

// The rest of a payload that a store's decision completes; on whatever thread that decides.
template <class Decision, class Append>
event_builder<Decision> completed_by(std::string request, Append append) {
    return [request = std::move(request), append](event& e, const Decision& decision) {
        thread_local ocpp::payload_reader reader;
        reader.read(request, nullptr);
        e.payload.clear();
        append(e.payload, reader.root(), decision);
    };
}

message_times times_of(const inbound_call& call) {
    message_times times;
    times.text = call.payload["timestamp"].string();
    times.occurred_at = occurred_at_v16(call.payload);
    times.received = call.received;
    return times;
}

std::optional<exact_decimal> reading_in(value_view v) {
    const auto kind = v.kind();
    const bool has_text =
        kind == ocpp::value_kind::string || kind == ocpp::value_kind::integer || kind == ocpp::value_kind::number;
    return has_text ? exact_decimal::read(v.raw()) : std::nullopt;
}

io_awaitable<call_answer> start_later(const answer_context& with, kept_request request, transaction_start start,
                                      std::optional<std::string> id_tag, event e, std::string salvage) {
    auto info = co_await with.stores.id_tags->find(start.charge_point_id, std::move(id_tag));
    start.tag_status = info.status;
    const auto connector = start.connector_id;
    const auto append = [salvage = std::move(salvage), received = request.received](
                            std::string& payload, value_view message, const started_transaction& started) {
        const auto id = std::to_string(started.id);
        std::string duplicate;
        if (started.possible_duplicate_of) duplicate = std::to_string(*started.possible_duplicate_of);
        start_facts facts;
        facts.transaction_id = id;
        facts.id_tag_status = to_string(started.tag_status);
        facts.received = received;
        facts.clock = to_string(started.clock);
        facts.reservation_id = started.reservation_id;
        facts.possible_duplicate_of = duplicate;
        append_started_v16(payload, message, facts);
        add_members(payload, salvage);
    };
    auto complete = completed_by<started_transaction>(std::move(request.text), append);
    const auto started = co_await with.stores.transactions->start(std::move(start), std::move(e), std::move(complete));
    count_event(*request.s, started.what, event_type::transaction_started);
    count_further_events(*request.s, started.further_events);
    if (started.what == stored::failed) co_return call_answer::none();
    count_attentions(*request.s, started.attentions);
    if (started.what == stored::fresh && connector) request.s->record->transaction_began(*connector);
    info.status = started.tag_status;
    // An id is given with every status: the charge point may go on charging.
    std::string answer = R"({"idTagInfo":)";
    append_id_tag_info(answer, info, request.s->settings().timestamp_milliseconds);
    answer.append(R"(,"transactionId":)").append(std::to_string(started.id)) += '}';
    co_return call_answer::result(std::move(answer));
}

host_answer start_transaction(const answer_context& with, const inbound_call& call, std::string&) {
    transaction_start start;
    start.charge_point_id = call.from.record->id();
    start.connector_id = call.payload["connectorId"].integer();
    start.meter_start_wh = reading_in(call.payload["meterStart"]);
    start.reservation_id = call.payload["reservationId"].integer();
    if (start.reservation_id && *start.reservation_id < 1) start.reservation_id.reset();  // how charge points say none
    auto id_tag = text_in(call.payload["idTag"]);
    start.id_tag = id_tag.value_or("");
    start.times = times_of(call);
    start.salvaged = call.salvaged != nullptr;
    start.request_bytes = call.payload_text.size();
    event e;
    with.publisher.fill(call.from, e, event_type::transaction_started, start.times.occurred_at);
    const auto right_at = call.from.record->clock_right_at.load();
    if (right_at != time_point()) start.clock_right_at = right_at;
    return stored_first(with, start_later(with, kept_request(call), std::move(start), std::move(id_tag), std::move(e),
                                          salvage_members(call)));
}

// Whether the gateway itself told the charge point to stop it.
bool take_remote_stop(session& s, std::optional<std::int64_t> transaction_id) {
    return transaction_id && std::erase(s.record->remote_stops, *transaction_id) > 0;
}

io_awaitable<call_answer> stop_later(const answer_context& with, kept_request request, transaction_stop stop,
                                     std::optional<std::string> id_tag, event e, std::string salvage) {
    const std::string charge_point_id = stop.charge_point_id;
    const auto id = stop.transaction_id;
    const bool is_remote = stop.reason == "Remote";
    const auto append = [salvage = std::move(salvage), is_remote, received = request.received](
                            std::string& payload, value_view message, const stopped_transaction& stopped) {
        std::string matched_id;
        if (stopped.matched) matched_id = std::to_string(stopped.id);
        stop_facts facts;
        facts.known = stopped.known;
        facts.conflict = stopped.conflict;
        facts.matched_id = matched_id;
        facts.salvaged = !salvage.empty();
        if (is_remote) facts.reason = "Remote";
        facts.connector = stopped.connector_id;
        facts.start_received = stopped.start_received;
        facts.received = received;
        facts.clock = to_string(stopped.clock);
        facts.energy_wh = stopped.energy.wh;
        facts.energy_source = stopped.energy.source;
        append_stopped_v16(payload, message, facts);
        add_members(payload, salvage);
    };
    auto complete = completed_by<stopped_transaction>(std::move(request.text), append);
    const auto stopped = co_await with.stores.transactions->stop(std::move(stop), std::move(e), std::move(complete));
    count_event(*request.s, stopped.what, event_type::transaction_stopped);
    count_further_events(*request.s, stopped.further_events);
    if (stopped.what == stored::failed) {
        constexpr std::size_t most = 16;
        auto& stops = request.s->record->remote_stops;
        if (is_remote && id && stops.size() < most) stops.push_back(*id);  // it comes again
        co_return call_answer::none();
    }
    count_attentions(*request.s, stopped.attentions);
    if (stopped.what == stored::fresh && !stopped.known && !stopped.conflict) count_unknown_transaction(*request.s, id);
    if (stopped.was_open && stopped.connector_id) request.s->record->transaction_ended(*stopped.connector_id);
    if (!id_tag) co_return call_answer::result("{}");
    const auto info = co_await with.stores.id_tags->find(charge_point_id, std::move(id_tag));
    std::string answer = R"({"idTagInfo":)";
    append_id_tag_info(answer, info, request.s->settings().timestamp_milliseconds);
    answer += '}';
    co_return call_answer::result(std::move(answer));
}

host_answer stop_transaction(const answer_context& with, const inbound_call& call, std::string&) {
    transaction_stop stop;
    stop.charge_point_id = call.from.record->id();
    stop.transaction_id = call.payload["transactionId"].integer();
    stop.meter_stop_wh = reading_in(call.payload["meterStop"]);
    stop.reason = call.payload["reason"].string();
    auto id_tag = text_in(call.payload["idTag"]);
    stop.id_tag = id_tag.value_or("");
    stop.times = times_of(call);
    stop.mark = mark_of_payload(with, call);
    stop.mark_with_id = mark_with_id(with, call);
    stop.salvaged = call.salvaged != nullptr;
    stop.may_match_by_tag = call.from.settings().transactions.match_stops_without_id;
    stop.request_bytes = call.payload_text.size();
    // What cannot be read may have said another reason.
    const bool is_whole = !call.salvaged || call.salvaged->whole;
    const bool is_remote = is_whole && take_remote_stop(call.from, stop.transaction_id);
    if (is_remote && stop.reason.empty()) stop.reason = "Remote";
    event e;
    with.publisher.fill(call.from, e, event_type::transaction_stopped, stop.times.occurred_at);
    return stored_first(with, stop_later(with, kept_request(call), std::move(stop), std::move(id_tag), std::move(e),
                                         salvage_members(call)));
}

// ------------------------------------------------------------------------------------------------- the table

using answering = host_answer (*)(const answer_context&, const inbound_call&, std::string&);

constexpr std::pair<std::string_view, answering> by_name[] = {
    {"Authorize", authorize},
    {"BootNotification", boot_notification},
    {"DataTransfer", answer_data_transfer},
    {"DiagnosticsStatusNotification",
     news<event_type::diagnostics_status_changed, append_diagnostics_v16, diagnostics>},
    {"FirmwareStatusNotification", news<event_type::firmware_status_changed, append_firmware_v16, firmware>},
    {"Heartbeat", answer_heartbeat},
    {"LogStatusNotification", news<event_type::diagnostics_status_changed, append_diagnostics_v16, diagnostics>},
    {"MeterValues", meter_values},
    {"SecurityEventNotification", security_event_notification},
    {"SignCertificate", answer_sign_certificate},
    {"SignedFirmwareStatusNotification", news<event_type::firmware_status_changed, append_firmware_v16, firmware>},
    {"StartTransaction", start_transaction},
    {"StatusNotification", status_notification},
    {"StopTransaction", stop_transaction},
};

constexpr std::size_t most_actions = 64;

std::array<answering, most_actions> make_table() {
    std::array<answering, most_actions> table{};
    for (const auto& [name, function] : by_name) {
        table.at(ocpp::find_action(ocpp::version::v16, name)->index) = function;
    }
    return table;
}

}  // namespace

host_answer answer_v16(const answer_context& with, const inbound_call& call, std::string& out) {
    static const auto table = make_table();
    if (const answering function = table[call.action.index]) return function(with, call, out);
    return not_answered();
}

}  // namespace voltgate
