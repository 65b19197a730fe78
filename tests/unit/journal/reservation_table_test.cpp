// Reservations: what ends them, which of them a transaction uses, and how long they are kept.
#include "journal/reservation_table.hpp"

#include "journal_file_fixture.hpp"
#include "stores/stored_time.hpp"

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <optional>
#include <string>

using namespace voltgate;
using namespace voltgate::test;

namespace {

using std::chrono::hours;
using time_point = std::chrono::system_clock::time_point;

const time_point now(std::chrono::seconds(1'767'323'100));  // 2026-01-02T03:05:00Z

command_result answered(std::string payload) {
    command_result r(outcome::result, reason::answered);
    r.payload = std::move(payload);
    return r;
}

struct reservations_fixture : journal_file_fixture {
    void reserve(std::int64_t id, std::optional<std::int64_t> evse, std::string id_tag, std::string parent = {},
                 time_point expires_at = now + hours(1), time_point at = now) {
        reservation_change change;
        change.value.id = id;
        change.value.evse_id = evse;
        change.value.id_tag = std::move(id_tag);
        change.value.parent_id_tag = std::move(parent);
        change.value.expires_at = expires_at;
        tables->reservations.apply("CP-1", change, at);
    }
    std::optional<std::int64_t> start(std::optional<std::int64_t> evse, const char* id_tag,
                                      const char* charge_point_id = "cp-1") {
        return tables->reservations.use_matching(charge_point_id, evse, id_tag, 17, now);
    }
    reservation shown(std::int64_t id) {
        reservation_query q;
        q.limit = 100;
        q.now = now;
        for (auto& r : read_reservations(*db, q).items)
            if (r.id == id) return r;
        return {};
    }
    /// What becomes of reservation 1 when its cancellation is answered so.
    reservation_state cancelled_with(std::string answer) {
        reserve(1, 1, "TAG-1");
        const auto change =
            reservation_change_of(command("CancelReservation", R"({"reservationId":1})"), answered(std::move(answer)));
        if (change) tables->reservations.apply("CP-1", *change, now);
        return shown(1).state;
    }
};

}  // namespace

TEST_CASE_METHOD(reservations_fixture, "A cancellation that was rejected leaves the reservation", "[journal]") {
    CHECK(cancelled_with(R"({"status":"Rejected"})") == reservation_state::accepted);
    CHECK(cancelled_with(R"({"status":"Rejected","statusInfo":{"reasonCode":"TxInProgress"}})") ==
          reservation_state::accepted);
    CHECK(cancelled_with(R"({"status":"Accepted"})") == reservation_state::cancelled);
}

TEST_CASE_METHOD(reservations_fixture, "A reservation that the charge point does not know ends by its cancellation",
                 "[journal]") {
    CHECK(cancelled_with(R"({"status":"Rejected","statusInfo":{"reasonCode":"NotFound"}})") ==
          reservation_state::cancelled);
    CHECK(cancelled_with(R"({"status":"Rejected","statusInfo":{"reasonCode":"unknownReservation"}})") ==
          reservation_state::cancelled);
}

TEST_CASE("A reservation that was not accepted is none, whatever the reason", "[journal]") {
    const command reserve_now(
        "ReserveNow", R"({"connectorId":1,"expiryDate":"2026-01-03T00:00:00Z","idTag":"TAG-1","reservationId":1})");
    CHECK(reservation_change_of(reserve_now, answered(R"({"status":"Accepted"})")));
    CHECK_FALSE(reservation_change_of(reserve_now,
                                      answered(R"({"status":"Rejected","statusInfo":{"reasonCode":"NotFound"}})")));
}

TEST_CASE_METHOD(reservations_fixture, "A start with the reserved tag at the reserved connector uses the reservation",
                 "[journal]") {
    reserve(5, 2, "Tag-1");
    CHECK_FALSE(start(1, "TAG-1"));
    CHECK_FALSE(start({}, "TAG-1"));
    CHECK_FALSE(start(2, "TAG-2"));
    CHECK_FALSE(start(2, ""));
    CHECK_FALSE(start(2, "TAG-1", "CP-2"));
    CHECK(shown(5).state == reservation_state::accepted);
    CHECK(start(2, "tag-1") == 5);
    CHECK(shown(5).state == reservation_state::used);
    CHECK(shown(5).transaction_id == "17");
    CHECK_FALSE(start(2, "tag-1"));
}

TEST_CASE_METHOD(reservations_fixture, "A reservation for any connector is used at each, after one for that connector",
                 "[journal]") {
    reserve(6, 2, "TAG-1");
    reserve(7, 0, "TAG-1");
    reserve(8, {}, "TAG-2");
    CHECK(start(2, "TAG-1") == 6);
    CHECK(start(2, "TAG-1") == 7);
    CHECK(start({}, "TAG-2") == 8);
}

TEST_CASE_METHOD(reservations_fixture, "A reservation for a group is used by its tags, after one for the tag itself",
                 "[journal]") {
    id_tag_entry entry;
    entry.id_tag = "TAG-2";
    entry.parent = "fleet";
    tables->id_tags.put("tag-2", entry, 1);
    reserve(5, 1, "TAG-2");
    reserve(6, 1, "TAG-1", "FLEET");
    CHECK_FALSE(start(1, "TAG-3"));
    CHECK(start(1, "TAG-2") == 5);
    CHECK(start(1, "TAG-2") == 6);
    reserve(7, 1, "TAG-1", "FLEET");
    CHECK(start(1, "Fleet") == 7);
}

TEST_CASE_METHOD(reservations_fixture, "A reservation that has expired or was cancelled is not used", "[journal]") {
    reserve(5, 1, "TAG-1", "", now);
    CHECK_FALSE(start(1, "TAG-1"));
    CHECK(cancelled_with(R"({"status":"Accepted"})") == reservation_state::cancelled);
    CHECK_FALSE(start(1, "TAG-1"));
}

TEST_CASE_METHOD(reservations_fixture, "A 2.x transaction that uses a reservation is named with its own id",
                 "[journal]") {
    reserve(5, 1, "TAG-1");
    CHECK(tables->reservations.use_matching("CP-1", 1, "TAG-1", std::string("tx-1"), now) == 5);
    CHECK(shown(5).state == reservation_state::used);
    CHECK(shown(5).transaction_id == "tx-1");
}

TEST_CASE_METHOD(reservations_fixture, "A reservation is kept as long after it came as after it expires", "[journal]") {
    const auto before = [](time_point t) { return stored_time(t); };
    reserve(1, 1, "TAG-1", "", time_point(), now);
    reserve(2, 1, "TAG-1", "", now - hours(48), now - hours(72));
    reserve(3, 1, "TAG-1", "", now + hours(48), now - hours(72));
    CHECK_FALSE(tables->reservations.remove_older(before(now - hours(24))));
    CHECK(shown(1).id == 1);
    CHECK(shown(2).id == 0);
    CHECK(shown(3).id == 3);
    CHECK_FALSE(tables->reservations.remove_older(before(now + hours(1))));
    CHECK(count("reservations") == 1);
    CHECK(shown(3).id == 3);
}
