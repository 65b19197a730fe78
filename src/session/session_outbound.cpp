// The outbound half of a session: commands wait, go out one at a time, and meet their answers.
#include "ocpp/secrets.hpp"
#include "session/session_parts.hpp"

#include <voltgate/gateway.hpp>

#include <utility>

namespace voltgate {

session::outbound_side& session::outbound() {
    if (!outbound_) outbound_ = std::make_unique<outbound_side>(config_.outbound_queue);
    return *outbound_;
}

bool session::outbound_idle() const noexcept {
    return !outbound_->calls.in_flight() && outbound_->calls.waiting() == 0;
}

void session::submit(std::unique_ptr<outbound_call> call) {
    const auto fail = [&](reason why, std::string text) {
        command_result result(outcome::not_sent, why, std::move(text));
        result.command_id = call->command.command_id;
        std::exchange(call->waiter, nullptr)->has_ended(std::move(result));
    };
    if (left_) return fail(why_ == end_reason::replaced ? reason::moved : reason::offline, "the connection has ended");
    if (state_ != state::open) return fail(reason::stopping, "the connection is being closed");
    call->action = ocpp::find_action(version_, call->command.action);
    if (!call->action || call->action->sent_by == ocpp::direction::from_charge_point) {
        return fail(reason::invalid_payload,
                    std::string("OCPP ").append(to_string(version_)) + " has no command " + call->command.action);
    }
    auto& reader = thread_.reader;
    if (!reader.read(call->command.payload, call->action->request)) {
        return fail(reason::invalid_payload, "payload: " + std::string(reader.syntax_error()));
    }
    for (const auto& v : reader.violations()) {
        if (v.rule == rule::empty_string) continue;  // a configuration value may well be empty
        return fail(reason::invalid_payload, "payload" + v.pointer + ": " + v.expected + " expected, got " +
                                                 std::string(ocpp::to_string(v.kind)));
    }
    call->queued_until = call->command.expires_at ? std::chrono::steady_clock::time_point::max()
                                                  : thread_.io.clock.steady() + config_.queue_timeout;
    auto& side = outbound();
    if (!side.calls.push(std::move(call))) {
        return fail(reason::queue_full, "too many commands wait for this charge point");
    }
    flush();
    watch_calls();
}

void session::let_go(std::uint64_t ticket) {
    auto* const call = outbound_->calls.find_waiting(ticket);
    if (!call) return;
    call->ready = true;
    flush();
}

void session::refuse(std::uint64_t ticket, reason why, std::string text) {
    outbound_->calls.refuse(ticket, why, std::move(text));
    pass_turn_on();
}

void session::forget_waiter(std::uint64_t ticket) noexcept {
    if (!outbound_) return;
    outbound_->calls.forget_waiter(ticket);
    if (outbound_->turn != ticket) return;
    outbound_->due = deadline::at(thread_.io.clock.steady());  // the next one has its turn then
    watch(outbound_->due);
}

void session::cancel(std::uint64_t ticket) {
    if (!outbound_) return;
    outbound_->calls.cancel(ticket);
    pass_turn_on();
}

bool session::withdraw(std::uint64_t ticket, std::string why) {
    if (!outbound_) return true;
    const bool withdrawn = outbound_->calls.withdraw(ticket, std::move(why));
    pass_turn_on();
    return withdrawn;
}

// After calls have ended that were not sent.
void session::pass_turn_on() {
    flush();
    watch_calls();
}

frame_ptr session::next_call_frame() {
    auto& [calls, due, turn] = *outbound_;
    if (calls.waiting() == 0) return {};
    const auto withheld = [this](const outbound_call& call) { return !ports_.commands.may_be_sent_to(*this, call); };
    calls.refuse_if(withheld, reason::not_accepted, not_accepted_text);
    if (calls.in_flight()) return {};
    calls.expire(thread_.io.clock.steady(), thread_.io.clock.utc());
    if (!calls.find_waiting(turn)) turn = 0;
    const auto may_send = [this](outbound_call& call) { return may_go_out(call); };
    auto* call = calls.hand_over(thread_.io.clock.steady(), thread_.io.clock.utc(), config_.call_timeout, may_send);
    if (!call) return {};
    turn = 0;
    auto out = thread_.frames.lease();
    ocpp::append_call(out->text, call->message_id, call->command.action, call->command.payload);
    thread_.history.add(id_, thread_.io.clock.utc(), frame_direction::sent, verdict::ok,
                        ocpp::without_secrets(out->text));
    thread_.shard.sent(version_, metrics::message::call);
    ports_.commands.handed_over(*this, *call);
    look_for_room();
    watch_calls();
    return out;
}

// One at a time has its turn, and keeps it until it goes out or ends.
bool session::may_go_out(outbound_call& call) {
    auto& turn = outbound_->turn;
    if (turn == 0) {
        turn = call.ticket;
        call.waiter->has_turn();
    }
    return call.ready && turn == call.ticket;
}

void session::watch_calls() {
    const auto next = outbound_->calls.next_deadline(thread_.io.clock.steady(), thread_.io.clock.utc());
    outbound_->due = next ? deadline::at(*next) : deadline::never();
    watch(outbound_->due);
}

void session::expire_calls(std::chrono::steady_clock::time_point now) {
    outbound_->calls.expire(now, thread_.io.clock.utc());
    pass_turn_on();
}

void session::fail_outbound(end_reason why) {
    if (!outbound_) return;
    outbound_->due = deadline::never();
    outbound_->calls.fail_all(why == end_reason::replaced ? reason::replaced : reason::connection_lost,
                              why == end_reason::replaced   ? reason::moved
                              : why == end_reason::stopping ? reason::stopping
                                                            : reason::offline);
}

namespace {

/// What is wrong with a payload, as command_result::deviations has it.
std::string list_of(const std::vector<ocpp::violation>& violations) {
    std::string list;
    for (const auto& v : violations) {
        list.append(list.empty() ? R"([{"rule":")" : R"(,{"rule":")").append(to_string(v.rule));
        list += R"(","pointer":)";
        ocpp::append_json_string(list, v.pointer);
        list += R"(,"expected":)";
        ocpp::append_json_string(list, v.expected);
        list.append(R"(,"got":")").append(ocpp::to_string(v.kind)).append("\"}");
    }
    if (!list.empty()) list += ']';
    return list;
}

std::string text_of(const ocpp::violation& v) {
    std::string text = v.pointer;
    return text.append(": ").append(v.expected).append(" expected, got ").append(ocpp::to_string(v.kind));
}

/// Whether an answer says what became of the call. Empty: it does, or was not asked to. Else what is wrong with it.
std::string undecided(ocpp::value_view answer, const ocpp::schema& s) {
    if (answer.kind() != ocpp::value_kind::object) return "it is no object";
    const auto status = answer["status"];
    const bool says_so = status.kind() == ocpp::value_kind::string && !status.raw().empty();
    return says_so || !ocpp::requires_member(s, "status") ? std::string() : "it has no usable status";
}

/// A call whose answer has come. If that cannot be read to its end, whoever waits is told that it is unknown.
struct answered_call {
    explicit answered_call(std::unique_ptr<outbound_call> c) noexcept : call(std::move(c)) {}
    answered_call(const answered_call&) = delete;
    answered_call& operator=(const answered_call&) = delete;
    ~answered_call() {
        auto* const waiter = std::exchange(call->waiter, nullptr);
        if (!waiter) return;
        try {
            waiter->has_ended({outcome::unknown, reason::invalid_answer, "reading the answer failed; see the log"});
        } catch (...) {  // the first failure is told
            return;
        }
    }
    const std::unique_ptr<outbound_call> call;
};

}  // namespace

