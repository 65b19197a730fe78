// Inbound calls: their order, their handlers, their deadlines.
#include "support/charge_point.hpp"
#include "support/running_gateway.hpp"
#include "support/v2x.hpp"

#include <voltgate/ocpp/v16.hpp>
#include <voltgate/ocpp/v201.hpp>

#include <boost/asio/use_awaitable.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <chrono>
#include <future>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

/// DataTransfer's handler sends a ClearCache to the charge point that called and answers with what came of it: its
/// answer waits until the test lets the charge point answer the ClearCache.
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

}  // namespace

TEST_CASE("A handler may command the charge point whose call it is answering", "[session]") {
    running_gateway gw(io_threads(GENERATE(1, 3)), answer_data_transfer_with_clear_cache);
    auto cp = gw.connect("CP-1");
    const auto id = cp.send_call("DataTransfer", data_transfer);
    cp.expect_call("ClearCache").answer({{"status", "Accepted"}});
    CHECK(cp.expect_result(id).at("data") == "answered");
}

TEST_CASE("Calls are answered in the order they came, however long one of them takes", "[session]") {
    running_gateway gw(io_threads(GENERATE(1, 3)), answer_data_transfer_with_clear_cache);
    auto cp = gw.connect("CP-1");
    cp.send_call("DataTransfer", data_transfer, "slow");
    std::vector<std::string> ids = {"slow"};
    for (int i = 0; i < 10; ++i) {
        ids.push_back("call-" + std::to_string(i));
        if (i % 2 == 0) cp.send_call("Heartbeat", {}, ids.back());
        if (i % 2 == 1) cp.send_call("Authorize", {{"idTag", "TAG-1"}}, ids.back());
    }
    const auto clear_cache = cp.expect_call("ClearCache");
    CHECK(cp.unread() == 0);
    clear_cache.answer({{"status", "Accepted"}});
    for (const auto& id : ids) {
        INFO(id);
        CHECK(is_call_result(cp.expect_text(), id));
    }
}

TEST_CASE("A charge point's calls are answered while it owes an answer itself", "[session]") {
    running_gateway gw(io_threads(GENERATE(1, 3)));
    auto cp = gw.connect("CP-1");
    auto pending = gw.send("CP-1", "ClearCache");
    const auto call = cp.expect_call("ClearCache");
    for (int i = 0; i < 5; ++i) cp.heartbeat();
    CHECK_FALSE(pending.completed());
    call.answer({{"status", "Accepted"}});
    CHECK(pending.get().answered());
}

TEST_CASE("A handler that takes too long is abandoned and the next call is served", "[session]") {
    running_gateway gw(io_threads(GENERATE(1, 3), [](config& c) { c.session.handler_timeout = 50ms; }),
                       answer_data_transfer_with_clear_cache);
    auto cp = gw.connect("CP-1");
    cp.send_call("DataTransfer", data_transfer, "abandoned");
    const auto unanswered = cp.expect_call("ClearCache");
    cp.heartbeat();
    CHECK(cp.unread() == 0);
    // The handler is gone; the slot of its command is not, until the charge point answers.
    unanswered.answer({{"status", "Accepted"}});
    cp.expect_silence_until_heartbeat();
    auto pending = gw.send("CP-1", "GetLocalListVersion");
    cp.expect_call("GetLocalListVersion").answer({{"listVersion", 1}});
    CHECK(pending.get().answered());
}

TEST_CASE("What a handler says is what the charge point hears", "[session]") {
    running_gateway gw({}, [](gateway& g) {
        g.on_call("DataTransfer", [](call_context context) -> asio::awaitable<call_answer> {
            const auto request = parse_json(context.payload);
            const auto wish = text_at(request, "/vendorId");
            if (wish == "default") co_return call_answer();
            if (wish == "result") co_return call_answer::result(R"({"status":"Rejected","data":"said so"})");
            if (wish == "error") co_return call_answer::error("FormatViolation", "I do not like it");
            throw std::runtime_error("a handler's secret");
        });
    });
    auto cp = gw.connect("CP-1");
    CHECK(cp.call("DataTransfer", {{"vendorId", "default"}}).at("status") == "UnknownVendorId");
    CHECK(cp.call("DataTransfer", {{"vendorId", "result"}}).at("data") == "said so");
    const auto error = cp.call_error("DataTransfer", {{"vendorId", "error"}});
    CHECK(error.code == "FormationViolation");
    CHECK(error.description == "I do not like it");
    const auto thrown = cp.call_error("DataTransfer", {{"vendorId", "throw"}});
    CHECK(thrown.code == "InternalError");
    CHECK(thrown.description.find("secret") == std::string::npos);
    cp.heartbeat();
}

