// The platform of production.
#pragma once

namespace voltgate {

class platform;

/// Throws std::exception where the system gives no random numbers, at its first use.
[[nodiscard]] platform& this_machine();

}  // namespace voltgate
