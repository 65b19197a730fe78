#include "commands/command_dispatcher.hpp"

#include "commands/command_texts.hpp"
#include "observe/spawn.hpp"
#include "session/session.hpp"
#include "stations/certificate_requests.hpp"
#include "stores/ports.hpp"
#include "text/fold_id.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace voltgate {

namespace {

// Commands expire by the wall clock, which may be set: it is looked at this often.
constexpr std::chrono::seconds longest_sleep(1);

constexpr std::string_view certificate_signed = "CertificateSigned";

std::string random_prefix(random_source& random) {
    static constexpr char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    std::string prefix;
    for (int i = 0; i < 12; ++i) prefix += digits[random.secret_number() % 36];
    return prefix += '-';
}

}  // namespace

command_dispatcher::command_dispatcher(const parts& p)
    : parts_(p), thread_(p.thread), message_id_prefix_(random_prefix(p.random)) {}

command_ledger_port& command_dispatcher::ledger() const noexcept { return *parts_.stores.commands; }

// ------------------------------------------------------------------------------------------------------- coming in

void command_dispatcher::take(std::shared_ptr<command_operation> op) {
    const std::weak_ptr<command_operation> weak = op;
    op->on_cancel([this, weak] {
        const auto given = weak.lock();
        if (!given) return;  // it was told, and the dispatcher may be gone
        given->cancelled = true;
        asio::post(thread_.executor(), [this, weak] {
            if (const auto cancelled = weak.lock()) cancel(cancelled);
        });
    });
    asio::post(thread_.executor(), [this, op = std::move(op)]() mutable { enter(std::move(op)); });
}

void command_dispatcher::enter(std::shared_ptr<command_operation> op) {
    const auto found = open_.find(op->command.command_id);
    if (found != open_.end()) {
        join(*found->second, op);
    } else {
        auto c = std::make_shared<open_command>();
        c->record.charge_point_id = op->charge_point_id;
        c->record.command = op->command;
        c->record.fingerprint = fingerprint_of(op->charge_point_id, op->command);
        c->record.created_at = c->record.updated_at = parts_.clock.utc();
        c->key = fold_id(op->charge_point_id);
        c->ticket = op->ticket;
        c->callers.push_back(op);
        begin(std::move(c));
    }
    if (op->cancelled) cancel(op);
}

void command_dispatcher::begin(command_ptr c) {
    open_.emplace(c->record.command.command_id, c);
    by_charge_point_.emplace(c->key, c);
    spawn(thread_.executor(), parts_.log, "a command", carry_out(std::move(c)));
}

void command_dispatcher::join(open_command& c, std::shared_ptr<command_operation> op) {
    if (c.record.fingerprint != fingerprint_of(op->charge_point_id, op->command)) {
        return op->complete({}, id_conflict());
    }
    c.callers.push_back(std::move(op));
    if (c.where == open_command::place::waiting) tell_accepted(c, caller_patience::until::waiting);
    if (c.where == open_command::place::session) tell_accepted(c, caller_patience::until::taken);
}

void command_dispatcher::cancel(const std::shared_ptr<command_operation>& op) {
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
    c->given_up = cancelled_text;
    if (c->where == open_command::place::waiting) {
        wake(c);
    } else if (const auto s = c->at.lock()) {
        asio::post(s->thread().executor(), [s, ticket = c->ticket] { s->cancel(ticket); });
    }
}

void command_dispatcher::cancel_command(std::shared_ptr<cancel_operation> op) {
    asio::post(thread_.executor(), [this, op = std::move(op)] { withdraw(op); });
}

void command_dispatcher::withdraw(const std::shared_ptr<cancel_operation>& op) {
    const auto found = open_.find(op->command_id);
    if (found == open_.end()) return spawn(thread_.executor(), parts_.log, "a command's cancellation", look_up(op));
    found->second->cancellers.push_back(op);
    withdraw(found->second, cancelled_text, op);
}

// What its session does not know has its outcome already, or is on the way there or back.
void command_dispatcher::withdraw(const command_ptr& c, const char* why, std::shared_ptr<cancel_operation> asked) {
    c->given_up = why;
    if (c->where == open_command::place::waiting) {
        wake(c);
    } else if (const auto s = c->at.lock()) {
        asio::post(s->thread().executor(), [s, ticket = c->ticket, why, asked = std::move(asked)] {
            if (!s->withdraw(ticket, why) && asked) asked->complete({}, command_cancellation::in_flight);
        });
    }
}

io_awaitable<void> command_dispatcher::look_up(std::shared_ptr<cancel_operation> op) {
    command_query query;
    query.command_id = op->command_id;
    const auto page = co_await ledger().find(std::move(query));
    if (!page.error.empty()) co_return op->complete(draining_ ? errc::gateway_not_running : errc::journal_unusable);
    if (open_.contains(op->command_id)) co_return withdraw(op);  // it was given meanwhile
    if (page.items.empty()) co_return op->complete({}, command_cancellation::unknown_command);
    const bool done = page.items.front().state == command_state::done;
    op->complete({}, done ? command_cancellation::done : command_cancellation::in_flight);
}

