// The journal's file: its tables, its version, how it is opened.
#pragma once

#include "journal/sqlite.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace voltgate {

class random_source;

inline constexpr std::int64_t journal_schema_version = 3;
inline constexpr std::size_t journal_page_bytes = 4096;

/// "{directory}/journal.db"
[[nodiscard]] std::string journal_file(const std::string& directory);

/// How much a commit promises.
enum class commit_durability : std::uint8_t { disk, process };

/// Opens the file for its one writer, makes or migrates the tables. What the file says from then on is on the disk,
/// also what a process wrote that died before it could see to that. Throws sqlite::error; `what()` is for the operator.
[[nodiscard]] sqlite::database open_for_writing(const std::string& file, commit_durability durability,
                                                random_source& random);

/// Opens the file for reading beside the writer.
[[nodiscard]] sqlite::database open_for_reading(const std::string& file);

/// Throws sqlite::error when the file is not one that this program may write: another program's, a newer version's, or
/// not whole. An empty one is.
void check_owner(sqlite::database& db, const std::string& file);

/// Whether a gateway made this file.
[[nodiscard]] bool is_journal(sqlite::database& db);

/// Whether all that keeps numbers from being given twice is there.
[[nodiscard]] bool has_counters(sqlite::database& db);

}  // namespace voltgate
