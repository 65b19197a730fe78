// The rows of transactions: read whole, written whole. What messages mean for them is decided elsewhere.
#pragma once

#include "journal/sqlite.hpp"
#include "stores/station_transaction.hpp"
#include "stores/transaction_ids.hpp"
#include "stores/transaction_record.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace voltgate {

/// The permutation of this journal.
[[nodiscard]] transaction_ids stored_transaction_ids(sqlite::database& db);

/// Columns of a select from `transactions t` with `station_transactions s`, which read_transaction_row reads.
extern const char* const transaction_columns;
inline constexpr int transaction_column_count = 33;
[[nodiscard]] transaction_record read_transaction_row(const sqlite::statement& row, const transaction_ids& ids);

class transaction_rows {
  public:
    using time_point = std::chrono::system_clock::time_point;

    explicit transaction_rows(sqlite::database& db);

    struct stored_row {
        std::int64_t charge_point = 0;
        transaction_record value;
    };
    [[nodiscard]] std::optional<stored_row> find(std::uint32_t number);
    /// Gives it a number and an id.
    void insert(std::int64_t charge_point, transaction_record& t, time_point now);
    void save(const transaction_record& t, time_point now);

    /// Those of a charge point that began at this time, newest first, a few.
    [[nodiscard]] std::vector<transaction_record> began_at(std::int64_t charge_point, time_point started_at);
    /// The last one of a connector that its charge point did not number itself; 0: there is none.
    [[nodiscard]] std::uint32_t last_started_on(std::int64_t charge_point,
                                                const std::optional<std::int64_t>& connector_id);
    /// Those of a charge point that are open, newest first, a bounded number.
    [[nodiscard]] std::vector<transaction_record> find_open(std::int64_t charge_point);
    /// Whether an accepted one of this tag is open, other than on this connector of this charge point.
    [[nodiscard]] bool runs_elsewhere(std::string_view tag_key, std::int64_t charge_point,
                                      const std::optional<std::int64_t>& connector_id);
    /// 2.x: the last one of this id whose number is below `before`.
    [[nodiscard]] std::optional<station_transaction> find_station(std::int64_t charge_point, const std::string& id,
                                                                  std::uint32_t before = UINT32_MAX);
    /// Its sequence numbers and its latest time.
    void save_station(const station_transaction& t);
    void set_used(std::uint32_t number) { set_used_.run(number); }
    /// Known without a read: it is open, is this charge point's and has set_used behind it.
    [[nodiscard]] bool is_in_use(std::uint32_t number, std::int64_t charge_point) const noexcept;
    /// Until it is saved as one that is not open.
    void note_in_use(std::uint32_t number, std::int64_t charge_point);
    /// For one that is new in this batch.
    void set_reservation(std::uint32_t number, std::int64_t reservation_id) {
        set_reservation_.run(reservation_id, number);
    }

    [[nodiscard]] const transaction_ids& ids() const noexcept { return ids_; }

    /// Removes a few that have ended and did not change since; whether there may be more. In a transaction of its own.
    bool remove_older(std::int64_t before);
    /// Whether the last call removed some that were never stopped: messages of theirs may still come.
    [[nodiscard]] bool removed_unstopped() const noexcept { return removed_unstopped_; }
    /// By a clock that is trusted: changes that one which was ahead has dated are dated anew, a few at a time, and in
    /// their order. Or nothing would age until then. In a transaction of its own.
    void date_anew(time_point now);
    /// Marks a few that are open and began before `before`; how many. In a transaction of its own.
    std::size_t mark_long_running(std::int64_t before, time_point now);

    void rolled_back();

  private:
    static constexpr int rows_at_once = 200;
    static constexpr std::size_t most_in_use = 200'000;

    [[nodiscard]] std::vector<transaction_record> read_all(sqlite::statement& rows) const;
    [[nodiscard]] std::uint32_t next_number();
    /// Grows with every change, so that a reader who goes by it misses none.
    [[nodiscard]] std::int64_t next_change(time_point now);

    sqlite::database& db_;
    transaction_ids ids_;
    sqlite::statement find_, began_at_, last_on_, open_ones_, running_of_tag_, insert_, insert_station_, save_,
        save_evse_, find_station_, save_sequence_, set_used_, set_reservation_, set_next_, exists_, remove_older_,
        unstopped_, dated_ahead_, date_anew_, long_running_, set_attention_, set_checked_;
    std::uint32_t next_ = 1, highest_ = 0;  // highest_: no row has a number above it
    std::int64_t last_change_ = 0, checked_to_ = 0;
    bool removed_unstopped_ = false;
    std::unordered_map<std::uint32_t, std::int64_t> in_use_;  // by number: whose
};

}  // namespace voltgate
