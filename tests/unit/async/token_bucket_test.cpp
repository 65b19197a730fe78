#include "async/token_bucket.hpp"

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <thread>
#include <vector>

using namespace voltgate;
using namespace std::chrono_literals;

namespace {

const token_bucket::time_point start{1h};

template <class Bucket, class... Rate>
int taken_at(Bucket& bucket, token_bucket::time_point now, const Rate&... rate) {
    int n = 0;
    while (n < 1000 && bucket.take(now, rate...)) ++n;
    return n;
}

}  // namespace

TEST_CASE("a bucket gives its burst at once, then its rate") {
    const token_rate rate(10, 5);
    token_bucket bucket;
    CHECK(taken_at(bucket, start, rate) == 5);
    CHECK(taken_at(bucket, start + 99ms, rate) == 0);
    CHECK(taken_at(bucket, start + 100ms, rate) == 1);
    CHECK(taken_at(bucket, start + 400ms, rate) == 3);
}

TEST_CASE("a bucket that rested is full, and no fuller") {
    const token_rate rate(10, 5);
    token_bucket bucket;
    taken_at(bucket, start, rate);
    CHECK_FALSE(bucket.full(start + 499ms));
    CHECK(bucket.full(start + 500ms));
    CHECK(taken_at(bucket, start + 24h, rate) == 5);
}

TEST_CASE("what was not given costs nothing") {
    const token_rate rate(1, 1);
    token_bucket bucket;
    CHECK(bucket.take(start, rate));
    for (int i = 0; i < 1000; ++i) CHECK_FALSE(bucket.take(start + 500ms, rate));
    CHECK(bucket.take(start + 1s, rate));
}

TEST_CASE("a burst of less than one is one") {
    token_bucket bucket;
    CHECK(taken_at(bucket, start, token_rate(10, 0)) == 1);
}

TEST_CASE("a rate of none is no bound") {
    const token_rate rate(0, 1);
    CHECK_FALSE(rate.bounded());
    CHECK_FALSE(token_rate().bounded());
    token_bucket bucket;
    CHECK(taken_at(bucket, start, rate) == 1000);
}

TEST_CASE("reserved tokens come one after the other") {
    const token_rate rate(10, 2);
    token_bucket bucket;
    CHECK(bucket.reserve(start, rate) == start);
    CHECK(bucket.reserve(start, rate) == start);
    CHECK(bucket.reserve(start, rate) == start + 100ms);
    CHECK(bucket.reserve(start, rate) == start + 200ms);
    CHECK_FALSE(bucket.take(start + 200ms, rate));
    CHECK(bucket.take(start + 300ms, rate));
}

TEST_CASE("the largest rates and bursts do not overflow") {
    token_bucket slow, fast;
    CHECK(slow.take(start, token_rate(1, 10'000'000)));
    CHECK(slow.reserve(start, token_rate(1, 10'000'000)) == start);
    CHECK(fast.take(start, token_rate(10'000'000, 10'000'000)));
}

TEST_CASE("threads that share a bucket get its burst together") {
    shared_token_bucket bucket(token_rate(1, 1000));
    std::atomic<int> taken{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int k = 0; k < 1000; ++k)
                if (bucket.take(start)) ++taken;
        });
    for (auto& t : threads) t.join();
    CHECK(taken == 1000);
    CHECK_FALSE(bucket.take(start + 999ms));
    CHECK(bucket.take(start + 1s));
    shared_token_bucket open{token_rate()};
    CHECK(taken_at(open, start) == 1000);
}
