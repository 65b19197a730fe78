// Starts and stops of 1.6 in both stores: which are the same, which end others, who may charge.
#include "stores/transaction_decisions.hpp"

#include "unit/journal/transaction_stores.hpp"

#include <boost/json.hpp>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* later = "2026-01-02T05:04:05Z";

boost::json::value json(const std::string& payload) {
    REQUIRE_FALSE(payload.empty());
    return boost::json::parse(payload);
}

/// Over a register at 0, with a clock that nobody saw right.
transaction_start start_without_trust() {
    auto t = start_of();
    t.meter_start_wh = 0;
    t.times = told("2026-01-02T03:04:05Z", at(later));
    return t;
}

}  // namespace

TEMPLATE_TEST_CASE("An equal start after its transaction went on is the same one, and that is told", "[journal]",
                   memory_store, journal_store) {
    TestType store;
    const auto first = store.start(start_of());
    REQUIRE(first.what == stored::fresh);
    std::string state = "running";
    SECTION("a message bore its id") { CHECK(store.use(use_of(first.id)).known); }
    SECTION("it was stopped") {
        CHECK(store.stop(stop_of(first.id)).known);
        state = "stopped";
    }
    SECTION("another one began on its connector") {
        CHECK(store.start(start_of("CP-1", 1, later)).what == stored::fresh);
        state = "presumed_ended";
    }
    store.restart();
    auto again_of = start_of();
    again_of.tag_status = id_tag_status::blocked;  // the list has changed since
    const auto again = store.start(again_of);
    CHECK(again.what == stored::repeated);
    CHECK(again.id == first.id);
    CHECK(again.tag_status == id_tag_status::accepted);
    REQUIRE(again.further_events.size() == 1);
    const auto payload = json(payload_of(again.further_events, event_type::transaction_start_repeated));
    CHECK(payload.at("transactionId").as_string() == std::to_string(first.id));
    CHECK(payload.at("idTagStatus") == "Accepted");
    CHECK(payload.at("state").as_string() == state);
}

TEMPLATE_TEST_CASE("A retry before anything followed is answered and not told", "[journal]", memory_store,
                   journal_store) {
    TestType store;
    const auto first = store.start(start_without_trust());
    store.restart();
    const auto again = store.start(start_without_trust());
    CHECK(again.what == stored::repeated);
    CHECK(again.id == first.id);
    CHECK(again.further_events.empty());
    CHECK(again.attentions.empty());
}

TEMPLATE_TEST_CASE("A start that may be an earlier one is a new one, and says which", "[journal]", memory_store,
                   journal_store) {
    TestType store;
    const auto first = store.start(start_without_trust());
    store.stop(stop_of(first.id));
    const auto second = store.start(start_without_trust());
    CHECK(second.what == stored::fresh);
    CHECK(second.id != first.id);
    CHECK(second.possible_duplicate_of == first.id);
    CHECK(second.attentions.has(attention::possible_duplicate));
    CHECK(store.start(start_without_trust()).id == second.id);  // it has its retries too
    auto seen_right = start_without_trust();
    store.use(use_of(second.id));
    seen_right.clock_right_at = at(later);
    const auto third = store.start(seen_right);
    CHECK(third.what == stored::repeated);
    CHECK(third.id == second.id);
}

TEMPLATE_TEST_CASE("A start without a time is a new one once its transaction went on", "[journal]", memory_store,
                   journal_store) {
    TestType store;
    auto bare = start_of();
    bare.times = told("", at(later));
    const auto first = store.start(bare);
    CHECK(first.clock == clock_state::unset);
    CHECK(first.attentions.has(attention::clock));
    CHECK(store.start(bare).id == first.id);
    store.use(use_of(first.id));
    const auto second = store.start(bare);
    CHECK(second.id != first.id);
    CHECK(second.possible_duplicate_of == first.id);
}

