// What was charged: the event of the end and the record say the same, exactly, in every version and from every unit.
#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"
#include "support/v2x.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <array>
#include <string>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;

namespace {

/// The text of a member that is no object or list, as it stands in JSON.
std::string raw(std::string_view json, std::string_view member) {
    const auto name = "\"" + std::string(member) + "\":";
    const auto found = json.find(name);
    if (found == std::string_view::npos) return "absent";
    const auto begin = found + name.size();
    return std::string(json.substr(begin, json.find_first_of(",}", begin) - begin));
}

std::string unquoted(std::string text) {
    std::erase(text, '"');
    return text;
}

std::string csv_cell(const std::string& body, std::size_t column) {
    auto at = body.find("\r\n") + 2;
    for (; column > 0; --column) at = body.find(',', at) + 1;
    return body.substr(at, body.find_first_of(",\r", at) - at);
}

std::string energy_in(std::string_view json) { return raw(json, "energyWh") + " " + raw(json, "energySource"); }

struct outcome {
    std::string event, record;
};

/// `start` and `end` are the lists of samples of these messages.
outcome charge_2x(std::string_view start, std::string_view end, bool lone_phase_counts = false) {
    temporary_directory directory;
    running_gateway gw(
        journal_in(directory.path(), [=](config& c) { c.transactions.lone_phase_counts = lone_phase_counts; }));
    auto cp = gw.connect("CP-1", speaking(ocpp::version::v201));
    const auto send = [&](std::string_view type, std::string_view values, int number) {
        auto request = transaction_event(type, "T-1", number);
        request["meterValue"] = parse_json(values);
        cp.call("TransactionEvent", request);
    };
    send("Started", start, 0);
    send("Ended", end, 1);
    const auto stop = gw.expect_event(event_type::transaction_stopped, "CP-1");
    const auto kept = http_client(gw.port()).get("/api/v1/transactions/T-1").body;
    CHECK(raw(stop.event->payload, "meterStopWh") == raw(kept, "meterStopWh"));
    CHECK(energy_in(stop.event->payload) == energy_in(kept));
    return {energy_in(stop.event->payload), kept};
}

std::string list(const std::vector<std::string>& samples, std::string_view time = "2026-01-02T03:04:05Z") {
    std::string text = R"([{"timestamp":")" + std::string(time) + R"(","sampledValue":[)";
    for (const auto& s : samples) text += (text.back() == '[' ? "" : ",") + s;
    return text + "]}]";
}

std::string of_phase(std::string_view phase, double wh) {
    return R"({"value":)" + std::to_string(wh) + R"(,"phase":")" + std::string(phase) + R"("})";
}

}  // namespace

TEST_CASE("1.6 readings are exact in the event, the record and CSV", "[books]") {
    struct sample {
        const char *start, *stop, *energy;
    };
    const auto s = GENERATE(sample{"26000.25", "26000.75", "0.5"}, sample{"0.1", "0.3", "0.2"},
                            sample{"0.7", "0.8", "0.1"}, sample{"\"26000.25\"", "\"27000.5\"", "1000.25"},
                            sample{"99999999999999999999", "100000000000000000000.5", "1.5"},
                            sample{"1e3", "2.5e3", "1500"}, sample{"12345678901234567890", "12345678901234567890", "0"},
                            sample{"2000", "1000.5", "-999.5"}, sample{"9007199254740993", "9007199254740994", "1"},
                            sample{"null", "5", "null"}, sample{"\"abc\"", "5", "null"}, sample{"5", "true", "null"});
    CAPTURE(s.start, s.stop);
    temporary_directory directory;
    running_gateway gw(journal_in(directory.path()));
    auto cp = gw.connect("CP-1");
    cp.send_text(R"([2,"a","StartTransaction",{"connectorId":1,"idTag":"A","meterStart":)" + std::string(s.start) +
                 R"(,"timestamp":"2026-01-02T03:04:05Z"}])");
    const auto id = std::to_string(number_at(parse_json(cp.expect_text()), "/2/transactionId"));
    cp.send_text(R"([2,"b","StopTransaction",{"transactionId":)" + id + R"(,"meterStop":)" + s.stop +
                 R"(,"timestamp":"2026-01-02T04:04:05Z"}])");
    CHECK(is_call_result(cp.expect_text(), "b"));
    const auto stop = gw.expect_event(event_type::transaction_stopped, "CP-1");
    http_client http(gw.port());
    const auto kept = http.get("/api/v1/transactions/" + id).body;
    CHECK(raw(stop.event->payload, "energyWh") == s.energy);
    CHECK(raw(kept, "energyWh") == s.energy);
    const auto* told_as = std::string_view(s.stop) == "2.5e3" ? "2500" : s.stop;
    CHECK(raw(kept, "meterStopWh") == (std::string_view(s.stop) == "true" ? "null" : unquoted(told_as)));
    const auto csv = http.get("/api/v1/transactions", {{"Accept", "text/csv"}}).body;
    constexpr std::size_t energy_column = 10;
    CHECK(csv_cell(csv, energy_column) == (std::string(s.energy) == "null" ? "" : s.energy));
}

