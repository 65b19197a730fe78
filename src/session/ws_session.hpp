// A session over a WebSocket: how it begins.
#pragma once

#include "session/session.hpp"
#include "session/transport.hpp"
#include "websocket/deflate.hpp"

#include <memory>
#include <optional>
#include <string>

namespace voltgate {

/// A valid WebSocket upgrade that is not answered yet.
struct accepted_upgrade {
    accepted_upgrade(transport t, std::string k) : connection(std::move(t)), key(std::move(k)) {}
    transport connection;
    std::string key;      // Sec-WebSocket-Key
    std::string surplus;  // bytes that came after the request
    std::optional<deflate_terms> deflate;
    bool close_at_once = false;  // answer without a sub-protocol, then close: see server.no_subprotocol
};

/// Starts the session's coroutine on its thread; the host is told there when nothing of it is left.
/// Call it on that thread.
void start_ws_session(session_thread& thread, const session_ports& ports, const session_config& config,
                      std::shared_ptr<const charge_point_settings> settings, session_origin origin,
                      accepted_upgrade upgrade);

}  // namespace voltgate
