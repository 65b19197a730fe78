// Which messages came before, over restarts: those that stand in the tables, and those that only the events tell of.
#include "journal/message_marks.hpp"

#include "journal/event_record.hpp"
#include "journal_file_fixture.hpp"
#include "stores/stored_time.hpp"
#include "unit/stores/transaction_samples.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

using namespace voltgate;
using namespace voltgate::test;

namespace {

constexpr message_mark most = message_memory::most;
constexpr std::uint64_t far_ahead = 1'000'000;  // events

struct marks_fixture : journal_file_fixture {
    using owner = message_marks::owner;

    message_marks& marks() { return tables->marks; }
    [[nodiscard]] owner charge_point(const std::string& id = "CP-1") {
        return message_marks::of_charge_point(tables->charge_points.row_of(id));
    }
    /// The number of a transaction that runs.
    [[nodiscard]] owner transaction(const std::string& charge_point = "CP-1", std::int64_t connector = 1) {
        return tables->transactions.start(start_of(charge_point, connector), false).number;
    }
    [[nodiscard]] std::int32_t id_of(owner number) const {
        return tables->transaction_records.ids().id_of(static_cast<std::uint32_t>(number));
    }
    bool repeated(owner who, message_mark mark) { return marks().repeated(who, mark); }
    void note(owner who, message_mark first, message_mark last) {
        for (auto mark = first; mark <= last; ++mark) REQUIRE_FALSE(repeated(who, mark));
    }
    /// As housekeeping does it, after so many events that it is time.
    void save() { save(last_saved += far_ahead); }
    void save(std::uint64_t last_sequence) {
        tables->committed();
        db->execute("BEGIN IMMEDIATE");
        marks().save(last_sequence);
        db->execute("COMMIT");
        marks().saved();
    }
    bool remove_ended(const std::string& before) {
        db->execute("BEGIN IMMEDIATE");
        const bool more = marks().remove_ended(stored_time(at(before)));
        db->execute("COMMIT");
        marks().saved();
        return more;
    }
    std::uint64_t last_saved = 0;
    /// Only an event tells of this message.
    void tell(const std::string& charge_point_id, event_type type, std::string payload, message_mark mark,
              ocpp::version version = ocpp::version::v16, std::optional<utc_time> occurred_at = std::nullopt) {
        auto e = event_of(charge_point_id, type, std::move(payload));
        e.ocpp_version = version;
        e.occurred_at = occurred_at;
        std::string record;
        append_record(record, e, mark);
        tables->events.append(record, 1, 0);
    }
};

}  // namespace

TEST_CASE_METHOD(marks_fixture, "The last 4,096 messages of a transaction are known again, over a restart too",
                 "[journal]") {
    const auto who = GENERATE(true, false) ? transaction() : charge_point();
    note(who, 1, most);
    save();
    if (GENERATE(false, true)) reopen();
    for (message_mark mark = most; mark > 0; --mark) REQUIRE(repeated(who, mark));
    CHECK(marks().told(who) == most);
    CHECK_FALSE(marks().check(who, most + 1, std::nullopt).repeated);
    CHECK_FALSE(repeated(who, 1));  // forgotten, and noted again
    CHECK(repeated(who, 1));
    CHECK_FALSE(repeated(who, 2));
    CHECK(repeated(who, 4));
}

TEST_CASE_METHOD(marks_fixture, "What was saved in many parts, some of them half full, is read as one", "[journal]") {
    const auto who = transaction();
    const bool reopens = GENERATE(false, true);
    message_mark told = 0;
    for (const message_mark more : {1U, 62U, 2U, 64U, 127U, 3000U, 1U, 1500U, 40U}) {
        note(who, told + 1, told + more);
        told += more;
        save();
        if (reopens) reopen();
    }
    CHECK(marks().told(who) == told);
    CHECK(count("transaction_marks") == static_cast<std::int64_t>(most / 64 + 1));
    for (message_mark mark = told - most + 1; mark <= told; ++mark) REQUIRE(repeated(who, mark));
    CHECK_FALSE(repeated(who, told - most));
}

