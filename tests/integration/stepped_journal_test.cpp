// A whole gateway with its journal on the test's own thread, in time that passes when the test says.
#include "support/stepped_gateway.hpp"
#include "support/temporary_directory.hpp"
#include "support/websocket_frame.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <chrono>
#include <string>
#include <string_view>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;

namespace {

stepped_gateway::configure journal_in_directory(const std::string& path) {
    return [path](config& c) {
        c.journal.enabled = true;
        c.journal.path = path;
        c.security.unknown_charge_points = security_config::unknown_answer::accept;
    };
}

std::string call(std::string_view id, std::string_view action, std::string_view payload) {
    std::string text = "[2,\"";
    text.append(id).append("\",\"").append(action).append("\",").append(payload).append("]");
    return encode_frame(opcode::text, text);
}

constexpr std::string_view boot = R"({"chargePointVendor":"V","chargePointModel":"M"})";
constexpr std::string_view start =
    R"({"connectorId":1,"idTag":"TAG","meterStart":10,"timestamp":"2026-01-02T03:04:00Z"})";

struct conversation {
    explicit conversation(stepped_gateway& g) : gateway(g), charge_point(g.connect()) {
        charge_point.ask_for_upgrade();
        gateway.advance(10ms);
        all += charge_point.heard();
    }
    std::string say(const std::string& frame, std::chrono::milliseconds later) {
        charge_point.say(frame);
        gateway.run();
        gateway.advance(later);
        const auto heard = charge_point.heard();
        all += heard;
        return heard;
    }

    stepped_gateway& gateway;
    memory_client charge_point;
    std::string all;
};

std::string get(stepped_gateway& g, std::string_view target) {
    auto client = g.connect();
    client.say("GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    g.run();
    g.advance(10ms);
    g.advance(1ms);
    return client.heard();
}

}  // namespace

TEST_CASE("A start is answered once the journal's worker has had its step, and known again by the next process",
          "[journal]") {
    temporary_directory directory;
    std::string answer;
    {
        stepped_gateway g(journal_in_directory(directory.path()));
        conversation c(g);
        CHECK_THAT(c.say(call("1", "BootNotification", boot), 1ms), ContainsSubstring("Accepted"));
        CHECK(c.say(call("2", "StartTransaction", start), 0ms).empty());
        answer = c.say({}, 10ms);
        CHECK_THAT(answer, ContainsSubstring(R"([3,"2",)") && ContainsSubstring("transactionId"));
        CHECK_THAT(get(g, "/api/v1/events?type=transaction.started"), ContainsSubstring(R"("idTag":"TAG")"));
    }
    stepped_gateway g(journal_in_directory(directory.path()));
    conversation c(g);
    c.say(call("1", "BootNotification", boot), 1ms);
    CHECK(c.say(call("2", "StartTransaction", start), 10ms) == answer);
}

TEST_CASE("The same seed and the same steps give the same bytes, those of the journal's events too", "[journal]") {
    std::string first;
    for (int i = 0; i < 2; ++i) {
        temporary_directory directory;
        stepped_gateway g(journal_in_directory(directory.path()));
        conversation c(g);
        c.say(call("1", "BootNotification", boot), 1ms);
        c.say(call("2", "StartTransaction", start), 10ms);
        const auto all = c.all + get(g, "/api/v1/events");
        CHECK_THAT(all, ContainsSubstring("transaction.started"));
        if (i == 0) first = all;
        CHECK(all == first);
    }
}
