// Times as charge points write them and as they want to read them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace voltgate::ocpp {

struct timestamp_reading {
    std::chrono::system_clock::time_point time;
    bool odd = false;  // not the RFC 3339 form that OCPP asks for: no zone (taken as UTC), "+02", blank for T, …
};

/// Accepts Z, +hh:mm, +hhmm, +hh, no zone, 0 to 9 fraction digits, a blank for T. nullopt: not a date and time.
[[nodiscard]] std::optional<timestamp_reading> read_timestamp(std::string_view text) noexcept;

/// Whether read_timestamp would find nothing odd.
[[nodiscard]] bool is_rfc3339(std::string_view text) noexcept;

/// "2026-01-02T03:04:05Z", or with milliseconds "2026-01-02T03:04:05.678Z".
void append_timestamp(std::string& out, std::chrono::system_clock::time_point t, bool milliseconds);

}  // namespace voltgate::ocpp
