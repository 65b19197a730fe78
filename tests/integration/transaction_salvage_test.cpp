// Transaction messages that are not whole, and what becomes of the books: nothing lost, nothing invented.
#include "support/charge_point.hpp"
#include "support/running_gateway.hpp"
#include "support/stores.hpp"
#include "support/v2x.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <array>
#include <string>

using namespace voltgate;
using namespace voltgate::test;

namespace {

constexpr auto whole_start =
    R"({"connectorId":1,"timestamp":"2026-01-02T03:04:05Z","idTag":"TAG-1","meterStart":1000})";

/// Sends a payload whatever it is; gives the answer's.
json::value send(charge_point& cp, const std::string& action, const std::string& payload) {
    static int count = 0;
    const auto id = "m" + std::to_string(++count);
    cp.send_text("[2,\"" + id + "\",\"" + action + "\"," + payload + "]");
    const auto answer = cp.expect_text();
    REQUIRE(is_call_result(answer, id));
    return at(parse_json(answer), "/2");
}

std::string stop_of(const std::string& id, std::string_view rest) {
    return R"({"transactionId":)" + id + R"(,"timestamp":"2026-01-02T04:04:05Z",)" + std::string(rest);
}

std::string id_in(const json::value& answer) { return std::to_string(number_at(answer, "/transactionId")); }

}  // namespace

TEST_CASE_METHOD(either_store, "A stop that is cut off ends its transaction, and an intact one fills it", "[books]") {
    running_gateway gw(in_store());
    auto cp = gw.connect("CP-1");
    const auto id = id_in(send(cp, "StartTransaction", whole_start));
    const auto broken = stop_of(id, R"("meterStop":2388)");
    for (int i = 0; i < 2; ++i) {
        cp.send_text("[2,\"x" + std::to_string(i) + R"(","StopTransaction",)" + broken);
        CHECK(is_call_result(cp.expect_text(), "x" + std::to_string(i)));
    }
    const auto cut = gw.expect_event(event_type::transaction_stopped, "CP-1");
    CHECK(cut.payload.at("known") == true);
    CHECK(cut.payload.at("salvaged") == true);
    CHECK(cut.payload.at("missing") == json::array({"meterStop"}));
    CHECK(cut.payload.at("meterStopWh").is_null());
    CHECK(cut.payload.at("energyWh").is_null());
    CHECK(cut.payload.at("reason").is_null());
    CHECK(text_at(cut.payload, "/raw") == broken);
    send(cp, "StopTransaction", stop_of(id, R"("meterStop":23880,"reason":"EVDisconnected"})"));
    const auto corrected = gw.events().next("CP-1");
    REQUIRE(corrected.event->type == event_type::transaction_corrected);
    CHECK(corrected.payload.at("filled") == json::array({"meterStopWh", "reason"}));
    CHECK(corrected.payload.at("energyWh") == 22880);
    send(cp, "StopTransaction", stop_of(id, R"("meterStop":23880,"reason":"EVDisconnected"})"));
    send(cp, "StopTransaction", stop_of(id, R"("meterStop":1,"reason":"EVDisconnected"})"));
    CHECK(gw.events().next("CP-1").payload.at("conflict") == true);
    if (!in_journal) return;
    CHECK(at(record(gw, id), "/meterStopWh") == 23880);
    CHECK(at(record(gw, id), "/stopReason") == "EVDisconnected");
}

TEST_CASE_METHOD(either_store, "An intact stop that says another thing than the salvaged one is a conflict",
                 "[books]") {
    running_gateway gw(in_store());
    auto cp = gw.connect("CP-1");
    const auto id = id_in(send(cp, "StartTransaction", whole_start));
    send(cp, "StopTransaction", stop_of(id, R"("meterStop":2000,"reason":})"));
    CHECK(gw.expect_event(event_type::transaction_stopped, "CP-1").payload.at("energyWh") == 1000);
    send(cp, "StopTransaction", stop_of(id, R"("meterStop":2001})"));
    const auto other = gw.events().next("CP-1");
    CHECK(other.event->type == event_type::transaction_stopped);
    CHECK(other.payload.at("conflict") == true);
}

