// What the settings of one charge point are made of: the entries that match it, the weakest first.
#pragma once

#include <voltgate/config.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace voltgate::settings {

struct layer {
    enum class kind : std::uint8_t { model, charge_point, own } what = kind::own;
    std::size_t index = 0;                   // among the entries of its kind
    const profile_settings* says = nullptr;  // never null
};

/// "model[0]", "charge_point[2]": as errors of the configuration call them; "overrides": set for this one through the
/// HTTP interface.
[[nodiscard]] std::string name_of(const layer& l);

/// [[model]] entries by `booted`, if it is not null, then [[charge_point]] entries. They point into `c`.
[[nodiscard]] std::vector<layer> layers_of(const config& c, std::string_view charge_point_id, const told_model* booted);

[[nodiscard]] charge_point_settings apply(const config& c, const std::vector<layer>& layers);

/// Every setting, as an entry would set it; default_version stays unset where it is.
[[nodiscard]] profile_settings as_profile(const charge_point_settings& in_force);

}  // namespace voltgate::settings
