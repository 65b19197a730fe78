// The reading threads: questions, and other work that takes too long for an I/O thread.
#include "journal/reader.hpp"

#include "async/platform.hpp"
#include "journal_file_fixture.hpp"
#include "machine/this_machine.hpp"
#include "support/run.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;

namespace {

struct reader_fixture : journal_file_fixture {
    asio::io_context io;
    // Work may end before more of it begins: the context is not to stop then.
    asio::executor_work_guard<io_executor> busy{io.get_executor()};
    std::unique_ptr<journal_reader> reader = std::make_unique<journal_reader>(file(), this_machine());
    std::vector<attempt<int>> ended;
    std::promise<void> gate;
    std::shared_future<void> opened = gate.get_future().share();

    void start(std::function<int()> work) {
        asio::co_spawn(io, reader->run<int>(std::move(work)), [this](std::exception_ptr, attempt<int> a) {
            CHECK(std::this_thread::get_id() == own);
            ended.push_back(std::move(a));
        });
        io.poll();
    }
    void run_until_ended(std::size_t count) {
        while (ended.size() < count) io.run_one();
    }
    const std::thread::id own = std::this_thread::get_id();
};

}  // namespace

TEST_CASE_METHOD(reader_fixture, "Work is done by another thread and told where it was waited for", "[journal]") {
    std::thread::id worker;
    start([&worker] {
        worker = std::this_thread::get_id();
        return 17;
    });
    start([]() -> int { throw std::runtime_error("it cannot be done"); });
    run_until_ended(2);
    CHECK(worker != own);
    const bool first = ended[0].value.has_value();
    CHECK(ended[first ? 0 : 1].value == 17);
    CHECK_FALSE(ended[first ? 1 : 0].value);
    CHECK(ended[first ? 1 : 0].error == "it cannot be done");
}

TEST_CASE_METHOD(reader_fixture, "Work needs no journal that can be read, a question does", "[journal]") {
    reader = std::make_unique<journal_reader>("/nonexistent/journal.db", this_machine());
    start([] { return 1; });
    run_until_ended(1);
    CHECK(ended[0].value == 1);
    busy.reset();
    auto question = [](sqlite::database& asked) { return asked.number("SELECT 1").value_or(0); };
    const auto answer = run(io, reader->ask<std::int64_t>(question));
    CHECK_FALSE(answer.value);
    CHECK(answer.error.find("/nonexistent/journal.db") != std::string::npos);
}

TEST_CASE_METHOD(reader_fixture, "Of work no more than a few hundred waits, and its end leaves none of it unanswered",
                 "[journal]") {
    std::size_t started = 0;
    const auto block = [this] {
        opened.wait();
        return 1;
    };
    while (ended.empty()) {
        start(block);
        ++started;
    }
    CHECK(started > 256);
    CHECK(started <= 2 + 256 + 1);
    CHECK_FALSE(ended.front().value);
    CHECK(ended.front().error == "too many questions wait for the journal; ask again later");
    std::thread ending([this] { reader.reset(); });
    gate.set_value();
    ending.join();
    run_until_ended(started);
    for (const auto& a : ended) CHECK((a.value == 1) == a.error.empty());
}

TEST_CASE_METHOD(reader_fixture, "What waits when the reader is stopped is answered at once, what runs is broken off",
                 "[journal]") {
    std::promise<void> counting;
    auto forever = [&counting](sqlite::database& asked) {
        counting.set_value();
        return asked.number("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
            .value_or(0);
    };
    start([this] {
        opened.wait();
        return 1;
    });
    std::optional<attempt<std::int64_t>> counted;
    asio::co_spawn(io, reader->ask<std::int64_t>(forever),
                   [&counted](std::exception_ptr, attempt<std::int64_t> a) { counted = std::move(a); });
    io.poll();
    counting.get_future().wait();  // both workers are busy
    start([] { return 2; });
    reader->stop();
    run_until_ended(1);
    CHECK(ended.front().error == "the gateway is stopping");
    while (!counted) io.run_one();
    CHECK(counted->error.ends_with("interrupted"));
    start([] { return 3; });
    run_until_ended(2);
    CHECK(ended.back().error == "the gateway is stopping");
    gate.set_value();
    run_until_ended(3);
    CHECK(ended.back().value == 1);
}

TEST_CASE_METHOD(reader_fixture, "Work goes before the questions that wait", "[journal]") {
    const auto block = [this] {
        opened.wait();
        return 1;
    };
    for (int i = 0; i < 2; ++i) start(block);
    std::atomic<int> turn{0};
    std::atomic<int> question_turn{0}, work_turn{0};
    for (int i = 0; i < 256; ++i) {
        auto question = [&turn, &question_turn](sqlite::database&) {
            int none = 0;
            const int now = ++turn;
            question_turn.compare_exchange_strong(none, now);
            return 1;
        };
        asio::co_spawn(io, reader->ask<int>(question), [](std::exception_ptr, const attempt<int>&) {});
    }
    io.poll();
    start([&turn, &work_turn] {
        work_turn = ++turn;
        return 2;
    });
    gate.set_value();
    busy.reset();
    io.run();
    REQUIRE(ended.size() == 3);
    CHECK(ended.back().error.empty());
    CHECK(work_turn > 0);
    CHECK(work_turn <= 4);  // both threads may have taken a question before it came
    CHECK(question_turn > 0);
}
