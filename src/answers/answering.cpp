#include "answers/answering.hpp"

#include "async/random_source.hpp"
#include "events/map_v16.hpp"
#include "events/map_v2.hpp"
#include "ocpp/secrets.hpp"
#include "stations/serial_number.hpp"
#include "text/fold_id.hpp"
#include "text/timestamp.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace voltgate {

message_mark mark_of_payload(const answer_context& with, const inbound_call& call) {
    const auto text = call.salvaged ? call.raw_text : call.payload_text;
    return payload_mark(text, with.stores.mark_key) ^ call.action.index;
}

message_mark mark_with_id(const answer_context& with, const inbound_call& call) {
    return mark_of_payload(with, call) ^ payload_mark(call.message_id) * 3;
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

void count_further_events(session& s, const std::vector<further_event>& news) {
    for (const auto& one : news) s.thread().shard.event(one.type);
}

host_answer stored_first(const answer_context& with, io_awaitable<call_answer> later) {
    host_answer a;
    a.what = host_answer::kind::later;
    a.timeout = with.settings.events.commit_timeout;
    a.remember = true;
    a.later = std::move(later);
    return a;
}

void count_event(session& s, stored what, event_type type) {
    if (what == stored::fresh) s.thread().shard.event(type);
}

namespace {

io_awaitable<call_answer> store_later(const answer_context& with, std::shared_ptr<session> s, event e,
                                      message_mark mark, std::optional<reservation_update> news) {
    const auto type = e.type;
    const auto what = co_await with.stores.events->store(std::move(e), mark, news);
    count_event(*s, what, type);
    if (what == stored::failed) co_return call_answer::none();
    co_return call_answer::result("{}");
}

}  // namespace

host_answer store_first(const answer_context& with, const inbound_call& call, event_type type,
                        std::optional<std::chrono::system_clock::time_point> occurred_at,
                        std::optional<reservation_update> news) {
    session& s = call.from;
    event& scratch = s.thread().scratch_event;
    with.publisher.fill(s, scratch, type, occurred_at);
    return stored_first(with, store_later(with, s.shared_from_this(), scratch, mark_with_id(with, call), news));
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
bool was_accepted_lately(const answer_context& with, const charge_point& record,
                         std::chrono::system_clock::time_point now) {
    const auto& limits = with.settings.limits;
    if (limits.boot_rate == 0 || !record.registered || record.registration != boot_config::status::accepted)
        return false;
    const auto before = record.boot();
    return before && before->at <= now && now - before->at < limits.boot_retry_interval;
}

}  // namespace

namespace {

// Unless too many come.
boot_config admit_boot(const answer_context& with, session& s, const boot_config& wanted) {
    const auto decided =
        with.boots.decide(wanted, with.clock.steady(), static_cast<std::uint32_t>(with.random.number()));
    if (decided.deferred) s.thread().shard.boot_deferred();
    return decided.answer;
}

}  // namespace

void note_left_open(const answer_context& with, session& s, std::optional<std::int64_t> place,
                    std::chrono::system_clock::time_point now) {
    if (!s.record->finds_left_open(place)) return;
    s.count_deviation(rule::left_open, "a transaction that is not stopped");
    with.stores.transactions->leave_open(s.record->id(), place, now);
}

boot_config answer_boot(const answer_context& with, const inbound_call& call, boot_record record,
                        std::string_view other_serial_number, std::string& out) {
    session& s = call.from;
    const bool again = was_accepted_lately(with, *s.record, call.received);
    note_left_open(with, s, std::nullopt, call.received);
    record.at = call.received;
    const bool is_other = s.record->set_boot(record);
    if (is_other && !with.settings_in_force.in_force()->models.empty())
        s.use_settings(with.settings_in_force.of(s.charge_point_id()));
    note_other_serial_number(with.log, s, {record.serial_number, other_serial_number});
    boot_config boot = s.settings().boot;
    if (refuse_other_serial_number(with.stations, with.settings.security, s,
                                   {record.serial_number, other_serial_number})) {
        boot.registration = boot_config::status::rejected;
    } else if (!again) {
        boot = admit_boot(with, s, boot);
    }
    s.record->registration = boot.registration;
    s.record->registered = true;
    if (boot.registration == boot_config::status::accepted) {
        s.record->triggered.clear();
        with.commands_may_go(s.record->key());
    }
    with.changed(s.record);
    out.append(R"({"status":")").append(to_string(boot.registration)).append(R"(","currentTime":")");
    ocpp::append_timestamp(out, call.received, s.settings().timestamp_milliseconds);
    out.append(R"(","interval":)").append(std::to_string(boot.interval.count())) += '}';
    return boot;
}

host_answer answer_heartbeat(const answer_context&, const inbound_call& call, std::string& out) {
    out += R"({"currentTime":")";
    ocpp::append_timestamp(out, call.received, call.from.settings().timestamp_milliseconds);
    out += "\"}";
    return {};
}

host_answer answer_data_transfer(const answer_context& with, const inbound_call& call, std::string& out) {
    const auto& known = with.settings.data_transfer.accepted_vendors;
    std::string_view status = "UnknownVendorId";
    if (!known.empty()) {
        const std::string vendor = fold_id(call.payload["vendorId"].string());
        const auto is_vendor = [&vendor](const std::string& one) { return fold_id(one) == vendor; };
        if (std::ranges::any_of(known, is_vendor)) status = "Accepted";
    }
    out.append(R"({"status":")").append(status).append("\"}");
    append_data_transfer_v16(new_payload(call.from), call.payload, status);
    with.publisher.publish(call.from, event_type::data_transfer_received);
    return {};
}

namespace {

io_awaitable<call_answer> sign_later(const answer_context& with, kept_request request, certificate_request wanted) {
    auto decision = co_await with.certificates.decide(request.s, std::move(wanted));
    // It took too long: the charge point was told nothing, and asks again.
    const auto cancellation = co_await asio::this_coro::cancellation_state;
    if (cancellation.cancelled() != asio::cancellation_type::none) co_return call_answer::none();
    const bool accepted = decision.accepted;
    if (may_publish(*request.s)) {
        std::string& payload = new_payload(*request.s);
        const auto append = request.s->version() == ocpp::version::v16 ? append_certificate_requested_v16
                                                                       : append_certificate_requested_v2;
        append(payload, request.read(), accepted, decision.reason);
        with.publisher.publish(*request.s, event_type::certificate_requested);
        auto delivering = with.certificates.deliver(request.s, decision);
        co_await std::move(delivering);
    }
    co_return call_answer::result(accepted ? R"({"status":"Accepted"})" : R"({"status":"Rejected"})");
}

}  // namespace

host_answer answer_sign_certificate(const answer_context& with, const inbound_call& call, std::string&) {
    certificate_request wanted;
    wanted.csr = call.payload["csr"].string();
    wanted.type = call.payload["certificateType"].string();
    wanted.request_id = call.payload["requestId"].integer();
    host_answer a;
    a.what = host_answer::kind::later;
    a.later = sign_later(with, kept_request(call), std::move(wanted));
    return a;
}

}  // namespace voltgate
