// The life of one command: noted, with its charge point's session as often as that takes, told.
#include "commands/command_dispatcher.hpp"
#include "commands/command_texts.hpp"
#include "ocpp/secrets.hpp"
#include "session/correlation_future.hpp"
#include "session/session.hpp"
#include "stores/ports.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <utility>

namespace voltgate {

namespace {

std::unique_ptr<command_ending> told(command_result r) {
    auto ending = std::make_unique<command_ending>();
    ending->result = std::move(r);
    return ending;
}

command_result goes_on_later() {
    return {outcome::unknown, reason::stopping,
            "the gateway is stopping; it goes on with this command after a restart"};
}

command_result not_noted() { return not_sent(reason::store_unavailable, "the journal could not note it in time"); }

// Where a command may wait for the next session of its charge point, if it has the time.
bool may_wait(const command& c, const command_result& r) {
    return c.expires_at && r.outcome == outcome::not_sent &&
           (r.reason == reason::offline || r.reason == reason::moved || r.reason == reason::stopping ||
            r.reason == reason::not_accepted);
}

}  // namespace

// Many of them wait for charge points: what is not needed there is in coroutines of its own.
io_awaitable<void> command_dispatcher::carry_out(command_ptr c) {
    ending_ptr ending = std::move(c->ending);
    std::exception_ptr failure;
    try {
        if (!c->opened) ending = co_await open(c);
        while (!ending) {
            auto there = find_session(c, ending);
            if (there) {
                ending = co_await visit(std::move(there), c);
            } else if (c->where == open_command::place::waiting) {
                co_await c->woken.async_wait(thread_.io.timers, as_result);
            } else if (!ending) {
                co_await moved_.async_wait(thread_.io.timers, as_result);
            }
        }
        move(*c, open_command::place::ledger);
        if (ending->unkept) co_await keep(c, *ending);
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure) ending = told({outcome::unknown, reason::store_unavailable, "the gateway failed; its log says how"});
    settle(c, ending->result);
    if (failure) std::rethrow_exception(failure);
}

// deliver(), awaited on the dispatcher's thread.
io_awaitable<std::unique_ptr<command_ending>> command_dispatcher::visit(std::shared_ptr<session> s, command_ptr c) {
    const io_executor its_thread = s->thread().executor();
    auto delivering = deliver(std::move(s), std::move(c));
    auto [failure, ending] = co_await asio::co_spawn(its_thread, std::move(delivering), as_result);
    if (failure) std::rethrow_exception(failure);
    co_return std::move(ending);
}

io_awaitable<void> command_dispatcher::keep(command_ptr c, command_ending& ending) {
    auto keeping = ledger().finish_surely(c->record, ending.result, std::move(*ending.unkept));
    co_await std::move(keeping);
}

// Null: it is new, and noted as waiting.
io_awaitable<std::unique_ptr<command_ending>> command_dispatcher::open(command_ptr c) {
    using found = opened_command::verdict;
    command_record kept = c->record;
    kept.command.payload = ocpp::without_secrets(kept.command.payload);
    auto opening = ledger().open(std::move(kept));
    opened_command opened = co_await std::move(opening);
    switch (opened.what) {
        case found::fresh: break;
        case found::done: co_return told(std::move(opened.result));
        case found::going_on: co_return told(goes_on_later());
        case found::conflict: co_return told(id_conflict());
        case found::failed: c->kept = opened.may_be_kept; co_return conclude(thread_, *c, nullptr, not_noted());
    }
    co_return nullptr;
}

// The session that it is handed to. Null: it waits for one, or is behind older ones, or that is its `ending`.
std::shared_ptr<session> command_dispatcher::find_session(const command_ptr& c, ending_ptr& ending) {
    if (c->given_up) {
        ending = conclude(thread_, *c, nullptr, not_sent(reason::cancelled, c->given_up));
    } else if (stopped_ || draining_) {
        // What somebody was told goes on is left to the ledger, and the next process.
        const bool left = c->accepted && ledger().is_durable();
        ending = left ? told(goes_on_later())
                      : conclude(thread_, *c, nullptr, not_sent(reason::stopping, "the gateway is stopping"));
    }
    if (ending) return nullptr;
    // Counted before the look into the registry: a session that enters meanwhile sees that somebody may wait for it.
    ++waiting_count_;
    auto found = parts_.stations.locate(c->key);
    std::optional<reason> not_now;
    if (!found.record) {
        not_now = c->admitted ? reason::offline : reason::unknown_charge_point;
    } else if (!found.live || (found.live == c->at.lock() && !c->may_return)) {
        // The session that gave it back has ended, though the registry need not know yet; the next one will ask.
        not_now = reason::offline;
    } else if (found.record->withholds(c->record.command.action)) {
        not_now = reason::not_accepted;
    }
    if (not_now) {
        ending = let_wait(c, *not_now);
        if (!ending) return nullptr;
    } else {
        release(c->key, *found.record, c->ticket);  // older ones go first
    }
    --waiting_count_;
    if (ending || is_behind_others(*c, found.live)) return nullptr;
    c->at = found.live;
    move(*c, open_command::place::session);
    tell_accepted(*c, caller_patience::until::taken);
    return std::move(found.live);
}

// `why` it cannot be sent now. Null: it waits.
std::unique_ptr<command_ending> command_dispatcher::let_wait(const command_ptr& c, reason why) {
    const auto refused = [&](reason r, std::string text) {
        return conclude(thread_, *c, nullptr, not_sent(r, std::move(text)));
    };
    const auto expires_at = c->record.command.expires_at;
    if (why == reason::unknown_charge_point) return refused(why, "no such charge point was ever seen");
    if (!expires_at && why == reason::not_accepted) return refused(why, not_accepted_text);
    if (!expires_at) return refused(why, "the charge point is not connected");
    if (*expires_at <= parts_.clock.utc()) return refused(reason::expired, expired_waiting_text);
    const auto found = waiting_.find(c->key);
    const std::size_t before = found == waiting_.end() ? 0 : found->second.size();
    if (!std::exchange(c->admitted, true) && (before >= parts_.settings.session.outbound_queue ||
                                              waiting_count_ > parts_.settings.limits.waiting_commands)) {
        return refused(reason::queue_full, before > 0 ? "too many commands wait for this charge point"
                                                      : "too many commands wait for charge points");
    }
    c->at.reset();
    waiting_[c->key].emplace(c->ticket, c);
    const auto place = expiries_.emplace(std::pair(*expires_at, c->ticket), c).first;
    if (place == expiries_.begin()) arm_timer();
    move(*c, open_command::place::waiting);
    tell_accepted(*c, caller_patience::until::waiting);
    return nullptr;
}

std::unique_ptr<outbound_call> command_dispatcher::call_of(open_command& c) const {
    auto call = std::make_unique<outbound_call>();
    call->command = c.record.command;
    call->ticket = c.ticket;
    call->admitted = std::exchange(c.admitted, true);
    call->message_id = message_id_prefix_ + std::to_string(c.ticket);
    return call;
}

/// What becomes of it at a session is noted where that happens: among the events of what else the charge point says,
/// and before that it has gone.
class command_dispatcher::delivery final : public correlation_future {
  public:
    delivery(command_dispatcher& commands, open_command& c, const std::shared_ptr<session>& s)
        : correlation_future(s), commands_(commands), command_(c), session_(*s) {}

