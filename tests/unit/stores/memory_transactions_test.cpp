// The transactions of a gateway that keeps everything in memory.
#include "stores/memory_transactions.hpp"

#include "async/platform.hpp"
#include "events/bus.hpp"
#include "events/event_queue.hpp"
#include "machine/this_machine.hpp"
#include "support/run.hpp"
#include "unit/stores/transaction_samples.hpp"

#include <voltgate/event_stream.hpp>

#include <catch2/catch_test_macros.hpp>

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace voltgate;
using namespace voltgate::test;

/// A time that cannot be read: nothing but the words is compared.
transaction_start start_at(std::string timestamp) {
    transaction_start t;
    t.charge_point_id = "cp-1";
    t.connector_id = 1;
    t.meter_start_wh = 100;
    t.id_tag = "TAG";
    t.times = told(std::move(timestamp), at("2026-01-02T03:04:05Z"));
    return t;
}

event event_at(std::string charge_point_id) {
    event e;
    e.type = event_type::transaction_started;
    e.charge_point_id = std::move(charge_point_id);
    return e;
}

struct fixture {
    asio::io_context io;
    event_bus bus{io.get_executor(), this_machine().random()};
    memory_transactions store{bus, this_machine().random(), 100, false};
    int events = 0;

    started_transaction start(transaction_start t) {
        event_builder<started_transaction> count = [this](event&, const started_transaction&) { ++events; };
        auto e = event_at(t.charge_point_id);
        return run(io, store.start(std::move(t), std::move(e), std::move(count)));
    }
    stopped_transaction stop(std::int64_t id, std::string charge_point_id = "cp-1", std::string timestamp = "t9") {
        transaction_stop t;
        t.charge_point_id = std::move(charge_point_id);
        t.transaction_id = id;
        t.times = told(std::move(timestamp), at("2026-01-02T04:04:05Z"));
        event_builder<stopped_transaction> count = [this](event&, const stopped_transaction&) { ++events; };
        return run(io, store.stop(std::move(t), event(), std::move(count)));
    }
    metered_transaction use(std::int64_t id, std::string charge_point_id = "cp-1") {
        event e;
        e.charge_point_id = std::move(charge_point_id);
        return run(io, store.note_meter_values(use_of(id), std::move(e)));
    }
};

}  // namespace

TEST_CASE_METHOD(fixture, "A start in the same words is a repetition") {
    const auto first = start(start_at("t1"));
    CHECK(first.what == stored::fresh);
    auto again = start_at("t1");
    again.id_tag = "tag";
    const auto repeated = start(again);
    CHECK(repeated.what == stored::repeated);
    CHECK(repeated.id == first.id);
    CHECK(events == 1);
}

TEST_CASE_METHOD(fixture, "A start that differs in any word is another transaction") {
    const auto first = start(start_at("t1"));
    auto other = start_at("t1");
    SECTION("time") { other.times.text = "t2"; }
    SECTION("connector") { other.connector_id = 2; }
    SECTION("meter") { other.meter_start_wh = 101; }
    SECTION("id tag") { other.id_tag = "OTHER"; }
    SECTION("charge point") { other.charge_point_id = "cp-2"; }
    const auto second = start(other);
    CHECK(second.what == stored::fresh);
    CHECK(second.id != first.id);
}

TEST_CASE_METHOD(fixture,
                 "The same words again after the transaction went on are a new one, where no time can be read") {
    const auto first = start(start_at("t1"));
    SECTION("it was stopped") { CHECK(stop(first.id).known); }
    SECTION("a message bore its id") { CHECK(use(first.id).known); }
    const auto second = start(start_at("t1"));
    CHECK(second.what == stored::fresh);
    CHECK(second.id != first.id);
    CHECK(second.possible_duplicate_of == first.id);
    CHECK(start(start_at("t1")).id == second.id);  // it has its retries too
}

TEST_CASE_METHOD(fixture, "A transaction is stopped once, by its own charge point") {
    const auto id = start(start_at("t1")).id;
    CHECK_FALSE(stop(id, "cp-2").known);
    CHECK_FALSE(stop(id + 1).known);
    const auto stopped = stop(id);
    CHECK(stopped.known);
    CHECK(stopped.connector_id == 1);
    CHECK(stop(id).what == stored::repeated);
    const auto other = stop(id, "cp-1", "another time");
    CHECK_FALSE(other.known);
    CHECK(other.conflict);
    CHECK_FALSE(use(id).known);
    CHECK_FALSE(use(id, "cp-2").known);
}

TEST_CASE_METHOD(fixture, "A charge point keeps a bounded number of transactions, those that run the longest") {
    std::vector<std::int32_t> ids;
    for (int i = 0; i < 100; ++i) {
        auto t = start_at("t" + std::to_string(i));
        t.connector_id = i;
        ids.push_back(start(t).id);
        if (i > 0) CHECK(stop(ids.back()).known);
    }
    CHECK(std::set(ids.begin(), ids.end()).size() == ids.size());
    CHECK(use(ids.front()).known);
    CHECK(use(ids.back()).what == stored::fresh);
}

TEST_CASE_METHOD(fixture, "What a decision leads to is told before the message's own event") {
    event_stream stream(bus.subscribe({}, 10));
    start(start_of());
    start(start_of("CP-1", 1, "2026-01-02T05:04:05Z"));
    const auto items = stream.take();
    REQUIRE(items.size() == 3);
    CHECK(items[1].event->type == event_type::transaction_presumed_ended);
    CHECK(items[1].event->charge_point_id == "CP-1");
    CHECK(items[2].event->type == event_type::transaction_started);
}

TEST_CASE_METHOD(fixture, "Meter values are told at once: nothing has to be waited for") {
    const auto id = start(start_at("t1")).id;
    event_stream stream(bus.subscribe({}, 10));
    auto values = use_of(id);
    values.mark = 17;
    event e;
    e.charge_point_id = "CP-1";
    e.payload = R"({"a":1})";
    const auto first = store.note_meter_values_at_once(values, e);
    REQUIRE(first);
    CHECK(first->what == stored::fresh);
    CHECK(first->known);
    const auto items = stream.take();
    REQUIRE(items.size() == 1);
    CHECK(items[0].event->payload == R"({"a":1,"known":true})");

    e.charge_point_id = "CP-1";
    const auto again = store.note_meter_values_at_once(values, e);
    REQUIRE(again);
    CHECK(again->what == stored::repeated);
    CHECK(stream.take().empty());
}
