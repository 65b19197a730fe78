// 1.6 transactions as they are written, and the numbers of all: ids that are never given twice, and retries that change
// nothing.
#pragma once

#include "gateway/ports.hpp"
#include "gateway/transaction_ids.hpp"
#include "journal/charge_point_table.hpp"
#include "journal/message_marks.hpp"
#include "journal/sqlite.hpp"

#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace voltgate {

/// The permutation of this journal.
[[nodiscard]] transaction_ids stored_transaction_ids(sqlite::database& db);

class transaction_table {
  public:
    transaction_table(sqlite::database& db, charge_point_table& charge_points, message_marks& marks);

    /// `one_per_tag`: a tag with a running transaction elsewhere gets concurrent_tx.
    [[nodiscard]] started_transaction start(const transaction_start& t, bool one_per_tag);
    [[nodiscard]] stopped_transaction stop(const transaction_stop& t);
    [[nodiscard]] used_transaction use(std::string_view charge_point_id, std::int64_t transaction_id,
                                       message_mark mark);

    /// For a transaction that is about to be stored.
    [[nodiscard]] std::uint32_t next_number();

    /// Removes a few that were stopped before; whether there may be more. In a transaction of its own.
    bool remove_older(std::int64_t before);

    void rolled_back();

  private:
    static constexpr int rows_at_once = 200;
    static constexpr std::size_t most_in_use = 200'000;

    sqlite::database& db_;
    charge_point_table& charge_points_;
    message_marks& marks_;
    transaction_ids ids_;
    sqlite::statement same_start_, running_of_tag_, insert_, find_, set_used_, set_stopped_, set_next_, exists_,
        remove_older_;
    std::uint32_t next_ = 1;
    std::unordered_map<std::int64_t, std::uint32_t> in_use_;  // by charge point: a running one whose `used` is set
};

}  // namespace voltgate
