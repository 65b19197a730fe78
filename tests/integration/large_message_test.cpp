// Transaction messages of long sessions are larger than other messages may be.
#include "support/charge_point.hpp"
#include "support/deflate.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"
#include "support/v2x.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <string>
#include <utility>

using namespace voltgate;
using namespace voltgate::test;

namespace {

constexpr std::size_t mib = 1024 * 1024;

/// As much of it as a charge point tells in `hours` hours, every ten seconds.
json::array meter_values(ocpp::version v, int hours) {
    json::array values;
    for (int i = 0; i < hours * 360; ++i) {
        json::array samples;
        for (const auto* measurand : {"Voltage", "Current.Import", "Power.Active.Import", "Temperature"}) {
            json::object sample{{"context", "Sample.Periodic"}, {"measurand", measurand}, {"location", "Outlet"}};
            if (v == ocpp::version::v16) sample["value"] = std::to_string(i) + ".25";
            if (v != ocpp::version::v16) sample["value"] = i + 0.25;
            samples.push_back(std::move(sample));
        }
        values.push_back(json::object{{"timestamp", "2026-01-02T03:04:05Z"}, {"sampledValue", std::move(samples)}});
    }
    return values;
}

/// A running transaction; gives the frame that ends it.
std::string end_of_transaction(charge_point& cp, ocpp::version v, int hours, const std::string& id = "end") {
    json::array frame{2, id};
    if (v == ocpp::version::v16) {
        json::object stop{
            {"transactionId", cp.start_transaction()}, {"meterStop", 1000}, {"timestamp", "2026-01-02T13:04:05Z"}};
        stop["transactionData"] = meter_values(v, hours);
        frame.emplace_back("StopTransaction");
        frame.emplace_back(std::move(stop));
    } else {
        const auto name = "tx-" + id;
        cp.call("TransactionEvent", transaction_event("Started", name, 0));
        auto end = transaction_event("Ended", name, 1);
        end["meterValue"] = meter_values(v, hours);
        frame.emplace_back("TransactionEvent");
        frame.emplace_back(std::move(end));
    }
    return json::serialize(frame);
}

void boot(charge_point& cp, ocpp::version v) {
    if (v == ocpp::version::v16) {
        cp.boot();
    } else {
        cp.call("BootNotification",
                {{"reason", "PowerUp"}, {"chargingStation", {{"model", "M"}, {"vendorName", "V"}}}});
    }
}

std::string reason_of_end(running_gateway& gw) {
    return std::string(gw.expect_disconnect("CP-1").payload.at("reason").as_string());
}

}  // namespace

TEST_CASE("The end of a session of half a day is stored", "[large]") {
    temporary_directory directory;
    running_gateway gw(
        journal_in(directory.path(), [](config& c) { c.server.compression = server_config::compressed::all; }));
    const auto v = GENERATE(ocpp::version::v16, ocpp::version::v201, ocpp::version::v21);
    const auto how = GENERATE(0, 1, 2);
    auto options = speaking(v);
    if (how == 2) options.headers = {{"Sec-WebSocket-Extensions", "permessage-deflate"}};
    auto cp = gw.connect("CP-1", options);
    boot(cp, v);
    const auto end = end_of_transaction(cp, v, 12);
    CHECK(end.size() > mib + mib / 2);
    if (how == 0) cp.send_text(end);
    if (how == 1) {
        frame_options part;
        part.final = false;
        constexpr std::size_t piece = 50'000;
        for (std::size_t at = 0; at + piece < end.size(); at += piece)
            cp.send_frame(at == 0 ? opcode::text : opcode::continuation, end.substr(at, piece), part);
        cp.send_frame(opcode::continuation, end.substr((end.size() - 1) / piece * piece));
    }
    if (how == 2) {
        frame_options packed;
        packed.reserved = 4;
        cp.send_frame(opcode::text, deflated(end), packed);
    }
    static_cast<void>(cp.expect_result("end"));
    gw.expect_event(event_type::transaction_stopped, "CP-1");
    cp.call("Heartbeat", {});
}

TEST_CASE("Other messages, and transaction messages beyond their own bound, end the connection", "[large]") {
    const bool in_fragments = GENERATE(false, true);
    running_gateway gw([](config& c) {
        c.session.max_message_bytes = 20'000;
        c.session.max_transaction_message_bytes = 200'000;
    });
    auto cp = gw.connect("CP-1");
    cp.boot();
    const auto blown_up = [](std::string_view action, std::size_t size) {
        return R"([2,"x",")" + std::string(action) + R"(",{"vendorId":")" + std::string(size, 'v') + "\"}]";
    };
    std::string text;
    SECTION("another message") { text = blown_up("DataTransfer", 30'000); }
    SECTION("one that only names a transaction message") {
        text =
            R"([2,"StopTransaction","DataTransfer",{"vendorId":"StopTransaction)" + std::string(30'000, 'v') + "\"}]";
    }
    SECTION("an answer") { text = R"([3,"x",{"status":")" + std::string(30'000, 'v') + "\"}]"; }
    SECTION("no OCPP at all") { text = std::string(30'000, 'v'); }
    SECTION("a transaction message") { text = blown_up("StopTransaction", 200'000); }
    if (in_fragments) {
        frame_options part;
        part.final = false;
        cp.send_frame(opcode::text, text.substr(0, 10'000), part);
        static_cast<void>(cp.try_send_bytes(encode_frame(opcode::continuation, text.substr(10'000))));
    } else {
        cp.send_text(text);
    }
    CHECK(cp.expect_close() == 1009);
    CHECK(reason_of_end(gw) == "message_too_big");
}

TEST_CASE("A large transaction message that says nothing useful is answered", "[large]") {
    running_gateway gw([](config& c) { c.session.max_message_bytes = 20'000; });
    auto cp = gw.connect("CP-1");
    cp.boot();
    cp.send_text(R"([2,"x","StopTransaction",{"idTag":")" + std::string(100'000, 'v') + "\"}]");
    static_cast<void>(cp.expect_result("x"));
}

TEST_CASE("Large messages are bounded all together, and what they took is given back", "[large]") {
    running_gateway gw([](config& c) {
        c.session.max_message_bytes = 20'000;
        c.limits.large_message_bytes = 150'000;
    });
    auto cp = gw.connect("CP-1");
    cp.boot();
    const auto of_size = [](std::size_t size) {
        return R"([2,"x","MeterValues",{"connectorId":1,"x":")" + std::string(size, 'v') + R"(","meterValue":[]}])";
    };
    for (int i = 0; i < 5; ++i) {
        cp.send_text(of_size(100'000));
        static_cast<void>(cp.expect_result("x"));
    }
    // One that is on its way holds its part.
    auto slow = gw.connect("CP-2");
    slow.boot();
    const auto text = of_size(100'000);
    frame_options part;
    part.final = false;
    slow.send_frame(opcode::text, text.substr(0, 50'000), part);
    slow.ping("read");
    CHECK(slow.expect_pong() == "read");
    cp.send_text(of_size(120'000));
    CHECK(cp.expect_close() == 1013);
    CHECK(reason_of_end(gw) == "message_too_big");
    slow.send_frame(opcode::continuation, text.substr(50'000));
    static_cast<void>(slow.expect_result("x"));
    auto again = gw.connect("CP-1");
    again.send_text(of_size(120'000));
    static_cast<void>(again.expect_result("x"));
}
