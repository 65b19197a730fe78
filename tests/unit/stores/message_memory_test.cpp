// Which messages came before: by what they are, not by when or in which order they come.
#include "stores/message_memory.hpp"

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <vector>

using namespace voltgate;

namespace {

constexpr message_mark most = message_memory::most;

message_memory told(message_mark count, std::optional<std::int64_t> at = std::nullopt) {
    message_memory m;
    for (message_mark mark = 1; mark <= count; ++mark) m.note(mark, at);
    return m;
}

}  // namespace

TEST_CASE("The last 4,096 messages are known again, in whatever order they come") {
    const auto m = told(most + 10);
    CHECK(m.told() == most + 10);
    for (message_mark mark = most + 10; mark > 10; --mark) CHECK(m.repeated(mark, std::nullopt));
    for (message_mark mark = 1; mark <= 10; ++mark) CHECK_FALSE(m.repeated(mark, std::nullopt));
    CHECK_FALSE(m.repeated(most + 11, std::nullopt));
}

TEST_CASE("No mark is no message") {
    CHECK_FALSE(message_memory().repeated(0, std::nullopt));
    auto m = told(2);
    CHECK_FALSE(m.repeated(0, std::nullopt));
}

TEST_CASE("A late message with an older time is new") {
    message_memory m;
    m.note(1, 100);
    m.note(2, 200);
    CHECK_FALSE(m.repeated(3, 150));
    m.note(3, 150);
    CHECK(m.repeated(3, 150));
    CHECK(m.repeated(1, 100));
    CHECK(m.latest() == 200);
}

TEST_CASE("What is later than all that came is new, whatever its mark") {
    message_memory m;
    m.note(1, 100);
    CHECK_FALSE(m.repeated(1, 101));
    CHECK(m.repeated(1, 100));
    CHECK(m.repeated(1, std::nullopt));
}

TEST_CASE("A message may have come before only where some are forgotten, and not if it is later than all") {
    auto m = told(most, 100);
    CHECK_FALSE(m.may_be_repeated(std::nullopt));
    CHECK_FALSE(m.may_be_repeated(50));
    m.note(most + 1, 200);
    CHECK(m.may_be_repeated(std::nullopt));
    CHECK(m.may_be_repeated(50));
    CHECK(m.may_be_repeated(200));
    CHECK_FALSE(m.may_be_repeated(201));
}

TEST_CASE("A message that is taken back was never there") {
    auto m = told(3, 100);
    const auto latest = m.latest();
    m.note(4, 300);
    CHECK(m.latest() == 300);
    m.undo(latest);
    CHECK(m.told() == 3);
    CHECK(m.latest() == 100);
    CHECK_FALSE(m.repeated(4, std::nullopt));
    CHECK(m.repeated(3, std::nullopt));
    m.note(5, std::nullopt);
    CHECK(m.repeated(5, std::nullopt));
}

TEST_CASE("Taking back beyond the bound forgets one message more, and no other") {
    auto m = told(most + 5);
    m.note(9999, std::nullopt);
    m.undo(std::nullopt);
    CHECK(m.told() == most + 5);
    CHECK_FALSE(m.repeated(9999, std::nullopt));
    CHECK_FALSE(m.repeated(6, std::nullopt));
    for (message_mark mark = 7; mark <= most + 5; ++mark) CHECK(m.repeated(mark, std::nullopt));
    m.note(9999, std::nullopt);
    for (message_mark mark = 7; mark <= most + 5; ++mark) CHECK(m.repeated(mark, std::nullopt));
    CHECK(m.repeated(9999, std::nullopt));
}

TEST_CASE("A message that is forgotten because another one was taken back may be repeated") {
    auto m = told(most);
    m.note(9999, std::nullopt);
    m.undo(std::nullopt);
    CHECK_FALSE(m.repeated(1, std::nullopt));
    CHECK(m.may_be_repeated(std::nullopt));
}

TEST_CASE("A memory that was kept elsewhere goes on where it was") {
    const std::vector<message_mark> few{1, 2, 3};
    message_memory m(few, 3, 100);
    CHECK(m.told() == 3);
    CHECK(m.latest() == 100);
    for (const auto mark : few) CHECK(m.repeated(mark, std::nullopt));
    CHECK_FALSE(m.may_be_repeated(std::nullopt));
    m.note(4, 200);
    CHECK(m.mark(0) == 1);
    CHECK(m.mark(3) == 4);
}

TEST_CASE("A memory that was kept elsewhere goes on beyond its bound") {
    const auto before = told(most + 70);
    std::vector<message_mark> kept;
    for (std::uint64_t i = 64; i < before.told(); ++i) kept.push_back(before.mark(i));  // whole parts: more than needed
    message_memory m(kept, before.told(), std::nullopt);
    for (message_mark mark = 71; mark <= most + 70; ++mark) CHECK(m.repeated(mark, std::nullopt));
    CHECK_FALSE(m.repeated(70, std::nullopt));
    m.note(9999, std::nullopt);
    CHECK_FALSE(m.repeated(71, std::nullopt));
    CHECK(m.repeated(72, std::nullopt));
    CHECK(m.repeated(9999, std::nullopt));
}

TEST_CASE("Where parts of it were lost, what is left is known") {
    const std::vector<message_mark> left{98, 99, 100};
    message_memory m(left, 100, std::nullopt);
    for (const auto mark : left) CHECK(m.repeated(mark, std::nullopt));
    CHECK_FALSE(m.repeated(1, std::nullopt));
    CHECK(m.may_be_repeated(std::nullopt));
    m.note(101, std::nullopt);
    CHECK(m.repeated(98, std::nullopt));
    CHECK(m.repeated(101, std::nullopt));
    const std::vector<message_mark> too_many{1, 2, 3};
    CHECK_FALSE(message_memory(too_many, 2, std::nullopt).repeated(1, std::nullopt));
}
