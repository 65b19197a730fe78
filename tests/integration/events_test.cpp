// The events of the journal over HTTP: pages, and the live stream that goes on where its reader stopped.
#include "async/platform.hpp"
#include "journal/schema.hpp"
#include "machine/this_machine.hpp"
#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <future>
#include <string>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;

namespace {

constexpr std::string_view stream = "/api/v1/events/stream";

json::value page(std::uint16_t port, const std::string& query) {
    const auto response = http_client(port).get("/api/v1/events" + query);
    CAPTURE(response.body);
    REQUIRE(response.status == 200);
    return response.json();
}

std::vector<std::int64_t> sequences(const json::value& page) {
    std::vector<std::int64_t> found;
    for (const auto& item : at(page, "/items").as_array()) found.push_back(number_at(item, "/sequence"));
    return found;
}

/// Waits until the journal holds `count` events.
void stored(std::uint16_t port, std::size_t count) {
    const auto all_there = [&] { return at(page(port, "?limit=10000"), "/items").as_array().size() >= count; };
    eventually(all_there, "the events are stored");
}

/// Waits until the first event is told: whoever subscribes now begins behind it.
void started(running_gateway& gw) { gw.expect_event(event_type::gateway_started, ""); }

/// Reads until the event of this number; every number in between has to come, once.
void expect_all_up_to(sse_reader& reader, std::int64_t& last, std::int64_t until) {
    while (last < until) {
        const auto event = reader.next_event();
        REQUIRE(event.name.empty());
        REQUIRE(number_at(event.json(), "/sequence") == last + 1);
        ++last;
    }
}

}  // namespace

