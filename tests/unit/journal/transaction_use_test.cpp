// Meter values of 1.6 transactions in both stores, and what is noted of those that stay open.
#include "stores/transaction_decisions.hpp"
#include "unit/journal/transaction_stores.hpp"

#include <boost/json.hpp>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace voltgate;
using namespace voltgate::test;

namespace {

constexpr const char* later = "2026-01-02T05:04:05Z";

}  // namespace

TEMPLATE_TEST_CASE("Meter values of a transaction are known until it is stopped, and told once", "[journal]",
                   memory_store, journal_store) {
    TestType store;
    const auto id = store.start(start_of()).id;
    const auto message = use_of(id, "2026-01-02T03:30:00Z", 1200);
    const auto first = store.use(message);
    CHECK(first.what == stored::fresh);
    CHECK(first.known);
    CHECK_FALSE(first.may_be_repeated);
    CHECK(store.use(use_of(id, "2026-01-02T03:20:00Z", 1100)).what == stored::fresh);  // late, and new
    for (int i = 0; i < 50; ++i) CHECK(store.use(use_of(id)).what == stored::fresh);
    CHECK(store.use(message).what == stored::repeated);
    CHECK(store.use(message, "CP-2").what == stored::fresh);
    CHECK_FALSE(store.use(use_of(id), "CP-2").known);
    CHECK_FALSE(store.use(use_of(-1)).known);
    CHECK_FALSE(store.use(use_of(0)).known);
    store.stop(stop_of(id));
    const auto late = store.use(use_of(id));
    CHECK(late.what == stored::fresh);
    CHECK_FALSE(late.known);
    CHECK(store.use(message).what == stored::repeated);  // after its end too
}

TEMPLATE_TEST_CASE("Meter values are known while it is only presumed that their transaction has ended", "[journal]",
                   memory_store, journal_store) {
    TestType store;
    const auto id = store.start(start_of()).id;
    store.start(start_of("CP-1", 1, later));
    CHECK(store.use(use_of(id)).known);
}

TEMPLATE_TEST_CASE("A reading that comes late does not replace the last one", "[journal]", memory_store,
                   journal_store) {
    TestType store;
    const auto id = store.start(start_of()).id;
    store.use(use_of(id, "2026-01-02T03:40:00Z", reading("1300.5")));
    CHECK(store.use(use_of(id, "2026-01-02T03:30:00Z", reading("1200.5"))).what == stored::fresh);
    const auto next = store.start(start_of("CP-1", 1, later));
    const auto payload = boost::json::parse(payload_of(next.further_events, event_type::transaction_presumed_ended));
    CHECK(payload.at("lastReadingWh") == 1300.5);
    CHECK(payload.at("lastReadingAt") == "2026-01-02T03:40:00.000Z");
}

TEMPLATE_TEST_CASE("Beyond 4,096 messages one that is not later than all before may be a repetition", "[journal]",
                   memory_store, journal_store) {
    TestType store;
    const auto id = store.start(start_of()).id;
    for (std::size_t i = 0; i < message_memory::most; ++i) {
        const auto used = store.use(use_of(id));
        REQUIRE(used.what == stored::fresh);
        REQUIRE_FALSE(used.may_be_repeated);
    }
    CHECK_FALSE(store.use(use_of(id, "2026-01-02T03:30:00Z", 1200)).may_be_repeated);  // until now all are known
    CHECK(store.use(use_of(id)).may_be_repeated);
    CHECK_FALSE(store.use(use_of(id, "2026-01-02T03:31:00Z", 1200)).may_be_repeated);  // later than all
    const auto late = store.use(use_of(id, "2026-01-02T03:29:00Z", 1190));
    CHECK(late.what == stored::fresh);
    CHECK(late.may_be_repeated);
    CHECK(members_of(late) == R"(,"known":true,"mayBeRepeated":true)");
}

TEST_CASE("What a boot or an available connector says of open transactions is marked, and proves nothing") {
    journal_store store;
    const auto first = store.start(start_of()).id, second = store.start(start_of("CP-1", 2)).id;
    const auto now = at(later);
    std::optional<std::int64_t> place;
    SECTION("a boot") {}
    SECTION("connector 1") { place = 1; }
    store.leave_open(place, now);
    CHECK(store.record(first)->attentions.has(attention::left_open));
    CHECK(store.record(second)->attentions.has(attention::left_open) == !place);
    CHECK(store.record(first)->is_open());
    CHECK(store.stop(stop_of(first)).known);
    CHECK(store.record(first)->attentions.empty());
    store.leave_open(place, now);
    CHECK(store.record(first)->attentions.empty());
}

TEST_CASE("What a store adds to meter values says whether they are known") {
    metered_transaction used;
    CHECK(members_of(used) == R"(,"known":false)");
    used.known = true;
    CHECK(members_of(used) == R"(,"known":true)");
    used.known = false;
    used.may_be_repeated = true;
    CHECK(members_of(used) == R"(,"known":false,"mayBeRepeated":true)");
}
