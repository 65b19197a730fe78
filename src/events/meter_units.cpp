// The units of samples.
#include "events/meter_units.hpp"

#include "events/payload_fields.hpp"

#include <algorithm>
#include <array>

namespace voltgate {

namespace {

constexpr std::array<meter_unit, 15> units{{
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

bool spells(std::string_view text, const meter_unit& u) noexcept {
    return text.size() == u.spelling.size() &&
           std::equal(text.begin(), text.end(), u.spelling.begin(), [](char a, char b) {
               return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + ('a' - 'A')) : a) == b;
           });
}

}  // namespace

const meter_unit* find_meter_unit(ocpp::value_view v) noexcept {
    if (v.kind() != ocpp::value_kind::string) return nullptr;
    const auto text = v.raw();
    const auto found = std::find_if(units.begin(), units.end(), [&](const meter_unit& u) { return spells(text, u); });
    return found == units.end() ? nullptr : &*found;
}

std::string_view default_meter_unit(ocpp::value_view measurand) noexcept {
    if (is_blank(measurand)) return R"("Wh")";
    if (measurand.kind() != ocpp::value_kind::string) return "null";
    if (measurand.raw().starts_with("Energy.")) return R"("Wh")";
    if (measurand.raw() == "Frequency") return R"("Hz")";
    return "null";
}

}  // namespace voltgate
