// The units of samples: their base units, and what an absent one means. For every OCPP version.
#pragma once

#include "ocpp/payload.hpp"

#include <cstdint>
#include <string_view>

namespace voltgate {

struct meter_unit {
    std::string_view spelling;  // lower case
    std::string_view json;      // the base unit
    std::int32_t shift;         // one of `spelling` is 10^shift base units
};

/// Null: not one of them.
[[nodiscard]] const meter_unit* find_meter_unit(ocpp::value_view v) noexcept;

/// What an absent unit means, as JSON text: energy is in Wh, a frequency in Hertz; OCPP leaves the others open.
[[nodiscard]] std::string_view default_meter_unit(ocpp::value_view measurand) noexcept;

/// The base units that most samples are in.
[[nodiscard]] inline bool is_base_unit(std::string_view text) noexcept {
    if (text.size() == 1) return text[0] == 'A' || text[0] == 'V' || text[0] == 'W';
    if (text.size() != 2) return false;
    return (text[0] == 'W' && text[1] == 'h') || (text[0] == 'V' && text[1] == 'A');
}

/// A sample's field as JSON text. Unlike elsewhere a number is no text: no measurand or unit is called 5.
[[nodiscard]] inline std::string_view text_or(ocpp::value_view v, std::string_view fallback) noexcept {
    constexpr std::size_t quotes = 2;
    if (v.kind() == ocpp::value_kind::string) {
        const auto json = v.json();
        return json.size() > quotes ? json : fallback;
    }
    return v.present() ? "null" : fallback;
}

}  // namespace voltgate
