// The OCPP versions that Voltgate speaks. A version belongs to a connection, never to an identity.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace voltgate::ocpp {

enum class version : std::uint8_t { v16, v201, v21 };

/// "1.6", "2.0.1", "2.1": as events and metrics show it.
[[nodiscard]] constexpr std::string_view to_string(version v) noexcept {
    switch (v) {
        case version::v16: return "1.6";
        case version::v201: return "2.0.1";
        case version::v21: return "2.1";
    }
    return "?";
}

/// "ocpp1.6", "ocpp2.0.1", "ocpp2.1": the WebSocket sub-protocol names of the IANA registry.
[[nodiscard]] constexpr std::string_view subprotocol(version v) noexcept {
    switch (v) {
        case version::v16: return "ocpp1.6";
        case version::v201: return "ocpp2.0.1";
        case version::v21: return "ocpp2.1";
    }
    return "?";
}

/// Exact comparison, as OCPP-J demands: sub-protocol names are lower case.
[[nodiscard]] constexpr std::optional<version> version_of_subprotocol(std::string_view name) noexcept {
    for (auto v : {version::v16, version::v201, version::v21})
        if (name == subprotocol(v)) return v;
    return std::nullopt;
}

}  // namespace voltgate::ocpp
