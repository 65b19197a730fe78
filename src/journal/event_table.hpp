// The events as they are written: many records to a row, numbered without gaps.
#pragma once

#include "journal/sqlite.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace voltgate {

/// The number that was given last, events that a repair lost included.
[[nodiscard]] std::int64_t last_sequence(sqlite::database& db);

class event_table {
  public:
    /// A row is closed with the event that takes it beyond this: most fit on a page of the file, and whoever looks for
    /// one event reads one page. docs/performance.md has the figures.
    static constexpr std::size_t row_bytes = 3584;

    /// Continues where the file ends.
    explicit event_table(sqlite::database& db);

    [[nodiscard]] std::uint64_t next_sequence() const noexcept { return next_; }

    /// Appends `count` records under the next numbers.
    void append(std::string_view records, std::size_t count, std::int64_t now);

    /// Removes a few rows of events older than `before`, or the oldest ones whatever their age. Returns whether there
    /// may be more. In a transaction of its own.
    bool remove_older(std::int64_t before);
    bool remove_oldest();
    /// The oldest number that is kept.
    [[nodiscard]] std::uint64_t first_sequence();

    void rolled_back();

  private:
    static constexpr int rows_at_once = 1024;  // that are removed: a few megabytes

    sqlite::database& db_;
    sqlite::statement insert_, first_, oldest_time_of_, remove_older_, remove_oldest_;
    std::uint64_t next_ = 1;
    std::optional<std::int64_t> oldest_time_;  // no row that remove_older would look at is older; unset: not known
};

}  // namespace voltgate
