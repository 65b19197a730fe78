#include "journal/stores.hpp"

#include "events/payload_fields.hpp"
#include "journal/tables.hpp"

#include <memory>
#include <utility>
#include <vector>

namespace voltgate {

namespace {

// A message whose event is stored with it: what was decided stays for the one who waits.
template <class Message, class Decision>
class decide_op : public journal_op {
  public:
    decide_op(Message m, event e, event_builder<Decision> complete)
        : message(std::move(m)), event_(std::move(e)), complete_(std::move(complete)) {}

    void apply(journal_batch& batch) override {
        decision = decide(batch.tables);
        if constexpr (requires { decision.further_events; }) tell(batch, decision.further_events);
        if (decision.what != stored::fresh) return;
        if (complete_) complete_(event_, decision);
        batch.add(event_, mark());
    }

    [[nodiscard]] std::size_t bytes() const noexcept override { return journal_op::bytes() + event_.payload.size(); }

    const Message message;
    Decision decision;

  protected:
    void tell(journal_batch& batch, const std::vector<further_event>& news) {
        for (const auto& one : news) {
            event told = event_of(one, event_);
            batch.add(told);
        }
    }
    [[nodiscard]] virtual Decision decide(journal_tables& tables) = 0;
    [[nodiscard]] virtual message_mark mark() const { return 0; }
    event event_;
    event_builder<Decision> complete_;
};

class start_op final : public decide_op<transaction_start, started_transaction> {
  public:
    start_op(transaction_start t, event e, event_builder<started_transaction> complete, bool one_per_tag)
        : decide_op(std::move(t), std::move(e), std::move(complete)), one_per_tag_(one_per_tag) {}
    [[nodiscard]] std::size_t bytes() const noexcept override { return decide_op::bytes() + message.request_bytes; }

  private:
    started_transaction decide(journal_tables& tables) override {
        auto started = tables.transactions.start(message, one_per_tag_);
        if (started.what != stored::fresh) return started;
        auto& reservations = tables.reservations;
        const auto& id = message.charge_point_id;
        const auto now = message.times.received;
        started.reservation_id = message.reservation_id;
        if (started.reservation_id) {
            reservations.use(id, *started.reservation_id, started.id, now);
        } else if (started.tag_status != id_tag_status::accepted) {
            return started;
        } else if (started.reservation_id = reservations.use_matching(id, message.connector_id, message.id_tag,
                                                                      std::int64_t{started.id}, now);
                   started.reservation_id) {
            tables.transaction_records.set_reservation(started.number, *started.reservation_id);
        }
        return started;
    }
    bool one_per_tag_;
};

class stop_op final : public decide_op<transaction_stop, stopped_transaction> {
  public:
    stop_op(transaction_stop t, event e, event_builder<stopped_transaction> complete)
        : decide_op(std::move(t), std::move(e), std::move(complete)) {}
    [[nodiscard]] std::size_t bytes() const noexcept override { return decide_op::bytes() + message.request_bytes; }

  private:
    stopped_transaction decide(journal_tables& tables) override { return tables.transactions.stop(message); }
    [[nodiscard]] message_mark mark() const override { return decision.mark; }
};

class use_op final : public decide_op<transaction_meter_values, metered_transaction> {
  public:
    use_op(transaction_meter_values u, event e)
        : decide_op(std::move(u), std::move(e), {}), size_(event_.payload.size()) {}

  private:
    metered_transaction decide(journal_tables& tables) override {
        auto used = tables.transactions.use(event_.charge_point_id, message, event_.timestamp);
        event_.payload.resize(size_);  // without what an earlier attempt added
        event_.payload.back() = '}';
        add_members(event_.payload, members_of(used));
        return used;
    }
    [[nodiscard]] message_mark mark() const override { return message.mark; }
    const std::size_t size_;
};

class note_op final : public decide_op<transaction_message, noted_transaction> {
  public:
    note_op(transaction_message m, event e, std::optional<event> second, event_builder<noted_transaction> complete,
            bool one_per_tag)
        : decide_op(std::move(m), std::move(e), std::move(complete)),
          second_(std::move(second)),
          one_per_tag_(one_per_tag) {}
    void apply(journal_batch& batch) override {
        decide_op::apply(batch);
        if (decision.what != stored::fresh || !second_) return;
        complete_(*second_, decision);
        batch.add(*second_);
    }
    [[nodiscard]] std::size_t bytes() const noexcept override { return decide_op::bytes() + message.payload_bytes; }