TEST_CASE("A 2.x unit is read wherever it stands", "[books]") {
    const auto* unit = GENERATE(R"("unitOfMeasure":{"unit":"kWh"})", R"("unit":"kWh")", R"("unitOfMeasure":"kWh")",
                                R"("unitOfMeasure":"KWH")", R"("unitOfMeasure":{"multiplier":3})", R"("multiplier":3)",
                                R"("unitOfMeasure":{"unit":"Wh","multiplier":3})", R"("unitOfMeasure":{},"unit":"kWh")",
                                R"("unitOfMeasure":null,"unit":"kWh")", R"("unitOfMeasure":{"unit":null},"unit":"kWh")",
                                R"("unitOfMeasure":{"unit":""},"unit":"kWh")", R"("unitOfMeasure":"","unit":"kWh")");
    CAPTURE(unit);
    const auto sample = [&](const char* value) { return R"({"value":)" + std::string(value) + "," + unit + "}"; };
    const auto result = charge_2x(list({sample("1.5")}), list({sample("9.5")}));
    CHECK(result.event == R"(8000 "register")");
}

TEST_CASE("A 2.x reading in a unit that is none of energy is none", "[books]") {
    const auto* unit =
        GENERATE(R"("unitOfMeasure":{"unit":"MWh"})", R"("unit":"GWh")", R"("unit":"kW")", R"("unitOfMeasure":["kWh"])",
                 R"("unit":{"unit":"kWh"})", R"("unit":7)", R"("unitOfMeasure":{"unit":"Wh","multiplier":"x"})");
    CAPTURE(unit);
    const auto sample = [&](const char* value) { return R"({"value":)" + std::string(value) + "," + unit + "}"; };
    CHECK(charge_2x(list({sample("1.5")}), list({sample("9.5")})).event == "null null");
}

TEST_CASE("The end's reading is never that of the begin, wherever it stands", "[books]") {
    const std::string begin = R"({"value":1000,"context":"Transaction.Begin"})";
    const std::string end = R"({"value":4000,"context":"Transaction.End"})";
    const std::string between = R"({"value":2000,"context":"Sample.Periodic"})", plain = R"({"value":3000})";
    CHECK(charge_2x(list({begin}), list({end, begin})).event == R"(3000 "register")");
    CHECK(charge_2x(list({begin}), list({end, between, begin})).event == R"(3000 "register")");
    CHECK(charge_2x(list({begin}), list({between, plain, begin})).event == R"(2000 "register")");
    CHECK(charge_2x(list({begin}), list({begin})).event == "null null");
    CHECK(charge_2x(list({end, begin}), list({end})).event == R"(3000 "register")");
}

TEST_CASE("A register per phase is summed where the same phases stand at both ends", "[books]") {
    const std::vector<std::string> three{of_phase("L1", 100), of_phase("L2", 200), of_phase("L3", 300.5)};
    const std::vector<std::string> later{of_phase("L3-N", 1300.5), of_phase("L1-N", 1100), of_phase("L2", 1200.25)};
    const std::vector<std::string> without{of_phase("L1", 1100), of_phase("L2", 1200)};
    const std::vector<std::string> one{of_phase("L1", 1100)}, another{of_phase("L2", 1100)};
    const std::vector<std::string> whole{R"({"value":3600})"};
    CHECK(charge_2x(list(three), list(later)).event == R"(3000.25 "phases")");
    CHECK(charge_2x(list(three), list(without)).event == "null null");
    CHECK(charge_2x(list(three), list(one)).event == "null null");
    CHECK(charge_2x(list(three), list(one), true).event == "null null");
    CHECK(charge_2x(list(three), list(whole)).event == "null null");
    CHECK(charge_2x(list(whole), list(three)).event == "null null");
    CHECK(charge_2x(list({of_phase("L1", 100)}), list(one)).event == "null null");
    CHECK(charge_2x(list({of_phase("L1", 100)}), list(one), true).event == R"(1000 "lone_phase")");
    CHECK(charge_2x(list({of_phase("L1", 100)}), list(another), true).event == "null null");
    CHECK(charge_2x(list({of_phase("L1-L2", 100)}), list({of_phase("L1-L2", 1100)}), true).event == "null null");
}

