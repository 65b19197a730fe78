// A number for a text: what a charger sends twice by accident is the same to the byte, and has the same mark.
#pragma once

#include <cstdint>
#include <string_view>

namespace voltgate {

[[nodiscard]] std::uint64_t payload_mark(std::string_view payload) noexcept;

}  // namespace voltgate
