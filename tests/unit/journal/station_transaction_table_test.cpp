// 2.x transactions as they are written: put together from their messages, over a restart too.
#include "journal/station_transaction_table.hpp"

#include "journal_file_fixture.hpp"
#include "unit/stores/transaction_samples.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <chrono>
#include <string>

using namespace voltgate;
using namespace voltgate::test;

namespace {

struct station_transaction_fixture : journal_file_fixture {
    [[nodiscard]] static transaction_message message(transaction_phase phase, std::int64_t sequence,
                                                     std::string id = "T-1") {
        transaction_message m;
        m.charge_point_id = "CP-1";
        m.what.phase = phase;
        m.what.transaction_id = std::move(id);
        m.what.sequence = sequence;
        m.what.timestamp = "2026-01-02T03:04:05Z";
        return m;
    }
    [[nodiscard]] static transaction_message started(std::string id = "T-1", std::string charge_point = "CP-1") {
        auto m = message(transaction_phase::started, 0, std::move(id));
        m.charge_point_id = std::move(charge_point);
        m.what.evse = 2;
        m.what.connector = 1;
        m.what.token.text = "Tag-1";
        m.what.token.type = "ISO14443";
        m.tag_status = id_tag_status::accepted;
        return m;
    }
    noted_transaction note(const transaction_message& m, bool one_per_tag = false) {
        return tables->station_transactions.note(m, one_per_tag);
    }
    [[nodiscard]] std::int64_t rows(const std::string& where) {
        return db->number(("SELECT count(*) FROM transactions WHERE " + where).c_str()).value_or(-1);
    }
};

}  // namespace

TEST_CASE_METHOD(station_transaction_fixture, "A transaction goes on over a restart", "[journal]") {
    const bool restarts = GENERATE(false, true);
    const auto maybe_restart = [&] {
        if (restarts) reopen();
    };
    CHECK(note(started()).what == stored::fresh);
    maybe_restart();
    const auto update = note(message(transaction_phase::updated, 3));
    CHECK(update.known);
    CHECK(update.evse_id == 2);
    CHECK(update.connector_id == 1);
    CHECK(update.missing == 2);
    maybe_restart();
    CHECK(note(message(transaction_phase::updated, 3)).what == stored::repeated);
    CHECK(note(message(transaction_phase::updated, 1)).what == stored::fresh);
    maybe_restart();
    auto end = message(transaction_phase::ended, 4);
    end.what.stop_reason = "Local";
    CHECK(note(end).what == stored::fresh);
    maybe_restart();
    CHECK(note(end).what == stored::repeated);
    const auto late = note(message(transaction_phase::updated, 2));
    CHECK(late.what == stored::fresh);
    CHECK_FALSE(late.known);
    CHECK(rows("stopped_at IS NOT NULL AND stop_reason = 'Local' AND start_text <> ''") == 1);
    CHECK(rows("1") == 1);
}

TEST_CASE_METHOD(station_transaction_fixture, "A token charges once where that is asked for", "[journal]") {
    CHECK(note(started("T-1"), true).tag_status == id_tag_status::accepted);
    CHECK(note(started("T-1"), true).tag_status == id_tag_status::accepted);
    CHECK(note(started("T-2", "CP-2"), true).tag_status == id_tag_status::concurrent_tx);
    CHECK(note(started("T-3", "CP-3"), false).tag_status == id_tag_status::accepted);
    note(message(transaction_phase::ended, 1));
    auto end = message(transaction_phase::ended, 1, "T-3");
    end.charge_point_id = "CP-3";
    note(end);
    auto end_of_second = message(transaction_phase::ended, 1, "T-2");
    end_of_second.charge_point_id = "CP-2";
    note(end_of_second);
    CHECK(note(started("T-4"), true).tag_status == id_tag_status::accepted);
}

TEST_CASE_METHOD(station_transaction_fixture, "The same id at two charge points is two transactions", "[journal]") {
    CHECK(note(started("T-1", "CP-1")).what == stored::fresh);
    CHECK(note(started("T-1", "CP-2")).what == stored::fresh);
    CHECK(rows("1") == 2);
}

