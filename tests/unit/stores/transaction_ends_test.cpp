// Ends of transactions: by a stop, by a close by hand, by a stop that names none.
#include "stores/transaction_rules.hpp"
#include "unit/stores/transaction_samples.hpp"

#include <catch2/catch_test_macros.hpp>

#include <vector>

using namespace voltgate;
using namespace voltgate::test;

namespace {

constexpr const char* usual = "2026-01-02T03:04:05Z";

}  // namespace

TEST_CASE("An end is noted with all it says") {
    auto t = stored_start(start_of());
    t.attentions.add(attention::left_open);
    t.attentions.add(attention::running_long);
    t.attentions.add(attention::two_on_connector);
    const auto result = end(t, end_at("2026-01-02T04:04:05Z", 2000));
    CHECK(result.what == end_result::kind::ended);
    CHECK(result.attentions.empty());
    CHECK(t.attentions.empty());
    CHECK(t.stopped_at == at("2026-01-02T04:04:05Z"));
    CHECK(t.stop_received == at("2026-01-02T04:04:06Z"));
    CHECK(t.stop_text == "2026-01-02T04:04:05Z");
    CHECK(t.stop_clock == clock_state::ok);
    CHECK(t.meter_stop.wh == 2000);
    CHECK(t.stop_reason == "Local");
    CHECK(t.stop_id_tag == "TAG-1");
    CHECK(state_of(t) == "stopped");
}

TEST_CASE("An end tells what does not fit") {
    auto t = stored_start(start_of());
    auto e = end_at("2026-01-02T04:04:05Z", 2000);
    attention expected{};
    SECTION("a meter that ran backwards") {
        e.meter_stop.wh = reading("999.9");
        expected = attention::meter_backwards;
    }
    SECTION("an end before its start") {
        e.times = told("2026-01-02T03:04:04Z");
        expected = attention::stop_before_start;
    }
    SECTION("a clock that is off") {
        e.times = told("2026-01-02T04:04:05Z", at("2026-01-02T03:54:04Z"));
        expected = attention::clock;
    }
    SECTION("no time") {
        e.times = told("", at("2026-01-02T04:04:05Z"));
        expected = attention::clock;
    }
    SECTION("a message that was not whole") {
        e.salvaged = true;
        expected = attention::salvaged;
    }
    const auto result = end(t, e);
    CHECK(result.what == end_result::kind::ended);
    CHECK(result.attentions.all() == std::vector{expected});
    CHECK(t.attentions.all() == std::vector{expected});
}

TEST_CASE("Readings of different phases are not compared") {
    auto t = stored_start(start_of());
    auto e = end_at("2026-01-02T04:04:05Z", 500);
    e.meter_stop.phases = 1;
    CHECK(end(t, e).attentions.empty());
}

TEST_CASE("A stop that comes again says what it says, or contradicts") {
    auto t = stored_start(start_of());
    static_cast<void>(end(t, end_at("2026-01-02T04:04:05Z", 2000)));
    auto again = end_at("2026-01-02T05:04:05+01:00", 2000);
    again.reason = "Other";  // words are no readings
    CHECK(end(t, again).what == end_result::kind::repeated);
    SECTION("another reading") { again.meter_stop.wh = reading("2000.1"); }
    SECTION("no reading") { again.meter_stop.wh.reset(); }
    SECTION("another time") { again.times = told("2026-01-02T04:04:06Z"); }
    SECTION("no time") { again.times = told("", at(usual)); }
    const auto before = t;
    const auto result = end(t, again);
    CHECK(result.what == end_result::kind::conflict);
    CHECK(result.attentions.all() == std::vector{attention::conflict});
    CHECK(t.meter_stop.wh == before.meter_stop.wh);
    CHECK(t.stop_text == before.stop_text);
    CHECK(t.stop_reason == "Local");
    CHECK(end(t, again).attentions.empty());  // known already
}

TEST_CASE("A whole stop fills what one that was cut lacked, and nothing else") {
    auto t = stored_start(start_of());
    auto cut = end_at("2026-01-02T04:04:05Z", 2000);
    cut.salvaged = true;
    cut.reason.clear();
    SECTION("reading") { cut.meter_stop.wh.reset(); }
    SECTION("time") { cut.times = told("", at("2026-01-02T04:04:06Z")); }
    SECTION("tag") { cut.id_tag.clear(); }
    SECTION("reason alone") {}
    CHECK(end(t, cut).what == end_result::kind::ended);
    CHECK(end(t, cut).what == end_result::kind::repeated);
    const auto result = end(t, end_at("2026-01-02T04:04:05Z", 2000));
    CHECK(result.what == end_result::kind::corrected);
    CHECK(t.meter_stop.wh == 2000);
    CHECK(t.stop_text == "2026-01-02T04:04:05Z");
    CHECK(t.stopped_at == at("2026-01-02T04:04:05Z"));
    CHECK(t.stop_clock == clock_state::ok);
    CHECK(t.stop_reason == "Local");
    CHECK(t.stop_id_tag == "TAG-1");
    CHECK(end(t, end_at("2026-01-02T04:04:05Z", 2000)).what == end_result::kind::repeated);
    auto other = end_at("2026-01-02T04:04:05Z", 2001);
    CHECK(end(t, other).what == end_result::kind::conflict);
}

