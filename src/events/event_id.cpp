#include "events/event_id.hpp"

namespace voltgate {

namespace {

constexpr char hex_digits[] = "0123456789abcdef";

char* put_hex(char* to, std::uint64_t bits, int first_nibble, int count) noexcept {
    for (int i = 0; i < count; ++i) *to++ = hex_digits[(bits >> (60 - 4 * (first_nibble + i))) & 15];
    return to;
}

}  // namespace

void append_uuid(std::string& out, const std::array<std::uint64_t, 2>& id) {
    const std::uint64_t high = (id[0] & ~std::uint64_t{0xF000}) | 0x4000;                      // version 4
    const std::uint64_t low = (id[1] & ~(std::uint64_t{3} << 62)) | (std::uint64_t{2} << 62);  // RFC 9562 variant
    char text[36];
    char* to = put_hex(text, high, 0, 8);
    *to++ = '-';
    to = put_hex(to, high, 8, 4);
    *to++ = '-';
    to = put_hex(to, high, 12, 4);
    *to++ = '-';
    to = put_hex(to, low, 0, 4);
    *to++ = '-';
    put_hex(to, low, 4, 12);
    out.append(text, sizeof text);
}

std::string make_uuid(random_source& random) {
    std::string text;
    append_uuid(text, make_event_id(random));
    return text;
}

}  // namespace voltgate
