// Meter values of OCPP 2.0.1 and 2.1.
#include "events/meter_values_v2.hpp"

#include "events/decimal.hpp"
#include "events/meter_units.hpp"
#include "events/payload_fields.hpp"

#include <array>
#include <cstddef>
#include <optional>

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

struct sample_unit {
    value_view unit, multiplier;
};

/// Not every charge point puts the unit where 2.x wants it: in 1.6's place, or as a mere text.
sample_unit unit_of(value_view sample) noexcept {
    const auto [unit_of_measure, unit, multiplier] = pick<"unitOfMeasure", "unit", "multiplier">(sample);
    if (!is_blank(unit_of_measure) && unit_of_measure.kind() != value_kind::object)
        return {unit_of_measure, multiplier};
    const auto [usual_unit, usual_multiplier] = pick<"unit", "multiplier">(unit_of_measure);
    return {is_blank(usual_unit) ? unit : usual_unit, usual_multiplier ? usual_multiplier : multiplier};
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
text_writer put_sample(text_writer out, value_view sample, bool& of_main_register) {
    const auto [value, measurand, phase, context, location, unit_of_measure, signed_value] =
        pick<"value", "measurand", "phase", "context", "location", "unitOfMeasure", "signedMeterValue">(sample);
    auto [unit, multiplier] = pick<"unit", "multiplier">(unit_of_measure);
    if (is_blank(unit)) {
        const auto elsewhere = unit_of(sample);
        unit = elsewhere.unit;
        multiplier = elsewhere.multiplier;
    }
    const sample_fields s{value,
                          measurand,
                          unit,
                          multiplier,
                          signed_value,
                          text_or(measurand, R"("Energy.Active.Import.Register")"),
                          text_or(context, R"("Sample.Periodic")"),
                          text_or(location, R"("Outlet")"),
                          text_or(phase, "null")};
    of_main_register = is_main_register(measurand, phase, location);
    const auto kind = value.kind();
    const bool is_usual = (kind == value_kind::integer || kind == value_kind::number) &&
                          is_plain_decimal(value.raw()) && unit.kind() == value_kind::string &&
                          is_base_unit(unit.raw()) && (!multiplier || multiplier.raw() == "0") && !signed_value;
    if (!is_usual) return put_converted_sample(out, s);
    out.put_all(R"({"measurand":)", s.measurand_text, R"(,"value":)", value.raw(), R"(,"unit":)", unit.json(),
                R"(,"context":)", s.context, R"(,"location":)", s.location, R"(,"phase":)", s.phase, "}");
    return out;
}

constexpr std::size_t phase_count = 3;

/// L1, L2, L3, against neutral or not: 0 to 2. Nullopt: another one.
std::optional<std::size_t> phase_index(value_view phase) noexcept {
    const auto text = phase.raw();
    if (phase.kind() != value_kind::string || text.size() < 2 || text[0] != 'L') return std::nullopt;
    if (text.size() > 2 && text.substr(2) != "-N") return std::nullopt;
    const auto index = static_cast<std::size_t>(static_cast<unsigned char>(text[1] - '1'));
    return index < phase_count ? std::optional(index) : std::nullopt;
}

/// The readings of the energy register that a message holds, the best one of each kind.
class register_candidates {
  public:
    register_candidates(reading_kind wanted, register_search how) : wanted_(wanted), how_(how) {}

    void consider(value_view sample, std::optional<time_point> at) {
        const auto [measurand, phase, context, location] = pick<"measurand", "phase", "context", "location">(sample);
        if (!is_blank(measurand) && measurand.raw() != "Energy.Active.Import.Register") return;
        if (!is_blank(location) && location.raw() != "Outlet") return;
        const bool begins = context.raw() == "Transaction.Begin", ends = context.raw() == "Transaction.End";
        const bool exact = (wanted_ == reading_kind::start && begins) || (wanted_ == reading_kind::end && ends);
        const bool of_the_other_end =
            (wanted_ == reading_kind::start && ends) || (wanted_ == reading_kind::end && begins);
        if (of_the_other_end || (how_.list_cut && !exact && wanted_ != reading_kind::any)) return;
        if (is_blank(phase)) {
            take(whole_, {sample, exact, at});
        } else if (const auto index = phase_index(phase)) {
            take(phases_[*index], {sample, exact, at});
        }
    }

    [[nodiscard]] register_reading result() const {
        if (whole_.sample && (whole_.exact || !any_phase_exact_)) return {wh_of_v2(whole_.sample), 0};
        register_reading sum;
        std::size_t count = 0;
        bool complete = true;
        for (std::size_t i = 0; i < phase_count; ++i) {
            if (!phases_[i].sample || (any_phase_exact_ && !phases_[i].exact)) continue;
            sum.phases = static_cast<std::uint8_t>(sum.phases | (1U << i));
            ++count;
            const auto wh = wh_of_v2(phases_[i].sample);
            complete = complete && wh;
            if (wh) sum.wh = sum.wh ? *sum.wh + *wh : *wh;
        }
        if (!complete || (count == 1 && !how_.lone_phase_counts)) sum.wh.reset();
        return sum;
    }

  private:
    struct candidate {
        value_view sample;
        bool exact = false;
        std::optional<time_point> at;
    };

    // The last one is the latest, in whatever order they stand.
    void take(candidate& best, const candidate& c) {
        if (best.exact && !c.exact) return;
        const bool is_older = best.exact == c.exact && best.at && c.at && *c.at < *best.at;
        if (is_older) return;
        best = c;
        if (&best != &whole_) any_phase_exact_ = any_phase_exact_ || c.exact;
    }

    const reading_kind wanted_;
    const register_search how_;
    candidate whole_;
    std::array<candidate, phase_count> phases_;
    bool any_phase_exact_ = false;
};

}  // namespace

meter_list_reading put_meter_values_v2(text_writer& out, value_view values) {
    return put_meter_list<put_sample>(out, values);
}

std::optional<exact_decimal> wh_of_v2(value_view sample) {
    const auto [unit, multiplier] = unit_of(sample);
    const meter_unit* const known_unit = find_meter_unit(unit);
    const bool is_energy = is_blank(unit) || (known_unit != nullptr && known_unit->json == R"("Wh")");
    const auto read = is_energy ? read_value(sample["value"], multiplier, known_unit) : std::nullopt;
    if (!read) return std::nullopt;
    return exact_decimal(read->number, read->shift);
}

register_reading read_register_v2(value_view values, reading_kind wanted, register_search how) {
    register_candidates found(wanted, how);
    for_each_object(values, [&](value_view meter_value) {
        const auto at = time_of(meter_value["timestamp"]);
        for_each_object(meter_value["sampledValue"], [&](value_view sample) {
            found.consider(sample, at);
            return true;
        });
        return true;
    });
    return found.result();
}

}  // namespace voltgate
