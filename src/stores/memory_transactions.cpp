#include "stores/memory_transactions.hpp"

#include "async/random_source.hpp"
#include "events/bus.hpp"
#include "events/payload_fields.hpp"
#include "stores/transaction_rules.hpp"
#include "text/fold_id.hpp"

#include <algorithm>
#include <utility>

namespace voltgate {

namespace {

std::optional<std::int64_t> microseconds_of(std::optional<std::chrono::system_clock::time_point> at) {
    if (!at) return std::nullopt;
    return std::chrono::duration_cast<std::chrono::microseconds>(at->time_since_epoch()).count();
}

message_check check_in(message_memory& messages, message_mark mark,
                       std::optional<std::chrono::system_clock::time_point> at) {
    message_check result;
    const auto time = microseconds_of(at);
    if (mark == 0) return result;
    result.repeated = messages.repeated(mark, time);
    if (result.repeated) return result;
    result.may_be_repeated = messages.may_be_repeated(time);
    messages.note(mark, time);
    return result;
}

void note_reading_in(transaction_record& t, const exact_decimal& wh,
                     std::optional<std::chrono::system_clock::time_point> at) {
    if (t.last_reading_wh && came_late(wh, at, *t.last_reading_wh, t.last_reading_at)) return;
    t.last_reading_wh = wh;
    t.last_reading_at = at;
}

}  // namespace

/// One charge point's, while the lock is held.
class memory_transactions::kept final : public charge_point_transactions {
  public:
    using time_point = std::chrono::system_clock::time_point;

    kept(memory_transactions& all, charge_point_entries& of) : all_(all), of_(of) {}

    [[nodiscard]] entry* by_number(std::uint32_t number) {
        const auto found =
            std::ranges::find_if(of_.transactions, [number](const entry& e) { return e.record.number == number; });
        return found == of_.transactions.end() ? nullptr : &*found;
    }

    [[nodiscard]] entry* by_id(std::int64_t id) {
        const auto found = std::ranges::find_if(
            of_.transactions, [id](const entry& e) { return e.record.id == id && e.record.station_id.empty(); });
        return found == of_.transactions.end() ? nullptr : &*found;
    }

    transaction_record at(std::uint32_t number) override {
        const auto* found = by_number(number);
        return found ? found->record : transaction_record();
    }

    std::optional<transaction_record> find(std::int64_t id) override {
        const auto* found = by_id(id);
        return found ? std::optional(found->record) : std::nullopt;
    }

    std::vector<transaction_record> find_same_start(const transaction_start& t, std::uint32_t last) override {
        std::vector<transaction_record> found;
        for (auto e = of_.transactions.rbegin(); e != of_.transactions.rend(); ++e) {
            const bool same_time = t.times.occurred_at && e->record.started_at == *t.times.occurred_at;
            if (e->record.number == last || same_time) found.push_back(e->record);
        }
        return found;
    }

    std::uint32_t last_started_on(const std::optional<std::int64_t>& connector_id) override {
        for (auto e = of_.transactions.rbegin(); e != of_.transactions.rend(); ++e) {
            if (e->record.station_id.empty() && e->record.connector_id == connector_id) return e->record.number;
        }
        return 0;
    }

    std::vector<transaction_record> find_open() override {
        std::vector<transaction_record> found;
        for (auto e = of_.transactions.rbegin(); e != of_.transactions.rend(); ++e)
            if (e->record.is_open()) found.push_back(e->record);
        return found;
    }

    bool runs_elsewhere(std::string_view tag_key, const std::optional<std::int64_t>& connector_id) override {
        return all_.runs_elsewhere(tag_key, of_, connector_id);
    }

    void read_progress(transaction_record&) override {}  // the record has it

    void insert(transaction_record& t, time_point) override {
        auto& transactions = of_.transactions;
        if (transactions.size() >= most_per_charge_point) {
            const auto ended = std::ranges::find_if(transactions, [](const entry& e) { return !e.record.is_open(); });
            transactions.erase(ended != transactions.end() ? ended : transactions.begin());
        }
        do {
            t.number = all_.next_;
            all_.next_ = all_.next_ == transaction_ids::last_number ? 1 : all_.next_ + 1;
            t.id = all_.ids_.id_of(t.number);
        } while (t.id == 0);
        transactions.emplace_back().record = t;
    }

    void save(const transaction_record& t, time_point) override {
        if (auto* found = by_number(t.number)) found->record = t;
    }

    message_check check(std::uint32_t number, message_mark mark, std::optional<time_point> at) override {
        auto* found = number != 0 ? by_number(number) : nullptr;
        return check_in(found ? found->messages : of_.messages, mark, at);
    }

    bool came_before(std::uint32_t number, message_mark mark) override {
        const auto* found = by_number(number);
        return found && found->messages.repeated(mark, std::nullopt);
    }

    std::optional<station_transaction> earlier(const std::string& station_id, std::uint32_t before) override {
        for (auto e = of_.transactions.rbegin(); e != of_.transactions.rend(); ++e)
            if (e->record.station_id == station_id && e->record.number < before) return e->station;
        return std::nullopt;
    }

    void keep(const station_transaction& t) override {
        if (auto* found = by_number(t.number)) found->station = t;
    }

