// Chance, as the whole gateway meets it.
#pragma once

#include <cstdint>
#include <span>

namespace voltgate {

/// A simulation brings its own. Any thread.
class random_source {
  public:
    virtual ~random_source() = default;
    /// What nobody can guess: keys, salts, serial numbers. Throws std::runtime_error where the system has none to give.
    virtual void fill(std::span<unsigned char> bytes) = 0;
    /// Unique, not secret: who has seen some can compute later ones. Cheap enough for every event.
    [[nodiscard]] virtual std::uint64_t number() noexcept = 0;

    /// One that nobody can guess.
    [[nodiscard]] std::uint64_t secret_number() {
        unsigned char bytes[8];
        fill(bytes);
        std::uint64_t n = 0;
        for (const unsigned char b : bytes) n = n << 8 | b;
        return n;
    }
};

}  // namespace voltgate
