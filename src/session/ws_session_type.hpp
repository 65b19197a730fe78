// The class of a session over a WebSocket: for ws_session*.cpp, and for programs that speak something else than OCPP
// through the same code.
#pragma once

#include "session/ws_session.hpp"
#include "websocket/message_reader.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace voltgate {

class ws_session : public session {
  public:
    ws_session(session_thread& thread, const session_ports& ports, const session_config& config,
               std::shared_ptr<const charge_point_settings> settings, session_origin&& origin, transport connection);

    /// What is needed until the session has begun, and not kept longer.
    struct opening {
        explicit opening(accepted_upgrade u) : upgrade(std::move(u)) {}
        accepted_upgrade upgrade;  // without its connection
        std::string subprotocol;
        std::vector<rule> deviations;
    };
    static io_awaitable<void> run(std::shared_ptr<ws_session> self, std::unique_ptr<opening> o);

  private:
    io_awaitable<void> begin(opening& o);
    io_awaitable<error_code> answer_upgrade(opening& o);
    io_awaitable<void> room_again();
    io_awaitable<void> say_goodbye();

    /// A flag that is set for the time of a call.
    struct raised {
        explicit raised(bool& f) noexcept : flag(f) { flag = true; }
        ~raised() { flag = false; }
        raised(const raised&) = delete;
        raised& operator=(const raised&) = delete;
        bool& flag;
    };

    // Reading
    enum class next_step : std::uint8_t { receive, wait_for_room };
    [[nodiscard]] std::string_view receive();
    [[nodiscard]] next_step take_what_came();
    [[nodiscard]] next_step take_in(std::string_view& bytes);
    void take_message();
    void discard_what_came();
    [[nodiscard]] bool may_be_large(frame& f, std::size_t have, std::size_t size);
    [[nodiscard]] bool unpack(frame_ptr& f);
    void answer_ping(std::string_view payload);

    // Writing
    void send_what_waits() override;
    [[nodiscard]] bool gather();
    void put(frame_ptr f);
    [[nodiscard]] error_code send_some();
    void wait_for_the_peer();
    io_awaitable<void> send_when_writable();
    void after_goodbye();

    bool start_ping() override;
    void hang_up() noexcept override;
    bool peer_has_gone() noexcept override;

    static constexpr std::size_t most_gathered = 16;  // frames that one write takes
    // Beyond so many waiting pongs the newest replaces the last: RFC 6455 (5.5.3) asks for an answer to the latest ping
    // alone, but clients like one to each.
    static constexpr std::size_t most_controls = 16;

    transport connection_;
    websocket::message_reader reader_;
    std::string rest_;               // what came and is not taken in yet
    frame_ptr message_;              // the one that is coming
    frame_list controls_;            // pings and pongs waiting to be sent: before everything else
    std::size_t sent_ = 0;           // bytes of the first frame of sending_
    std::uint8_t deflate_bits_ = 0;  // window of what is sent; 0: no compression was agreed on
    bool gathering_ = false;
    bool peer_said_goodbye_ = false;  // nothing that comes now counts
    bool finished_ = false;           // nothing more will be sent
    bool garbled_ = false;            // what comes now cannot be read
};

}  // namespace voltgate
