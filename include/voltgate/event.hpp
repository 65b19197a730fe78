// A version-neutral business fact, derived from what charge points send and from session life.
#pragma once

#include <voltgate/ocpp/version.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace voltgate {

enum class event_type : std::uint8_t {
    charge_point_connected,
    charge_point_booted,
    charge_point_disconnected,
    connector_status_changed,
    transaction_started,
    transaction_updated,
    transaction_meter_values,
    transaction_stopped,
    meter_values_received,
    authorization_requested,
    firmware_status_changed,
    diagnostics_status_changed,
    security_event,
    certificate_requested,
    device_report,
    device_event,
    data_transfer_received,
    command_response,
    transaction_start_repeated,
    transaction_presumed_ended,
    transaction_corrected,
    transaction_closed,
    gateway_started,
    privacy_erased,
};
inline constexpr std::size_t event_type_count = static_cast<std::size_t>(event_type::privacy_erased) + 1;

/// "charge_point.connected", "transaction.started", …: the value of `eventType`. Of static storage.
[[nodiscard]] std::string_view to_string(event_type t) noexcept;
/// The type of this name, compared exactly; unset: there is none.
[[nodiscard]] std::optional<event_type> event_type_from_string(std::string_view name) noexcept;

struct event {
    std::array<std::uint64_t, 2> id{};  // shown as a version 4 UUID
    std::uint64_t sequence = 0;         // set when the event is published; grows by one per event of this node
    std::uint64_t epoch = 0;            // of the session it came from; 0: none
    std::chrono::system_clock::time_point timestamp;                   // receipt at the gateway
    std::optional<std::chrono::system_clock::time_point> occurred_at;  // the charge point's own time, where it gave one
    event_type type{};
    std::optional<ocpp::version> ocpp_version;
    std::string charge_point_id;  // empty: null, of the gateway itself
    std::string trace_id;         // empty: null
    std::string payload = "{}";   // JSON object; its members are listed per event type in docs/events.md
};

/// Appends the event as one JSON object (the wire form of the live stream, the log and the relay). `gateway_id`:
/// config::node_id. Throws std::bad_alloc alone. Thread-safe.
void append_json(std::string& out, const event& e, std::string_view gateway_id);

using event_ptr = std::shared_ptr<const event>;

}  // namespace voltgate
