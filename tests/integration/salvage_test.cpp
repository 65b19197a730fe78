// Transaction messages that are nearly JSON: acknowledged, counted, and what counts of them handed on.
#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/metric.hpp"
#include "support/running_gateway.hpp"
#include "support/v2x.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <future>
#include <string>
#include <string_view>

using namespace voltgate;
using namespace voltgate::test;

namespace {

std::uint64_t counted(running_gateway& gw, std::string_view name) {
    return metric(gw.port(), "gateway_deviations_total{rule=\"" + std::string(name) + "\"}");
}

/// The verdict on the last frame that was received.
std::string last_verdict(running_gateway& gw) {
    const auto history = http_client(gw.port()).get("/api/v1/charge-points/CP-1/messages").json();
    std::string verdict;
    for (const auto& item : at(history, "/items").as_array())
        if (text_at(item, "/direction") == "received") verdict = text_at(item, "/verdict");
    return verdict;
}

}  // namespace

TEST_CASE("A transaction message that is not JSON to its end is answered, counted and deviating", "[salvage]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    const std::string text = GENERATE(
        as<std::string>{},
        "[2,\"x\",\"StartTransaction\",{\"connectorId\":1,\"idTag\":\"AB\x01\x02\",\"meterStart\":7,\"timestamp\":"
        "\"2026-01-02T03:04:05Z\"}]",
        std::string("[2,\"x\",\"StartTransaction\",{\"idTag\":\"AB\0\"}]", 42),
        R"([2,"x","StopTransaction",{"transactionId":,"meterStop":2388,"timestamp":"2026-01-02T03:04:05Z"}])",
        R"([2,"x","StopTransaction",{"transactionId":5,"timestamp":"2026-01-02T03:04:05Z","meterStop":2388)",
        R"([2,"x","StopTransaction",{"transactionId":5,"meterStop":0002388,"timestamp":"2026-01-02T03:04:05Z",}])",
        R"([2,"x","MeterValues",{"connectorId":1,"meterValue":[{"timestamp":"2026-01-02T03:04:05Z","sampledValue":[,{"value":"1"}]}]}])",
        R"([2,"x","MeterValues",{"connectorId":1,"meterValue":[{"timestamp":"2026-01-02T03:04:05Z","sampledValue":[{"val)",
        R"([2,"x","StopTransaction",null)", R"([2,"x","StopTransaction"])", R"([2,"x","StopTransaction",)");
    CAPTURE(text);
    cp.send_text(text);
    CHECK(is_call_result(cp.expect_text(), "x"));
    CHECK(counted(gw, "salvaged_message") == 1);
    CHECK(counted(gw, "invalid_json") == 1);
    CHECK(last_verdict(gw) == "deviating");
    cp.heartbeat();
}

TEST_CASE("A transaction message with a name twice is salvaged, though it is JSON", "[salvage]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    cp.send_text(
        R"([2,"x","StopTransaction",{"transactionId":5,"meterStop":1,"meterStop":2,"timestamp":"2026-01-02T03:04:05Z"}])");
    CHECK(is_call_result(cp.expect_text(), "x"));
    CHECK(counted(gw, "salvaged_message") == 1);
    CHECK(counted(gw, "invalid_json") == 0);
    CHECK(last_verdict(gw) == "deviating");
}

TEST_CASE("A transaction event that is cut off is answered, and a PIN in it is not shown", "[salvage]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1", speaking(ocpp::version::v201));
    cp.send_text(R"([2,"x","TransactionEvent",{"eventType":"Started","timestamp":"2026-01-02T03:04:05Z",)"
                 R"("triggerReason":"Authorized","seqNo":0,"transactionInfo":{"transactionId":"T"},)"
                 R"("idToken":{"idToken":"739146","type":"KeyC)");
    CHECK(is_call_result(cp.expect_text(), "x"));
    CHECK(counted(gw, "salvaged_message") == 1);
    CHECK(last_verdict(gw) == "deviating");
    const auto messages = http_client(gw.port()).get("/api/v1/charge-points/CP-1/messages").body;
    CHECK(messages.find("739146") == std::string::npos);
}

TEST_CASE("What is whole after its repairs lacks nothing", "[salvage]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    cp.send_text(R"([2,"x","StopTransaction",{"transactionId":5,"meterStop":1,"timestamp":"2026-01-02T03:04:05Z",}])");
    CHECK(is_call_result(cp.expect_text(), "x"));
    CHECK(counted(gw, "salvaged_message") == 1);
    CHECK(counted(gw, "unusable_transaction_message") == 0);
}

TEST_CASE("A handler is given what was salvaged", "[salvage]") {
    std::promise<std::string> seen;
    running_gateway gw({}, [&seen](gateway& g) {
        g.on_call("StopTransaction", [&seen](call_context call) -> asio::awaitable<call_answer> {
            seen.set_value(call.payload);
            co_return call_answer();
        });
    });
    auto cp = gw.connect("CP-1");
    cp.send_text(R"([2,"x","StopTransaction",{"transactionId":5, "timestamp":"2026-01-02T03:04:05Z","meterStop":23)");
    CHECK(is_call_result(cp.expect_text(), "x"));
    CHECK(seen.get_future().get() == R"({"transactionId":5,"timestamp":"2026-01-02T03:04:05Z"})");
}

TEST_CASE("Salvaging is refused where that is strict, and other actions are never salvaged", "[salvage]") {
    running_gateway gw([](config& c) { c.conformance.rules[rule::salvaged_message] = level::strict; });
    auto cp = gw.connect("CP-1");
    cp.send_text(R"([2,"x","StopTransaction",{"transactionId":5,"meterStop":1,"timestamp":"2026-01-02T03:04:05Z",}])");
    CHECK(is_call_error(cp.expect_text(), "x", "FormationViolation"));
    CHECK(counted(gw, "salvaged_message") == 1);
    CHECK(last_verdict(gw) == "refused");
    cp.send_text(R"([2,"y","Authorize",{"idTag":"A",}])");
    CHECK(is_call_error(cp.expect_text(), "y", "FormationViolation"));
    CHECK(counted(gw, "salvaged_message") == 1);
}

TEST_CASE("A broken transaction message that comes again is answered alike", "[salvage]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    std::string answers[2];
    for (auto& answer : answers) {
        cp.send_text(R"([2,"x","StartTransaction",{"connectorId":1,"idTag":"A","meterStart":7,)");
        answer = cp.expect_text();
    }
    CHECK(is_call_result(answers[0], "x"));
    CHECK(answers[0] == answers[1]);
    CHECK(counted(gw, "reused_message_id") == 1);
}
