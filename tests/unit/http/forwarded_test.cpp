#include "http/forwarded.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace voltgate;
using namespace voltgate::http;

namespace {

const std::vector<network> proxies = read_networks({"10.0.0.0/8", "fd00::/8"});

std::string text_of(const forwarded_client& c) {
    std::string text = c.address ? endpoint_text(*c.address, c.port) : "none";
    return text + (c.through_tls ? " tls" : "");
}

std::string listed(std::string_view addresses, std::string_view schemes = "https") {
    return text_of(read_x_forwarded(addresses, schemes, proxies));
}

std::string told(std::string_view elements) { return text_of(read_forwarded(elements, proxies)); }

}  // namespace

TEST_CASE("Of X-Forwarded-For the rightmost address counts that is no proxy's", "[forwarded]") {
    CHECK(listed("192.0.2.7") == "192.0.2.7:0 tls");
    CHECK(listed("198.51.100.1, 192.0.2.7") == "192.0.2.7:0 tls");
    CHECK(listed("198.51.100.1,192.0.2.7 , 10.0.0.2,10.0.0.3") == "192.0.2.7:0 tls");
    CHECK(listed("10.0.0.9, 10.0.0.2") == "10.0.0.9:0 tls");
    CHECK(listed("2001:db8::7, fd00::1") == "[2001:db8::7]:0 tls");
    CHECK(listed("192.0.2.7:50000") == "192.0.2.7:50000 tls");
    CHECK(listed("[2001:db8::7]:50000") == "[2001:db8::7]:50000 tls");
    CHECK(listed("[2001:db8::7]") == "[2001:db8::7]:0 tls");
    CHECK(listed("::ffff:192.0.2.7") == "192.0.2.7:0 tls");
}

TEST_CASE("What cannot be read hides what stands left of it", "[forwarded]") {
    for (const auto* text : {"", "unknown", "192.0.2.7, ", "192.0.2.7, x", "192.0.2.7, 1.2.3.4:x", "[2001:db8::7",
                             "192.0.2.7, 192.0.2.8.", "fe80::1%eth0", "1.2.3.4:70000"}) {
        CAPTURE(text);
        CHECK(listed(text, "") == "none");
    }
    CHECK(listed("192.0.2.7, unknown, 10.0.0.2", "") == "10.0.0.2:0");
    CHECK(listed("192.0.2.7, " + std::string(5000, '1')) == "none tls");
}

TEST_CASE("X-Forwarded-Proto vouches for TLS when all of it does", "[forwarded]") {
    for (const auto* text : {"https", "HTTPS", "wss", "https, https"})
        CHECK(listed("192.0.2.7", text).ends_with("tls"));
    for (const auto* text : {"", "http", "https, http", "http, https", "https,", "httpsx"})
        CHECK_FALSE(listed("192.0.2.7", text).ends_with("tls"));
}

TEST_CASE("Of Forwarded the rightmost element counts that is no proxy's, with its own proto", "[forwarded]") {
    CHECK(told("for=192.0.2.7;proto=https") == "192.0.2.7:0 tls");
    CHECK(told("For=\"192.0.2.7:50000\" ; Proto=\"https\";by=10.0.0.1") == "192.0.2.7:50000 tls");
    CHECK(told("for=\"[2001:db8::7]:1\";proto=wss") == "[2001:db8::7]:1 tls");
    CHECK(told("for=192.0.2.7;proto=http, for=10.0.0.2;proto=https") == "192.0.2.7:0");
    CHECK(told("for=198.51.100.1;proto=https, for=192.0.2.7;proto=http") == "192.0.2.7:0");
    CHECK(told("for=192.0.2.7;host=a.example") == "192.0.2.7:0");
}

TEST_CASE("A Forwarded header that lies or cannot be read names nobody", "[forwarded]") {
    for (const auto* text :
         {"", "for=unknown;proto=https", "for=_hidden;proto=https", "for=192.0.2.7;for=192.0.2.8;proto=https",
          "proto=https", "192.0.2.7", "for=;proto=https", "for=\"192.0.2.7;proto=https"}) {
        CAPTURE(text);
        CHECK(told(text) == "none");
    }
    // A quote that a client leaves open hides nothing that the balancer puts behind it.
    CHECK(told("for=\"198.51.100.1, for=192.0.2.7;proto=http") == "192.0.2.7:0");
}

TEST_CASE("What a client makes a balancer quote in Forwarded separates nothing", "[forwarded]") {
    CHECK(told(R"(for=192.0.2.7;proto=http;host="a,for=198.51.100.1;proto=https;x=")") == "192.0.2.7:0");
    CHECK(told(R"(proto=http;host="a,proto=https;b=";for=192.0.2.7)") == "192.0.2.7:0");
    CHECK(told(R"(for=192.0.2.7;host="a;proto=https;b")") == "192.0.2.7:0");
    CHECK(told(R"(for=192.0.2.7;proto=https;host="a\",for=198.51.100.1;b")") == "192.0.2.7:0 tls");
}

TEST_CASE("A hop between balancers vouches for no client that nobody knows", "[forwarded]") {
    CHECK(told("for=unknown;proto=http, for=10.0.0.2;proto=https") == "10.0.0.2:0");
    CHECK(told("for=_hidden, for=10.0.0.2;proto=https") == "10.0.0.2:0");
}
