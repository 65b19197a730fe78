// Why charge points, and connections that might have been theirs, were not let in.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace voltgate {

/// A word of /api/v1/refusals and a label of a metric.
enum class refusal_reason : std::uint8_t {
    untrusted_proxy,  // not from a trusted balancer, where only these connect
    proxy_header,     // none, one that cannot be read, or not in time
    connections,      // limits.connections, and so on
    connections_per_address,
    connection_rate,
    connection_rate_per_address,
    stopping,
    tls_handshake,
    bad_request,  // no usable WebSocket handshake
    path,
    not_served,  // a listener of the HTTP interface alone
    identity,
    subprotocol,
    unknown_charge_point,
    credentials,
    certificate,
    security_profile,
    weaker_than_live,  // its live connection is authenticated more strongly
    authenticator,     // the host program's: it said no, or nothing in time
    serial_number,     // it booted with another one than its certificate names
    ownership,         // it could not be settled which node it belongs to
};
inline constexpr std::size_t refusal_reason_count = static_cast<std::size_t>(refusal_reason::ownership) + 1;

[[nodiscard]] std::string_view to_string(refusal_reason r) noexcept;

struct refusal {
    refusal() = default;
    refusal_reason reason{};
    std::string detail;          // what was wrong, for people
    std::string remote_address;  // "192.0.2.1:50000"; the port may be missing
    std::string listener;        // "0.0.0.0:8443"; empty: unknown
    // What was asked for, as far as it came.
    std::string path, subprotocols, charge_point_id;
};

}  // namespace voltgate
