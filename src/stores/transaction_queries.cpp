#include "stores/transaction_queries.hpp"

#include <charconv>
#include <system_error>

namespace voltgate {

std::string stored_transaction::id() const {
    return record.station_id.empty() ? std::to_string(record.id) : record.station_id;
}

std::string to_string(const transaction_cursor& c) { return std::to_string(c.time) + ":" + std::to_string(c.number); }

std::optional<transaction_cursor> transaction_cursor_from_string(std::string_view text) {
    transaction_cursor c;
    const char* const end = text.data() + text.size();
    const auto time = std::from_chars(text.data(), end, c.time);
    if (time.ec != std::errc() || time.ptr == end || *time.ptr != ':') return std::nullopt;
    const auto number = std::from_chars(time.ptr + 1, end, c.number);
    if (number.ec != std::errc() || number.ptr != end || c.number < 1) return std::nullopt;
    return c;
}

}  // namespace voltgate