// Nobody would be told that an answer is refused, and the charge point has acted: whatever the levels of the rules, all
// that says what became of the call is handed on.
command_result session::read_result(const frame& f, const ocpp::frame_head& head, const ocpp::action_info& action,
                                    std::span<const std::string> secrets) {
    auto& reader = thread_.reader;
    const auto unusable = [&](ocpp::rpc_error code, const std::string& text) {
        remember_without_secrets(f, verdict::refused, secrets);
        if (version_ == ocpp::version::v21) {
            auto out = thread_.frames.lease();
            const auto spelt = ocpp::spelling(code, version_);
            ocpp::append_call_result_error(out->text, head.id, spelt, text);
            thread_.shard.call_error(metrics::direction::sent, spelt);
            thread_.history.add(id_, f.received, frame_direction::sent, verdict::refused, out->text);
            send(std::move(out));
        }
        return command_result(outcome::unknown, reason::invalid_answer, "the answer is not usable: " + text);
    };
    const bool is_frame = reader.read_frame(f.text, head.payload_offset, action.response);
    if (!is_frame) count_deviation(rule::invalid_json, reader.syntax_error());
    if (!reader.payload_whole()) {
        return unusable(ocpp::rpc_error::format_violation, std::string(reader.syntax_error()));
    }
    auto violations = reader.violations();
    for (const auto& v : violations) count_deviation(v.rule, text_of(v));
    if (!is_frame)
        violations.push_back({rule::invalid_json, ocpp::value_kind::array, {}, "the frame's end behind the payload"});
    command_result result(outcome::result, reason::answered);
    result.payload = ocpp::without_secrets(reader.payload(), secrets);
    result.deviations = list_of(violations);
    auto why = undecided(reader.root(), *action.response);
    if (why.empty() && reader.duplicate_names()) why = "a name stands in it twice";
    if (why.empty()) {
        remember_without_secrets(f, violations.empty() ? verdict::ok : verdict::deviating, secrets);
        return result;
    }
    auto unknown = unusable(
        violations.empty() ? ocpp::rpc_error::format_violation : ocpp::refusal_of(violations.front().rule), why);
    unknown.payload = std::move(result.payload);
    unknown.deviations = std::move(result.deviations);
    return unknown;
}

