// What If-Match and If-None-Match ask of a revision.
#include "http/entity_tag.hpp"

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>
#include <utility>

using namespace voltgate::http;

namespace {

request with(std::optional<std::string> if_match, std::optional<std::string> if_none_match = {}) {
    request r;
    r.if_match = std::move(if_match);
    r.if_none_match = std::move(if_none_match);
    return r;
}

bool holds(const request& r, std::optional<std::uint64_t> revision) {
    precondition asked;
    REQUIRE(asked.read(r));
    return asked.holds(revision);
}

}  // namespace

TEST_CASE("without preconditions everything may be changed") {
    CHECK(holds(with({}), std::nullopt));
    CHECK(holds(with({}), 7));
}

TEST_CASE("If-Match asks for one of its entity tags, strongly, or for any") {
    CHECK(holds(with("\"7\""), 7));
    CHECK(holds(with("\"6\", \"7\" ,\"x,y\""), 7));
    CHECK_FALSE(holds(with("\"7\""), 8));
    CHECK_FALSE(holds(with("\"07\""), 7));
    CHECK_FALSE(holds(with("W/\"7\""), 7));
    CHECK_FALSE(holds(with("\"7\""), std::nullopt));
    CHECK(holds(with("*"), 7));
    CHECK_FALSE(holds(with("*"), std::nullopt));
}

TEST_CASE("If-None-Match rules its entity tags out, weakly, or any") {
    CHECK(holds(with({}, "*"), std::nullopt));
    CHECK_FALSE(holds(with({}, "*"), 7));
    CHECK_FALSE(holds(with({}, "W/\"7\""), 7));
    CHECK_FALSE(holds(with({}, "\"7\""), 7));
    CHECK(holds(with({}, "\"6\""), 7));
    CHECK_FALSE(holds(with("\"7\"", "\"7\""), 7));
}

TEST_CASE("what is no list of entity tags cannot be read") {
    for (const auto* text : {"7", "\"7", "\"7\" \"8\"", "*, \"7\"", "\"7\",", "w/\"7\"", ",", "W/7", "", " "}) {
        CAPTURE(text);
        precondition asked;
        CHECK_FALSE(asked.read(with(text)));
        CHECK_FALSE(asked.read(with({}, text)));
    }
}

TEST_CASE("a list of entity tags names one, weakly, or all") {
    CHECK(is_among(R"("7")", R"("7")"));
    CHECK(is_among(R"(W/"7")", R"("7")"));
    CHECK(is_among(R"("6", "7")", R"(W/"7")"));
    CHECK(is_among("*", R"("7")"));
    CHECK_FALSE(is_among(R"("6")", R"("7")"));
    CHECK_FALSE(is_among("", R"("7")"));
    CHECK_FALSE(is_among("7", R"("7")"));
}
