// What a crash leaves: the rows and the events of transactions, and no message that was saved in the tables.
#include "events/map_v16.hpp"
#include "journal_file_fixture.hpp"
#include "unit/events/payload_of.hpp"
#include "unit/stores/transaction_samples.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace voltgate;
using namespace voltgate::test;

namespace {

struct recovery_fixture : journal_file_fixture {
    /// The event that the gateway stores together with what was decided, and with the mark that it stores beside it.
    void tell(const transaction_stop& s, const stopped_transaction& decided, const std::string& request_json) {
        const auto matched_id = std::to_string(decided.id);
        stop_facts facts;
        facts.known = decided.known;
        facts.conflict = decided.conflict;
        if (decided.matched) facts.matched_id = matched_id;
        auto e = event_of(s.charge_point_id, event_type::transaction_stopped);
        e.ocpp_version = ocpp::version::v16;
        e.payload = text_of(append_stopped_v16, request_json, facts);
        e.occurred_at = s.times.occurred_at;
        std::string record;
        append_record(record, e, decided.mark);
        tables->events.append(record, 1, 0);
    }
    stopped_transaction stop(const transaction_stop& s) { return tables->transactions.stop(s); }
    void crash() { reopen(); }
};

}  // namespace

TEST_CASE_METHOD(recovery_fixture, "A stop of an unknown transaction is known again after a crash", "[journal]") {
    const auto s = stop_of(-1);
    const auto decided = stop(s);
    REQUIRE(decided.what == stored::fresh);
    tell(s, decided, R"({"transactionId":-1})");
    crash();
    CHECK(stop(s).what == stored::repeated);
}

TEST_CASE_METHOD(recovery_fixture,
                 "A stop of an unknown transaction without a usable time is known again after a crash", "[journal]") {
    auto s = stop_of(-1);
    s.times = told("1970-01-01T00:00:05Z", at("2026-01-02T04:04:05Z"));
    const auto decided = stop(s);
    REQUIRE(decided.what == stored::fresh);
    tell(s, decided, R"({"transactionId":-1})");
    crash();
    CHECK(stop(s).what == stored::repeated);
    auto honest = s;
    honest.mark_with_id = s.mark_with_id + 1;  // another message of the same words
    CHECK(stop(honest).what == stored::fresh);
}

TEST_CASE_METHOD(recovery_fixture, "A stop that contradicts an earlier one is known again after a crash", "[journal]") {
    const auto id = tables->transactions.start(start_of(), false).id;
    REQUIRE(stop(stop_of(id)).known);
    auto other = stop_of(id);
    other.meter_stop_wh = 2500;
    const auto decided = stop(other);
    REQUIRE(decided.conflict);
    tell(other, decided, R"({"transactionId":)" + std::to_string(id) + "}");
    crash();
    CHECK(stop(other).what == stored::repeated);
}

TEST_CASE_METHOD(recovery_fixture, "A stop that names none and ended a transaction is known again after a crash",
                 "[journal]") {
    static_cast<void>(tables->transactions.start(start_of(), false));
    auto s = stop_of(-1);
    s.may_match_by_tag = true;
    const auto decided = stop(s);
    REQUIRE(decided.matched);
    tell(s, decided, R"({"transactionId":-1})");
    crash();
    CHECK(stop(s).what == stored::repeated);
}

TEST_CASE_METHOD(recovery_fixture, "The last reading of a transaction is told of after a crash", "[journal]") {
    const auto started = tables->transactions.start(start_of(), false);
    auto e = event_of("CP-1", event_type::transaction_meter_values);
    e.ocpp_version = ocpp::version::v16;
    e.payload = text_of(append_meter_values_v16, R"({"connectorId":1,"transactionId":)" + std::to_string(started.id) +
                                                     R"(,"meterValue":[{"timestamp":"2026-01-02T03:30:00Z",)" +
                                                     R"("sampledValue":[{"value":"1.2005","unit":"kWh"}]}]})");
    std::string record;
    append_record(record, e, next_mark());
    tables->events.append(record, 1, 0);
    crash();
    const auto next = tables->transactions.start(start_of("CP-1", 1, "2026-01-02T05:04:05Z"), false);
    const auto payload = boost::json::parse(payload_of(next.further_events, event_type::transaction_presumed_ended));
    CHECK(payload.at("lastReadingWh") == 1200.5);
    CHECK(payload.at("lastReadingAt") == "2026-01-02T03:30:00.000Z");
}
