// 2.x transactions as they are written: found by the charge point's own ids, put together message by message.
#pragma once

#include "gateway/station_transaction.hpp"
#include "journal/charge_point_table.hpp"
#include "journal/sqlite.hpp"
#include "journal/transaction_table.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

namespace voltgate {

class station_transaction_table {
  public:
    /// `transactions` gives the numbers: both kinds stand in the same table.
    station_transaction_table(sqlite::database& db, charge_point_table& charge_points, transaction_table& transactions);

    /// `one_per_tag`: a token with a running transaction elsewhere gets concurrent_tx.
    [[nodiscard]] noted_transaction note(transaction_message m, bool one_per_tag);

    void rolled_back() noexcept { cache_.clear(); }

  private:
    static constexpr std::size_t most_cached = 100'000;

    struct entry {
        std::uint32_t number = 0;  // 0: not stored yet
        station_transaction value;
    };
    [[nodiscard]] entry& load(std::int64_t charge_point, const std::string& transaction_id);
    void insert(entry& e, std::int64_t charge_point, const transaction_message& m);
    void update(const entry& e, const transaction_message& m);
    void give_up(const entry& e, const transaction_message& m);
    [[nodiscard]] bool runs_elsewhere(const std::string& token_key, std::uint32_t number);

    charge_point_table& charge_points_;
    transaction_table& transactions_;
    sqlite::statement find_, running_of_tag_, insert_, insert_id_, insert_sequence_, set_sequence_, set_started_,
        set_token_, set_place_, set_evse_, set_stopped_;
    std::unordered_map<std::string, entry> cache_;  // by charge point and transaction id; stopped ones are not kept
};

}  // namespace voltgate
