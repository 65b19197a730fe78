// Reservations as they are asked for.
#pragma once

#include "async/attempt.hpp"
#include "async/io_types.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

/// Expired is one that was accepted and whose time has passed.
enum class reservation_state : std::uint8_t { accepted, cancelled, used, expired };

[[nodiscard]] std::string_view to_string(reservation_state s) noexcept;

struct reservation {
    reservation() = default;
    std::string charge_point_id;
    std::int64_t id = 0;
    std::optional<std::int64_t> evse_id;       // absent: any
    std::optional<std::int64_t> connector_id;  // of 1.6
    std::string id_tag, parent_id_tag;
    std::chrono::system_clock::time_point expires_at, updated_at;
    reservation_state state = reservation_state::accepted;
    std::string transaction_id;  // used: the one that did; empty: none
};

struct reservation_query {
    reservation_query() = default;
    std::string charge_point_id;                   // empty: any
    std::vector<std::string> charge_points;        // patterns, any of which has to match; empty: all
    std::optional<std::vector<std::string>> keys;  // folded ids: one of these; unset: any
    std::optional<reservation_state> state;
    std::uint64_t after = 0;  // the `next` of the page before; 0: the first page
    std::size_t limit = 1;
    std::chrono::system_clock::time_point now;
};

struct reservation_page {
    reservation_page() = default;
    std::vector<reservation> items;  // those made last first
    std::uint64_t next = 0;          // 0: there are no more
};

class reservation_queries {
  public:
    virtual ~reservation_queries() = default;
    /// With all that was said of them before.
    virtual io_awaitable<attempt<reservation_page>> page(reservation_query q) = 0;
    /// Whether one that has not ended has this id.
    virtual io_awaitable<attempt<bool>> is_reserved(std::string charge_point_id, std::int64_t id) = 0;
};

}  // namespace voltgate