TEST_CASE_METHOD(station_transaction_fixture,
                 "An id that is used again begins another one and shows that the first has ended", "[journal]") {
    CHECK(note(started()).what == stored::fresh);
    auto again = started();
    again.what.timestamp = "2026-02-02T03:04:05Z";
    const auto noted = note(again);
    CHECK(noted.what == stored::fresh);
    CHECK(noted.like_an_older);
    CHECK(rows("1") == 2);
    CHECK(rows("stopped_at IS NULL AND stop_reason IS NULL AND presumed_at IS NOT NULL") == 1);
    CHECK(rows("presumed_at IS NULL AND start_text = '2026-02-02T03:04:05Z'") == 1);
    reopen();
    CHECK(note(message(transaction_phase::updated, 1)).known);
    CHECK(note(again).what == stored::repeated);
}

TEST_CASE_METHOD(station_transaction_fixture, "A number that does not grow loses nothing, over a restart too",
                 "[journal]") {
    auto update = message(transaction_phase::updated, 0);
    update.what.occurred_at =
        std::chrono::system_clock::time_point(std::chrono::nanoseconds(1'767'323'045'123'456'789));
    auto start = started();
    start.what.occurred_at = *update.what.occurred_at - std::chrono::seconds(60);
    CHECK(note(start).what == stored::fresh);
    CHECK(note(update).what == stored::fresh);
    reopen();
    CHECK(note(update).what == stored::repeated);
    CHECK(note(start).what == stored::repeated);
    *update.what.occurred_at += std::chrono::seconds(60);
    CHECK(note(update).what == stored::fresh);
    db->execute("ALTER TABLE transaction_sequences DROP COLUMN latest");  // as it was before
    reopen();
    CHECK(note(update).what == stored::repeated);
}

TEST_CASE_METHOD(station_transaction_fixture, "What a transaction is deleted with goes with it", "[journal]") {
    note(started());
    db->execute("DELETE FROM transactions");
    CHECK(db->number("SELECT count(*) FROM station_transactions") == 0);
    CHECK(db->number("SELECT count(*) FROM transaction_sequences") == 0);
}

TEST_CASE_METHOD(station_transaction_fixture, "All that is known of a 2.x transaction is read as it was written",
                 "[journal]") {
    auto start = started();
    start.what.energy = {reading("60.5"), 7};
    start.what.occurred_at = at(start.what.timestamp);
    start.received = *start.what.occurred_at + std::chrono::seconds(1);
    const auto number = note(start).number;
    auto end = message(transaction_phase::ended, 1);
    end.what.energy = {reading("90.75"), 7};
    end.what.token.text = "Tag-9";
    end.what.token.type = "ISO14443";
    end.received = start.received + std::chrono::hours(1);  // with no time that could be read
    const auto ended = note(end);
    CHECK(ended.energy.wh == reading("30.25"));
    CHECK(ended.energy.source == "phases");
    CHECK(ended.clock == clock_state::unset);
    reopen();
    const auto row = tables->transaction_records.find(number);
    REQUIRE(row);
    const auto& r = row->value;
    CHECK(r.station_id == "T-1");
    CHECK(r.evse_id == 2);
    CHECK(r.connector_id == 1);
    CHECK(r.id_tag == "Tag-1");
    CHECK(r.id_tag_key == "tag-1");
    CHECK(r.meter_start.wh == reading("60.5"));
    CHECK(r.meter_start.phases == 7);
    CHECK(r.meter_stop.wh == reading("90.75"));
    CHECK(r.meter_stop.phases == 7);
    CHECK(r.start_received == start.received);
    CHECK(r.stop_received == end.received);
    CHECK(r.start_clock == clock_state::ok);
    CHECK(r.stop_id_tag == "Tag-9");
    CHECK(energy_of(r).source == "phases");
}

TEST_CASE_METHOD(station_transaction_fixture, "The clock of a 2.x start without a time is read as it was written",
                 "[journal]") {
    auto start = started();
    start.what.timestamp.clear();
    start.received = at("2026-01-02T03:04:05Z");
    const auto number = note(start).number;
    const auto row = tables->transaction_records.find(number);
    REQUIRE(row);
    CHECK(row->value.attentions.has(attention::clock));
    CHECK(clock_of(row->value) == clock_state::unset);
}

TEST_CASE_METHOD(station_transaction_fixture, "A transaction whose start has not come has no clock of a start",
                 "[journal]") {
    const auto number = note(message(transaction_phase::updated, 1)).number;
    const auto row = tables->transaction_records.find(number);
    REQUIRE(row);
    CHECK_FALSE(row->value.start_clock);
    CHECK_FALSE(row->value.start_received);
}
