// The sockets that a server listens on.
#pragma once

#include <voltgate/asio.hpp>

#include <string>

namespace voltgate::http {

class server;

/// Opens the listeners of the configuration and gives them to the server; `detail` then says what to do about an error.
[[nodiscard]] error_code listen_on_sockets(server& s, std::string& detail);

}  // namespace voltgate::http
