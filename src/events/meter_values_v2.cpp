// Meter values of OCPP 2.0.1 and 2.1.
#include "events/meter_values_v2.hpp"

#include "events/decimal.hpp"
#include "events/meter_units.hpp"
#include "events/payload_fields.hpp"

#include <cmath>
#include <cstdlib>

namespace voltgate {

namespace {

using ocpp::value_kind;
using ocpp::value_view;
using time_point = std::chrono::system_clock::time_point;

constexpr std::int64_t largest_multiplier = 30;

struct sample_fields {
    value_view value, measurand, unit, multiplier, signed_value;
    // JSON texts
    std::string_view measurand_text, context, location, phase;
};

struct shifted_decimal {
    decimal number;
    std::int32_t shift = 0;
};

/// The value in base units. Nullopt: it is no number, or its multiplier none.
std::optional<shifted_decimal> read_value(value_view value, value_view multiplier, const meter_unit* unit) noexcept {
    const auto kind = value.kind();
    const bool has_text = kind == value_kind::string || kind == value_kind::integer || kind == value_kind::number;
    const auto number = has_text ? read_decimal(value.raw()) : std::nullopt;
    const auto power = multiplier ? multiplier.integer() : std::optional<std::int64_t>(0);
    if (!number || !power || *power < -largest_multiplier || *power > largest_multiplier) return std::nullopt;
    shifted_decimal read{*number, static_cast<std::int32_t>(*power) + (unit != nullptr ? unit->shift : 0)};
    if (read.shift < 0) {
        read.number.exponent += read.shift;
        read.number.is_json = false;
        read.shift = 0;
    }
    return read;
}

void put_signed_data(text_writer& out, value_view signed_value) {
    const auto [data, method, encoding, key] =
        pick<"signedMeterData", "signingMethod", "encodingMethod", "publicKey">(signed_value);
    out.put(R"(,"signedData":)");
    put_string(out, data);
    out.put(R"(,"signingMethod":)");
    put_string(out, method);
    out.put(R"(,"encodingMethod":)");
    put_string(out, encoding);
    out.put(R"(,"publicKey":)");
    put_string(out, key);
}

/// Any value, unit and multiplier, with what the charge point wrote beside them if they are not the same.
text_writer put_converted_sample(text_writer out, const sample_fields& s) {
    const meter_unit* const known_unit = find_meter_unit(s.unit);
    const auto read = read_value(s.value, s.multiplier, known_unit);
    out.put_all(R"({"measurand":)", s.measurand_text, R"(,"value":)");
    if (read)
        put_decimal(out, read->number, read->shift);
    else
        out.put("null");
    out.put_all(R"(,"unit":)",
                known_unit != nullptr ? known_unit->json : text_or(s.unit, default_meter_unit(s.measurand)),
                R"(,"context":)", s.context, R"(,"location":)", s.location, R"(,"phase":)", s.phase);

    const bool same_value = read && read->shift == 0 && read->number.is_json && read->number.text == s.value.raw();
    const bool same_unit = known_unit == nullptr || known_unit->json == s.unit.json();
    if (!same_value || !same_unit) {
        out.put(R"(,"raw":{"value":)");
        put_string(out, s.value);
        out.put_all(R"(,"unit":)", text_or(s.unit, "null"));
        if (s.multiplier) {
            out.put(R"(,"multiplier":)");
            put_integer(out, s.multiplier);
        }
        out.put('}');
    }
    if (s.signed_value) put_signed_data(out, s.signed_value);
    out.put('}');
    return out;
}

/// The usual sample is written in one go.
text_writer put_sample(text_writer out, value_view sample) {
    const auto [value, measurand, phase, context, location, unit_of_measure, signed_value] =
        pick<"value", "measurand", "phase", "context", "location", "unitOfMeasure", "signedMeterValue">(sample);
    const auto [unit, multiplier] = pick<"unit", "multiplier">(unit_of_measure);
    const sample_fields s{value,
                          measurand,
                          unit,
                          multiplier,
                          signed_value,
                          text_or(measurand, R"("Energy.Active.Import.Register")"),
                          text_or(context, R"("Sample.Periodic")"),
                          text_or(location, R"("Outlet")"),
                          text_or(phase, "null")};
    const auto kind = value.kind();
    const bool is_usual = (kind == value_kind::integer || kind == value_kind::number) &&
                          is_plain_decimal(value.raw()) && unit.kind() == value_kind::string &&
                          is_base_unit(unit.raw()) && (!multiplier || multiplier.raw() == "0") && !signed_value;
    if (!is_usual) return put_converted_sample(out, s);
    out.put_all(R"({"measurand":)", s.measurand_text, R"(,"value":)", value.raw(), R"(,"unit":)", unit.json(),
                R"(,"context":)", s.context, R"(,"location":)", s.location, R"(,"phase":)", s.phase, "}");
    return out;
}

/// Of the whole connector: a reading of one phase, or of another place, is none of the transaction's energy.
bool is_main_register(value_view measurand, value_view phase, value_view location) noexcept {
    return (is_blank(measurand) || measurand.raw() == "Energy.Active.Import.Register") && is_blank(phase) &&
           (is_blank(location) || location.raw() == "Outlet");
}

}  // namespace

std::optional<time_point> put_meter_values_v2(text_writer& out, value_view values) {
    return put_meter_list<put_sample>(out, values);
}

energy_reading read_energy_v2(value_view values, std::string_view wanted_context) {
    value_view best, best_unit;
    bool exact = false;
    for_each_object(values, [&](value_view meter_value) {
        for_each_object(meter_value["sampledValue"], [&](value_view sample) {
            const auto [value, measurand, phase, context, location, unit_of_measure] =
                pick<"value", "measurand", "phase", "context", "location", "unitOfMeasure">(sample);
            if (!is_main_register(measurand, phase, location)) return true;
            const bool fits = context.kind() == value_kind::string && context.raw() == wanted_context;
            if (exact && !fits) return true;
            exact = fits;
            best = value;
            best_unit = unit_of_measure;
            return true;
        });
        return true;
    });
    energy_reading reading;
    if (!best) return reading;
    const auto [unit, multiplier] = pick<"unit", "multiplier">(best_unit);
    const meter_unit* const known_unit = find_meter_unit(unit);
    const bool is_energy = is_blank(unit) || (known_unit != nullptr && known_unit->json == R"("Wh")");
    const auto read = is_energy ? read_value(best, multiplier, known_unit) : std::nullopt;
    if (!read) return reading;
    text_writer out(reading.json, 64);
    put_decimal(out, read->number, read->shift);
    out.finish();
    constexpr double furthest = 9e15;  // beyond, a double has no whole numbers, and no meter either
    const double wh = std::strtod(reading.json.c_str(), nullptr);
    if (std::abs(wh) < furthest) reading.wh = std::llround(wh);
    return reading;
}

}  // namespace voltgate
