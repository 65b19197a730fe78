#include "security/networks.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace voltgate;
namespace ip = boost::asio::ip;

namespace {

bool contains(const std::string& network_text, const std::string& address) {
    const auto n = network::parse(network_text);
    REQUIRE(n);
    return n->contains(bytes_of(ip::make_address(address)));
}

}  // namespace

TEST_CASE("a network holds the addresses that begin like it") {
    CHECK(contains("10.0.0.0/8", "10.255.0.1"));
    CHECK_FALSE(contains("10.0.0.0/8", "11.0.0.1"));
    CHECK(contains("192.0.2.128/25", "192.0.2.129"));
    CHECK_FALSE(contains("192.0.2.128/25", "192.0.2.127"));
    CHECK(contains("192.0.2.1", "192.0.2.1"));
    CHECK_FALSE(contains("192.0.2.1", "192.0.2.2"));
    CHECK(contains("fd00::/8", "fdff::1"));
    CHECK_FALSE(contains("fd00::/8", "fe80::1"));
    CHECK(contains("2001:db8::1", "2001:db8::1"));
    CHECK(contains("2001:db8::/33", "2001:db8:7fff::"));
    CHECK_FALSE(contains("2001:db8::/33", "2001:db8:8000::"));
    CHECK(contains("::/0", "2001:db8::1"));
}

TEST_CASE("an IPv4 address is the same in its mapped form") {
    CHECK(contains("10.0.0.0/8", "::ffff:10.1.2.3"));
    CHECK(contains("0.0.0.0/0", "192.0.2.1"));
    CHECK_FALSE(contains("0.0.0.0/0", "2001:db8::1"));
    CHECK(address_of(bytes_of(ip::make_address("::ffff:10.1.2.3"))).to_string() == "10.1.2.3");
    CHECK(address_of(bytes_of(ip::make_address("::1"))).to_string() == "::1");
}

TEST_CASE("what is no network is none") {
    for (const auto* text : {"", "/", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8 ", "10.0.0.0/8x", " ::1",
                             "10.0.0/8", "::/129", "fe80::1%1", "balancer", "10.0.0.0/8/8"}) {
        CAPTURE(text);
        CHECK_FALSE(network::parse(text));
    }
}

TEST_CASE("one of several networks is enough") {
    const auto networks = read_networks({"10.0.0.0/8", "not one", "::1"});
    CHECK(networks.size() == 2);
    CHECK(any_contains(networks, ip::make_address("::1")));
    CHECK(any_contains(networks, ip::make_address("10.1.1.1")));
    CHECK_FALSE(any_contains(networks, ip::make_address("127.0.0.1")));
    CHECK_FALSE(any_contains({}, ip::make_address("127.0.0.1")));
}

TEST_CASE("an address and its port are told apart") {
    CHECK(endpoint_text(ip::make_address("192.0.2.1"), 80) == "192.0.2.1:80");
    CHECK(endpoint_text(ip::make_address("0.0.0.0"), 0) == "0.0.0.0:0");
    CHECK(endpoint_text(ip::make_address("255.255.255.255"), 65535) == "255.255.255.255:65535");
    CHECK(endpoint_text(ip::make_address("2001:db8::1"), 80) == "[2001:db8::1]:80");
}