TEST_CASE_METHOD(marks_fixture, "Little is saved later: the events tell of it", "[journal]") {
    const auto who = transaction();
    note(who, 1, 10);
    save(5);
    CHECK(count("transaction_progress") == 0);
    save();
    CHECK(count("transaction_progress") == 1);
    CHECK(db->number("SELECT value FROM meta WHERE name = 'marked_sequence'") == far_ahead);
}

TEST_CASE_METHOD(marks_fixture, "Messages are those of their transaction alone", "[journal]") {
    const auto first = transaction(), second = transaction("CP-1", 2), third = transaction("CP-2");
    note(first, 1, 100);
    note(second, 50, 150);
    note(charge_point(), 1, 10);
    note(charge_point("CP-2"), 5, 15);
    save();
    reopen();
    CHECK(repeated(first, 1));
    CHECK_FALSE(repeated(first, 101));
    CHECK(repeated(second, 150));
    CHECK_FALSE(repeated(second, 1));
    CHECK_FALSE(repeated(third, 1));
    CHECK(repeated(charge_point(), 10));
    CHECK_FALSE(repeated(charge_point(), 11));
    CHECK(repeated(charge_point("CP-2"), 15));
    CHECK_FALSE(repeated(charge_point("CP-2"), 1));
}

TEST_CASE_METHOD(marks_fixture, "Beyond the bound a message may be repeated, unless it is later than all",
                 "[journal]") {
    const auto who = transaction();
    const auto noon = at("2026-01-02T12:00:00Z");
    using std::chrono::seconds;
    for (message_mark mark = 1; mark <= most; ++mark) {
        const auto check = marks().check(who, mark, noon + seconds(mark));
        REQUIRE_FALSE(check.repeated);
        REQUIRE_FALSE(check.may_be_repeated);
    }
    if (GENERATE(false, true)) {
        save();
        reopen();
    }
    CHECK_FALSE(marks().check(who, most + 1, noon + seconds(most + 1)).may_be_repeated);
    const auto late = marks().check(who, most + 2, noon);
    CHECK_FALSE(late.repeated);
    CHECK(late.may_be_repeated);
    CHECK_FALSE(marks().check(who, most + 2, noon).may_be_repeated);  // known to be one
    CHECK_FALSE(marks().check(who, most + 3, noon + seconds(most + 2)).may_be_repeated);
    CHECK(marks().check(who, most + 4, std::nullopt).may_be_repeated);
}

TEST_CASE_METHOD(marks_fixture, "Late readings with older times are no repetitions", "[journal]") {
    const auto who = transaction();
    const auto noon = at("2026-01-02T12:00:00Z");
    CHECK_FALSE(marks().check(who, 1, noon).repeated);
    if (GENERATE(false, true)) {
        save();
        reopen();
    }
    for (int i = 1; i < 20; ++i) {
        const auto at_quarter = noon - std::chrono::minutes(15 * i);
        const auto check = marks().check(who, static_cast<message_mark>(100 + i), at_quarter);
        CHECK_FALSE(check.repeated);
        CHECK_FALSE(check.may_be_repeated);
        CHECK(marks().check(who, static_cast<message_mark>(100 + i), at_quarter).repeated);
    }
    CHECK(marks().check(who, 1, noon).repeated);
}

