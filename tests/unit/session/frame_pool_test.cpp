// Leased frames and the lists that hold them.
#include "session/frame_pool.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <thread>
#include <utility>

using namespace voltgate;

namespace {

frame_ptr frame_with(frame_pool& pool, std::string_view text) {
    auto f = pool.lease();
    f->text = text;
    return f;
}

}  // namespace

TEST_CASE("A frame goes back to its pool with its last reference, and comes out empty") {
    frame_pool pool;
    auto first = frame_with(pool, "text");
    auto second = first;
    const frame* address = first.get();
    first = {};
    CHECK(second->text == "text");
    CHECK(pool.lease().get() != address);
    second = {};
    const auto again = pool.lease();
    CHECK(again.get() == address);
    CHECK(again->text.empty());
    CHECK(again->text.capacity() >= 1024);
}

TEST_CASE("A large text is freed, not kept") {
    frame_pool pool;
    frame_with(pool, std::string(100'000, 'x'));
    CHECK(pool.lease()->text.capacity() < 10'000);
}

TEST_CASE("A pool keeps a bounded number of frames") {
    frame_pool pool;
    frame_list many;
    for (int i = 0; i < 1000; ++i) many.push(pool.lease());
    many.clear();
    for (int i = 0; i < 1000; ++i) many.push(pool.lease());
    CHECK(many.size() == 1000);
}

TEST_CASE("A frame may end on another thread, and after its pool") {
    frame_ptr survivor;
    {
        frame_pool pool;
        auto f = frame_with(pool, "elsewhere");
        std::thread([taken = std::move(f)]() mutable { taken = {}; }).join();
        CHECK_FALSE(f);
        CHECK(pool.lease()->text.empty());
        survivor = frame_with(pool, "survivor");
    }
    CHECK(survivor->text == "survivor");
}

TEST_CASE("A reference can be given away and taken over") {
    frame_pool pool;
    auto f = frame_with(pool, "text");
    frame* raw = f.detach();
    CHECK_FALSE(f);
    const auto owner = frame_ptr::adopt(raw);
    CHECK(owner->text == "text");
}

TEST_CASE("A list of frames is first in, first out") {
    frame_pool pool;
    frame_list list;
    CHECK(list.empty());
    CHECK_FALSE(list.pop());
    for (const auto* text : {"a", "b", "c"}) list.push(frame_with(pool, text));
    CHECK(list.size() == 3);
    CHECK(list.front()->text == "a");
    CHECK(list.pop()->text == "a");
    CHECK(list.pop()->text == "b");
    list.push(frame_with(pool, "d"));
    CHECK(list.pop()->text == "c");
    CHECK(list.pop()->text == "d");
    CHECK(list.empty());
    CHECK(list.size() == 0);
    list.push(frame_with(pool, "e"));
    CHECK(list.front()->text == "e");
}

TEST_CASE("A list holds a reference to each of its frames until it is cleared") {
    frame_pool pool;
    frame_list list;
    const frame* address = nullptr;
    {
        const auto f = frame_with(pool, "held");
        address = f.get();
        list.push(f);
    }
    CHECK(list.front()->text == "held");
    list.clear();
    CHECK(list.empty());
    CHECK(pool.lease().get() == address);
}
