#include "gateway/command_desk.hpp"

#include "gateway/core.hpp"
#include "gateway/device_model.hpp"
#include "gateway/signing_desk.hpp"
#include "gateway/spawn.hpp"
#include "ocpp/secrets.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <utility>

namespace voltgate {

namespace {

// Commands expire by the wall clock, which may be set: it is looked at this often.
constexpr std::chrono::seconds longest_sleep(1);

constexpr std::string_view certificate_signed = "CertificateSigned";
constexpr const char* cancelled_text = "cancelled before it was sent";
constexpr const char* superseded_text = "the charge point has asked for a newer certificate";
constexpr char expired_waiting[] = "expired before the charge point was there and its boot accepted";

command_result not_sent(reason why, std::string text) { return {outcome::not_sent, why, std::move(text)}; }

command_result goes_on_later() {
    return {outcome::unknown, reason::stopping,
            "the gateway is stopping; it goes on with this command after a restart"};
}

}  // namespace

command_desk::command_desk(gateway_core& core) : core_(core), thread_(*core.threads().front()) {}

// ------------------------------------------------------------------------------------------------------- coming in

void command_desk::take(std::shared_ptr<command_operation> op) {
    const std::weak_ptr<command_operation> weak = op;
    op->on_cancel([this, weak] {
        if (const auto cancelled = weak.lock()) cancelled->cancelled = true;
        asio::post(thread_.context, [this, weak] {
            if (const auto cancelled = weak.lock()) cancel(cancelled);
        });
    });
    asio::post(thread_.context, [this, op = std::move(op)]() mutable { enter(std::move(op)); });
}

void command_desk::enter(std::shared_ptr<command_operation> op) {
    const auto found = open_.find(op->command.command_id);
    if (found != open_.end()) {
        join(*found->second, op);
    } else {
        auto c = std::make_shared<open_command>();
        c->record.charge_point_id = op->charge_point_id;
        c->record.command = op->command;
        c->record.fingerprint = fingerprint_of(op->charge_point_id, op->command);
        c->record.created_at = c->record.updated_at = core_.clock().utc();
        c->key = fold_id(op->charge_point_id);
        c->ticket = op->ticket;
        c->callers.push_back(op);
        keep(c);
        spawn(thread_.context, core_.log(), "a command's beginning", open(std::move(c)));
    }
    if (op->cancelled) cancel(op);
}

void command_desk::keep(command_ptr c) {
    if (c->record.command.action == certificate_signed) certificates_.emplace(c->key, c);
    const auto& id = c->record.command.command_id;
    open_.emplace(id, std::move(c));
}

void command_desk::join(open_command& c, std::shared_ptr<command_operation> op) {
    if (c.record.fingerprint != fingerprint_of(op->charge_point_id, op->command)) {
        return op->complete({}, not_sent(reason::conflict, "this commandId stands for another command"));
    }
    c.callers.push_back(std::move(op));
    if (c.where == open_command::place::waiting) tell_accepted(c, caller_patience::until::waiting);
    if (c.where == open_command::place::session) tell_accepted(c, caller_patience::until::taken);
}

void command_desk::cancel(const std::shared_ptr<command_operation>& op) {
    const auto found = open_.find(op->command.command_id);
    if (found == open_.end()) return;
    const command_ptr c = found->second;
    const auto caller = std::find(c->callers.begin(), c->callers.end(), op);
    if (caller == c->callers.end()) return;
    if (c->callers.size() > 1 || c->accepted) {
        op->complete({}, {outcome::unknown, reason::cancelled, "cancelled by this caller; the command goes on"});
        c->callers.erase(caller);
        return;
    }
    c->given_up = true;
    if (c->where == open_command::place::waiting) {
        end_waiting(c);
        conclude(thread_, c, nullptr, not_sent(reason::cancelled, cancelled_text));
    } else if (const auto s = c->at.lock()) {
        asio::post(s->thread().context, [s, ticket = c->ticket] { s->cancel(ticket); });
    }
}

void command_desk::cancel_command(std::shared_ptr<cancel_operation> op) {
    asio::post(thread_.context, [this, op = std::move(op)] { withdraw(op); });
}

void command_desk::withdraw(const std::shared_ptr<cancel_operation>& op) {
    const auto found = open_.find(op->command_id);
    if (found == open_.end()) return spawn(thread_.context, core_.log(), "a command's cancellation", look_up(op));
    found->second->cancellers.push_back(op);
    withdraw(found->second, cancelled_text, op);
}

// What its session does not know has its outcome already, or is on the way there or back.
void command_desk::withdraw(command_ptr c, const char* why, std::shared_ptr<cancel_operation> asked) {
    c->given_up = true;
    if (c->where == open_command::place::waiting) {
        end_waiting(c);
        conclude(thread_, c, nullptr, not_sent(reason::cancelled, why));
    } else if (const auto s = c->at.lock()) {
        asio::post(s->thread().context, [s, ticket = c->ticket, why, asked = std::move(asked)] {
            if (!s->withdraw(ticket, why) && asked) asked->complete({}, command_cancellation::in_flight);
        });
    }
}

io_awaitable<void> command_desk::look_up(std::shared_ptr<cancel_operation> op) {
    command_query query;
    query.command_id = op->command_id;
    const auto page = co_await core_.command_ledger().find(std::move(query));
    if (!page.error.empty()) co_return op->complete(errc::journal_unusable);
    if (page.items.empty()) co_return op->complete({}, command_cancellation::unknown_command);
    const bool done = page.items.front().state == command_state::done;
    op->complete({}, done ? command_cancellation::done : command_cancellation::in_flight);
}

io_awaitable<void> command_desk::open(command_ptr c) {
    using found = opened_command::verdict;
    command_record kept = c->record;
    kept.command.payload = ocpp::without_secrets(kept.command.payload);
    const opened_command opened = co_await core_.command_ledger().open(std::move(kept));
    switch (opened.what) {
        case found::fresh: route(c); break;
        case found::done: settle(c, opened.result); break;
        case found::going_on: settle(c, goes_on_later()); break;
        case found::conflict: settle(c, not_sent(reason::conflict, "this commandId stands for another command")); break;
        case found::failed:
            c->kept = opened.may_be_kept;
            conclude(thread_, c, nullptr, not_sent(reason::store_unavailable, "the journal could not note it in time"));
            break;
    }
}

void command_desk::resume() {
    const auto now = core_.clock().utc();
    for (auto& record : core_.command_ledger().left_over()) {
        auto c = std::make_shared<open_command>();
        c->record = std::move(record);
        c->key = fold_id(c->record.charge_point_id);
        c->ticket = core_.next_ticket();
        c->accepted = c->admitted = true;
        keep(c);
        const auto expires_at = c->record.command.expires_at;
        if (c->record.state == command_state::dispatching) {
            conclude(thread_, c, nullptr,
                     {outcome::unknown, reason::connection_lost,
                      "the gateway was restarted before the answer came; the charge point may have acted"});
        } else if (fingerprint_of(c->record.charge_point_id, c->record.command) != c->record.fingerprint) {
            conclude(thread_, c, nullptr,
                     not_sent(reason::restarted,
                              "the gateway was restarted before it was sent; it holds a password, "
                              "which is not kept: give it again"));
        } else if (!expires_at) {
            conclude(thread_, c, nullptr, not_sent(reason::restarted, "the gateway was restarted before it was sent"));
        } else if (*expires_at <= now) {
            conclude(thread_, c, nullptr, not_sent(reason::expired, "expired while the gateway was down"));
        } else {
            ++waiting_count_;
            let_wait(c, reason::offline);
        }
    }
}

// ---------------------------------------------------------------------------------------------- where it goes next

void command_desk::route(const command_ptr& c) {
    if (c->given_up) return conclude(thread_, c, nullptr, not_sent(reason::cancelled, cancelled_text));
    if (stopped_ || core_.draining()) return stop_waiting(c);
    // Counted before the look into the registry: a session that enters meanwhile sees that somebody may wait for it.
    ++waiting_count_;
    const auto where = core_.registry().locate(c->key);
    if (!where.record) return let_wait(c, reason::unknown_charge_point);
    // The session that gave it back has ended, though the registry need not know yet; the next one will ask.
    if (!where.live || where.live == c->at.lock()) return let_wait(c, reason::offline);
    if (where.record->withholds(c->record.command.action)) return let_wait(c, reason::not_accepted);
    --waiting_count_;
    hand_to(where.live, c);
}

void command_desk::hand_to(const std::shared_ptr<session>& s, const command_ptr& c) {
    c->where = open_command::place::session;
    c->at = s;
    tell_accepted(*c, caller_patience::until::taken);
    auto call = std::make_unique<outbound_call>();
    call->command = c->record.command;
    call->ticket = c->ticket;
    call->admitted = std::exchange(c->admitted, true);
    call->message_id = core_.message_id(c->ticket);
    call->complete = [this, c, at = s.get()](command_result r) { ended_at_session(*at, c, std::move(r)); };
    call->note = [this, c] {
        c->dispatch_begun = true;
        return core_.command_ledger().dispatching(c->record.command.command_id);
    };
    asio::post(s->thread().context, [s, call = std::move(call)]() mutable { s->submit(std::move(call)); });
}

// `why`: it cannot be sent now.
void command_desk::let_wait(const command_ptr& c, reason why) {
    const auto refuse = [&](reason r, std::string text) {
        --waiting_count_;
        conclude(thread_, c, nullptr, not_sent(r, std::move(text)));
    };
    const auto expires_at = c->record.command.expires_at;
    if (why == reason::unknown_charge_point) return refuse(why, "no such charge point was ever seen");
    if (!expires_at && why == reason::not_accepted) {
        return refuse(why, not_accepted_text);
    }
    if (!expires_at) return refuse(why, "the charge point is not connected");
    if (*expires_at <= core_.clock().utc()) return refuse(reason::expired, expired_waiting);
    const auto found = waiting_.find(c->key);
    const std::size_t before = found == waiting_.end() ? 0 : found->second.size();
    if (!std::exchange(c->admitted, true) && (before >= core_.settings().session.outbound_queue ||
                                              waiting_count_ > core_.settings().limits.waiting_commands)) {
        return refuse(reason::queue_full, before > 0 ? "too many commands wait for this charge point"
                                                     : "too many commands wait for charge points");
    }
    c->where = open_command::place::waiting;
    c->at.reset();
    waiting_[c->key].emplace(c->ticket, c);
    const auto place = expiries_.emplace(std::pair(*expires_at, c->ticket), c).first;
    if (place == expiries_.begin()) arm_timer();
    tell_accepted(*c, caller_patience::until::waiting);
}

void command_desk::end_waiting(const command_ptr& c) {
    --waiting_count_;
    expiries_.erase({c->record.command.expires_at.value_or(time_point{}), c->ticket});
    const auto list = waiting_.find(c->key);
    list->second.erase(c->ticket);
    if (list->second.empty()) waiting_.erase(list);
    c->where = open_command::place::ledger;
}

// Its session ended before it was sent, or may not send it any more.
void command_desk::take_back(const command_ptr& c) {
    if (c->dispatch_begun.exchange(false)) core_.command_ledger().wait_again(c->record.command.command_id);
    route(c);
}

void command_desk::came_back(const std::string& key) {
    if (waiting_count_ == 0) return;
    asio::post(thread_.context, [this, key] { release(key); });
}

void command_desk::release(const std::string& key) {
    const auto found = waiting_.find(key);
    if (found == waiting_.end()) return;
    const auto where = core_.registry().locate(key);
    if (!where.live) return;
    const waiting_list released = found->second;
    for (const auto& [ticket, c] : released) {
        if (where.record->withholds(c->record.command.action)) continue;
        end_waiting(c);
        hand_to(where.live, c);
    }
}

io_awaitable<void> command_desk::settle() {
    const io_executor home = co_await asio::this_coro::executor;
    // What a handler of that thread posts there is in the queue once the handler has ended: so the first post may come
    // before it, the second does not.
    co_await asio::post(thread_.context, asio::deferred);
    co_await asio::post(thread_.context, asio::deferred);
    co_await asio::post(home, asio::deferred);  // behind what was handed to a session of that thread
}

io_awaitable<void> command_desk::end_certificates(std::string key, std::string type) {
    auto withdrawing = withdraw_certificates(std::move(key), std::move(type));
    co_await asio::co_spawn(thread_.context, std::move(withdrawing), as_result);
}

io_awaitable<void> command_desk::withdraw_certificates(std::string key, std::string type) {
    std::vector<command_ptr> older;
    const auto [first, last] = certificates_.equal_range(key);
    for (auto one = first; one != last; ++one) {
        const auto& payload = one->second->record.command.payload;
        const bool is_json = thread_.reader.read(payload, nullptr);
        const auto of_type = is_json ? thread_.reader.root()["certificateType"].string() : std::string();
        if (certificate_type(of_type) == certificate_type(type)) older.push_back(one->second);
    }
    for (const auto& c : older) withdraw(c, superseded_text, nullptr);
    co_return;
}

void command_desk::expire(std::chrono::steady_clock::time_point) {
    const auto now = core_.clock().utc();
    while (!expiries_.empty() && expiries_.begin()->first.first <= now) {
        const command_ptr c = expiries_.begin()->second;
        end_waiting(c);
        conclude(thread_, c, nullptr, not_sent(reason::expired, expired_waiting));
    }
    arm_timer();
}

void command_desk::arm_timer() {
    if (expiries_.empty() || stopped_) return;
    const auto left = expiries_.begin()->first.first - core_.clock().utc();
    thread_.timers.arm(first_expiry_, deadline::at(thread_.timers.now() +
                                                   std::min<std::chrono::system_clock::duration>(left, longest_sleep)));
}

// --------------------------------------------------------------------------------------------------- how it ends

void command_desk::ended_at_session(session& s, const command_ptr& c, command_result r) {
    const bool may_wait =
        r.outcome == outcome::not_sent && (r.reason == reason::offline || r.reason == reason::moved ||
                                           r.reason == reason::stopping || r.reason == reason::not_accepted);
    if (may_wait && c->record.command.expires_at) {
        asio::post(thread_.context, [this, c, session_goes_on = r.reason == reason::not_accepted] {
            if (session_goes_on) c->at.reset();
            take_back(c);
        });
    } else {
        conclude(s.thread(), c, &s, std::move(r));
    }
}

// A not_sent that a restart would contradict is told once it is kept: the ledger may say that it was being sent, or
// that it goes on waiting. When the gateway stops, and when the journal is in trouble, nobody waits for that: in the
// latter case it is unknown to its callers.
void command_desk::conclude(io_thread& thread, const command_ptr& c, session* s, command_result r) {
    r.command_id = c->record.command.command_id;
    if (s && s->record) learn_from_answer(*s->record, core_.variables_memory(), thread.reader, c->record.command, r);
    event e = core_.response_event(thread, c->record.charge_point_id, s, c->record.command, r, false);
    auto& ledger = core_.command_ledger();
    const bool could_go_on = c->record.command.expires_at || c->dispatch_begun;
    const bool surely = r.outcome == outcome::not_sent && could_go_on && ledger.is_durable() && !core_.draining() &&
                        core_.running() && r.reason != reason::store_unavailable;
    if (surely) {
        spawn(thread.context, core_.log(), "a command's end", conclude_surely(c, std::move(r), std::move(e)));
        return;
    }
    ledger.finish(c->record, r, std::move(e));
    if (r.reason == reason::store_unavailable && c->record.command.expires_at && c->kept && ledger.is_durable()) {
        // Only if that gets written is it true after a restart.
        r.outcome = outcome::unknown;
        r.detail = "the journal does not take it: it is not sent, unless the gateway is restarted before it does";
    }
    tell(c, r);
}

io_awaitable<void> command_desk::conclude_surely(command_ptr c, command_result r, event e) {
    co_await core_.command_ledger().finish_surely(c->record, r, std::move(e));
    tell(c, r);
}

void command_desk::tell(const command_ptr& c, const command_result& r) {
    asio::dispatch(thread_.context, [this, c, r] { settle(c, r); });
}

void command_desk::settle(const command_ptr& c, const command_result& r) {
    open_.erase(c->record.command.command_id);
    if (c->record.command.action == certificate_signed) {
        const auto [first, last] = certificates_.equal_range(c->key);
        const auto found = std::find_if(first, last, [&c](const auto& one) { return one.second == c; });
        if (found != last) certificates_.erase(found);
    }
    for (const auto& op : c->callers) op->complete({}, r);
    c->callers.clear();
    const bool cancelled = r.outcome == outcome::not_sent && r.reason == reason::cancelled;
    for (const auto& op : c->cancellers) {
        op->complete({}, cancelled ? command_cancellation::cancelled : command_cancellation::done);
    }
    c->cancellers.clear();
}

void command_desk::tell_accepted(open_command& c, caller_patience::until at_most) {
    using until = caller_patience::until;
    std::erase_if(c.callers, [&](const auto& op) {
        const bool is_told =
            op->patience.what == until::taken || (op->patience.what == until::waiting && at_most == until::waiting);
        if (is_told) {
            op->complete({}, {}, command_state::waiting);
            c.accepted = true;
        }
        return is_told;
    });
}

// The gateway stops. A command that was accepted is left to the ledger, and the next process goes on with it.
void command_desk::stop_waiting(const command_ptr& c) {
    if (c->accepted && core_.command_ledger().is_durable()) {
        return settle(c, goes_on_later());
    }
    conclude(thread_, c, nullptr, not_sent(reason::stopping, "the gateway is stopping"));
}

void command_desk::stop() {
    asio::dispatch(thread_.context, [this] {
        stopped_ = true;
        first_expiry_.disarm();
        while (!expiries_.empty()) {
            const command_ptr c = expiries_.begin()->second;
            end_waiting(c);
            stop_waiting(c);
        }
    });
}

}  // namespace voltgate
