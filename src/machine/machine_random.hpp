// The randomness of the operating system and of OpenSSL.
#pragma once

#include "async/random_source.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <span>

namespace voltgate {

class machine_random final : public random_source {
  public:
    /// Throws std::exception where the system has none to give.
    machine_random();
    void fill(std::span<unsigned char> bytes) override;
    /// From a generator for each thread, all from one seed of the operating system.
    [[nodiscard]] std::uint64_t number() noexcept override;

  private:
    std::array<std::uint64_t, 4> seed_{};
    std::atomic<std::uint64_t> threads_{0};
};

}  // namespace voltgate
