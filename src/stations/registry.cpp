#include "stations/registry.hpp"

#include "session/session.hpp"
#include "text/fold_id.hpp"

#include <algorithm>
#include <utility>

namespace voltgate {

registry::entry_result registry::enter(const std::shared_ptr<session>& s, std::uint64_t epoch) {
    const std::lock_guard lock(mutex_);
    entry_result result;
    result.record = record_of(s->charge_point_id());
    charge_point& record = *result.record;
    // Threads enter their sessions in any order: the connection that was made later is the charge point's.
    const bool is_older = record.current && s->order() < record.current->order();
    result.stale = is_older || epoch <= record.lost_epoch;
    result.outdated = !result.stale && epoch <= record.epoch;
    if (result.stale || result.outdated) return result;
    if (record.current && record.current->strength() > s->strength()) {
        result.stronger = true;
        return result;
    }
    s->set_epoch(epoch);
    record.epoch = epoch;
    record.last_seen = s->connected_at();
    result.replaced = std::exchange(record.current, s);
    if (!result.replaced) result.leaving = record.leaving;
    return result;
}

std::shared_ptr<session> registry::lose(std::string_view id, std::uint64_t epoch) {
    const std::lock_guard lock(mutex_);
    charge_point& record = *record_of(id);  // one that is not there yet may be about to enter with that epoch
    record.lost_epoch = std::max(record.lost_epoch, epoch);
    if (record.epoch > epoch) return {};
    return record.current;
}

void registry::leave(const session& s, std::chrono::system_clock::time_point now) {
    if (!s.record) return;
    std::shared_ptr<session> before;  // released outside the lock
    const std::lock_guard lock(mutex_);
    if (s.record->current.get() != &s) return;
    before = std::exchange(s.record->leaving, std::move(s.record->current));
    s.record->last_seen = now;
}

void registry::left(const session& s) {
    if (!s.record) return;
    std::shared_ptr<session> gone;  // released outside the lock
    const std::lock_guard lock(mutex_);
    if (s.record->leaving.get() == &s) gone = std::move(s.record->leaving);
}

std::chrono::milliseconds registry::takeover_delay(std::string_view id, std::chrono::steady_clock::time_point now) {
    const std::string key = fold_id(id);
    const std::lock_guard lock(mutex_);
    const auto found = records_.find(key);
    if (found == records_.end() || !found->second->current) return std::chrono::milliseconds(0);
    charge_point& record = *found->second;
    if (record.takeovers == 0 || now - record.takeovers_since > limits_.takeover_window) {
        record.takeovers_since = now;
        record.takeovers = 0;
    }
    return ++record.takeovers > limits_.takeovers ? limits_.takeover_delay : std::chrono::milliseconds(0);
}

std::shared_ptr<charge_point> registry::find(std::string_view id) const { return locate(id).record; }

registry::located registry::locate(std::string_view id) const {
    const std::string key = fold_id(id);
    const std::lock_guard lock(mutex_);
    const auto found = records_.find(key);
    if (found == records_.end()) return {};
    return {found->second, found->second->current};
}

std::vector<registry::located> registry::page(std::string_view after, std::size_t limit, bool connected_only) const {
    const std::string key = fold_id(after);
    std::vector<located> found;
    found.reserve(std::min<std::size_t>(limit, 1000));
    const std::lock_guard lock(mutex_);
    auto it = after.empty() ? records_.begin() : records_.upper_bound(key);
    for (; it != records_.end() && found.size() < limit; ++it) {
        if (connected_only && !it->second->current) continue;
        found.push_back({it->second, it->second->current});
    }
    return found;
}

std::size_t registry::size() const {
    const std::lock_guard lock(mutex_);
    return records_.size();
}

void registry::add_known(std::shared_ptr<charge_point> record) {
    std::string key = record->key();
    const std::lock_guard lock(mutex_);
    if (records_.size() >= limits_.charge_points) forget_longest_unseen();
    records_.emplace(std::move(key), std::move(record));
}

void registry::remember(std::string_view id) {
    std::string key = fold_id(id);
    const std::lock_guard lock(mutex_);
    if (records_.contains(key)) return;
    if (records_.size() >= limits_.charge_points) forget_longest_unseen();
    records_.emplace(std::move(key), std::make_shared<charge_point>(std::string(id)));
}

void registry::forget_unseen(std::string_view id) {
    const std::string key = fold_id(id);
    const std::lock_guard lock(mutex_);
    const auto found = records_.find(key);
    if (found == records_.end()) return;
    const charge_point& record = *found->second;
    const bool seen = record.current || record.leaving || record.epoch > 0 || record.boot() ||
                      record.last_seen.load() != std::chrono::system_clock::time_point{};
    if (!seen) records_.erase(found);
}

// A session and its record hold each other.
void registry::clear() {
    decltype(records_) gone;  // released outside the lock
    {
        const std::lock_guard lock(mutex_);
        gone.swap(records_);
    }
    for (const auto& [key, record] : gone) {
        record->current.reset();
        record->leaving.reset();
    }
}

const std::shared_ptr<charge_point>& registry::record_of(std::string_view id) {
    std::string key = fold_id(id);
    const auto found = records_.find(key);
    if (found != records_.end()) return found->second;
    if (records_.size() >= limits_.charge_points) forget_longest_unseen();
    return records_.emplace(std::move(key), std::make_shared<charge_point>(std::string(id))).first->second;
}

// A hundredth at a time, so that a full registry is not searched for every newcomer.
void registry::forget_longest_unseen() {
    std::vector<std::pair<std::chrono::system_clock::time_point, const std::string*>> gone;
    for (const auto& [key, record] : records_)
        if (!record->current && !record->leaving) gone.emplace_back(record->last_seen.load(), &key);
    const std::size_t count = std::min(gone.size(), std::max<std::size_t>(1, limits_.charge_points / 100));
    std::partial_sort(gone.begin(), gone.begin() + static_cast<std::ptrdiff_t>(count), gone.end(),
                      [](const auto& a, const auto& b) { return a.first < b.first; });
    gone.resize(count);
    for (const auto& [seen, key] : gone) records_.erase(records_.find(*key));
}

}  // namespace voltgate
