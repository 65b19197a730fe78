// Reading tables of a damaged file: over the places that cannot be read.
#pragma once

#include "journal/sqlite.hpp"

#include <functional>
#include <string>

namespace voltgate {

/// Whether the error is of the place that was read, and others may be readable.
[[nodiscard]] bool is_damage(const sqlite::error& e);

using row_visitor = std::function<void(sqlite::statement& row)>;

/// Visits all rows that can be read: column 0 of `sql` is their key, a number, its parameter the one to go on after.
/// False: some could not be read. Errors that are no damage, and what `visit` throws, come through.
bool scan(sqlite::database& db, const std::string& sql, const row_visitor& visit);

/// For tables that have no numbers as keys: from both ends up to the damage, so that rows may come twice.
bool scan_both_ways(sqlite::database& db, const std::string& sql, const std::string& key, const row_visitor& visit);

}  // namespace voltgate
