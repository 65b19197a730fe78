// What a charge point is told of an id tag.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace voltgate {

enum class id_tag_status : std::uint8_t { accepted, blocked, expired, invalid, concurrent_tx };

/// As OCPP 1.6 spells it.
[[nodiscard]] std::string_view to_string(id_tag_status s) noexcept;
[[nodiscard]] std::optional<id_tag_status> read_id_tag_status(std::string_view text) noexcept;

inline constexpr std::string_view id_tag_statuses = "Accepted, Blocked, Expired, Invalid or ConcurrentTx";

}  // namespace voltgate
