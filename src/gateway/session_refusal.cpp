#include "gateway/session_refusal.hpp"

#include "gateway/core.hpp"

#include <utility>

namespace voltgate {

void note_refusal(gateway_core& core, session& s, refusal_reason why, authentication_failure counted_as,
                  std::string detail) {
    s.thread().shard.authentication_failed(counted_as);
    refusal r;
    r.reason = why;
    r.detail = std::move(detail);
    r.remote_address = s.remote_address();
    r.charge_point_id = s.charge_point_id();
    core.refusals().add(std::move(r), core.clock().utc(), core.clock().steady(), core.log());
}

}  // namespace voltgate
