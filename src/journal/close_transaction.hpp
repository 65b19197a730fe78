// Closing a transaction by hand.
#pragma once

#include "gateway/transaction_messages.hpp"
#include "journal/journal.hpp"

#include <cstdint>
#include <string>

namespace voltgate {

enum class close_outcome : std::uint8_t {
    closed,
    ended_before,  // it was stopped or closed meanwhile
    failed,        // it could not be stored
};

/// Stored, together with its event, before it completes. `number`: of a transaction of this charge point.
io_awaitable<close_outcome> close_transaction(journal& j, std::uint32_t number, std::string charge_point_id,
                                              transaction_close c);

}  // namespace voltgate
