// The journal's writer: order, one commit for many, operations that fail, the end.
#include "journal/journal.hpp"

#include "async/platform.hpp"
#include "events/bus.hpp"
#include "journal_file_fixture.hpp"
#include "machine/this_machine.hpp"
#include "observe/log.hpp"
#include "support/manual_clock.hpp"
#include "support/wait.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <catch2/catch_test_macros.hpp>

#include <array>
#include <atomic>
#include <future>
#include <optional>
#include <stdexcept>
#include <thread>

using namespace voltgate;
using namespace voltgate::test;

namespace {

struct journal_fixture {
    temporary_directory directory;
    asio::io_context io;
    manual_clock clock;
    event_bus bus{io.get_executor(), this_machine().random()};
    voltgate::log log;
    config settings;
    event_stream stream{bus.subscribe({}, 1'000'000)};
    std::unique_ptr<journal> j;

    journal_fixture() {
        settings.journal.path = directory.path();
        settings.events.durability = events_config::durable::process;
        settings.events.flush_interval = std::chrono::milliseconds(1);
        open();
    }
    void open() {
        j = std::make_unique<journal>(settings, clock, this_machine(), bus, log);
        j->start();
    }
    // Waits until everything before it is committed.
    bool barrier() {
        return perform(make_op([](journal_batch&) {}));
    }
    bool perform(std::shared_ptr<journal_op> op) {
        std::optional<bool> committed;
        asio::co_spawn(io, j->perform(std::move(op)), [&](std::exception_ptr, bool done) { committed = done; });
        run_until([&] { return committed.has_value(); });
        return *committed;
    }
    void run_until(const std::function<bool()>& condition) {
        const test::deadline until;
        io.restart();
        while (!condition()) {
            if (until.passed()) throw unexpected("the journal did not complete what it was asked to do");
            if (io.run_one_for(std::chrono::milliseconds(10)) == 0) io.restart();
        }
    }
    // All events that were told so far.
    [[nodiscard]] std::vector<stream_item> told() {
        std::vector<stream_item> all;
        for (auto some = stream.take(); !some.empty(); some = stream.take())
            all.insert(all.end(), some.begin(), some.end());
        return all;
    }
    [[nodiscard]] std::int64_t number(const char* sql) {
        auto db = open_for_reading(journal_file(directory.path()));
        return db.number(sql).value_or(-1);
    }
};

std::shared_ptr<journal_op> adding(std::string payload) {
    return make_op([payload = std::move(payload)](journal_batch& b) {
        b.add(event_of("CP-1", event_type::security_event, payload));
    });
}

std::vector<std::string> payloads(const std::vector<stream_item>& items) {
    std::vector<std::string> texts;
    for (const auto& item : items) texts.push_back(item.event->payload);
    return texts;
}

}  // namespace

TEST_CASE_METHOD(journal_fixture, "Events of many threads get numbers without gaps, each thread's in order",
                 "[journal]") {
    constexpr int threads = 4, each = 2'000;
    std::vector<std::thread> producers;
    for (int t = 0; t < threads; ++t) {
        producers.emplace_back([this, t] {
            for (int i = 0; i < each; ++i)
                j->record(event_of("CP-" + std::to_string(t), event_type::charge_point_booted, std::to_string(i)));
        });
    }
    for (auto& p : producers) p.join();
    REQUIRE(barrier());
    const auto items = told();
    REQUIRE(items.size() == threads * each);
    std::array<int, threads> next{};
    std::uint64_t sequence = 0;
    for (const auto& item : items) {
        REQUIRE(item.missed == 0);
        REQUIRE(item.event->sequence == ++sequence);
        const auto thread = static_cast<std::size_t>(item.event->charge_point_id.back() - '0');
        REQUIRE(item.event->payload == std::to_string(next[thread]++));
    }
    const auto stats = j->stats();
    CHECK(stats.last_sequence == threads * each);
    CHECK(stats.events == threads * each);
    CHECK(stats.batches < threads * each / 10);
    CHECK(stats.buffered_bytes == 0);
    CHECK(stats.shed_events == 0);
    CHECK(stats.trouble.empty());
    CHECK(number("SELECT sum(last - first + 1) FROM events") == threads * each);
}

