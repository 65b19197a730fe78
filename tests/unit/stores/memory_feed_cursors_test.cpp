// The cursors of readers of a gateway that keeps everything in memory.
#include "stores/memory_feed_cursors.hpp"

#include "support/run.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace voltgate;
using namespace voltgate::test;

TEST_CASE("A cursor in memory is what was saved last, until it is removed") {
    asio::io_context io;
    memory_feed_cursors cursors;
    CHECK_FALSE(run(io, cursors.load("b")).value.value());
    cursors.save("b", 7);
    cursors.save("a", 1);
    cursors.save("b", 8);
    CHECK(run(io, cursors.load("b")).value.value() == 8);
    const auto all = run(io, cursors.list()).value.value();
    REQUIRE(all.size() == 2);
    CHECK(all[0].name == "a");
    CHECK(all[1].sequence == 8);
    CHECK(run(io, cursors.remove("b")));
    CHECK_FALSE(run(io, cursors.load("b")).value.value());
}