TEMPLATE_TEST_CASE("A whole start corrects one that was not", "[journal]", memory_store, journal_store) {
    TestType store;
    auto cut = start_of();
    cut.salvaged = true;
    cut.meter_start_wh.reset();
    const auto first = store.start(cut);
    CHECK(first.attentions.has(attention::salvaged));
    store.restart();
    const auto again = store.start(start_of());
    CHECK(again.what == stored::repeated);
    CHECK(again.id == first.id);
    const auto payload = json(payload_of(again.further_events, event_type::transaction_corrected));
    CHECK(payload.at("filled") == boost::json::parse(R"(["meterStartWh"])"));
    CHECK(payload.at("meterStartWh") == 1000);
    CHECK(store.start(start_of()).further_events.empty());
    CHECK(store.stop(stop_of(first.id)).energy.wh == 1000);
}

TEMPLATE_TEST_CASE("A later start on the same connector shows that the older one has ended", "[journal]", memory_store,
                   journal_store) {
    TestType store;
    const auto first = store.start(start_of());
    store.use(use_of(first.id, "2026-01-02T03:30:00Z", reading("1200.5")));
    store.use(use_of(first.id, "2026-01-02T03:40:00Z", reading("1300.5")));
    const auto second = store.start(start_of("CP-1", 1, later));
    CHECK(second.what == stored::fresh);
    CHECK(second.attentions.all() == std::vector{attention::presumed});
    REQUIRE(second.further_events.size() == 1);
    const auto payload = json(payload_of(second.further_events, event_type::transaction_presumed_ended));
    CHECK(payload.at("transactionId").as_string() == std::to_string(first.id));
    CHECK(payload.at("lastReadingWh") == 1300.5);
    CHECK(payload.at("lastReadingAt") == "2026-01-02T03:40:00.000Z");
    CHECK(payload.at("meterStopWh").is_null());
    CHECK(payload.at("energyWh").is_null());
    if (const auto r = store.record(first.id)) {
        CHECK(state_of(*r) == "presumed_ended");
        CHECK(r->last_reading_wh == reading("1300.5"));
        CHECK_FALSE(r->meter_stop.wh);
    }
    const auto stopped = store.stop(stop_of(first.id));  // its own stop came late
    CHECK(stopped.known);
    CHECK(stopped.energy.wh == 1000);
    CHECK(store.stop(stop_of(second.id)).known);
}

TEMPLATE_TEST_CASE("A start that tells its place after its end shows that an older one there has ended", "[journal]",
                   memory_store, journal_store) {
    TestType store;
    const auto first = store.start(start_of());
    auto cut = start_of("CP-1", 1, later);
    cut.salvaged = true;
    cut.connector_id.reset();
    const auto second = store.start(cut);
    CHECK(second.further_events.empty());
    CHECK(store.stop(stop_of(second.id)).known);
    const auto again = store.start(start_of("CP-1", 1, later));
    CHECK(again.id == second.id);
    const auto payload = json(payload_of(again.further_events, event_type::transaction_presumed_ended));
    CHECK(payload.at("transactionId").as_string() == std::to_string(first.id));
    if (const auto r = store.record(second.id)) CHECK(state_of(*r) == "stopped");
}

TEMPLATE_TEST_CASE("A start elsewhere ends nothing", "[journal]", memory_store, journal_store) {
    TestType store;
    const auto first = store.start(start_of());
    auto other = start_of("CP-1", 1, later);
    SECTION("another connector") { other.connector_id = 2; }
    SECTION("no connector") { other.connector_id.reset(); }
    SECTION("another charge point") { other.charge_point_id = "CP-2"; }
    const auto second = store.start(other);
    CHECK(second.further_events.empty());
    CHECK(second.attentions.empty());
    if (const auto r = store.record(first.id)) CHECK(r->is_open());
}

