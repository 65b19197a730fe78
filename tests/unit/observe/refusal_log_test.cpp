#include "observe/refusal_log.hpp"

#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "observe/log.hpp"

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace voltgate;
using namespace std::chrono_literals;
using severity = log_config::severity;

struct fixture {
    fixture()
        : log(config, this_machine().clock(),
              [this](severity s, std::string_view line) { lines.emplace_back(s, line); }) {}

    void add(refusal r) {
        refusals.add(std::move(r), std::chrono::system_clock::time_point(wall), refusal_log::steady_time(steady), log);
    }
    void add(refusal_reason why, const std::string& remote, const std::string& id = {}) {
        refusal r;
        r.reason = why;
        r.remote_address = remote;
        r.charge_point_id = id;
        add(std::move(r));
    }
    [[nodiscard]] refusal_log::page read(std::string_view id = {}, std::size_t limit = 1000,
                                         std::uint64_t before = 0) const {
        refusal_log::query q;
        q.charge_point_id = id;
        q.limit = limit;
        q.before = before;
        return refusals.read(q);
    }

    log_config config;
    std::vector<std::pair<severity, std::string>> lines;
    voltgate::log log;
    refusal_log refusals;
    std::chrono::seconds wall{1'800'000'000}, steady{1000};
};

}  // namespace

TEST_CASE_METHOD(fixture, "The same again is one entry that moves to the front", "[refusals]") {
    add(refusal_reason::credentials, "192.0.2.1:1", "CP-1");
    add(refusal_reason::credentials, "192.0.2.2:1", "CP-2");
    wall += 60s;
    add(refusal_reason::credentials, "192.0.2.1:2", "cp-1");
    const auto page = read();
    REQUIRE(page.items.size() == 2);
    CHECK(page.items[0].what.remote_address == "192.0.2.1:2");
    CHECK(page.items[0].count == 2);
    CHECK(page.items[0].last - page.items[0].first == 60s);
    CHECK(page.items[1].count == 1);
    CHECK(refusals.counts()[static_cast<std::size_t>(refusal_reason::credentials)] == 3);
}

TEST_CASE_METHOD(fixture, "Another reason, address or charge point is another entry", "[refusals]") {
    add(refusal_reason::credentials, "[2001:db8::1]:1", "CP-1");
    add(refusal_reason::path, "[2001:db8::1]:1", "CP-1");
    add(refusal_reason::credentials, "[2001:db8::2]:1", "CP-1");
    add(refusal_reason::credentials, "[2001:db8::1]:1", "CP-2");
    add(refusal_reason::credentials, "[2001:db8::1]:9", "CP-1");
    CHECK(read().items.size() == 4);
    CHECK(read("cp-1").items.size() == 3);
}

TEST_CASE_METHOD(fixture, "No more than a thousand are kept, the latest", "[refusals]") {
    for (int i = 0; i < 5000; ++i) add(refusal_reason::path, "192.0.2.1:1", "CP-" + std::to_string(i));
    const auto page = read();
    REQUIRE(page.items.size() == refusal_log::most_kept);
    CHECK(page.items.front().what.charge_point_id == "CP-4999");
    CHECK(page.items.back().what.charge_point_id == "CP-4000");
    CHECK(read("CP-0").items.empty());
}

TEST_CASE_METHOD(fixture, "Pages follow each other, and end", "[refusals]") {
    for (int i = 0; i < 5; ++i) add(refusal_reason::path, "192.0.2.1:1", "CP-" + std::to_string(i));
    const auto first = read({}, 2), second = read({}, 2, first.next), third = read({}, 2, second.next);
    CHECK(first.items[0].what.charge_point_id == "CP-4");
    CHECK(second.items[0].what.charge_point_id == "CP-2");
    REQUIRE(third.items.size() == 1);
    CHECK(third.next == 0);
}

TEST_CASE_METHOD(fixture, "What others wrote is cut and made UTF-8", "[refusals]") {
    refusal r;
    r.remote_address = "192.0.2.1:1";
    r.path = "/" + std::string(10'000, 'x');
    r.subprotocols = "ocpp\xFF\n";
    add(std::move(r));
    const auto page = read();
    CHECK(page.items[0].what.path.size() < 300);
    CHECK(page.items[0].what.subprotocols == "ocpp\xEF\xBF\xBD\n");
    CHECK(lines.at(0).second.find('\n') == std::string::npos);
}

TEST_CASE_METHOD(fixture, "Ten thousand refusals a second are some lines and a number", "[refusals]") {
    for (int second = 0; second < 3; ++second, steady += 1s)
        for (int i = 0; i < 10'000; ++i) add(refusal_reason::tls_handshake, "192.0.2.1:1");
    CHECK(lines.size() == 22);
    refusals.tell_unlogged(refusal_log::steady_time(steady), log);
    refusals.tell_unlogged(refusal_log::steady_time(steady + 1s), log);
    REQUIRE(lines.size() == 23);
    CHECK(lines.back().second.find("count=29978") != std::string::npos);
    refusals.tell_unlogged(refusal_log::steady_time(steady + 20s), log);
    CHECK(lines.size() == 23);
}

TEST_CASE_METHOD(fixture, "A reason that floods the log leaves the lines of the others", "[refusals]") {
    for (int i = 0; i < 100; ++i) add(refusal_reason::tls_handshake, "192.0.2.1:1");
    add(refusal_reason::subprotocol, "192.0.2.2:1", "CP-1");
    CHECK(lines.back().first == severity::warning);
    CHECK(lines.back().second.find("reason=subprotocol") != std::string::npos);
}

TEST_CASE_METHOD(fixture, "At level debug every one is told", "[refusals]") {
    log.set_level(severity::debug);
    for (int i = 0; i < 100; ++i) add(refusal_reason::path, "192.0.2.1:1");
    CHECK(lines.size() == 100);
}
