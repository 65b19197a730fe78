// Sits between the socket and the WebSocket library: knows where frames begin and end, without touching their content.
// It lets an idle connection hold no buffer and no pending read: control frames are taken out of the byte stream
// before the library sees them, and the library is asked to read only when a message is there.
// Source: RFC 6455 section 5.2.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace voltgate {

/// A whole, well-formed ping or pong of the client. Anything else is left for the library to judge.
struct control_frame {
    bool is_ping = false;
    std::uint8_t size = 0;  // of the payload
    char payload[125]{};
};

/// Pure; one per connection, a few words small. Fed with bytes in the order in which they arrive.
class frame_scanner {
  public:
    /// At a frame's first byte: the next bytes to look at may be a control frame.
    [[nodiscard]] bool at_boundary() const noexcept { return payload_left_ == 0 && header_have_ == 0; }

    enum class control : std::uint8_t { none, partial, whole };
    /// Only at a boundary. whole: `taken` is filled and the caller removes `length` bytes from the front.
    /// partial: the bytes begin such a frame and more are needed. none: not one, or one the library must refuse.
    [[nodiscard]] static control look(std::span<const char> bytes, control_frame& taken, std::size_t& length) noexcept;

    /// `bytes` are the next ones: goes on over those that belong to the current frame, its header included, and
    /// returns how many that are. At least 1 unless `bytes` is empty.
    std::size_t advance(std::span<const char> bytes) noexcept;

    /// Payload bytes of the current frame that are still to come; the header must be complete.
    [[nodiscard]] std::uint64_t payload_left() const noexcept { return payload_left_; }
    /// The last whole frame was a Close.
    [[nodiscard]] bool ended_with_close() const noexcept;
    [[nodiscard]] bool header_incomplete() const noexcept { return header_have_ != 0; }

  private:
    static constexpr std::size_t longest_header = 14;
    std::size_t advance_header(std::span<const char> bytes) noexcept;

    std::uint64_t payload_left_ = 0;
    unsigned char header_[longest_header]{};
    std::uint8_t header_have_ = 0;
};

}  // namespace voltgate
