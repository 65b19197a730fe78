// What the one who sent a request may see.
#pragma once

#include "config/pattern.hpp"
#include "stores/profiles.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate::http {

struct permissions {
    std::vector<std::string> charge_points;       // patterns: there are no others for him; empty: all
    std::vector<std::string> labels;              // likewise: those that have all of these
    std::shared_ptr<const profile_map> profiles;  // that know who has them
    bool personal = true;                         // whose tags they are

    [[nodiscard]] bool limited() const noexcept { return !charge_points.empty() || !labels.empty(); }
    /// The one place that says whether there is this charge point for him.
    [[nodiscard]] bool sees(std::string_view charge_point_id) const {
        if (!charge_points.empty() && !settings::matches_any(charge_points, charge_point_id)) return false;
        return labels.empty() || (profiles && profiles->has_labels(charge_point_id, labels));
    }
    [[nodiscard]] bool operator==(const permissions&) const = default;
};

}  // namespace voltgate::http
