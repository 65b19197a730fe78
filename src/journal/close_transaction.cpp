#include "journal/close_transaction.hpp"

#include "journal/tables.hpp"
#include "stores/transaction_rules.hpp"

#include <memory>
#include <utility>

namespace voltgate {

namespace {

class close_op final : public journal_op {
  public:
    close_op(std::uint32_t number, std::string charge_point_id, transaction_close c)
        : number_(number), close_(std::move(c)) {
        event_.type = event_type::transaction_closed;
        event_.timestamp = close_.at;
        event_.charge_point_id = std::move(charge_point_id);
    }

    void apply(journal_batch& batch) override {
        const auto t = batch.tables.transactions.close(number_, close_);
        closed = t.has_value();
        if (!t) return;
        event_.payload = voltgate::closed(*t).payload;
        batch.add(event_);
    }

    bool closed = false;

  private:
    const std::uint32_t number_;
    const transaction_close close_;
    event event_;
};

}  // namespace

io_awaitable<close_outcome> close_transaction(journal& j, std::uint32_t number, std::string charge_point_id,
                                              transaction_close c) {
    auto op = std::make_shared<close_op>(number, std::move(charge_point_id), std::move(c));
    if (!co_await j.perform(op)) co_return close_outcome::failed;
    co_return op->closed ? close_outcome::closed : close_outcome::ended_before;
}

}  // namespace voltgate
