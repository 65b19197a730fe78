// Transactions as they are asked for: page by page, newest first, or one by its id; and their closing by hand.
#pragma once

#include "async/attempt.hpp"
#include "async/io_types.hpp"
#include "stores/transaction_record.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

struct transaction_close;

struct stored_transaction {
    stored_transaction() = default;
    transaction_record record;
    std::string charge_point_id;
    std::int32_t duplicate_of = 0;  // id of the transaction that it may be; 0: none
    std::int64_t changed_at = 0;    // stored_time
    std::int64_t number = 0;

    /// As it is shown: the charge point's own in 2.x.
    [[nodiscard]] std::string id() const;
};

/// Where a page ended. Stays good while transactions come and go.
struct transaction_cursor {
    std::int64_t time = 0;  // by which the page is ordered: of the start, or of the last change
    std::int64_t number = 0;
};

/// "1767323045678901:17"
[[nodiscard]] std::string to_string(const transaction_cursor& c);
[[nodiscard]] std::optional<transaction_cursor> transaction_cursor_from_string(std::string_view text);

enum class transaction_state : std::uint8_t { running, stopped, presumed_ended, closed };

/// Unset members let everything pass.
struct transaction_query {
    transaction_query() = default;
    std::optional<std::string> charge_point_id, id_tag;  // without regard to ASCII case
    std::vector<std::string> charge_points;              // patterns, any of which has to match
    std::optional<std::vector<std::string>> keys;        // folded ids: one of these
    std::optional<std::int64_t> connector_id;            // of the charge point: no index knows it alone
    std::optional<transaction_state> state;
    std::optional<std::uint32_t> attentions;  // bits: any of them
    std::optional<std::int64_t> started_from, started_before;
    std::optional<std::int64_t> changed_after;  // by receipt at the gateway
    std::optional<transaction_cursor> after;
    std::size_t limit = 1000;
};

struct transaction_page {
    transaction_page() = default;
    std::vector<stored_transaction> items;
    std::optional<transaction_cursor> next;  // set: there are more; of changes always, to go on from later
};

enum class close_outcome : std::uint8_t {
    closed,
    ended_before,  // it was stopped or closed meanwhile
    failed,        // it could not be stored
};

class transaction_queries {
  public:
    virtual ~transaction_queries() = default;

    /// In the order in which they became known, the latest first; by their start, when that is asked for. Changes come
    /// in their own order, the oldest first.
    virtual io_awaitable<attempt<transaction_page>> page(transaction_query q) = 0;

    /// By its id as it is shown. A charge point's own ids are its alone: without `charge_point_id` the latest of them
    /// counts, and a 1.6 transaction comes first.
    /// Charge points that match none of the patterns are passed over.
    virtual io_awaitable<attempt<std::optional<stored_transaction>>> find(std::string id,
                                                                          std::optional<std::string> charge_point_id,
                                                                          std::vector<std::string> charge_points) = 0;

    /// Whether several charge points, of those that match a pattern, have a transaction of this id.
    virtual io_awaitable<attempt<bool>> is_ambiguous(std::string id, std::vector<std::string> charge_points) = 0;

    /// Stored, together with its event, before it completes. `number`: of a transaction of this charge point.
    virtual io_awaitable<close_outcome> close(std::uint32_t number, std::string charge_point_id,
                                              transaction_close c) = 0;
};

}  // namespace voltgate
