// The settings in force for charge points, shared by all that the same entries match: a million of one model hold one
// copy. Made anew when the configuration is.
#pragma once

#include "config/layers.hpp"
#include "stores/profiles.hpp"

#include <voltgate/config.hpp>

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace voltgate {

using settings_ptr = std::shared_ptr<const charge_point_settings>;

/// What is in force for one charge point, and what it was made of.
struct effective_settings {
    std::shared_ptr<const config> from;   // the layers point into this and `own`
    profile_ptr own;                      // null: nothing was set through the HTTP interface
    std::vector<settings::layer> layers;  // the weakest first
    settings_ptr in_force;
};

/// Any thread.
class settings_book {
  public:
    explicit settings_book(std::shared_ptr<const config> c);

    [[nodiscard]] const std::shared_ptr<const config>& from() const noexcept { return config_; }
    /// Whether what a charge point is makes a difference.
    [[nodiscard]] bool asks_for_models() const noexcept { return !config_->models.empty(); }
    [[nodiscard]] effective_settings find(std::string_view charge_point_id, const std::optional<told_model>& booted,
                                          profile_ptr own);

  private:
    [[nodiscard]] settings_ptr shared(const std::string& key, const effective_settings& e);

    const std::shared_ptr<const config> config_;
    const settings_ptr general_;                                                          // where nothing matches
    std::mutex mutex_;                                                                    // of the rest
    std::unordered_map<std::string, std::weak_ptr<const charge_point_settings>> shared_;  // by what matches
    std::size_t tidy_at_ = 1000;
};

}  // namespace voltgate
