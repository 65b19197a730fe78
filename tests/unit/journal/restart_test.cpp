// What is told first after a start: how the process before ended, and the sessions that it left open.
#include "journal/restart.hpp"

#include "async/platform.hpp"
#include "events/bus.hpp"
#include "journal/journal.hpp"
#include "journal_file_fixture.hpp"
#include "machine/this_machine.hpp"
#include "observe/log.hpp"
#include "support/manual_clock.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;

namespace {

event of_session(std::string charge_point_id, event_type type, std::uint64_t epoch,
                 ocpp::version version = ocpp::version::v16) {
    event e = event_of(std::move(charge_point_id), type);
    e.epoch = epoch;
    e.ocpp_version = version;
    return e;
}

struct restart_fixture {
    temporary_directory directory;
    asio::io_context io;
    manual_clock clock;
    event_bus bus{io.get_executor(), this_machine().random()};
    voltgate::log log;
    config settings;
    event_stream stream{bus.subscribe({}, 1'000)};
    std::vector<event_ptr> told;

    restart_fixture() {
        settings.journal.path = directory.path();
        settings.events.durability = events_config::durable::process;
    }
    // A process that records these events and ends in good order, or just before it could note that.
    leftovers run(const std::vector<event>& events, bool crashes) {
        journal j(settings, clock, this_machine(), bus, log);
        auto left = read_leftovers(j.database());
        j.start();
        j.submit(make_first_op(left, clock.utc()));
        for (event e : events) j.record(e);
        j.close();
        told.clear();
        for (auto& item : stream.take()) told.push_back(std::move(item.event));
        if (crashes) j.database().execute("UPDATE meta SET value = 'running' WHERE name = 'process'");
        return left;
    }
};

const auto connected = event_type::charge_point_connected, disconnected = event_type::charge_point_disconnected;

}  // namespace

TEST_CASE_METHOD(restart_fixture, "The first start, one after a stop and one after a crash", "[journal]") {
    CHECK(run({}, false).stop == last_stop::first);
    CHECK(run({}, false).stop == last_stop::clean);
    CHECK(run({}, true).stop == last_stop::clean);
    CHECK(run({}, false).stop == last_stop::crashed);
    REQUIRE(told.size() == 1);
    CHECK(told.front()->type == event_type::gateway_started);
    CHECK(told.front()->charge_point_id.empty());
    CHECK(told.front()->payload.starts_with(R"({"version":")"));
    CHECK(told.front()->payload.ends_with(R"(","lastStop":"crashed","openSessions":0})"));
}

TEST_CASE_METHOD(restart_fixture, "A journal of an older gateway does not say how it ended", "[journal]") {
    {
        journal j(settings, clock, this_machine(), bus, log);
        j.database().execute("DELETE FROM meta WHERE name = 'process'");
    }
    CHECK(run({}, false).stop == last_stop::unknown);
    CHECK(told.front()->payload.find(R"("lastStop":null)") != std::string::npos);
    CHECK(run({}, false).stop == last_stop::clean);
}

TEST_CASE_METHOD(restart_fixture, "Sessions that a crash left open are ended once, after the gateway's start",
                 "[journal]") {
    run({of_session("CP-1", connected, 1), of_session("CP-2", connected, 2, ocpp::version::v21),
         of_session("CP-3", connected, 3), of_session("CP-3", disconnected, 3), of_session("CP-1", disconnected, 1),
         of_session("cp-1", connected, 4)},
        true);
    const auto left = run({of_session("CP-1", connected, 5)}, true);
    CHECK(left.open_sessions.size() == 2);
    REQUIRE(told.size() == 4);
    CHECK(told[0]->type == event_type::gateway_started);
    CHECK(told[0]->payload.find(R"("openSessions":2)") != std::string::npos);
    CHECK(told[1]->type == disconnected);
    CHECK(told[1]->charge_point_id == "CP-2");
    CHECK(told[1]->epoch == 2);
    CHECK(told[1]->ocpp_version == ocpp::version::v21);
    CHECK(told[1]->payload == R"({"reason":"crashed"})");
    CHECK(told[1]->timestamp == clock.utc());
    CHECK(told[2]->epoch == 4);
    CHECK(told[3]->type == connected);
    run({}, false);
    REQUIRE(told.size() == 2);
    CHECK(told[1]->epoch == 5);
    run({}, false);
    CHECK(told.size() == 1);
}

TEST_CASE_METHOD(journal_file_fixture, "The end of an older session leaves the newer one open", "[journal]") {
    tables->charge_points.session_opened("CP-1", 7, ocpp::version::v201);
    tables->charge_points.session_ended("CP-1", 6);
    const auto left = read_leftovers(*db).open_sessions;
    REQUIRE(left.size() == 1);
    CHECK(left[0].charge_point_id == "CP-1");
    CHECK(left[0].epoch == 7);
    CHECK(left[0].version == ocpp::version::v201);
    tables->charge_points.session_ended("CP-1", 7);
    CHECK(read_leftovers(*db).open_sessions.empty());
}
