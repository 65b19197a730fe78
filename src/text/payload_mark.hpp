// A number for a text: what a charger sends twice by accident is the same to the byte, and has the same mark.
#pragma once

#include <cstdint>
#include <string_view>

namespace voltgate {

/// `key`: nobody who does not know it can make two texts with the same mark on purpose.
[[nodiscard]] std::uint64_t payload_mark(std::string_view payload, std::uint64_t key) noexcept;

/// For texts of the gateway's own users, and marks that are kept by earlier versions.
[[nodiscard]] std::uint64_t payload_mark(std::string_view payload) noexcept;

}  // namespace voltgate
