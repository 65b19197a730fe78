// Messages of 2.x transactions in both stores.
#include "stores/station_transaction.hpp"
#include "unit/journal/transaction_stores.hpp"

#include <boost/json.hpp>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* begin = "2026-01-02T03:04:05Z";
constexpr const char* later = "2026-01-02T05:04:05Z";
constexpr auto updated = transaction_phase::updated, ended = transaction_phase::ended;

transaction_message end_of(const std::string& timestamp, std::int64_t sequence, std::string id = "T-1",
                           std::string charge_point = "CP-1") {
    auto m = message_of(ended, sequence, timestamp, std::move(id), std::move(charge_point));
    m.what.energy.wh = 2000;
    m.what.stop_reason = "Local";
    return m;
}

transaction_message update_of(const std::string& timestamp, std::int64_t sequence, std::optional<exact_decimal> wh,
                              std::string id = "T-1") {
    auto m = message_of(updated, sequence, timestamp, std::move(id));
    m.what.energy.wh = std::move(wh);
    m.what.energy_at = m.what.occurred_at;
    return m;
}

transaction_message salvaged(transaction_message m) {
    m.salvaged = true;
    m.mark = next_mark();  // its payload is another one
    return m;
}

boost::json::value json(const std::string& payload) {
    REQUIRE_FALSE(payload.empty());
    return boost::json::parse(payload);
}

}  // namespace

TEMPLATE_TEST_CASE("A 2.x transaction is put together from its messages, in whatever order", "[journal]", memory_store,
                   journal_store) {
    TestType store;
    const bool start_is_late = GENERATE(false, true);
    if (start_is_late) {
        const auto update = store.note(update_of("2026-01-02T03:30:00Z", 1, 1200));
        CHECK_FALSE(update.known);
        CHECK(update.missing == 1);
    }
    const auto started = store.note(started_at(begin));
    CHECK(started.what == stored::fresh);
    CHECK(started.known == start_is_late);
    CHECK(started.tag_status == id_tag_status::accepted);
    CHECK(started.clock == clock_state::ok);
    store.restart();
    const auto end = store.note(end_of("2026-01-02T04:04:05Z", 5));
    CHECK(end.what == stored::fresh);
    CHECK(end.known);
    CHECK(end.evse_id == 2);
    CHECK(end.energy.wh == 1000);
    CHECK(end.energy.source == "register");
    CHECK(end.start_received == at(begin) + 1s);
    CHECK(end.further_events.empty());
}

TEMPLATE_TEST_CASE("A 2.x message with an equal payload is a repetition, however many came between", "[journal]",
                   memory_store, journal_store) {
    TestType store;
    const auto start = started_at(begin);
    CHECK(store.note(start).what == stored::fresh);
    const auto update = update_of("2026-01-02T03:30:00Z", 1, 1200);
    CHECK(store.note(update).what == stored::fresh);
    for (int i = 2; i < 40; ++i) {
        CHECK(store.note(update_of("2026-01-02T03:31:00Z", i, 1200)).what == stored::fresh);
    }
    CHECK(store.note(update).what == stored::repeated);
    CHECK(store.note(start).what == stored::repeated);
    const auto end = end_of("2026-01-02T04:04:05Z", 40);
    CHECK(store.note(end).what == stored::fresh);
    CHECK(store.note(end).what == stored::repeated);
    CHECK(store.note(update).what == stored::repeated);
}

TEMPLATE_TEST_CASE("A 2.x message that comes late under a number of its own is new", "[journal]", memory_store,
                   journal_store) {
    TestType store;
    store.note(started_at(begin));
    store.note(update_of("2026-01-02T03:40:00Z", 3, 1300));
    const auto late = store.note(update_of("2026-01-02T03:20:00Z", 1, 1100));
    CHECK(late.what == stored::fresh);
    CHECK(late.known);
}

