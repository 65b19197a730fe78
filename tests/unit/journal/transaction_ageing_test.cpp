// Age and order of transactions after a clock that was ahead, and what is remembered of those that are removed.
#include "journal/transaction_pages.hpp"
#include "journal_file_fixture.hpp"
#include "stores/stored_time.hpp"
#include "unit/stores/transaction_samples.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;

namespace {

using time_point = std::chrono::system_clock::time_point;

struct ageing_fixture : journal_file_fixture {
    std::int32_t start(int connector, time_point received) {
        transaction_start t = start_of();
        t.connector_id = connector;
        t.meter_start_wh = 1000 + connector;
        t.times = told("2026-01-02T03:04:05Z", received);
        return tables->transactions.start(t, false).id;
    }
    [[nodiscard]] transaction_page changes(std::optional<transaction_cursor> after = std::nullopt) {
        transaction_query q;
        q.changed_after = 0;
        q.after = after;
        return read_transactions(*db, q);
    }
    [[nodiscard]] std::vector<std::int32_t> ids(const transaction_page& page) {
        std::vector<std::int32_t> found;
        for (const auto& t : page.items) found.push_back(t.record.id);
        return found;
    }
    time_point now = at("2026-01-02T03:04:05Z");
    time_point ahead = at("2038-01-02T03:04:05Z");
};

}  // namespace

TEST_CASE_METHOD(ageing_fixture, "Changes that a clock dated ahead are dated anew, in their order", "[journal]") {
    const auto first = start(1, now);
    const auto second = start(2, ahead), third = start(3, ahead), fourth = start(4, now);
    const auto cursor = changes().next;
    REQUIRE(cursor);
    if (GENERATE(false, true)) reopen();
    tables->transaction_records.date_anew(now);
    const auto page = changes();
    CHECK(ids(page) == std::vector{first, second, third, fourth});
    for (const auto& t : page.items) CHECK(t.changed_at < stored_time(now + std::chrono::hours(2)));
    const auto fifth = start(5, now);
    CHECK(changes().items.back().record.id == fifth);
    CHECK(changes().items.back().changed_at < stored_time(now + std::chrono::hours(2)));
    // A reader who went by the dates of before misses nothing.
    CHECK(ids(changes(cursor)).back() == fifth);
}

TEST_CASE_METHOD(ageing_fixture, "Nothing is dated anew while no date is ahead", "[journal]") {
    start(1, now);
    const auto before = changes().items.front().changed_at;
    tables->transaction_records.date_anew(now);
    CHECK(changes().items.front().changed_at == before);
}

TEST_CASE_METHOD(ageing_fixture, "A page of changes says how to go on, also when it is empty", "[journal]") {
    const auto nothing = changes();
    CHECK(nothing.items.empty());
    REQUIRE(nothing.next);
    CHECK(transaction_cursor_from_string(to_string(*nothing.next)));
    const auto id = start(1, now);
    CHECK(ids(changes(nothing.next)) == std::vector{id});
}

TEST_CASE_METHOD(ageing_fixture, "A transaction that was never stopped and is removed is not remembered", "[journal]") {
    const auto id = start(1, now);
    transaction_meter_values use;
    use.transaction_id = id;
    use.mark = 1;
    CHECK(tables->transactions.use("CP-1", use, now).known);
    REQUIRE(tables->transactions.close(*tables->transaction_records.ids().number_of(id),
                                       {"lost", "me", std::nullopt, now}));
    static_cast<void>(tables->transaction_records.remove_older(std::numeric_limits<std::int64_t>::max()));
    CHECK(tables->transaction_records.removed_unstopped());
    CHECK(count("transactions") == 0);
    use.mark = 2;
    CHECK_FALSE(tables->transactions.use("CP-1", use, now).known);
}

TEST_CASE_METHOD(ageing_fixture, "An id that several charge points have is ambiguous", "[journal]") {
    static_cast<void>(tables->station_transactions.note(started_at("2026-01-02T03:04:05Z", "T-1", "CP-1"), false));
    CHECK_FALSE(is_ambiguous(*db, "T-1"));
    static_cast<void>(tables->station_transactions.note(started_at("2026-01-02T03:04:05Z", "T-1", "CP-2"), false));
    CHECK(is_ambiguous(*db, "T-1"));
    CHECK_FALSE(is_ambiguous(*db, "T-2"));
    CHECK_FALSE(is_ambiguous(*db, std::to_string(start(1, now))));
}
