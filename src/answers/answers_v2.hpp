// What the gateway itself answers to each CALL of a 2.0.1 or 2.1 charge point, and what it does with a SEND.
#pragma once

#include "session/host.hpp"

#include <string>

namespace voltgate {

struct answer_context;

/// Appends the answer's payload to `out`, or says how else it will be answered. Publishes the events.
[[nodiscard]] host_answer answer_v2(const answer_context& with, const inbound_call& call, std::string& out);

}  // namespace voltgate
