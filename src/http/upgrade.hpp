// Decides about a request to become a charge point's connection. Pure: headers in, decision out.
// Sources: OCPP-J 1.6 section 3, OCPP 2.0.1 and 2.1 Part 4 section 3, RFC 6455 section 4.2.
#pragma once

#include "http/message.hpp"
#include "observe/metrics.hpp"
#include "observe/refusal.hpp"
#include "security/authentication.hpp"
#include "session/session.hpp"
#include "text/error_text.hpp"
#include "websocket/deflate.hpp"

#include <voltgate/config.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate::http {

/// What the decision needs of a request.
struct upgrade_headers {
    std::string_view target;
    bool is_get_http11 = false;
    bool no_host = false;
    bool two_hosts = false;
    bool connection_upgrade = false;             // Connection names "upgrade"
    std::string_view key;                        // Sec-WebSocket-Key
    std::string_view version;                    // Sec-WebSocket-Version
    std::vector<std::string_view> subprotocols;  // in the client's order
    std::string_view extensions;                 // Sec-WebSocket-Extensions, all of them
};

struct upgrade_decision {
    bool accepted = false;
    bool close_at_once = false;  // answered, then closed: no common sub-protocol
    session_origin origin;
    std::optional<deflate_terms> deflate;                   // agreed on
    std::shared_ptr<const charge_point_settings> settings;  // when accepted
    response refusal;                                       // when not accepted
    refusal_reason reason{};                                // then, and when it is closed at once
    std::string detail;                                     // the same for people
    metrics::connection_result result = metrics::connection_result::accepted;
};

/// What there is to say of a request that is refused: its path, as sent, without query and host.
[[nodiscard]] std::string_view path_of(std::string_view target) noexcept;
/// The charge point that a request is most likely of: what it names behind server.path, or last on another path that is
/// not of the HTTP interface. Empty: none, or one that cannot be.
[[nodiscard]] std::string likely_identity(std::string_view target, const server_config& config);

/// Whether the target lies below server.path, however oddly it is spelt.
[[nodiscard]] bool is_charge_point_target(std::string_view target, const server_config& config);

using settings_source = std::function<std::shared_ptr<const charge_point_settings>(std::string_view id)>;
/// Who it is remains to be found out: see station_authenticator::authenticate.
[[nodiscard]] upgrade_decision decide_upgrade(const upgrade_headers& h, const peer_facts& peer,
                                              const server_config& config, const settings_source& settings_of);

/// What a charge point is told that was not authenticated: no more than it needs to know.
[[nodiscard]] response refusal_of(authentication_failure f, random_source& random);
/// What its operator is told.
[[nodiscard]] refusal_reason reason_of(authentication_failure f) noexcept;
[[nodiscard]] std::string_view explanation_of(authentication_failure f) noexcept;

/// What is wrong with an identity.
[[nodiscard]] error_text identity_fault(std::string_view identity);

/// Splits a comma list into its trimmed elements.
void append_list(std::vector<std::string_view>& elements, std::string_view header);

}  // namespace voltgate::http
