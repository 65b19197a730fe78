// Identities of events.
#include "events/event_id.hpp"

#include "async/platform.hpp"
#include "machine/this_machine.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace voltgate;

std::string uuid(std::uint64_t high, std::uint64_t low) {
    std::string text;
    append_uuid(text, {high, low});
    return text;
}

}  // namespace

TEST_CASE("An identity is shown as a version 4 UUID whatever its bits are") {
    CHECK(uuid(0, 0) == "00000000-0000-4000-8000-000000000000");
    CHECK(uuid(~std::uint64_t{0}, ~std::uint64_t{0}) == "ffffffff-ffff-4fff-bfff-ffffffffffff");
    CHECK(uuid(0x0123456789abcdef, 0xfedcba9876543210) == "01234567-89ab-4def-bedc-ba9876543210");
}

TEST_CASE("A UUID is appended to what the text holds already") {
    std::string text = "id=";
    append_uuid(text, {0, 0});
    CHECK(text == "id=00000000-0000-4000-8000-000000000000");
}

TEST_CASE("Identities made by several threads are all different") {
    constexpr std::size_t threads = 4;
    constexpr std::size_t per_thread = 20'000;
    std::vector<std::vector<std::string>> made(threads);
    {
        std::vector<std::jthread> running;
        for (auto& ids : made)
            running.emplace_back([&ids] {
                for (std::size_t i = 0; i < per_thread; ++i)
                    append_uuid(ids.emplace_back(), make_event_id(this_machine().random()));
            });
    }
    std::vector<std::string> all;
    for (const auto& ids : made) all.insert(all.end(), ids.begin(), ids.end());
    std::sort(all.begin(), all.end());
    CHECK(all.size() == threads * per_thread);
    CHECK(std::adjacent_find(all.begin(), all.end()) == all.end());
}
