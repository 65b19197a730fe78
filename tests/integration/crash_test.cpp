// What a gateway tells and knows after the process before it was killed.
#include "support/copied_journal.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"
#include "support/v2x.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace voltgate;
using namespace voltgate::test;

TEST_CASE("After a crash the gateway tells its start and the end of every session that was open", "[journal]") {
    temporary_directory directory, crashed;
    running_gateway gw(journal_in(directory.path()));
    const auto first = gw.expect_event(event_type::gateway_started, "");
    CHECK(first.payload.at("lastStop") == "first");
    CHECK(first.payload.at("openSessions") == 0);
    auto old = gw.connect("CP-16");
    auto cp = gw.connect("CP-201", speaking(ocpp::version::v201));
    auto gone = gw.connect("CP-GONE");
    gone.close();
    gw.expect_disconnect("CP-GONE");
    const auto epoch = gw.expect_event(event_type::charge_point_connected, "CP-201").event->epoch;
    copy_journal(directory.path(), crashed.path());

    running_gateway next(journal_in(crashed.path()));
    const auto started = next.expect_event(event_type::gateway_started, "");
    CHECK(started.payload.at("lastStop") == "crashed");
    CHECK(started.payload.at("openSessions") == 2);
    CHECK_FALSE(started.payload.at("version").as_string().empty());
    const auto end = next.expect_disconnect("CP-201");
    CHECK(end.payload.at("reason") == "crashed");
    CHECK(end.event->epoch == epoch);
    CHECK(end.event->ocpp_version == ocpp::version::v201);
    CHECK(end.event->sequence > started.event->sequence);
    CHECK(next.expect_disconnect("CP-16").payload.at("reason") == "crashed");
    auto back = next.connect("CP-16");
    CHECK(next.expect_event(event_type::charge_point_connected, "CP-16").event->epoch > epoch);

    http_client http(next.port());
    const auto page = http.get("/api/v1/events?type=gateway.started").json();
    REQUIRE(at(page, "/items").as_array().size() == 2);
    CHECK(at(page, "/items/1/chargePointId").is_null());
    CHECK(at(page, "/items/1/epoch") == 0);
    CHECK(at(page, "/items/1/ocppVersion").is_null());
    CHECK(at(http.get("/api/v1/charge-points").json(), "/items").as_array().size() == 3);
}

TEST_CASE("After a stop nothing is left to end", "[journal]") {
    temporary_directory directory;
    {
        running_gateway gw(journal_in(directory.path()));
        auto cp = gw.connect("CP-1");
    }
    running_gateway next(journal_in(directory.path()));
    const auto started = next.expect_event(event_type::gateway_started, "");
    CHECK(started.payload.at("lastStop") == "clean");
    CHECK(started.payload.at("openSessions") == 0);
    auto cp = next.connect("CP-1");
    CHECK(next.events().next("CP-1").event->type == event_type::charge_point_connected);
}

TEST_CASE("Without a journal nobody knows how the process before ended", "[journal]") {
    running_gateway gw;
    const auto started = gw.expect_event(event_type::gateway_started, "");
    CHECK(started.payload.at("lastStop").is_null());
    CHECK(started.payload.at("openSessions").is_null());
}
