#include "journal/station_transaction_table.hpp"

#include "journal/transaction_table.hpp"

#include <utility>

namespace voltgate {

namespace {

std::string cache_key(std::int64_t charge_point, const std::string& transaction_id) {
    std::string key = std::to_string(charge_point);
    key.append(1, ':').append(transaction_id);
    return key;
}

}  // namespace

station_transaction& station_transaction_table::load(std::int64_t charge_point, const std::string& transaction_id) {
    auto key = cache_key(charge_point, transaction_id);
    if (const auto cached = cache_.find(key); cached != cache_.end()) return cached->second;
    if (cache_.size() >= most_cached) cache_.clear();
    station_transaction& t = cache_[std::move(key)];
    if (auto found = rows_.find_station(charge_point, transaction_id)) t = std::move(*found);
    return t;
}

noted_transaction station_transaction_table::note(const transaction_message& m, bool one_per_tag) {
    const std::int64_t charge_point = charge_points_.row_of(m.charge_point_id);
    station_transaction& t = load(charge_point, m.what.transaction_id);
    journal_transactions_of kept(rows_, marks_, charge_point);
    auto result = decide_note(kept, t, m, one_per_tag);
    if (t.stopped) cache_.erase(cache_key(charge_point, m.what.transaction_id));
    return result;
}

}  // namespace voltgate
