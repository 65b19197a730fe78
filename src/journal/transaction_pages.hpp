// Transactions as they are read: page by page, newest first, or one by its id.
#pragma once

#include "gateway/ports.hpp"
#include "journal/sqlite.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

struct stored_transaction {
    std::int32_t id = 0;
    std::string station_id;               // 2.x: the id that the charge point gave it; empty: `id` is its id
    std::optional<std::int64_t> evse_id;  // 2.x
    std::string charge_point_id, id_tag;
    std::optional<id_tag_status> tag_status;  // unset: no token was named
    std::optional<std::int64_t> connector_id, reservation_id, meter_start_wh, meter_stop_wh;
    std::int64_t started_at = 0;             // stored_time, as all times here
    std::optional<std::int64_t> stopped_at;  // unset: it is running
    std::string stop_reason, stop_id_tag;
};

/// Where a page ended. Stays good while transactions come and go.
struct transaction_cursor {
    std::int64_t started_at = 0;
    std::int64_t number = 0;
};

/// "1767323045678901:17"
[[nodiscard]] std::string to_string(const transaction_cursor& c);
[[nodiscard]] std::optional<transaction_cursor> transaction_cursor_from_string(std::string_view text);

/// Unset members let everything pass.
struct transaction_query {
    std::optional<std::string> charge_point_id, id_tag;  // without regard to ASCII case
    std::optional<std::int64_t> connector_id;            // of the charge point: no index knows it alone
    std::optional<bool> running;
    std::optional<std::int64_t> started_from, started_before;
    std::optional<transaction_cursor> after;
    std::size_t limit = 1000;
};

struct transaction_page {
    std::vector<stored_transaction> items;
    std::optional<transaction_cursor> next;  // set: there are more
};

/// In the order in which they became known, the latest first; by their start, when that is asked for.
[[nodiscard]] transaction_page read_transactions(sqlite::database& db, const transaction_query& q);

/// By its id as it is shown. A charge point's own ids are its alone: without `charge_point_id` the latest of them
/// counts, and a 1.6 transaction comes first.
[[nodiscard]] std::optional<stored_transaction> find_transaction(
    sqlite::database& db, std::string_view id, const std::optional<std::string>& charge_point_id = std::nullopt);

/// The statement that read_transactions runs.
[[nodiscard]] std::string transaction_page_sql(const transaction_query& q);

}  // namespace voltgate