TEST_CASE("A phase whose reading is none leaves no sum", "[books]") {
    const std::vector<std::string> three{of_phase("L1", 100), of_phase("L2", 200), of_phase("L3", 300)};
    const std::vector<std::string> later{of_phase("L1", 1100), of_phase("L2", 1200), R"({"value":"abc","phase":"L3"})"};
    CHECK(charge_2x(list(three), list(later)).event == "null null");
}

TEST_CASE("Of readings at the end that lie in no order the one at the end counts", "[books]") {
    const auto early = R"({"timestamp":"2026-01-02T03:30:00Z","sampledValue":[{"value":2000}]})";
    const auto late = R"({"timestamp":"2026-01-02T04:00:00Z","sampledValue":[{"value":4000}]})";
    const auto end = std::string("[") + late + "," + early + "]";
    CHECK(charge_2x(list({R"({"value":1000})"}), end).event == R"(3000 "register")");
}

TEST_CASE("A stop that the gateway asked for says so", "[books]") {
    temporary_directory directory;
    const bool in_journal = GENERATE(true, false);
    running_gateway gw(in_journal ? journal_in(directory.path()) : running_gateway::configure());
    auto cp = gw.connect("CP-1");
    const auto id = cp.start_transaction(), other = cp.start_transaction(2, "TAG-2");
    const auto remote_stop = [&](const char* status) {
        auto command = gw.send("CP-1", "RemoteStopTransaction", {{"transactionId", id}});
        cp.expect_call("RemoteStopTransaction").answer({{"status", status}});
        static_cast<void>(command.get());
    };
    const auto which = GENERATE(0, 1, 2, 3);
    if (which == 1) remote_stop("Rejected");
    if (which == 2) remote_stop("Accepted");
    if (which == 3) remote_stop("Accepted"), remote_stop("Rejected");
    cp.stop_transaction(other);
    cp.stop_transaction(id);
    const auto* expected = which >= 2 ? "Remote" : "Local";
    CHECK(gw.expect_event(event_type::transaction_stopped, "CP-1").payload.at("reason") == "Local");
    CHECK(gw.expect_event(event_type::transaction_stopped, "CP-1").payload.at("reason") == expected);
    if (!in_journal) return;
    CHECK(at(http_client(gw.port()).get("/api/v1/transactions/" + std::to_string(id)).json(), "/stopReason") ==
          expected);
}

TEST_CASE("The charge point's own reason is not replaced by Remote", "[books]") {
    temporary_directory directory;
    running_gateway gw(journal_in(directory.path()));
    auto cp = gw.connect("CP-1");
    const auto id = cp.start_transaction();
    auto command = gw.send("CP-1", "RemoteStopTransaction", {{"transactionId", id}});
    cp.expect_call("RemoteStopTransaction").answer({{"status", "Accepted"}});
    static_cast<void>(command.get());
    const auto text = R"({"transactionId":)" + std::to_string(id) +
                      R"(,"meterStop":1000,"timestamp":"2026-01-02T04:04:05Z","reason":"PowerLoss"})";
    cp.send_text(R"([2,"a","StopTransaction",)" + text.substr(0, text.size() - 3));
    CHECK(is_call_result(cp.expect_text(), "a"));
    const auto kept = [&] { return http_client(gw.port()).get("/api/v1/transactions/" + std::to_string(id)).json(); };
    CHECK(gw.expect_event(event_type::transaction_stopped, "CP-1").payload.at("reason").is_null());
    CHECK(at(kept(), "/stopReason").is_null());
    cp.send_text(R"([2,"b","StopTransaction",)" + text + "]");
    CHECK(is_call_result(cp.expect_text(), "b"));
    CHECK(gw.expect_event(event_type::transaction_corrected, "CP-1").payload.at("reason") == "PowerLoss");
    CHECK(at(kept(), "/stopReason") == "PowerLoss");
}
