// What messages mean for transactions, whatever keeps them.
#include "stores/transaction_rules.hpp"

#include "unit/stores/transaction_samples.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* usual = "2026-01-02T03:04:05Z";

/// A start that waited for an hour: nothing says whether the clock is right.
transaction_start delayed_start() {
    auto t = start_of();
    t.times = told(usual, at(usual) + 1h);
    return t;
}

transaction_record used(transaction_record r) {
    r.used = true;
    return r;
}

}  // namespace

TEST_CASE("A clock is worth what its stamp says: before 2020 it was never set, ten minutes ahead it is off") {
    const auto received = at("2026-01-02T03:00:00Z");
    CHECK(clock_of(received, received) == clock_state::ok);
    CHECK(clock_of(received - 24h * 365, received) == clock_state::ok);  // a message that waited
    CHECK(clock_of(at("2020-01-01T00:00:00Z"), received) == clock_state::ok);
    CHECK(clock_of(at("2019-12-31T23:59:59Z"), received) == clock_state::unset);
    CHECK(clock_of(at("1970-01-01T00:00:00Z"), received) == clock_state::unset);
    CHECK(clock_of(std::nullopt, received) == clock_state::unset);
    CHECK(clock_of(received + 10min, received) == clock_state::ok);
    CHECK(clock_of(received + 10min + 1s, received) == clock_state::off);
}

TEST_CASE("A start that comes again before anything followed is a retry") {
    const auto t = GENERATE(start_of(), delayed_start());
    CHECK(relation_of(stored_start(t), true, t) == start_relation::retry);
    auto again = t;
    again.id_tag = "tag-1";
    again.times.received += 1h;
    again.reservation_id = 5;
    again.tag_status = id_tag_status::blocked;
    CHECK(relation_of(stored_start(t), true, again) == start_relation::retry);
    again.times.text = "2026-01-02T04:04:05+01:00";  // the same instant
    CHECK(relation_of(stored_start(t), true, again) == start_relation::retry);
}

TEST_CASE("A retry needs no clock and no meter") {
    auto t = start_of();
    SECTION("no time") { t.times = told("", at(usual)); }
    SECTION("a time that cannot be read") { t.times = told("yesterday", at(usual)); }
    SECTION("1970") { t.times = told("1970-01-01T00:00:07Z", at(usual)); }
    SECTION("no reading") { t.meter_start_wh.reset(); }
    SECTION("a register at 0") { t.meter_start_wh = 0; }
    CHECK(relation_of(stored_start(t), true, t) == start_relation::retry);
}

TEST_CASE("A start that differs in anything is another one") {
    const auto older = stored_start(start_of());
    auto t = start_of();
    SECTION("connector") { t.connector_id = 2; }
    SECTION("no connector") { t.connector_id.reset(); }
    SECTION("meter") { t.meter_start_wh = reading("1000.5"); }
    SECTION("no meter") { t.meter_start_wh.reset(); }
    SECTION("tag") { t.id_tag = "TAG-2"; }
    SECTION("no tag") { t.id_tag.clear(); }
    SECTION("time") { t.times = told("2026-01-02T03:04:06Z"); }
    SECTION("no time") { t.times = told("", at(usual)); }
    CHECK(relation_of(older, false, t) == start_relation::other);
    CHECK(relation_of(older, true, t) == start_relation::other);
}

TEST_CASE("A start that comes again after its transaction went on is the same one") {
    auto t = start_of();
    SECTION("above 0 the meter alone is enough") { t = delayed_start(); }
    SECTION("a register at 0 under a clock that was right then") { t.meter_start_wh = 0; }
    SECTION("no reading under a clock that was right then") { t.meter_start_wh.reset(); }
    auto older = stored_start(t);
    CHECK(relation_of(older, false, t) == start_relation::same);  // another one began since
    CHECK(relation_of(used(older), true, t) == start_relation::same);
    auto stopped = older;
    static_cast<void>(end(stopped, end_at("2026-01-02T04:04:05Z", 2000)));
    CHECK(relation_of(stopped, true, t) == start_relation::same);
    auto presumed = older;
    presume_ended(presumed, at(usual) + 1h);
    CHECK(relation_of(presumed, true, t) == start_relation::same);
    auto by_hand = older;
    REQUIRE(close(by_hand, {"lost", "me", std::nullopt, at(usual) + 1h}));
    CHECK(relation_of(by_hand, true, t) == start_relation::same);
}

