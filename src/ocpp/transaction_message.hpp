// Which messages are of transactions.
#pragma once

#include "ocpp/schema.hpp"

namespace voltgate::ocpp {

/// Whether an answer that never comes, or a CALLERROR, makes charge points repeat this action for ever.
[[nodiscard]] inline bool is_transaction_message(const action_info& action) noexcept {
    return action.name == "StartTransaction" || action.name == "StopTransaction" || action.name == "MeterValues" ||
           action.name == "TransactionEvent";
}

}  // namespace voltgate::ocpp
