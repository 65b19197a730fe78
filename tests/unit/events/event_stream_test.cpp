// Waiting for events: completion, cancellation, closing.
#include "async/platform.hpp"
#include "events/bus.hpp"
#include "events/event_queue.hpp"
#include "machine/this_machine.hpp"

#include <voltgate/event_stream.hpp>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <atomic>
#include <cstdint>
#include <future>
#include <memory>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

using namespace voltgate;

/// What one async_next ended with.
struct outcome_slot {
    bool done = false;
    error_code error;
    std::uint64_t sequence = 0;
    std::uint64_t missed = 0;

    auto handler() {
        return [this](error_code ec, stream_item item) {
            done = true;
            error = ec;
            if (item.event) sequence = item.event->sequence;
            missed = item.missed;
        };
    }
    [[nodiscard]] bool aborted() const { return done && error == asio::error::operation_aborted; }
};

/// The gateway's io_context and bus, and the reader's own io_context.
struct fixture {
    asio::io_context gateway_io;
    asio::io_context io;
    event_bus bus{gateway_io.get_executor(), this_machine().random()};
    event_stream stream{bus.subscribe({}, 100)};
    outcome_slot got;

    void publish() {
        event e;
        e.type = event_type::charge_point_booted;
        bus.publish(std::move(e));
    }
    auto on_io() { return asio::bind_executor(io, got.handler()); }
    void poll() {
        io.restart();
        io.poll();
    }
};

}  // namespace

TEST_CASE_METHOD(fixture, "An event that waits is given at once, but not inside async_next") {
    publish();
    asio::post(io, [&] {
        stream.async_next(on_io());
        CHECK_FALSE(got.done);
    });
    poll();
    CHECK(got.done);
    CHECK_FALSE(got.error);
    CHECK(got.sequence == 1);
}

TEST_CASE_METHOD(fixture, "A reader that waits gets the next event, but not inside publish") {
    stream.async_next(on_io());
    poll();
    CHECK_FALSE(got.done);
    asio::post(io, [&] {
        publish();
        CHECK_FALSE(got.done);
    });
    poll();
    CHECK(got.done);
    CHECK(got.sequence == 1);
    CHECK(stream.take().empty());
}

TEST_CASE_METHOD(fixture, "A waiting reader keeps its executor busy") {
    stream.async_next(on_io());
    poll();
    CHECK_FALSE(io.stopped());
    publish();
    poll();
    CHECK(got.done);
    CHECK(io.stopped());
}

TEST_CASE_METHOD(fixture, "A handler without an executor of its own completes on the gateway's") {
    stream.async_next(got.handler());
    gateway_io.poll();
    CHECK_FALSE(gateway_io.stopped());
    publish();
    CHECK_FALSE(got.done);
    gateway_io.restart();
    gateway_io.poll();
    CHECK(got.done);
    CHECK(got.sequence == 1);
}

TEST_CASE_METHOD(fixture, "A handler that comes type-erased completes on its own executor") {
    using erased = asio::any_completion_handler<void(error_code, stream_item)>;
    stream.async_next(erased(on_io()));
    asio::post(io, [&] {
        publish();
        CHECK_FALSE(got.done);
    });
    poll();
    gateway_io.restart();
    gateway_io.poll();
    CHECK_FALSE(got.done);
    poll();
    CHECK(got.done);
    CHECK(got.sequence == 1);
}

TEST_CASE_METHOD(fixture, "A cancelled wait ends with operation_aborted, whatever the kind of cancellation") {
    const auto kind =
        GENERATE(asio::cancellation_type::terminal, asio::cancellation_type::partial, asio::cancellation_type::total);
    asio::cancellation_signal signal;
    stream.async_next(asio::bind_cancellation_slot(signal.slot(), on_io()));
    asio::post(io, [&] {
        signal.emit(kind);
        CHECK_FALSE(got.done);
    });
    poll();
    CHECK(got.aborted());

    publish();
    outcome_slot again;
    stream.async_next(asio::bind_executor(io, again.handler()));
    poll();
    CHECK(again.sequence == 1);
}

TEST_CASE_METHOD(fixture, "A cancellation that comes after the event changes nothing") {
    asio::cancellation_signal signal;
    stream.async_next(asio::bind_cancellation_slot(signal.slot(), on_io()));
    publish();
    signal.emit(asio::cancellation_type::terminal);
    poll();
    CHECK_FALSE(got.error);
    CHECK(got.sequence == 1);
}

TEST_CASE_METHOD(fixture, "A cancellation meant for an earlier wait does not end a later one") {
    asio::cancellation_signal signal;
    stream.async_next(asio::bind_cancellation_slot(signal.slot(), on_io()));
    publish();
    poll();
    outcome_slot later;
    stream.async_next(asio::bind_executor(io, later.handler()));
    signal.emit(asio::cancellation_type::terminal);
    poll();
    CHECK_FALSE(later.done);
    publish();
    poll();
    CHECK(later.sequence == 2);
}

