// Meter values of OCPP 2.0.1 and 2.1, with the defaults of absent fields filled in and their values in base units.
#pragma once

#include "events/meter_list.hpp"
#include "events/register_reading.hpp"
#include "events/text_writer.hpp"
#include "ocpp/payload.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace voltgate {

/// Appends `"meterValues":[…]` and, if need be, `,"truncated":true`.
meter_list_reading put_meter_values_v2(text_writer& out, ocpp::value_view values);

/// The value of a sample of the energy register. Nullopt: it has none, or a unit that is none of energy.
[[nodiscard]] std::optional<exact_decimal> wh_of_v2(ocpp::value_view sample);

/// Which reading of a message is looked for.
enum class reading_kind : std::uint8_t {
    start,  // context Transaction.Begin, else the last one that is not Transaction.End
    end,    // context Transaction.End, else the last one that is not Transaction.Begin
    any,    // the last one
};
[[nodiscard]] register_reading read_register_v2(ocpp::value_view values, reading_kind wanted, register_search how);

}  // namespace voltgate
