// The 2.x transactions of a gateway without a journal. Not thread-safe.
#pragma once

#include "gateway/station_transaction.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace voltgate {

class memory_station_transactions {
  public:
    explicit memory_station_transactions(std::size_t most_charge_points) : most_charge_points_(most_charge_points) {}

    /// Whether the message is the first to name who charges.
    [[nodiscard]] bool is_new_token(const transaction_message& m) const;
    [[nodiscard]] noted_transaction note(const transaction_message& m);
    /// Whether a transaction of this token is running.
    [[nodiscard]] bool runs(std::string_view token_key) const;

  private:
    struct entry {
        std::string transaction_id;
        station_transaction value;
    };
    static constexpr std::size_t most_per_charge_point = 32;

    [[nodiscard]] const entry* find(const transaction_message& m) const;

    const std::size_t most_charge_points_;
    std::unordered_map<std::string, std::vector<entry>> entries_;  // by folded identity; oldest first
};

}  // namespace voltgate