TEST_CASE_METHOD(fixture, "A signal may outlive the stream") {
    asio::cancellation_signal signal;
    stream.async_next(asio::bind_cancellation_slot(signal.slot(), on_io()));
    stream = event_stream();
    poll();
    CHECK(got.aborted());
    bus.close();
    signal.emit(asio::cancellation_type::terminal);
}

TEST_CASE_METHOD(fixture, "Closing the stream ends a pending wait and drops what is waiting") {
    stream.async_next(on_io());
    stream.close();
    CHECK_FALSE(got.done);
    poll();
    CHECK(got.aborted());
    publish();
    CHECK(stream.take().empty());
    stream.close();
    outcome_slot again;
    stream.async_next(asio::bind_executor(io, again.handler()));
    poll();
    CHECK(again.aborted());
}

TEST_CASE_METHOD(fixture, "Destroying the stream ends a pending wait") {
    {
        event_stream doomed(bus.subscribe({}, 10));
        doomed.async_next(on_io());
    }
    poll();
    CHECK(got.aborted());
}

TEST_CASE_METHOD(fixture, "A stream moved over another ends the other's pending wait and keeps its own") {
    event_stream other(bus.subscribe({}, 10));
    outcome_slot kept;
    stream.async_next(on_io());
    other.async_next(asio::bind_executor(io, kept.handler()));
    stream = std::move(other);
    poll();
    CHECK(got.aborted());
    CHECK_FALSE(kept.done);
    publish();
    poll();
    CHECK(kept.sequence == 1);
}

TEST_CASE_METHOD(fixture, "When the bus closes, what waits is still given, then operation_aborted") {
    publish();
    bus.close();
    stream.async_next(on_io());
    poll();
    CHECK(got.sequence == 1);
    outcome_slot after;
    stream.async_next(asio::bind_executor(io, after.handler()));
    poll();
    CHECK(after.aborted());
}

TEST_CASE_METHOD(fixture, "When the bus closes, a pending wait ends") {
    stream.async_next(on_io());
    bus.close();
    CHECK_FALSE(got.done);
    poll();
    CHECK(got.aborted());
}

TEST_CASE("A stream may outlive its bus and the threads it came from") {
    event_stream stream;
    outcome_slot pending, later;
    asio::io_context io;
    {
        asio::io_context gateway_io;
        event_bus bus(gateway_io.get_executor(), this_machine().random());
        stream = event_stream(bus.subscribe({}, 10));
        stream.async_next(asio::bind_executor(io, pending.handler()));
    }
    io.poll();
    CHECK(pending.aborted());
    stream.async_next(asio::bind_executor(io, later.handler()));
    io.restart();
    io.poll();
    CHECK(later.aborted());

    std::promise<error_code> ended;
    stream.async_next([&](error_code ec, const stream_item&) { ended.set_value(ec); });
    CHECK(ended.get_future().get() == asio::error::operation_aborted);
}

TEST_CASE_METHOD(fixture, "A stream that was never subscribed ends at once") {
    event_stream none;
    CHECK(none.take().empty());
    none.close();
    none.async_next(on_io());
    CHECK_FALSE(got.done);
    poll();
    CHECK(got.aborted());

    std::promise<error_code> ended;
    none.async_next([&](error_code ec, const stream_item&) { ended.set_value(ec); });
    CHECK(ended.get_future().get() == asio::error::operation_aborted);
}

TEST_CASE_METHOD(fixture, "A second wait beside a pending one is refused and harms nothing") {
    stream.async_next(on_io());
    outcome_slot second;
    stream.async_next(asio::bind_executor(io, second.handler()));
    poll();
    CHECK_FALSE(got.done);
    CHECK(second.error == asio::error::already_started);
    publish();
    poll();
    CHECK(got.sequence == 1);
}

TEST_CASE_METHOD(fixture, "A wait after an overflow says how many events were missed") {
    event_stream narrow(bus.subscribe({}, 2));
    for (int i = 0; i < 5; ++i) publish();
    narrow.async_next(on_io());
    poll();
    CHECK(got.sequence == 4);
    CHECK(got.missed == 3);
    outcome_slot next;
    narrow.async_next(asio::bind_executor(io, next.handler()));
    poll();
    CHECK(next.sequence == 5);
    CHECK(next.missed == 0);
}

TEST_CASE_METHOD(fixture, "A coroutine reads events by awaiting them") {
    std::vector<std::uint64_t> seen;
    error_code ended_with;
    auto read = [&]() -> asio::awaitable<void> {
        for (;;) {
            auto [ec, item] = co_await stream.async_next(asio::as_tuple(asio::use_awaitable));
            if (ec) {
                ended_with = ec;
                co_return;
            }
            seen.push_back(item.event->sequence);
        }
    };
    asio::co_spawn(io, read(), asio::detached);
    poll();
    for (int i = 0; i < 3; ++i) {
        publish();
        poll();
    }
    stream.close();
    poll();
    CHECK(seen == std::vector<std::uint64_t>{1, 2, 3});
    CHECK(ended_with == asio::error::operation_aborted);
}

