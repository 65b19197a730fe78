// What the one who sent a request may see.
#pragma once

#include "config/pattern.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace voltgate::http {

struct permissions {
    std::vector<std::string> charge_points;  // patterns: there are no others for him; empty: all
    bool personal = true;                    // whose tags they are

    [[nodiscard]] bool limited() const noexcept { return !charge_points.empty(); }
    /// The one place that says whether there is this charge point for him.
    [[nodiscard]] bool sees(std::string_view charge_point_id) const {
        return !limited() || settings::matches_any(charge_points, charge_point_id);
    }
    [[nodiscard]] bool operator==(const permissions&) const = default;
};

}  // namespace voltgate::http
