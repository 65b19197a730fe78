// Meter values of OCPP 2.0.1 and 2.1, with the defaults of absent fields filled in and their values in base units.
#pragma once

#include "events/meter_list.hpp"
#include "events/text_writer.hpp"
#include "ocpp/payload.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace voltgate {

/// Appends `"meterValues":[…]` and, if need be, `,"truncated":true`.
/// Returns the time of the last one that has a readable time.
std::optional<std::chrono::system_clock::time_point> put_meter_values_v2(text_writer& out, ocpp::value_view values);

/// A reading of the main energy register.
struct energy_reading {
    std::string json;                // in Wh, with all its digits; empty: there is none
    std::optional<std::int64_t> wh;  // rounded
};

/// The register's reading that was taken in this context ("Transaction.Begin"), else the last one of the message.
[[nodiscard]] energy_reading read_energy_v2(ocpp::value_view values, std::string_view context);

}  // namespace voltgate
