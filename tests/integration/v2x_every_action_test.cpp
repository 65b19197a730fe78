// Every action of 2.0.1 and 2.1: what a charge point may call is answered with what its schema allows, and what it may
// be told comes back with its answer.
#include "ocpp/payload.hpp"
#include "ocpp/schema.hpp"
#include "support/charge_point.hpp"
#include "support/running_gateway.hpp"
#include "support/v2x.hpp"

#include <voltgate/ocpp/v201.hpp>

#include <boost/asio/use_future.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <chrono>
#include <string>
#include <string_view>

using namespace voltgate;
using namespace voltgate::test;

namespace {

struct example {
    ocpp::version version;
    std::string_view message, required_only, all_members;
};

constexpr example examples[] = {
#define EXAMPLE(v, message, required_only, all_members) {ocpp::version::v, #message, required_only, all_members},
#include "unit/ocpp/typed_examples.inc"
#undef EXAMPLE
};

// Typed messages are called XRequest and XResponse, a SEND by its name.
const example& example_of(ocpp::version v, std::string_view action, std::string_view part) {
    for (const auto& e : examples) {
        const bool fits = e.message.starts_with(action) &&
                          (e.message.size() == action.size() || e.message.substr(action.size()) == part);
        if (e.version == v && fits) return e;
    }
    throw unexpected("no example of " + std::string(action));
}

// What is wrong with it; empty: nothing.
std::string verdict_on(const json::object& answer, const ocpp::schema* schema) {
    ocpp::payload_reader reader;
    const std::string text = json::serialize(answer);
    if (!reader.read(text, schema)) return std::string(reader.syntax_error());
    for (const auto& v : reader.violations()) {
        if (v.rule == rule::empty_string) continue;  // the published schema allows them: a certificate that failed
        return v.pointer + ": " + v.expected + " expected";
    }
    return {};
}

bool is_from_charge_point(const ocpp::action_info& a) { return a.sent_by != ocpp::direction::to_charge_point; }

}  // namespace

TEST_CASE("Every call of a 2.x charge point is answered with what its schema allows", "[v2x]") {
    const auto version = GENERATE(ocpp::version::v201, ocpp::version::v21);
    const bool all_members = GENERATE(false, true);
    CAPTURE(ocpp::to_string(version), all_members);
    running_gateway gw;
    auto cp = gw.connect("CP-1", speaking(version));
    int answered = 0, sent = 0;
    for (const auto& action : ocpp::actions(version)) {
        if (!is_from_charge_point(action)) continue;
        INFO(action.name);
        const auto& example = example_of(version, action.name, "Request");
        const auto request = parse_json(all_members ? example.all_members : example.required_only).as_object();
        if (action.is_send) {
            cp.send_text(R"([6,"s1",")" + std::string(action.name) + "\"," + json::serialize(request) + "]");
            cp.expect_silence_until_heartbeat();
            ++sent;
        } else {
            CHECK(verdict_on(cp.call(action.name, request), action.response).empty());
            ++answered;
        }
    }
    CHECK(answered == (version == ocpp::version::v21 ? 36 : 25));
    CHECK(sent == (version == ocpp::version::v21 ? 1 : 0));
}

TEST_CASE("Every command of 2.x reaches its charge point, and the answer comes back as it is", "[v2x]") {
    const auto version = GENERATE(ocpp::version::v201, ocpp::version::v21);
    CAPTURE(ocpp::to_string(version));
    running_gateway gw;
    auto cp = gw.connect("CP-1", speaking(version));
    int answered = 0;
    for (const auto& action : ocpp::actions(version)) {
        if (action.sent_by == ocpp::direction::from_charge_point) continue;
        INFO(action.name);
        const auto request = parse_json(example_of(version, action.name, "Request").all_members).as_object();
        const auto response = parse_json(example_of(version, action.name, "Response").all_members).as_object();
        auto pending = gw.send("CP-1", std::string(action.name), request);
        const auto call = cp.expect_call(action.name);
        CHECK(call.payload == request);
        call.answer(response);
        const auto result = pending.get();
        CHECK(result.outcome == outcome::result);
        CHECK(parse_json(result.payload) == response);
        ++answered;
    }
    CHECK(answered == (version == ocpp::version::v21 ? 55 : 40));
}

TEST_CASE("A typed call of 2.0.1 brings a typed confirmation", "[v2x]") {
    using namespace std::chrono_literals;
    namespace v201 = ocpp::v201;
    running_gateway gw;
    auto cp = gw.connect("CP-1", speaking(ocpp::version::v201));
    v201::SetVariableDataType one;
    one.component.name = "OCPPCommCtrlr";
    one.variable.name = "HeartbeatInterval";
    one.attributeValue = "60";
    v201::SetVariablesRequest request;
    request.setVariableData.push_back(one);
    auto pending = gw->async_call<v201::SetVariables>("CP-1", request, 10s, asio::use_future);
    const auto call = cp.expect_call("SetVariables");
    CHECK(text_at(call.payload, "/setVariableData/0/attributeValue") == "60");
    const json::object done = {{"attributeStatus", "RebootRequired"},
                               {"component", {{"name", "OCPPCommCtrlr"}}},
                               {"variable", {{"name", "HeartbeatInterval"}}}};
    call.answer({{"setVariableResult", json::array({done})}});
    const auto result = pending.get();
    REQUIRE(result.confirmation);
    REQUIRE(result.confirmation->setVariableResult.size() == 1);
    CHECK(result.confirmation->setVariableResult.front().attributeStatus ==
          v201::SetVariableStatusEnumType::RebootRequired);
}

TEST_CASE("Calls that are not for charge points are refused, and unknown ones", "[v2x]") {
    const auto version = GENERATE(ocpp::version::v201, ocpp::version::v21);
    running_gateway gw;
    auto cp = gw.connect("CP-1", speaking(version));
    for (const auto& action : ocpp::actions(version))
        if (!is_from_charge_point(action)) CHECK(cp.call_error(action.name, {}).code == "NotSupported");
    CHECK(cp.call_error("StartTransaction", {}).code == "NotImplemented");
}
