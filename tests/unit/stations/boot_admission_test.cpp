#include "stations/boot_admission.hpp"

#include <catch2/catch_test_macros.hpp>

#include <set>

using namespace voltgate;
using namespace std::chrono_literals;
using status = boot_config::status;

namespace {

const token_bucket::time_point start{1h};

limits_config limits(std::size_t rate) {
    limits_config l;
    l.boot_rate = rate;
    l.boot_retry_interval = 30s;
    return l;
}

}  // namespace

TEST_CASE("so many boots a second are accepted, others are told when to boot again") {
    boot_admission boots(limits(2));
    const boot_config wanted{status::accepted, 300s};
    for (int i = 0; i < 2; ++i) {
        const auto d = boots.decide(wanted, start, 7);
        CHECK_FALSE(d.deferred);
        CHECK(d.answer.registration == status::accepted);
        CHECK(d.answer.interval == 300s);
    }
    const auto d = boots.decide(wanted, start, 7);
    CHECK(d.deferred);
    CHECK(d.answer.registration == status::pending);
    CHECK(d.answer.interval == 37s);
    CHECK_FALSE(boots.decide(wanted, start + 500ms, 7).deferred);
}

TEST_CASE("the retries are spread over the interval") {
    boot_admission boots(limits(1));
    const boot_config wanted{status::accepted, 300s};
    CHECK_FALSE(boots.decide(wanted, start, 0).deferred);
    std::set<std::chrono::seconds> told;
    for (std::uint32_t i = 0; i < 10'000; ++i)
        told.insert(boots.decide(wanted, start, i * 2'654'435'761U).answer.interval);
    CHECK(*told.begin() == 30s);
    CHECK(*told.rbegin() == 60s);
    CHECK(told.size() == 31);
}

TEST_CASE("who is not accepted anyway takes no place of one who is") {
    boot_admission boots(limits(1));
    for (const auto s : {status::pending, status::rejected}) {
        const auto d = boots.decide({s, 60s}, start, 0);
        CHECK_FALSE(d.deferred);
        CHECK(d.answer.registration == s);
        CHECK(d.answer.interval == 60s);
    }
    CHECK_FALSE(boots.decide({status::accepted, 300s}, start, 0).deferred);
    CHECK(boots.decide({status::accepted, 300s}, start, 0).deferred);
}

TEST_CASE("by default all boots are accepted") {
    boot_admission boots{limits_config()};
    for (int i = 0; i < 10'000; ++i) CHECK_FALSE(boots.decide({status::accepted, 300s}, start, 0).deferred);
}
