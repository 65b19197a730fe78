// 1.6 transactions as the writer takes them: ids that are never given twice, and retries that change nothing.
#pragma once

#include "journal/charge_point_table.hpp"
#include "journal/message_marks.hpp"
#include "journal/sqlite.hpp"
#include "journal/transaction_rows.hpp"
#include "stores/station_transaction.hpp"
#include "stores/transaction_decisions.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace voltgate {

/// The transactions of one charge point in the journal.
class journal_transactions_of final : public charge_point_transactions {
  public:
    using time_point = std::chrono::system_clock::time_point;

    journal_transactions_of(transaction_rows& rows, message_marks& marks, std::int64_t charge_point)
        : rows_(rows), marks_(marks), charge_point_(charge_point) {}

    transaction_record at(std::uint32_t number) override;
    std::optional<transaction_record> find(std::int64_t id) override;
    std::vector<transaction_record> find_same_start(const transaction_start& t, std::uint32_t last) override;
    std::uint32_t last_started_on(const std::optional<std::int64_t>& connector_id) override;
    std::vector<transaction_record> find_open() override { return rows_.find_open(charge_point_); }
    bool runs_elsewhere(std::string_view tag_key, const std::optional<std::int64_t>& connector_id) override;
    void read_progress(transaction_record& t) override;
    void insert(transaction_record& t, time_point now) override { rows_.insert(charge_point_, t, now); }
    void save(const transaction_record& t, time_point now) override { rows_.save(t, now); }
    message_check check(std::uint32_t number, message_mark mark, std::optional<time_point> at) override;
    bool came_before(std::uint32_t number, message_mark mark) override { return marks_.came_before(number, mark); }
    std::optional<station_transaction> earlier(const std::string& station_id, std::uint32_t before) override {
        return rows_.find_station(charge_point_, station_id, before);
    }
    void keep(const station_transaction& t) override { rows_.save_station(t); }
    void note_reading(std::uint32_t number, const exact_decimal& wh, std::optional<time_point> at) override;

  private:
    transaction_rows& rows_;
    message_marks& marks_;
    const std::int64_t charge_point_;
};

class transaction_table {
  public:
    transaction_table(charge_point_table& charge_points, transaction_rows& rows, message_marks& marks)
        : charge_points_(charge_points), rows_(rows), marks_(marks) {}

    /// `one_per_tag`: a tag with a running transaction elsewhere gets concurrent_tx.
    [[nodiscard]] started_transaction start(const transaction_start& t, bool one_per_tag);
    [[nodiscard]] stopped_transaction stop(const transaction_stop& t);
    [[nodiscard]] metered_transaction use(std::string_view charge_point_id, const transaction_meter_values& u,
                                          std::chrono::system_clock::time_point now);
    /// See note_left_open.
    void leave_open(std::string_view charge_point_id, const std::optional<std::int64_t>& place,
                    std::chrono::system_clock::time_point now);
    /// By its number. Nullopt: it has ended already, or there is none.
    [[nodiscard]] std::optional<transaction_record> close(std::uint32_t number, const transaction_close& c);

  private:
    charge_point_table& charge_points_;
    transaction_rows& rows_;
    message_marks& marks_;
};

}  // namespace voltgate
