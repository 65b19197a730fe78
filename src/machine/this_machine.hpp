// The platform of production.
#pragma once

namespace voltgate {

class platform;

[[nodiscard]] platform& this_machine() noexcept;

}  // namespace voltgate