TEST_CASE("Typed handlers of several versions stand side by side, before one for all", "[session]") {
    running_gateway gw({}, [](gateway& g) {
        g.on_call<ocpp::v16::Authorize>(
            [](call_context, ocpp::v16::AuthorizeRequest) -> asio::awaitable<ocpp::v16::AuthorizeResponse> {
                ocpp::v16::AuthorizeResponse r;
                r.idTagInfo.status = ocpp::v16::AuthorizationStatus::Blocked;
                co_return r;
            });
        g.on_call("Authorize", [](call_context) -> asio::awaitable<call_answer> {
            co_return call_answer::result(R"({"idTokenInfo":{"status":"NoCredit"}})");
        });
        g.on_call<ocpp::v201::Authorize>(
            [](call_context, ocpp::v201::AuthorizeRequest) -> asio::awaitable<ocpp::v201::AuthorizeResponse> {
                ocpp::v201::AuthorizeResponse r;
                r.idTokenInfo.status = ocpp::v201::AuthorizationStatusEnumType::Expired;
                co_return r;
            });
    });
    auto of_16 = gw.connect("CP-16");
    CHECK(of_16.authorize("TAG").at("idTagInfo").at("status") == "Blocked");
    const json::object token = {{"idToken", {{"idToken", "TAG"}, {"type", "Central"}}}};
    const auto status_for = [&](ocpp::version v) {
        auto cp = gw.connect(to_string(v), speaking(v));
        cp.call("BootNotification",
                {{"reason", "PowerUp"}, {"chargingStation", {{"model", "M"}, {"vendorName", "V"}}}});
        return json::value(cp.call("Authorize", token).at("idTokenInfo").at("status"));
    };
    CHECK(status_for(ocpp::version::v201) == "Expired");
    CHECK(status_for(ocpp::version::v21) == "NoCredit");
}

TEST_CASE("A handler sees who called, on which connection, and what", "[session]") {
    std::promise<call_context> seen;
    running_gateway gw({}, [&seen](gateway& g) {
        g.on_call("Authorize", [&seen](call_context context) -> asio::awaitable<call_answer> {
            seen.set_value(context);
            co_return call_answer();
        });
    });
    auto cp = gw.connect("RDAM 123");
    CHECK(cp.authorize("TAG-1").at("idTagInfo").at("status") == "Accepted");
    const auto context = seen.get_future().get();
    CHECK(context.charge_point_id == "RDAM 123");
    CHECK(context.action == "Authorize");
    CHECK(parse_json(context.payload) == json::value({{"idTag", "TAG-1"}}));
    CHECK(context.ocpp_version == ocpp::version::v16);
    const auto connected = gw.expect_event(event_type::charge_point_connected, "RDAM 123");
    CHECK(context.epoch == connected.event->epoch);
}

TEST_CASE("A call repeated under its id while it is being answered gets one answer", "[session]") {
    running_gateway gw({}, answer_data_transfer_with_clear_cache);
    auto cp = gw.connect("CP-1");
    cp.send_call("DataTransfer", data_transfer, "same");
    cp.send_call("DataTransfer", data_transfer, "same");
    cp.expect_call("ClearCache").answer({{"status", "Accepted"}});
    CHECK(is_call_result(cp.expect_text(), "same"));
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("Calls sent right behind the upgrade request are answered in order", "[call order]") {
    running_gateway gw;
    connect_options eager;
    // A long header makes the gateway read much at once: so the calls' bytes come to it together with the request.
    eager.headers = {{"X-Padding", std::string(GENERATE(values<std::size_t>({0, 6000, 12'000})), 'p')}};
    const std::string large(6000, 'd');
    constexpr int small_ones = 20;
    const auto transfer_frame = [](const std::string& id, const std::string& data) {
        return encode_frame(opcode::text,
                            R"([2,")" + id + R"(","DataTransfer",{"vendorId":"v","data":")" + data + "\"}]");
    };
    for (int i = 0; i < small_ones; ++i) {
        eager.right_behind += transfer_frame("small-" + std::to_string(i), large.substr(0, 300));
        eager.right_behind += encode_frame(opcode::ping, std::to_string(i));
    }
    eager.right_behind += transfer_frame("large", large);
    eager.right_behind += transfer_frame("last", "");
    auto cp = gw.connect("CP-1", eager);
    for (int i = 0; i < small_ones; ++i) CHECK(is_call_result(cp.expect_text(), "small-" + std::to_string(i)));
    CHECK(is_call_result(cp.expect_text(), "large"));
    CHECK(is_call_result(cp.expect_text(), "last"));
    cp.heartbeat();
}

TEST_CASE("A message in thousands of empty parts right behind the upgrade request is read like any other",
          "[call order]") {
    running_gateway gw;
    connect_options eager;
    eager.headers = {{"X-Padding", std::string(12'000, 'p')}};
    frame_options part;
    part.final = false;
    eager.right_behind = encode_frame(opcode::text, R"([2,"1","Heart)", part);
    for (int i = 0; i < 20'000; ++i) eager.right_behind += encode_frame(opcode::continuation, "", part);
    eager.right_behind += encode_frame(opcode::continuation, R"(beat",{}])");
    auto cp = gw.connect("CP-1", eager);
    CHECK(is_call_result(cp.expect_text(), "1"));
}
