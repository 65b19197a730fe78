// Starts, stops and meter values that come again: lost connections, replayed queues, a gateway that was killed.
#include "support/charge_point.hpp"
#include "support/copied_journal.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/stores.hpp"
#include "support/temporary_directory.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <string>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

constexpr auto now = "2026-01-02T03:04:05Z";  // of the manual clock
constexpr auto frozen = "2025-06-01T00:00:00Z";

json::object start_request(json::value meter = 1000, std::string_view time = now, std::string_view tag = "TAG-1",
                           int connector = 1) {
    return {{"connectorId", connector}, {"idTag", tag}, {"meterStart", std::move(meter)}, {"timestamp", time}};
}

json::object stop_request(std::int64_t id, json::value meter = 2000, std::string_view time = "2026-01-02T04:04:05Z") {
    return {{"transactionId", id}, {"meterStop", std::move(meter)}, {"timestamp", time}};
}

json::object values_request(std::int64_t id, int wh, std::string_view time) {
    const json::object sample{{"value", std::to_string(wh)}};
    const json::object value{{"timestamp", time}, {"sampledValue", json::array({sample})}};
    return {{"connectorId", 1}, {"transactionId", id}, {"meterValue", json::array({value})}};
}

/// What was told of transactions since the last look, one word each.
std::string told(running_gateway& gw, charge_point& cp) {
    constexpr int mark = 9;
    cp.status(mark, "Faulted");
    std::string words;
    for (;;) {
        const auto e = gw.events().next("CP-1");
        const auto type = std::string(to_string(e.event->type));
        if (type == "connector.status_changed" && e.payload.at("connectorId") == mark) break;
        if (!type.starts_with("transaction.")) continue;
        words += type.substr(type.find('.') + 1);
        if (e.payload.contains("possibleDuplicateOf")) words += "?";
        if (e.payload.contains("conflict")) words += "!";
        if (e.payload.contains("mayBeRepeated")) words += "~";
        words += ' ';
    }
    return words;
}

std::size_t count(running_gateway& gw, std::string_view type) {
    const auto page = http_client(gw.port()).get("/api/v1/events?type=" + std::string(type)).json();
    return at(page, "/items").as_array().size();
}

}  // namespace

TEST_CASE_METHOD(either_store, "A start that comes again after its end is the same one", "[books]") {
    running_gateway gw(in_store(), {}, clock);
    auto cp = gw.connect("CP-1");
    const auto first = start(cp, start_request(json::value(1000.25)));
    cp.call("StopTransaction", stop_request(first));
    CHECK(told(gw, cp) == "started stopped ");
    CHECK(start(cp, start_request(json::value("1000.250"), now, "tag-1")) == first);
    CHECK(start(cp, start_request(json::value(1000.25), "2026-01-02T04:04:05+01:00")) == first);
    CHECK(told(gw, cp) == "start_repeated start_repeated ");
    CHECK(start(cp, start_request(json::value(1000.25), now, "TAG-1", 2)) != first);
    CHECK(start(cp, start_request(json::value(1000.26))) != first);
    CHECK(start(cp, start_request(json::value(1000.25), now, "TAG-2")) != first);
    CHECK(start(cp, start_request(json::value(1000.25), "2026-01-02T03:04:05.001Z")) != first);
}

TEST_CASE_METHOD(either_store, "A clock that stands still over a register at 0 makes honest twins", "[books]") {
    running_gateway gw(in_store(), {}, clock);
    auto cp = gw.connect("CP-1");
    const auto* time = GENERATE("2025-06-01T00:00:00Z", "2014-01-01T00:00:00Z", "2026-01-02T03:20:00Z");
    CAPTURE(time);
    const auto first = start(cp, start_request(0, time));
    cp.call("StopTransaction", stop_request(first, 500, time));
    const auto second = start(cp, start_request(0, time));
    CHECK(second != first);
    cp.call("StopTransaction", stop_request(second, 500, time));
    CHECK(told(gw, cp) == "started stopped started? stopped ");
}

TEST_CASE_METHOD(either_store, "A register above 0 is enough under a clock that lies back, not under an unset one",
                 "[books]") {
    running_gateway gw(in_store(), {}, clock);
    auto cp = gw.connect("CP-1");
    const bool unset = GENERATE(false, true);
    const auto* time = unset ? "2019-12-31T23:59:59Z" : "2020-01-01T00:00:00Z";
    const auto first = start(cp, start_request(1, time));
    cp.call("StopTransaction", stop_request(first, 500, time));
    CHECK((start(cp, start_request(1, time)) == first) == !unset);
}

