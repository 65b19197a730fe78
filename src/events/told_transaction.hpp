// What an event's payload tells of a transaction: for those who make good from events what was in memory alone.
#pragma once

#include "events/exact_decimal.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace voltgate {

/// `transactionId` of a payload; empty: it has none, or null.
[[nodiscard]] std::string told_transaction_id(std::string_view payload);

struct told_reading_value {
    exact_decimal wh;
    std::optional<std::chrono::system_clock::time_point> at;
};
/// The last reading of the main energy register in the payload of transaction.meter_values.
[[nodiscard]] std::optional<told_reading_value> told_reading(std::string_view payload);

}  // namespace voltgate
