// Which events are of a charge point, and which of a type: rows of many numbers each, filled behind the events.
#pragma once

#include "journal/charge_point_table.hpp"
#include "journal/sqlite.hpp"

#include <voltgate/event.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace voltgate {

struct record_head;

class event_index {
  public:
    /// Continues where the file's index ends.
    event_index(sqlite::database& db, charge_point_table& charge_points);

    /// Remembers an event that is being stored, so that add_some() need not read it again.
    void note(std::uint64_t sequence, const record_head& head);
    /// Whether enough events wait for it to make an entry of each cheap; `next`: the number of the next event.
    [[nodiscard]] bool is_due(std::uint64_t next) const noexcept { return next - 1 - indexed_ >= batch; }
    /// Takes in a batch of them. In a transaction of its own.
    void add_some(std::uint64_t next);
    /// Takes in batches until none is due, in transactions of its own.
    void catch_up(std::uint64_t next);
    /// Removes what it still says of events before `first`, a few charge points at a time.
    void clean(std::uint64_t first);

    void rolled_back();

    struct entry {
        std::uint64_t sequence;
        std::uint32_t charge_point;  // its row; 0: of none
        event_type type;
    };

  private:
    static constexpr std::size_t batch = 10'000;
    static constexpr std::size_t most_entries = 4 * batch;
    static constexpr int charge_points_at_once = 64;

    sqlite::database& db_;
    charge_point_table& charge_points_;
    sqlite::statement rows_after_, insert_of_charge_point_, insert_of_type_, set_indexed_, clean_of_charge_point_,
        clean_of_type_;
    std::uint64_t indexed_ = 0;   // the last number in it
    std::vector<entry> entries_;  // of the events behind it
    std::uint64_t noted_ = 0;     // the last number in those
    std::int64_t clean_row_ = 0;
};

/// The last number that the index knows of.
[[nodiscard]] std::uint64_t indexed_sequence(sqlite::database& db);

struct sequence_range {
    std::uint64_t from, to;
    std::size_t limit;
};

/// The first `limit` numbers in the range whose events pass, ascending, as far as the index knows: of these types
/// (none: any) and of the charge points with these keys (none: any, and then there are types).
[[nodiscard]] std::vector<std::uint64_t> find_indexed(sqlite::database& db, const std::vector<event_type>& types,
                                                      const std::vector<std::string>& keys, sequence_range r);

}  // namespace voltgate
