// The inbound half of a session: frames in, answers out, in order and one at a time.
#include "ocpp/transaction_message.hpp"
#include "session/session_parts.hpp"
#include "text/payload_mark.hpp"

#include <voltgate/gateway.hpp>

#include <algorithm>
#include <utility>

namespace voltgate {

void session::on_message(frame_ptr f, bool is_text) {
    if (state_ != state::open) return;
    if (!is_text) {
        count_deviation(rule::binary_frame, "a binary message");
        if (level_of(rule::binary_frame) == level::strict) {
            return close(1003, "only text messages are understood", end_reason::protocol_error);
        }
    }
    const ocpp::frame_head head = ocpp::read_head(f->text, version_);
    if (head.fault != ocpp::frame_fault::none) return on_unreadable(std::move(f), head);
    switch (head.type) {
        case ocpp::message_type::call:
        case ocpp::message_type::send: return on_call(std::move(f), head);
        case ocpp::message_type::call_result:
        case ocpp::message_type::call_error: return on_answer(std::move(f), head);
        case ocpp::message_type::call_result_error:
            thread_.shard.call_error(metrics::direction::received, head.error_code);
            return remember_without_secrets(*f, verdict::ok);
    }
}

void session::note_bad_message() {
    if (++bad_messages_ <= config_.max_bad_messages) return;
    close(1002, "too many unreadable messages", end_reason::protocol_error);
}

void session::on_unreadable(frame_ptr f, const ocpp::frame_head& head) {
    using fault = ocpp::frame_fault;
    if (head.fault == fault::malformed && head.type_number == 2 && !head.action.empty()) {
        const auto* action = ocpp::find_action(version_, head.action);
        if (action && ocpp::is_transaction_message(*action)) return on_call_without_payload(std::move(f), head);
    }
    thread_.shard.received(version_, metrics::other_action);
    if (head.fault == fault::empty) {
        remember(*f, verdict::deviating);
        count_deviation(rule::empty_message, "an empty message");
        if (level_of(rule::empty_message) != level::strict) return;
    } else if (head.fault == fault::unknown_type) {
        remember_without_secrets(*f, verdict::deviating);
        count_deviation(rule::unknown_message_type, "a message type that this version does not know");
        // 1.6 and 2.1 ask to ignore it, 2.0.1 to answer it.
        if (version_ != ocpp::version::v201 || head.id.empty()) return;
        return refuse(*f, head, ocpp::rpc_error::message_type_not_supported, "unknown message type number");
    } else {
        remember_without_secrets(*f, verdict::unreadable);
        count_deviation(rule::invalid_json, "a message that is no OCPP-J frame");
    }
    note_bad_message();
    if (state_ != state::open) return;
    if (head.fault != fault::malformed) {
        if (level_of(rule::invalid_json) == level::lenient) return;
        auto out = thread_.frames.lease();
        const auto code = ocpp::spelling(ocpp::rpc_error::rpc_framework_error, version_);
        ocpp::append_call_error(out->text, "-1", false, code, "not an OCPP-J frame with a readable id");
        thread_.shard.call_error(metrics::direction::sent, code);
        return send(std::move(out));
    }
    // Answers are never answered, whatever is wrong with them; but the call they are for has its end.
    if (head.type_number == 2) {
        refuse(*f, head, ocpp::rpc_error::rpc_framework_error, "the frame is incomplete");
    } else if (head.type_number == 3 || head.type_number == 4) {
        on_answer(std::move(f), head);
    }
}

// A transaction message that ends right behind its action: one whose payload cannot be used.
void session::on_call_without_payload(frame_ptr f, const ocpp::frame_head& head) {
    const auto action_ends = static_cast<std::size_t>(head.action.data() - f->text.data()) + head.action.size();
    f->text.replace(action_ends, std::string::npos, "\",");
    const auto mended = ocpp::read_head(f->text, version_);
    on_call(std::move(f), mended);
}

void session::refuse(const frame& f, const ocpp::frame_head& head, ocpp::rpc_error code, std::string_view description) {
    const auto spelt = ocpp::spelling(code, version_);
    auto out = thread_.frames.lease();
    ocpp::append_call_error(out->text, head.id, head.numeric_id, spelt, description);
    thread_.shard.call_error(metrics::direction::sent, spelt);
    thread_.history.add(id_, f.received, frame_direction::sent, verdict::refused, out->text);
    send(std::move(out));
}

// ------------------------------------------------------------------------------------------------------ CALL, SEND

void session::on_call(frame_ptr f, const ocpp::frame_head& head) {
    if (!limits_.take(f->received_steady, head.action)) return on_call_too_many(std::move(f), head);
    if (!is_answering() && inbound_.empty()) return process_call(std::move(f), head);
    if (head.type == ocpp::message_type::call) {  // a SEND may come at any time
        count_deviation(rule::overlapping_calls, "a CALL before the previous one was answered");
    }
    const bool same_again = is_answering() && running_->head.id == head.id && running_->f->text == f->text;
    if (same_again) return;  // the answer under way is the answer to both
    enqueue(std::move(f));
}

// One that is not refused keeps its place among the others, and is answered as if it had come later.
void session::on_call_too_many(frame_ptr f, const ocpp::frame_head& head) {
    count_deviation(rule::too_many_calls, "more CALLs than the limits permit");
    const auto* action = ocpp::find_action(version_, head.action);
    // Refusing a transaction message makes chargers repeat it for ever.
    const bool waits =
        level_of(rule::too_many_calls) != level::strict || (action && ocpp::is_transaction_message(*action));
    thread_.shard.limited(waits ? metrics::limited_call::delayed : metrics::limited_call::refused);
    if (waits) {
        f->not_before = limits_.reserve(f->received_steady, head.action);
        return enqueue(std::move(f));
    }
    thread_.shard.received(version_, action ? action->index : metrics::other_action);
    remember_without_secrets(*f, verdict::refused);
    if (head.type != ocpp::message_type::call) return;
    refuse(*f, head, ocpp::refusal_of(rule::too_many_calls), "too many messages; send them more slowly");
}

void session::enqueue(frame_ptr f) {
    inbound_.push(std::move(f));
    if (!is_answering()) watch(deadline::at(inbound_.front()->not_before));
}

void session::continue_inbound() {
    while (state_ == state::open && !is_answering() && !inbound_.empty()) {
        const auto not_before = inbound_.front()->not_before;
        const bool too_early = not_before != decltype(not_before){} && thread_.io.clock.steady() < not_before;
        if (too_early) {
            watch(deadline::at(not_before));
            break;
        }
        auto f = inbound_.pop();
        const auto head = ocpp::read_head(f->text, version_);
        process_call(std::move(f), head);
    }
    look_for_room();
}

bool session::envelope_accepted(const ocpp::frame_head& head, const frame& f) {
    const auto accepted = [&](rule r, std::string_view text) {
        count_deviation(r, text);
        if (level_of(r) != level::strict) return true;
        if (head.type == ocpp::message_type::call) refuse(f, head, ocpp::refusal_of(r), text);
        return false;
    };
    if (head.numeric_id && !accepted(rule::numeric_message_id, "the message id is a number")) return false;
    if (head.id.size() > 36 && ocpp::id_length(head) > 36 &&
        !accepted(rule::long_message_id, "the message id has more than 36 characters")) {
        return false;
    }
    return true;
}

bool session::repeat_remembered(const ocpp::frame_head& head, const frame& f) {
    if (!remembered_ || remembered_->id != head.id) return false;
    count_deviation(rule::reused_message_id, "a message id that was used before");
    if (remembered_->payload_mark != payload_mark(std::string_view(f.text).substr(head.payload_offset))) return false;
    auto out = thread_.frames.lease();
    out->text = remembered_->answer;
    send(std::move(out));
    return true;
}

bool session::payload_accepted(const ocpp::frame_head& head, const frame& f, const ocpp::action_info& action,
                               accepted_payload& accepted) {
    auto& reader = thread_.reader;
    const bool readable = reader.read_frame(f.text, head.payload_offset, action.request);
    const bool ambiguous = reader.duplicate_names() && ocpp::is_transaction_message(action);
    if (readable && reader.violations().empty() && !reader.trailing_bytes() && !ambiguous) return true;
    if (readable && reader.trailing_bytes()) count_deviation(rule::trailing_bytes, "bytes after the message");

    for (const auto& v : reader.violations()) {
        std::string text = v.pointer;
        text.append(": ").append(v.expected).append(" expected, got ").append(ocpp::to_string(v.kind));
        count_deviation(v.rule, text);
    }
    if (!readable) {
        count_deviation(rule::invalid_json, reader.syntax_error());
        note_bad_message();
        if (state_ != state::open) return false;
        if (ocpp::is_transaction_message(action)) {
            return salvage_accepted(head, f, action, std::string(reader.syntax_error()), accepted);
        }
        if (head.type == ocpp::message_type::call) {
            refuse(f, head, ocpp::refusal_of(rule::invalid_json), reader.syntax_error());
        }
        return false;
    }
    if (ambiguous) return salvage_accepted(head, f, action, "a name stands there twice", accepted);
    const auto* refused = refused_violation();
    if (!refused) return true;
    if (ocpp::is_transaction_message(action)) {
        accepted.unusable = true;
        if (unusable_accepted()) return true;
    }
    if (head.type != ocpp::message_type::call) return false;
    // A payload that is no object at all is ill-formed; a member of the wrong type is a wrong type.
    const auto code = refused->pointer.empty() && refused->rule == rule::wrong_type ? ocpp::rpc_error::format_violation
                                                                                    : ocpp::refusal_of(refused->rule);
    refuse(f, head, code, refused->pointer + ": " + refused->expected + " expected");
    return false;
}

const ocpp::violation* session::refused_violation() const {
    const auto& all = thread_.reader.violations();
    const auto refused = std::find_if(all.begin(), all.end(),
                                      [this](const ocpp::violation& v) { return level_of(v.rule) == level::strict; });
    return refused == all.end() ? nullptr : &*refused;
}

// Refusing a transaction message makes chargers repeat it for ever.
bool session::unusable_accepted() {
    count_deviation(rule::unusable_transaction_message, "a transaction message that lacks what it needs");
    return level_of(rule::unusable_transaction_message) != level::strict;
}

// What counts of a transaction message is read in the place of the message.
bool session::salvage_accepted(const ocpp::frame_head& head, const frame& f, const ocpp::action_info& action,
                               const std::string& fault, accepted_payload& accepted) {
    constexpr std::size_t longest_text = 300;
    const auto& salvaged = accepted.salvaged.emplace(ocpp::salvage(f.text, head.payload_offset, action.request));
    accepted.unusable = true;
    std::string text = fault;
    for (const auto& name : salvaged.missing) {
        if (text.size() + name.size() > longest_text) break;
        text.append(&name == salvaged.missing.data() ? "; missing: " : ", ").append(name);
    }
    count_deviation(rule::salvaged_message, text);
    thread_.reader.read(salvaged.json, action.request);
    const bool usable = !refused_violation() || unusable_accepted();
    if (usable && level_of(rule::salvaged_message) != level::strict) return true;
    if (head.type == ocpp::message_type::call) refuse(f, head, ocpp::refusal_of(rule::salvaged_message), fault);
    return false;
}

bool session::registration_permits(const ocpp::frame_head& head, const frame& f, const ocpp::action_info& action) {
    const auto objection = ports_.answerer.objection(*this, action);
    if (!objection) return true;
    // 1.6 advises to refuse them, 2.x demands it.
    const bool demanded = version_ != ocpp::version::v16 && *objection == rule::call_before_accepted;
    const bool strict = level_of(*objection) == level::strict || (demanded && level_of(*objection) != level::lenient);
    const bool told = *objection == rule::missing_boot && std::exchange(missing_boot_counted_, true);
    if (!told) count_deviation(*objection, "a CALL of a charge point whose boot is not accepted");
    if (strict && head.type == ocpp::message_type::call) {
        refuse(f, head, ocpp::rpc_error::security_error, "the boot of this charge point is not accepted yet");
    }
    return !strict;
}

void session::process_call(frame_ptr f, const ocpp::frame_head& head) {
    const auto* action = ocpp::find_action(version_, head.action);
    const bool ours = action && action->sent_by != ocpp::direction::to_charge_point &&
                      action->is_send == (head.type == ocpp::message_type::send);
    thread_.shard.received(version_, ours ? action->index : metrics::other_action);
    if (!ours) {
        remember_without_secrets(*f, verdict::refused);
        if (head.type != ocpp::message_type::call) return;
        return action ? refuse(*f, head, ocpp::rpc_error::not_supported, "this action is not for charge points to call")
                      : refuse(*f, head, ocpp::rpc_error::not_implemented, "unknown action");
    }
    if (!envelope_accepted(head, *f)) return remember_without_secrets(*f, verdict::refused);
    if (repeat_remembered(head, *f)) return remember_without_secrets(*f, verdict::deviating);
    accepted_payload accepted;
    if (!payload_accepted(head, *f, *action, accepted)) return remember_without_secrets(*f, verdict::refused);
    if (!registration_permits(head, *f, *action)) return remember_without_secrets(*f, verdict::refused);
    bad_messages_ = 0;
    const auto* const salvaged = accepted.salvaged ? &*accepted.salvaged : nullptr;
    const auto found = thread_.reader.violations().empty() && !salvaged ? verdict::ok : verdict::deviating;
    // Reports hold values of variables, and a PIN is nobody else's business.
    if (salvaged || (version_ != ocpp::version::v16 && (action->name.starts_with("Notify") ||
                                                        thread_.reader.root()["idToken"]["type"].raw() == "KeyCode"))) {
        remember_without_secrets(*f, found);
    } else {
        remember(*f, found);
    }

    inbound_call call{*this,       *action,          head.id, thread_.reader.root(), thread_.reader.payload(),
                      f->received, accepted.unusable};
    if (salvaged) {
        call.salvaged = salvaged;
        call.raw_text = std::string_view(f->text).substr(head.payload_offset);
    }
    auto out = thread_.frames.lease();
    ocpp::begin_call_result(out->text, head);
    host_answer a = ports_.answerer.answer(call, out->text);
    if (state_ != state::open) return;
    switch (a.what) {
        case host_answer::kind::now:
            ocpp::end_call_result(out->text);
            return send_answer(*f, head, *action, std::move(out), a.remember);
        case host_answer::kind::refused:
            if (head.type != ocpp::message_type::call) return;
            return refuse(*f, head, a.code.value_or(ocpp::rpc_error::internal_error), a.description);
        case host_answer::kind::later: return answer_later(std::move(f), head, *action, std::move(a));
    }
}

void session::send_answer(const frame& f, const ocpp::frame_head& head, const ocpp::action_info& action, frame_ptr out,
                          bool keep) {
    const auto now = thread_.io.clock.steady();
    // What the limits made it wait is not the time it took.
    thread_.shard.processed(version_, action.index, now - std::max(f.received_steady, f.not_before));
    if (action.is_send) return;
    if (keep) {
        if (!remembered_) remembered_ = std::make_unique<remembered_answer>();
        remembered_->id = head.id;
        remembered_->payload_mark = payload_mark(std::string_view(f.text).substr(head.payload_offset));
        remembered_->answer = out->text;
    }
    thread_.history.add(id_, f.received, frame_direction::sent, verdict::ok, out->text);
    thread_.shard.sent(version_, metrics::message::call_result);
    send(std::move(out));
}

// ------------------------------------------------------------------------------------------------ answered later

void session::answer_later(frame_ptr f, const ocpp::frame_head& head, const ocpp::action_info& action,
                           host_answer&& a) {
    const bool starts = !running_;
    if (starts) running_ = std::make_shared<running_answer>();
    running_->f = std::move(f);
    running_->head = head;
    running_->action = &action;
    running_->answer = std::move(a.later);
    running_->remember = a.remember;
    running_->due = thread_.io.timers.after(a.timeout.count() > 0 ? std::min(a.timeout, config_.handler_timeout)
                                                                  : config_.handler_timeout);
    watch(running_->due);
    if (!starts) return;
    start_child(answer_calls(running_), running_->cancel.slot(), running_);
}

// As long as there is one whose answer must wait. One that is abandoned ends by itself, and others begin another.
io_awaitable<void> session::answer_calls(std::shared_ptr<running_answer> running) {
    while (running->f) {
        std::exception_ptr failure;
        call_answer answer;
        try {
            answer = co_await std::move(running->answer);
        } catch (...) {
            failure = std::current_exception();
        }
        if (running->abandoned || state_ != state::open) co_return;
        finish_later(*running, failure, answer);
        running->f = {};
        continue_inbound();
    }
    if (!running->abandoned) running_.reset();
}

bool session::is_answering() const noexcept { return running_ && running_->f; }

void session::abandon_running() {
    if (!is_answering()) return;
    const auto running = std::move(running_);
    running->abandoned = true;
    running->cancel.emit(asio::cancellation_type::terminal);
}

void session::finish_later(const running_answer& running, const std::exception_ptr& failure, const call_answer& a) {
    if (running.action->is_send) return;  // whatever came of it, nobody is told
    const auto& head = running.head;
    if (failure) {
        refuse(*running.f, head, ocpp::rpc_error::internal_error, "the handler failed");
    } else if (a.what() == call_answer::kind::none) {
        // The charge point sends it again.
    } else if (a.what() == call_answer::kind::error) {
        const auto code = ocpp::rpc_error_from_spelling(a.code());
        refuse(*running.f, head, code.value_or(ocpp::rpc_error::generic_error), a.description());
    } else {
        auto out = thread_.frames.lease();
        ocpp::append_call_result(out->text, head, a.payload());
        send_answer(*running.f, head, *running.action, std::move(out), running.remember);
    }
}

}  // namespace voltgate
