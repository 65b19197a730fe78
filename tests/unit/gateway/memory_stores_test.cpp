// The stores of a gateway that keeps everything in memory.
#include "gateway/memory_stores.hpp"

#include "support/manual_clock.hpp"
#include "support/run.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>

namespace {

using namespace voltgate;
using namespace std::chrono_literals;
using kind = stopped_transaction::kind;

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
    memory_transactions store{100};

    started_transaction start(transaction_start t) { return test::run(io, store.start(std::move(t))); }
    stopped_transaction stop(std::int64_t id, std::string charge_point_id = "cp-1") {
        transaction_stop t;
        t.charge_point_id = std::move(charge_point_id);
        t.transaction_id = id;
        return test::run(io, store.stop(std::move(t)));
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

TEST_CASE("Transaction ids are positive, of 31 bits, and never come twice") {
    transaction_ids ids(42, 0xFFFF'FF00);  // the counter wraps meanwhile
    std::set<std::int32_t> seen;
    for (int i = 0; i < 50'000; ++i) {
        const auto id = ids.next();
        REQUIRE(id > 0);
        REQUIRE(seen.insert(id).second);
    }
}

TEST_CASE("One transaction id tells nothing about the next") {
    transaction_ids ids(42, 0), other_key(43, 0);
    int near = 0, same = 0;
    std::int64_t sum = 0;
    std::int32_t last = 0;
    constexpr int count = 10'000;
    for (int i = 0; i < count; ++i) {
        const auto id = ids.next();
        if (std::abs(std::int64_t{id} - last) < 1'000'000) ++near;
        if (id == other_key.next()) ++same;
        sum += id;
        last = id;
    }
    CHECK(near < 50);  // of ten thousand chance gives nine
    CHECK(same < 5);
    CHECK(sum / count > 1'000'000'000);  // the middle of the range is 1,073,741,823
    CHECK(sum / count < 1'150'000'000);
}

TEST_CASE_METHOD(fixture, "A start in the same words is a repetition") {
    const auto first = start(start_at("t1"));
    CHECK_FALSE(first.repeated);
    auto again = start_at("t1");
    again.id_tag = "tag";
    const auto repeated = start(again);
    CHECK(repeated.repeated);
    CHECK(repeated.id == first.id);
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
    CHECK_FALSE(second.repeated);
    CHECK(second.id != first.id);
}

TEST_CASE_METHOD(fixture, "The same words again after the transaction went on are a new one") {
    const auto first = start(start_at("t1"));
    SECTION("it was stopped") { CHECK(stop(first.id).what == kind::stopped); }
    SECTION("a message bore its id") { CHECK(store.note_use("cp-1", first.id)); }
    const auto second = start(start_at("t1"));
    CHECK_FALSE(second.repeated);
    CHECK(second.id != first.id);
}

TEST_CASE_METHOD(fixture, "A transaction is stopped once, by its own charge point") {
    const auto id = start(start_at("t1")).id;
    CHECK(stop(id, "cp-2").what == kind::unknown);
    CHECK(stop(id + 1).what == kind::unknown);
    const auto stopped = stop(id);
    CHECK(stopped.what == kind::stopped);
    CHECK(stopped.connector_id == 1);
    CHECK(stop(id).what == kind::repeated);
    CHECK_FALSE(store.note_use("cp-1", id));
    CHECK_FALSE(store.note_use("cp-2", id));
}