TEST_CASE_METHOD(either_store, "A clock that a later message shows to be right tells what is the same start",
                 "[books]") {
    running_gateway gw(in_store(), {}, clock);
    auto cp = gw.connect("CP-1");
    const auto first = start(cp, start_request(0, frozen));
    cp.call("StopTransaction", stop_request(first, 500, frozen));
    clock->advance(1min);
    SECTION("by StatusNotification") {
        cp.call("StatusNotification",
                {{"connectorId", 1}, {"errorCode", "NoError"}, {"status", "Finishing"}, {"timestamp", now}});
        CHECK(start(cp, start_request(0, frozen)) == first);
    }
    SECTION("by MeterValues") {
        auto values = values_request(0, 7, now);
        values.erase("transactionId");
        cp.call("MeterValues", values);
        CHECK(start(cp, start_request(0, frozen)) == first);
    }
    SECTION("not by one that is six minutes off") {
        cp.call("StatusNotification", {{"connectorId", 1},
                                       {"errorCode", "NoError"},
                                       {"status", "Finishing"},
                                       {"timestamp", "2026-01-02T02:58:00Z"}});
        CHECK(start(cp, start_request(0, frozen)) != first);
    }
}

TEST_CASE_METHOD(stores, "A start that comes again after a kill is the same one", "[books]") {
    temporary_directory crashed;
    running_gateway gw(in_store(), {}, clock);
    auto cp = gw.connect("CP-1");
    const auto first = start(cp, start_request());
    cp.call("MeterValues", values_request(first, 1200, "2026-01-02T03:10:00Z"));
    copy_journal(directory.path(), crashed.path());
    running_gateway next(journal_in(crashed.path()), {}, clock);
    auto again = next.connect("CP-1");
    CHECK(start(again, start_request()) == first);
    again.call("MeterValues", values_request(first, 1200, "2026-01-02T03:10:00Z"));
    again.call("StopTransaction", stop_request(first));
    CHECK(told(next, again) == "start_repeated stopped ");
    CHECK(count(next, "transaction.started") == 1);
    CHECK(count(next, "transaction.meter_values") == 1);
    CHECK(at(record(next, first), "/energyWh") == 1000);
}

TEST_CASE_METHOD(either_store, "A replayed queue of hundreds is told once, and late readings are told", "[books]") {
    constexpr int many = 300;
    running_gateway gw(in_store(), {}, clock);
    std::int64_t id = 0;
    const auto play = [&](charge_point& cp) {
        for (int i = 0; i < many; ++i) {
            const auto minute = std::to_string(100 + i % 60).substr(1),
                       hour = std::to_string(100 + 4 + i / 60).substr(1);
            cp.call("MeterValues", values_request(id, 1000 + i, "2026-01-02T" + hour + ":" + minute + ":00Z"));
        }
    };
    {
        auto cp = gw.connect("CP-1");
        id = start(cp, start_request());
        play(cp);
        cp.drop_without_close();
        gw.expect_disconnect("CP-1");
    }
    auto cp = gw.connect("CP-1");
    play(cp);
    CHECK(told(gw, cp).empty());
    cp.call("MeterValues", values_request(id, 1001, "2026-01-02T04:00:30Z"));  // older, and new
    CHECK(told(gw, cp) == "meter_values ");
    cp.call("StopTransaction", stop_request(id, 1400, "2026-01-02T10:00:00Z"));
    play(cp);
    cp.call("StopTransaction", stop_request(id, 1400, "2026-01-02T10:00:00Z"));
    CHECK(told(gw, cp) == "stopped ");
}

TEST_CASE_METHOD(stores, "A replayed queue is known after a restart and after a kill", "[books]") {
    temporary_directory crashed;
    std::int64_t id = 0;
    const auto play = [&](charge_point& cp) {
        for (int i = 10; i < 60; ++i) {
            cp.call("MeterValues", values_request(id, 1000 + i, "2026-01-02T04:" + std::to_string(i) + ":00Z"));
        }
    };
    {
        running_gateway gw(in_store(), {}, clock);
        auto cp = gw.connect("CP-1");
        id = start(cp, start_request());
        play(cp);
        copy_journal(directory.path(), crashed.path());
    }
    const auto where = GENERATE(true, false) ? directory.path() : crashed.path();
    running_gateway next(journal_in(where), {}, clock);
    auto cp = next.connect("CP-1");
    play(cp);
    CHECK(told(next, cp).empty());
    CHECK(count(next, "transaction.meter_values") == 50);
}

