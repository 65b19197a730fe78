// The machine's clock jumps: nothing is removed by age until it has settled or somebody confirms it.
#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "runtime/core.hpp"
#include "support/http_client.hpp"
#include "support/manual_clock.hpp"
#include "support/metric.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <atomic>
#include <memory>
#include <string>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::StartsWith;

namespace {

constexpr auto hundred_days = std::chrono::hours(2400);
constexpr const char* confirm = "/api/v1/clock/confirm";

/// A gateway that keeps everything for 30 days, on a clock of the test's, which may be restarted.
struct fixture {
    temporary_directory directory;
    std::shared_ptr<manual_clock> clock = std::make_shared<manual_clock>();
    std::atomic<int> warnings = 0;
    std::unique_ptr<running_gateway> gw;

    fixture() { start(); }

    void start() {
        const auto keep = [](config& c) {
            c.journal.keep_events = std::chrono::hours(24 * 30);
            c.journal.keep_transactions = std::chrono::hours(24 * 30);
            c.journal.keep_outcomes = std::chrono::hours(24 * 30);
        };
        const auto listen = [this](gateway& g) {
            log_config c;
            c.events = false;
            core_of(g).set_log(std::make_unique<voltgate::log>(
                c, this_machine().clock(), [this](log_config::severity s, std::string_view line) {
                    if (s == log_config::severity::warning && line.find("clock has jumped") != std::string_view::npos)
                        ++warnings;
                }));
        };
        gw = std::make_unique<running_gateway>(journal_in(directory.path(), keep), listen, clock);
    }
    void restart() {
        gw.reset();
        start();
    }

    void charge_once(const std::string& id = "CP-1") const {
        auto cp = gw->connect(id);
        cp.stop_transaction(cp.start_transaction());
        static_cast<void>(gw->command(id, "NoSuchAction"));
    }
    [[nodiscard]] json::value get(std::string_view target) const { return http_client(gw->port()).get(target).json(); }
    [[nodiscard]] std::size_t count(std::string_view target) const {
        return at(get(target), "/items").as_array().size();
    }
    [[nodiscard]] std::int64_t first_event() const {
        return number_at(get("/api/v1/events?limit=1"), "/items/0/sequence");
    }
    [[nodiscard]] unsigned post_confirm() const {
        return static_cast<unsigned>(http_client(gw->port()).post(confirm, json::object()).status);
    }
    [[nodiscard]] std::uint64_t jumps() const { return metric(gw->port(), "gateway_clock_jumps_total"); }
    [[nodiscard]] bool held() const { return metric(gw->port(), "gateway_journal_ageing_held") == 1; }
    void expect_jumps(std::uint64_t n) const {
        eventually([&] { return jumps() == n; }, "the jump of the clock is counted");
    }
    /// After it a round of housekeeping that was under way is over.
    void expect_one_more_jump() const {
        const auto before = jumps();
        clock->step_utc(2h);
        expect_jumps(before + 1);
    }
    void expect_everything_kept() const {
        CHECK(first_event() == 1);
        CHECK(count("/api/v1/transactions") == 1);
        CHECK(count("/api/v1/commands") == 1);
    }
    void expect_ageing() const {
        eventually([this] { return !held(); }, "ageing goes on");
        CHECK(text_at(get("/health"), "/status") == "healthy");
        CHECK(text_at(get("/health"), "/components/clock") == "ok");
        gw->connect("CP-LATER").boot();  // the newest events stay, whatever their age
        eventually([this] { return first_event() > 1; }, "old events are removed");
        eventually([this] { return count("/api/v1/transactions") == 0; }, "old transactions are removed");
        eventually([this] { return count("/api/v1/commands") == 0; }, "old outcomes are removed");
    }
};

}  // namespace

TEST_CASE_METHOD(fixture, "A clock that jumps ahead removes nothing until it is confirmed", "[clock]") {
    charge_once();
    CHECK(post_confirm() == 409);
    CHECK(text_at(get("/health"), "/components/clock") == "ok");
    clock->step_utc(hundred_days);
    expect_jumps(1);
    CHECK(held());
    const auto health = http_client(gw->port()).get("/health");
    CHECK(health.status == 200);
    CHECK(text_at(health.json(), "/status") == "degraded");
    CHECK_THAT(text_at(health.json(), "/components/clock"),
               StartsWith("jumped by +2400.0 h") && ContainsSubstring(confirm));
    CHECK(http_client(gw->port()).get("/health/ready").status == 200);
    CHECK(warnings == 1);
    expect_one_more_jump();
    expect_everything_kept();
    CHECK(warnings == 2);
    CHECK(post_confirm() == 204);
    CHECK(post_confirm() == 409);
    expect_ageing();
    CHECK(jumps() == 2);
}

TEST_CASE_METHOD(fixture, "After a day without another jump what is old is removed by the new clock", "[clock]") {
    charge_once();
    clock->step_utc(hundred_days);
    expect_jumps(1);
    clock->advance(23h);
    expect_one_more_jump();
    clock->advance(23h);
    CHECK(held());
    expect_everything_kept();
    clock->advance(1h);
    expect_ageing();
}

TEST_CASE_METHOD(fixture, "A clock that jumps back holds ageing too", "[clock]") {
    charge_once();
    clock->step_utc(-hundred_days);
    expect_jumps(1);
    CHECK(held());
    CHECK_THAT(text_at(get("/health"), "/components/clock"), StartsWith("jumped by -2400.0 h"));
}

TEST_CASE_METHOD(fixture, "A process that begins on a clock far ahead removes nothing either", "[clock]") {
    charge_once();
    clock->step_utc(hundred_days);
    restart();
    CHECK(held());
    CHECK(jumps() == 1);
    CHECK(warnings == 1);
    CHECK(text_at(get("/health"), "/status") == "degraded");
    expect_one_more_jump();
    expect_everything_kept();
    // What is stored meanwhile bears the new time, and makes it no better.
    gw->connect("CP-2").boot();
    restart();
    CHECK(held());
    expect_one_more_jump();
    expect_everything_kept();
    CHECK(post_confirm() == 204);
    expect_ageing();
    restart();
    CHECK_FALSE(held());
    CHECK(jumps() == 0);
}

TEST_CASE_METHOD(fixture, "A process that begins within a day, or in a new journal, ages as ever", "[clock]") {
    CHECK_FALSE(held());
    charge_once();
    clock->advance(23h);
    restart();
    CHECK_FALSE(held());
    CHECK(text_at(get("/health"), "/status") == "healthy");
}

TEST_CASE_METHOD(fixture, "What is no confirmation is refused", "[clock]") {
    http_client http(gw->port());
    CHECK(http.post_text(confirm, "").status == 400);
    CHECK(http.post_text(confirm, "[]").status == 400);
    CHECK(http.post_text(confirm, R"({"a":1})").status == 400);
    CHECK(http.post_text(std::string(confirm) + "?a=1", "{}").status == 400);
    CHECK(http.get(confirm).status == 405);
    running_gateway without_journal;
    CHECK(http_client(without_journal.port()).post(confirm, json::object()).status == 501);
    CHECK(text_at(http_client(without_journal.port()).get("/health").json(), "/components/clock") == "ok");
}
