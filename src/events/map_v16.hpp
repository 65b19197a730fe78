// OCPP 1.6 requests as payloads of events: each function appends the payload's JSON object; docs/events.md lists the
// members. They accept whatever the reader let through: what is missing or mistyped becomes null, words outside a
// closed list travel on as received, and the output is valid JSON in any case.
#pragma once

#include "events/exact_decimal.hpp"
#include "ocpp/payload.hpp"

#include <voltgate/event.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace voltgate {

/// The charge point's own time of a request: its `timestamp`, in MeterValues that of the last meterValue.
[[nodiscard]] std::optional<std::chrono::system_clock::time_point> occurred_at_v16(ocpp::value_view request) noexcept;

/// Above zero, else nullopt: 0 and negative ids are how chargers say "none" or "never answered".
[[nodiscard]] std::optional<std::int64_t> transaction_id_v16(ocpp::value_view request) noexcept;

/// charge_point.booted. What the boot was answered with: status and interval in seconds.
void append_booted_v16(std::string& out, ocpp::value_view request, std::string_view registration_status,
                       std::int64_t interval);

struct status_reading {
    /// For the next event's `previous_status`: as OCPP spells it; a word of the charge point's own as received, which
    /// is a slice of the request; empty when it is longer than 40 bytes, has escapes, or is none.
    std::string_view status;
    std::optional<std::chrono::system_clock::time_point> occurred_at;
};
/// connector.status_changed. `previous_status` empty: not known.
status_reading append_status_v16(std::string& out, ocpp::value_view request, std::string_view previous_status);

/// authorization.requested
void append_authorize_v16(std::string& out, ocpp::value_view request, std::string_view id_tag_status);

/// What the store knows of a start.
struct start_facts {
    std::string_view transaction_id, id_tag_status;
    std::chrono::system_clock::time_point received;
    std::string_view clock;                      // what its time is worth: ok, off, unset
    std::optional<std::int64_t> reservation_id;  // that it uses
    std::string_view possible_duplicate_of;      // empty: of none
};
/// transaction.started, once the id is known.
void append_started_v16(std::string& out, ocpp::value_view request, const start_facts& facts);

struct meter_values_reading {
    /// transaction_meter_values if the request names a transaction, else meter_values_received.
    event_type type = event_type::meter_values_received;
    std::optional<std::int64_t> transaction_id;
    std::optional<std::chrono::system_clock::time_point> occurred_at;  // of the last meterValue
    ocpp::value_view register_sample;  // the last one of the main energy register, a slice of the request
    std::optional<std::chrono::system_clock::time_point> register_time;
};
/// transaction.meter_values and meter_values.received have the same members.
meter_values_reading append_meter_values_v16(std::string& out, ocpp::value_view request);

/// What the store knows of the transaction that a stop is for.
struct stop_facts {
    bool known = false;                     // it was running here
    bool conflict = false;                  // it had been stopped with other readings
    std::string_view matched_id;            // the request names none and it is taken for this one's; empty: it is not
    bool salvaged = false;                  // the request was not whole: a reason may have been in it
    std::string_view reason;                // where the request gives none; empty: Local
    std::optional<std::int64_t> connector;  // 1.6 names none here
    std::optional<std::chrono::system_clock::time_point> start_received;
    std::chrono::system_clock::time_point received;
    std::string_view clock;  // what its time is worth: ok, off, unset
    std::optional<exact_decimal> energy_wh;
    std::string_view energy_source;  // empty: the energy is not known
};
/// transaction.stopped
void append_stopped_v16(std::string& out, ocpp::value_view request, const stop_facts& facts);

/// firmware.status_changed, of FirmwareStatusNotification and SignedFirmwareStatusNotification.
void append_firmware_v16(std::string& out, ocpp::value_view request);

/// diagnostics.status_changed, of DiagnosticsStatusNotification and LogStatusNotification.
void append_diagnostics_v16(std::string& out, ocpp::value_view request);

/// security.event
void append_security_event_v16(std::string& out, ocpp::value_view request);

/// certificate.requested, of SignCertificate. What it was answered with; `reason`: why it was refused, else empty.
void append_certificate_requested_v16(std::string& out, ocpp::value_view request, bool accepted,
                                      std::string_view reason);

/// data_transfer.received. `status`: what it was answered with.
void append_data_transfer_v16(std::string& out, ocpp::value_view request, std::string_view status);

}  // namespace voltgate
