// Every event once and in order: from the journal, live, and where one becomes the other.
#include "feed/event_feed.hpp"

#include "feed_site.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <utility>

using namespace voltgate;
using namespace voltgate::test;

TEST_CASE_METHOD(feed_site, "A feed without a position begins with what happens from now on", "[feed]") {
    kept.happen(3);
    event_feed feed(bus, &kept, {});
    CHECK_FALSE(feed.behind());
    kept.happen(2);
    CHECK(step(feed) == "4 5");
    CHECK(feed.position() == 5);
}

TEST_CASE_METHOD(feed_site, "What is kept comes first, and what happens meanwhile neither twice nor never", "[feed]") {
    kept.happen(3);
    event_feed feed(bus, &kept, from(1));
    CHECK(feed.behind());
    kept.after_page = [this] { kept.happen(2); };  // before it is subscribed
    CHECK(step(feed) == "2 3");
    kept.after_page = [this] { kept.happen(2); };  // after that: in the subscription alone
    CHECK(step(feed) == "4 5");
    CHECK_FALSE(feed.behind());
    kept.happen(1);
    CHECK(step(feed) == "6 7 8");
}

TEST_CASE_METHOD(feed_site, "A step ends where the reader has enough, and the next goes on there", "[feed]") {
    kept.happen(5);
    event_feed feed(bus, &kept, from(0));
    CHECK(step(feed, 2) == "1 2");
    CHECK(step(feed) == "3 4 5");
    CHECK(step(feed).empty());
    kept.happen(40);
    CHECK(step(feed, 2) == "6 7");
    CHECK(step(feed, 1) == "8");
    CHECK(step(feed).starts_with("9 10 11"));
    CHECK(last.next == 45);
}

TEST_CASE_METHOD(feed_site, "A step has a limit of its own", "[feed]") {
    auto request = from(0);
    request.step = 2;
    kept.happen(3);
    event_feed feed(bus, &kept, std::move(request));
    CHECK(step(feed) == "1 2");
    CHECK(step(feed) == "3");
    CHECK(step(feed).empty());
    kept.happen(3);
    CHECK(step(feed) == "4 5");
    CHECK(step(feed) == "6");
}

TEST_CASE_METHOD(feed_site, "A reader that is too slow is read for from the journal again", "[feed]") {
    feed_request request;
    request.queue = 3;
    event_feed feed(bus, &kept, std::move(request));
    kept.happen(10);
    CHECK(step(feed).empty());
    CHECK(feed.behind());
    CHECK(step(feed) == "1 2 3 4 5 6 7 8 9 10");
    CHECK_FALSE(last.gap);
    kept.happen(1);
    CHECK(step(feed) == "11");  // of the page that is read once more, after subscribing
    kept.happen(1);
    CHECK(step(feed) == "12");
}

TEST_CASE_METHOD(feed_site, "Events that are kept no more are a gap, with its bounds", "[feed]") {
    kept.happen(8);
    event_feed feed(bus, &kept, from(2));
    kept.forget_before(6);
    CHECK(step(feed) == "gap 3-5: 6 7 8");
    CHECK(last.gap->missed == 3);
    CHECK(last.next == 8);
    event_feed whole(bus, &kept, from(5));
    CHECK(step(whole) == "6 7 8");
}

TEST_CASE_METHOD(feed_site, "Only what is wanted is given, and the position passes the rest", "[feed]") {
    feed_request request = from(0);
    request.filter.charge_point_id = "CP-2";
    kept.happen("CP-1");
    kept.happen("CP-2");
    kept.happen("CP-1");
    event_feed feed(bus, &kept, std::move(request));
    CHECK(step(feed) == "2");
    CHECK(last.next == 3);
    CHECK(step(feed).empty());
    kept.happen("CP-1");
    kept.happen("CP-2");
    CHECK(step(feed) == "5");
}

TEST_CASE_METHOD(feed_site, "Without a journal a slow reader loses the oldest, and is told between which they were",
                 "[feed]") {
    feed_request request;
    request.queue = 3;
    event_feed feed(bus, nullptr, std::move(request));
    kept.happen(2);
    CHECK(step(feed) == "1 2");
    kept.happen(10);
    CHECK(step(feed) == "gap 3-9: 10 11 12");
    CHECK(last.gap->missed == 7);
}

TEST_CASE_METHOD(feed_site, "Without a journal the past is a gap", "[feed]") {
    kept.happen(5);
    event_feed feed(bus, nullptr, from(2));
    CHECK(step(feed) == "gap 3-5: ");
    kept.happen(1);
    CHECK(step(feed) == "6");
    event_feed without_past(bus, nullptr, from(6));
    kept.happen(1);
    CHECK(step(without_past) == "7");
}

TEST_CASE_METHOD(feed_site, "A journal that cannot be read is said, and read again", "[feed]") {
    kept.happen(2);
    event_feed feed(bus, &kept, from(0));
    kept.trouble = "the disk is gone";
    CHECK(step(feed) == "unreadable: the disk is gone");
    kept.trouble.clear();
    CHECK(step(feed) == "1 2");
}

TEST_CASE_METHOD(feed_site, "A position beyond the last event is said", "[feed]") {
    kept.happen(2);
    event_feed feed(bus, &kept, from(3));
    CHECK(step(feed) == "beyond 2");
}

TEST_CASE_METHOD(feed_site, "A wait ends when it is woken, and nothing is lost by that", "[feed]") {
    event_feed feed(bus, &kept, {});
    asio::cancellation_signal wake;
    std::optional<feed_step> got;
    const event_sink sink = [](const event&) { return true; };
    asio::co_spawn(io, feed.next(sink, wake.slot()),
                   [&got](const std::exception_ptr&, feed_step s) { got = std::move(s); });
    io.poll();
    CHECK_FALSE(got);
    wake.emit(asio::cancellation_type::total);
    io.poll();
    REQUIRE(got);
    CHECK(got->what == feed_step::outcome::woken);
    kept.happen(2);
    CHECK(step(feed) == "1 2");
}

TEST_CASE_METHOD(feed_site, "A wait obeys the cancellation of its coroutine", "[feed]") {
    event_feed feed(bus, &kept, {});
    asio::cancellation_signal cancel;
    std::optional<feed_step> got;
    const event_sink sink = [](const event&) { return true; };
    auto done = [&got](const std::exception_ptr&, feed_step s) { got = std::move(s); };
    asio::co_spawn(io, feed.next(sink), asio::bind_cancellation_slot(cancel.slot(), std::move(done)));
    io.poll();
    CHECK_FALSE(got);
    cancel.emit(asio::cancellation_type::terminal);
    io.poll();
    REQUIRE(got);
    CHECK(got->what == feed_step::outcome::woken);
}

TEST_CASE_METHOD(feed_site, "When the bus closes, what waits is given, and then it ends", "[feed]") {
    event_feed feed(bus, &kept, {});
    kept.happen(2);
    bus.close();
    CHECK(step(feed) == "1 2");
    CHECK(step(feed) == "ended");
}
