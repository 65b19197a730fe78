// 1.6 transactions as they are written: ids, retries of both kinds, what may be stopped and by whom.
#include "journal/transaction_table.hpp"

#include "journal_file_fixture.hpp"
#include "stores/stored_time.hpp"
#include "stores/transaction_rules.hpp"
#include "unit/stores/transaction_samples.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <chrono>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;

namespace {

struct transaction_fixture : journal_file_fixture {
    [[nodiscard]] static transaction_start start_of(std::string charge_point = "CP-1", std::int64_t meter = 1000) {
        auto t = test::start_of(std::move(charge_point));
        t.meter_start_wh = meter;
        return t;
    }
    [[nodiscard]] static transaction_stop stop_of(std::optional<std::int64_t> id, std::string charge_point = "CP-1") {
        return test::stop_of(id, next_mark(), std::move(charge_point));
    }
    started_transaction start(const transaction_start& t, bool one_per_tag = false) {
        return tables->transactions.start(t, one_per_tag);
    }
    stopped_transaction stop(const transaction_stop& t) { return tables->transactions.stop(t); }
    metered_transaction use(std::int64_t id, std::string_view charge_point = "CP-1") {
        return use(use_of(id), charge_point);
    }
    metered_transaction use(const transaction_meter_values& u, std::string_view charge_point = "CP-1") {
        return tables->transactions.use(charge_point, u, at("2026-01-02T03:30:00Z"));
    }
    bool remove_older(std::int64_t before = std::numeric_limits<std::int64_t>::max()) {
        return tables->transaction_records.remove_older(before);
    }
    [[nodiscard]] transaction_record record(std::int64_t id) {
        const auto number = tables->transaction_records.ids().number_of(id);
        REQUIRE(number);
        const auto found = tables->transaction_records.find(*number);
        REQUIRE(found);
        return found->value;
    }
};

}  // namespace

TEST_CASE_METHOD(transaction_fixture, "Ids are positive and never given twice, over reopening", "[journal]") {
    std::set<std::int32_t> ids;
    for (int round = 0; round < 5; ++round) {
        for (int i = 0; i < 200; ++i) {
            const auto started = start(start_of("CP-1", round * 1000 + i));
            REQUIRE(started.what == stored::fresh);
            REQUIRE(started.id > 0);
            REQUIRE(ids.insert(started.id).second);
        }
        reopen();
    }
}

TEST_CASE_METHOD(transaction_fixture, "An id stays taken when its transaction was removed by retention", "[journal]") {
    std::set<std::int32_t> ids;
    for (int i = 0; i < 10; ++i) {
        const auto id = start(start_of("CP-1", i)).id;
        CHECK(ids.insert(id).second);
        stop(stop_of(id));
        remove_older();
        CHECK(count("transactions") == 0);
        reopen();
    }
}

TEST_CASE_METHOD(transaction_fixture, "A number that was undone is given again, for nobody was told", "[journal]") {
    db->execute("BEGIN IMMEDIATE");
    const auto undone = start(start_of()).id;
    db->execute("ROLLBACK");
    tables->rolled_back();
    CHECK(start(start_of()).id == undone);
}

TEST_CASE_METHOD(transaction_fixture, "When the numbers begin anew, those in use are passed over", "[journal]") {
    const auto first = start(start_of("CP-1", 1)).id;
    db->execute(
        ("UPDATE meta SET value = " + std::to_string(transaction_ids::last_number) + " WHERE name = 'next_transaction'")
            .c_str());
    reopen();
    std::set<std::int32_t> ids{first};
    for (int i = 2; i < 6; ++i) CHECK(ids.insert(start(start_of("CP-1", i)).id).second);
}

TEST_CASE_METHOD(transaction_fixture, "A start that comes again is the same transaction", "[journal]") {
    const auto first = start(start_of());
    auto again_of = start_of("cp-1");
    again_of.id_tag = "tag-1";
    again_of.tag_status = id_tag_status::blocked;
    if (GENERATE(false, true)) reopen();
    const auto again = start(again_of);
    CHECK(again.what == stored::repeated);
    CHECK(again.id == first.id);
    CHECK(again.tag_status == id_tag_status::accepted);  // as it was answered
    CHECK(count("transactions") == 1);
}