TEST_CASE("A clock that nobody saw right makes honest twins over a register at 0") {
    auto t = delayed_start();
    t.meter_start_wh = 0;
    const auto older = used(stored_start(t));
    CHECK(relation_of(older, true, t) == start_relation::twin);
    t.clock_right_at = older.start_received.value() - 1s;  // before: a clock may have been set since
    CHECK(relation_of(older, true, t) == start_relation::twin);
    t.clock_right_at = older.start_received.value();
    CHECK(relation_of(older, true, t) == start_relation::same);
    t.clock_right_at.reset();
    t.times.received = at(usual) + 5min;  // the repetition's own
    CHECK(relation_of(older, true, t) == start_relation::same);
    t.times.received += 1s;
    CHECK(relation_of(older, true, t) == start_relation::twin);
}

TEST_CASE("A clock counts as right within five minutes of receipt, before and after") {
    auto t = start_of();
    t.meter_start_wh = 0;
    const auto off = GENERATE(5min, -5min);
    t.times = told(usual, at(usual) + off);
    auto again = t;
    again.times.received = at(usual) + 24h;
    CHECK(relation_of(used(stored_start(t)), true, again) == start_relation::same);
    t.times.received = at(usual) + off + (off > 0min ? 1s : -1s);
    CHECK(relation_of(used(stored_start(t)), true, again) == start_relation::twin);
}

TEST_CASE("A time that cannot be right makes twins whatever the meter says") {
    auto t = start_of();
    SECTION("before 2020") { t.times = told("2019-12-31T23:59:59Z", at(usual)); }
    SECTION("1970, and the machine's clock too") { t.times = told("1970-01-01T00:00:05Z"); }
    SECTION("more than ten minutes ahead of its receipt") { t.times = told(usual, at(usual) - 10min - 1s); }
    SECTION("none") { t.times = told("", at(usual)); }
    SECTION("one that cannot be read") { t.times = told("soon", at(usual)); }
    t.clock_right_at = t.times.received + 1h;
    auto again = t;
    again.times.received += 24h;
    CHECK(relation_of(used(stored_start(t)), true, again) == start_relation::twin);
    CHECK(relation_of(stored_start(t), false, again) == start_relation::twin);
}

TEST_CASE("Ten minutes ahead and 2020 are still times") {
    auto t = start_of();
    SECTION("ten minutes ahead") { t.times = told(usual, at(usual) - 10min); }
    SECTION("2020") { t.times = told("2020-01-01T00:00:00Z", at(usual)); }
    CHECK(relation_of(used(stored_start(t)), true, t) == start_relation::same);
}

TEST_CASE("A whole start completes one that was not, and is the same one") {
    auto cut = start_of();
    cut.salvaged = true;
    cut.meter_start_wh.reset();
    cut.id_tag.clear();
    const auto older = stored_start(cut);
    CHECK(older.attentions.has(attention::salvaged));
    CHECK(relation_of(older, true, start_of()) == start_relation::completes);
    CHECK(relation_of(used(older), false, start_of()) == start_relation::completes);
    CHECK(relation_of(older, true, cut) == start_relation::retry);
    auto whole = older;
    static_cast<void>(complete_start(whole, start_of()));
    CHECK(whole.meter_start.wh == 1000);
    CHECK(whole.id_tag == "TAG-1");
    CHECK(whole.id_tag_key == "tag-1");
    CHECK(whole.tag_status == id_tag_status::accepted);
    CHECK_FALSE(whole.start_salvaged);
    CHECK(relation_of(whole, true, start_of()) == start_relation::retry);
}