TEST_CASE_METHOD(either_store, "A stop whose id was not read whole ends nothing", "[books]") {
    running_gateway gw(in_store());
    auto cp = gw.connect("CP-1");
    const auto id = id_in(send(cp, "StartTransaction", whole_start));
    const auto rest = std::string(R"("meterStop":2000,"timestamp":"2026-01-02T04:04:05Z")");
    const std::array payloads{std::string(R"({"transactionId":,)") + rest + "}",
                              "{" + rest + R"(,"transactionId":)" + id,
                              R"({"transactionId":)" + id + R"(,"transactionId":)" + id + "," + rest + "}"};
    const auto& payload = payloads.at(GENERATE(0U, 1U, 2U));
    cp.send_text(R"([2,"x","StopTransaction",)" + payload);
    CHECK(is_call_result(cp.expect_text(), "x"));
    const auto told = gw.expect_event(event_type::transaction_stopped, "CP-1");
    CHECK(told.payload.at("known") == false);
    CHECK(told.payload.at("transactionId").is_null());
    CHECK(told.payload.at("meterStopWh") == 2000);
    send(cp, "StopTransaction", R"({"transactionId":)" + id + "," + rest + "}");
    const auto stop = gw.events().next("CP-1");
    CHECK(stop.payload.at("known") == true);
    CHECK(stop.payload.at("energyWh") == 1000);
}

TEST_CASE_METHOD(either_store, "A start that is cut off is one transaction with its intact repetition", "[books]") {
    running_gateway gw(in_store(), {}, clock);
    auto cp = gw.connect("CP-1");
    const std::string start = whole_start;
    const auto cut = start.substr(0, start.size() - GENERATE(1U, 2U, 20U, 25U));
    CAPTURE(cut);
    cp.send_text(R"([2,"x","StartTransaction",)" + cut);
    const auto id = id_in(at(parse_json(cp.expect_text()), "/2"));
    CHECK(gw.expect_event(event_type::transaction_started, "CP-1").payload.at("meterStartWh").is_null());
    const bool went_on = GENERATE(true, false);
    clock->advance(std::chrono::hours(2));
    if (went_on) send(cp, "StopTransaction", stop_of(id, R"("meterStop":2000})"));
    if (went_on) CHECK(gw.events().next("CP-1").payload.at("energyWh").is_null());
    CHECK(id_in(send(cp, "StartTransaction", start)) == id);
    const auto corrected = gw.events().next("CP-1");
    REQUIRE(corrected.event->type == event_type::transaction_corrected);
    CHECK(corrected.payload.at("meterStartWh") == 1000);
    CHECK(corrected.payload.at("idTag") == "TAG-1");
    if (went_on) CHECK(corrected.payload.at("energyWh") == 1000);
    if (!in_journal) return;
    CHECK(at(record(gw, id), "/meterStartWh") == 1000);
    CHECK(at(record(gw, id), "/attention") == json::array({"salvaged"}));
}

TEST_CASE_METHOD(either_store, "Under a clock that stands still the next start does not fill a salvaged one",
                 "[books]") {
    running_gateway gw(in_store(), {}, clock);
    auto cp = gw.connect("CP-1");
    const std::string begin = R"({"connectorId":1,"timestamp":"2025-06-01T00:00:00Z","idTag":"TAG-1","meterStart":)";
    const std::string stop = R"(,"meterStop":2000,"timestamp":"2025-06-01T00:00:00Z"})";
    const auto first = id_in(send(cp, "StartTransaction", begin + "1000x}"));
    send(cp, "StopTransaction", R"({"transactionId":)" + first + stop);
    CHECK(id_in(send(cp, "StartTransaction", begin + "2000}")) != first);
    const auto told = gw.events().up_to(event_type::transaction_stopped, "CP-1");
    CHECK(told.back().payload.at("energyWh").is_null());
    CHECK(gw.events().next("CP-1").event->type == event_type::transaction_started);
}

TEST_CASE_METHOD(either_store, "The same broken start again is no second transaction", "[books]") {
    running_gateway gw(in_store());
    auto cp = gw.connect("CP-1");
    const auto broken = R"({"connectorId":1,"timestamp":"2026-01-02T03:04:05Z","idTag":"TAG-1","meterSt)";
    cp.send_text(std::string(R"([2,"x","StartTransaction",)") + broken);
    const auto id = id_in(at(parse_json(cp.expect_text()), "/2"));
    cp.send_text(std::string(R"([2,"y","StartTransaction",)") + broken);
    CHECK(id_in(at(parse_json(cp.expect_text()), "/2")) == id);
}