TEST_CASE_METHOD(transaction_fixture, "A start that differs in anything is a transaction of its own", "[journal]") {
    auto first = start_of();
    auto other = start_of();
    SECTION("charge point") { other.charge_point_id = "CP-2"; }
    SECTION("connector") { other.connector_id = 2; }
    SECTION("no connector") { other.connector_id.reset(); }
    SECTION("tag") { other.id_tag = "TAG-2"; }
    SECTION("meter") { other.meter_start_wh = 1001; }
    SECTION("no meter") { other.meter_start_wh.reset(); }
    SECTION("time") { other.times = told("2026-01-02T03:04:06Z"); }
    const auto id = start(first).id;
    const auto started = start(other);
    CHECK(started.what == stored::fresh);
    CHECK(started.id != id);
}

TEST_CASE_METHOD(transaction_fixture, "A clockless charger repeats its keys honestly", "[journal]") {
    auto clockless = start_of();
    clockless.times = told("1970-01-01T00:00:05Z", at("2026-01-02T03:04:05Z"));
    const auto first = start(clockless);
    SECTION("after a stop") { CHECK(stop(stop_of(first.id)).known); }
    SECTION("after meter values") { CHECK(use(first.id).known); }
    SECTION("after another transaction of the connector") { CHECK(start(start_of("CP-1", 5)).what == stored::fresh); }
    SECTION("after meter values and a restart") {
        CHECK(use(first.id).known);
        reopen();
    }
    const auto second = start(clockless);
    CHECK(second.what == stored::fresh);
    CHECK(second.id != first.id);
    CHECK(second.possible_duplicate_of == first.id);
    CHECK_FALSE(first.possible_duplicate_of);
    CHECK(record(second.id).duplicate_of == record(first.id).number);
    CHECK(record(second.id).attentions.has(attention::possible_duplicate));
}

TEST_CASE_METHOD(transaction_fixture, "A start without any data has its retries too", "[journal]") {
    transaction_start bare;
    bare.charge_point_id = "CP-1";
    const auto first = start(bare);
    CHECK(first.what == stored::fresh);
    CHECK(start(bare).id == first.id);
}

TEST_CASE_METHOD(transaction_fixture, "A tag that is charging elsewhere is told so where that is a rule", "[journal]") {
    const auto first = start(start_of(), true);
    CHECK(first.tag_status == id_tag_status::accepted);
    const auto second = start(start_of("CP-2"), true);
    CHECK(second.tag_status == id_tag_status::concurrent_tx);
    CHECK(second.id > 0);
    CHECK(start(start_of("CP-3"), false).tag_status == id_tag_status::accepted);
}

TEST_CASE_METHOD(transaction_fixture, "A transaction whose end was lost keeps its tag from no other at its connector",
                 "[journal]") {
    CHECK(start(start_of(), true).tag_status == id_tag_status::accepted);
    CHECK(start(start_of("CP-1", 3000), true).tag_status == id_tag_status::accepted);
    auto beside = start_of("CP-1", 4000);
    beside.connector_id = 2;
    CHECK(start(beside, true).tag_status == id_tag_status::concurrent_tx);
}

TEST_CASE_METHOD(transaction_fixture, "A stop is known once, and the same stop again changes nothing", "[journal]") {
    const auto id = start(start_of()).id;
    const auto wanted = stop_of(id);
    const auto stopped = stop(wanted);
    CHECK(stopped.what == stored::fresh);
    CHECK(stopped.known);
    CHECK(stopped.connector_id == 1);
    if (GENERATE(false, true)) reopen();
    CHECK(stop(wanted).what == stored::repeated);       // same message id and payload
    CHECK(stop(stop_of(id)).what == stored::repeated);  // same content under a new id
    auto other = stop_of(id);
    other.meter_stop_wh = 9999;
    const auto late = stop(other);
    CHECK(late.what == stored::fresh);
    CHECK_FALSE(late.known);
    CHECK(late.conflict);
    CHECK(db->number("SELECT meter_stop FROM transactions") == 2000);
}

