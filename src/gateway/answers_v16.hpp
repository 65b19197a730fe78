// What the gateway itself answers to each CALL of a 1.6 charge point.
#pragma once

#include "session/host.hpp"

#include <string>

namespace voltgate {

class gateway_core;

/// Appends the answer's payload to `out`, or says how else it will be answered. Publishes the events.
[[nodiscard]] host_answer answer_v16(gateway_core& core, const inbound_call& call, std::string& out);

}  // namespace voltgate
