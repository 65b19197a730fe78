// CALLERROR codes: their exact spelling per version, and which deviation is refused with which code.
// Source: OCPP-J 1.6 section 4.2.3 (its two odd spellings are deliberate), OCPP 2.0.1 and 2.1 Part 4 section 4.3.
#pragma once

#include <voltgate/conformance.hpp>
#include <voltgate/ocpp/version.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace voltgate::ocpp {

enum class rpc_error : std::uint8_t {
    not_implemented,
    not_supported,
    internal_error,
    protocol_error,
    security_error,
    format_violation,
    property_constraint_violation,
    occurrence_constraint_violation,
    type_constraint_violation,
    generic_error,
    message_type_not_supported,  // 2.x; 1.6 says GenericError
    rpc_framework_error,         // 2.x; 1.6 says FormationViolation
};

/// As the version spells it on the wire: 1.6 "FormationViolation" and "OccurenceConstraintViolation".
[[nodiscard]] std::string_view spelling(rpc_error e, version v) noexcept;

/// Accepts both spellings in every version; nullopt for a code that no version knows.
[[nodiscard]] std::optional<rpc_error> rpc_error_from_spelling(std::string_view code) noexcept;

/// The code that refuses a message for this deviation.
[[nodiscard]] rpc_error refusal_of(rule r) noexcept;

}  // namespace voltgate::ocpp
