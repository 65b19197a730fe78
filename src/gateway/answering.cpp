// Who answers a CALL: the host program's handler if there is one, else the gateway itself.
#include "gateway/answering.hpp"

#include "events/map_v16.hpp"
#include "events/map_v2.hpp"
#include "gateway/answers_v16.hpp"
#include "gateway/answers_v2.hpp"
#include "gateway/serial_number.hpp"
#include "gateway/signing_desk.hpp"
#include "ocpp/secrets.hpp"
#include "ocpp/timestamp.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>

namespace voltgate {

namespace {

host_answer answer_by_default(gateway_core& core, const inbound_call& call, std::string& out) {
    return call.from.version() == ocpp::version::v16 ? answer_v16(core, call, out) : answer_v2(core, call, out);
}

struct handler_run {
    handler_run(gateway_core& c, const inbound_call& call)
        : core(c),
          s(call.from.shared_from_this()),
          action(call.action),
          message_id(call.message_id),
          unusable(call.unusable),
          raw_text(call.raw_text) {
        if (call.salvaged) salvaged = *call.salvaged;
        context.charge_point_id = s->charge_point_id();
        context.epoch = s->epoch();
        context.ocpp_version = s->version();
        context.action = action.name;
        context.payload = call.payload_text;
        context.received = call.received;
    }
    gateway_core& core;
    std::shared_ptr<session> s;
    const ocpp::action_info& action;
    std::string message_id;
    bool unusable;
    std::optional<ocpp::salvaged_payload> salvaged;
    std::string raw_text;
    call_context context;
};

io_awaitable<call_answer> run_default(const handler_run& run) {
    if (!still_there(*run.s)) co_return call_answer::none();
    auto& reader = run.s->thread().reader;
    reader.read(run.context.payload, run.action.request);
    const inbound_call call{*run.s,
                            run.action,
                            run.message_id,
                            reader.root(),
                            run.context.payload,
                            run.context.received,
                            run.unusable,
                            run.salvaged ? &*run.salvaged : nullptr,
                            run.raw_text};
    std::string out;
    host_answer a = answer_by_default(run.core, call, out);
    switch (a.what) {
        case host_answer::kind::now: co_return call_answer::result(std::move(out));
        case host_answer::kind::later: co_return co_await std::move(a.later);
        case host_answer::kind::refused: break;
    }
    const auto code = ocpp::spelling(a.code.value_or(ocpp::rpc_error::internal_error), ocpp::version::v201);
    co_return call_answer::error(std::string(code), std::move(a.description));
}

io_awaitable<call_answer> run_handler(handler_run run, const call_handler& handler) {
    auto coroutine = handler(run.context);
    const asio::any_io_executor executor = run.s->thread().executor();
    auto [failure, answer] = co_await asio::co_spawn(executor, std::move(coroutine), as_result);
    if (failure) {
        run.core.log().error("a handler failed",
                             {{"action", run.action.name}, {"charge_point", run.context.charge_point_id}});
        std::rethrow_exception(failure);
    }
    if (answer.what() == call_answer::kind::use_default) co_return co_await run_default(run);
    co_return std::move(answer);
}

}  // namespace

std::string_view to_string(boot_config::status s) noexcept {
    switch (s) {
        case boot_config::status::accepted: return "Accepted";
        case boot_config::status::pending: return "Pending";
        case boot_config::status::rejected: return "Rejected";
    }
    return "Rejected";
}

message_mark mark_of_payload(const gateway_core& core, const inbound_call& call) {
    const auto text = call.salvaged ? call.raw_text : call.payload_text;
    return payload_mark(text, core.mark_key()) ^ call.action.index;
}

message_mark mark_with_id(const gateway_core& core, const inbound_call& call) {
    return mark_of_payload(core, call) ^ payload_mark(call.message_id) * 3;
}

std::string salvage_members(const inbound_call& call) {
    std::string members;
    if (!call.salvaged) return members;
    members = R"(,"salvaged":true,"missing":[)";
    for (const auto& name : call.salvaged->missing) {
        if (members.back() != '[') members += ',';
        ocpp::append_json_string(members, name);
    }
    members += R"(],"raw":)";
    ocpp::append_json_string(members, ocpp::raw_without_secrets(call.raw_text));
    return members;
}

void count_attentions(session& s, attention_set found) {
    for (const auto a : found.all()) {
        // What was salvaged was counted when it was read.
        if (a != attention::salvaged) s.count_deviation(rule_of(a), "a transaction needs attention");
    }
}

void count_news(session& s, const std::vector<transaction_news>& news) {
    for (const auto& one : news) s.thread().shard.event(one.type);
}

host_answer stored_first(gateway_core& core, io_awaitable<call_answer> later) {
    host_answer a;
    a.what = host_answer::kind::later;
    a.timeout = core.settings().events.commit_timeout;
    a.remember = true;
    a.later = std::move(later);
    return a;
}

void count_event(session& s, stored what, event_type type) {
    if (what == stored::fresh) s.thread().shard.event(type);
}

namespace {

io_awaitable<call_answer> store_later(gateway_core& core, std::shared_ptr<session> s, event e, message_mark mark,
                                      std::optional<reservation_news> news) {
    const auto type = e.type;
    const auto what = co_await core.events().store(std::move(e), mark, news);
    count_event(*s, what, type);
    if (what == stored::failed) co_return call_answer::none();
    co_return call_answer::result("{}");
}

}  // namespace

host_answer store_first(gateway_core& core, const inbound_call& call, event_type type,
                        std::optional<std::chrono::system_clock::time_point> occurred_at,
                        std::optional<reservation_news> news) {
    session& s = call.from;
    event& scratch = s.thread().scratch_event;
    core.fill_event(s, scratch, type, occurred_at);
    return stored_first(core, store_later(core, s.shared_from_this(), scratch, mark_with_id(core, call), news));
}

host_answer not_answered() {
    host_answer a;
    a.what = host_answer::kind::refused;
    a.code = ocpp::rpc_error::not_supported;
    a.description = "no handler answers this action";
    return a;
}

namespace {

// One that boots over and over takes nothing of the rate that all share.
bool was_accepted_lately(const gateway_core& core, const charge_point& record,
                         std::chrono::system_clock::time_point now) {
    const auto& limits = core.settings().limits;
    if (limits.boot_rate == 0 || !record.registered || record.registration != boot_config::status::accepted)
        return false;
    const auto before = record.boot();
    return before && before->at <= now && now - before->at < limits.boot_retry_interval;
}

}  // namespace

void note_left_open(gateway_core& core, session& s, std::optional<std::int64_t> place,
                    std::chrono::system_clock::time_point now) {
    if (!s.record->finds_left_open(place)) return;
    s.count_deviation(rule::left_open, "a transaction that is not stopped");
    core.transactions().leave_open(s.record->id(), place, now);
}

boot_config answer_boot(gateway_core& core, const inbound_call& call, boot_record record,
                        std::string_view other_serial_number, std::string& out) {
    session& s = call.from;
    const bool again = was_accepted_lately(core, *s.record, call.received);
    note_left_open(core, s, std::nullopt, call.received);
    record.at = call.received;
    const bool is_other = s.record->set_boot(record);
    if (is_other && !core.in_force()->models.empty()) s.use_settings(core.settings_of(s.charge_point_id()));
    note_other_serial_number(core, s, {record.serial_number, other_serial_number});
    boot_config boot = s.settings().boot;
    if (refuse_other_serial_number(core, s, {record.serial_number, other_serial_number})) {
        boot.registration = boot_config::status::rejected;
    } else if (!again) {
        boot = core.admit_boot(s.thread(), boot);
    }
    s.record->registration = boot.registration;
    s.record->registered = true;
    if (boot.registration == boot_config::status::accepted) {
        s.record->triggered.clear();
        core.commands_may_go(s.record->key());
    }
    core.changed(s.record);
    out.append(R"({"status":")").append(to_string(boot.registration)).append(R"(","currentTime":")");
    ocpp::append_timestamp(out, call.received, s.settings().timestamp_milliseconds);
    out.append(R"(","interval":)").append(std::to_string(boot.interval.count())) += '}';
    return boot;
}

host_answer answer_heartbeat(gateway_core&, const inbound_call& call, std::string& out) {
    out += R"({"currentTime":")";
    ocpp::append_timestamp(out, call.received, call.from.settings().timestamp_milliseconds);
    out += "\"}";
    return {};
}

