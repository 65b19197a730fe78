// A session over Beast's WebSocket. The only door to it; its types stay in ws_session.cpp.
#pragma once

#include "session/deflate.hpp"
#include "session/session.hpp"
#include "session/transport.hpp"

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace voltgate {

using upgrade_request = boost::beast::http::request<boost::beast::http::empty_body>;

struct accepted_upgrade {
    accepted_upgrade(transport t, upgrade_request r) : connection(std::move(t)), request(std::move(r)) {}
    transport connection;
    upgrade_request request;  // a valid WebSocket upgrade
    std::string surplus;      // bytes that came after the request
    std::optional<deflate_terms> deflate;
    bool close_at_once = false;  // answer without a sub-protocol, then close: see server.no_subprotocol
};

/// Starts the session's coroutine on its thread; `over` is called there when nothing of it is left.
/// Call it on that thread.
void start_ws_session(io_thread& thread, session_host& host, const session_config& config,
                      std::shared_ptr<const charge_point_settings> settings, session_origin origin,
                      accepted_upgrade upgrade, std::function<void()> over);

}  // namespace voltgate
