// OCPP 2.0.1 and 2.1 requests as payloads of events: see map_v16.hpp for what they have in common; docs/events.md lists
// the members. FirmwareStatusNotification, LogStatusNotification, SecurityEventNotification and DataTransfer have the
// shape of 1.6's messages: map_v16.hpp serves them.
#pragma once

#include "events/map_v16.hpp"
#include "events/meter_values_v2.hpp"
#include "ocpp/payload.hpp"

#include <voltgate/event.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace voltgate {

/// The charge point's own time of a request: its `timestamp` or `generatedAt`, in MeterValues that of the last
/// meterValue.
[[nodiscard]] std::optional<std::chrono::system_clock::time_point> occurred_at_v2(ocpp::value_view request) noexcept;

/// charge_point.booted. What the boot was answered with: status and interval in seconds.
void append_booted_v2(std::string& out, ocpp::value_view request, std::string_view registration_status,
                      std::int64_t interval);

/// connector.status_changed, of StatusNotification. `previous_status` empty: not known.
status_reading append_status_v2(std::string& out, ocpp::value_view request, std::string_view previous_status);

/// What an element of NotifyEvent's eventData says of a connector, an EVSE (connector 0) or the station (0, 0).
struct availability_reading {
    std::int64_t evse = 0, connector = 0;
    std::string status;
    std::optional<std::chrono::system_clock::time_point> occurred_at;
};
/// Nullopt: it is about something else.
[[nodiscard]] std::optional<availability_reading> read_availability_v2(ocpp::value_view event_data);
/// connector.status_changed, of NotifyEvent.
void append_availability_v2(std::string& out, const availability_reading& reading, std::string_view previous_status);

/// Who wants to charge. A PIN is not passed on: it must not be written down anywhere.
struct id_token {
    std::string text, type;
    bool has_text = false;  // the empty text is one too
    [[nodiscard]] bool is_pin() const noexcept { return type == "KeyCode"; }
    /// What may be told and written down: nothing of a PIN.
    [[nodiscard]] std::string_view shown() const noexcept { return is_pin() ? std::string_view() : text; }
    [[nodiscard]] bool needs_no_authorization() const noexcept { return type == "NoAuthorization"; }
};
[[nodiscard]] id_token read_id_token(ocpp::value_view token);

/// authorization.requested
void append_authorize_v2(std::string& out, const id_token& token, std::string_view id_tag_status);

/// meter_values.received
std::optional<std::chrono::system_clock::time_point> append_meter_values_v2(std::string& out, ocpp::value_view request);

/// certificate.requested
void append_certificate_requested_v2(std::string& out, ocpp::value_view request, bool accepted,
                                     std::string_view reason);

/// device.event: the message as it came. `data`: JSON text without secrets.
void append_device_event(std::string& out, std::string_view message, std::string_view data);

}  // namespace voltgate
