// 1.6 transactions as they are written: ids, retries of both kinds, what may be stopped and by whom.
#include "journal/transaction_table.hpp"

#include "journal/event_record.hpp"
#include "journal_file_fixture.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <limits>
#include <set>

using namespace voltgate;
using namespace voltgate::test;

namespace {

struct transaction_fixture : journal_file_fixture {
    [[nodiscard]] static transaction_start start_of(std::string charge_point = "CP-1", std::int64_t meter = 1000) {
        transaction_start t;
        t.charge_point_id = std::move(charge_point);
        t.connector_id = 1;
        t.meter_start_wh = meter;
        t.id_tag = "TAG-1";
        t.timestamp = "2026-01-02T03:04:05Z";
        t.tag_status = id_tag_status::accepted;
        return t;
    }
    [[nodiscard]] transaction_stop stop_of(std::optional<std::int64_t> id, std::string charge_point = "CP-1") {
        transaction_stop t;
        t.charge_point_id = std::move(charge_point);
        t.transaction_id = id;
        t.meter_stop_wh = 2000;
        t.timestamp = "2026-01-02T04:04:05Z";
        t.reason = "Local";
        t.mark = ++last_mark;
        return t;
    }
    started_transaction start(const transaction_start& t, bool one_per_tag = false) {
        return tables->transactions.start(t, one_per_tag);
    }
    stopped_transaction stop(const transaction_stop& t) { return tables->transactions.stop(t); }
    used_transaction use(std::int64_t id, std::string_view charge_point = "CP-1") {
        return tables->transactions.use(charge_point, id, ++last_mark);
    }
    message_mark last_mark = 0;
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
        tables->transactions.remove_older(std::numeric_limits<std::int64_t>::max());
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
    SECTION("time") { other.timestamp = "2026-01-02T03:04:06Z"; }
    const auto id = start(first).id;
    const auto started = start(other);
    CHECK(started.what == stored::fresh);
    CHECK(started.id != id);
}

TEST_CASE_METHOD(transaction_fixture, "A clockless charger repeats its keys honestly", "[journal]") {
    const auto first = start(start_of());
    bool told = true;
    SECTION("after a stop") { CHECK(stop(stop_of(first.id)).known); }
    SECTION("after meter values") { CHECK(use(first.id).known); }
    SECTION("after another transaction of the connector") {
        CHECK(start(start_of("CP-1", 5)).what == stored::fresh);
        told = false;  // only the last one is looked at
    }
    const auto second = start(start_of());
    CHECK(second.what == stored::fresh);
    CHECK(second.id != first.id);
    CHECK(second.like_an_older == told);
    CHECK_FALSE(first.like_an_older);
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

TEST_CASE_METHOD(transaction_fixture, "The last four messages of a charge point are known again", "[journal]") {
    const auto row = tables->charge_points.row_of("CP-1"), other = tables->charge_points.row_of("CP-2");
    for (message_mark mark = 1; mark <= 5; ++mark) CHECK_FALSE(tables->marks.repeated(row, mark));
    tables->marks.save(0);
    reopen();
    for (message_mark mark = 2; mark <= 5; ++mark) CHECK(tables->marks.repeated(row, mark));
    CHECK_FALSE(tables->marks.repeated(other, 5));
    CHECK_FALSE(tables->marks.repeated(row, 1));  // forgotten, and noted again
    CHECK(tables->marks.repeated(row, 1));
    CHECK_FALSE(tables->marks.repeated(row, 2));
    CHECK_FALSE(tables->marks.repeated(row, 0xFFFF'FFFF'FFFF'FFFF));
    CHECK(tables->marks.repeated(row, 0xFFFF'FFFF'FFFF'FFFF));
}

TEST_CASE_METHOD(transaction_fixture, "Retention leaves running transactions alone", "[journal]") {
    const auto running = start(start_of("CP-1", 1)).id;
    for (int i = 0; i < 250; ++i) stop(stop_of(start(start_of("CP-2", i)).id, "CP-2"));
    CHECK(tables->transactions.remove_older(std::numeric_limits<std::int64_t>::max()));
    CHECK(count("transactions") == 51);
    CHECK_FALSE(tables->transactions.remove_older(std::numeric_limits<std::int64_t>::max()));
    CHECK(count("transactions") == 1);
    CHECK(stop(stop_of(running)).known);
}

TEST_CASE_METHOD(transaction_fixture, "Messages that only the events tell of are known again", "[journal]") {
    const auto row = tables->charge_points.row_of("CP-1");
    event e;
    e.charge_point_id = "CP-1";
    std::string records;
    append_record(records, e, 7);
    append_record(records, e);
    tables->events.append(records, 2, 0);
    reopen();
    CHECK(tables->marks.repeated(row, 7));
    CHECK_FALSE(tables->marks.repeated(row, 0));
}

TEST_CASE_METHOD(transaction_fixture, "Messages of a batch that was undone are new", "[journal]") {
    const auto row = tables->charge_points.row_of("CP-1");
    CHECK_FALSE(tables->marks.repeated(row, 1));
    tables->committed();
    CHECK_FALSE(tables->marks.repeated(row, 2));
    tables->marks.rolled_back();
    CHECK_FALSE(tables->marks.repeated(row, 2));
    CHECK(tables->marks.repeated(row, 1));
}
