#include "gateway/memory_stores.hpp"

#include "gateway/charge_point.hpp"

#include <voltgate/gateway.hpp>

#include <algorithm>
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

io_awaitable<stored> memory_events::store(event e, message_mark, std::optional<reservation_news>) {
    bus_.publish(std::move(e));
    co_return stored::fresh;
}

namespace {

std::uint64_t random_key() {
    std::random_device random;
    return static_cast<std::uint64_t>(random()) << 32 | random();
}

}  // namespace

memory_transactions::memory_transactions(event_bus& bus, std::size_t most_charge_points, bool one_per_tag)
    : bus_(bus),
      most_charge_points_(most_charge_points),
      one_per_tag_(one_per_tag),
      ids_(random_key()),
      next_(static_cast<std::uint32_t>(random_key()) & transaction_ids::last_number),
      station_transactions_(most_charge_points) {}

memory_transactions::entry* memory_transactions::find(std::string_view charge_point_id, std::int64_t id) {
    const auto known = entries_.find(fold_id(charge_point_id));
    if (known == entries_.end()) return nullptr;
    const auto found =
        std::find_if(known->second.begin(), known->second.end(), [id](const entry& e) { return e.id == id; });
    return found == known->second.end() ? nullptr : &*found;
}

bool memory_transactions::runs_elsewhere(std::string_view tag_key, const transaction_start* starting) const {
    const std::string its_key = starting ? fold_id(starting->charge_point_id) : std::string();
    for (const auto& [charge_point, transactions] : entries_) {
        for (const auto& e : transactions) {
            if (e.stop || fold_id(e.start.id_tag) != tag_key) continue;
            const bool lost = starting && charge_point == its_key && e.start.connector_id == starting->connector_id;
            if (!lost) return true;
        }
    }
    return station_transactions_.runs(tag_key);
}

started_transaction memory_transactions::decide(transaction_start&& t) {
    started_transaction result;
    result.what = stored::fresh;
    result.tag_status = t.tag_status;
    const std::lock_guard lock(mutex_);
    const std::string key = fold_id(t.charge_point_id);
    if (entries_.size() >= most_charge_points_ && !entries_.contains(key)) entries_.erase(entries_.begin());
    auto& known = entries_[key];
    const auto same = std::find_if(known.rbegin(), known.rend(), [&](const entry& e) {
        return e.start.connector_id == t.connector_id && e.start.meter_start_wh == t.meter_start_wh &&
               e.start.timestamp == t.timestamp && fold_id(e.start.id_tag) == fold_id(t.id_tag);
    });
    result.like_an_older = same != known.rend() && (same->stop || same->used);
    if (same != known.rend() && !result.like_an_older) {
        result.what = stored::repeated;
        result.id = same->id;
        result.tag_status = same->start.tag_status;
        return result;
    }
    if (one_per_tag_ && t.tag_status == id_tag_status::accepted && runs_elsewhere(fold_id(t.id_tag), &t)) {
        result.tag_status = t.tag_status = id_tag_status::concurrent_tx;
    }
    if (known.size() >= most_per_charge_point) {
        const auto ended = std::find_if(known.begin(), known.end(), [](const entry& e) { return e.stop.has_value(); });
        known.erase(ended != known.end() ? ended : known.begin());
    }
    do {
        result.id = ids_.id_of(next_++);
    } while (result.id == 0);
    auto& fresh = known.emplace_back();
    fresh.id = result.id;
    fresh.start = std::move(t);
    return result;
}

stopped_transaction memory_transactions::decide(transaction_stop&& t) {
    stopped_transaction result;
    result.what = stored::fresh;
    const std::lock_guard lock(mutex_);
    auto* found = t.transaction_id ? find(t.charge_point_id, *t.transaction_id) : nullptr;
    if (!found) return result;
    result.connector_id = found->start.connector_id;
    result.known = !found->stop;
    if (found->stop && found->stop->timestamp == t.timestamp && found->stop->meter_stop_wh == t.meter_stop_wh) {
        result.what = stored::repeated;
    } else if (!found->stop) {
        found->stop = std::move(t);
    }
    return result;
}

io_awaitable<started_transaction> memory_transactions::start(transaction_start t, event e,
                                                             event_builder<started_transaction> complete) {
    const auto result = decide(std::move(t));
    if (result.what == stored::fresh) {
        complete(e, result);
        bus_.publish(std::move(e));
    }
    co_return result;
}

io_awaitable<stopped_transaction> memory_transactions::stop(transaction_stop t, event e,
                                                            event_builder<stopped_transaction> complete) {
    const auto result = decide(std::move(t));
    if (result.what == stored::fresh) {
        complete(e, result);
        bus_.publish(std::move(e));
    }
    co_return result;
}

io_awaitable<used_transaction> memory_transactions::use(std::int64_t transaction_id, event e, message_mark) {
    used_transaction result;
    result.what = stored::fresh;
    {
        const std::lock_guard lock(mutex_);
        auto* found = find(e.charge_point_id, transaction_id);
        result.known = found && !found->stop;
        if (result.known) found->used = true;
    }
    bus_.publish(std::move(e));
    co_return result;
}

io_awaitable<noted_transaction> memory_transactions::note(transaction_message m, event e, std::optional<event> second,
                                                          event_builder<noted_transaction> complete) {
    noted_transaction result;
    {
        const std::lock_guard lock(mutex_);
        if (one_per_tag_ && m.tag_status == id_tag_status::accepted && station_transactions_.is_new_token(m) &&
            runs_elsewhere(fold_id(m.what.token.text))) {
            m.tag_status = id_tag_status::concurrent_tx;
        }
        result = station_transactions_.note(m);
    }
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

}  // namespace voltgate
