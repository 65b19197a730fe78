// Answers of charge points that are not as their schema wants them: nothing of them is thrown away.
#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"
#include "support/v2x.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <string>
#include <thread>
#include <utility>

using namespace voltgate;
using namespace voltgate::test;

namespace {

bool is(const command_result& r, outcome o, reason why) { return r.outcome == o && r.reason == why; }

command named(std::string action, std::string payload = "{}") {
    command c(std::move(action), std::move(payload));
    c.command_id = "flawed";
    return c;
}

json::value outcome_of(running_gateway& gw) { return http_client(gw.port()).get("/api/v1/commands/flawed").json(); }

running_gateway::configure either_store(const temporary_directory& directory, bool in_journal,
                                        running_gateway::configure more = {}) {
    return in_journal ? journal_in(directory.path(), std::move(more)) : std::move(more);
}

void boot(charge_point& cp, ocpp::version v) {
    if (v == ocpp::version::v16) {
        cp.boot();
    } else {
        cp.call("BootNotification",
                {{"reason", "PowerUp"}, {"chargingStation", {{"model", "M"}, {"vendorName", "V"}}}});
    }
}

}  // namespace

TEST_CASE("A configuration with flaws is handed on, and its flaws are named", "[command][answers]") {
    temporary_directory directory;
    const bool strict = GENERATE(false, true);
    const auto configure = [strict](config& c) {
        for (const auto r : {rule::null_member, rule::required_missing, rule::wrong_type})
            if (strict) c.conformance.rules[r] = level::strict;
    };
    running_gateway gw(either_store(directory, GENERATE(false, true), configure));
    auto cp = gw.connect("CP-1");
    auto pending = gw.send("CP-1", named("GetConfiguration"));
    const json::object payload{{"configurationKey",
                                {{{"key", "A"}, {"value", "1"}},
                                 {{"key", "B"}, {"readonly", 0}, {"value", nullptr}},
                                 {{"key", "C"}, {"readonly", true}, {"value", "3"}}}},
                               {"unknownKey", nullptr}};
    cp.expect_call("GetConfiguration").answer(payload);
    const auto result = pending.get();
    CHECK(is(result, outcome::result, reason::answered));
    CHECK(parse_json(result.payload) == json::value(payload));
    const json::array deviations{
        {{"rule", "required_missing"},
         {"pointer", "/configurationKey/0/readonly"},
         {"expected", "true or false"},
         {"got", "absent"}},
        {{"rule", "wrong_type"},
         {"pointer", "/configurationKey/1/readonly"},
         {"expected", "true or false"},
         {"got", "integer"}},
        {{"rule", "null_member"},
         {"pointer", "/configurationKey/1/value"},
         {"expected", "string of at most 500 characters"},
         {"got", "null"}},
        {{"rule", "null_member"}, {"pointer", "/unknownKey"}, {"expected", "array"}, {"got", "null"}}};
    CHECK(parse_json(result.deviations) == json::value(deviations));

    const auto event = gw.expect_event(event_type::command_response, "CP-1").payload;
    CHECK(event.at("outcome") == "result");
    CHECK(event.at("details") == payload);
    CHECK(event.at("deviations") == deviations);
    const auto kept = outcome_of(gw);
    CHECK(text_at(kept, "/outcome") == "result");
    CHECK(at(kept, "/payload") == json::value(payload));
    CHECK(at(kept, "/deviations") == json::value(deviations));
    CHECK_FALSE(has(kept, "/errorDescription"));
    CHECK(gw.send("CP-1", named("GetConfiguration")).get().deviations == result.deviations);
}

TEST_CASE("null beside the status of an answer loses nothing", "[command][answers]") {
    running_gateway gw;
    const auto v = GENERATE(ocpp::version::v16, ocpp::version::v201, ocpp::version::v21);
    auto cp = gw.connect("CP-1", speaking(v));
    boot(cp, v);
    auto pending =
        gw.send("CP-1", named("Reset", v == ocpp::version::v16 ? R"({"type":"Soft"})" : R"({"type":"OnIdle"})"));
    cp.expect_call("Reset").answer({{"status", "Accepted"}, {"statusInfo", nullptr}, {"customData", nullptr}});
    const auto result = pending.get();
    CHECK(is(result, outcome::result, reason::answered));
    CHECK(gw.expect_event(event_type::command_response, "CP-1").payload.at("status") == "Accepted");
}

TEST_CASE("An answer that says a name twice does not say what became of the call", "[command][answers]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    auto pending = gw.send("CP-1", named("ClearCache"));
    const auto call = cp.expect_call("ClearCache");
    cp.send_text(R"([3,")" + call.id + R"(",{"status":"Rejected","status":"Accepted"}])");
    const auto result = pending.get();
    CHECK(is(result, outcome::unknown, reason::invalid_answer));
    CHECK(result.payload == R"({"status":"Rejected","status":"Accepted"})");
}

