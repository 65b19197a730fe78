// Charge points that push what piled up while they were offline, without waiting for answers.
#include "support/bystander.hpp"
#include "support/charge_point.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"
#include "support/v2x.hpp"

#include <boost/asio/use_awaitable.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <chrono>
#include <future>
#include <string>
#include <utility>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

constexpr int many = 300;

std::string id_of(int i) { return "backlog-" + std::to_string(i); }

/// DataTransfer's handler sends a ClearCache to the charge point that called and answers with what came of it.
void answer_data_transfer_with_clear_cache(gateway& g) {
    g.on_call("DataTransfer", [&g](call_context context) -> asio::awaitable<call_answer> {
        command wanted("ClearCache", "{}");
        const auto result =
            co_await g.async_send_command(context.charge_point_id, std::move(wanted), asio::use_awaitable);
        std::string answer = R"({"status":"Accepted","data":")";
        answer += to_string(result.reason);
        answer += "\"}";
        co_return call_answer::result(std::move(answer));
    });
}

const json::object data_transfer = {{"vendorId", "com.example"}};
const json::object accepted = {{"status", "Accepted"}};

}  // namespace

TEST_CASE("A backlog pushed without waiting is answered to its end", "[backlog]") {
    temporary_directory directory;
    running_gateway gw(journal_in(directory.path()));
    const auto v = GENERATE(ocpp::version::v16, ocpp::version::v201, ocpp::version::v21);
    auto cp = gw.connect("CP-1", speaking(v));
    if (v == ocpp::version::v16) {
        cp.boot();
        for (int i = 0; i < many; ++i) {
            cp.send_call(
                "MeterValues",
                {{"connectorId", 1},
                 {"meterValue",
                  {{{"timestamp", "2026-01-02T03:04:05Z"}, {"sampledValue", {{{"value", std::to_string(i)}}}}}}}},
                id_of(i));
        }
    } else {
        cp.call("BootNotification",
                {{"reason", "PowerUp"}, {"chargingStation", {{"model", "M"}, {"vendorName", "V"}}}});
        for (int i = 0; i < many; ++i) {
            cp.send_call("TransactionEvent", transaction_event(i == 0 ? "Started" : "Updated", "tx-1", i), id_of(i));
        }
    }
    for (int i = 0; i < many; ++i) CHECK(is_call_result(cp.expect_text(), id_of(i)));
}

TEST_CASE("One whose CALLs wait is not read from, and others do not notice", "[backlog]") {
    running_gateway gw([](config& c) { c.session.inbound_queue = 8; }, answer_data_transfer_with_clear_cache);
    bystander other(gw);
    auto cp = gw.connect("CP-1");
    cp.send_call("DataTransfer", data_transfer, "slow");
    cp.expect_call("ClearCache").ignore();
    // More than all buffers between here and there hold.
    auto pushed = std::async(std::launch::async, [&cp] {
        const json::object large = {{"idTag", std::string(100'000, 'x')}};
        for (int i = 0; i < 400; ++i) cp.send_call("Authorize", large, id_of(i));
    });
    for (int i = 0; i < 20; ++i) other.is_well();
    CHECK(pushed.wait_for(100ms) == std::future_status::timeout);
    auto next = gw.connect("CP-1");  // ends the other one
    pushed.wait();
    next.heartbeat();
}

TEST_CASE("An answer behind a backlog is read while it is awaited", "[backlog]") {
    running_gateway gw([](config& c) { c.session.inbound_queue = 8; }, answer_data_transfer_with_clear_cache);
    auto cp = gw.connect("CP-1");
    cp.send_call("DataTransfer", data_transfer, "slow");
    const auto call = cp.expect_call("ClearCache");
    for (int i = 0; i < 25; ++i) cp.send_call("Heartbeat", {}, id_of(i));
    call.answer(accepted);
    CHECK(cp.expect_result("slow").at("data") == "answered");
    for (int i = 0; i < 25; ++i) CHECK(is_call_result(cp.expect_text(), id_of(i)));
}

TEST_CASE("An answer behind more than that is given up, and the backlog is answered", "[backlog]") {
    running_gateway gw(
        [](config& c) {
            c.session.inbound_queue = 8;
            c.session.call_timeout = 200ms;
        },
        answer_data_transfer_with_clear_cache);
    auto cp = gw.connect("CP-1");
    cp.send_call("DataTransfer", data_transfer, "slow");
    const auto call = cp.expect_call("ClearCache");
    for (int i = 0; i < many; ++i) cp.send_call("Heartbeat", {}, id_of(i));
    call.answer(accepted);
    CHECK(cp.expect_result("slow").at("data") == "timeout");
    for (int i = 0; i < many; ++i) CHECK(is_call_result(cp.expect_text(), id_of(i)));
    cp.heartbeat();
}

TEST_CASE("What waits for its turn is bounded in bytes too", "[backlog]") {
    running_gateway gw([](config& c) { c.session.max_message_bytes = 2048; }, answer_data_transfer_with_clear_cache);
    auto cp = gw.connect("CP-1");
    cp.send_call("DataTransfer", data_transfer, "slow");
    const auto call = cp.expect_call("ClearCache");
    const json::object large = {{"idTag", std::string(1900, 'x')}};
    for (int i = 0; i < 3; ++i) cp.send_call("Authorize", large, id_of(i));
    call.answer(accepted);
    CHECK(cp.expect_result("slow").at("data") == "answered");
    for (int i = 0; i < 3; ++i) CHECK(is_call_result(cp.expect_text(), id_of(i)));
}

TEST_CASE("One that is not read from is not idle, and can be closed", "[backlog]") {
    running_gateway gw(
        [](config& c) {
            c.session.inbound_queue = 1;
            c.boot.interval = 1s;
            c.session.idle_timeout = 1200ms;
            c.session.call_timeout = 3s;
        },
        answer_data_transfer_with_clear_cache);
    auto cp = gw.connect("CP-1");
    cp.send_call("DataTransfer", data_transfer, "slow");
    const auto call = cp.expect_call("ClearCache");
    for (int i = 0; i < 50; ++i) cp.send_call("Heartbeat", {}, id_of(i));
    SECTION("it is read from in the end") {
        CHECK(cp.expect_result("slow").at("data") == "timeout");
        for (int i = 0; i < 50; ++i) CHECK(is_call_result(cp.expect_text(), id_of(i)));
    }
    SECTION("by a newer connection") {
        auto next = gw.connect("CP-1");
        CHECK(gw.expect_disconnect("CP-1").payload.at("reason") == "replaced");
        next.heartbeat();
    }
    SECTION("by the end of the gateway") { gw.stop(); }
}
