// The way of a command: from any thread to its charge point's session, and its outcome back to the caller.
#include "events/event_id.hpp"
#include "gateway/command_operation.hpp"
#include "gateway/core.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace voltgate {

std::string_view to_string(outcome o) noexcept {
    switch (o) {
        case outcome::result: return "result";
        case outcome::call_error: return "call_error";
        case outcome::not_sent: return "not_sent";
        case outcome::unknown: return "unknown";
    }
    return "?";
}

std::string_view to_string(reason r) noexcept {
    switch (r) {
        case reason::answered: return "answered";
        case reason::call_error: return "call_error";
        case reason::unknown_charge_point: return "unknown_charge_point";
        case reason::offline: return "offline";
        case reason::moved: return "moved";
        case reason::queue_full: return "queue_full";
        case reason::expired: return "expired";
        case reason::invalid_payload: return "invalid_payload";
        case reason::conflict: return "conflict";
        case reason::restarted: return "restarted";
        case reason::stopping: return "stopping";
        case reason::timeout: return "timeout";
        case reason::connection_lost: return "connection_lost";
        case reason::replaced: return "replaced";
        case reason::invalid_answer: return "invalid_answer";
        case reason::cancelled: return "cancelled";
    }
    return "?";
}

namespace {

bool well_formed(std::string_view charge_point_id, const command& c) {
    const auto first = c.payload.find_first_not_of(" \t\r\n");
    const bool is_object = first != std::string::npos && c.payload[first] == '{';
    return !charge_point_id.empty() && !c.action.empty() && is_object && c.timeout >= c.timeout.zero();
}

}  // namespace

void gateway_core::start_command(command_handler handler, std::string charge_point_id, command c) {
    const bool acceptable = well_formed(charge_point_id, c);
    if (c.command_id.empty()) append_uuid(c.command_id, make_event_id());
    auto op = std::make_shared<command_operation>(std::move(handler), home(), std::move(charge_point_id), std::move(c),
                                                  ++next_ticket_);
    if (!acceptable) return op->complete(errc::invalid_command, {});
    if (!running_) return op->complete(errc::gateway_not_running, {});
    dispatch_command(op);
}

void gateway_core::dispatch_command(const std::shared_ptr<command_operation>& op) {
    const auto where = registry_.locate(op->charge_point_id);
    io_thread& thread = where.live ? where.live->thread() : *threads_.front();
    // Whatever happens, it ends here, on the thread that counts it, while the session lives.
    auto finish = [self = shared_from_this(), op, &thread, s = where.live.get()](command_result r) {
        r.command_id = op->command.command_id;
        self->publish_response(thread, op->charge_point_id, s, op->command, r, false);
        op->complete({}, std::move(r));
    };
    if (!where.live || draining_) {
        command_result r(outcome::not_sent, reason::offline, "the charge point is not connected");
        if (!where.record) r = {outcome::not_sent, reason::unknown_charge_point, "no such charge point was ever seen"};
        if (draining_) r = {outcome::not_sent, reason::stopping, "the gateway is stopping"};
        asio::post(thread.context, [finish = std::move(finish), r = std::move(r), keep = where.live]() mutable {
            finish(std::move(r));
        });
        return;
    }
    const std::weak_ptr<session> weak = where.live;
    op->on_cancel([weak, &thread, ticket = op->ticket] {
        asio::post(thread.context, [weak, ticket] {
            if (auto s = weak.lock()) s->cancel(ticket);
        });
    });
    auto call = std::make_unique<outbound_call>();
    call->command = op->command;
    call->ticket = op->ticket;
    call->message_id = message_id_prefix_ + std::to_string(op->ticket);
    call->complete = std::move(finish);
    asio::post(thread.context, [s = where.live, call = std::move(call)]() mutable { s->submit(std::move(call)); });
}

void gateway_core::late_answer(session& s, const outbound_call& call, command_result result) {
    publish_response(s.thread(), s.charge_point_id(), &s, call.command, result, true);
}

void gateway_core::publish_response(io_thread& thread, std::string_view charge_point_id, const session* s,
                                    const command& c, const command_result& r, bool late) {
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
    }
    payload += late ? R"(,"late":true})" : "}";

    event e;
    e.type = event_type::command_response;
    e.timestamp = clock_->utc();
    e.charge_point_id = charge_point_id;
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
    stores_.events->record(e);
}

}  // namespace voltgate
