// What the types of events are called.
#include <voltgate/event.hpp>

#include <array>
#include <cstddef>

namespace voltgate {

namespace {

constexpr std::array<std::string_view, event_type_count> names{
    "charge_point.connected",
    "charge_point.booted",
    "charge_point.disconnected",
    "connector.status_changed",
    "transaction.started",
    "transaction.updated",
    "transaction.meter_values",
    "transaction.stopped",
    "meter_values.received",
    "authorization.requested",
    "firmware.status_changed",
    "diagnostics.status_changed",
    "security.event",
    "certificate.requested",
    "device.report",
    "device.event",
    "data_transfer.received",
    "command.response",
    "transaction.start_repeated",
    "transaction.presumed_ended",
    "transaction.corrected",
    "transaction.closed",
    "gateway.started",
    "privacy.erased",
};

}  // namespace

std::string_view to_string(event_type t) noexcept {
    const auto index = static_cast<std::size_t>(t);
    return index < names.size() ? names[index] : std::string_view("?");
}

std::optional<event_type> event_type_from_string(std::string_view name) noexcept {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name) return static_cast<event_type>(i);
    return std::nullopt;
}

}  // namespace voltgate