TEMPLATE_TEST_CASE("A start that comes late stands beside the one that began after it", "[journal]", memory_store,
                   journal_store) {
    TestType store;
    const auto newer = store.start(start_of("CP-1", 1, later));
    auto waited = start_of();
    waited.times.received = at(later) + 1h;
    const auto older = store.start(waited);
    CHECK(older.what == stored::fresh);
    CHECK(older.further_events.empty());
    CHECK(older.attentions.all() == std::vector{attention::two_on_connector});
    if (const auto r = store.record(newer.id)) {
        CHECK(r->is_open());
        CHECK(r->attentions.has(attention::two_on_connector));
        CHECK(store.record(older.id)->attentions.has(attention::two_on_connector));
    }
    CHECK(store.stop(stop_of(older.id)).known);
    if (const auto r = store.record(older.id)) CHECK_FALSE(r->attentions.has(attention::two_on_connector));
}

TEMPLATE_TEST_CASE("A tag charges once where that is a rule, and only accepted transactions that run count",
                   "[journal]", memory_store, journal_store) {
    TestType store(true);
    auto first_of = start_of("CP-1");
    auto expected = id_tag_status::accepted;
    SECTION("one that runs") {
        store.start(first_of);
        expected = id_tag_status::concurrent_tx;
    }
    SECTION("a start that was refused") {
        first_of.tag_status = id_tag_status::blocked;
        store.start(first_of);
    }
    SECTION("one that was stopped") { store.stop(stop_of(store.start(first_of).id)); }
    SECTION("one that was presumed to have ended") {
        store.start(first_of);
        auto next = start_of("CP-1", 1, later);
        next.id_tag = "TAG-2";
        store.start(next);
    }
    auto second_of = start_of("CP-2");
    second_of.id_tag = "tag-1";
    const auto second = store.start(second_of);
    CHECK(second.tag_status == expected);
    CHECK(second.id > 0);
}

TEMPLATE_TEST_CASE("A tag whose transaction's end was lost charges again on the same connector", "[journal]",
                   memory_store, journal_store) {
    TestType store(true);
    store.start(start_of());
    const auto second = store.start(start_of("CP-1", 1, later));
    CHECK_FALSE(payload_of(second.further_events, event_type::transaction_presumed_ended).empty());
    CHECK(second.tag_status == id_tag_status::accepted);
    CHECK(store.start(start_of("CP-1", 2, later)).tag_status == id_tag_status::concurrent_tx);
}

TEMPLATE_TEST_CASE("A start that was refused for a tag that charges elsewhere locks it nowhere", "[journal]",
                   memory_store, journal_store) {
    TestType store(true);
    const auto first = store.start(start_of("CP-1"));
    CHECK(store.start(start_of("CP-2")).tag_status == id_tag_status::concurrent_tx);
    store.stop(stop_of(first.id));
    CHECK(store.start(start_of("CP-3")).tag_status == id_tag_status::accepted);
}

TEMPLATE_TEST_CASE("A stop ends its transaction once, with the energy that was charged", "[journal]", memory_store,
                   journal_store) {
    TestType store;
    auto t = start_of();
    t.meter_start_wh = reading("26000.25");
    const auto id = store.start(t).id;
    auto s = stop_of(id);
    s.meter_stop_wh = reading("26010.5");
    CHECK_FALSE(store.stop(stop_of(id, next_mark(), "CP-2")).known);
    store.restart();
    const auto stopped = store.stop(s);
    CHECK(stopped.what == stored::fresh);
    CHECK(stopped.known);
    CHECK_FALSE(stopped.conflict);
    CHECK(stopped.id == id);
    CHECK(stopped.connector_id == 1);
    CHECK(stopped.start_received == t.times.received);
    CHECK(stopped.energy.wh == reading("10.25"));
    CHECK(stopped.energy.source == "register");
    store.restart();
    CHECK(store.stop(s).what == stored::repeated);
    s.mark = next_mark();  // in other words, with the same readings
    CHECK(store.stop(s).what == stored::repeated);
}

