#include "websocket/message_reader.hpp"

#include <algorithm>
#include <cstring>

namespace voltgate::websocket {

namespace {

constexpr std::uint16_t normal = 1000, protocol_error = 1002, bad_payload = 1007, too_big = 1009;
constexpr std::size_t key_size = 4;
constexpr std::size_t longest_held = 2 + key_size + longest_control_payload;  // the longest control frame

}  // namespace

/// The head of a frame.
struct message_reader::parsed {
    opcode code = opcode::continuation;
    bool final = false, rsv1 = false, other_rsv = false, masked = false;
    std::uint8_t size = 0;  // of the head; 0: more bytes are needed
    bool minimal = true;    // its length has the shortest form
    std::uint64_t payload = 0;
    std::array<char, key_size> key{};

    explicit parsed(std::string_view bytes) noexcept {
        if (bytes.size() < 2) return;
        const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
        const unsigned first = at(0), second = at(1);
        payload = second & 0x7FU;
        const std::size_t length_bytes = payload == 126 ? 2 : payload == 127 ? 8 : 0;
        masked = (second & 0x80U) != 0;
        const std::size_t whole = 2 + length_bytes + (masked ? key_size : 0);
        if (bytes.size() < whole) return;
        size = static_cast<std::uint8_t>(whole);
        code = static_cast<opcode>(first & 0x0FU);
        final = (first & 0x80U) != 0;
        rsv1 = (first & 0x40U) != 0;
        other_rsv = (first & 0x30U) != 0;
        if (length_bytes > 0) {
            payload = 0;
            for (std::size_t i = 0; i < length_bytes; ++i) payload = payload << 8 | at(2 + i);
            minimal = payload > (length_bytes == 2 ? 125U : 0xFFFFU);
        }
        if (masked) std::memcpy(key.data(), bytes.data() + 2 + length_bytes, key_size);
    }

    [[nodiscard]] bool is_control() const noexcept {
        return code == opcode::close || code == opcode::ping || code == opcode::pong;
    }
    [[nodiscard]] bool is_data() const noexcept {
        return code == opcode::continuation || code == opcode::text || code == opcode::binary;
    }
};

message_reader::found message_reader::fail(std::uint16_t code) noexcept {
    code_ = code;
    return found::violation;
}

message_reader::found message_reader::read(std::string_view& bytes, std::string& message, control_payload& control) {
    for (;;) {
        if (payload_left_ > 0) return bytes.empty() ? found::nothing : take_payload(bytes, message);
        if (bytes.empty()) return found::nothing;
        const found what = begin_frame(bytes, message.size(), control);
        if (what != found::payload) return what;
    }
}

// payload: the head of a data frame was taken, go on. nothing: that needs more bytes than there are.
message_reader::found message_reader::begin_frame(std::string_view& bytes, std::size_t size_so_far,
                                                  control_payload& control) {
    const std::size_t held = held_.size();
    if (held > 0) held_.append(bytes.substr(0, longest_held - held));
    const std::string_view all = held > 0 ? std::string_view(held_) : bytes;
    const parsed frame(all);
    std::size_t used = frame.size;
    bool whole = used > 0;
    found what = found::nothing;
    if (whole && frame.is_data()) {
        what = begin_data(frame, size_so_far);
    } else if (whole) {
        const bool sound = frame.is_control() && frame.final && !frame.rsv1 && !frame.other_rsv && frame.masked &&
                           frame.minimal && frame.payload <= longest_control_payload;
        if (!sound) return fail(protocol_error);
        used += static_cast<std::size_t>(frame.payload);
        whole = all.size() >= used;
        if (whole) what = take_control(frame, all.substr(frame.size, used - frame.size), control);
    }
    if (whole) {
        bytes.remove_prefix(used - held);
        held_ = std::string();  // {} would keep its memory
    } else {
        if (held == 0) held_ = bytes;
        bytes = {};
    }
    return what;
}

message_reader::found message_reader::begin_data(const parsed& frame, std::size_t size_so_far) {
    const bool first = frame.code != opcode::continuation;
    if (first == continued_ || frame.other_rsv || !frame.masked || !frame.minimal) return fail(protocol_error);
    if (frame.rsv1 && !(first && deflate_)) return fail(protocol_error);
    if (frame.payload > largest_ - std::min(size_so_far, largest_)) return fail(too_big);
    if (first) {
        text_ = frame.code == opcode::text;
        packed_ = frame.rsv1;
        utf8_ = {};
    }
    key_ = frame.key;
    payload_left_ = frame.payload;
    final_ = frame.final;
    continued_ = !final_;
    if (payload_left_ > 0 || continued_) return found::payload;
    if (text_ && !packed_ && !utf8_.at_boundary()) return fail(bad_payload);
    return found::message;
}

message_reader::found message_reader::take_payload(std::string_view& bytes, std::string& message) {
    const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(payload_left_, bytes.size()));
    const std::size_t before = message.size();
    message.append(bytes.data(), n);
    bytes.remove_prefix(n);
    payload_left_ -= n;
    const bool ascii = unmask(message.data() + before, n, key_);
    const bool whole = payload_left_ == 0 && final_;
    if (text_ && !packed_) {
        const bool sound = ascii ? utf8_.at_boundary() : utf8_.take(std::string_view(message).substr(before));
        if (!sound || (whole && !utf8_.at_boundary())) return fail(bad_payload);
    }
    return whole ? found::message : found::payload;
}

message_reader::found message_reader::take_control(const parsed& frame, std::string_view masked,
                                                   control_payload& control) {
    control.size = static_cast<std::uint8_t>(masked.size());
    std::memcpy(control.bytes.data(), masked.data(), masked.size());
    auto key = frame.key;
    unmask(control.bytes.data(), control.size, key);
    if (frame.code == opcode::close) return answer_close(control.text());
    return frame.code == opcode::ping ? found::ping : found::pong;
}

message_reader::found message_reader::answer_close(std::string_view payload) {
    code_ = normal;
    if (payload.empty()) return found::close;
    if (payload.size() < 2) return fail(protocol_error);
    code_ = static_cast<std::uint16_t>(static_cast<unsigned char>(payload[0]) << 8 |
                                       static_cast<unsigned char>(payload[1]));
    utf8_checker reason;
    const bool sound = may_be_sent(code_) && reason.take(payload.substr(2)) && reason.at_boundary();
    return sound ? found::close : fail(protocol_error);
}

}  // namespace voltgate::websocket
