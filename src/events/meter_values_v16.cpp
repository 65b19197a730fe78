// Meter values of OCPP 1.6.
#include "events/meter_values_v16.hpp"

#include "events/decimal.hpp"
#include "events/meter_units.hpp"
#include "events/payload_fields.hpp"

#include <array>
#include <string_view>

namespace voltgate {

namespace {

using ocpp::value_kind;
using ocpp::value_view;
using time_point = std::chrono::system_clock::time_point;

bool is_signed(value_view format) noexcept {
    constexpr std::array<std::string_view, 1> signed_data{"SignedData"};
    return format.raw().size() == signed_data[0].size() && !find_word(format, signed_data).empty();
}

struct sample_fields {
    value_view value, unit, measurand;
    // JSON texts
    std::string_view measurand_text, context, location, phase;
};

/// Not every charge point puts the unit where 1.6 wants it.
value_view unit_of(value_view sample) noexcept {
    const auto [unit, unit_of_measure] = pick<"unit", "unitOfMeasure">(sample);
    if (!is_blank(unit)) return unit;
    return unit_of_measure.kind() == value_kind::object ? unit_of_measure["unit"] : unit_of_measure;
}

/// A value that is a signed blob: no number to be had without knowing the meter.
text_writer put_signed_sample(text_writer out, const sample_fields& s) {
    out.put_all(R"({"measurand":)", s.measurand_text, R"(,"value":null,"unit":)", text_or(s.unit, "null"),
                R"(,"context":)", s.context, R"(,"location":)", s.location, R"(,"phase":)", s.phase,
                R"(,"signedData":)");
    put_string(out, s.value);
    out.put('}');
    return out;
}

/// Any value and unit, with what the charge point wrote beside them if they are not the same.
text_writer put_converted_sample(text_writer out, const sample_fields& s) {
    const meter_unit* const known_unit = find_meter_unit(s.unit);
    const auto shift = known_unit != nullptr ? known_unit->shift : 0;
    const auto kind = s.value.kind();
    const bool has_text = kind == value_kind::string || kind == value_kind::integer || kind == value_kind::number;
    const auto number = has_text ? read_decimal(s.value.raw()) : std::nullopt;

    out.put_all(R"({"measurand":)", s.measurand_text, R"(,"value":)");
    if (number)
        put_decimal(out, *number, shift);
    else
        out.put("null");
    out.put_all(R"(,"unit":)",
                known_unit != nullptr ? known_unit->json : text_or(s.unit, default_meter_unit(s.measurand)),
                R"(,"context":)", s.context, R"(,"location":)", s.location, R"(,"phase":)", s.phase);

    const bool same_value = number ? shift == 0 && number->is_json && number->text == s.value.raw() : !has_text;
    const bool same_unit = known_unit == nullptr || known_unit->json == s.unit.json();
    if (!same_value || !same_unit) {
        out.put(R"(,"raw":{"value":)");
        put_string(out, s.value);
        out.put_all(R"(,"unit":)", text_or(s.unit, "null"), "}");
    }
    out.put('}');
    return out;
}

/// Most of what a gateway tells is made of these: the usual sample is written in one go.
text_writer put_sample(text_writer out, value_view sample, bool& of_main_register) {
    const auto [value, unit_field, measurand, phase, context, location, format] =
        pick<"value", "unit", "measurand", "phase", "context", "location", "format">(sample);
    sample_fields s{value,
                    unit_field,
                    measurand,
                    text_or(measurand, R"("Energy.Active.Import.Register")"),
                    text_or(context, R"("Sample.Periodic")"),
                    text_or(location, R"("Outlet")"),
                    text_or(phase, "null")};
    if (format && is_signed(format)) return put_signed_sample(out, s);
    of_main_register = is_main_register(measurand, phase, location);
    const bool is_usual = value.kind() == value_kind::string && is_plain_decimal(value.raw()) &&
                          unit_field.kind() == value_kind::string && is_base_unit(unit_field.raw());
    if (!is_usual) {
        s.unit = unit_of(sample);
        return put_converted_sample(out, s);
    }
    out.put_all(R"({"measurand":)", s.measurand_text, R"(,"value":)", value.raw(), R"(,"unit":)", unit_field.json(),
                R"(,"context":)", s.context, R"(,"location":)", s.location, R"(,"phase":)", s.phase, "}");
    return out;
}

}  // namespace

meter_list_reading put_meter_values_v16(text_writer& out, value_view values) {
    return put_meter_list<put_sample>(out, values);
}

std::optional<exact_decimal> wh_of_v16(value_view sample) {
    const auto [value, usual_unit, elsewhere] = pick<"value", "unit", "unitOfMeasure">(sample);
    const bool is_wh = usual_unit.raw() == "Wh" || (is_blank(usual_unit) && !elsewhere);
    if (is_wh && is_plain_decimal(value.raw())) return exact_decimal::of_plain(value.raw());
    const auto unit = unit_of(sample);
    const meter_unit* const known_unit = find_meter_unit(unit);
    const bool is_energy = is_blank(unit) || (known_unit != nullptr && known_unit->json == R"("Wh")");
    const auto kind = value.kind();
    const bool has_text = kind == value_kind::string || kind == value_kind::integer || kind == value_kind::number;
    const auto number = is_energy && has_text ? read_decimal(value.raw()) : std::nullopt;
    if (!number) return std::nullopt;
    return exact_decimal(*number, known_unit != nullptr ? known_unit->shift : 0);
}

std::optional<time_point> last_meter_time_v16(value_view values) noexcept { return last_meter_time(values); }

}  // namespace voltgate
