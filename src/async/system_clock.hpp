// The machine's clock.
#pragma once

namespace voltgate {

class clock_source;

[[nodiscard]] const clock_source& system_clock() noexcept;

}  // namespace voltgate