TEST_CASE("events are read page by page, as the live stream tells them", "[events]") {
    temporary_directory directory;
    running_gateway gw(journal_in(directory.path()));
    started(gw);
    sse_reader live(gw.port());
    auto cp = gw.connect("CP-1");
    for (int i = 0; i < 9; ++i) cp.status(1, i % 2 == 0 ? "Available" : "Charging");
    stored(gw.port(), 11);

    CHECK(at(page(gw.port(), "?limit=1"), "/items/0/eventType") == "gateway.started");
    const auto all = page(gw.port(), "?after=1");
    CHECK(sequences(all) == std::vector<std::int64_t>{2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
    const auto journal_id = text_at(all, "/journalId");
    CHECK(text_at(all, "/next") == journal_id + ":11");
    CHECK(at(all, "/oldest") == 1);
    for (const auto& item : at(all, "/items").as_array()) {
        const auto told = live.next_event();
        CHECK(told.json() == item);
        CHECK(told.id == journal_id + ":" + std::to_string(number_at(item, "/sequence")));
    }
    const auto part = page(gw.port(), "?limit=4&after=3");
    CHECK(sequences(part) == std::vector<std::int64_t>{4, 5, 6, 7});
    CHECK(sequences(page(gw.port(), "?after=" + text_at(part, "/next"))) == std::vector<std::int64_t>{8, 9, 10, 11});
    const auto end = page(gw.port(), "?after=11");
    CHECK(sequences(end).empty());
    CHECK(text_at(end, "/next") == journal_id + ":11");
}

TEST_CASE("events are read by charge point and type", "[events]") {
    temporary_directory directory;
    running_gateway gw(journal_in(directory.path()));
    auto one = gw.connect("CP-1");
    one.status(1, "Available");
    auto two = gw.connect("CP-2");
    two.status(1, "Available");
    two.boot();
    stored(gw.port(), 6);
    CHECK(sequences(page(gw.port(), "?chargePointId=cp-2")).size() == 3);
    CHECK(sequences(page(gw.port(), "?type=connector.status_changed")).size() == 2);
    CHECK(sequences(page(gw.port(), "?type=connector.status_changed,charge_point.booted&chargePointId=CP-2")).size() ==
          2);
    CHECK(sequences(page(gw.port(), "?chargePointId=nobody")).empty());
}

TEST_CASE("a wrong question about events is refused", "[events]") {
    temporary_directory directory;
    running_gateway gw(journal_in(directory.path()));
    http_client http(gw.port());
    const auto* query = GENERATE("limit=0", "limit=10001", "after=x", "after=-1", "after=:1",
                                 "after=a:", "after=", "after=99999999999999999999", "type=nonsense", "colour=red");
    CAPTURE(query);
    CHECK(http.get(std::string("/api/v1/events?") + query).status == 400);
}

TEST_CASE("positions of another journal, and those that this one has lost, are gone", "[events]") {
    temporary_directory directory;
    running_gateway gw(journal_in(directory.path()));
    http_client http(gw.port());
    const auto own = text_at(page(gw.port(), ""), "/journalId");
    for (const std::string position : {"another:1", "1000"}) {
        for (const std::string route : {"/api/v1/events", "/api/v1/events/stream"}) {
            const auto refused = http.get(route + "?after=" + position);
            CAPTURE(position, route, refused.body);
            CHECK(refused.status == 410);
            CHECK_THAT(refused.body, ContainsSubstring(own));
        }
    }
    CHECK(sse_reader(gw.port(), stream, {{"Last-Event-ID", "another:1"}}).response().status == 410);
    CHECK(sse_reader(gw.port(), stream, {{"Last-Event-ID", "nonsense"}}).response().status == 400);
}

TEST_CASE("a live stream goes on behind the last event its reader had, over a restart too", "[events]") {
    temporary_directory directory;
    std::string id;
    {
        running_gateway gw(journal_in(directory.path()));
        started(gw);
        sse_reader reader(gw.port());
        auto cp = gw.connect("CP-1");
        cp.status(1, "Available");
        id = reader.next_event().id;
    }
    running_gateway gw(journal_in(directory.path()));
    // What the URL says is older than what the header says.
    sse_reader reader(gw.port(), std::string(stream) + "?after=0", {{"Last-Event-ID", id}});
    CHECK(at(reader.next_event().json(), "/eventType") == "connector.status_changed");
    CHECK(at(reader.next_event().json(), "/eventType") == "charge_point.disconnected");
    CHECK(at(reader.next_event().json(), "/eventType") == "gateway.started");
    auto cp = gw.connect("CP-1");
    const auto next = reader.next_event().json();
    CHECK(at(next, "/eventType") == "charge_point.connected");
    CHECK(at(next, "/sequence") == 6);
    sse_reader filtered(gw.port(), std::string(stream) + "?after=0&type=charge_point.connected");
    CHECK(at(filtered.next_event().json(), "/sequence") == 2);
    CHECK(at(filtered.next_event().json(), "/sequence") == 6);
}

TEST_CASE("readers that resume while events pour in miss none and get none twice", "[events]") {
    temporary_directory directory;
    running_gateway gw(journal_in(directory.path(), io_threads(2)));
    constexpr int rounds = 3000;
    auto cp = gw.connect("CP-1");
    auto pouring = std::async(std::launch::async, [&cp] {
        for (int i = 0; i < rounds; ++i) cp.status(1, i % 2 == 0 ? "Available" : "Charging");
    });
    for (int i = 0; i < 20; ++i) {
        std::int64_t last = i * 100;
        sse_reader reader(gw.port(), std::string(stream) + "?after=" + std::to_string(last));
        if (reader.response().status == 410) continue;  // that far it is not yet
        expect_all_up_to(reader, last, last + 300);
    }
    std::int64_t last = 0;
    sse_reader reader(gw.port(), std::string(stream) + "?after=0");
    expect_all_up_to(reader, last, rounds + 2);
    pouring.get();
}

TEST_CASE("a reader that falls behind is caught up from the journal", "[events]") {
    temporary_directory directory;
    running_gateway gw(journal_in(directory.path(), [](config& c) {
        c.http.stream_queue = 10;
        c.http.request_timeout = 100s;  // one of the two waits until the other has had everything
    }));
    started(gw);
    tcp_options narrow;
    narrow.receive_buffer = 4096;
    sse_reader slow(gw.port(), stream, {}, narrow);
    sse_reader filtered(gw.port(), std::string(stream) + "?chargePointId=CP-1", {}, narrow);
    auto cp = gw.connect("CP-1");
    constexpr int rounds = 4000;  // more than the buffers between us hold
    const std::string padding(2000, 'x');
    for (int i = 0; i < rounds; ++i) {
        cp.send_call("DataTransfer", {{"vendorId", "v"}, {"data", padding}});
        if (i % 10 == 9) cp.heartbeat();
    }
    std::int64_t last = 1;
    expect_all_up_to(slow, last, rounds + 2);
    last = 1;
    expect_all_up_to(filtered, last, rounds + 2);
}

TEST_CASE("a reader is told what retention has removed before it came", "[events]") {
    temporary_directory directory;
    {
        running_gateway gw(journal_in(directory.path()));
        auto cp = gw.connect("CP-1");
        for (std::size_t i = 2; i < 6; ++i) {
            stored(gw.port(), i);  // one commit each
            cp.status(1, "Available");
        }
    }
    open_for_writing(journal_file(directory.path()), commit_durability::process, this_machine().random())
        .execute("DELETE FROM events WHERE last <= 3");
    running_gateway gw(journal_in(directory.path()));
    const auto left = page(gw.port(), "?after=1");
    CHECK(at(left, "/oldest") == 4);
    CHECK(sequences(left).front() == 4);
    sse_reader reader(gw.port(), std::string(stream) + "?after=1&chargePointId=CP-1");
    const auto gap = reader.next_event();
    CHECK(gap.name == "gap");
    CHECK(at(gap.json(), "/missed") == 2);
    CHECK(gap.id == text_at(left, "/journalId") + ":3");
    CHECK(text_at(gap.json(), "/next") == gap.id);
    CHECK(at(reader.next_event().json(), "/sequence") == 4);
}

TEST_CASE("without a journal there are no pages, and a stream cannot be resumed", "[events]") {
    running_gateway gw;
    CHECK(http_client(gw.port()).get("/api/v1/events").status == 501);
    CHECK(sse_reader(gw.port(), std::string(stream) + "?after=1").response().status == 501);
    CHECK(sse_reader(gw.port(), stream, {{"Last-Event-ID", "1"}}).response().status == 501);
}

TEST_CASE("a reader that is being caught up does not hold up the stop", "[events]") {
    temporary_directory directory;
    running_gateway gw(journal_in(directory.path()));
    auto cp = gw.connect("CP-1");
    for (int i = 0; i < 3000; ++i) cp.status(1, "Available");
    tcp_options narrow;
    narrow.receive_buffer = 4096;
    sse_reader asleep(gw.port(), std::string(stream) + "?after=0", {}, narrow);
    sse_reader awake(gw.port(), std::string(stream) + "?after=0");
    awake.next_event();
    gw.stop();
}
