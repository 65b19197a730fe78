// The other end of the kit's sockets: a server that does what a test writes down, one connection at a time.
#pragma once

#include "support/http_message.hpp"
#include "support/websocket_frame.hpp"

#include <cstdint>
#include <exception>
#include <functional>
#include <source_location>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace voltgate::test {

/// For scripts, which run on the server's thread, where Catch2's assertions must not be used: throws `unexpected`.
void require(bool condition, std::source_location where = std::source_location::current());

/// A connection as the scripted server sees it.
class server_side {
  public:
    explicit server_side(int descriptor) { stream_.connection = tcp_connection(descriptor); }

    /// The request's head, without the empty line.
    std::string read_request();
    std::string read_bytes(std::size_t count);
    bool has_ended();  // waits for the client's FIN or RST
    void send(std::string_view bytes) { stream_.connection.send(bytes, deadline()); }
    void close() { stream_.connection.close(); }
    void reset() { stream_.connection.reset(); }
    [[nodiscard]] bool saw_reset() const noexcept { return stream_.connection.was_reset(); }

    // WebSocket.
    /// Answers the upgrade request, which it gives back.
    std::string upgrade(std::string_view subprotocol = "ocpp1.6");
    frame read_frame();
    std::string read_text() { return read_frame().payload; }
    void send_frame(opcode code, std::string_view payload, frame_options options = {});
    void send_text(std::string_view text) { send_frame(opcode::text, text); }

  private:
    http_stream stream_;
};

/// Runs each script on a connection of its own, in order. `finish` (or the destructor) waits for the last one.
class loopback_server {
  public:
    using script = std::function<void(server_side&)>;

    explicit loopback_server(std::vector<script> scripts);
    explicit loopback_server(script only) : loopback_server(std::vector<script>{std::move(only)}) {}
    loopback_server(const loopback_server&) = delete;
    loopback_server& operator=(const loopback_server&) = delete;
    ~loopback_server();

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    /// Throws what a script threw.
    void finish();

  private:
    void run(const std::vector<script>& scripts);

    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::exception_ptr failure_;
    std::thread thread_;
};

}  // namespace voltgate::test
