// Feeds of a real journal, over restarts.
#include "async/platform.hpp"
#include "events/bus.hpp"
#include "feed/named_feed.hpp"
#include "journal/feed_cursor_store.hpp"
#include "journal/journal.hpp"
#include "journal/queries.hpp"
#include "machine/this_machine.hpp"
#include "observe/log.hpp"
#include "support/manual_clock.hpp"
#include "support/run.hpp"
#include "support/temporary_directory.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;

namespace {

using numbers = std::vector<std::uint64_t>;

/// A process: a journal, its bus and what is asked of it.
struct process {
    explicit process(const std::string& directory) {
        settings.journal.path = directory;
        settings.events.durability = events_config::durable::process;
        settings.events.flush_interval = std::chrono::milliseconds(1);
        j = std::make_unique<journal>(settings, clock, this_machine(), bus, log);
        cursors = std::make_unique<journal_feed_cursors>(*j);
        queries = make_queries(*j);
        j->start();
    }
    named_feed open(feed_request r) { return {bus, queries->events.get(), *cursors, "relay", std::move(r)}; }
    void happen(int times) {
        event e;
        e.type = event_type::charge_point_booted;
        e.charge_point_id = "CP-1";
        e.payload = "{}";
        for (int i = 0; i < times; ++i) j->record(e);
    }
    // Steps until so many events were given; `acknowledge`: each step.
    numbers read(named_feed& feed, std::size_t count, bool acknowledge) {
        numbers given;
        while (given.size() < count) {
            const event_sink sink = [&](const event& e) {
                given.push_back(e.sequence);
                return given.size() < count;
            };
            const auto step = run(io, feed.next(sink));
            REQUIRE(step.what == feed_step::outcome::given);
            CHECK_FALSE(step.gap);
            if (acknowledge) feed.acknowledge(step.next);
        }
        return given;
    }

    asio::io_context io;
    manual_clock clock;
    event_bus bus{io.get_executor(), this_machine().random()};
    voltgate::log log;
    config settings;
    std::unique_ptr<journal> j;
    std::unique_ptr<journal_feed_cursors> cursors;
    std::shared_ptr<const stored_queries> queries;
};

numbers from_to(std::uint64_t first, std::uint64_t last) {
    numbers all(last - first + 1);
    std::iota(all.begin(), all.end(), first);
    return all;
}

}  // namespace

TEST_CASE("A feed with a name goes on after a restart with what was not acknowledged, and nothing else", "[feed]") {
    const temporary_directory directory;
    feed_request from_the_beginning;
    from_the_beginning.after = 0;
    {
        process first(directory.path());
        auto feed = first.open(from_the_beginning);
        first.happen(50);
        CHECK(first.read(feed, 30, true) == from_to(1, 30));
        CHECK(first.read(feed, 10, false) == from_to(31, 40));
    }
    process second(directory.path());
    auto feed = second.open(from_the_beginning);
    CHECK(second.read(feed, 20, true) == from_to(31, 50));
    second.happen(20);
    CHECK(second.read(feed, 20, true) == from_to(51, 70));
    CHECK(run(second.io, second.cursors->load("relay")).value.value() == 70);
}

TEST_CASE("A feed with a new name misses nothing of what happens from its opening on", "[feed]") {
    const temporary_directory directory;
    {
        process first(directory.path());
        first.happen(5);
        run(first.io, first.j->flush());
        auto feed = first.open({});
        first.happen(1);
        CHECK(first.read(feed, 1, false).size() == 1);
        run(first.io, first.j->flush());
    }
    process second(directory.path());
    auto feed = second.open({});
    second.happen(2);
    CHECK(second.read(feed, 3, true) == from_to(6, 8));
}

TEST_CASE("A feed that is slower than what happens reads the journal instead", "[feed]") {
    const temporary_directory directory;
    process p(directory.path());
    feed_request request;
    request.after = 0;
    request.queue = 5;
    request.step = 7;
    auto feed = p.open(request);
    for (std::uint64_t round = 0; round < 20; ++round) {
        p.happen(50);
        run(p.io, p.j->flush());
        CHECK(p.read(feed, 50, true) == from_to(round * 50 + 1, round * 50 + 50));
    }
}