TEST_CASE_METHOD(journal_fixture, "Events and operations keep the order in which they came", "[journal]") {
    std::vector<std::string> expected;
    for (int i = 0; i < 300; ++i) {
        expected.push_back(std::to_string(i));
        if (i % 3 == 0) {
            j->submit(adding(expected.back()));
        } else {
            j->record(event_of("CP-1", event_type::charge_point_booted, expected.back()));
        }
    }
    REQUIRE(barrier());
    CHECK(payloads(told()) == expected);
}

TEST_CASE_METHOD(journal_fixture, "Numbers go on when the journal is opened again", "[journal]") {
    j->record(event_of("CP-1"));
    j->record(event_of("CP-1"));
    const std::string id = j->id();
    j.reset();
    open();
    CHECK(j->id() == id);
    CHECK(j->stats().last_sequence == 2);
    j->record(event_of("CP-1"));
    REQUIRE(barrier());
    CHECK(told().back().event->sequence == 3);
}

TEST_CASE_METHOD(journal_fixture, "An operation that fails by its own fault takes no other down", "[journal]") {
    std::atomic<int> applied = 0;
    const auto hold = std::make_shared<std::promise<void>>();
    // All in one batch: the writer is kept busy until they are there.
    j->submit(make_op([waiting = hold->get_future().share()](journal_batch&) { waiting.wait(); }));
    j->submit(adding("before"));
    j->submit(make_op([](journal_batch& b) { b.tables.db.execute("INSERT INTO meta VALUES ('journal_id', 'x')"); }));
    j->submit(adding("between"));
    j->submit(make_op([](journal_batch&) { throw std::runtime_error("not SQLite's"); }));
    j->submit(make_op([](journal_batch& b) { b.tables.db.execute("NONSENSE"); }));
    j->submit(make_op([&](journal_batch&) { ++applied; }));
    j->record(event_of("CP-1", event_type::charge_point_booted, "recorded"));
    std::optional<bool> refused;
    auto failing = make_op([](journal_batch& b) {
        b.add(event_of("CP-1", event_type::security_event, "of the one that failed"));
        b.tables.db.execute("INSERT INTO no_such_table VALUES (1)");
    });
    asio::co_spawn(io, j->perform(failing), [&](std::exception_ptr, bool done) { refused = done; });
    io.poll();
    hold->set_value();
    run_until([&] { return refused.has_value(); });
    CHECK(*refused == false);
    REQUIRE(barrier());
    CHECK(payloads(told()) == std::vector<std::string>{"before", "between", "recorded"});
    CHECK(applied > 0);
    CHECK(j->stats().failed_operations == 4);
    CHECK(j->stats().failed_batches == 0);
    CHECK(j->stats().trouble.empty());
}

