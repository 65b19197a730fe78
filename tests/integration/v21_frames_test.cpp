// What only 2.1 has: CALLRESULTERROR in both directions. (SEND: v2x_answers_test.cpp.)
#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/v2x.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace voltgate;
using namespace voltgate::test;

TEST_CASE("An unusable CALLRESULT of 2.1 is answered with CALLRESULTERROR and ends its command", "[v2x]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1", speaking(ocpp::version::v21));
    auto command = gw.send("CP-1", "ClearCache");
    const auto call = cp.expect_call("ClearCache");
    call.answer({});  // its status is missing
    const auto told = parse_json(cp.expect_text()).as_array();
    REQUIRE(told.size() == 5);
    CHECK(told.at(0) == 5);
    CHECK(told.at(1).as_string() == call.id);
    CHECK(told.at(2) == "OccurrenceConstraintViolation");
    const auto result = command.get();
    CHECK(result.outcome == outcome::unknown);
    CHECK(result.reason == reason::invalid_answer);
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("An unusable CALLRESULT of 2.0.1 is answered with nothing", "[v2x]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1", speaking(ocpp::version::v201));
    auto command = gw.send("CP-1", "ClearCache");
    cp.expect_call("ClearCache").answer({});
    CHECK(command.get().reason == reason::invalid_answer);
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("A CALLRESULTERROR is understood, counted and shown", "[v2x]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1", speaking(ocpp::version::v21));
    const auto id = cp.send_call("Heartbeat", {});
    cp.expect_result(id);
    cp.send_text(R"([5,")" + id + R"(","FormatViolation","no time in it",{}])");
    cp.send_text(R"([5,"of nothing","FormatViolation",""])");  // incomplete: answers are never answered
    cp.expect_silence_until_heartbeat();
    http_client http(gw.port());
    CHECK(http.get("/metrics").body.find(R"(direction="received",code="FormatViolation")") != std::string::npos);
    const auto messages = http.get("/api/v1/charge-points/CP-1/messages").body;
    CHECK(messages.find("no time in it") != std::string::npos);
}

TEST_CASE("2.0.1 knows neither CALLRESULTERROR nor SEND", "[v2x]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1", speaking(ocpp::version::v201));
    cp.send_text(R"([5,"r1","FormatViolation","",{}])");
    CHECK(cp.expect_error("r1").code == "MessageTypeNotSupported");
    cp.send_text(R"([6,"s1","NotifyPeriodicEventStream",{}])");
    CHECK(cp.expect_error("s1").code == "MessageTypeNotSupported");
}
