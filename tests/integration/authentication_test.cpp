// Charge points authenticate: what lets them in, what they are told otherwise, and who takes over from whom.
#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "security/credentials.hpp"
#include "support/basic_auth.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

const std::string password = "correct-Horse-battery-9";

charge_point_config entry_for(const std::string& pattern) {
    charge_point_config entry;
    entry.pattern = pattern;
    entry.password = hash_password(password, this_machine().random());
    return entry;
}

void on_profile_1(config& c) {
    c.server.security_profile = 1;
    c.security.failure_delay = 1ms;
    c.charge_points = {entry_for("CP-1")};
}

http_response refused(running_gateway& gw, const std::string& id, const connect_options& options = {}) {
    const auto tried = try_connect(gw.port(), "/ocpp/" + id, options);
    CHECK_FALSE(tried.upgraded());
    return tried.response;
}

double failures(running_gateway& gw, std::string_view reason) {
    const auto text = http_client(gw.port()).get("/metrics").body;
    const auto line = "\ngateway_authentication_failures_total{reason=\"" + std::string(reason) + "\"} ";
    const auto at = text.find(line);
    REQUIRE(at != std::string::npos);
    return std::stod(text.substr(at + line.size()));
}

}  // namespace

TEST_CASE("On profile 1 a charge point needs its password", "[authentication]") {
    running_gateway gw(on_profile_1);
    auto cp = gw.connect("CP-1", with_password("CP-1", password));
    cp.boot();
    const auto none = refused(gw, "CP-1");
    CHECK(none.status == 401);
    CHECK(none.header("WWW-Authenticate").starts_with("Basic realm="));
    CHECK(none.header("Content-Type") == "application/problem+json");
    const auto wrong = refused(gw, "CP-1", with_password("CP-1", "another"));
    CHECK(wrong.status == 401);
    CHECK(refused(gw, "CP-1", with_password("CP-2", password)).status == 401);
    connect_options garbage;
    garbage.headers = {{"Authorization", "Basic !!"}};
    CHECK(refused(gw, "CP-1", garbage).status == 401);
    connect_options twice = with_password("CP-1", password);
    twice.headers.push_back(twice.headers.front());
    CHECK(refused(gw, "CP-1", twice).status == 401);
    // Which identities there are cannot be found out.
    const auto unknown = refused(gw, "CP-9", with_password("CP-9", password));
    CHECK(unknown.status == 401);
    CHECK(unknown.body == wrong.body);
    CHECK(failures(gw, "missing") == 1);
    CHECK(failures(gw, "wrong_password") == 1);
    CHECK(failures(gw, "wrong_user") == 1);
    CHECK(failures(gw, "malformed") == 2);
    CHECK(failures(gw, "unknown_charge_point") == 1);
    cp.heartbeat();  // the real one was not disturbed
}

TEST_CASE("A password is right in any form that chargers send", "[authentication]") {
    const std::string key("\x01\x00\xff:\x80\n\x7f\x11\x22\x33\x44\x55\x66\x77\x88\x99\xaa\xbb\xcc\xdd", 20);
    running_gateway gw([](config& c) {
        on_profile_1(c);
        c.charge_points.front().pattern = "RDAM:*";
        c.charge_points.front().password =
            hash_password("0100ff3a800a7f112233445566778899aabbccdd", this_machine().random());
    });
    for (const auto& sent : {key, std::string("0100ff3a800a7f112233445566778899aabbccdd"),
                             std::string("0100FF3A800A7F112233445566778899AABBCCDD")}) {
        auto cp = gw.connect("RDAM:1", with_password("rdam:1", sent));
        cp.close();
    }
    CHECK(refused(gw, "RDAM%3A1", with_password("RDAM:1", key.substr(1))).status == 401);
}

TEST_CASE("Unknown charge points may be let in, which is counted", "[authentication]") {
    running_gateway gw([](config& c) {
        on_profile_1(c);
        c.security.unknown_charge_points = security_config::unknown_answer::accept;
    });
    auto cp = gw.connect("CP-9");
    CHECK(refused(gw, "CP-1").status == 401);
    const auto text = http_client(gw.port()).get("/metrics").body;
    CHECK(text.find("\ngateway_unauthenticated_connections_total 1\n") != std::string::npos);
}

TEST_CASE("Nobody connects with a lower profile than he has to", "[authentication]") {
    running_gateway gw([](config& c) {
        on_profile_1(c);
        c.charge_points.front().security_profile = std::uint8_t{2};
    });
    const auto r = refused(gw, "CP-1", with_password("CP-1", password));
    CHECK(r.status == 403);
    CHECK(failures(gw, "profile_too_low") == 1);
}

