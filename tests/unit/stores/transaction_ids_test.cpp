// The permutation between running numbers and 1.6 transaction ids.
#include "stores/transaction_ids.hpp"

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <limits>
#include <vector>

using namespace voltgate;

TEST_CASE("Every number has an id of its own, and the id leads back to it", "[journal]") {
    const transaction_ids ids(0x1234'5678'9ABC'DEF0, 5);
    std::vector<bool> seen(std::size_t{transaction_ids::last_number} + 1);
    std::size_t zeros = 0;
    for (std::uint32_t n = 1; n <= 300'000; ++n) {
        const std::int32_t id = ids.id_of(n);
        const auto low = static_cast<std::uint32_t>(id) & transaction_ids::last_number;
        if (low == 0) ++zeros;
        if (id <= 0 || static_cast<std::uint32_t>(id) >> transaction_ids::number_bits != 5) FAIL("id " << id);
        if (seen[low]) FAIL("twice: " << id);
        seen[low] = true;
        if (ids.number_of(id) != n) FAIL("number " << n);
    }
    CHECK(zeros <= 1);
}

TEST_CASE("The ends of the range are no exception", "[journal]") {
    const transaction_ids ids(17);
    for (const std::uint32_t n : {1U, 2U, transaction_ids::last_number - 1, transaction_ids::last_number}) {
        const auto id = ids.id_of(n);
        if (id != 0) CHECK(ids.number_of(id) == n);
    }
}

TEST_CASE("What cannot be an id of this node has no number", "[journal]") {
    const transaction_ids ids(17, 3);
    const auto id = ids.id_of(1);
    CHECK(ids.number_of(id));
    CHECK_FALSE(ids.number_of(0));
    CHECK_FALSE(ids.number_of(-1));
    CHECK_FALSE(ids.number_of(std::int64_t{id} | std::int64_t{1} << 31));
    CHECK_FALSE(ids.number_of(std::int64_t{id} | std::int64_t{1} << 32));
    CHECK_FALSE(ids.number_of(std::numeric_limits<std::int64_t>::max()));
    CHECK_FALSE(ids.number_of(std::numeric_limits<std::int64_t>::min()));
    for (std::uint32_t node = 0; node < 16; ++node) {
        if (node != 3) CHECK_FALSE(transaction_ids(17, node).number_of(id));
    }
}

TEST_CASE("Ids are spread over the range and say nothing of their neighbours", "[journal]") {
    const transaction_ids ids(42), other(43);
    std::array<int, 16> buckets{};
    int same = 0, near = 0;
    constexpr std::uint32_t sample = 16'000;
    for (std::uint32_t n = 1; n <= sample; ++n) {
        const auto id = ids.id_of(n);
        ++buckets[static_cast<std::size_t>(id >> 23)];
        same += id == other.id_of(n);
        const auto step = ids.id_of(n + 1) - id;
        near += step > -1000 && step < 1000;
    }
    for (const int b : buckets) {
        CHECK(b > 800);
        CHECK(b < 1200);
    }
    CHECK(same < 5);
    CHECK(near < 5);
}