TEMPLATE_TEST_CASE("A second stop with other readings is told as a conflict, once", "[journal]", memory_store,
                   journal_store) {
    TestType store;
    const auto id = store.start(start_of()).id;
    store.stop(stop_of(id));
    auto other = stop_of(id);
    other.meter_stop_wh = 2500;
    const auto conflict = store.stop(other);
    CHECK(conflict.what == stored::fresh);
    CHECK(conflict.conflict);
    CHECK_FALSE(conflict.known);
    CHECK_FALSE(conflict.energy.wh);
    CHECK(conflict.attentions.all() == std::vector{attention::conflict});
    if (const auto r = store.record(id)) {
        CHECK(r->meter_stop.wh == 2000);
        CHECK(r->attentions.has(attention::conflict));
    }
    const auto again = store.stop(other);
    CHECK(again.what == stored::repeated);
    CHECK(again.attentions.empty());
}

TEMPLATE_TEST_CASE("A whole stop corrects one that was not", "[journal]", memory_store, journal_store) {
    TestType store;
    const auto id = store.start(start_of()).id;
    auto cut = stop_of(id);
    cut.salvaged = true;
    cut.meter_stop_wh.reset();
    cut.reason.clear();
    const auto first = store.stop(cut);
    CHECK(first.known);
    CHECK_FALSE(first.energy.wh);
    CHECK(first.attentions.has(attention::salvaged));
    store.restart();
    const auto whole = stop_of(id);
    const auto second = store.stop(whole);
    CHECK(second.what == stored::repeated);
    const auto payload = json(payload_of(second.further_events, event_type::transaction_corrected));
    CHECK(payload.at("filled") == boost::json::parse(R"(["meterStopWh","reason"])"));
    CHECK(payload.at("energyWh") == 1000);
    CHECK(store.stop(whole).further_events.empty());
}

TEMPLATE_TEST_CASE("A stop that names no transaction ends the only one of its tag, where that is allowed", "[journal]",
                   memory_store, journal_store) {
    TestType store;
    const auto id = store.start(start_of()).id;
    auto s = stop_of(GENERATE(-1, 0));
    s.may_match_by_tag = true;
    SECTION("the only one") {
        const auto stopped = store.stop(s);
        CHECK(stopped.what == stored::fresh);
        CHECK(stopped.matched);
        CHECK(stopped.known);
        CHECK(stopped.id == id);
        CHECK(stopped.connector_id == 1);
        CHECK(stopped.energy.wh == 1000);
        CHECK(store.stop(s).what == stored::repeated);
    }
    SECTION("and no other way") {
        SECTION("it is not allowed") { s.may_match_by_tag = false; }
        SECTION("another charge point") { s.charge_point_id = "CP-2"; }
        SECTION("there are two") { store.start(start_of("CP-1", 2)); }
        SECTION("an id that was given to nobody") { s.transaction_id = id == 1 ? 2 : 1; }
        SECTION("no id") { s.transaction_id.reset(); }
        SECTION("below the last reading") { store.use(use_of(id, "2026-01-02T03:30:00Z", reading("2000.5"))); }
        SECTION("not whole") { s.salvaged = true; }
        const auto stopped = store.stop(s);
        CHECK(stopped.what == stored::fresh);
        CHECK_FALSE(stopped.matched);
        CHECK_FALSE(stopped.known);
        CHECK(stopped.id == 0);
        CHECK(store.stop(stop_of(id)).known);
    }
}

TEMPLATE_TEST_CASE("A stop of no known transaction is heard once", "[journal]", memory_store, journal_store) {
    TestType store;
    auto s = stop_of(-1);
    CHECK(store.stop(s).what == stored::fresh);
    CHECK(store.stop(s).what == stored::repeated);
    auto clockless = stop_of(-1);
    clockless.times = told("1970-01-01T00:00:05Z", at(later));
    CHECK(store.stop(clockless).what == stored::fresh);
    CHECK(store.stop(clockless).what == stored::repeated);
    clockless.mark_with_id = next_mark() + 2'000'000'000;  // a clock that stands still says the same twice, honestly
    CHECK(store.stop(clockless).what == stored::fresh);
}