TEST_CASE("A whole stop that says something else than the one that was cut contradicts it") {
    auto t = stored_start(start_of());
    auto cut = end_at("2026-01-02T04:04:05Z", 2000);
    cut.salvaged = true;
    cut.reason.clear();
    static_cast<void>(end(t, cut));
    CHECK(end(t, end_at("2026-01-02T04:04:05Z", 2100)).what == end_result::kind::conflict);
    CHECK(t.meter_stop.wh == 2000);
    CHECK(t.stop_reason.empty());
}

TEST_CASE("A stop that comes later counts before a presumption and a close by hand") {
    auto t = stored_start(start_of());
    SECTION("presumed") { presume_ended(t, at("2026-01-02T05:00:00Z")); }
    SECTION("closed") { REQUIRE(close(t, {"lost", "me", exact_decimal(1500), at("2026-01-02T05:00:00Z")})); }
    CHECK_FALSE(t.is_open());
    CHECK(end(t, end_at("2026-01-02T04:04:05Z", 2000)).what == end_result::kind::ended);
    CHECK(state_of(t) == "stopped");
    CHECK_FALSE(t.attentions.has(attention::presumed));
    CHECK(meter_stop_of(t) == exact_decimal(2000));
    CHECK(energy_of(t).wh == 1000);
    CHECK(energy_of(t).source == "register");
}

TEST_CASE("A close by hand ends what has no stop, once") {
    auto t = stored_start(start_of());
    t.attentions.add(attention::left_open);
    t.attentions.add(attention::running_long);
    const transaction_close c{"cable cut", "me", exact_decimal(1500), at("2026-01-02T05:00:00Z")};
    CHECK(close(t, c));
    CHECK(state_of(t) == "closed");
    CHECK_FALSE(t.is_open());
    CHECK(t.attentions.empty());
    CHECK(t.close_reason == "cable cut");
    CHECK(t.closed_by == "me");
    CHECK(energy_of(t).wh == 500);
    CHECK(energy_of(t).source == "manual");
    CHECK_FALSE(close(t, c));
    auto stopped = stored_start(start_of());
    static_cast<void>(end(stopped, end_at("2026-01-02T04:04:05Z", 2000)));
    CHECK_FALSE(close(stopped, c));
}

TEST_CASE("What was presumed to have ended can be closed by hand, and the presumption stays to be seen") {
    auto t = stored_start(start_of());
    presume_ended(t, at("2026-01-02T05:00:00Z"));
    CHECK(close(t, {"lost", "me", std::nullopt, at("2026-01-02T06:00:00Z")}));
    CHECK(state_of(t) == "closed");
    CHECK(t.attentions.has(attention::presumed));
    CHECK_FALSE(energy_of(t).wh);
}

TEST_CASE("A presumption takes away what only a running transaction has") {
    auto t = stored_start(start_of());
    t.attentions.add(attention::left_open);
    t.attentions.add(attention::running_long);
    t.attentions.add(attention::two_on_connector);
    presume_ended(t, at("2026-01-02T05:00:00Z"));
    CHECK(state_of(t) == "presumed_ended");
    CHECK(t.presumed_at == at("2026-01-02T05:00:00Z"));
    CHECK(t.attentions.all() == std::vector{attention::presumed, attention::two_on_connector});
    CHECK_FALSE(t.stopped_at);
    CHECK_FALSE(t.meter_stop.wh);
}

TEST_CASE("A stop that names none can end a transaction of its tag, later and not below the last reading") {
    auto t = stored_start(start_of());
    auto s = stop_of(-1);
    s.id_tag = "tag-1";
    CHECK(may_be_end_of(t, s));
    SECTION("equal to the reading at the start") {
        s.meter_stop_wh = 1000;
        CHECK(may_be_end_of(t, s));
    }
    SECTION("equal to the last reading") {
        t.last_reading_wh = reading("2000");
        CHECK(may_be_end_of(t, s));
    }
    SECTION("and not otherwise") {
        SECTION("below the start") { s.meter_stop_wh = reading("999.9"); }
        SECTION("below the last reading") { t.last_reading_wh = reading("2000.1"); }
        SECTION("without a reading") { s.meter_stop_wh.reset(); }
        SECTION("a start without a reading") { t.meter_start.wh.reset(); }
        SECTION("another tag") { s.id_tag = "TAG-2"; }
        SECTION("no tag") { s.id_tag.clear(); }
        SECTION("neither has a tag") {
            s.id_tag.clear();
            t.id_tag.clear();
        }
        SECTION("at its start") { s.times = told(usual); }
        SECTION("no time") { s.times = told("", at("2026-01-02T04:04:05Z")); }
        SECTION("a clock that is off") { s.times = told("2026-01-02T04:04:05Z", at("2026-01-02T03:04:05Z")); }
        SECTION("a start without a time") { t.start_text.clear(); }
        SECTION("not whole") { s.salvaged = true; }
        SECTION("stopped") { static_cast<void>(end(t, end_at("2026-01-02T03:30:00Z", 1200))); }
        SECTION("presumed to have ended") { presume_ended(t, at("2026-01-02T03:30:00Z")); }
        SECTION("closed") { REQUIRE(close(t, {"lost", "me", std::nullopt, at("2026-01-02T03:30:00Z")})); }
        CHECK_FALSE(may_be_end_of(t, s));
    }
}
