// Meter values of OCPP 1.6, with the defaults of absent fields filled in and their values in base units.
#pragma once

#include "events/meter_list.hpp"
#include "events/text_writer.hpp"
#include "ocpp/payload.hpp"

#include <chrono>
#include <optional>

namespace voltgate {

/// Appends `"meterValues":[…]` and, if need be, `,"truncated":true`. `values`: meterValue or transactionData.
/// Returns the time of the last one that has a readable time.
std::optional<std::chrono::system_clock::time_point> put_meter_values_v16(text_writer& out, ocpp::value_view values);

/// That time alone.
[[nodiscard]] std::optional<std::chrono::system_clock::time_point> last_meter_time_v16(
    ocpp::value_view values) noexcept;

}  // namespace voltgate
