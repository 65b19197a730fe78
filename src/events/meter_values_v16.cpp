// Meter values of OCPP 1.6.
#include "events/meter_values_v16.hpp"

#include "events/decimal.hpp"
#include "events/payload_fields.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace voltgate {

namespace {

using ocpp::value_kind;
using ocpp::value_view;
using time_point = std::chrono::system_clock::time_point;

struct unit {
    std::string_view spelling;  // lower case
    std::string_view json;      // the base unit
    std::int32_t shift;         // one of `spelling` is 10^shift base units
};

constexpr std::array<unit, 15> units{{
    {"wh", R"("Wh")", 0},
    {"kwh", R"("Wh")", 3},
    {"w", R"("W")", 0},
    {"kw", R"("W")", 3},
    {"a", R"("A")", 0},
    {"v", R"("V")", 0},
    {"varh", R"("varh")", 0},
    {"kvarh", R"("varh")", 3},
    {"va", R"("VA")", 0},
    {"kva", R"("VA")", 3},
    {"var", R"("var")", 0},
    {"kvar", R"("var")", 3},
    {"hz", R"("Hz")", 0},
    {"hertz", R"("Hz")", 0},
    {"celcius", R"("Celsius")", 0},
}};

bool spells(std::string_view text, const unit& u) noexcept {
    return text.size() == u.spelling.size() &&
           std::equal(text.begin(), text.end(), u.spelling.begin(), [](char a, char b) {
               return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + ('a' - 'A')) : a) == b;
           });
}

const unit* find_unit(value_view v) noexcept {
    if (v.kind() != value_kind::string) return nullptr;
    const auto text = v.raw();
    const auto found = std::find_if(units.begin(), units.end(), [&](const unit& u) { return spells(text, u); });
    return found == units.end() ? nullptr : &*found;
}

/// What an absent unit means: energy is in Wh, a frequency in Hertz; OCPP leaves the others open.
std::string_view default_unit(value_view measurand) noexcept {
    if (is_blank(measurand)) return R"("Wh")";
    if (measurand.kind() != value_kind::string) return "null";
    if (measurand.raw().starts_with("Energy.")) return R"("Wh")";
    if (measurand.raw() == "Frequency") return R"("Hz")";
    return "null";
}

bool is_signed(value_view format) noexcept {
    constexpr std::array<std::string_view, 1> signed_data{"SignedData"};
    return !find_word(format, signed_data).empty();
}

bool is_base_unit(std::string_view text) noexcept {
    if (text.size() == 1) return text[0] == 'A' || text[0] == 'V' || text[0] == 'W';
    return text.size() == 2 && (text == "Wh" || text == "VA");
}

/// A sample's field as JSON text. Unlike elsewhere a number is no text: no measurand or unit is called 5.
std::string_view text_or(value_view v, std::string_view fallback) noexcept {
    constexpr std::size_t quotes = 2;
    if (v.kind() == value_kind::string) {
        const auto json = v.json();
        return json.size() > quotes ? json : fallback;
    }
    return v.present() ? "null" : fallback;
}

struct sample_fields {
    value_view value, unit, measurand;
    // JSON texts
    std::string_view measurand_text, context, location, phase;
};

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
    const unit* const known_unit = find_unit(s.unit);
    const auto shift = known_unit != nullptr ? known_unit->shift : 0;
    const auto kind = s.value.kind();
    const bool has_text = kind == value_kind::string || kind == value_kind::integer || kind == value_kind::number;
    const auto number = has_text ? read_decimal(s.value.raw()) : std::nullopt;

    out.put_all(R"({"measurand":)", s.measurand_text, R"(,"value":)");
    if (number)
        put_decimal(out, *number, shift);
    else
        out.put("null");
    out.put_all(R"(,"unit":)", known_unit != nullptr ? known_unit->json : text_or(s.unit, default_unit(s.measurand)),
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
text_writer put_sample(text_writer out, value_view sample) {
    const auto [value, unit_field, measurand, phase, context, location, format] =
        pick<"value", "unit", "measurand", "phase", "context", "location", "format">(sample);
    const sample_fields s{value,
                          unit_field,
                          measurand,
                          text_or(measurand, R"("Energy.Active.Import.Register")"),
                          text_or(context, R"("Sample.Periodic")"),
                          text_or(location, R"("Outlet")"),
                          text_or(phase, "null")};
    if (format && is_signed(format)) return put_signed_sample(out, s);
    const bool is_usual = value.kind() == value_kind::string && is_plain_decimal(value.raw()) &&
                          unit_field.kind() == value_kind::string && is_base_unit(unit_field.raw());
    if (!is_usual) return put_converted_sample(out, s);
    out.put_all(R"({"measurand":)", s.measurand_text, R"(,"value":)", value.raw(), R"(,"unit":)", unit_field.json(),
                R"(,"context":)", s.context, R"(,"location":)", s.location, R"(,"phase":)", s.phase, "}");
    return out;
}

/// The objects of an array; an object in place of the array counts as its only item. `each` returns whether to go on.
template <class Each>
void for_each_object(value_view list, Each each) {
    if (list.kind() == value_kind::object) {
        each(list);
        return;
    }
    if (list.kind() != value_kind::array) return;
    for (auto item = list.first(); item.kind() != value_kind::absent; item = item.next())
        if (item.kind() == value_kind::object && !each(item)) return;
}

/// Writes the lists, with their commas and within max_meter_items.
class list_writer {
  public:
    explicit list_writer(text_writer& w) : w_(w) {}

    void put_meter_value(value_view meter_value) {
        const auto [timestamp, samples] = pick<"timestamp", "sampledValue">(meter_value);
        w_.put(R"({"timestamp":)");
        if (const auto time = put_timestamp(w_, timestamp)) last_time_ = time;
        w_.put(R"(,"samples":[)");
        bool first = true;
        for_each_object(samples, [&](value_view sample) {
            if (!take_one()) return false;
            if (!first) w_.put(',');
            first = false;
            w_ = put_sample(w_, sample);
            return true;
        });
        w_.put("]}");
    }

    /// Whether one more item may be written.
    bool take_one() noexcept {
        truncated_ = left_ == 0;
        if (!truncated_) --left_;
        return !truncated_;
    }

    [[nodiscard]] bool truncated() const noexcept { return truncated_; }
    [[nodiscard]] const std::optional<time_point>& last_time() const noexcept { return last_time_; }

  private:
    text_writer& w_;
    std::size_t left_ = max_meter_items;
    bool truncated_ = false;
    std::optional<time_point> last_time_;
};

}  // namespace

std::optional<time_point> put_meter_values_v16(text_writer& out, value_view values) {
    list_writer list(out);
    out.put(R"("meterValues":[)");
    bool first = true;
    for_each_object(values, [&](value_view meter_value) {
        if (!list.take_one()) return false;
        if (!first) out.put(',');
        first = false;
        list.put_meter_value(meter_value);
        return true;
    });
    out.put(']');
    if (list.truncated()) out.put(R"(,"truncated":true)");
    return list.last_time();
}

std::optional<time_point> last_meter_time_v16(value_view values) noexcept {
    std::optional<time_point> last;
    for_each_object(values, [&](value_view meter_value) {
        if (const auto time = time_of(meter_value["timestamp"])) last = time;
        return true;
    });
    return last;
}

}  // namespace voltgate
