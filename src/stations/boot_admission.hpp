// After a power cut all charge points boot at once. Those beyond limits.boot_rate are told to boot again a little
// later: by Pending with an interval, which is OCPP's own word for it and keeps the connection, where a refused upgrade
// would only make them connect again, with a handshake each time.
#pragma once

#include "async/token_bucket.hpp"

#include <voltgate/config.hpp>

#include <cstdint>

namespace voltgate {

/// Thread-safe.
class boot_admission {
  public:
    explicit boot_admission(const limits_config& limits) noexcept
        : accepted_(token_rate(limits.boot_rate, limits.boot_rate)), retry_(limits.boot_retry_interval) {}

    struct decision {
        boot_config answer;
        bool deferred = false;
    };
    /// `wanted`: what the boot is answered when there are not too many. `random`: any number; it spreads the retries.
    [[nodiscard]] decision decide(const boot_config& wanted, token_bucket::time_point now,
                                  std::uint32_t random) noexcept {
        if (wanted.registration != boot_config::status::accepted || accepted_.take(now)) return {wanted, false};
        const auto spread = static_cast<std::uint32_t>(retry_.count()) + 1;
        return {{boot_config::status::pending, retry_ + std::chrono::seconds(random % spread)}, true};
    }

  private:
    shared_token_bucket accepted_;
    const std::chrono::seconds retry_;
};

}  // namespace voltgate
