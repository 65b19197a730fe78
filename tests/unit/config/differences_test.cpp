#include "config/differences.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace voltgate;
using settings::differing_keys;

using strings = std::vector<std::string>;

TEST_CASE("keys that differ are named in the order of the documentation") {
    config a, b;
    CHECK(differing_keys(a, b).empty());
    b.session.call_timeout = std::chrono::seconds(7);
    b.server.port = 9;
    b.conformance.rules[rule::odd_path] = level::strict;
    CHECK(differing_keys(a, b) == strings{"server.port", "session.call_timeout", "conformance.odd_path"});
    CHECK(differing_keys(b, a) == differing_keys(a, b));
    CHECK(differing_keys(b, b).empty());
}

TEST_CASE("listeners that differ are named one by one, or all together where there are more of them") {
    config a, b;
    a.listeners.resize(2);
    b.listeners.resize(2);
    CHECK(differing_keys(a, b).empty());
    b.listeners[1].trusted_proxies = {"10.0.0.1"};
    b.listeners[0].port = 1;
    CHECK(differing_keys(a, b) == strings{"listener[0].port", "listener[1].trusted_proxies"});
    b.listeners.pop_back();
    CHECK(differing_keys(a, b) == strings{"listener"});
}
