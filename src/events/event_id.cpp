// Identities of events: xoshiro256** per thread (Blackman and Vigna, "Scrambled linear pseudorandom number
// generators").
#include "events/event_id.hpp"

#include <bit>
#include <random>

namespace voltgate {

namespace {

class generator {
  public:
    generator() {
        std::random_device device;
        for (auto& word : state_) word = (std::uint64_t{device()} << 32) | device();
        state_[0] |= 1;  // all zero is the one state it never leaves
    }

    std::uint64_t operator()() noexcept {
        const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
        const std::uint64_t shifted = state_[1] << 17;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= shifted;
        state_[3] = std::rotl(state_[3], 45);
        return result;
    }

  private:
    std::array<std::uint64_t, 4> state_{};
};

constexpr char hex_digits[] = "0123456789abcdef";

char* put_hex(char* to, std::uint64_t bits, int first_nibble, int count) noexcept {
    for (int i = 0; i < count; ++i) *to++ = hex_digits[(bits >> (60 - 4 * (first_nibble + i))) & 15];
    return to;
}

}  // namespace

std::array<std::uint64_t, 2> make_event_id() {
    thread_local generator next;
    const std::uint64_t high = next();
    return {high, next()};
}

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

}  // namespace voltgate
