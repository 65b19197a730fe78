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

/// The part of a version in its sub-protocol: "1.6", "2.0.1", "2.1".
inline constexpr std::array<std::string_view, 3> ocpp_versions{"1.6", "2.0.1", "2.1"};

/// In 2.x the values of a running transaction come with TransactionEvent.
inline const char* name_of(action a, bool of_2x) {
    if (of_2x && a == action::meter_values) return "TransactionEvent";
    return action_names[static_cast<std::size_t>(a)];
}

class payload_pool {
  public:
    payload_pool(random_source& random, const std::array<std::uint32_t, action_count>& mix, bool of_2x);

    [[nodiscard]] bool of_2x() const { return of_2x_; }
    action pick_action() const;
    /// A TransactionEvent lacks its beginning, which names the transaction and numbers the message.
    const std::string& pick(action a) const;

  private:
    std::string sampled_value(const std::string& value, const char* measurand, const char* unit,
                              const char* phase) const;
    std::string meter_values(const char* timestamp, unsigned detail) const;
    void fill(const char* timestamp);
    void fill_of_2x(const char* timestamp);

    random_source& random_;
    bool of_2x_;
    std::array<std::uint32_t, action_count> mix_;
    std::uint32_t total_weight_ = 0;
    std::array<std::vector<std::string>, action_count> payloads_;
};

}  // namespace ocppload
