// What a gateway tells and knows after the process before it was killed.
#include "support/copied_journal.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"
#include "support/v2x.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace voltgate;
using namespace voltgate::test;

namespace {

json::object boot_request() { return {{"chargePointVendor", "Acme"}, {"chargePointModel", "X1"}}; }

running_gateway::configure strict_in(const std::string& directory, boot_config::status registration) {
    return journal_in(directory, [registration](config& c) {
        charge_point_config all;
        all.pattern = "*";
        all.registration = registration;
        all.rules[rule::call_before_accepted] = level::strict;
        c.charge_points.push_back(all);
    });
}

}  // namespace

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

TEST_CASE("A charge point that was answered Pending stays pending over a crash", "[journal]") {
    temporary_directory directory, crashed;
    running_gateway gw(strict_in(directory.path(), boot_config::status::pending));
    charge_point cp(gw.port(), "CP-1");
    CHECK(cp.call("BootNotification", boot_request()).at("status") == "Pending");
    gw.expect_event(event_type::charge_point_booted, "CP-1");
    copy_journal(directory.path(), crashed.path());

    running_gateway next(strict_in(crashed.path(), boot_config::status::accepted));
    const auto known = http_client(next.port()).get("/api/v1/charge-points/CP-1").json();
    CHECK(at(known, "/boot/vendor") == "Acme");
    charge_point back(next.port(), "CP-1");
    CHECK(back.call_error("Authorize", {{"idTag", "TAG-1"}}).code == "SecurityError");
    CHECK(back.call("BootNotification", boot_request()).at("status") == "Accepted");
}
