// Numbers that spread what would else come all at once. Nothing secret depends on them.
#pragma once

#include <cstdint>
#include <random>

namespace voltgate {

[[nodiscard]] inline std::uint32_t random_number() {
    thread_local std::minstd_rand source{std::random_device{}()};
    return static_cast<std::uint32_t>(source());
}

}  // namespace voltgate
