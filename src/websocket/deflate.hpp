// permessage-deflate without context takeover: every message is packed by itself, so a connection keeps nothing between
// two of them. The states of zlib belong to the I/O thread. Source: RFC 7692.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct z_stream_s;

namespace voltgate {

/// What a connection agreed on.
struct deflate_terms {
    static constexpr std::uint8_t least_window_bits = 9, most_window_bits = 12;

    std::uint8_t window_bits = most_window_bits;  // of what the gateway sends
    bool window_asked_for = false;                // by the client

    /// For Sec-WebSocket-Extensions.
    [[nodiscard]] std::string answer() const;
};

/// Of what a client offers in Sec-WebSocket-Extensions, in its order, the first that can be met. Pure.
[[nodiscard]] std::optional<deflate_terms> negotiate_deflate(std::string_view offers);

/// One per I/O thread. Memory is taken when it is needed first: about 40 kB each for reading and for writing.
class deflate_codec {
  public:
    enum class result : std::uint8_t { done, too_big, corrupt };
    /// Appends the message that `packed` holds to `plain`, up to `most` bytes of it.
    [[nodiscard]] result unpack(std::string_view packed, std::size_t most, std::string& plain);

    /// Replaces `packed`. False: that would not make it smaller; `packed` is of no use then.
    [[nodiscard]] bool pack(std::string_view plain, std::uint8_t window_bits, std::string& packed);

  private:
    struct end_inflating {
        void operator()(z_stream_s* z) const noexcept;
    };
    struct end_deflating {
        void operator()(z_stream_s* z) const noexcept;
    };
    using packer = std::unique_ptr<z_stream_s, end_deflating>;

    [[nodiscard]] z_stream_s* packer_of(std::uint8_t window_bits);

    static constexpr std::size_t window_sizes = deflate_terms::most_window_bits - deflate_terms::least_window_bits + 1;
    std::unique_ptr<z_stream_s, end_inflating> inflating_;
    std::array<packer, window_sizes> deflating_;
};

}  // namespace voltgate
