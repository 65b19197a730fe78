// A charge point's record as it is stored.
#pragma once

#include "gateway/charge_point.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace voltgate {

struct stored_record {
    std::optional<std::int64_t> registration;  // boot_config::status; unset: it never booted
    std::string json = "{}";                   // all the rest
    std::chrono::system_clock::time_point last_seen;
};

/// Any thread.
[[nodiscard]] stored_record record_to_json(const charge_point& record);

/// What cannot be read is left out.
void record_from_json(const stored_record& stored, charge_point& record);

}  // namespace voltgate
