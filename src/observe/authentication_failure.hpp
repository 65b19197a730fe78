// What is wrong with a charge point that is refused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace voltgate {

/// Why a charge point was refused. A label of a metric.
enum class authentication_failure : std::uint8_t {
    none,
    missing,    // no password was given
    malformed,  // the Authorization header cannot be read
    wrong_user,
    wrong_password,
    unknown_charge_point,  // none is known of it
    profile_too_low,       // it is configured for, or was seen with, a higher security profile
    certificate_missing,
    certificate_mismatch,
    weaker_than_live,      // its live connection is authenticated more strongly
    refused_by_host,       // the host program's authenticator said so
    authenticator_failed,  // it did not say anything in time
    serial_mismatch,       // it booted with another serial number than its certificate names
};
inline constexpr std::size_t authentication_failure_count =
    static_cast<std::size_t>(authentication_failure::serial_mismatch) + 1;

[[nodiscard]] std::string_view to_string(authentication_failure f) noexcept;

}  // namespace voltgate
