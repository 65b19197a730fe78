#include "answers/answers.hpp"

#include "answers/answering.hpp"
#include "answers/answers_v16.hpp"
#include "answers/answers_v2.hpp"
#include "observe/log.hpp"
#include "ocpp/transaction_message.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <exception>
#include <iterator>
#include <utility>

namespace voltgate {

namespace {

host_answer answer_by_default(const answer_context& with, const inbound_call& call, std::string& out) {
    return call.from.version() == ocpp::version::v16 ? answer_v16(with, call, out) : answer_v2(with, call, out);
}

struct handler_run {
    handler_run(const answer_context& c, const inbound_call& call)
        : with(c),
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
    const answer_context& with;
    std::shared_ptr<session> s;
    const ocpp::action_info& action;
    std::string message_id;
    bool unusable;
    std::optional<ocpp::salvaged_payload> salvaged;
    std::string raw_text;
    call_context context;
};

io_awaitable<call_answer> run_default(const handler_run& run) {
    if (!may_publish(*run.s)) co_return call_answer::none();
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
    host_answer a = answer_by_default(run.with, call, out);
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
        run.with.log.error("a handler failed",
                           {{"action", run.action.name}, {"charge_point", run.context.charge_point_id}});
        std::rethrow_exception(failure);
    }
    if (answer.what() == call_answer::kind::use_default) co_return co_await run_default(run);
    co_return std::move(answer);
}

}  // namespace

host_answer answers::answer(const inbound_call& call, std::string& out) {
    if (const auto* handler = handlers_.find(call.action.name, call.from.version())) {
        host_answer a;
        a.what = host_answer::kind::later;
        a.remember = ocpp::is_transaction_message(call.action);
        a.later = run_handler(handler_run(with_, call), *handler);
        return a;
    }
    return answer_by_default(with_, call, out);
}

namespace {

// What 2.x charge points send because of a command that they are given before they are accepted: reports, and word of
// logs, firmware and certificates.
bool may_come_while_pending(std::string_view action) {
    constexpr std::string_view allowed[] = {"NotifyReport",
                                            "NotifyMonitoringReport",
                                            "NotifyCustomerInformation",
                                            "NotifyDisplayMessages",
                                            "NotifyEvent",
                                            "ReportChargingProfiles",
                                            "LogStatusNotification",
                                            "FirmwareStatusNotification",
                                            "PublishFirmwareStatusNotification",
                                            "SignCertificate",
                                            "SecurityEventNotification"};
    return std::find(std::begin(allowed), std::end(allowed), action) != std::end(allowed);
}

}  // namespace

// A 1.6 charge point that never booted on this gateway is taken as accepted: after a mere reconnect it does not boot.
std::optional<rule> answers::objection(const session& s, const ocpp::action_info& action) const {
    const charge_point& record = *s.record;
    if (record.registered && record.registration == boot_config::status::accepted) return std::nullopt;
    if (action.name == "BootNotification") return std::nullopt;
    if (record.registered && record.registration == boot_config::status::pending) {
        const bool is_triggered = std::ranges::find(record.triggered, action.name) != record.triggered.end();
        if (is_triggered || (s.version() != ocpp::version::v16 && may_come_while_pending(action.name))) {
            return std::nullopt;
        }
    }
    return record.registered ? rule::call_before_accepted : rule::missing_boot;
}

}  // namespace voltgate
