// Whether a charge point is who it says it is, by everything that is known of it. Pure: facts in, decision out.
// Sources: "Improved security for OCPP 1.6-J" and OCPP 2.0.1 Part 2, use cases A00 and A05.
#pragma once

#include "observe/authentication_failure.hpp"
#include "security/peer.hpp"

#include <voltgate/config.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace voltgate {

/// What is known of the identity that a charge point claims.
struct known_identity {
    std::string_view password;          // its hash; empty: none is known
    std::string_view pending_password;  // of a rotation under way
    std::string_view serial_number;     // configured
    std::uint8_t least_profile = 0;     // configured, or seen before
    std::uint8_t live_strength = 0;     // of its live connection
};

struct authentication {
    authentication_failure failure = authentication_failure::none;
    std::uint8_t strength = 0;  // the security profile that what was presented is good for; 0: nothing was checked
    bool used_pending = false;  // the pending password was presented
    bool is_unknown = false;    // let in although nothing is known of it
    std::string reason;         // that the host program's authenticator gave
};

/// `authorization`: the header's value; empty: there is none.
[[nodiscard]] authentication authenticate(const security_config& config, std::string_view identity,
                                          const peer_facts& peer, std::string_view authorization,
                                          const known_identity& known);

/// What takes effect besides what was presented: profile and live connection. For authenticators of a host program.
[[nodiscard]] authentication_failure objection_to(const peer_facts& peer, std::uint8_t strength,
                                                  const known_identity& known) noexcept;

/// Identities are compared without regard to ASCII case.
[[nodiscard]] bool same_identity(std::string_view a, std::string_view b) noexcept;

// What the subject of a charge point's certificate has to be, by security.certificate_identity and
// security.certificate_organization. `serial_number`: configured; empty: none.
[[nodiscard]] bool common_name_fits(const security_config& config, std::string_view common_name,
                                    std::string_view identity, std::string_view serial_number) noexcept;
[[nodiscard]] bool organization_fits(const security_config& config, std::string_view organization) noexcept;

/// Whether a charge point that told these serial numbers when it booted is another one than its certificate names
/// (B01.FR.11). Empty ones were not told; without a certificate, or where its name is no serial number, nothing is.
[[nodiscard]] bool boot_contradicts_certificate(const security_config& config, std::string_view common_name,
                                                std::initializer_list<std::string_view> told) noexcept;

}  // namespace voltgate
