// What follows from what is known of a transaction.
#include "stores/transaction_record.hpp"

#include "unit/stores/transaction_samples.hpp"

#include <catch2/catch_test_macros.hpp>

#include <set>
#include <string_view>

using namespace voltgate;
using namespace voltgate::test;

namespace {

constexpr std::uint8_t l1 = 1, l2 = 2, all_phases = 7;

/// From and to a reading of these phases; 0: of all together.
transaction_record charged(std::string_view from, std::string_view to, std::uint8_t phases_at_start = 0,
                           std::uint8_t phases_at_stop = 0) {
    transaction_record t;
    t.meter_start = {reading(from), phases_at_start};
    t.meter_stop = {reading(to), phases_at_stop};
    t.stopped_at = at("2026-01-02T03:04:05Z");
    return t;
}

}  // namespace

TEST_CASE("Energy is the exact difference of its readings") {
    CHECK(energy_of(charged("1000", "2250")).wh == 1250);
    CHECK(energy_of(charged("1000", "2250")).source == "register");
    CHECK(energy_of(charged("26000.25", "26010.5")).wh->text() == "10.25");
    CHECK(energy_of(charged("0.1", "0.3")).wh->text() == "0.2");
    CHECK(energy_of(charged("123456789012345678901234.1", "123456789012345678901234.2")).wh->text() == "0.1");
    CHECK(energy_of(charged("5", "5")).wh->text() == "0");
    CHECK(energy_of(charged("2000", "1000.5")).wh->text() == "-999.5");  // attention says so
}

TEST_CASE("Energy says which register it is of, and is none where that differs") {
    CHECK(energy_of(charged("30", "90", all_phases, all_phases)).wh == 60);
    CHECK(energy_of(charged("30", "90", all_phases, all_phases)).source == "phases");
    CHECK(energy_of(charged("10", "30", l1, l1)).wh == 20);
    CHECK(energy_of(charged("10", "30", l1, l1)).source == "lone_phase");
    CHECK(energy_of(charged("10", "30", l1 | l2, l1 | l2)).source == "phases");
    for (const auto& t : {charged("10", "90", l1, all_phases), charged("10", "90", 0, all_phases),
                          charged("10", "90", all_phases, 0), charged("10", "90", l1, l2)}) {
        CHECK_FALSE(energy_of(t).wh);
        CHECK(energy_of(t).source.empty());
    }
}

TEST_CASE("Energy is not known without both readings") {
    auto t = charged("10", "30");
    SECTION("start") { t.meter_start.wh.reset(); }
    SECTION("stop") { t.meter_stop.wh.reset(); }
    SECTION("no stop has come") { t.stopped_at.reset(); }
    SECTION("presumed to have ended, whatever was read last") {
        t.stopped_at.reset();
        t.presumed_at = at("2026-01-02T03:04:05Z");
        t.last_reading_wh = 25;
    }
    SECTION("closed without a reading") {
        t.stopped_at.reset();
        t.closed_at = at("2026-01-02T03:04:05Z");
        t.last_reading_wh = 25;
    }
    SECTION("stopped without a reading, after a close with one") {
        t.meter_stop.wh.reset();
        t.closed_at = at("2026-01-02T03:04:05Z");
        t.close_reading_wh = 25;
    }
    CHECK_FALSE(energy_of(t).wh);
    CHECK(energy_of(t).source.empty());
}

TEST_CASE("A reading of somebody who closes by hand is marked as his") {
    transaction_record t;
    t.meter_start.wh = reading("10.5");
    t.closed_at = at("2026-01-02T03:04:05Z");
    t.close_reading_wh = reading("30");
    CHECK(energy_of(t).wh->text() == "19.5");
    CHECK(energy_of(t).source == "manual");
    CHECK(meter_stop_of(t) == exact_decimal(30));
}

TEST_CASE("A stop counts before a close by hand, and that before a presumption") {
    const auto then = at("2026-01-02T03:04:05Z");
    transaction_record t;
    CHECK(state_of(t) == "running");
    CHECK(t.is_open());
    t.presumed_at = then;
    CHECK(state_of(t) == "presumed_ended");
    t.closed_at = then;
    CHECK(state_of(t) == "closed");
    t.stopped_at = then;
    CHECK(state_of(t) == "stopped");
    CHECK_FALSE(t.is_open());
}

TEST_CASE("Every reason for attention has a word and a rule of its own") {
    std::set<std::string_view> words;
    std::set<rule> rules;
    attention_set all;
    for (std::size_t i = 0; i < attention_count; ++i) {
        const auto a = static_cast<attention>(i);
        CHECK(words.insert(to_string(a)).second);
        CHECK(rules.insert(rule_of(a)).second);
        CHECK(attention_from_string(to_string(a)) == a);
        all.add(a);
    }
    CHECK(all.all().size() == attention_count);
    CHECK_FALSE(attention_from_string(""));
    CHECK_FALSE(attention_from_string("Presumed"));
}

TEST_CASE("Reasons for attention are a set") {
    attention_set s;
    CHECK(s.empty());
    s.add(attention::clock);
    s.add(attention::clock);
    s.add(attention::presumed);
    CHECK(s.all() == std::vector{attention::presumed, attention::clock});
    s.remove(attention::presumed);
    s.remove(attention::conflict);
    CHECK(s.all() == std::vector{attention::clock});
    CHECK(s.without(s).empty());
    CHECK(attention_set(s.bits()).has(attention::clock));
}

TEST_CASE("A transaction's clock is the worse of its two") {
    transaction_record t;
    CHECK(clock_of(t) == clock_state::ok);
    t.start_clock = clock_state::off;
    CHECK(clock_of(t) == clock_state::off);
    t.stop_clock = clock_state::unset;
    CHECK(clock_of(t) == clock_state::unset);
    t.start_clock = clock_state::ok;
    t.stop_clock = clock_state::ok;
    CHECK(to_string(clock_of(t)) == "ok");
}