TEMPLATE_TEST_CASE("A later start on the same EVSE shows that the older one has ended", "[journal]", memory_store,
                   journal_store) {
    TestType store;
    store.note(started_at(begin));
    store.note(update_of("2026-01-02T03:30:00Z", 1, reading("1200.5")));
    const auto second = store.note(started_at(later, "T-2"));
    CHECK(second.what == stored::fresh);
    CHECK(second.attentions.all() == std::vector{attention::presumed});
    const auto payload = json(payload_of(second.further_events, event_type::transaction_presumed_ended));
    CHECK(payload.at("transactionId") == "T-1");
    CHECK(payload.at("evseId") == 2);
    CHECK(payload.at("lastReadingWh") == 1200.5);
    CHECK(payload.at("lastReadingAt") == "2026-01-02T03:30:00.000Z");
    CHECK(payload.at("energyWh").is_null());
    const auto end = store.note(end_of("2026-01-02T04:04:05Z", 2));  // that came late
    CHECK(end.known);
    CHECK(end.energy.wh == 1000);
    CHECK(store.note(update_of("2026-01-02T05:30:00Z", 1, 1200, "T-2")).known);
}

TEMPLATE_TEST_CASE("A 2.x start that tells its place after its end shows that an older one there has ended",
                   "[journal]", memory_store, journal_store) {
    TestType store;
    store.note(started_at(begin));
    auto nowhere = started_at(later, "T-2");
    nowhere.what.evse.reset();
    nowhere.what.connector.reset();
    auto tells_it = started_at(later, "T-2");
    SECTION("by a whole start") { nowhere = salvaged(nowhere); }
    SECTION("by an update that comes late") {
        tells_it = update_of("2026-01-02T05:30:00Z", 1, 1200, "T-2");
        tells_it.what.evse = 2;
    }
    CHECK(store.note(nowhere).further_events.empty());
    CHECK(store.note(end_of("2026-01-02T06:04:05Z", 2, "T-2")).known);
    const auto told = store.note(tells_it);
    const auto payload = json(payload_of(told.further_events, event_type::transaction_presumed_ended));
    CHECK(payload.at("transactionId") == "T-1");
}

TEMPLATE_TEST_CASE("A start of another EVSE or charge point ends nothing", "[journal]", memory_store, journal_store) {
    TestType store;
    store.note(started_at(begin));
    auto other = started_at(later, "T-2");
    SECTION("EVSE") { other.what.evse = 1; }
    SECTION("none") { other.what.evse.reset(); }
    SECTION("charge point") { other.charge_point_id = "CP-2"; }
    const auto second = store.note(other);
    CHECK(second.further_events.empty());
    CHECK(second.attentions.empty());
}

TEMPLATE_TEST_CASE("Where a charge point's own times say which of two is older, the order of arrival does not",
                   "[journal]", memory_store, journal_store) {
    TestType store;
    store.note(started_at(later, "T-2"));
    auto waited = started_at(begin);
    waited.received = at(later) + 1h;
    const auto older = store.note(waited);
    CHECK(older.further_events.empty());
    CHECK(older.attentions.all() == std::vector{attention::two_on_connector});
    CHECK(store.note(update_of("2026-01-02T05:30:00Z", 1, 1200, "T-2")).known);
}

TEMPLATE_TEST_CASE("A start that comes after its end shows nothing to be running", "[journal]", memory_store,
                   journal_store) {
    TestType store;
    store.note(end_of("2026-01-02T04:04:05Z", 4));
    store.note(started_at(later, "T-2"));
    const auto start = store.note(started_at(begin));
    CHECK(start.what == stored::fresh);
    CHECK_FALSE(start.known);
    CHECK(start.further_events.empty());
    CHECK(start.attentions.empty());
}

TEMPLATE_TEST_CASE("An id that is used again ends the one before by presumption, not by a stop", "[journal]",
                   memory_store, journal_store) {
    TestType store;
    store.note(started_at(begin));
    store.note(update_of("2026-01-02T03:30:00Z", 1, 1200));
    store.restart();
    auto again = started_at(later);
    SECTION("on the same EVSE") {}
    SECTION("on another one") { again.what.evse = 7; }
    const auto second = store.note(again);
    CHECK(second.what == stored::fresh);
    CHECK(second.like_an_older);
    CHECK(second.attentions.all() == std::vector{attention::presumed});
    REQUIRE(second.further_events.size() == 1);
    CHECK(second.further_events.front().type == event_type::transaction_presumed_ended);
    CHECK(store.note(again).what == stored::repeated);
    CHECK(store.note(update_of("2026-01-02T05:30:00Z", 1, 1300)).known);
    CHECK(store.note(end_of("2026-01-02T06:04:05Z", 2)).energy.wh == 1000);
}