    void note_reading(std::uint32_t number, const exact_decimal& wh, std::optional<time_point> at) override {
        if (auto* found = by_number(number)) note_reading_in(found->record, wh, at);
    }

  private:
    memory_transactions& all_;
    charge_point_entries& of_;
};

memory_transactions::memory_transactions(event_bus& bus, random_source& random, std::size_t most_charge_points,
                                         bool one_per_tag)
    : bus_(bus),
      most_charge_points_(most_charge_points),
      one_per_tag_(one_per_tag),
      ids_(random.secret_number()),
      next_(1 + static_cast<std::uint32_t>(random.secret_number()) % transaction_ids::last_number) {}

memory_transactions::charge_point_entries& memory_transactions::entries_of(std::string_view charge_point_id) {
    const std::string key = fold_id(charge_point_id);
    if (entries_.size() >= most_charge_points_ && !entries_.contains(key)) entries_.erase(entries_.begin());
    return entries_[key];
}

bool memory_transactions::runs_elsewhere(std::string_view tag_key, const charge_point_entries& of,
                                         const std::optional<std::int64_t>& connector_id) const {
    for (const auto& [key, others] : entries_) {
        for (const auto& e : others.transactions) {
            const auto& r = e.record;
            if (!r.is_open() || r.tag_status != id_tag_status::accepted || r.id_tag_key != tag_key) continue;
            // One that goes on at the same connector has ended, and its end was lost.
            const bool here = &others == &of && connector_id && r.connector_id == connector_id;
            if (!here) return true;
        }
    }
    return false;
}

void memory_transactions::tell(const event& e, const std::vector<further_event>& news) {
    for (const auto& one : news) bus_.publish(event_of(one, e));
}

io_awaitable<started_transaction> memory_transactions::start(transaction_start t, event e,
                                                             event_builder<started_transaction> complete) {
    started_transaction result;
    {
        const std::lock_guard lock(mutex_);
        kept known(*this, entries_of(t.charge_point_id));
        result = decide_start(known, t, one_per_tag_);
    }
    result.reservation_id = t.reservation_id;
    tell(e, result.further_events);
    if (result.what == stored::fresh) {
        complete(e, result);
        bus_.publish(std::move(e));
    }
    co_return result;
}

io_awaitable<stopped_transaction> memory_transactions::stop(transaction_stop t, event e,
                                                            event_builder<stopped_transaction> complete) {
    stopped_transaction result;
    {
        const std::lock_guard lock(mutex_);
        kept known(*this, entries_of(t.charge_point_id));
        result = decide_stop(known, t);
    }
    tell(e, result.further_events);
    if (result.what == stored::fresh) {
        complete(e, result);
        bus_.publish(std::move(e));
    }
    co_return result;
}

metered_transaction memory_transactions::decide(std::string_view charge_point_id, const transaction_meter_values& u) {
    metered_transaction result;
    const std::lock_guard lock(mutex_);
    auto& of = entries_of(charge_point_id);
    auto* const t = kept(*this, of).by_id(u.transaction_id);
    const auto check = check_in(t ? t->messages : of.messages, u.mark, u.occurred_at);
    result.what = check.repeated ? stored::repeated : stored::fresh;
    result.may_be_repeated = check.may_be_repeated;
    if (!t) return result;
    result.known = !t->record.stopped_at;
    t->record.used = true;
    if (u.salvaged) t->record.attentions.add(attention::salvaged);
    if (!check.repeated && u.reading_wh) note_reading_in(t->record, *u.reading_wh, u.reading_at);
    return result;
}

io_awaitable<metered_transaction> memory_transactions::note_meter_values(transaction_meter_values u, event e) {
    const auto used = note_meter_values_at_once(u, e);
    co_return *used;
}

std::optional<metered_transaction> memory_transactions::note_meter_values_at_once(const transaction_meter_values& u,
                                                                                  event& e) {
    const auto result = decide(e.charge_point_id, u);
    if (result.what == stored::fresh) {
        add_members(e.payload, members_of(result));
        bus_.publish(std::move(e));
    }
    return result;
}

noted_transaction memory_transactions::decide(const transaction_message& m) {
    const std::lock_guard lock(mutex_);
    auto& of = entries_of(m.charge_point_id);
    kept known(*this, of);
    station_transaction station;
    for (const auto& e : of.transactions)
        if (e.record.station_id == m.what.transaction_id) station = e.station;  // the last one counts
    return decide_note(known, station, m, one_per_tag_);
}

io_awaitable<noted_transaction> memory_transactions::note(transaction_message m, event e, std::optional<event> second,
                                                          event_builder<noted_transaction> complete) {
    auto result = decide(m);
    result.reservation_id = m.what.reservation_id;
    tell(e, result.further_events);
    if (result.what == stored::fresh) {
        complete(e, result);
        bus_.publish(std::move(e));
        if (second) {
            complete(*second, result);
            bus_.publish(std::move(*second));
        }
    }
    co_return result;
}

void memory_transactions::leave_open(std::string charge_point_id, std::optional<std::int64_t> place,
                                     std::chrono::system_clock::time_point now) {
    const std::lock_guard lock(mutex_);
    kept known(*this, entries_of(charge_point_id));
    note_left_open(known, place, now);
}

}  // namespace voltgate