void session::on_answer(frame_ptr f, const ocpp::frame_head& head) {
    const auto match = outbound_ ? outbound_->calls.match(head.id) : answer_match::unknown;
    thread_.shard.received(version_, metrics::other_action);
    if (match == answer_match::unknown) {
        remember_without_secrets(*f, verdict::refused);
        return count_deviation(rule::unexpected_answer, "an answer that nobody waits for");
    }
    auto& calls = outbound_->calls;
    const answered_call answered(match == answer_match::in_flight ? calls.finish() : calls.finish_late(head.id));
    const auto& call = answered.call;
    const auto secrets = ocpp::secrets_in(call->command.payload);
    command_result result;
    if (head.type_number == 4) {
        remember_without_secrets(*f, verdict::ok, secrets);
        thread_.shard.call_error(metrics::direction::received, head.error_code);
        const auto known = ocpp::rpc_error_from_spelling(head.error_code);
        if (!known || ocpp::spelling(*known, version_) != head.error_code) {
            count_deviation(rule::foreign_error_code, "a CALLERROR code that this version does not have");
        }
        result = command_result(outcome::call_error, reason::call_error);
        result.error_code = ocpp::unescape(head.error_code);
        result.error_description = ocpp::without(ocpp::unescape(head.error_description), secrets);
        if (head.payload_offset && !thread_.reader.read_frame(f->text, head.payload_offset, nullptr)) {
            count_deviation(rule::invalid_json, thread_.reader.syntax_error());
        }
        if (head.payload_offset && thread_.reader.payload_whole()) {
            result.error_details = ocpp::without_secrets(thread_.reader.payload(), secrets);
        }
    } else if (head.fault != ocpp::frame_fault::none) {
        result = command_result(outcome::unknown, reason::invalid_answer, "the answer has no payload");
    } else {
        result = read_result(*f, head, *call->action, secrets);
    }
    result.command_id = call->command.command_id;
    thread_.shard.outbound_call(version_, call->action->index, result.outcome,
                                f->received_steady - calls.handed_over_at());
    ports_.commands.answered(*this, *call, result);
    if (auto* const waiter = std::exchange(call->waiter, nullptr)) {
        waiter->has_ended(std::move(result));
    } else if (result.outcome != outcome::unknown) {
        ports_.commands.late_answer(*this, *call, std::move(result));
    }
    flush();
    watch_calls();
}

}  // namespace voltgate