TEST_CASE_METHOD(fixture, "A default token makes an operation that a coroutine can await") {
    publish();
    std::uint64_t sequence = 0;
    auto read = [&]() -> asio::awaitable<void> {
        const auto item = co_await stream.async_next();
        sequence = item.event->sequence;
    };
    asio::co_spawn(io, read(), asio::detached);
    poll();
    CHECK(sequence == 1);
}

TEST_CASE_METHOD(fixture, "Destroying the reader's executor with a wait pending leaves the bus working") {
    {
        asio::io_context short_lived;
        stream.async_next(asio::bind_executor(short_lived, got.handler()));
        publish();
    }
    CHECK_FALSE(got.done);
    publish();
    CHECK(stream.take().size() == 1);
}

namespace {

/// Reads on a strand, over and over, while others publish and cancel; notes what it got.
class racing_reader : public std::enable_shared_from_this<racing_reader> {
  public:
    racing_reader(asio::thread_pool& pool, event_stream stream, std::uint64_t total)
        : strand_(asio::make_strand(pool)), stream_(std::move(stream)), total_(total) {}

    void start() {
        asio::post(strand_, [self = shared_from_this()] { self->next(); });
    }
    void cancel() {
        asio::post(strand_, [self = shared_from_this()] { self->signal_.emit(asio::cancellation_type::terminal); });
    }
    /// Whether every event came, once and in order. Waits for the last.
    bool all_came() { return all_came_.get_future().get(); }

  private:
    void next() {
        auto handler = [self = shared_from_this()](error_code ec, const stream_item& item) { self->done(ec, item); };
        stream_.async_next(
            asio::bind_cancellation_slot(signal_.slot(), asio::bind_executor(strand_, std::move(handler))));
    }
    void done(error_code ec, const stream_item& item) {
        if (!ec) {
            ++count_;
            in_order_ = in_order_ && item.missed == 0 && item.event->sequence == count_;
        }
        if (count_ == total_)
            all_came_.set_value(in_order_);
        else
            next();
    }

    asio::strand<asio::thread_pool::executor_type> strand_;
    asio::cancellation_signal signal_;
    event_stream stream_;
    const std::uint64_t total_;
    std::uint64_t count_ = 0;
    bool in_order_ = true;
    std::promise<bool> all_came_;
};

void publish_one(event_bus& bus) {
    event e;
    e.type = event_type::charge_point_booted;
    bus.publish(std::move(e));
}

}  // namespace

TEST_CASE("No event is lost or doubled while waits are cancelled") {
    constexpr std::uint64_t publishers = 2;
    constexpr std::uint64_t per_publisher = 5'000;
    asio::thread_pool pool(2);
    event_bus bus(pool.get_executor(), this_machine().random());
    constexpr auto total = publishers * per_publisher;
    const auto reader = std::make_shared<racing_reader>(pool, event_stream(bus.subscribe({}, total)), total);
    std::atomic<bool> done{false};
    {
        std::jthread canceller([&] {
            while (!done) {
                reader->cancel();
                std::this_thread::yield();
            }
        });
        reader->start();
        {
            std::vector<std::jthread> threads;
            for (std::uint64_t p = 0; p < publishers; ++p)
                threads.emplace_back([&] {
                    for (std::uint64_t i = 0; i < per_publisher; ++i) publish_one(bus);
                });
        }
        CHECK(reader->all_came());
        done = true;
    }
    pool.join();
}

TEST_CASE("Streams may be closed and destroyed while events arrive") {
    asio::thread_pool pool(2);
    event_bus bus(pool.get_executor(), this_machine().random());
    std::atomic<bool> done{false};
    std::atomic<int> completed{0};
    constexpr int rounds = 2'000;
    {
        std::jthread publisher([&] {
            while (!done) publish_one(bus);
        });
        for (int i = 0; i < rounds; ++i) {
            event_stream stream(bus.subscribe({}, 4));
            stream.async_next([&completed](error_code, const stream_item&) { ++completed; });
            if (i % 2 == 0) stream.close();
        }
        done = true;
    }
    bus.close();
    pool.join();
    CHECK(completed == rounds);
}

TEST_CASE("The bus may close while events arrive and readers wait") {
    for (int round = 0; round < 200; ++round) {
        asio::thread_pool pool(2);
        event_bus bus(pool.get_executor(), this_machine().random());
        event_stream stream(bus.subscribe({}, 4));
        std::atomic<bool> ended{false};
        {
            std::jthread publisher([&] {
                for (int i = 0; i < 20; ++i) publish_one(bus);
            });
            stream.async_next([&ended](error_code, const stream_item&) { ended = true; });
            bus.close();
        }
        pool.join();
        CHECK(ended);
    }
}
