// Where commands come in, what sessions ask of them, and their outcome as an event.
#include "commands/command_dispatcher.hpp"
#include "events/event_id.hpp"
#include "session/outbound_calls.hpp"
#include "session/session.hpp"
#include "stations/device_model.hpp"
#include "stores/ports.hpp"
#include "text/fold_id.hpp"
#include "text/json_text.hpp"
#include "text/payload_mark.hpp"

#include <algorithm>
#include <utility>

namespace voltgate {

namespace {

bool well_formed(std::string_view charge_point_id, const command& c) {
    const auto first = c.payload.find_first_not_of(" \t\r\n");
    const bool is_object = first != std::string::npos && c.payload[first] == '{';
    return !charge_point_id.empty() && !c.action.empty() && is_object && c.timeout >= c.timeout.zero();
}

}  // namespace

asio::any_io_executor command_dispatcher::home() const {
    if (!running_) return {};
    return thread_.executor();
}

void command_dispatcher::start_command(command_operation::handler handler, std::string charge_point_id, command c,
                                       caller_patience p) {
    const bool acceptable = well_formed(charge_point_id, c);
    if (c.command_id.empty()) c.command_id = make_uuid(parts_.random);
    auto op = std::make_shared<command_operation>(std::move(handler), home(), std::move(charge_point_id), std::move(c),
                                                  next_ticket(), std::move(p));
    if (!acceptable) return op->complete(errc::invalid_command, {});
    if (!running_) return op->complete(errc::gateway_not_running, {});
    take(std::move(op));
}

void command_dispatcher::start_cancel(cancel_operation::handler handler, std::string command_id) {
    auto op = std::make_shared<cancel_operation>(std::move(handler), home(), std::move(command_id));
    if (!running_) return op->complete(errc::gateway_not_running);
    if (op->command_id.empty()) return op->complete({}, command_cancellation::unknown_command);
    cancel_command(std::move(op));
}

namespace {

constexpr std::size_t most_remote_stops = 16;

// The transaction that a 1.6 charge point is told to stop.
std::optional<std::int64_t> stops_transaction(session& s, const outbound_call& call) {
    if (s.version() != ocpp::version::v16 || call.command.action != "RemoteStopTransaction") return std::nullopt;
    auto& reader = s.thread().reader;
    if (!s.record || !reader.read(call.command.payload, nullptr)) return std::nullopt;
    return reader.root()["transactionId"].integer();
}

// The action that a trigger asks a charge point for whose boot is not accepted yet.
const ocpp::action_info* asked_for(session& s, const outbound_call& call) {
    const bool is_trigger = call.command.action == "TriggerMessage" || call.command.action == "ExtendedTriggerMessage";
    if (!is_trigger || !s.record || s.record->registration == boot_config::status::accepted) return nullptr;
    auto& reader = s.thread().reader;
    if (!reader.read(call.command.payload, nullptr)) return nullptr;
    const auto message = reader.root()["requestedMessage"].string();
    return ocpp::find_action(s.version(), message.starts_with("Sign") ? "SignCertificate" : message);
}

bool is_accepted(session& s, const command_result& result) {
    auto& reader = s.thread().reader;
    return result.outcome == outcome::result && reader.read(result.payload, nullptr) &&
           reader.root()["status"].raw() == "Accepted";
}

// It may send that until its boot is accepted (B02.FR.09), or until it refuses all that asked for it, for other EVSEs
// say. From the hand-over on: some send it before they answer.
void permit_triggered(session& s, const outbound_call& call) {
    constexpr std::size_t most = 64;
    auto& triggered = s.record->triggered;
    if (const auto* action = asked_for(s, call); action && triggered.size() < most) triggered.push_back(action->name);
}

void forget_refused_trigger(session& s, const outbound_call& call, const command_result& result) {
    const auto* action = asked_for(s, call);
    if (!action || result.outcome == outcome::unknown || is_accepted(s, result)) return;
    const auto found = std::ranges::find(s.record->triggered, action->name);
    if (found != s.record->triggered.end()) s.record->triggered.erase(found);
}

}  // namespace

bool command_dispatcher::may_be_sent_to(const session& s, const outbound_call& call) const {
    return !s.record || !s.record->withholds(call.action->name);
}

// 1.6 does not say whose stop it was: a stop without a reason is then remote.
void command_dispatcher::handed_over(session& s, const outbound_call& call) {
    permit_triggered(s, call);
    const auto id = stops_transaction(s, call);
    if (!id) return;
    auto& stops = s.record->remote_stops;
    if (stops.size() >= most_remote_stops) stops.erase(stops.begin());
    stops.push_back(*id);
}

void command_dispatcher::answered(session& s, const outbound_call& call, const command_result& result) {
    if (s.record) learn_from_answer(*s.record, parts_.variables_memory, s.thread().reader, call.command, result);
    forget_refused_trigger(s, call, result);
    const auto id = stops_transaction(s, call);
    if (!id || result.outcome == outcome::unknown) return;
    auto& stops = s.record->remote_stops;  // another one may have been accepted
    const auto refused = is_accepted(s, result) ? stops.end() : std::find(stops.begin(), stops.end(), *id);
    if (refused != stops.end()) stops.erase(refused);
}

std::string_view command_dispatcher::waits_for(std::string_view charge_point_id, std::string_view action) const {
    const auto where = parts_.stations.locate(charge_point_id);
    if (!where.live) return "connection";
    return where.record->withholds(action) ? "registration" : "turn";
}

void command_dispatcher::late_answer(session& s, const outbound_call& call, command_result result) {
    event e = response_event(s.thread(), s.charge_point_id(), &s, call.command, result, true);
    ledger().upgrade(call.command, result, std::move(e));
}

event command_dispatcher::response_event(session_thread& thread, std::string_view charge_point_id, const session* s,
                                         const command& c, const command_result& r, bool late) const {
    std::string payload = R"({"commandId":)";
    ocpp::append_json_string(payload, c.command_id);
    payload += R"(,"commandName":)";
    ocpp::append_json_string(payload, c.action);
    payload.append(R"(,"outcome":")").append(to_string(r.outcome));
    payload.append(R"(","reason":")").append(to_string(r.reason)).append(R"(","status":)");
    const bool has_status = r.outcome == outcome::result && thread.reader.read(r.payload, nullptr) &&
                            thread.reader.root()["status"].kind() == ocpp::value_kind::string;
    payload += has_status ? thread.reader.root()["status"].json() : "null";
    payload += R"(,"details":)";
    if (r.outcome == outcome::result) {
        payload += r.payload;
    } else if (r.outcome == outcome::call_error) {
        payload += R"({"errorCode":)";
        ocpp::append_json_string(payload, r.error_code);
        payload += R"(,"errorDescription":)";
        ocpp::append_json_string(payload, r.error_description);
        payload.append(R"(,"errorDetails":)").append(r.error_details.empty() ? "{}" : r.error_details) += '}';
    } else {
        ocpp::append_json_string(payload, r.detail);
        if (!r.payload.empty()) payload.append(R"(,"answer":)").append(r.payload);
    }
    if (!r.deviations.empty()) payload.append(R"(,"deviations":)").append(r.deviations);
    payload += late ? R"(,"late":true})" : "}";

    event e;
    e.type = event_type::command_response;
    e.timestamp = parts_.clock.utc();
    e.charge_point_id = s && s->record ? s->record->id() : charge_point_id;
    e.trace_id = c.trace_id;
    e.payload = std::move(payload);
    if (s) {
        e.epoch = s->epoch();
        e.ocpp_version = s->version();
    }
    const auto version = s ? s->version() : ocpp::version::v16;
    const auto* action = ocpp::find_action(version, c.action);
    if (!late) thread.shard.command(version, action ? action->index : metrics::other_action, r.outcome);
    thread.shard.event(e.type);
    return e;
}

}  // namespace voltgate
