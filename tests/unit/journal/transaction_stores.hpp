// Both stores of transactions behind one face, for tests of what must be the same in them.
#pragma once

#include "async/platform.hpp"
#include "events/bus.hpp"
#include "machine/this_machine.hpp"
#include "stores/memory_transactions.hpp"
#include "support/run.hpp"
#include "unit/journal/journal_file_fixture.hpp"
#include "unit/stores/transaction_samples.hpp"

#include <optional>
#include <string>
#include <utility>

namespace voltgate::test {

class memory_store {
  public:
    explicit memory_store(bool one_per_tag = false) : store_(bus_, this_machine().random(), 100, one_per_tag) {}

    started_transaction start(const transaction_start& t) {
        return run(io_, store_.start(t, event_of(t.charge_point_id), [](event&, const started_transaction&) {}));
    }
    stopped_transaction stop(const transaction_stop& t) {
        return run(io_, store_.stop(t, event_of(t.charge_point_id), [](event&, const stopped_transaction&) {}));
    }
    metered_transaction use(const transaction_meter_values& u, std::string charge_point = "CP-1") {
        return run(io_,
                   store_.note_meter_values(u, event_of(std::move(charge_point), event_type::transaction_meter_values,
                                                        R"({"meterValues":[]})")));
    }
    noted_transaction note(const transaction_message& m) {
        return run(io_,
                   store_.note(m, event_of(m.charge_point_id), std::nullopt, [](event&, const noted_transaction&) {}));
    }
    void leave_open(std::optional<std::int64_t> place, utc_time now) { store_.leave_open("CP-1", place, now); }
    void restart() {}  // it would forget all
    /// Nobody can read them.
    static std::optional<transaction_record> record(std::int64_t) { return std::nullopt; }

  private:
    asio::io_context io_;
    event_bus bus_{io_.get_executor(), this_machine().random()};
    memory_transactions store_;
};

class journal_store {
  public:
    explicit journal_store(bool one_per_tag = false) : one_per_tag_(one_per_tag) {}

    started_transaction start(const transaction_start& t) { return tables().transactions.start(t, one_per_tag_); }
    stopped_transaction stop(const transaction_stop& t) { return tables().transactions.stop(t); }
    metered_transaction use(const transaction_meter_values& u, const std::string& charge_point = "CP-1") {
        return tables().transactions.use(charge_point, u, at("2026-01-02T05:00:00Z"));
    }
    noted_transaction note(const transaction_message& m) { return tables().station_transactions.note(m, one_per_tag_); }
    void leave_open(std::optional<std::int64_t> place, utc_time now) {
        tables().transactions.leave_open("CP-1", place, now);
    }
    /// Messages that no table has yet would stand in events, which are not written here.
    void restart() { file_.reopen(); }
    std::optional<transaction_record> record(std::int64_t id) {
        const auto number = tables().transaction_records.ids().number_of(id);
        const auto found = number ? tables().transaction_records.find(*number) : std::nullopt;
        REQUIRE(found);
        return found->value;
    }

  private:
    journal_tables& tables() { return *file_.tables; }

    journal_file_fixture file_;
    bool one_per_tag_;
};

}  // namespace voltgate::test
