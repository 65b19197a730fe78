// The generators are xoshiro256** (Blackman and Vigna, "Scrambled linear pseudorandom number generators").
#include "machine/machine_random.hpp"

#include <array>
#include <bit>
#include <openssl/rand.h>
#include <random>
#include <stdexcept>

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

}  // namespace

void machine_random::fill(std::span<unsigned char> bytes) {
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        throw std::runtime_error("the system has no random bytes to give");
}

std::uint64_t machine_random::number() noexcept {
    thread_local generator next;
    return next();
}

}  // namespace voltgate