TEST_CASE_METHOD(marks_fixture, "No mark is never a repetition, and all bits are one like any other", "[journal]") {
    const auto who = charge_point();
    CHECK_FALSE(repeated(who, 0));
    CHECK_FALSE(repeated(who, 0));
    CHECK(marks().told(who) == 0);
    CHECK_FALSE(repeated(who, 0xFFFF'FFFF'FFFF'FFFF));
    save();
    reopen();
    CHECK(repeated(who, 0xFFFF'FFFF'FFFF'FFFF));
}

TEST_CASE_METHOD(marks_fixture, "Messages of a batch that was undone are new", "[journal]") {
    const auto who = transaction(), other = charge_point();
    note(who, 1, 1);
    tables->committed();
    note(who, 2, 5);
    note(other, 7, 7);
    marks().note_reading(who, 1200, std::nullopt);
    marks().rolled_back();
    CHECK_FALSE(marks().last_reading(who));
    CHECK(marks().told(who) == 1);
    CHECK_FALSE(repeated(other, 7));
    for (message_mark mark = 2; mark <= 5; ++mark) CHECK_FALSE(repeated(who, mark));
    CHECK(repeated(who, 1));
    save();
    reopen();
    for (message_mark mark = 1; mark <= 5; ++mark) CHECK(repeated(who, mark));
}

TEST_CASE_METHOD(marks_fixture, "An undone batch gives back the reading and the time of the one before", "[journal]") {
    const auto who = transaction();
    const auto noon = at("2026-01-02T12:00:00Z");
    CHECK_FALSE(marks().check(who, 1, noon).repeated);
    marks().note_reading(who, reading("1200.5"), noon);
    tables->committed();
    const auto later = noon + std::chrono::hours(1);
    CHECK_FALSE(marks().check(who, 2, later).repeated);
    marks().note_reading(who, reading("1300.5"), later);
    marks().note_reading(who, reading("1400.5"), std::nullopt);
    marks().rolled_back();
    REQUIRE(marks().last_reading(who));
    CHECK(marks().last_reading(who)->wh == reading("1200.5"));
    CHECK(marks().last_reading(who)->at == stored_time(noon));
    CHECK_FALSE(marks().check(who, 1, noon + std::chrono::seconds(1)).repeated);  // later than all: new without a look
}

TEST_CASE_METHOD(marks_fixture, "The last reading of a transaction is kept", "[journal]") {
    const auto who = transaction();
    marks().note_reading(who, reading("26000.25"), at("2026-01-02T12:00:00Z"));
    save();
    reopen();
    REQUIRE(marks().last_reading(who));
    CHECK(marks().last_reading(who)->wh.text() == "26000.25");
    CHECK(marks().last_reading(who)->at == stored_time(at("2026-01-02T12:00:00Z")));
    CHECK_FALSE(marks().last_reading(transaction("CP-2")));
}

TEST_CASE_METHOD(marks_fixture, "Messages that only the events tell of are known again, each with its transaction",
                 "[journal]") {
    const auto who = transaction(), foreign = transaction("CP-2");
    const auto id = std::to_string(id_of(who)), foreign_id = std::to_string(id_of(foreign));
    const auto noon = at("2026-01-02T12:00:00Z");
    constexpr auto values = event_type::transaction_meter_values;
    const auto with_reading = [&](const std::string& wh) {
        return R"({"transactionId":")" + id + R"(","meterValues":[{"timestamp":"2026-01-02T12:00:00Z","samples":[)" +
               R"({"measurand":"Energy.Active.Import.Register","value":)" + wh +
               R"(,"unit":"Wh","phase":null,"location":"Outlet"}]}]})";
    };
    tell("CP-1", values, with_reading("1200.5"), 1, ocpp::version::v16, noon);
    tell("CP-1", values, with_reading("1300.25"), 2, ocpp::version::v16, noon + std::chrono::minutes(1));
    tell("CP-1", values, R"({"transactionId":")" + foreign_id + R"("})", 3);
    tell("CP-1", values, R"({"transactionId":null})", 4);
    tell("CP-1", values, R"({"transactionId":"4711 and more"})", 5);
    tell("CP-1", values, with_reading("1400.5"), 0);  // the second event of a message
    reopen();
    CHECK(repeated(who, 1));
    CHECK(repeated(who, 2));
    CHECK_FALSE(repeated(charge_point(), 1));
    CHECK(repeated(charge_point(), 3));
    CHECK_FALSE(repeated(foreign, 3));
    CHECK(repeated(charge_point(), 4));
    CHECK(repeated(charge_point(), 5));
    REQUIRE(marks().last_reading(who));
    CHECK(marks().last_reading(who)->wh == reading("1400.5"));
    CHECK(marks().last_reading(who)->at == stored_time(noon));
    CHECK(marks().told(who) == 2);
}

TEST_CASE_METHOD(marks_fixture, "Messages that are not in the tables are saved before their events are removed",
                 "[journal]") {
    const auto who = transaction();
    note(who, 1, 10);
    const auto save_with_first = [&](std::uint64_t first_sequence) {
        db->execute("BEGIN IMMEDIATE");
        marks().save(10, first_sequence);
        db->execute("COMMIT");
        marks().saved();
    };
    save_with_first(1);
    CHECK(count("transaction_progress") == 0);
    save_with_first(2);
    CHECK(count("transaction_progress") == 1);
    reopen();
    for (message_mark mark = 1; mark <= 10; ++mark) CHECK(repeated(who, mark));
}

TEST_CASE_METHOD(marks_fixture, "Messages of 2.x that only the events tell of are known again", "[journal]") {
    const auto noted = tables->station_transactions.note(started_at("2026-01-02T03:04:05Z"), false);
    const owner who = noted.number;
    tell("CP-1", event_type::transaction_updated, R"({"transactionId":"T-1"})", 1'000'001, ocpp::version::v201);
    tell("CP-1", event_type::transaction_updated, R"({"transactionId":"T-2"})", 1'000'002, ocpp::version::v21);
    reopen();
    CHECK(repeated(who, 1'000'001));
    CHECK(repeated(charge_point(), 1'000'002));
}

TEST_CASE_METHOD(marks_fixture, "Events that the tables have already are not read again", "[journal]") {
    const auto who = charge_point();
    tell("CP-1", event_type::meter_values_received, R"({"transactionId":null})", 1);
    note(who, 2, 2);
    save(1);
    CHECK(db->number("SELECT value FROM meta WHERE name = 'marked_sequence'") == 0);  // too little to save
    save(far_ahead);
    reopen();
    CHECK_FALSE(repeated(who, 1));  // the tables were said to have it
    CHECK(repeated(who, 2));
}

TEST_CASE_METHOD(marks_fixture, "Messages are known for a day after their transaction's end, then no more",
                 "[journal]") {
    const auto ended = transaction(), runs = transaction("CP-1", 2);
    note(ended, 1, 100);
    note(runs, 1, 100);
    static_cast<void>(tables->transactions.stop(stop_of(id_of(ended))));  // at 04:04:06
    save();
    if (GENERATE(false, true)) reopen();
    CHECK_FALSE(remove_ended("2026-01-02T04:04:06Z"));
    CHECK(repeated(ended, 100));
    save();
    CHECK_FALSE(remove_ended("2026-01-02T04:04:07Z"));
    CHECK(marks().told(ended) == 0);
    CHECK_FALSE(repeated(ended, 100));
    CHECK(repeated(runs, 100));
    CHECK(db->number(("SELECT count(*) FROM transaction_progress WHERE owner = " + std::to_string(ended)).c_str()) ==
          0);
}

TEST_CASE_METHOD(marks_fixture, "A transaction that ends late is not passed over when messages are forgotten",
                 "[journal]") {
    const auto who = transaction();
    note(who, 1, 10);
    save();
    CHECK_FALSE(remove_ended("2026-01-02T03:30:00Z"));  // it runs
    static_cast<void>(tables->transactions.stop(stop_of(id_of(who))));
    save();
    CHECK_FALSE(remove_ended("2026-01-03T04:30:00Z"));
    CHECK(marks().told(who) == 0);
}

TEST_CASE_METHOD(marks_fixture, "The messages of many transactions are forgotten a few at a time", "[journal]") {
    db->execute("BEGIN IMMEDIATE");
    for (int i = 0; i < 450; ++i) {
        const auto who = transaction("CP-1", i);
        note(who, 1, 3);
        static_cast<void>(tables->transactions.stop(stop_of(id_of(who))));
    }
    db->execute("COMMIT");
    save();
    CHECK(count("transaction_progress") == 450);
    int rounds = 1;
    while (remove_ended("2026-01-04T00:00:00Z")) ++rounds;
    CHECK(rounds == 3);
    CHECK(count("transaction_progress") == 0);
    CHECK(count("transaction_marks") == 0);
}

TEST_CASE_METHOD(marks_fixture, "The messages of a transaction go with it", "[journal]") {
    const auto gone = transaction(), stays = transaction("CP-1", 2);
    note(gone, 1, 200);
    note(stays, 1, 200);
    note(charge_point(), 1, 3);
    save();
    db->execute(("DELETE FROM transactions WHERE number = " + std::to_string(gone)).c_str());
    CHECK(count("transaction_progress") == 2);
    reopen();
    CHECK_FALSE(repeated(gone, 1));
    CHECK(repeated(stays, 200));
    CHECK(repeated(charge_point(), 3));
}