TEST_CASE("What stands behind the payload of an answer does not take it away", "[command][answers]") {
    running_gateway gw;
    const auto v = GENERATE(ocpp::version::v16, ocpp::version::v201, ocpp::version::v21);
    auto cp = gw.connect("CP-1", speaking(v));
    boot(cp, v);
    auto pending = gw.send("CP-1", named("ClearCache"));
    cp.send_text(R"([3,")" + cp.expect_call("ClearCache").id + R"(",{"status":"Accepted"},{},1])");
    auto result = pending.get();
    CHECK(is(result, outcome::result, reason::answered));
    CHECK(result.payload == R"({"status":"Accepted"})");
    CHECK(text_at(parse_json(result.deviations), "/0/rule") == "invalid_json");
    pending = gw.send("CP-1", command("ClearCache", "{}"));
    cp.send_text(R"([3,")" + cp.expect_call("ClearCache").id + R"(",{"state":"Accepted"},1])");
    result = pending.get();
    CHECK(is(result, outcome::unknown, reason::invalid_answer));
    CHECK(result.payload == R"({"state":"Accepted"})");
    pending = gw.send("CP-1", command("ClearCache", "{}"));
    cp.send_text(R"([4,")" + cp.expect_call("ClearCache").id + R"(","InternalError","why",{"a":1},2])");
    result = pending.get();
    CHECK(is(result, outcome::call_error, reason::call_error));
    CHECK(result.error_details == R"({"a":1})");
}

TEST_CASE("An answer without flaws names none", "[command][answers]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    auto pending = gw.send("CP-1", named("ClearCache"));
    cp.expect_call("ClearCache").answer({{"status", "Accepted"}});
    CHECK(pending.get().deviations.empty());
    CHECK_FALSE(gw.expect_event(event_type::command_response, "CP-1").payload.contains("deviations"));
    CHECK_FALSE(has(outcome_of(gw), "/deviations"));
}

TEST_CASE("An answer that does not say what became of the call is shown as it came", "[command][answers]") {
    temporary_directory directory;
    running_gateway gw(either_store(directory, GENERATE(false, true)));
    const auto v = GENERATE(ocpp::version::v16, ocpp::version::v201, ocpp::version::v21);
    auto cp = gw.connect("CP-1", speaking(v));
    boot(cp, v);
    auto pending = gw.send("CP-1", named("ClearCache"));
    const json::object payload{{"state", "Accepted"}};
    const auto call = cp.expect_call("ClearCache");
    call.answer(payload);
    const auto result = pending.get();
    CHECK(is(result, outcome::unknown, reason::invalid_answer));
    CHECK(parse_json(result.payload) == json::value(payload));
    const auto rules = parse_json(result.deviations);
    CHECK(text_at(rules, "/0/rule") == "unknown_property");
    CHECK(text_at(rules, "/1/pointer") == "/status");
    const auto event = gw.expect_event(event_type::command_response, "CP-1").payload;
    CHECK(event.at("outcome") == "unknown");
    CHECK(event.at("details").is_string());
    CHECK(event.at("answer") == payload);
    CHECK(event.at("deviations") == rules);
    const auto kept = outcome_of(gw);
    CHECK(at(kept, "/payload") == json::value(payload));
    CHECK(at(kept, "/deviations") == rules);
    if (v == ocpp::version::v21) CHECK(cp.expect_text().starts_with("[5,\"" + call.id));
}

TEST_CASE("A late answer with flaws makes its outcome known all the same", "[command][answers]") {
    temporary_directory directory;
    running_gateway gw(either_store(directory, GENERATE(false, true)));
    auto cp = gw.connect("CP-1");
    auto c = named("GetConfiguration");
    c.timeout = std::chrono::milliseconds(20);
    auto pending = gw.send("CP-1", c);
    const auto call = cp.expect_call("GetConfiguration");
    CHECK(is(pending.get(), outcome::unknown, reason::timeout));
    gw.expect_event(event_type::command_response, "CP-1");
    call.answer({{"configurationKey", {{{"key", "A"}}}}});
    const auto event = gw.expect_event(event_type::command_response, "CP-1").payload;
    CHECK(event.at("late") == true);
    CHECK(event.at("deviations").as_array().size() == 1);
    eventually([&] { return text_at(outcome_of(gw), "/outcome") == "result"; }, "the outcome becomes known");
    CHECK(at(outcome_of(gw), "/deviations").as_array().size() == 1);
}

TEST_CASE("A neutral action shows a flawed answer in its own words and as it came", "[command][answers]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    json::value answer;
    std::thread caller([&] {
        answer = http_client(gw.port())
                     .post("/api/v1/charge-points/CP-1/actions/get_config", {{"parameters", json::object()}})
                     .json();
    });
    cp.expect_call("GetConfiguration").answer({{"configurationKey", {{{"key", "A"}, {"value", "1"}}}}});
    caller.join();
    CHECK(text_at(answer, "/outcome") == "result");
    CHECK(text_at(answer, "/result/values/0/value") == "1");
    CHECK(text_at(answer, "/deviations/0/rule") == "required_missing");
}