  private:
    noted_transaction decide(journal_tables& tables) override {
        auto noted = tables.station_transactions.note(message, one_per_tag_);
        const auto& what = message.what;
        if (noted.what != stored::fresh) return noted;
        auto& reservations = tables.reservations;
        const auto& id = message.charge_point_id;
        noted.reservation_id = what.reservation_id;
        if (noted.reservation_id) {
            reservations.use(id, *noted.reservation_id, what.transaction_id, message.received);
        } else if (what.phase == transaction_phase::started && noted.tag_status == id_tag_status::accepted) {
            noted.reservation_id =
                reservations.use_matching(id, what.evse, what.token.shown(), what.transaction_id, message.received);
            if (noted.reservation_id) {
                tables.transaction_records.set_reservation(noted.number, *noted.reservation_id);
            }
        }
        return noted;
    }
    [[nodiscard]] message_mark mark() const override { return message.mark; }
    std::optional<event> second_;
    bool one_per_tag_;
};

struct store_decision {
    stored what = stored::failed;
};

class store_op final : public decide_op<message_mark, store_decision> {
  public:
    store_op(message_mark mark, event e, std::optional<reservation_update> news)
        : decide_op(mark, std::move(e), {}), news_(news) {}

  private:
    store_decision decide(journal_tables& tables) override {
        const auto row = tables.charge_points.row_of(event_.charge_point_id);
        store_decision d;
        const auto owner = message_marks::of_charge_point(row);
        d.what = tables.marks.repeated(owner, message) ? stored::repeated : stored::fresh;
        if (news_ && d.what == stored::fresh) {
            tables.reservations.end(event_.charge_point_id, *news_, event_.timestamp);
        }
        return d;
    }
    [[nodiscard]] message_mark mark() const override { return message; }
    const std::optional<reservation_update> news_;
};

// The message went into the operation before: no coroutine's frame holds it a second time.
template <class Operation>
io_awaitable<decltype(Operation::decision)> decision_of(journal& j, std::shared_ptr<Operation> op) {
    using result = decltype(Operation::decision);
    const std::shared_ptr<journal_op> performed = op;
    const bool committed = co_await j.async_perform(performed);
    if (!committed) co_return result();
    co_return std::move(op->decision);
}

io_awaitable<stored> result_of(journal& j, std::shared_ptr<store_op> op) {
    const std::shared_ptr<journal_op> performed = op;
    const bool committed = co_await j.async_perform(performed);
    if (!committed) co_return stored::failed;
    co_return op->decision.what;
}

}  // namespace

journal_ownership::journal_ownership(journal& j) : journal_(j) {
    auto& db = j.database();
    const auto first = db.number("SELECT value FROM meta WHERE name = 'next_epoch'").value_or(1);
    next_ = static_cast<std::uint64_t>(first);
    reserved_ = next_ + reserved_at_once;
    sqlite::statement reserve(db, "UPDATE meta SET value = ? WHERE name = 'next_epoch'");
    reserve.run(reserved_.load());
}

io_awaitable<ownership_port::claim_result> journal_ownership::claim(std::string) {
    const std::uint64_t epoch = next_.fetch_add(1);
    std::uint64_t limit = reserved_.load();
    if (epoch + reserved_at_once / 2 >= limit && reserved_.compare_exchange_strong(limit, limit + reserved_at_once)) {
        auto reserve = make_op([value = limit + reserved_at_once](journal_batch& batch) {
            sqlite::statement update(batch.tables.db, "UPDATE meta SET value = ? WHERE name = 'next_epoch'");
            update.run(value);
        });
        journal_.submit(std::move(reserve));
    }
    co_return ownership_claim{epoch, {}};
}

void journal_events::record(event& e) { journal_.record(e); }

io_awaitable<stored> journal_events::store(event e, message_mark mark, std::optional<reservation_update> news) {
    return result_of(journal_, make_op_often<store_op>(mark, std::move(e), news));
}

io_awaitable<started_transaction> journal_transactions::start(transaction_start t, event e,
                                                              event_builder<started_transaction> complete) {
    return decision_of(journal_,
                       make_op_often<start_op>(std::move(t), std::move(e), std::move(complete), one_per_tag_));
}

io_awaitable<stopped_transaction> journal_transactions::stop(transaction_stop t, event e,
                                                             event_builder<stopped_transaction> complete) {
    return decision_of(journal_, make_op_often<stop_op>(std::move(t), std::move(e), std::move(complete)));
}

io_awaitable<metered_transaction> journal_transactions::note_meter_values(transaction_meter_values u, event e) {
    return decision_of(journal_, make_op_often<use_op>(std::move(u), std::move(e)));
}

io_awaitable<noted_transaction> journal_transactions::note(transaction_message m, event e, std::optional<event> second,
                                                           event_builder<noted_transaction> complete) {
    return decision_of(journal_, make_op_often<note_op>(std::move(m), std::move(e), std::move(second),
                                                        std::move(complete), one_per_tag_));
}

void journal_transactions::leave_open(std::string charge_point_id, std::optional<std::int64_t> place,
                                      std::chrono::system_clock::time_point now) {
    journal_.submit(make_op([id = std::move(charge_point_id), place, now](journal_batch& batch) {
        batch.tables.transactions.leave_open(id, place, now);
    }));
}

}  // namespace voltgate