TEMPLATE_TEST_CASE("An id that is used again after its end is a new transaction", "[journal]", memory_store,
                   journal_store) {
    TestType store;
    store.note(started_at(begin));
    store.note(end_of("2026-01-02T04:04:05Z", 1));
    const auto second = store.note(started_at(later));
    CHECK(second.what == stored::fresh);
    CHECK(second.like_an_older);
    CHECK(second.further_events.empty());
}

TEMPLATE_TEST_CASE("What is told again of a transaction whose id was used again is known, and ends nothing",
                   "[journal]", memory_store, journal_store) {
    TestType store;
    const auto first = started_at(begin), update = update_of("2026-01-02T03:30:00Z", 1, 1200);
    store.note(first);
    store.note(update);
    store.note(started_at(later));
    const auto again = store.note(first);
    CHECK(again.what == stored::repeated);
    CHECK(again.further_events.empty());
    CHECK_FALSE(again.like_an_older);
    CHECK(store.note(update).what == stored::repeated);
    CHECK(store.note(update_of("2026-01-02T05:30:00Z", 1, 1300)).known);
}

TEMPLATE_TEST_CASE("An end from before the start of the one that uses its id again ends the one before", "[journal]",
                   memory_store, journal_store) {
    TestType store;
    auto second = started_at(later);
    second.what.energy.wh = 5000;
    store.note(started_at(begin));
    store.note(second);
    const auto end = store.note(end_of("2026-01-02T04:04:05Z", 7));  // it waited
    CHECK(end.energy.wh == 1000);
    CHECK(end.start_received == at(begin) + 1s);
    CHECK(store.note(update_of("2026-01-02T05:30:00Z", 1, 5100)).known);
}

TEMPLATE_TEST_CASE("A token charges once where that is a rule, and only accepted transactions that run count",
                   "[journal]", memory_store, journal_store) {
    TestType store(true);
    auto first = started_at(begin);
    auto expected = id_tag_status::accepted;
    SECTION("one that runs") { expected = id_tag_status::concurrent_tx; }
    SECTION("one that was refused") { first.tag_status = id_tag_status::blocked; }
    SECTION("one whose token is a PIN") { first.what.token.type = "KeyCode"; }
    CHECK(store.note(first).tag_status == first.tag_status);
    CHECK(store.note(started_at(begin, "T-2", "CP-2")).tag_status == expected);
}

TEMPLATE_TEST_CASE("A transaction that was stopped, presumed to have ended or refused locks its token nowhere",
                   "[journal]", memory_store, journal_store) {
    TestType store(true);
    store.note(started_at(begin));
    CHECK(store.note(started_at(begin, "T-2", "CP-2")).tag_status == id_tag_status::concurrent_tx);
    SECTION("stopped") { store.note(end_of("2026-01-02T04:04:05Z", 1)); }
    SECTION("presumed") {
        auto next = started_at(later, "T-3");
        next.what.token.text = "Tag-2";
        store.note(next);
    }
    CHECK(store.note(started_at(later, "T-4", "CP-4")).tag_status == id_tag_status::accepted);
}

TEMPLATE_TEST_CASE("A token whose transaction's end was lost charges again on the same EVSE", "[journal]", memory_store,
                   journal_store) {
    TestType store(true);
    store.note(started_at(begin));
    const auto second = store.note(started_at(later, "T-2"));
    CHECK_FALSE(payload_of(second.further_events, event_type::transaction_presumed_ended).empty());
    CHECK(second.tag_status == id_tag_status::accepted);
}

TEMPLATE_TEST_CASE("A second end with other readings is told as a conflict, once", "[journal]", memory_store,
                   journal_store) {
    TestType store;
    store.note(started_at(begin));
    store.note(end_of("2026-01-02T04:04:05Z", 1));
    auto other = end_of("2026-01-02T04:04:05Z", 2);
    other.what.energy.wh = 2500;
    const auto conflict = store.note(other);
    CHECK(conflict.what == stored::fresh);
    CHECK(conflict.conflict);
    CHECK_FALSE(conflict.known);
    CHECK_FALSE(conflict.energy.wh);
    CHECK(conflict.attentions.all() == std::vector{attention::conflict});
    CHECK(store.note(other).what == stored::repeated);
    auto same = end_of("2026-01-02T04:04:05Z", 3);
    CHECK(store.note(same).what == stored::repeated);
}

