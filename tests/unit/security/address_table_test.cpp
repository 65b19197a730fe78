#include "security/address_table.hpp"

#include "async/platform.hpp"
#include "machine/this_machine.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace voltgate;
using namespace std::chrono_literals;
using verdict = address_table::verdict;

namespace {

const token_bucket::time_point start{1h};

ip_bytes address(const std::string& text) { return bytes_of(boost::asio::ip::make_address(text)); }

address_limits limits(std::size_t connections, token_rate rate = {}, std::size_t most_idle = 100) {
    address_limits l;
    l.connections = connections;
    l.rate = rate;
    l.most_idle = most_idle;
    return l;
}

struct table {
    explicit table(const address_limits& l) : addresses(std::make_shared<address_table>(l, this_machine().random())) {}

    verdict enter(const std::string& text, token_bucket::time_point now = start) {
        std::shared_ptr<address_table::place> place;
        const auto found = addresses->enter(address(text), now, place);
        if (place) places.push_back(std::move(place));
        return found;
    }
    /// As many places as were given, however long they are kept.
    std::shared_ptr<address_table> addresses;
    std::vector<std::shared_ptr<address_table::place>> places;
};

}  // namespace

TEST_CASE("an address has so many connections at a time, and no other pays for it") {
    table t(limits(2));
    CHECK(t.enter("192.0.2.1") == verdict::admitted);
    CHECK(t.enter("192.0.2.1") == verdict::admitted);
    CHECK(t.enter("192.0.2.1") == verdict::too_many);
    CHECK(t.enter("::ffff:192.0.2.1") == verdict::too_many);
    CHECK(t.enter("192.0.2.2") == verdict::admitted);
    t.places.erase(t.places.begin());
    CHECK(t.enter("192.0.2.1") == verdict::admitted);
    CHECK(t.enter("192.0.2.1") == verdict::too_many);
}

TEST_CASE("an address makes so many connections a second, whether they last or not") {
    table t(limits(0, token_rate(1, 3)));
    for (int i = 0; i < 3; ++i) CHECK(t.enter("192.0.2.1") == verdict::admitted);
    t.places.clear();
    CHECK(t.enter("192.0.2.1") == verdict::too_often);
    CHECK(t.enter("192.0.2.2") == verdict::admitted);
    CHECK(t.enter("192.0.2.1", start + 1s) == verdict::admitted);
    CHECK(t.enter("192.0.2.1", start + 1s) == verdict::too_often);
}

TEST_CASE("of IPv6 the network counts") {
    table t(limits(1));
    CHECK(t.enter("2001:db8:0:1::1") == verdict::admitted);
    CHECK(t.enter("2001:db8:0:1:ffff::2") == verdict::too_many);
    CHECK(t.enter("2001:db8:0:2::1") == verdict::admitted);
}

TEST_CASE("an address that is quiet is forgotten once it has its burst again") {
    table t(limits(0, token_rate(1, 2)));
    for (int i = 0; i < 50; ++i) t.enter("192.0.2." + std::to_string(i));
    t.places.clear();
    CHECK(t.addresses->size() == 50);
    for (int i = 0; i < 25; ++i) t.enter("198.51.100.1", start + 1s + std::chrono::seconds(i));
    CHECK(t.addresses->size() == 1);
}

TEST_CASE("no more than so many quiet addresses are remembered, the newest of them") {
    table t(limits(0, token_rate(1, 1), 10));
    for (int i = 0; i < 200; ++i) {
        t.enter("192.0.2." + std::to_string(i));
        t.places.clear();
    }
    CHECK(t.addresses->size() == 10);
    CHECK(t.enter("192.0.2.199") == verdict::too_often);
    CHECK(t.enter("192.0.2.0") == verdict::admitted);
}

TEST_CASE("those that are refused are no more than so many either") {
    table t(limits(0, token_rate(1, 1), 10));
    for (int round = 0; round < 2; ++round)
        for (int i = 0; i < 100; ++i) {
            t.enter("192.0.2." + std::to_string(i));
            t.places.clear();
        }
    CHECK(t.addresses->size() <= 10);
}

TEST_CASE("an address with a connection is not forgotten") {
    table t(limits(1, {}, 1));
    CHECK(t.enter("192.0.2.1") == verdict::admitted);
    for (int i = 2; i < 100; ++i) t.enter("192.0.2." + std::to_string(i), start + 24h);
    CHECK(t.addresses->size() == 99);
    CHECK(t.enter("192.0.2.1", start + 24h) == verdict::too_many);
    t.places.clear();
    CHECK(t.addresses->size() == 1);
}