TEST_CASE_METHOD(journal_fixture, "Very many operations that fail do not exhaust anything", "[journal]") {
    const auto hold = std::make_shared<std::promise<void>>();
    j->submit(make_op([waiting = hold->get_future().share()](journal_batch&) { waiting.wait(); }));
    for (int i = 0; i < 2'000; ++i) j->submit(make_op([](journal_batch&) { throw std::runtime_error("fails"); }));
    j->submit(adding("the last"));
    hold->set_value();
    REQUIRE(barrier());
    CHECK(payloads(told()) == std::vector<std::string>{"the last"});
    CHECK(j->stats().failed_operations == 2'000);
}

TEST_CASE_METHOD(journal_fixture, "What failed leaves no row behind that others are told of", "[journal]") {
    const auto row = std::make_shared<std::int64_t>(0);
    CHECK_FALSE(perform(make_op([](journal_batch& b) {
        static_cast<void>(b.tables.charge_points.row_of("CP-UNDONE"));
        throw std::runtime_error("after the row was made");
    })));
    CHECK(perform(make_op([row](journal_batch& b) { *row = b.tables.charge_points.row_of("CP-1"); })));
    CHECK(perform(make_op([](journal_batch& b) { static_cast<void>(b.tables.charge_points.row_of("CP-UNDONE")); })));
    CHECK(number("SELECT row FROM charge_points WHERE id = 'CP-1'") == *row);
    CHECK(number("SELECT row FROM charge_points WHERE id = 'CP-UNDONE'") != *row);
}

TEST_CASE_METHOD(journal_fixture, "Cancelling a wait completes it, and the operation goes its way", "[journal]") {
    const auto hold = std::make_shared<std::promise<void>>();
    j->submit(make_op([waiting = hold->get_future().share()](journal_batch&) { waiting.wait(); }));
    asio::cancellation_signal cancel;
    std::optional<bool> committed;
    auto done = [&](std::exception_ptr, bool result) { committed = result; };
    asio::co_spawn(io, j->perform(adding("on its way")), asio::bind_cancellation_slot(cancel.slot(), std::move(done)));
    io.restart();
    io.poll();
    CHECK_FALSE(committed);
    cancel.emit(asio::cancellation_type::terminal);
    run_until([&] { return committed.has_value(); });
    CHECK(*committed == false);
    hold->set_value();
    REQUIRE(barrier());
    CHECK(payloads(told()) == std::vector<std::string>{"on its way"});
}

TEST_CASE_METHOD(journal_fixture, "Closing writes what was taken, and takes no more", "[journal]") {
    settings.events.flush_interval = std::chrono::hours(1);
    j.reset();
    open();
    for (int i = 0; i < 100; ++i) j->record(event_of("CP-1"));
    j->submit(adding("{}"));
    j->close();
    CHECK(number("SELECT max(last) FROM events") == 101);
    j->record(event_of("CP-1"));
    j->submit(adding("{}"));
    CHECK_FALSE(barrier());
    j->close();
    CHECK(j->stats().shed_events == 1);
    CHECK(number("SELECT max(last) FROM events") == 101);
}

TEST_CASE_METHOD(journal_fixture, "What is built on a result is told only what was committed", "[journal]") {
    auto result = std::make_shared<std::int64_t>(0);
    CHECK(perform(make_op([result](journal_batch& b) { *result = b.tables.db.number("SELECT 17").value_or(0); })));
    CHECK(*result == 17);
}

TEST_CASE_METHOD(journal_fixture, "Questions are answered beside the writing, errors as text", "[journal]") {
    j->record(event_of("CP-1"));
    REQUIRE(barrier());
    std::optional<attempt<std::int64_t>> counted, failed;
    const auto ask = [&](const char* sql, std::optional<attempt<std::int64_t>>& into) {
        auto question = [sql](sqlite::database& db) { return db.number(sql).value_or(-1); };
        asio::co_spawn(io, j->reader().ask<std::int64_t>(question),
                       [&into](std::exception_ptr, attempt<std::int64_t> r) { into = std::move(r); });
    };
    ask("SELECT count(*) FROM events", counted);
    ask("DELETE FROM events", failed);
    run_until([&] { return counted && failed; });
    CHECK(counted->value == 1);
    CHECK_FALSE(failed->value);
    CHECK(failed->error.find("readonly") != std::string::npos);
}

TEST_CASE_METHOD(journal_fixture, "Two journals never share a directory", "[journal]") {
    CHECK_THROWS_AS(journal(settings, clock, this_machine(), bus, log), std::system_error);
}

TEST_CASE_METHOD(journal_fixture, "Retention keeps up with what comes", "[journal]") {
    settings.journal.max_size = 1;  // everything but the newest row is too much
    j.reset();
    open();
    // More rows than one round of housekeeping removes.
    for (int i = 0; i < 500; ++i) {
        j->record(event_of("CP-1"));
        REQUIRE(barrier());
    }
    eventually(
        [this] {
            static_cast<void>(barrier());
            return number("SELECT count(*) FROM events") < 64;
        },
        "the oldest rows are removed");
    CHECK(j->stats().last_sequence == 500);
}