host_answer answer_data_transfer(gateway_core& core, const inbound_call& call, std::string& out) {
    const auto& known = core.settings().data_transfer.accepted_vendors;
    std::string_view status = "UnknownVendorId";
    if (!known.empty()) {
        const std::string vendor = fold_id(call.payload["vendorId"].string());
        const auto is_vendor = [&vendor](const std::string& one) { return fold_id(one) == vendor; };
        if (std::ranges::any_of(known, is_vendor)) status = "Accepted";
    }
    out.append(R"({"status":")").append(status).append("\"}");
    append_data_transfer_v16(core.new_payload(call.from), call.payload, status);
    core.publish(call.from, event_type::data_transfer_received);
    return {};
}

namespace {

io_awaitable<call_answer> sign_later(gateway_core& core, kept_request request, certificate_request wanted) {
    auto decision = co_await core.signing().decide(request.s, std::move(wanted));
    // It took too long: the charge point was told nothing, and asks again.
    const auto cancellation = co_await asio::this_coro::cancellation_state;
    if (cancellation.cancelled() != asio::cancellation_type::none) co_return call_answer::none();
    const bool accepted = decision.accepted;
    if (still_there(*request.s)) {
        std::string& payload = core.new_payload(*request.s);
        const auto append = request.s->version() == ocpp::version::v16 ? append_certificate_requested_v16
                                                                       : append_certificate_requested_v2;
        append(payload, request.read(), accepted, decision.reason);
        core.publish(*request.s, event_type::certificate_requested);
        auto delivering = core.signing().deliver(request.s, decision);
        co_await std::move(delivering);
    }
    co_return call_answer::result(accepted ? R"({"status":"Accepted"})" : R"({"status":"Rejected"})");
}

}  // namespace

host_answer answer_sign_certificate(gateway_core& core, const inbound_call& call, std::string&) {
    certificate_request wanted;
    wanted.csr = call.payload["csr"].string();
    wanted.type = call.payload["certificateType"].string();
    wanted.request_id = call.payload["requestId"].integer();
    host_answer a;
    a.what = host_answer::kind::later;
    a.later = sign_later(core, kept_request(call), std::move(wanted));
    return a;
}

host_answer gateway_core::answer(const inbound_call& call, std::string& out) {
    if (const auto* handler = handlers_.find(call.action.name, call.from.version())) {
        host_answer a;
        a.what = host_answer::kind::later;
        a.remember = is_money(call.action);
        a.later = run_handler(handler_run(*this, call), *handler);
        return a;
    }
    return answer_by_default(*this, call, out);
}

}  // namespace voltgate
