// A server that sends every message back, through the gateway's own WebSocket session: for what RFC 6455 and RFC 7692
// ask of it, whatever the messages say.
#pragma once

#include <voltgate/config.hpp>

#include <cstdint>
#include <functional>
#include <memory>

namespace voltgate::test {

/// On 127.0.0.1, with a thread of its own from the constructor to the destructor. Compression is agreed on with
/// everybody who offers it.
class websocket_echo {
  public:
    using configure = std::function<void(session_config&)>;

    /// `port` 0: any free one. `change` alters the configuration: everything is sent compressed, limits are as usual.
    explicit websocket_echo(std::uint16_t port = 0, const configure& change = {});
    ~websocket_echo();
    websocket_echo(const websocket_echo&) = delete;
    websocket_echo& operator=(const websocket_echo&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept;

  private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace voltgate::test
