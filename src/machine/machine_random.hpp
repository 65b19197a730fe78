// The randomness of the operating system and of OpenSSL.
#pragma once

#include "async/random_source.hpp"

namespace voltgate {

class machine_random final : public random_source {
  public:
    void fill(std::span<unsigned char> bytes) override;
    /// From a generator for each thread, seeded by the operating system.
    [[nodiscard]] std::uint64_t number() noexcept override;
};

}  // namespace voltgate
