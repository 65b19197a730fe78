#include "gateway/transaction_ids.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <set>

using voltgate::transaction_ids;

TEST_CASE("Transaction ids are positive, of 31 bits, never come twice and lead back to their numbers") {
    const transaction_ids ids(42, 15);
    std::set<std::int32_t> seen;
    for (std::uint32_t n = 1; n <= 50'000; ++n) {
        const auto id = ids.id_of(n);
        REQUIRE(id > 0);
        REQUIRE(seen.insert(id).second);
        REQUIRE(ids.number_of(id) == n);
    }
    CHECK(ids.number_of(ids.id_of(transaction_ids::last_number)) == transaction_ids::last_number);
}

TEST_CASE("One transaction id tells nothing about the next") {
    const transaction_ids ids(42), other_key(43);
    int near = 0, same = 0;
    std::int64_t sum = 0;
    std::int32_t last = 0;
    constexpr std::uint32_t count = 10'000;
    for (std::uint32_t n = 1; n <= count; ++n) {
        const auto id = ids.id_of(n);
        if (std::abs(std::int64_t{id} - last) < 100'000) ++near;
        if (id == other_key.id_of(n)) ++same;
        sum += id;
        last = id;
    }
    CHECK(near < 50);  // of ten thousand chance gives fifteen
    CHECK(same < 5);
    CHECK(sum / count > 60'000'000);  // the middle of the range is 67,108,863
    CHECK(sum / count < 74'000'000);
}

TEST_CASE("Numbers that are no ids of this node are known as such") {
    const transaction_ids first(42, 0), second(42, 1);
    for (const std::int64_t id :
         {std::int64_t{0}, std::int64_t{-1}, std::int64_t{0x8000'0000}, std::int64_t{1} << 40}) {
        CHECK_FALSE(first.number_of(id));
    }
    CHECK_FALSE(first.number_of(second.id_of(7)));
    CHECK(second.number_of(second.id_of(7)) == 7U);
}
