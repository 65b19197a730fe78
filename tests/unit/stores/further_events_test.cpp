// What is told of transactions besides the charge points' own messages.
#include "stores/transaction_rules.hpp"
#include "unit/stores/transaction_samples.hpp"

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace voltgate;
using namespace voltgate::test;

namespace {

transaction_record running() {
    auto r = record_of(start_of());
    r.number = 7;
    r.id = 4711;
    r.meter_start.wh = reading("26000.25");
    return r;
}

transaction_record running_at_station() {
    auto r = running();
    r.station_id = "T \"1\"";
    r.evse_id = 2;
    return r;
}

boost::json::value json(const further_event& news) { return boost::json::parse(news.payload); }

}  // namespace

TEST_CASE("A start that was merged is told with the answer it got") {
    const auto news = start_repeated(running());
    CHECK(news.type == event_type::transaction_start_repeated);
    CHECK(json(news) == boost::json::parse(R"({"evseId":1,"connectorId":1,"transactionId":"4711","idTag":"TAG-1",
        "idTagStatus":"Accepted","meterStartWh":26000.25,"startedAt":"2026-01-02T03:04:05.000Z",
        "startReceivedAt":"2026-01-02T03:04:06.000Z","state":"running"})"));
}

TEST_CASE("A presumed end tells the last reading, and neither a reading at the stop nor energy") {
    auto t = running();
    t.last_reading_wh = reading("26500.5");
    t.last_reading_at = at("2026-01-02T03:30:00Z");
    presume_ended(t, at("2026-01-02T05:00:00Z"));
    const auto news = presumed_ended(t);
    CHECK(news.type == event_type::transaction_presumed_ended);
    CHECK(json(news) == boost::json::parse(R"({"evseId":1,"connectorId":1,"transactionId":"4711","idTag":"TAG-1",
        "meterStartWh":26000.25,"lastReadingWh":26500.5,"lastReadingAt":"2026-01-02T03:30:00.000Z",
        "startReceivedAt":"2026-01-02T03:04:06.000Z","meterStopWh":null,"energyWh":null})"));
    CHECK(json(presumed_ended(running())).at("lastReadingWh").is_null());
    CHECK(json(presumed_ended(running())).at("lastReadingAt").is_null());
}

TEST_CASE("A 2.x transaction is told under its charge point's own id and EVSE") {
    const auto payload = json(presumed_ended(running_at_station()));
    CHECK(payload.at("evseId") == 2);
    CHECK(payload.at("connectorId") == 1);
    CHECK(payload.at("transactionId") == "T \"1\"");
}

TEST_CASE("A correction tells all that is known now, and what of it is new") {
    const auto before = running();
    auto after = before;
    end_of_transaction e;
    e.meter_stop.wh = reading("26010.5");
    e.reason = "EVDisconnected";
    e.times = told("2026-01-02T04:04:05Z");
    static_cast<void>(end(after, e));
    const auto news = corrected(before, after);
    CHECK(news.type == event_type::transaction_corrected);
    CHECK(json(news) == boost::json::parse(R"({"evseId":1,"connectorId":1,"transactionId":"4711","idTag":"TAG-1",
        "filled":["meterStopWh","stopTimestamp","reason"],"idTagStatus":"Accepted",
        "startTimestamp":"2026-01-02T03:04:05.000Z","meterStartWh":26000.25,"meterStopWh":26010.5,"energyWh":10.25,"energySource":"register","state":"stopped","reason":"EVDisconnected",
        "stopIdTag":null,"stopTimestamp":"2026-01-02T04:04:05.000Z"})"));
}

TEST_CASE("A correction of a start names what it filled") {
    auto before = running(), after = running();
    before.connector_id.reset();
    before.id_tag.clear();
    before.meter_start.wh.reset();
    before.reservation_id.reset();
    after.reservation_id = 3;
    const auto payload = json(corrected(before, after));
    CHECK(payload.at("filled") == boost::json::parse(R"(["connectorId","idTag","meterStartWh","reservationId"])"));
    CHECK(payload.at("meterStopWh").is_null());
    CHECK(payload.at("energyWh").is_null());
    CHECK(payload.at("energySource").is_null());
    CHECK(payload.at("stopTimestamp").is_null());
    CHECK(payload.at("state") == "running");
}

TEST_CASE("A close by hand is told as such, with who and why") {
    auto t = running();
    t.last_reading_wh = reading("26400");
    t.last_reading_at = at("2026-01-02T03:30:00Z");
    REQUIRE(close(t, {"cable \"cut\"", "me", reading("26500.5"), at("2026-01-02T05:00:00Z")}));
    const auto news = closed(t);
    CHECK(news.type == event_type::transaction_closed);
    CHECK(json(news) == boost::json::parse(R"({"evseId":1,"connectorId":1,"transactionId":"4711","idTag":"TAG-1",
        "reason":"cable \"cut\"","closedBy":"me","manual":true,"meterStartWh":26000.25,"meterStopWh":26500.5,
        "energyWh":500.25,"energySource":"manual","lastReadingWh":26400,"lastReadingAt":"2026-01-02T03:30:00.000Z",
        "startReceivedAt":"2026-01-02T03:04:06.000Z"})"));
    auto without = running();
    REQUIRE(close(without, {"lost", "me", std::nullopt, at("2026-01-02T05:00:00Z")}));
    CHECK(json(closed(without)).at("meterStopWh").is_null());
    CHECK(json(closed(without)).at("energyWh").is_null());
    CHECK(json(closed(without)).at("energySource").is_null());
}