    [[nodiscard]] bool may_wait_again() { return may_wait(command_.record.command, result()); }

    ending_ptr ending;

  private:
    void has_ended(command_result r) override {
        correlation_future::has_ended(std::move(r));
        if (!may_wait_again()) ending = commands_.conclude(session_.thread(), command_, &session_, result());
    }

    command_dispatcher& commands_;
    open_command& command_;
    session& session_;
};

// On the session's thread. Null: it was not sent, and looks for another session.
io_awaitable<std::unique_ptr<command_ending>> command_dispatcher::deliver(std::shared_ptr<session> s, command_ptr c) {
    auto& kept = ledger();
    delivery call(*this, *c, s);
    const bool its_turn = co_await call.async_turn(call_of(*c));
    if (its_turn) {
        c->noted = true;
        bool may_go = true;
        auto noting = kept.dispatching(c->record.command.command_id);
        if (noting) may_go = co_await call.async_prepare(std::move(*noting));
        if (!may_go) {
            auto why = not_noted();
            call.refuse(why.reason, std::move(why.detail));
        }
        co_await call.async_call();
    }
    if (!call.may_wait_again()) {
        if (!call.ending) throw std::runtime_error("the outcome of a command could not be noted");
        co_return std::move(call.ending);
    }
    if (std::exchange(c->noted, false)) kept.wait_again(c->record.command.command_id);
    c->may_return = call.result().reason == reason::not_accepted;  // the session goes on
    co_return nullptr;
}

// On the thread where it was found out. A not_sent that a restart would contradict is told once it is kept: the ledger
// may say that it was being sent, or that it goes on waiting. When the gateway stops, and when the journal is in
// trouble, nobody waits for that: in the latter case it is unknown to its callers.
std::unique_ptr<command_ending> command_dispatcher::conclude(session_thread& thread, open_command& c, session* s,
                                                             command_result r) {
    auto ending = told(std::move(r));
    auto& result = ending->result;
    result.command_id = c.record.command.command_id;
    event e = response_event(thread, c.record.charge_point_id, s, c.record.command, result, false);
    auto& kept = ledger();
    const bool could_go_on = c.record.command.expires_at || c.noted;
    const bool surely = result.outcome == outcome::not_sent && could_go_on && kept.is_durable() && !draining_ &&
                        running_ && result.reason != reason::store_unavailable;
    if (surely) {
        ending->unkept = std::move(e);
        return ending;
    }
    kept.finish(c.record, result, std::move(e));
    if (result.reason == reason::store_unavailable && c.record.command.expires_at && c.kept && kept.is_durable()) {
        // Only if that gets written is it true after a restart.
        result.outcome = outcome::unknown;
        result.detail = "the journal does not take it: it is not sent, unless the gateway is restarted before it does";
    }
    return ending;
}

void command_dispatcher::settle(const command_ptr& c, const command_result& r) {
    open_.erase(c->record.command.command_id);
    const auto [first, last] = by_charge_point_.equal_range(c->key);
    by_charge_point_.erase(std::find_if(first, last, [&c](const auto& one) { return one.second == c; }));
    moved_.notify_all();
    for (const auto& op : c->callers) op->complete({}, r);
    c->callers.clear();
    const bool cancelled = r.outcome == outcome::not_sent && r.reason == reason::cancelled;
    for (const auto& op : c->cancellers) {
        op->complete({}, cancelled ? command_cancellation::cancelled : command_cancellation::done);
    }
    c->cancellers.clear();
}

void command_dispatcher::tell_accepted(open_command& c, caller_patience::until at_most) {
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

}  // namespace voltgate