void command_dispatcher::resume() {
    running_ = true;
    for (auto& record : ledger().left_over()) {
        auto c = std::make_shared<open_command>();
        c->record = std::move(record);
        c->key = fold_id(c->record.charge_point_id);
        c->ticket = next_ticket();
        c->opened = c->accepted = c->admitted = true;
        c->ending = ending_of_resumed(*c);
        begin(std::move(c));
    }
}

// Null: it goes on waiting.
std::unique_ptr<command_ending> command_dispatcher::ending_of_resumed(open_command& c) {
    const auto ends = [&](command_result r) { return conclude(thread_, c, nullptr, std::move(r)); };
    const auto expires_at = c.record.command.expires_at;
    if (c.record.state == command_state::dispatching) {
        return ends({outcome::unknown, reason::connection_lost,
                     "the gateway was restarted before the answer came; the charge point may have acted"});
    }
    if (fingerprint_of(c.record.charge_point_id, c.record.command) != c.record.fingerprint) {
        return ends(not_sent(reason::restarted,
                             "the gateway was restarted before it was sent; it holds a password, "
                             "which is not kept: give it again"));
    }
    if (!expires_at) return ends(not_sent(reason::restarted, "the gateway was restarted before it was sent"));
    if (*expires_at <= parts_.clock.utc()) {
        return ends(not_sent(reason::expired, "expired while the gateway was down"));
    }
    return nullptr;
}

// ------------------------------------------------------------------------------------- waiting for charge points

void command_dispatcher::move(open_command& c, open_command::place to) {
    c.where = to;
    moved_.notify_all();
}

// It looks again where it may go.
void command_dispatcher::wake(const command_ptr& c) {
    --waiting_count_;
    expiries_.erase({c->record.command.expires_at.value_or(time_point{}), c->ticket});
    const auto list = waiting_.find(c->key);
    list->second.erase(c->ticket);
    if (list->second.empty()) waiting_.erase(list);
    move(*c, open_command::place::woken);
    c->woken.notify_all();
}

void command_dispatcher::release_waiting(const std::string& key) {
    if (waiting_count_ == 0) return;
    asio::post(thread_.executor(), [this, key] {
        const auto where = parts_.stations.locate(key);
        if (where.live) release(key, *where.record, std::numeric_limits<std::uint64_t>::max());
    });
}

void command_dispatcher::release(const std::string& key, const charge_point& record, std::uint64_t before) {
    const auto found = waiting_.find(key);
    if (found == waiting_.end()) return;
    const waiting_list released(found->second.begin(), found->second.lower_bound(before));
    for (const auto& [ticket, c] : released)
        if (!record.withholds(c->record.command.action)) wake(c);
}

// Of the same charge point: given earlier, and on their way, from the dispatcher or from a session before the one that
// is live.
bool command_dispatcher::is_behind_others(const open_command& c, const std::shared_ptr<session>& live) const {
    const auto [first, last] = by_charge_point_.equal_range(c.key);
    return std::any_of(first, last, [&](const auto& one) {
        using place = open_command::place;
        const open_command& other = *one.second;
        if (other.ticket >= c.ticket) return false;
        return other.where == place::woken || (other.where == place::session && other.at.lock() != live);
    });
}

io_awaitable<void> command_dispatcher::end_certificates(std::string key, std::string type) {
    auto withdrawing = withdraw_certificates(std::move(key), std::move(type));
    co_await asio::co_spawn(thread_.executor(), std::move(withdrawing), as_result);
}

io_awaitable<void> command_dispatcher::withdraw_certificates(std::string key, std::string type) {
    std::vector<command_ptr> older;
    const auto [first, last] = by_charge_point_.equal_range(key);
    for (auto one = first; one != last; ++one) {
        if (one->second->record.command.action != certificate_signed) continue;
        const auto& payload = one->second->record.command.payload;
        const bool is_json = thread_.reader.read(payload, nullptr);
        const auto of_type = is_json ? thread_.reader.root()["certificateType"].string() : std::string();
        if (certificate_type(of_type) == certificate_type(type)) older.push_back(one->second);
    }
    for (const auto& c : older) withdraw(c, superseded_text, nullptr);
    co_return;
}

void command_dispatcher::expire(std::chrono::steady_clock::time_point) {
    const auto now = parts_.clock.utc();
    while (!expiries_.empty() && expiries_.begin()->first.first <= now) wake(command_ptr(expiries_.begin()->second));
    arm_timer();
}

void command_dispatcher::arm_timer() {
    if (expiries_.empty() || stopped_) return;
    const auto left = expiries_.begin()->first.first - parts_.clock.utc();
    thread_.io.timers.arm(
        first_expiry_,
        deadline::at(thread_.io.timers.now() + std::min<std::chrono::system_clock::duration>(left, longest_sleep)));
}

void command_dispatcher::stop() {
    running_ = false;
    drain();
}

void command_dispatcher::drain() {
    draining_ = true;
    asio::dispatch(thread_.executor(), [this] {
        stopped_ = true;
        first_expiry_.disarm();
        while (!expiries_.empty()) wake(command_ptr(expiries_.begin()->second));
    });
}

void command_dispatcher::abandon() {
    const auto open = std::exchange(open_, {});
    const auto by_charge_point = std::exchange(by_charge_point_, {});
    const auto waiting = std::exchange(waiting_, {});
    const auto expiries = std::exchange(expiries_, {});
}

}  // namespace voltgate
