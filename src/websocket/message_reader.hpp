// What a client says, out of the bytes of its connection, however the network cuts them. Pure; a few words per
// connection: an idle one holds no buffer. Source: RFC 6455 section 5, RFC 7692 section 6.
#pragma once

#include "websocket/frame.hpp"
#include "websocket/utf8_checker.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace voltgate::websocket {

/// The payload of a ping, a pong or a Close.
struct control_payload {
    std::uint8_t size = 0;
    std::array<char, longest_control_payload> bytes;
    [[nodiscard]] std::string_view text() const noexcept { return {bytes.data(), size}; }
};

class message_reader {
  public:
    /// `largest`: no message may have more bytes than that, as it is sent.
    explicit message_reader(std::size_t largest) noexcept : largest_(largest) {}

    /// From here on RSV1 has its meaning: the message is packed.
    void agree_on_deflate() noexcept { deflate_ = true; }

    enum class found : std::uint8_t {
        nothing,    // all bytes are taken, more are needed
        payload,    // a part of a message
        message,    // its end
        ping,       // in `control`
        pong,       // in `control`
        close,      // answer it with code(), read no further
        violation,  // fail the connection with code(), read no further
    };
    /// Takes from the front of `bytes` up to the first thing that is found. `message`: what there is of the current
    /// message, to which its payload is appended; it begins empty.
    [[nodiscard]] found read(std::string_view& bytes, std::string& message, control_payload& control);

    /// Of a close or a violation.
    [[nodiscard]] std::uint16_t code() const noexcept { return code_; }
    /// Of the current message, or the one that has just ended.
    [[nodiscard]] bool is_text() const noexcept { return text_; }
    [[nodiscard]] bool is_packed() const noexcept { return packed_; }
    /// Payload bytes of the current frame that are still to come.
    [[nodiscard]] std::uint64_t payload_left() const noexcept { return payload_left_; }
    /// A message has begun and has not ended.
    [[nodiscard]] bool in_message() const noexcept { return payload_left_ > 0 || continued_; }
    /// Nothing has begun: neither a message nor a frame.
    [[nodiscard]] bool at_rest() const noexcept { return !in_message() && held_.empty(); }

  private:
    struct parsed;

    [[nodiscard]] found begin_frame(std::string_view& bytes, std::size_t size_so_far, control_payload& control);
    [[nodiscard]] found begin_data(const parsed& frame, std::size_t size_so_far);
    [[nodiscard]] found take_control(const parsed& frame, std::string_view masked, control_payload& control);
    [[nodiscard]] found take_payload(std::string_view& bytes, std::string& message);
    [[nodiscard]] found answer_close(std::string_view payload);
    [[nodiscard]] found fail(std::uint16_t code) noexcept;

    std::uint64_t payload_left_ = 0;
    std::string held_;  // what has come of a head, or of a control frame
    std::size_t largest_;
    std::array<char, 4> key_{};
    std::uint16_t code_ = 0;
    utf8_checker utf8_;
    bool deflate_ = false;
    bool final_ = true;       // the current frame is its message's last
    bool continued_ = false;  // a continuation has to follow
    bool text_ = false, packed_ = false;
};

}  // namespace voltgate::websocket
