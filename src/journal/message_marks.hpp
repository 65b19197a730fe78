// The last transaction messages of each charge point, to know a repetition. They stand in the events' records, so a
// crash takes none; the table only spares reading all events at the start.
#pragma once

#include "gateway/ports.hpp"
#include "journal/charge_point_table.hpp"
#include "journal/sqlite.hpp"

#include <array>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

namespace voltgate {

class message_marks {
  public:
    /// Reads what events tell of later messages than the table.
    message_marks(sqlite::database& db, charge_point_table& charge_points);

    /// Whether the message is a repetition; notes it if it is not.
    [[nodiscard]] bool repeated(std::int64_t charge_point, message_mark mark);

    void committed() noexcept { undo_.clear(); }
    void rolled_back();

    /// Brings the table up to date: all events up to `last_sequence` are committed. In a transaction of its own, and
    /// saved() once that is committed.
    void save(std::uint64_t last_sequence);
    void saved() noexcept;

  private:
    static constexpr std::size_t most_kept = 200'000;
    static constexpr std::uint64_t most_read_again = 10'000;  // events at a start, where no message had a mark

    struct entry {
        std::array<message_mark, 4> marks{};  // newest first; 0: none
        bool unsaved = false;
    };
    [[nodiscard]] entry& load(std::int64_t charge_point);
    static void note(entry& e, message_mark mark) noexcept;

    sqlite::statement find_, save_, set_sequence_;
    std::unordered_map<std::int64_t, entry> entries_;  // by charge point; what is not here is in the table
    std::vector<std::int64_t> unsaved_;
    std::vector<std::pair<std::int64_t, std::array<message_mark, 4>>> undo_;  // what the batch changed
    std::uint64_t saved_sequence_ = 0, saving_sequence_ = 0;
};

}  // namespace voltgate
