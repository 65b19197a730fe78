// Reservations as they are written: accepted, then cancelled or used.
#pragma once

#include "journal/charge_point_table.hpp"
#include "journal/sqlite.hpp"
#include "stores/ports.hpp"
#include "stores/reservation_queries.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

/// What an answered command does to a reservation.
struct reservation_change {
    reservation value;  // of a cancelled one the id alone
    bool cancelled = false;
};
/// Nothing unless `c` is a ReserveNow or CancelReservation, of any version, that the charge point accepted; or a
/// CancelReservation that it rejected because it knows no such reservation.
[[nodiscard]] std::optional<reservation_change> reservation_change_of(const command& c, const command_result& r);

class reservation_table {
  public:
    reservation_table(sqlite::database& db, charge_point_table& charge_points);

    /// One that was accepted and has the same id is replaced, as the charge point replaces it.
    void apply(std::string_view charge_point_id, const reservation_change& change,
               std::chrono::system_clock::time_point now);
    /// By a 1.6 transaction.
    void use(std::string_view charge_point_id, std::int64_t id, std::int64_t transaction_id,
             std::chrono::system_clock::time_point now);
    /// By a 2.x transaction, which may name it in each of its messages: it uses one of that id, not those made later.
    void use(std::string_view charge_point_id, std::int64_t id, const std::string& transaction_id,
             std::chrono::system_clock::time_point now);
    /// By a transaction of 1.6 or 2.x that has begun and names none: the accepted one of this charge point that has not
    /// expired, is for this token or its group, and for this connector (2.x: EVSE) or any. Its id; none is like that:
    /// nullopt.
    std::optional<std::int64_t> use_matching(std::string_view charge_point_id,
                                             std::optional<std::int64_t> connector_or_evse, std::string_view id_tag,
                                             std::int64_t transaction_id, std::chrono::system_clock::time_point now);
    std::optional<std::int64_t> use_matching(std::string_view charge_point_id,
                                             std::optional<std::int64_t> connector_or_evse, std::string_view id_tag,
                                             const std::string& transaction_id,
                                             std::chrono::system_clock::time_point now);
    /// As the charge point says.
    void end(std::string_view charge_point_id, reservation_update news, std::chrono::system_clock::time_point now);
    /// Removes a few that expired before and were not changed since; true: there may be more. In a transaction of its
    /// own.
    bool remove_older(std::int64_t before);

  private:
    static constexpr int rows_at_once = 200;

    using number = std::optional<std::int64_t>;
    /// Of the one that is accepted under that id.
    [[nodiscard]] number find(std::string_view charge_point_id, std::int64_t id);
    struct match {
        std::int64_t number, id;
    };
    [[nodiscard]] std::optional<match> find_matching(std::string_view charge_point_id,
                                                     std::optional<std::int64_t> connector_or_evse,
                                                     std::string_view id_tag,
                                                     std::chrono::system_clock::time_point now);
    void finish(number known, reservation_state state, std::chrono::system_clock::time_point now,
                number transaction = {}, std::optional<std::string> station_transaction = {});

    sqlite::database& db_;
    charge_point_table& charge_points_;
    sqlite::statement find_, find_used_, find_matching_, insert_, replace_, end_, remove_older_;
    std::int64_t found_expiry_ = 0;  // of what find() found last
};

// Reading, on any connection.
/// See reservation_queries.
[[nodiscard]] bool is_reserved(sqlite::database& db, std::string_view charge_point_id, std::int64_t id);
[[nodiscard]] reservation_page read_reservations(sqlite::database& db, const reservation_query& q);

/// Those for a tag, under its name or its pseudonym, or for its group, in the order in which they were made.
[[nodiscard]] std::vector<reservation> read_reservations_of(sqlite::database& db, std::string_view tag,
                                                            std::string_view pseudonym);

}  // namespace voltgate
