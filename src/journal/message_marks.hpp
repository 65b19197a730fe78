// Which transaction messages came before, and the last reading of each transaction that runs. Both stand in the events'
// records, so a crash takes none; the tables only spare reading all events at the start.
#pragma once

#include "events/exact_decimal.hpp"
#include "journal/charge_point_table.hpp"
#include "journal/sqlite.hpp"
#include "stores/transaction_decisions.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace voltgate {

struct record_head;

class message_marks {
  public:
    using time_point = std::chrono::system_clock::time_point;
    /// Whose messages: the number of a transaction, or a charge point's for those that are of none.
    using owner = std::int64_t;
    [[nodiscard]] static owner of_charge_point(std::int64_t row) noexcept { return -row; }

    /// Reads what events tell of later messages than the tables.
    message_marks(sqlite::database& db, charge_point_table& charge_points);

    /// Whether the message is a repetition; notes it if it is not.
    [[nodiscard]] message_check check(owner who, message_mark mark, std::optional<time_point> at);
    [[nodiscard]] bool repeated(owner who, message_mark mark) { return check(who, mark, std::nullopt).repeated; }
    [[nodiscard]] bool came_before(owner who, message_mark mark) {
        return load(who).messages.repeated(mark, std::nullopt);
    }
    /// How many messages of it came.
    [[nodiscard]] std::uint64_t told(owner who) { return load(who).messages.told(); }

    struct reading {
        exact_decimal wh;
        std::optional<std::int64_t> at;
    };
    void note_reading(owner who, const exact_decimal& wh, std::optional<time_point> at);
    [[nodiscard]] std::optional<reading> last_reading(owner who) { return load(who).last; }

    void committed() noexcept { undo_.clear(); }
    void rolled_back();

    /// Brings the tables up to date, if enough has come: all events up to `last_sequence` are committed. In a
    /// transaction of its own, and saved() once that is committed. `first_sequence`: of the events that are kept, which
    /// a start can read again.
    void save(std::uint64_t last_sequence, std::uint64_t first_sequence = 0);
    /// The same, however little has come.
    void save_all(std::uint64_t last_sequence);
    void saved() noexcept;
    /// Forgets the messages of transactions that ended, and were last heard of, before `before`: a few at a time.
    /// Whether there may be more.
    bool remove_ended(std::int64_t before);

  private:
    static constexpr std::size_t most_entries = 200'000;
    static constexpr std::size_t most_marks = 8U << 20U;         // of all entries together: 64 MiB
    static constexpr std::size_t unsaved_before_save = 20'000;   // messages
    static constexpr std::uint64_t events_before_save = 50'000;  // that a start reads again
    static constexpr std::uint64_t marks_of_a_part = 64;

    struct entry {
        message_memory messages;
        std::optional<reading> last;
        std::uint64_t saved_told = 0;
        bool unsaved = false;
    };
    struct change {
        owner who;
        bool is_reading;
        std::optional<std::int64_t> latest;
        std::optional<reading> last;
    };

    [[nodiscard]] entry& load(owner who);
    void make_room();
    void touch(owner who, entry& e);
    void save_one(owner who, entry& e);
    void replay(sqlite::database& db, charge_point_table& charge_points);
    void save_replayed(sqlite::database& db, std::uint64_t last_sequence);
    [[nodiscard]] owner owner_of(charge_point_table& charge_points, const record_head& head, std::string_view payload);

    sqlite::statement find_progress_, find_parts_, save_progress_, save_part_, remove_parts_, set_sequence_,
        number_of_station_, charge_point_of_, ended_, remove_progress_, set_removed_;
    std::int64_t transaction_key_;
    std::unordered_map<owner, entry> entries_;  // what is not here is in the tables
    std::vector<owner> unsaved_;
    std::size_t marks_held_ = 0, unsaved_messages_ = 0;
    std::vector<change> undo_;  // what the batch changed
    std::uint64_t saved_sequence_ = 0, saving_sequence_ = 0;
    std::int64_t removed_to_ = 0, removing_to_ = 0;
};

}  // namespace voltgate
