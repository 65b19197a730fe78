// The CALLs a charge point sends: per action a pool of schema-valid payloads of realistic sizes, made once, so that a
// message costs the load generator next to nothing.
#pragma once

#include "random.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ocppload {

enum class action : std::uint8_t { heartbeat, boot_notification, status_notification, meter_values };
inline constexpr std::size_t action_count = 4;
inline constexpr std::array<const char*, action_count> action_names{"Heartbeat", "BootNotification",
                                                                    "StatusNotification", "MeterValues"};
inline constexpr std::array<std::string_view, action_count> mix_names{"heartbeat", "boot", "status", "meter"};

inline const char* name_of(action a) { return action_names[static_cast<std::size_t>(a)]; }

class payload_pool {
  public:
    payload_pool(random_source& random, const std::array<std::uint32_t, action_count>& mix);

    action pick_action() const;
    const std::string& pick(action a) const;

  private:
    std::string meter_values(const char* timestamp, unsigned detail) const;

    random_source& random_;
    std::array<std::uint32_t, action_count> mix_;
    std::uint32_t total_weight_ = 0;
    std::array<std::vector<std::string>, action_count> payloads_;
};

}  // namespace ocppload
