// Identities of events and commands: 128 random bits, shown as a version 4 UUID.
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace voltgate {

/// Cheap enough for every event: a generator per thread, seeded from the operating system's randomness.
/// Unique, not secret: who has seen some can compute later ones.
[[nodiscard]] std::array<std::uint64_t, 2> make_event_id();

/// "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx" without quotes, whatever the bits are.
void append_uuid(std::string& out, const std::array<std::uint64_t, 2>& id);

}  // namespace voltgate
