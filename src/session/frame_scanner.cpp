#include "session/frame_scanner.hpp"

#include <algorithm>

namespace voltgate {

namespace {

constexpr unsigned char fin_bit = 0x80, masked_bit = 0x80, rsv_bits = 0x70, opcode_bits = 0x0F, length_bits = 0x7F;
constexpr unsigned char opcode_close = 8, opcode_ping = 9, opcode_pong = 10;
constexpr std::size_t longest_control_payload = 125, mask_size = 4;

std::size_t size_of_header(unsigned char second) noexcept {
    const std::size_t length = second & length_bits;
    std::size_t size = 2;
    if (length == 126) size += 2;
    if (length == 127) size += 8;
    if (second & masked_bit) size += mask_size;
    return size;
}

}  // namespace

frame_scanner::control frame_scanner::look(std::span<const char> bytes, control_frame& taken,
                                           std::size_t& length) noexcept {
    if (bytes.empty()) return control::none;
    const auto first = static_cast<unsigned char>(bytes[0]);
    const unsigned char opcode = first & opcode_bits;
    if ((opcode != opcode_ping && opcode != opcode_pong) || !(first & fin_bit) || (first & rsv_bits)) {
        return control::none;
    }
    if (bytes.size() < 2) return control::partial;
    const auto second = static_cast<unsigned char>(bytes[1]);
    const std::size_t size = second & length_bits;
    if (!(second & masked_bit) || size > longest_control_payload) return control::none;
    length = 2 + mask_size + size;
    if (bytes.size() < length) return control::partial;

    const auto mask = bytes.subspan(2, mask_size);
    const auto payload = bytes.subspan(2 + mask_size, size);
    taken.is_ping = opcode == opcode_ping;
    taken.size = static_cast<std::uint8_t>(size);
    for (std::size_t i = 0; i < size; ++i) taken.payload[i] = static_cast<char>(payload[i] ^ mask[i % mask_size]);
    return control::whole;
}

std::size_t frame_scanner::advance(std::span<const char> bytes) noexcept {
    std::size_t used = 0;
    if (payload_left_ == 0) {
        used = advance_header(bytes);
        if (payload_left_ == 0) return used;
        bytes = bytes.subspan(used);
    }
    const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(payload_left_, bytes.size()));
    payload_left_ -= n;
    return used + n;
}

bool frame_scanner::ended_with_close() const noexcept {
    return at_boundary() && (header_[0] & opcode_bits) == opcode_close;
}

std::size_t frame_scanner::advance_header(std::span<const char> bytes) noexcept {
    // Two bytes tell how long it is; all of it tells how long the payload is.
    std::size_t used = 0;
    const auto take_until = [&](std::size_t size) {
        while (header_have_ < size && used < bytes.size())
            header_[header_have_++] = static_cast<unsigned char>(bytes[used++]);
        return header_have_ >= size;
    };
    if (!take_until(2)) return used;
    if (!take_until(size_of_header(header_[1]))) return used;
    std::uint64_t length = header_[1] & length_bits;
    if (const std::size_t extra = length == 126 ? 2 : length == 127 ? 8 : 0; extra != 0) {
        length = 0;
        for (std::size_t i = 0; i < extra; ++i) length = length << 8 | header_[2 + i];
    }
    payload_left_ = length;
    header_have_ = 0;
    return used;
}

}  // namespace voltgate