TEMPLATE_TEST_CASE("An end with other readings under a number that came before is told as a conflict, once",
                   "[journal]", memory_store, journal_store) {
    TestType store;
    store.note(started_at(begin));
    store.note(end_of("2026-01-02T04:04:05Z", 1));
    auto other = end_of("2026-01-02T04:04:05Z", 1);
    other.what.energy.wh = 2500;
    const auto conflict = store.note(other);
    CHECK(conflict.what == stored::fresh);
    CHECK(conflict.conflict);
    CHECK(store.note(other).what == stored::repeated);
    CHECK(store.note(end_of("2026-01-02T04:04:05Z", 1)).what == stored::repeated);
}

TEMPLATE_TEST_CASE("A whole end corrects one that was not", "[journal]", memory_store, journal_store) {
    TestType store;
    store.note(started_at(begin));
    auto cut = salvaged(end_of("2026-01-02T04:04:05Z", 1));
    cut.what.energy.wh.reset();
    cut.what.stop_reason.clear();
    const auto first = store.note(cut);
    CHECK(first.what == stored::fresh);
    CHECK_FALSE(first.energy.wh);
    CHECK(first.attentions.has(attention::salvaged));
    store.restart();
    const auto whole = end_of("2026-01-02T04:04:05Z", 1);
    const auto second = store.note(whole);
    CHECK(second.what == stored::repeated);
    const auto payload = json(payload_of(second.further_events, event_type::transaction_corrected));
    CHECK(payload.at("filled") == boost::json::parse(R"(["meterStopWh","reason"])"));
    CHECK(payload.at("energyWh") == 1000);
    CHECK(store.note(whole).further_events.empty());
}

TEMPLATE_TEST_CASE("A whole start fills all that one that was not lacked", "[journal]", memory_store, journal_store) {
    TestType store;
    auto cut = salvaged(started_at(begin));
    cut.what.energy.wh.reset();
    cut.what.evse.reset();
    cut.what.connector.reset();
    cut.what.token = {};
    cut.tag_status.reset();
    CHECK(store.note(cut).attentions.has(attention::salvaged));
    store.restart();
    auto whole = started_at(begin);
    whole.what.reservation_id = 5;
    const auto second = store.note(whole);
    CHECK(second.what == stored::repeated);
    const auto payload = json(payload_of(second.further_events, event_type::transaction_corrected));
    CHECK(payload.at("meterStartWh") == 1000);
    CHECK(payload.at("evseId") == 2);
    CHECK(payload.at("connectorId") == 1);
    CHECK(payload.at("idTag") == "Tag-1");
    CHECK(store.note(whole).further_events.empty());
    CHECK(store.note(end_of("2026-01-02T04:04:05Z", 1)).evse_id == 2);
}

TEMPLATE_TEST_CASE("A whole start of which only the time was lost is no second start", "[journal]", memory_store,
                   journal_store) {
    TestType store;
    auto cut = salvaged(started_at(begin));
    cut.what.timestamp.clear();
    cut.what.occurred_at.reset();
    CHECK(store.note(cut).what == stored::fresh);
    CHECK(store.note(started_at(begin)).what == stored::repeated);
}

TEMPLATE_TEST_CASE("A clock that was never set is told at the start and at the end", "[journal]", memory_store,
                   journal_store) {
    TestType store;
    auto start = started_at("1970-01-01T00:00:05Z");
    start.received = at(begin);
    const auto started = store.note(start);
    CHECK(started.clock == clock_state::unset);
    CHECK(started.attentions.all() == std::vector{attention::clock});
    const auto end = store.note(end_of("2026-01-02T04:04:05Z", 1));
    CHECK(end.clock == clock_state::ok);
    CHECK(end.attentions.empty());
    CHECK(end.start_received == at(begin));
}
