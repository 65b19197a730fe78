// A session over Beast's WebSocket on a plain socket. The only door to it; its types stay in ws_session.cpp.
#pragma once

#include "session/session.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>

#include <functional>
#include <memory>
#include <string>

namespace voltgate {

using io_socket = asio::basic_stream_socket<asio::ip::tcp, io_executor>;
using upgrade_request = boost::beast::http::request<boost::beast::http::empty_body>;

struct accepted_upgrade {
    accepted_upgrade(io_socket s, upgrade_request r) : socket(std::move(s)), request(std::move(r)) {}
    io_socket socket;
    upgrade_request request;     // a valid WebSocket upgrade
    std::string surplus;         // bytes that came after the request
    bool close_at_once = false;  // answer without a sub-protocol, then close: see server.no_subprotocol
};

/// Starts the session's coroutine on its thread; `over` is called there when nothing of it is left.
/// Call it on that thread.
void start_ws_session(io_thread& thread, session_host& host, const session_config& config,
                      std::shared_ptr<const charge_point_settings> settings, session_origin origin,
                      accepted_upgrade upgrade, std::function<void()> over);

}  // namespace voltgate
