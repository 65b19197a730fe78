// A WebSocket client that says exactly the bytes it is told to and shows all that comes back.
#pragma once

#include "support/http_message.hpp"
#include "support/websocket_frame.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate::test {

struct raw_options {
    std::string target = "/ocpp/RAW";
    header_list headers;      // beside those of an upgrade
    std::size_t cut = 0;      // bytes sent in one go; 0: all
    std::size_t answers = 0;  // that are waited for before `last` is sent
    std::string last;
    tcp_options tcp;
};

struct raw_conversation {
    http_response response;     // to the upgrade request
    std::vector<frame> frames;  // up to the Close
    std::uint16_t code = 1006;  // of the Close; 1006: there was none
};

/// Upgrades, sends `bytes` and later `last`, and reads until the server ends the connection: so they end with a Close
/// frame, or with something that makes the server close.
[[nodiscard]] raw_conversation converse(std::uint16_t port, std::string_view bytes, const raw_options& options = {});

/// "text Hello; pong x; close 1000". Long payloads by their size, reserved bits as "+4".
[[nodiscard]] std::string to_string(const raw_conversation& c);

/// A Close frame of the client.
[[nodiscard]] std::string close_frame(std::uint16_t code = 1000, std::string_view reason = {});

}  // namespace voltgate::test
