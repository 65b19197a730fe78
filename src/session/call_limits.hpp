// How many CALLs one charge point may send: all together, and of single actions. Pure: time comes in as an argument.
// A session has one and asks it for every CALL.
#pragma once

#include "async/token_bucket.hpp"

#include <voltgate/config.hpp>

#include <memory>
#include <string_view>
#include <vector>

namespace voltgate {

class call_limits {
  public:
    using time_point = token_bucket::time_point;

    /// `settings` has to outlive it.
    explicit call_limits(const charge_point_settings& settings)
        : rate_(settings.messages.rate, settings.messages.burst) {
        if (!settings.actions.empty()) add_actions(settings);
    }

    /// Other limits from now on; what was counted counts on. `settings` has to outlive it too.
    void change(const charge_point_settings& settings);

    /// Whether it may come now; it is counted then.
    [[nodiscard]] bool take(time_point now, std::string_view action) noexcept {
        if (actions_) return take_of(now, action);
        return bucket_.take(now, rate_);
    }
    /// Counts it, and says when it would have been in time.
    [[nodiscard]] time_point reserve(time_point now, std::string_view action) noexcept;

  private:
    struct limited_action {
        std::string_view name;
        token_rate rate;
        token_bucket bucket;
    };
    void add_actions(const charge_point_settings& settings);
    bool take_of(time_point now, std::string_view action) noexcept;
    /// Null: it has no limit of its own.
    [[nodiscard]] limited_action* find(std::string_view action) noexcept;

    token_rate rate_;
    token_bucket bucket_;
    std::unique_ptr<std::vector<limited_action>> actions_;  // most have none
};

}  // namespace voltgate