namespace {

/// What a start with this tag, which is JSON or nearly, is answered where cards 7 and AB are known.
std::string status_of_tag(const either_store& store, const std::string& tag) {
    running_gateway gw(store.in_store([](config& c) {
        c.authorization.policy = authorization_config::mode::list;
        c.authorization.id_tags = {"7", "AB"};
    }));
    auto cp = gw.connect("CP-1");
    const auto answer =
        send(cp, "StartTransaction",
             R"({"connectorId":1,"idTag":)" + tag + R"(,"meterStart":1000,"timestamp":"2026-01-02T03:04:05Z"})");
    CHECK(gw.expect_event(event_type::transaction_started, "CP-1").payload.at("salvaged") == true);
    return text_at(answer, "/idTagInfo/status");
}

}  // namespace

TEST_CASE_METHOD(either_store, "A tag with control bytes is no card of the list", "[books]") {
    const std::string tag =
        GENERATE(as<std::string>{}, "\"AB\x01\"", "\"AB\t\"", std::string("\"AB\0\"", 5), "\"A\nB\"");
    CHECK(status_of_tag(*this, tag) == "Invalid");
}

TEST_CASE_METHOD(either_store, "A number that had to be mended is no card of the list", "[books]") {
    CHECK(status_of_tag(*this, "007") == "Invalid");
}

TEST_CASE_METHOD(either_store, "Whole samples of broken meter values count, and no others", "[books]") {
    running_gateway gw(in_store());
    auto cp = gw.connect("CP-1");
    const auto id = id_in(send(cp, "StartTransaction", whole_start));
    send(cp, "MeterValues",
         R"({"connectorId":1,"transactionId":)" + id +
             R"(,"meterValue":[{"timestamp":"2026-01-02T03:10:00Z","sampledValue":[,{"value":"1500"},)"
             R"({"value":"1600"},{"value":"17 00"x}]}]})");
    const auto told = gw.expect_event(event_type::transaction_meter_values, "CP-1");
    CHECK(told.payload.at("known") == true);
    CHECK(told.payload.at("salvaged") == true);
    CHECK(at(told.payload, "/meterValues/0/samples").as_array().size() == 2);
    send(cp, "StartTransaction",
         R"({"connectorId":1,"timestamp":"2026-01-02T05:04:05Z","idTag":"TAG-1","meterStart":3000})");
    CHECK(gw.expect_event(event_type::transaction_presumed_ended, "CP-1").payload.at("lastReadingWh") == 1600);
}

TEST_CASE_METHOD(either_store, "An end of 2.x that is cut off is filled by an intact one", "[books]") {
    running_gateway gw(in_store());
    auto cp = gw.connect("CP-1", speaking(GENERATE(ocpp::version::v201, ocpp::version::v21)));
    auto begin = transaction_event("Started", "T-1", 0);
    begin["meterValue"] = register_reading(1.5, "Transaction.Begin");
    cp.call("TransactionEvent", begin);
    const std::string head =
        R"({"eventType":"Ended","timestamp":"2026-01-02T04:04:05Z","triggerReason":"EVDeparted","seqNo":1,)"
        R"("transactionInfo":{"transactionId":"T-1"},"meterValue":[{"timestamp":"2026-01-02T04:04:05Z",)"
        R"("sampledValue":[{"value":4000,"context":"Transaction.End")";
    cp.send_text(R"([2,"x","TransactionEvent",)" + head);
    CHECK(is_call_result(cp.expect_text(), "x"));
    const auto cut = gw.expect_event(event_type::transaction_stopped, "CP-1");
    CHECK(cut.payload.at("known") == true);
    CHECK(cut.payload.at("meterStopWh").is_null());
    send(cp, "TransactionEvent", head + "}]}]}");
    const auto corrected = gw.events().next("CP-1");
    REQUIRE(corrected.event->type == event_type::transaction_corrected);
    CHECK(corrected.payload.at("energyWh") == 2500);
    send(cp, "TransactionEvent", head + "}]}]}");
    auto other = head + "}]}]}";
    other.replace(other.find("4000"), 4, "4001");
    send(cp, "TransactionEvent", other);
    CHECK(gw.events().next("CP-1").payload.at("conflict") == true);
}
