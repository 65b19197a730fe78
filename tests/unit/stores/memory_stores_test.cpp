// The stores of a gateway that keeps everything in memory.
#include "stores/memory_stores.hpp"

#include "support/manual_clock.hpp"
#include "support/run.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string>

using namespace voltgate;
using namespace std::chrono_literals;

TEST_CASE("Epochs grow with every claim, and over a restart") {
    asio::io_context io;
    test::manual_clock clock;
    memory_ownership ownership(clock);
    const auto first = test::run(io, ownership.claim("CP-1")).value().epoch;
    const auto second = test::run(io, ownership.claim("CP-2")).value().epoch;
    CHECK(second > first);
    clock.advance(1s);
    memory_ownership restarted(clock);
    CHECK(test::run(io, restarted.claim("CP-1"))->epoch > second);
    CHECK_FALSE(test::run(io, restarted.claim("CP-1"))->previous_owner);
}

TEST_CASE("A list of id tags accepts its own, without regard to case, and everybody is everybody") {
    asio::io_context io;
    authorization_config config;
    const auto status_of = [&](std::optional<std::string> tag) {
        configured_id_tags tags(config);
        return test::run(io, tags.find("cp-1", std::move(tag))).status;
    };
    const std::string long_tag(300, 'x');
    for (const auto* tag : {"anybody", "", " ", "with blanks ", long_tag.c_str(), "\x01"})
        CHECK(status_of(tag) == id_tag_status::accepted);
    CHECK(status_of(std::nullopt) == id_tag_status::accepted);
    config.policy = authorization_config::mode::list;
    config.id_tags = {"04a1B2"};
    CHECK(status_of("") == id_tag_status::invalid);
    CHECK(status_of("04A1b2") == id_tag_status::accepted);
    CHECK(status_of("anybody") == id_tag_status::invalid);
    config.id_tags = {"", "A B "};
    CHECK(status_of("") == id_tag_status::accepted);
    CHECK(status_of("a b ") == id_tag_status::accepted);
    CHECK(status_of("a b") == id_tag_status::invalid);
    CHECK(status_of(std::nullopt) == id_tag_status::invalid);
}
