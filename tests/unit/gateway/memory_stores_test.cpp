// The stores of a gateway that keeps everything in memory.
#include "gateway/memory_stores.hpp"

#include "support/manual_clock.hpp"
#include "support/run.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string>

namespace {

using namespace voltgate;
using namespace std::chrono_literals;

transaction_start start_at(std::string_view timestamp) {
    transaction_start t;
    t.charge_point_id = "cp-1";
    t.connector_id = 1;
    t.meter_start_wh = 100;
    t.id_tag = "TAG";
    t.timestamp = timestamp;
    return t;
}

struct fixture {
    asio::io_context io;
    event_bus bus{io.get_executor()};
    memory_transactions store{bus, 100, false};
    int told = 0;

    started_transaction start(transaction_start t) {
        event_builder<started_transaction> count = [this](event&, const started_transaction&) { ++told; };
        return test::run(io, store.start(std::move(t), event(), std::move(count)));
    }
    stopped_transaction stop(std::int64_t id, std::string charge_point_id = "cp-1", std::string timestamp = "t9") {
        transaction_stop t;
        t.charge_point_id = std::move(charge_point_id);
        t.transaction_id = id;
        t.timestamp = std::move(timestamp);
        event_builder<stopped_transaction> count = [this](event&, const stopped_transaction&) { ++told; };
        return test::run(io, store.stop(std::move(t), event(), std::move(count)));
    }
    bool use(std::int64_t id, std::string charge_point_id = "cp-1") {
        event e;
        e.charge_point_id = std::move(charge_point_id);
        return test::run(io, store.use(id, std::move(e), 1)).known;
    }
};

}  // namespace

TEST_CASE("Epochs grow with every claim, and over a restart") {
    asio::io_context io;
    test::manual_clock clock;
    memory_ownership ownership(clock);
    const auto first = test::run(io, ownership.claim("CP-1"));
    const auto second = test::run(io, ownership.claim("CP-2"));
    CHECK(second > first);
    clock.advance(1s);
    memory_ownership restarted(clock);
    CHECK(test::run(io, restarted.claim("CP-1")) > second);
}

TEST_CASE("A list of id tags accepts its own, without regard to case") {
    asio::io_context io;
    authorization_config config;
    const auto status_of = [&](std::string tag) {
        configured_id_tags tags(config);
        return test::run(io, tags.find("cp-1", std::move(tag))).status;
    };
    CHECK(status_of("anybody") == id_tag_status::accepted);
    CHECK(status_of("") == id_tag_status::invalid);
    config.policy = authorization_config::mode::list;
    config.id_tags = {"04a1B2"};
    CHECK(status_of("04A1b2") == id_tag_status::accepted);
    CHECK(status_of("anybody") == id_tag_status::invalid);
}

TEST_CASE_METHOD(fixture, "A start in the same words is a repetition") {
    const auto first = start(start_at("t1"));
    CHECK(first.what == stored::fresh);
    auto again = start_at("t1");
    again.id_tag = "tag";
    const auto repeated = start(again);
    CHECK(repeated.what == stored::repeated);
    CHECK(repeated.id == first.id);
    CHECK(told == 1);
}

TEST_CASE_METHOD(fixture, "A start that differs in any word is another transaction") {
    const auto first = start(start_at("t1"));
    auto other = start_at("t1");
    SECTION("time") { other.timestamp = "t2"; }
    SECTION("connector") { other.connector_id = 2; }
    SECTION("meter") { other.meter_start_wh = 101; }
    SECTION("id tag") { other.id_tag = "OTHER"; }
    SECTION("charge point") { other.charge_point_id = "cp-2"; }
    const auto second = start(other);
    CHECK(second.what == stored::fresh);
    CHECK(second.id != first.id);
}

TEST_CASE_METHOD(fixture, "The same words again after the transaction went on are a new one") {
    const auto first = start(start_at("t1"));
    SECTION("it was stopped") { CHECK(stop(first.id).known); }
    SECTION("a message bore its id") { CHECK(use(first.id)); }
    const auto second = start(start_at("t1"));
    CHECK(second.what == stored::fresh);
    CHECK(second.id != first.id);
    CHECK(second.like_an_older);
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
    CHECK_FALSE(stop(id, "cp-1", "another time").known);
    CHECK_FALSE(use(id));
    CHECK_FALSE(use(id, "cp-2"));
}
