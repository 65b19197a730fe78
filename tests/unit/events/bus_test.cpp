// Sequencing of events and handing them to readers.
#include "events/bus.hpp"

#include "async/platform.hpp"
#include "events/event_queue.hpp"
#include "machine/this_machine.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <catch2/catch_test_macros.hpp>

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace voltgate;

event make_event(event_type type, std::string charge_point_id = "CP-1") {
    event e;
    e.type = type;
    e.charge_point_id = std::move(charge_point_id);
    return e;
}

constexpr auto booted = event_type::charge_point_booted;
constexpr auto started = event_type::transaction_started;

struct fixture {
    asio::io_context io;
    event_bus bus{io.get_executor(), this_machine().random()};

    event_stream subscribe(event_filter filter = {}, std::size_t capacity = 100) {
        return event_stream(bus.subscribe(std::move(filter), capacity));
    }
    std::uint64_t publish(event_type type = booted, std::string charge_point_id = "CP-1") {
        return bus.publish(make_event(type, std::move(charge_point_id)));
    }
};

std::vector<std::uint64_t> sequences(const std::vector<stream_item>& items) {
    std::vector<std::uint64_t> numbers;
    for (const auto& item : items) numbers.push_back(item.event->sequence);
    return numbers;
}

using numbers = std::vector<std::uint64_t>;

}  // namespace

TEST_CASE_METHOD(fixture, "Events are numbered from one even if nobody reads them") {
    CHECK(bus.last_sequence() == 0);
    CHECK(publish() == 1);
    CHECK(bus.skip() == 2);
    CHECK(publish() == 3);
    CHECK(bus.last_sequence() == 3);
}

TEST_CASE_METHOD(fixture, "A reader gets the events from its subscription on") {
    publish();
    auto stream = subscribe();
    publish();
    publish();
    CHECK(sequences(stream.take()) == numbers{2, 3});
    CHECK(stream.take().empty());
}

TEST_CASE_METHOD(fixture, "An event without an identity is given one, an identity it has is kept") {
    auto stream = subscribe();
    publish();
    auto e = make_event(booted);
    e.id = {1, 2};
    bus.publish(std::move(e));
    const auto items = stream.take();
    REQUIRE(items.size() == 2);
    CHECK(items[0].event->id != std::array<std::uint64_t, 2>{});
    CHECK(items[1].event->id == std::array<std::uint64_t, 2>{1, 2});
}

TEST_CASE_METHOD(fixture, "Readers share one event") {
    auto a = subscribe();
    auto b = subscribe();
    publish();
    CHECK(a.take().at(0).event == b.take().at(0).event);
}

TEST_CASE_METHOD(fixture, "A reader gets only the types it asked for") {
    event_filter filter;
    filter.types = {started, event_type::command_response};
    auto stream = subscribe(filter);
    publish(booted);
    publish(started);
    publish(event_type::command_response);
    CHECK(sequences(stream.take()) == numbers{2, 3});
}

TEST_CASE_METHOD(fixture, "A reader of one charge point gets its events whatever the letter case of the identity") {
    event_filter filter;
    filter.charge_point_id = "cp-Ab";
    auto stream = subscribe(filter);
    publish(booted, "CP-AB");
    publish(booted, "CP-AC");
    publish(booted, "CP-ABC");
    publish(booted, "cp-ab");
    CHECK(sequences(stream.take()) == numbers{1, 4});
}

TEST_CASE_METHOD(fixture, "An event type is wanted while some reader takes it") {
    CHECK_FALSE(bus.wanted(started));
    event_filter filter;
    filter.types = {started};
    auto stream = subscribe(filter);
    CHECK(bus.wanted(started));
    CHECK_FALSE(bus.wanted(booted));
    {
        auto all = subscribe();
        CHECK(bus.wanted(booted));
        CHECK(bus.wanted(event_type::command_response));
        CHECK(bus.reader_count() == 2);
    }
    CHECK(bus.reader_count() == 1);
    publish(booted);
    CHECK_FALSE(bus.wanted(booted));
    CHECK(bus.wanted(started));
}

TEST_CASE_METHOD(fixture, "A reader that closed is forgotten with the next event, also one it would not have got") {
    event_filter filter;
    filter.charge_point_id = "CP-other";
    subscribe(filter).close();
    CHECK(bus.wanted(booted));
    publish();
    CHECK_FALSE(bus.wanted(booted));
}

