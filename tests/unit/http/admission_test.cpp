#include "http/admission.hpp"

#include "async/platform.hpp"
#include "machine/this_machine.hpp"

#include <catch2/catch_test_macros.hpp>

#include <set>
#include <string>

using namespace voltgate;
using namespace voltgate::http;
using namespace std::chrono_literals;
using limit = admission::refusal;

namespace {

const admission::time_point start{1h};
const auto peer = boost::asio::ip::make_address("192.0.2.1");
const auto other_peer = boost::asio::ip::make_address("192.0.2.2");

std::string retry_after(const response& r) {
    for (const auto& [name, value] : r.headers)
        if (name == "Retry-After") return value;
    return {};
}

}  // namespace

TEST_CASE("connections are bounded in number and rate") {
    limits_config limits;
    limits.connection_rate = 2;
    admission a(limits, 10, this_machine().random());
    CHECK_FALSE(a.has_room(10));
    CHECK(a.has_room(9));
    std::shared_ptr<void> place;
    CHECK_FALSE(a.objection(peer, start, place));
    CHECK_FALSE(a.objection(peer, start, place));
    CHECK(a.objection(peer, start, place) == limit::connection_rate);
    CHECK_FALSE(a.objection(peer, start + 500ms, place));
}

TEST_CASE("an address that comes too often takes nothing from the others") {
    limits_config limits;
    limits.connection_rate = 3;
    limits.connection_rate_per_address = 1;
    limits.connection_burst_per_address = 1;
    admission a(limits, 10, this_machine().random());
    std::shared_ptr<void> place;
    CHECK_FALSE(a.objection(peer, start, place));
    for (int i = 0; i < 10; ++i) CHECK(a.objection(peer, start, place) == limit::connection_rate_per_address);
    CHECK_FALSE(a.objection(other_peer, start, place));
}

TEST_CASE("a connection that the rate of all refuses holds no place of its address") {
    limits_config limits;
    limits.connection_rate = 1;
    limits.connections_per_address = 1;
    admission a(limits, 10, this_machine().random());
    std::shared_ptr<void> place;
    CHECK_FALSE(a.objection(other_peer, start, place));
    CHECK(a.objection(peer, start, place) == limit::connection_rate);
    CHECK_FALSE(a.objection(peer, start + 1s, place));
}

TEST_CASE("an address is bounded only where that is asked for") {
    std::shared_ptr<void> place;
    admission open(limits_config(), 10, this_machine().random());
    CHECK_FALSE(open.objection(peer, start, place));
    CHECK_FALSE(place);

    limits_config limits;
    limits.connections_per_address = 1;
    admission narrow(limits, 10, this_machine().random());
    CHECK_FALSE(narrow.objection(peer, start, place));
    REQUIRE(place);
    std::shared_ptr<void> second;
    CHECK(narrow.objection(peer, start, second) == limit::connections_per_address);
    CHECK_FALSE(second);
    place = nullptr;
    CHECK_FALSE(narrow.objection(peer, start, second));
}

TEST_CASE("the rate of an address begins behind its burst") {
    limits_config limits;
    limits.connection_rate_per_address = 1;
    limits.connection_burst_per_address = 3;
    admission a(limits, 10, this_machine().random());
    std::shared_ptr<void> place;
    for (int i = 0; i < 3; ++i) CHECK_FALSE(a.objection(peer, start, place));
    CHECK(a.objection(peer, start, place) == limit::connection_rate_per_address);
    CHECK_FALSE(a.objection(peer, start + 1s, place));
}

TEST_CASE("a refusal says whose limit it is, and when to come back") {
    CHECK(refusal_of(limit::connections, this_machine().random()).status == 503);
    CHECK(refusal_of(limit::connection_rate, this_machine().random()).status == 503);
    CHECK(refusal_of(limit::connections_per_address, this_machine().random()).status == 429);
    CHECK(refusal_of(limit::connection_rate_per_address, this_machine().random()).status == 429);
    CHECK(is_for_rate(limit::connection_rate));
    CHECK_FALSE(is_for_rate(limit::connections_per_address));
    std::set<int> seconds;
    for (int i = 0; i < 1000; ++i)
        seconds.insert(std::stoi(retry_after(refusal_of(limit::connections, this_machine().random()))));
    CHECK(*seconds.begin() >= 30);
    CHECK(*seconds.rbegin() <= 60);
    CHECK(seconds.size() > 10);
}
