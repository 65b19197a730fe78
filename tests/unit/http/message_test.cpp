// Targets, percent-encoding, problems and times as the routes see them.
#include "http/message.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace voltgate::http;

namespace {

using pairs = std::vector<std::pair<std::string, std::string>>;
using segments = std::vector<std::string>;

request target(std::string_view text) {
    request r;
    REQUIRE(read_target(text, r));
    return r;
}

}  // namespace

TEST_CASE("Percent-encoding is undone once") {
    CHECK(percent_decode("CP-1") == "CP-1");
    CHECK(percent_decode("a%20b%2Fc%2fd") == "a b/c/d");
    CHECK(percent_decode("%2541") == "%41");
    CHECK(percent_decode("%C3%A4") == "\xC3\xA4");
    CHECK(percent_decode("a%00b") == std::string("a\0b", 3));
    CHECK(percent_decode("") == "");
    CHECK(percent_decode("a+b") == "a+b");
    CHECK(percent_decode("a+b%2B", true) == "a b+");
}

TEST_CASE("A % without two hexadecimal digits cannot be decoded") {
    for (const auto* text : {"%", "a%", "%4", "%4g", "%g4", "%%41", "a%2"}) {
        CAPTURE(text);
        CHECK_FALSE(percent_decode(text));
    }
}

TEST_CASE("A target is split into segments and query") {
    CHECK(target("/").path == segments{""});
    CHECK(target("/a/b").path == segments{"a", "b"});
    CHECK(target("/a/b/").path == segments{"a", "b", ""});
    CHECK(target("/a//b").path == segments{"a", "", "b"});
    CHECK(target("/a%2Fb/%20").path == segments{"a/b", " "});
    CHECK(target("/a").query.empty());
    CHECK(target("/a?").query.empty());
    CHECK(target("/a?x=1&y=a+b&z").query == pairs{{"x", "1"}, {"y", "a b"}, {"z", ""}});
    CHECK(target("/a?x=1&&x=2=3").query == pairs{{"x", "1"}, {"x", "2=3"}});
    CHECK(target("/a?%78=%3D/?").query == pairs{{"x", "=/?"}});
    request r;
    CHECK_FALSE(read_target("/a%", r));
    CHECK_FALSE(read_target("/a?x=%zz", r));
    CHECK_FALSE(read_target("/a?%=1", r));
    CHECK(target("/%c3%a9?%C3%A9=%e2%82%ac").query == pairs{{"\xC3\xA9", "\xE2\x82\xAC"}});
    for (const auto* not_utf8 : {"/%ff", "/a?%ff=1", "/a?x=%c3", "/a?x=%ed%a0%80"})
        CHECK_FALSE(read_target(not_utf8, r));
}

TEST_CASE("The first of several values of a name counts") {
    const auto r = target("/a?x=1&x=2");
    CHECK(r.query_value("x") == "1");
    CHECK_FALSE(r.query_value("X"));
}

TEST_CASE("A problem says what is wrong in the words of its status") {
    const auto r = problem(404, "no \"such\" resource");
    CHECK(r.status == 404);
    CHECK(r.content_type == "application/problem+json");
    const auto body = boost::json::parse(r.body);
    CHECK(body.at("type") == "urn:voltgate:problem:not-found");
    CHECK(body.at("title") == "There is no such thing");
    CHECK(body.at("status") == 404);
    CHECK(body.at("detail") == "no \"such\" resource");
    CHECK(reason_phrase(799) == "Unknown");
    const auto of_a_kind = problem(problem_kind::command_done, "x");
    CHECK(of_a_kind.status == 409);
    CHECK(boost::json::parse(of_a_kind.body).at("type") == "urn:voltgate:problem:command-done");
    CHECK(boost::json::parse(problem(418, "x").body).at("status") == 418);
}

TEST_CASE("Times are shown in UTC with milliseconds") {
    constexpr std::chrono::system_clock::time_point night(std::chrono::seconds(1'767'323'045));
    CHECK(timestamp(night + std::chrono::milliseconds(67)) == "2026-01-02T03:04:05.067Z");
    CHECK(timestamp(night + std::chrono::microseconds(999)) == "2026-01-02T03:04:05.000Z");
}

TEST_CASE("A target may have its scheme and host before it") {
    CHECK(origin_form("/a?x=1") == "/a?x=1");
    CHECK(origin_form("http://host:8080/a?x=1") == "/a?x=1");
    CHECK(origin_form("HTTPS://host/a://b") == "/a://b");
    CHECK(origin_form("http://host") == "/");
    CHECK(origin_form("http://host?x=1") == "?x=1");
    CHECK(origin_form("http://user@[::1]:80/a") == "/a");
    for (const auto* hostless :
         {"http://", "http:///a", "https:///a", "http://?x=1", "http://:80/a", "http://user@/a"}) {
        CAPTURE(hostless);
        CHECK(origin_form(hostless) == hostless);
        request r;
        CHECK_FALSE(read_target(origin_form(hostless), r));
    }
    CHECK(origin_form("ftp://host/a") == "ftp://host/a");
    CHECK(origin_form("/a://b") == "/a://b");
    request r;
    CHECK_FALSE(read_target("ftp://host/a", r));
    CHECK_FALSE(read_target("xhealth", r));
    CHECK_FALSE(read_target("", r));
}

TEST_CASE("A date is said as HTTP says it") {
    const auto at = [](std::int64_t seconds) {
        return http_date(std::chrono::system_clock::time_point(std::chrono::seconds(seconds)));
    };
    CHECK(at(784'111'777) == "Sun, 06 Nov 1994 08:49:37 GMT");
    CHECK(at(1'709'251'199) == "Thu, 29 Feb 2024 23:59:59 GMT");
}

TEST_CASE("Each kind of problem stands in its place, with a name of its own and a status that has a phrase") {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < problem_table.size(); ++i) {
        const auto& facts = problem_table[i];
        CAPTURE(facts.name);
        CHECK(static_cast<std::size_t>(facts.kind) == i);
        CHECK(names.insert(facts.name).second);
        CHECK(reason_phrase(facts.status) != "Unknown");
        CHECK(facts_of(kind_of(facts.status)).status == facts.status);
    }
}
