#include "journal/charge_point_table.hpp"

#include "stations/charge_point.hpp"
#include "text/fold_id.hpp"

namespace voltgate {

charge_point_table::charge_point_table(sqlite::database& db)
    : db_(db),
      find_(db, "SELECT row FROM charge_points WHERE key = ?"),
      insert_(db, "INSERT INTO charge_points (key, id) VALUES (?, ?)"),
      save_(db, "UPDATE charge_points SET id = ?, registration = ?, record = ?, last_seen = ? WHERE row = ?"),
      open_(db, "UPDATE charge_points SET open_epoch = ?, open_version = ? WHERE row = ?"),
      close_(db, "UPDATE charge_points SET open_epoch = NULL WHERE row = ? AND open_epoch <= ?") {}

std::int64_t charge_point_table::row_of(std::string_view id) {
    if (const auto known = rows_.find(id); known != rows_.end()) return known->second;
    const std::string key = fold_id(id);
    std::int64_t row = 0;
    if (find_.bind(key).step()) {
        row = find_.integer(0);
        find_.reset();
    } else {
        insert_.run(key, id);
        row = db_.last_row();
    }
    if (rows_.size() >= most_remembered) rows_.clear();
    rows_.emplace(id, row);
    return row;
}

void charge_point_table::save(std::string_view id, std::optional<std::int64_t> registration, std::string_view record,
                              std::int64_t last_seen) {
    save_.run(id, registration, record, last_seen, row_of(id));
}

void charge_point_table::session_opened(std::string_view id, std::uint64_t epoch,
                                        std::optional<ocpp::version> version) {
    std::optional<std::int64_t> number;
    if (version) number = static_cast<std::int64_t>(*version);
    open_.run(epoch, number, row_of(id));
}

void charge_point_table::session_ended(std::string_view id, std::uint64_t epoch) { close_.run(row_of(id), epoch); }

}  // namespace voltgate
