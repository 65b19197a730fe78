#include "stores/memory_ledger.hpp"

#include "config/pattern.hpp"
#include "text/fold_id.hpp"

#include <voltgate/gateway.hpp>

#include <algorithm>
#include <utility>

namespace voltgate {

namespace {

bool passes(const command_query& q, const command_record& c) {
    const std::string key = fold_id(c.charge_point_id);
    if (!q.charge_point_id.empty() && fold_id(q.charge_point_id) != key) return false;
    if (q.keys && !std::ranges::binary_search(*q.keys, key)) return false;
    return q.charge_points.empty() || settings::matches_any(q.charge_points, c.charge_point_id);
}

}  // namespace

io_awaitable<opened_command> memory_ledger::open(command_record c) {
    opened_command result;
    const std::lock_guard lock(mutex_);
    if (const auto* known = find_entry(c.command.command_id)) {
        if (known->record.fingerprint != c.fingerprint) {
            result.what = opened_command::verdict::conflict;
        } else if (known->record.state == command_state::done) {
            result.what = opened_command::verdict::done;
            result.result = known->record.result;
        } else {
            result.what = opened_command::verdict::going_on;
        }
        co_return result;
    }
    const std::uint64_t number = next_number_++;
    numbers_.emplace(c.command.command_id, number);
    c.command.payload.clear();  // its fingerprint is enough
    entries_[number].record = std::move(c);
    result.what = opened_command::verdict::fresh;
    co_return result;
}

std::optional<io_awaitable<bool>> memory_ledger::dispatching(const std::string& command_id) {
    set_state(command_id, command_state::dispatching);
    return std::nullopt;
}

io_awaitable<void> memory_ledger::finish_surely(command_record c, command_result r, event e) {
    finish(c, r, std::move(e));
    co_return;
}

io_awaitable<command_page> memory_ledger::find(command_query q) {
    command_page page;
    const std::lock_guard lock(mutex_);
    if (!q.command_id.empty()) {
        const auto* const known = find_entry(q.command_id);
        if (known && passes(q, known->record)) page.items.push_back(known->record);
        co_return page;
    }
    auto at = q.after == 0 ? entries_.end() : entries_.lower_bound(q.after);
    while (at != entries_.begin() && page.items.size() < q.limit) {
        --at;
        const auto& record = at->second.record;
        if (q.state && record.state != *q.state) continue;
        if (!passes(q, record)) continue;
        page.items.push_back(record);
    }
    if (page.items.size() == q.limit && at != entries_.begin()) page.next = at->first;
    co_return page;
}

void memory_ledger::wait_again(const std::string& command_id) { set_state(command_id, command_state::waiting); }

void memory_ledger::finish(const command_record& c, const command_result& r, event e) {
    {
        const std::lock_guard lock(mutex_);
        if (auto* known = find_entry(c.command.command_id)) {
            known->record.state = command_state::done;
            keep_outcome(*known, r);
            done_.push_back(numbers_.at(c.command.command_id));
            forget_oldest_outcomes();
        }
    }
    bus_.publish(std::move(e));
}

void memory_ledger::upgrade(const command& c, const command_result& r, event e) {
    {
        const std::lock_guard lock(mutex_);
        if (auto* known = find_entry(c.command_id); known && known->record.result.outcome == outcome::unknown) {
            known->record.late = true;
            keep_outcome(*known, r);
        }
    }
    bus_.publish(std::move(e));
}

memory_ledger::entry* memory_ledger::find_entry(const std::string& command_id) {
    const auto known = numbers_.find(command_id);
    return known == numbers_.end() ? nullptr : &entries_.at(known->second);
}

void memory_ledger::set_state(const std::string& command_id, command_state s) {
    const std::lock_guard lock(mutex_);
    if (auto* known = find_entry(command_id)) {
        known->record.state = s;
        known->record.updated_at = clock_.utc();
    }
}

void memory_ledger::keep_outcome(entry& e, const command_result& r) {
    const std::size_t bytes =
        sizeof e + r.payload.size() + r.deviations.size() + r.error_details.size() + r.detail.size();
    bytes_ += bytes - e.bytes;
    e.bytes = bytes;
    e.record.result = r;
    e.record.updated_at = clock_.utc();
}

void memory_ledger::forget_oldest_outcomes() {
    while (done_.size() > most_outcomes || (bytes_ > most_bytes && done_.size() > 1)) {
        const auto oldest = entries_.find(done_.front());
        done_.pop_front();
        bytes_ -= oldest->second.bytes;
        numbers_.erase(oldest->second.record.command.command_id);
        entries_.erase(oldest);
    }
}

}  // namespace voltgate
