// The stored form of an event: binary, little-endian, without its sequence number, which follows from its place.
#pragma once

#include <voltgate/event.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace voltgate {

/// `mark`: of the message that it is from, where a repetition of it must be known; 0: none.
void append_record(std::string& out, const event& e, std::uint64_t mark = 0);

/// Reads the record at the front of `bytes` and takes it off. False: there is none, or it is damaged.
[[nodiscard]] bool take_record(std::string_view& bytes, event& e);

/// The same for those who need no more than whose and of what kind it is.
struct record_head {
    event_type type{};
    std::optional<ocpp::version> version;
    std::string_view charge_point_id, trace_id;
    std::uint64_t mark = 0, epoch = 0;
    bool has_occurred_at = false;
    std::int64_t occurred_at = 0, timestamp = 0;  // stored_time
    std::string_view payload;
};
[[nodiscard]] std::optional<record_head> take_record_head(std::string_view& bytes);

}  // namespace voltgate
