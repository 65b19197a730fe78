#include "gateway/memory_station_transactions.hpp"

#include "gateway/charge_point.hpp"

#include <algorithm>

namespace voltgate {

const memory_station_transactions::entry* memory_station_transactions::find(const transaction_message& m) const {
    const auto known = entries_.find(fold_id(m.charge_point_id));
    if (known == entries_.end()) return nullptr;
    const auto found = std::find_if(known->second.rbegin(), known->second.rend(),
                                    [&](const entry& e) { return e.transaction_id == m.what.transaction_id; });
    return found == known->second.rend() ? nullptr : &*found;
}

bool memory_station_transactions::is_new_token(const transaction_message& m) const {
    if (m.what.phase == transaction_phase::ended || token_key_of(m.what.token).empty()) return false;
    const auto* known = find(m);
    return !known || known->value.token_key.empty() || begins_another(known->value, m);
}

noted_transaction memory_station_transactions::note(const transaction_message& m) {
    const std::string key = fold_id(m.charge_point_id);
    if (entries_.size() >= most_charge_points_ && !entries_.contains(key)) entries_.erase(entries_.begin());
    auto& known = entries_[key];
    const auto* found = find(m);
    const bool another = found && begins_another(found->value, m);
    if (found) {
        auto& value = known[static_cast<std::size_t>(found - known.data())].value;
        if (!another) return apply(value, m);
        value.stopped = true;  // its end will not come
    }
    if (known.size() >= most_per_charge_point) {
        const auto ended = std::find_if(known.begin(), known.end(), [](const entry& e) { return e.value.stopped; });
        known.erase(ended != known.end() ? ended : known.begin());
    }
    auto& fresh = known.emplace_back();
    fresh.transaction_id = m.what.transaction_id;
    auto result = apply(fresh.value, m);
    result.like_an_older = another;
    return result;
}

bool memory_station_transactions::runs(std::string_view token_key) const {
    for (const auto& [charge_point, transactions] : entries_)
        for (const auto& e : transactions)
            if (!e.value.stopped && e.value.token_key == token_key) return true;
    return false;
}

}  // namespace voltgate
