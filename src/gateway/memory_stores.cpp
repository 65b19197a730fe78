#include "gateway/memory_stores.hpp"

#include "gateway/charge_point.hpp"

#include <voltgate/gateway.hpp>

#include <algorithm>
#include <limits>
#include <random>

namespace voltgate {

io_awaitable<std::uint64_t> memory_ownership::claim(std::string) {
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.utc().time_since_epoch()).count();
    std::uint64_t last = last_.load();
    std::uint64_t next = 0;
    do {
        next = std::max(last + 1, static_cast<std::uint64_t>(std::max<std::int64_t>(now, 0)));
    } while (!last_.compare_exchange_weak(last, next));
    co_return next;
}

configured_id_tags::configured_id_tags(const authorization_config& config)
    : accept_all_(config.policy == authorization_config::mode::accept_all) {
    for (const auto& tag : config.id_tags) accepted_.insert(fold_id(tag));
}

io_awaitable<id_tag_info> configured_id_tags::find(std::string, std::string id_tag) {
    id_tag_info info;
    const bool accepted = !id_tag.empty() && (accept_all_ || accepted_.contains(fold_id(id_tag)));
    info.status = accepted ? id_tag_status::accepted : id_tag_status::invalid;
    co_return info;
}

transaction_ids::transaction_ids() {
    std::random_device random;
    key_ = static_cast<std::uint64_t>(random()) << 32 | random();
    counter_ = random();
}

std::uint32_t transaction_ids::permute(std::uint32_t n) const noexcept {
    auto left = static_cast<std::uint16_t>(n >> 16), right = static_cast<std::uint16_t>(n);
    for (unsigned round = 0; round < 4; ++round) {  // a Feistel network: a bijection whatever the round function does
        std::uint64_t mixed = (key_ + round * 0x9E3779B97F4A7C15ULL) ^ right;
        mixed = (mixed ^ mixed >> 33) * 0xFF51AFD7ED558CCDULL;
        mixed = (mixed ^ mixed >> 29) * 0xC4CEB9FE1A85EC53ULL;
        const auto next = static_cast<std::uint16_t>(left ^ static_cast<std::uint16_t>(mixed >> 40));
        left = right;
        right = next;
    }
    return static_cast<std::uint32_t>(left) << 16 | right;
}

std::int32_t transaction_ids::next() noexcept {
    for (;;) {
        const std::uint32_t id = permute(counter_++);
        if (id >= 1 && id <= static_cast<std::uint32_t>(std::numeric_limits<std::int32_t>::max())) {
            return static_cast<std::int32_t>(id);
        }
    }
}

io_awaitable<started_transaction> memory_transactions::start(transaction_start t) {
    started_transaction result;
    const std::lock_guard lock(mutex_);
    if (entries_.size() >= most_charge_points_ && !entries_.contains(t.charge_point_id)) {
        entries_.erase(entries_.begin());
    }
    auto& known = entries_[t.charge_point_id];
    const auto same = std::find_if(known.begin(), known.end(), [&](const entry& e) {
        return !e.stop && !e.used && e.start.connector_id == t.connector_id &&
               e.start.meter_start_wh == t.meter_start_wh && e.start.timestamp == t.timestamp &&
               fold_id(e.start.id_tag) == fold_id(t.id_tag);
    });
    if (same != known.end()) {
        result.id = same->id;
        result.repeated = true;
        co_return result;
    }
    if (known.size() >= most_per_charge_point) {
        const auto ended = std::find_if(known.begin(), known.end(), [](const entry& e) { return e.stop.has_value(); });
        known.erase(ended != known.end() ? ended : known.begin());
    }
    auto& fresh = known.emplace_back();
    fresh.id = ids_.next();
    fresh.start = std::move(t);
    result.id = fresh.id;
    co_return result;
}

io_awaitable<stopped_transaction> memory_transactions::stop(transaction_stop t) {
    using kind = stopped_transaction::kind;
    stopped_transaction result;
    const std::lock_guard lock(mutex_);
    const auto known = entries_.find(t.charge_point_id);
    if (known == entries_.end() || !t.transaction_id) co_return result;
    const auto found = std::find_if(known->second.begin(), known->second.end(),
                                    [&](const entry& e) { return e.id == *t.transaction_id; });
    if (found == known->second.end()) co_return result;
    result.what = found->stop ? kind::repeated : kind::stopped;
    result.connector_id = found->start.connector_id;
    if (!found->stop) found->stop = std::move(t);
    co_return result;
}

bool memory_transactions::note_use(std::string_view charge_point_id, std::int64_t transaction_id) {
    const std::lock_guard lock(mutex_);
    const auto known = entries_.find(charge_point_id);
    if (known == entries_.end()) return false;
    const auto found = std::find_if(known->second.begin(), known->second.end(),
                                    [&](const entry& e) { return e.id == transaction_id && !e.stop; });
    if (found == known->second.end()) return false;
    found->used = true;
    return true;
}

}  // namespace voltgate
