// 2.x transactions as the writer takes them: found by the charge point's own ids, put together message by message.
#pragma once

#include "journal/charge_point_table.hpp"
#include "journal/message_marks.hpp"
#include "journal/transaction_rows.hpp"
#include "stores/station_transaction.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

namespace voltgate {

class station_transaction_table {
  public:
    station_transaction_table(charge_point_table& charge_points, transaction_rows& rows, message_marks& marks)
        : charge_points_(charge_points), rows_(rows), marks_(marks) {}

    /// `one_per_tag`: a token with a running transaction elsewhere gets concurrent_tx.
    [[nodiscard]] noted_transaction note(const transaction_message& m, bool one_per_tag);

    /// The batch was undone, or some were removed: what is remembered of them is forgotten.
    void forget() noexcept { cache_.clear(); }

  private:
    static constexpr std::size_t most_cached = 100'000;

    [[nodiscard]] station_transaction& load(std::int64_t charge_point, const std::string& transaction_id);

    charge_point_table& charge_points_;
    transaction_rows& rows_;
    message_marks& marks_;
    // By charge point and transaction id; stopped ones are not kept.
    std::unordered_map<std::string, station_transaction> cache_;
};

}  // namespace voltgate