TEST_CASE_METHOD(transaction_fixture, "Nobody stops what is not his, and every odd id is heard once", "[journal]") {
    const auto id = start(start_of()).id;
    std::optional<std::int64_t> wanted;
    std::string by = "CP-1";
    SECTION("another charge point's") {
        wanted = id;
        by = "CP-2";
    }
    SECTION("unknown") { wanted = id == 1 ? 2 : 1; }
    SECTION("0") { wanted = 0; }
    SECTION("-1") { wanted = -1; }
    SECTION("64 bits") { wanted = std::numeric_limits<std::int64_t>::max(); }
    SECTION("the id, with more bits") { wanted = std::int64_t{id} | std::int64_t{1} << 32; }
    SECTION("another node's") { wanted = std::int64_t{id} | std::int64_t{1} << 27; }
    SECTION("none") {}
    const auto message = stop_of(wanted, by);
    const auto stopped = stop(message);
    CHECK(stopped.what == stored::fresh);
    CHECK_FALSE(stopped.known);
    CHECK_FALSE(stopped.connector_id);
    CHECK(stop(message).what == stored::repeated);
    CHECK(stop(stop_of(id)).known);
}

TEST_CASE_METHOD(transaction_fixture, "Meter values of a transaction are known while it runs", "[journal]") {
    const auto id = start(start_of()).id;
    CHECK(use(id).known);
    CHECK(use(id).what == stored::fresh);
    CHECK_FALSE(use(id, "CP-2").known);
    CHECK_FALSE(use(0).known);
    CHECK_FALSE(use(-1).known);
    stop(stop_of(id));
    const auto late = use(id);
    CHECK(late.what == stored::fresh);
    CHECK_FALSE(late.known);
}

TEST_CASE_METHOD(transaction_fixture, "Retention leaves running transactions alone", "[journal]") {
    const auto running = start(start_of("CP-1", 1)).id;
    for (int i = 0; i < 250; ++i) stop(stop_of(start(start_of("CP-2", i)).id, "CP-2"));
    CHECK(remove_older());
    CHECK(count("transactions") == 51);
    CHECK_FALSE(remove_older());
    CHECK(count("transactions") == 1);
    CHECK(stop(stop_of(running)).known);
}

TEST_CASE_METHOD(transaction_fixture, "Retention goes by receipt, whatever a charge point's clock says", "[journal]") {
    const auto received = at("2026-01-02T03:04:05Z");
    auto t = start_of();
    t.times = told("1970-01-01T00:00:05Z", received);
    const auto id = start(t).id;
    auto s = stop_of(id);
    s.times = told("2014-01-01T00:00:05Z", received + std::chrono::hours(1));
    CHECK(stop(s).known);
    CHECK_FALSE(remove_older(stored_time(received + std::chrono::minutes(59))));
    CHECK(count("transactions") == 1);
    CHECK(stop(s).what == stored::repeated);
    remove_older(stored_time(received + std::chrono::hours(2)));
    CHECK(count("transactions") == 0);
}

TEST_CASE_METHOD(transaction_fixture, "Retention removes what is presumed to have ended, and what was closed",
                 "[journal]") {
    const auto presumed = start(start_of()).id;
    auto next = start_of("CP-1", 2000);
    next.times = told("2026-01-02T05:04:05Z");
    const auto closed_by_hand = start(next).id;
    CHECK(record(presumed).presumed_at);
    const transaction_close c{"lost", "me", exact_decimal(2500), at("2026-01-02T06:00:00Z")};
    REQUIRE(tables->transactions.close(record(closed_by_hand).number, c));
    CHECK_FALSE(tables->transactions.close(record(closed_by_hand).number, c));
    CHECK_FALSE(tables->transactions.close(1'000'000, c));
    remove_older();
    CHECK(count("transactions") == 0);
}

