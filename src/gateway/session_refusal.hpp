// Sessions that are not let in after all, for GET /api/v1/refusals, the log and the metrics.
#pragma once

#include "observe/refusal.hpp"
#include "security/authentication.hpp"

#include <string>

namespace voltgate {

class gateway_core;
class session;

/// On the session's strand; the session is closed by the caller.
void note_refusal(gateway_core& core, session& s, refusal_reason why, authentication_failure counted_as,
                  std::string detail);

}  // namespace voltgate
