// What a charge point's socket has seen: the trace for failures, the frames nobody has taken yet, fragments put
// together.
#pragma once

#include "support/charge_point.hpp"

#include <deque>
#include <functional>
#include <optional>

namespace voltgate::test {

class connection {
  public:
    connection(std::uint16_t port, std::string_view target, const connect_options& options);

    [[nodiscard]] const http_response& response() const noexcept { return response_; }
    [[nodiscard]] bool upgraded() const noexcept { return response_.status == 101; }

    void send_frame(std::uint8_t code, std::string_view payload, const frame_options& options = {});
    void send_bytes(std::string_view bytes);
    bool try_send_bytes(std::string_view bytes);
    void send_frame_array(const json::array& frame);

    /// Takes the first waiting text message that `wanted` accepts, reading on until there is one.
    std::string take_text(const std::function<bool(std::string_view)>& wanted, std::string_view description);
    std::string take_control(opcode code, std::string_view description);
    /// Reads until the peer has ended the connection. Gives the code it closed with.
    std::uint16_t read_to_end();

    [[nodiscard]] const std::deque<std::string>& texts() const noexcept { return texts_; }
    void note_closing() noexcept { close_sent_ = true; }
    void vanish() noexcept { vanished_ = true; }
    tcp_connection& socket() noexcept { return stream_.connection; }
    std::string next_id() { return "cp-" + std::to_string(++last_id_); }

    /// Throws `unexpected` with the trace.
    [[noreturn]] void fail(std::string_view what) const;

  private:
    struct traced {
        bool sent;
        std::string text;
    };
    void trace(bool sent, std::uint8_t code, std::string_view payload);
    void check_alive() const;
    void read_more(std::string_view waiting_for, deadline until);
    void accept_frame(frame received);
    void accept_message(opcode code, std::string payload);
    void accept_close(std::string_view payload);

    std::chrono::milliseconds patience_;
    bool answer_pings_;
    http_stream stream_;
    http_response response_;
    std::deque<traced> trace_;
    std::deque<std::string> texts_;
    std::deque<frame> controls_;  // pings and pongs
    std::optional<std::string> fragments_;
    std::optional<std::uint16_t> closed_with_;
    bool close_sent_ = false;
    bool ended_ = false;
    bool vanished_ = false;
    std::uint64_t last_id_ = 0;
};

}  // namespace voltgate::test
