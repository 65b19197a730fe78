// The generators are xoshiro256** (Blackman and Vigna, "Scrambled linear pseudorandom number generators").
#include "machine/machine_random.hpp"

#include "async/mix_bits.hpp"

#include <bit>
#include <openssl/rand.h>
#include <stdexcept>

namespace voltgate {

namespace {

class generator {
  public:
    using state = std::array<std::uint64_t, 4>;

    /// Another one for each number.
    generator(const state& seed, std::uint64_t number) noexcept : state_(seed) {
        for (auto& word : state_) word = mix_bits(word + number * 0x9E3779B97F4A7C15U);
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
    state state_;
};

}  // namespace

machine_random::machine_random() {
    for (auto& word : seed_) word = secret_number();
}

void machine_random::fill(std::span<unsigned char> bytes) {
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        throw std::runtime_error("the system has no random bytes to give");
}

std::uint64_t machine_random::number() noexcept {
    thread_local generator next(seed_, threads_.fetch_add(1, std::memory_order_relaxed));
    return next();
}

}  // namespace voltgate
