// The events as they are written: many records to a row, numbered without gaps, indexed behind the writing.
#pragma once

#include "journal/charge_point_table.hpp"
#include "journal/sqlite.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace voltgate {

class event_table {
  public:
    /// A row is closed with the event that takes it beyond this: most fit on a page of the file, and whoever looks for
    /// one event reads one page. docs/performance.md has the figures.
    static constexpr std::size_t row_bytes = 3584;

    /// Continues where the file ends.
    event_table(sqlite::database& db, charge_point_table& charge_points);

    [[nodiscard]] std::uint64_t next_sequence() const noexcept { return next_; }

    /// Appends `count` records under the next numbers.
    void append(std::string_view records, std::size_t count, std::int64_t now);

    /// Whether enough events wait for the index to make an entry of each cheap.
    [[nodiscard]] bool index_is_due() const noexcept { return next_ - 1 - indexed_ >= index_batch; }
    /// Indexes a batch of them. In a transaction of its own.
    void index_some();

    /// Removes a few rows of events older than `before`, or the oldest ones whatever their age. Returns whether there
    /// may be more. In a transaction of its own.
    bool remove_older(std::int64_t before);
    bool remove_oldest();
    /// Removes what the index still says of removed events, a few charge points at a time.
    void clean_index();

    void rolled_back();

  private:
    static constexpr std::size_t index_batch = 10'000;
    static constexpr int rows_at_once = 1024;  // that are removed: a few megabytes
    static constexpr int charge_points_at_once = 64;

    sqlite::database& db_;
    charge_point_table& charge_points_;
    sqlite::statement insert_, rows_after_, insert_of_charge_point_, insert_of_type_, set_indexed_, remove_older_,
        remove_oldest_, clean_of_charge_point_, clean_of_type_;
    std::uint64_t next_ = 1;
    std::uint64_t indexed_ = 0;  // the last number in the index
    std::int64_t clean_row_ = 0;
};

}  // namespace voltgate
