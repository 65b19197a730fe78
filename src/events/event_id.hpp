// Identities of events and commands: 128 random bits, shown as a version 4 UUID.
#pragma once

#include "async/random_source.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace voltgate {

/// Unique, not secret: see random_source::number().
[[nodiscard]] inline std::array<std::uint64_t, 2> make_event_id(random_source& random) noexcept {
    const std::uint64_t high = random.number();
    return {high, random.number()};
}

/// "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx" without quotes, whatever the bits are.
void append_uuid(std::string& out, const std::array<std::uint64_t, 2>& id);
/// A new one.
[[nodiscard]] std::string make_uuid(random_source& random);

}  // namespace voltgate
