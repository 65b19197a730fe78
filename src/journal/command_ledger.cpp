#include "journal/command_ledger.hpp"

#include "async/thread_timers.hpp"
#include "journal/tables.hpp"
#include "stores/stored_time.hpp"

#include <voltgate/gateway.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>

#include <atomic>
#include <utility>

namespace voltgate {

namespace {

class open_op final : public journal_op {
  public:
    explicit open_op(command_record c) : record_(std::move(c)) {}
    void apply(journal_batch& batch) override {
        begun = true;
        if (!unwanted) opened = batch.tables.commands.open(record_);
    }
    opened_command opened;
    std::atomic<bool> begun{false};
    std::atomic<bool> unwanted{false};  // its caller was told that it failed

  private:
    command_record record_;
};

class state_op final : public journal_op {
  public:
    state_op(std::string command_id, command_state s, std::int64_t now)
        : command_id_(std::move(command_id)), state_(s), now_(now) {}
    void apply(journal_batch& batch) override { found = batch.tables.commands.set_state(command_id_, state_, now_); }
    bool found = false;

  private:
    std::string command_id_;
    command_state state_;
    std::int64_t now_;
};

/// Emits when it is due.
struct cancels {
    explicit cancels(asio::cancellation_signal& s) noexcept : signal(s) {}
    void on_due(std::chrono::steady_clock::time_point) { signal.emit(asio::cancellation_type::terminal); }
    asio::cancellation_signal& signal;
    wheel_node node{calling<&cancels::on_due>(*this)};
};

}  // namespace

journal_ledger::journal_ledger(journal& j, const clock_source& clock, duration patience)
    : journal_(j), clock_(clock), patience_(patience), left_over_(read_open_commands(j.database())) {}

std::vector<command_record> journal_ledger::left_over() { return std::move(left_over_); }

io_awaitable<bool> journal_ledger::perform(std::shared_ptr<journal_op> op) {
    const io_executor home = co_await asio::this_coro::executor;
    const auto give_up = std::make_shared<asio::cancellation_signal>();
    cancels patience(*give_up);
    thread_timers::of(home).arm_after(patience.node, patience_);
    auto cancellation = co_await asio::this_coro::cancellation_state;
    if (auto slot = cancellation.slot(); slot.is_connected()) {
        slot.assign([give_up](asio::cancellation_type type) { give_up->emit(type); });
    }
    auto work = journal_.perform(std::move(op));
    auto token = asio::bind_cancellation_slot(give_up->slot(), as_result);
    auto [failure, committed] = co_await asio::co_spawn(home, std::move(work), std::move(token));
    co_return committed && !failure;
}

io_awaitable<opened_command> journal_ledger::open(command_record c) {
    auto op = std::make_shared<open_op>(std::move(c));
    if (co_await perform(op)) co_return std::move(op->opened);
    op->unwanted = true;
    opened_command failed;
    failed.may_be_kept = op->begun;
    co_return failed;
}

std::optional<io_awaitable<bool>> journal_ledger::dispatching(const std::string& command_id) {
    return note_dispatching(command_id);
}

io_awaitable<bool> journal_ledger::note_dispatching(std::string command_id) {
    auto op = std::make_shared<state_op>(std::move(command_id), command_state::dispatching, stored_time(clock_.utc()));
    const bool committed = co_await perform(op);
    co_return committed && op->found;
}

void journal_ledger::wait_again(const std::string& command_id) {
    journal_.submit(std::make_shared<state_op>(command_id, command_state::waiting, stored_time(clock_.utc())));
}

std::shared_ptr<journal_op> journal_ledger::finish_op(const command& c, const command_result& r, event e,
                                                      bool late) const {
    auto change = reservation_change_of(c, r);
    return make_op([id = c.command_id, r, e = std::move(e), late, change = std::move(change),
                    now = clock_.utc()](journal_batch& batch) mutable {
        if (late) {
            batch.tables.commands.upgrade(id, r, stored_time(now));
        } else {
            batch.tables.commands.finish(id, r, stored_time(now));
        }
        if (change) batch.tables.reservations.apply(e.charge_point_id, *change, now);
        batch.add(e);
    });
}

void journal_ledger::finish(const command_record& c, const command_result& r, event e) {
    journal_.submit(finish_op(c.command, r, std::move(e), false));
}

// The operation is written whenever that becomes possible; a second one, which is empty, is waited for: it may be given
// up.
io_awaitable<void> journal_ledger::finish_surely(command_record c, command_result r, event e) {
    finish(c, r, std::move(e));
    auto nothing = make_op([](journal_batch&) {});
    co_await perform(std::move(nothing));
}

void journal_ledger::upgrade(const command& c, const command_result& r, event e) {
    journal_.submit(finish_op(c, r, std::move(e), true));
}

io_awaitable<command_page> journal_ledger::find(command_query q) {
    co_await journal_.flush();  // what was said before is found
    auto question = [q = std::move(q)](sqlite::database& db) { return read_commands(db, q); };
    auto answer = co_await journal_.reader().ask<command_page>(std::move(question));
    if (answer.value) co_return std::move(*answer.value);
    command_page failed;
    failed.error = std::move(answer.error);
    co_return failed;
}

}  // namespace voltgate
