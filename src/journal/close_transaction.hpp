// Closing a transaction by hand.
#pragma once

#include "journal/journal.hpp"
#include "stores/transaction_messages.hpp"
#include "stores/transaction_queries.hpp"

#include <cstdint>
#include <string>

namespace voltgate {

/// See transaction_queries::close.
io_awaitable<close_outcome> close_transaction(journal& j, std::uint32_t number, std::string charge_point_id,
                                              transaction_close c);

}  // namespace voltgate
