// The settings that charge points go by: of the configuration as it is now, of their models, and their own.
#pragma once

#include "stations/settings_book.hpp"
#include "stores/profiles.hpp"

#include <voltgate/config.hpp>

#include <memory>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

namespace voltgate {

class log;
class registry;

/// Any thread.
class settings_view {
  public:
    /// All outlive it. `started`: the configuration that the gateway was made with.
    settings_view(const config& started, const profile_map& profiles, const registry& stations, log& l);

    /// The configuration with what was taken over since the start.
    [[nodiscard]] std::shared_ptr<const config> in_force() const;
    /// What is wrong with it; then nothing was taken over. See gateway::reload().
    [[nodiscard]] std::vector<config_error> take_over(const config& c);

    /// By the last boot that is known of it, if there was one.
    [[nodiscard]] effective_settings effective_of(std::string_view charge_point_id) const {
        return effective_of(charge_point_id, profiles_.find(charge_point_id));
    }
    /// As they would be with these settings of its own; null: with none.
    [[nodiscard]] effective_settings effective_of(std::string_view charge_point_id, profile_ptr own) const;
    [[nodiscard]] settings_ptr of(std::string_view charge_point_id) const {
        return effective_of(charge_point_id).in_force;
    }
    /// What they depend on has changed, but for the configuration: its session goes by those in force now.
    void renew(std::string_view charge_point_id) const;

  private:
    const config& started_;
    const profile_map& profiles_;
    const registry& stations_;
    log& log_;
    mutable std::mutex mutex_;
    std::shared_ptr<settings_book> book_;  // never null
};

}  // namespace voltgate
