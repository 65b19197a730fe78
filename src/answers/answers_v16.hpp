// What the gateway itself answers to each CALL of a 1.6 charge point.
#pragma once

#include "session/host.hpp"

#include <string>

namespace voltgate {

struct answer_context;

/// Appends the answer's payload to `out`, or says how else it will be answered. Publishes the events.
[[nodiscard]] host_answer answer_v16(const answer_context& with, const inbound_call& call, std::string& out);

}  // namespace voltgate