TEST_CASE_METHOD(transaction_fixture, "All that is known of a transaction is read as it was written", "[journal]") {
    auto t = start_of();
    t.connector_id = 3;
    t.reservation_id = 9;
    t.meter_start_wh = reading("26000.25");
    t.salvaged = true;
    t.times = told("2026-01-02T04:04:05+01:00", at("2026-01-02T03:05:00Z"));
    const auto id = start(t).id;
    CHECK(use(use_of(id, "2026-01-02T03:30:00Z", reading("26005.125"))).known);
    const auto number = record(id).number;
    const transaction_close c{"lost \"it\"", "me", reading("26006.5"), at("2026-01-02T06:00:00Z")};
    const auto by_hand = tables->transactions.close(number, c);
    REQUIRE(by_hand);
    CHECK(by_hand->last_reading_wh == reading("26005.125"));
    auto s = stop_of(id);
    s.salvaged = true;
    s.meter_stop_wh = reading("99999999999999999999.5");
    s.reason = "EVDisconnected";
    s.id_tag = "TAG-9";
    CHECK(stop(s).known);
    reopen();
    const auto r = record(id);
    CHECK(r.number == number);
    CHECK(r.id == id);
    CHECK(r.connector_id == 3);
    CHECK(r.reservation_id == 9);
    CHECK(r.id_tag == "TAG-1");
    CHECK(r.id_tag_key == "tag-1");
    CHECK(r.tag_status == id_tag_status::accepted);
    CHECK(r.meter_start.wh->text() == "26000.25");
    CHECK(r.meter_stop.wh->text() == "99999999999999999999.5");
    CHECK(r.start_text == "2026-01-02T04:04:05+01:00");
    CHECK(r.stop_text == "2026-01-02T04:04:05Z");
    CHECK(r.started_at == at("2026-01-02T03:04:05Z"));
    CHECK(r.stopped_at == at("2026-01-02T04:04:05Z"));
    CHECK(r.start_received == at("2026-01-02T03:05:00Z"));
    CHECK(r.stop_received == at("2026-01-02T04:04:06Z"));
    CHECK(r.start_clock == clock_state::ok);
    CHECK(r.stop_clock == clock_state::ok);
    CHECK(r.used);
    CHECK(r.stop_reason == "EVDisconnected");
    CHECK(r.stop_id_tag == "TAG-9");
    CHECK(r.start_salvaged);
    CHECK(r.stop_salvaged);
    CHECK(r.attentions.all() == std::vector{attention::salvaged});
    CHECK(r.last_reading_wh->text() == "26005.125");
    CHECK(r.last_reading_at == at("2026-01-02T03:30:00Z"));
    CHECK(r.closed_at == c.at);
    CHECK(r.close_reason == c.reason);
    CHECK(r.closed_by == "me");
    CHECK(r.close_reading_wh->text() == "26006.5");
}

TEST_CASE_METHOD(transaction_fixture, "A transaction that runs for more than a day is marked, once", "[journal]") {
    const auto noon = at("2026-01-02T12:00:00Z");
    const auto start_received = [&](std::int64_t connector, std::chrono::system_clock::time_point received) {
        auto t = test::start_of("CP-1", connector);
        t.times = told("1970-01-01T00:00:05Z", received);
        return start(t).id;
    };
    const auto stopped = start_received(1, noon), runs = start_received(2, noon + std::chrono::hours(1)),
               young = start_received(3, noon + std::chrono::hours(2));
    stop(stop_of(stopped));
    const auto before = stored_time(noon + std::chrono::minutes(90)), now = stored_time(noon + std::chrono::hours(26));
    auto& rows = tables->transaction_records;
    CHECK(rows.mark_long_running(before, time_from_stored(now)) == 1);
    CHECK(record(runs).attentions.has(attention::running_long));
    CHECK_FALSE(record(stopped).attentions.has(attention::running_long));
    CHECK_FALSE(record(young).attentions.has(attention::running_long));
    CHECK(rows.mark_long_running(before, time_from_stored(now)) == 0);
    reopen();
    CHECK(tables->transaction_records.mark_long_running(before, time_from_stored(now)) == 0);
    CHECK(tables->transaction_records.mark_long_running(now, time_from_stored(now)) == 1);
    stop(stop_of(runs));
    CHECK_FALSE(record(runs).attentions.has(attention::running_long));
}

TEST_CASE_METHOD(transaction_fixture, "Meter values are not known any more once a stop that named none ended theirs",
                 "[journal]") {
    const auto id = start(start_of()).id;
    CHECK(use(id).known);
    auto s = stop_of(-1);
    s.may_match_by_tag = true;
    CHECK(stop(s).matched);
    CHECK_FALSE(use(id).known);
}

TEST_CASE_METHOD(transaction_fixture, "Meter values of a transaction whose messages were forgotten may be repetitions",
                 "[journal]") {
    const auto id = start(start_of()).id;
    const auto message = use_of(id);
    CHECK(use(message).what == stored::fresh);
    stop(stop_of(id));
    reopen();  // nothing was saved, and no event was written
    const auto late = use(message);
    CHECK(late.what == stored::fresh);
    CHECK(late.may_be_repeated);
    CHECK_FALSE(late.known);
    CHECK(use(message).what == stored::repeated);
}