TEST_CASE_METHOD(fixture, "A reader that is too slow loses the oldest events and is told how many") {
    auto stream = subscribe({}, 3);
    for (int i = 0; i < 5; ++i) publish();
    auto items = stream.take(1);
    REQUIRE(items.size() == 1);
    CHECK(items[0].event->sequence == 3);
    CHECK(items[0].missed == 2);
    publish();
    publish();
    items = stream.take();
    CHECK(sequences(items) == numbers{5, 6, 7});
    CHECK(items[0].missed == 1);
    CHECK(items[1].missed == 0);
    CHECK(items[2].missed == 0);
    CHECK(bus.dropped_total() == 3);
}

TEST_CASE_METHOD(fixture, "A slow reader costs the others nothing") {
    auto slow = subscribe({}, 1);
    auto quick = subscribe({}, 100);
    for (int i = 0; i < 10; ++i) publish();
    CHECK(quick.take().size() == 10);
    const auto items = slow.take();
    REQUIRE(items.size() == 1);
    CHECK(items[0].missed == 9);
    CHECK(bus.dropped_total() == 9);
}

TEST_CASE_METHOD(fixture, "A capacity of none counts as one") {
    auto stream = subscribe({}, 0);
    publish();
    publish();
    CHECK(sequences(stream.take()) == numbers{2});
}

TEST_CASE_METHOD(fixture, "At most as many events are taken as asked for") {
    auto stream = subscribe();
    for (int i = 0; i < 5; ++i) publish();
    CHECK(stream.take(0).empty());
    CHECK(sequences(stream.take(2)) == numbers{1, 2});
    CHECK(sequences(stream.take(100)) == numbers{3, 4, 5});
}

TEST_CASE_METHOD(fixture, "After close events are still numbered and waiting ones can still be taken") {
    auto stream = subscribe();
    publish();
    bus.close();
    CHECK(publish() == 2);
    CHECK_FALSE(bus.wanted(booted));
    CHECK(sequences(stream.take()) == numbers{1});
    CHECK(stream.take().empty());
    CHECK(subscribe().take().empty());
}

TEST_CASE("Every reader sees ascending numbers while four threads publish") {
    constexpr std::size_t publishers = 4;
    constexpr std::size_t per_publisher = 5'000;
    constexpr std::size_t total = publishers * per_publisher;
    asio::io_context io;
    event_bus bus(io.get_executor(), this_machine().random());
    event_filter filter;
    filter.charge_point_id = "CP-2";
    event_stream all(bus.subscribe({}, total));
    event_stream one(bus.subscribe(filter, total));
    event_stream narrow(bus.subscribe({}, 10));
    {
        std::vector<std::jthread> threads;
        for (std::size_t p = 0; p < publishers; ++p)
            threads.emplace_back([&bus, p] {
                for (std::size_t i = 0; i < per_publisher; ++i) {
                    auto e = make_event(booted, "CP-" + std::to_string(p));
                    e.epoch = i;
                    bus.publish(std::move(e));
                }
            });
    }
    CHECK(bus.last_sequence() == total);

    const auto items = all.take(total);
    REQUIRE(items.size() == total);
    std::array<std::uint64_t, publishers> next_of_each{};
    bool in_order = true;
    for (std::size_t i = 0; i < total; ++i) {
        const auto& e = *items[i].event;
        auto& next = next_of_each.at(static_cast<std::size_t>(e.charge_point_id.back() - '0'));
        in_order = in_order && e.sequence == i + 1 && e.epoch == next++;
    }
    CHECK(in_order);
    CHECK(one.take(total).size() == per_publisher);

    const auto last = narrow.take(total);
    REQUIRE(last.size() == 10);
    CHECK(last[0].event->sequence == total - 9);
    CHECK(last[0].missed == total - 10);
    CHECK(bus.dropped_total() == total - 10);
}

TEST_CASE("Readers may come and go while events are published") {
    asio::io_context io;
    event_bus bus(io.get_executor(), this_machine().random());
    std::atomic<bool> done{false};
    std::uint64_t published = 0;
    {
        std::jthread publisher([&] {
            while (!done) published = bus.publish(make_event(booted));
        });
        bool ascending = true;
        for (int i = 0; i < 500; ++i) {
            event_stream stream(bus.subscribe({}, 5));
            std::uint64_t last = 0;
            for (int round = 0; round < 3; ++round)
                for (const auto& item : stream.take()) {
                    ascending = ascending && item.event->sequence > last;
                    last = item.event->sequence;
                }
        }
        CHECK(ascending);
        done = true;
    }
    CHECK(bus.last_sequence() == published);
    bus.publish(make_event(booted));
    CHECK(bus.reader_count() == 0);
    CHECK_FALSE(bus.wanted(booted));
}
