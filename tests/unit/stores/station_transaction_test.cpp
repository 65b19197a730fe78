// A 2.x transaction put together from its messages, in whatever order they come.
#include "stores/station_transaction.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace voltgate;

namespace {

transaction_message message(transaction_phase phase, std::int64_t sequence) {
    transaction_message m;
    m.charge_point_id = "CP-1";
    m.what.phase = phase;
    m.what.transaction_id = "T-1";
    m.what.sequence = sequence;
    m.what.timestamp = "2026-01-02T03:04:05Z";
    return m;
}

transaction_message started(std::string token = "TAG-1") {
    auto m = message(transaction_phase::started, 0);
    m.what.evse = 1;
    m.what.token.text = std::move(token);
    m.what.token.type = "ISO14443";
    m.tag_status = id_tag_status::accepted;
    return m;
}

}  // namespace

TEST_CASE("A transaction is known from its start to its end") {
    station_transaction t;
    CHECK_FALSE(apply(t, started()).known);
    const auto update = apply(t, message(transaction_phase::updated, 1));
    CHECK(update.known);
    CHECK(update.evse_id == 1);
    CHECK(apply(t, message(transaction_phase::ended, 2)).known);
    const auto late = apply(t, message(transaction_phase::updated, 3));
    CHECK_FALSE(late.known);
    CHECK(late.what == stored::fresh);
}

TEST_CASE("A repetition is answered as the first time") {
    station_transaction t;
    static_cast<void>(apply(t, started()));
    auto again = started();
    again.tag_status = id_tag_status::blocked;  // the list has changed since
    const auto result = apply(t, again);
    CHECK(result.what == stored::repeated);
    CHECK(result.tag_status == id_tag_status::accepted);
    CHECK(result.evse_id == 1);
}

TEST_CASE("A start that has not come is missing") {
    station_transaction t;
    CHECK(apply(t, message(transaction_phase::ended, 5)).missing == 1);
    const auto start = apply(t, started());
    CHECK(start.missing == 0);
    CHECK(start.what == stored::fresh);
    CHECK_FALSE(start.known);
    CHECK(t.stopped);
}

TEST_CASE("An end under a seqNo that came before ends the transaction all the same") {
    station_transaction t;
    static_cast<void>(apply(t, started()));
    const auto end = apply(t, message(transaction_phase::ended, 0));
    CHECK(end.what == stored::fresh);
    CHECK(end.sequence_used_again);
    CHECK(t.stopped);
    CHECK(apply(t, message(transaction_phase::ended, 0)).what == stored::repeated);
}

TEST_CASE("A start under a seqNo that came before is a start all the same") {
    station_transaction t;
    static_cast<void>(apply(t, message(transaction_phase::updated, 0)));
    const auto start = apply(t, started());
    CHECK(start.what == stored::fresh);
    CHECK(start.sequence_used_again);
    CHECK(apply(t, started()).what == stored::repeated);
}

TEST_CASE("What happened after all that has come is no repetition, whatever its number") {
    const std::chrono::system_clock::time_point begin(std::chrono::seconds(1'767'323'045));
    station_transaction t;
    auto start = started();
    start.what.occurred_at = begin;
    static_cast<void>(apply(t, start));
    auto later = message(transaction_phase::updated, 0);
    later.what.occurred_at = begin + std::chrono::nanoseconds(60'000'000'123);
    const auto result = apply(t, later);
    CHECK(result.what == stored::fresh);
    CHECK(result.sequence_used_again);
    CHECK(apply(t, later).what == stored::repeated);
    CHECK(apply(t, start).what == stored::repeated);
    later.what.occurred_at.reset();
    CHECK(apply(t, later).what == stored::repeated);
}

TEST_CASE("A start without a time is known when it comes again") {
    station_transaction t;
    auto start = started();
    start.what.timestamp.clear();
    CHECK(apply(t, start).what == stored::fresh);
    CHECK(apply(t, start).what == stored::repeated);
}

TEST_CASE("A late message says nothing of those that were kept before times were") {
    const std::chrono::system_clock::time_point noon(std::chrono::seconds(1'767'355'200));
    station_transaction t;
    t.start_text = "2026-01-02T12:00:00Z";
    t.sequence = sequence_set("0-2,4-9");
    const auto at = [&](std::int64_t number) {
        auto m = message(transaction_phase::updated, number);
        m.what.occurred_at = noon + std::chrono::seconds(number);
        return m;
    };
    CHECK(apply(t, at(3)).what == stored::fresh);
    CHECK(apply(t, at(9)).what == stored::repeated);
    CHECK(apply(t, at(10)).what == stored::fresh);
    CHECK(apply(t, at(9)).what == stored::repeated);
    CHECK(apply(t, at(10)).what == stored::repeated);
}

TEST_CASE("The token that stops is not the one that charges") {
    station_transaction t;
    static_cast<void>(apply(t, message(transaction_phase::started, 0)));
    auto end = message(transaction_phase::ended, 1);
    end.what.token.text = "TAG-9";
    static_cast<void>(apply(t, end));
    CHECK(t.token_key.empty());
}

TEST_CASE("PINs and tokens that authorise nothing are not kept") {
    CHECK(token_key_of({"1234", "KeyCode"}).empty());
    CHECK(token_key_of({"x", "NoAuthorization"}).empty());
    CHECK(token_key_of({"TAG-1", "ISO14443"}) == "tag-1");
}

TEST_CASE("A start at another time is another transaction") {
    station_transaction t;
    static_cast<void>(apply(t, started()));
    auto m = started();
    CHECK_FALSE(begins_another(t, m));
    m.what.timestamp = "2026-01-03T03:04:05Z";
    CHECK(begins_another(t, m));
    SECTION("an update does not begin one") { m.what.phase = transaction_phase::updated; }
    SECTION("nor does a start whose time was lost") {
        m.salvaged = true;
        m.what.timestamp.clear();
    }
    CHECK_FALSE(begins_another(t, m));
}

TEST_CASE("A start that has no time is another one than one that has") {
    station_transaction t;
    static_cast<void>(apply(t, started()));
    auto m = started();
    m.what.timestamp.clear();
    CHECK(begins_another(t, m));
}

TEST_CASE("A message that is known by its payload is answered like the one before, whatever its number") {
    station_transaction t;
    static_cast<void>(apply(t, started()));
    t.number = 7;
    auto again = started();
    again.what.sequence = 99;
    again.tag_status = id_tag_status::blocked;
    const auto result = repetition_of(t, again);
    CHECK(result.what == stored::repeated);
    CHECK(result.known);
    CHECK(result.tag_status == id_tag_status::accepted);
    CHECK(result.evse_id == 1);
    CHECK_FALSE(t.sequence.contains(99));
}
