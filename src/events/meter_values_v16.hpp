// Meter values of OCPP 1.6, with the defaults of absent fields filled in and their values in base units.
#pragma once

#include "events/exact_decimal.hpp"
#include "events/meter_list.hpp"
#include "events/text_writer.hpp"
#include "ocpp/payload.hpp"

#include <chrono>
#include <optional>

namespace voltgate {

/// Appends `"meterValues":[…]` and, if need be, `,"truncated":true`. `values`: meterValue or transactionData.
meter_list_reading put_meter_values_v16(text_writer& out, ocpp::value_view values);

/// The value of a sample of the energy register in Wh. Nullopt: it has none, or a unit that is none of energy.
[[nodiscard]] std::optional<exact_decimal> wh_of_v16(ocpp::value_view sample);

/// The time of the last meter value that has a readable one.
[[nodiscard]] std::optional<std::chrono::system_clock::time_point> last_meter_time_v16(
    ocpp::value_view values) noexcept;

}  // namespace voltgate
