// Where a reader with a name goes on.
#include "feed/named_feed.hpp"

#include "feed_site.hpp"
#include "stores/memory_feed_cursors.hpp"

#include <catch2/catch_test_macros.hpp>

#include <utility>

using namespace voltgate;
using namespace voltgate::test;

namespace {

struct named_site : feed_site {
    memory_feed_cursors cursors;

    named_feed open(feed_request r = {}) { return {bus, &kept, cursors, "relay", std::move(r)}; }
    [[nodiscard]] std::optional<std::uint64_t> saved() { return run(io, cursors.load("relay")).value.value(); }
};

}  // namespace

TEST_CASE_METHOD(named_site, "A reader with a name goes on behind what it acknowledged", "[feed]") {
    kept.happen(5);
    auto before = open(from(0));
    CHECK(step(before) == "1 2 3 4 5");
    before.acknowledge(3);
    auto after = open(from(0));
    CHECK(step(after) == "4 5");
    after.acknowledge(last.next);
    after.acknowledge(4);  // late: it changes nothing
    CHECK(saved() == 5);
}

TEST_CASE_METHOD(named_site, "A new name is known from its opening on, whatever it has acknowledged", "[feed]") {
    kept.happen(2);
    {
        auto first = open();
        bus.close();
        CHECK(step(first) == "ended");
    }
    CHECK(saved() == 2);
    kept.happen(2);
    auto again = open();
    CHECK(step(again) == "3 4");
}

TEST_CASE_METHOD(named_site, "What its reader missed since is a gap, where it is kept no more", "[feed]") {
    cursors.save("relay", 2);
    kept.happen(6);
    kept.forget_before(5);
    auto feed = open();
    CHECK(step(feed) == "gap 3-4: 5 6");
}
