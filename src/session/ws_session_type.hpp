// The class of a session over Beast's WebSocket: for ws_session.cpp, and for programs that speak something else than
// OCPP through the same code.
#pragma once

#include "session/frame_stream.hpp"
#include "session/ws_session.hpp"

#include <boost/beast/websocket/stream.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace voltgate {

class ws_session : public session {
  public:
    ws_session(io_thread& thread, session_host& host, const session_config& config,
               std::shared_ptr<const charge_point_settings> settings, session_origin&& origin, transport connection)
        : session(thread, host, config, std::move(settings), std::move(origin)),
          ws_(frame_stream(std::move(connection), thread.stages)) {}

    /// What is needed until the session has begun, and not kept longer.
    struct opening {
        explicit opening(accepted_upgrade u) : upgrade(std::move(u)) {}
        accepted_upgrade upgrade;  // without its connection
        std::string subprotocol;
        std::vector<rule> deviations;
    };
    static io_awaitable<void> run(std::shared_ptr<ws_session> self, std::unique_ptr<opening> o);

  protected:
    void start_write(const frame& f) override;
    void send_as_text(bool text) { ws_.text(text); }

  private:
    using stream = boost::beast::websocket::stream<frame_stream, false>;

    io_awaitable<std::optional<end_reason>> begin(opening& o);
    io_awaitable<error_code> accept(opening& o);
    io_awaitable<end_reason> read_messages();
    io_awaitable<bool> wait_for_message(error_code& ec);
    io_awaitable<error_code> read_message(frame_ptr f);
    [[nodiscard]] bool may_be_large(frame& f, std::size_t have, std::size_t size);
    [[nodiscard]] bool unpack(frame_ptr& f, bool& is_text);
    io_awaitable<void> discard_rest(end_reason why);
    [[nodiscard]] end_reason reason_of(error_code ec) noexcept;

    [[nodiscard]] const std::string& packed_or_plain(const frame& f);
    void on_control(const control_frame& control);
    void send_control();

    void start_close(std::uint16_t code, std::string_view text) override;
    void start_ping() override;
    void hang_up() noexcept override;
    bool peer_has_gone() noexcept override;

    [[nodiscard]] frame_stream& lower() noexcept { return ws_.next_layer(); }

    stream ws_;
    // One ping or pong is written at a time. Beyond so many waiting pongs the newest replaces the last: RFC 6455
    // (5.5.3) asks for an answer to the latest ping alone, but clients like one to each.
    static constexpr std::size_t most_pongs = 16;
    struct pending_control {
        std::vector<boost::beast::websocket::ping_data> pongs;
        bool ping = false;
    };
    std::unique_ptr<pending_control> control_;
    bool control_busy_ = false;
    frame_ptr packed_;               // what is being written, when that is packed
    std::uint8_t deflate_bits_ = 0;  // window of what is sent; 0: no compression was agreed on
};

}  // namespace voltgate