TEST_CASE_METHOD(stores, "Marks outlive the events that they came with", "[books]") {
    const auto short_lived = [](config& c) { c.journal.keep_events = 1h; };
    std::int64_t id = 0;
    {
        running_gateway gw(in_store(short_lived), {}, clock);
        auto cp = gw.connect("CP-1");
        id = start(cp, start_request());
        cp.call("MeterValues", values_request(id, 1200, "2026-01-02T03:10:00Z"));
        clock->advance(2h);
        cp.status(1, "Charging");
        const auto oldest = [&] { return number_at(http_client(gw.port()).get("/api/v1/events").json(), "/oldest"); };
        eventually([&] { return oldest() > 4; }, "old events are removed");
    }
    running_gateway gw(in_store(short_lived), {}, clock);
    auto cp = gw.connect("CP-1");
    cp.call("MeterValues", values_request(id, 1200, "2026-01-02T03:10:00Z"));
    CHECK(told(gw, cp).empty());
    start(cp, start_request(3000, "2026-01-02T06:00:00Z"));
    CHECK(at(record(gw, id), "/lastReadingWh") == 1200);
}

TEST_CASE_METHOD(stores, "A day after the end all that may have come before is told as such", "[books]") {
    running_gateway gw(in_store([](config& c) { c.journal.keep_events = 1h; }), {}, clock);
    auto cp = gw.connect("CP-1");
    const auto id = start(cp, start_request());
    const auto replay = [&] {
        cp.call("MeterValues", values_request(id, 1100, "2026-01-02T03:10:00Z"));
        cp.call("MeterValues", values_request(id, 1200, "2026-01-02T03:20:00Z"));
    };
    replay();
    cp.call("StopTransaction", stop_request(id));
    CHECK(told(gw, cp) == "started meter_values meter_values stopped ");
    const auto oldest = [&] { return number_at(http_client(gw.port()).get("/api/v1/events").json(), "/oldest"); };
    const auto housekeeping = [&](std::chrono::hours later) {
        cp.status(1, "Available");
        const auto newest =
            number_at(http_client(gw.port()).get("/api/v1/events?limit=1000").json(), "/items/0/sequence");
        clock->advance(later);
        cp.status(1, "Available");
        eventually([&] { return oldest() > newest; }, "old events are removed");
    };
    housekeeping(2h);  // the file has the marks
    housekeeping(25h);
    CHECK(told(gw, cp).empty());
    replay();
    CHECK(told(gw, cp) == "meter_values~ meter_values~ ");
    replay();
    cp.call("StopTransaction", stop_request(id));
    CHECK(start(cp, start_request()) == id);
    CHECK(told(gw, cp) == "start_repeated ");
}

TEST_CASE_METHOD(either_store, "A second stop with other readings is a conflict, told once", "[books]") {
    running_gateway gw(in_store(), {}, clock);
    auto cp = gw.connect("CP-1");
    const auto id = start(cp, start_request());
    clock->advance(2h);
    cp.call("StopTransaction", stop_request(id));
    const auto which = GENERATE(0, 1, 2, 3);
    auto other = stop_request(id);
    if (which == 0) other["meterStop"] = 2001;
    if (which == 1) other["timestamp"] = "2026-01-02T04:04:06Z";
    if (which == 2) other = stop_request(id, 1999, "2026-01-02T04:00:00Z");
    if (which == 3) other.erase("meterStop");
    cp.call("StopTransaction", other);
    cp.call("StopTransaction", other);
    cp.call("StopTransaction", stop_request(id));
    CHECK(told(gw, cp) == "started stopped stopped! ");
    if (!in_journal) return;
    CHECK(at(record(gw, id), "/meterStopWh") == 2000);
    CHECK(at(record(gw, id), "/attention") == json::array({"conflict"}));
}

TEST_CASE_METHOD(either_store, "The same stop spelt in another way is a repetition", "[books]") {
    running_gateway gw(in_store(), {}, clock);
    auto cp = gw.connect("CP-1");
    const auto id = start(cp, start_request());
    cp.call("StopTransaction", stop_request(id, 2000.5));
    auto other = stop_request(id, json::value("2000.50"), "2026-01-02T05:04:05+01:00");
    other["reason"] = "Other";
    cp.call("StopTransaction", other);
    CHECK(told(gw, cp) == "started stopped ");
}

TEST_CASE_METHOD(stores, "A stop of nobody's that comes again is told once, over a kill too", "[books]") {
    temporary_directory crashed;
    const auto* time = GENERATE("2026-01-02T03:04:00Z", "1970-01-01T00:01:00Z", "2014-01-01T00:00:00Z");
    CAPTURE(time);
    const auto id = std::string("same-id");
    running_gateway gw(in_store(), {}, clock);
    auto cp = gw.connect("CP-1");
    const auto send = [&](charge_point& to) {
        to.expect_result(to.send_call("StopTransaction", stop_request(123456, 2000, time), id));
    };
    send(cp);
    cp.call("StopTransaction", stop_request(77, 1, now));
    send(cp);
    CHECK(told(gw, cp) == "stopped stopped ");
    copy_journal(directory.path(), crashed.path());
    running_gateway next(journal_in(crashed.path()), {}, clock);
    auto again = next.connect("CP-1");
    send(again);
    CHECK(told(next, again).empty());
}