TEST_CASE("The profile that a charge point was seen with stays the least, over restarts", "[authentication]") {
    const temporary_directory directory;
    {
        running_gateway gw(journal_in(directory.path(), on_profile_1));
        auto cp = gw.connect("CP-1", with_password("CP-1", password));
        cp.close();
        gw.expect_disconnect("CP-1");
    }
    running_gateway gw(journal_in(directory.path(), [](config& c) {
        on_profile_1(c);
        c.server.security_profile = 0;
    }));
    CHECK(refused(gw, "CP-1", with_password("CP-1", password)).status == 403);
    auto other = gw.connect("CP-2");
    // An administrator may allow it.
    http_client http(gw.port());
    CHECK(http.del("/api/v1/charge-points/CP-1/credentials").status == 204);
    auto cp = gw.connect("CP-1", with_password("CP-1", password));
    cp.heartbeat();
}

TEST_CASE("Without a password nobody takes over from one who has it", "[authentication]") {
    running_gateway gw([](config& c) {
        on_profile_1(c);
        c.server.security_profile = 0;
        c.limits.takeovers = 1000;
    });
    auto first = gw.connect("CP-1", with_password("CP-1", password));
    CHECK(refused(gw, "CP-1").status == 401);
    CHECK(refused(gw, "CP-1", with_password("CP-1", "wrong")).status == 401);
    first.heartbeat();
    auto second = gw.connect("CP-1", with_password("CP-1", password));
    CHECK(first.expect_close() == 1008);
    // Taken from the stored ones, it is still connected as one who had it.
    http_client http(gw.port());
    CHECK(http.put("/api/v1/charge-points/CP-3/credentials", {{"password", password}}).status == 201);
    auto third = gw.connect("CP-3", with_password("CP-3", password));
    CHECK(http.del("/api/v1/charge-points/CP-3/credentials").status == 204);
    CHECK(refused(gw, "CP-3").status == 403);
    CHECK(failures(gw, "weaker_than_live") == 1);
    third.heartbeat();
}

// ------------------------------------------------------------------------------------- the host program's
// authenticator

TEST_CASE("A host program decides who charge points are", "[authentication]") {
    std::atomic<int> asked = 0;
    const auto decide = [&asked](authentication_request r) -> asio::awaitable<authentication_answer> {
        ++asked;
        CHECK(r.security_profile == 1);
        CHECK_FALSE(r.certificate);
        CHECK(r.remote_address.starts_with("127.0.0.1:"));
        if (r.charge_point_id == "CP-1") co_return authentication_answer();
        if (r.password == "from the host") co_return authentication_answer::accept();
        if (r.charge_point_id == "CP-BAD") throw std::runtime_error("no database");
        co_return authentication_answer::refuse("not in the database");
    };
    running_gateway gw(on_profile_1, [&](gateway& g) { g.set_authenticator(decide); });
    auto by_default = gw.connect("CP-1", with_password("CP-1", password));
    CHECK(refused(gw, "CP-1").status == 401);
    auto by_host = gw.connect("CP-7", with_password("CP-7", "from the host"));
    CHECK(refused(gw, "CP-7").status == 401);
    CHECK(refused(gw, "CP-7", with_password("CP-8", "from the host")).status == 401);
    const auto failed = refused(gw, "CP-BAD");
    CHECK(failed.status == 503);
    CHECK(failed.has_header("Retry-After"));
    CHECK(asked == 6);
    CHECK(failures(gw, "refused_by_host") == 2);
    CHECK(failures(gw, "authenticator_failed") == 1);
    by_host.heartbeat();
    by_default.heartbeat();
}

TEST_CASE("An authenticator that takes too long is given up", "[authentication]") {
    const auto cancelled = std::make_shared<std::atomic<bool>>(false);
    const auto decide = [cancelled](authentication_request) -> asio::awaitable<authentication_answer> {
        asio::steady_timer never(co_await asio::this_coro::executor, std::chrono::hours(1));
        try {
            co_await never.async_wait(asio::use_awaitable);
        } catch (const boost::system::system_error&) {
            *cancelled = true;
            throw;
        }
        co_return authentication_answer::accept();
    };
    running_gateway gw(
        [](config& c) {
            on_profile_1(c);
            c.security.authenticator_timeout = 20ms;
        },
        [&](gateway& g) { g.set_authenticator(decide); });
    CHECK(refused(gw, "CP-1", with_password("CP-1", password)).status == 503);
    gw.stop();
    CHECK(*cancelled);
}