TEST_CASE("What a start that was not whole did say must be the same") {
    auto cut = start_of();
    cut.salvaged = true;
    cut.meter_start_wh.reset();
    auto whole = start_of();
    SECTION("tag") { whole.id_tag = "TAG-2"; }
    SECTION("connector") { whole.connector_id = 2; }
    SECTION("time") { whole.times = told("2026-01-02T03:04:06Z"); }
    SECTION("a start without a time is like every other one") { cut.times = told("", at(usual)); }
    CHECK(relation_of(stored_start(cut), true, whole) == start_relation::other);
}

TEST_CASE("A repetition that is not whole says nothing new") {
    auto cut = start_of();
    cut.salvaged = true;
    cut.id_tag.clear();
    const auto older = stored_start(start_of());
    CHECK(relation_of(older, true, cut) == start_relation::retry);
    CHECK(relation_of(used(older), true, cut) == start_relation::same);
}

TEST_CASE("Completing a start replaces nothing that was said") {
    auto cut = start_of();
    cut.salvaged = true;
    cut.reservation_id = 3;
    auto r = stored_start(cut);
    auto t = start_of("CP-1", 2);
    t.meter_start_wh = 5;
    t.id_tag = "OTHER";
    t.reservation_id = 4;
    static_cast<void>(complete_start(r, t));
    CHECK(r.connector_id == 1);
    CHECK(r.meter_start.wh == 1000);
    CHECK(r.id_tag == "TAG-1");
    CHECK(r.reservation_id == 3);
}

TEST_CASE("Of two transactions in one place the charge point's own time says which is newer") {
    const auto first = stored_start(start_of()), second = stored_start(start_of("CP-1", 1, "2026-01-02T05:00:00Z"));
    const bool arrival_counts = GENERATE(false, true);
    CHECK(compare_starts(first, second, arrival_counts) == successor::newer);
    CHECK(compare_starts(second, first, arrival_counts) == successor::older);
}

TEST_CASE("Where times say nothing the order of arrival counts, if there is one") {
    auto was_there = start_of(), came = start_of();
    SECTION("equal") {}
    SECTION("one has none") { came.times = told("", at(usual)); }
    SECTION("the other has none") { was_there.times = told("", at(usual)); }
    SECTION("one cannot be read") { came.times = told("?", at(usual)); }
    const auto older = stored_start(was_there);
    auto newer = stored_start(came);
    newer.number = older.number + 1;
    CHECK(compare_starts(older, newer, true) == successor::newer);
    CHECK(compare_starts(older, newer, false) == successor::unclear);
    CHECK(compare_starts(newer, older, true) == successor::unclear);  // it gets its place late
}

TEST_CASE("A clock that was not set leaves it to the order of arrival in 1.6, and to its order in 2.x") {
    auto earlier_by_a_bad_clock = start_of();
    earlier_by_a_bad_clock.times = told("1970-01-01T00:00:05Z", at(usual) + 2h);
    const auto there = stored_start(start_of());
    auto came = stored_start(earlier_by_a_bad_clock);
    came.number = there.number + 1;
    CHECK(compare_starts(there, came, true) == successor::newer);
    CHECK(compare_starts(there, came, false) == successor::older);
}

TEST_CASE("A reading came late when it is older and lower than the last one, by a clock that can be right") {
    const auto noon = at("2026-01-02T12:00:00Z");
    CHECK(came_late(1100, noon - 1s, 1200, noon));
    CHECK_FALSE(came_late(1300, noon - 1s, 1200, noon));  // the meter says otherwise
    CHECK_FALSE(came_late(1200, noon - 1s, 1200, noon));
    CHECK_FALSE(came_late(1100, noon, 1200, noon));
    CHECK_FALSE(came_late(1100, noon + 1s, 1200, noon));  // a meter that was changed
    CHECK_FALSE(came_late(1100, std::nullopt, 1200, noon));
    CHECK_FALSE(came_late(1100, noon, 1200, std::nullopt));
    CHECK_FALSE(came_late(1100, at("1970-01-01T00:00:05Z"), 1200, noon));
}
