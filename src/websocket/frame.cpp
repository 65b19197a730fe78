#include "websocket/frame.hpp"

#include <cstring>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <utility>

namespace voltgate::websocket {

frame_head make_head(opcode code, std::size_t payload, bool packed) noexcept {
    constexpr unsigned fin = 0x80, rsv1 = 0x40;
    frame_head head;
    head.bytes[0] = static_cast<char>(fin | (packed ? rsv1 : 0U) | static_cast<unsigned>(code));
    std::uint8_t length_bytes = 0;
    if (payload <= longest_control_payload) {
        head.bytes[1] = static_cast<char>(payload);
    } else if (payload <= 0xFFFF) {
        head.bytes[1] = 126;
        length_bytes = 2;
    } else {
        head.bytes[1] = 127;
        length_bytes = 8;
    }
    for (std::uint8_t i = 0; i < length_bytes; ++i)
        head.bytes[2U + i] = static_cast<char>(payload >> (8 * (length_bytes - 1U - i)));
    head.size = static_cast<std::uint8_t>(2 + length_bytes);
    return head;
}

bool unmask(char* bytes, std::size_t size, std::array<char, 4>& key) noexcept {
    constexpr std::uint64_t high_bits = 0x8080808080808080U;
    std::array<char, 8> twice;
    std::memcpy(twice.data(), key.data(), key.size());
    std::memcpy(twice.data() + key.size(), key.data(), key.size());
    std::uint64_t mask = 0, seen = 0;
    std::memcpy(&mask, twice.data(), sizeof mask);
    std::size_t i = 0;
    for (; i + sizeof mask <= size; i += sizeof mask) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes + i, sizeof word);
        word ^= mask;
        seen |= word;
        std::memcpy(bytes + i, &word, sizeof word);
    }
    unsigned char rest = 0;
    for (std::size_t k = 0; i < size; ++i, ++k) {
        bytes[i] = static_cast<char>(bytes[i] ^ twice[k]);
        rest |= static_cast<unsigned char>(bytes[i]);
    }
    std::memcpy(key.data(), twice.data() + size % key.size(), key.size());
    return (seen & high_bits) == 0 && (rest & 0x80U) == 0;
}

bool may_be_sent(std::uint16_t close_code) noexcept {
    constexpr std::uint16_t first_of_libraries = 3000, last = 0xFFFF;
    if (close_code >= 1000 && close_code <= 1013) return close_code < 1004 || close_code > 1006;
    return close_code >= first_of_libraries && close_code <= last;
}

std::string close_payload(std::uint16_t code, std::string_view reason) {
    std::string payload = {static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
    return payload.append(reason.substr(0, longest_control_payload - payload.size()));
}

std::string accept_of(std::string_view key) {
    std::string text(key);
    text += "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, SHA_DIGEST_LENGTH> digest;
    ::SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
    std::array<unsigned char, 4 * ((SHA_DIGEST_LENGTH + 2) / 3) + 1> encoded;
    const int size = ::EVP_EncodeBlock(encoded.data(), digest.data(), SHA_DIGEST_LENGTH);
    return {reinterpret_cast<const char*>(encoded.data()), static_cast<std::size_t>(size)};
}

}  // namespace voltgate::websocket
