// Outbound calls: one in flight, the answers that fit and those that do not, and the ways to give up.
#include "support/charge_point.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/system/system_error.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

const json::object accepted = {{"status", "Accepted"}};

bool is(const command_result& r, outcome o, reason why) { return r.outcome == o && r.reason == why; }

running_gateway::configure either_store(const temporary_directory& directory, bool in_journal) {
    return in_journal ? journal_in(directory.path()) : running_gateway::configure();
}

/// A command whose caller may change its mind. Emits and completes on the test's own thread, as a caller's executor
/// would.
class cancellable_command {
  public:
    cancellable_command(gateway& g, std::string id, std::string action) {
        command c(std::move(action), "{}");
        auto done = [this](error_code ec, command_result r) {
            error_ = ec;
            result_ = std::move(r);
        };
        g.async_send_command(std::move(id), std::move(c),
                             asio::bind_cancellation_slot(
                                 signal_.slot(), asio::bind_executor(context_.get_executor(), std::move(done))));
    }
    void cancel(asio::cancellation_type type = asio::cancellation_type::terminal) { signal_.emit(type); }
    command_result get() {
        if (!result_) context_.run_for(default_patience);
        if (!result_) throw unexpected("the command did not complete");
        if (error_) throw boost::system::system_error(error_);
        return *result_;
    }

  private:
    asio::io_context context_;
    asio::cancellation_signal signal_;
    error_code error_;
    std::optional<command_result> result_;
};

}  // namespace

TEST_CASE("A command's answer comes back with its payload and its id", "[command]") {
    temporary_directory directory;
    running_gateway gw(io_threads(GENERATE(1, 3), either_store(directory, GENERATE(false, true))));
    auto cp = gw.connect("CP-1");
    command c("RemoteStartTransaction", R"({"idTag":"TAG-1","connectorId":2})");
    c.command_id = "my-command";
    auto pending = gw.send("CP-1", c);
    const auto call = cp.expect_call("RemoteStartTransaction");
    CHECK(call.payload == json::object({{"idTag", "TAG-1"}, {"connectorId", 2}}));
    CHECK(call.id.size() <= 36);
    call.answer({{"status", "Rejected"}});
    const auto result = pending.get();
    CHECK(is(result, outcome::result, reason::answered));
    CHECK(result.command_id == "my-command");
    CHECK(parse_json(result.payload) == json::value({{"status", "Rejected"}}));

    const auto event = gw.expect_event(event_type::command_response, "CP-1");
    CHECK(event.payload.at("commandId") == "my-command");
    CHECK(event.payload.at("commandName") == "RemoteStartTransaction");
    CHECK(event.payload.at("outcome") == "result");
    CHECK(event.payload.at("status") == "Rejected");
}

TEST_CASE("A CALLERROR comes back with its code, description and details", "[command]") {
    temporary_directory directory;
    running_gateway gw(either_store(directory, GENERATE(false, true)));
    auto cp = gw.connect("CP-1");
    auto pending = gw.send("CP-1", "ClearCache");
    cp.expect_call("ClearCache").error("MadeUpCode", "with \"quotes\" and \xc3\xa4", {{"a", 1}});
    const auto result = pending.get();
    CHECK(is(result, outcome::call_error, reason::call_error));
    CHECK(result.error_code == "MadeUpCode");
    CHECK(result.error_description == "with \"quotes\" and \xc3\xa4");
    CHECK(parse_json(result.error_details) == json::value({{"a", 1}}));
}

TEST_CASE("Only one call is in flight, and the others follow in their order", "[command]") {
    temporary_directory directory;
    running_gateway gw(io_threads(GENERATE(1, 3), either_store(directory, GENERATE(false, true))));
    auto cp = gw.connect("CP-1");
    auto first = gw.send("CP-1", "ClearCache");
    const auto in_flight = cp.expect_call("ClearCache");
    std::vector<pending_command> waiting;
    for (int i = 0; i < 5; ++i)
        waiting.push_back(gw.send("CP-1", "ChangeConfiguration", {{"key", "k"}, {"value", std::to_string(i)}}));
    cp.expect_silence_until_heartbeat();
    in_flight.answer(accepted);
    CHECK(first.get().answered());
    for (int i = 0; i < 5; ++i) {
        const auto call = cp.expect_call("ChangeConfiguration");
        CHECK(call.payload.at("value").as_string() == std::to_string(i));
        cp.expect_silence_until_heartbeat();
        call.answer(accepted);
        CHECK(waiting[static_cast<std::size_t>(i)].get().answered());
    }
}

TEST_CASE("Charge points do not wait for each other", "[command]") {
    temporary_directory directory;
    running_gateway gw(io_threads(GENERATE(1, 3), either_store(directory, GENERATE(false, true))));
    std::vector<charge_point> cps;
    std::vector<pending_command> pending;
    for (int i = 0; i < 20; ++i) {
        const auto id = "CP-" + std::to_string(i);
        cps.push_back(gw.connect(id));
        pending.push_back(gw.send(id, "ClearCache"));
    }
    for (int i = 19; i >= 0; --i) {
        const auto index = static_cast<std::size_t>(i);
        cps[index].expect_call("ClearCache").answer(accepted);
        CHECK(pending[index].get().answered());
    }
}

TEST_CASE("A command beyond the queue's bound is not sent", "[command]") {
    running_gateway gw([](config& c) { c.session.outbound_queue = 2; });
    auto cp = gw.connect("CP-1");
    auto first = gw.send("CP-1", "ClearCache");
    const auto call = cp.expect_call("ClearCache");
    auto second = gw.send("CP-1", "ClearCache");
    auto third = gw.send("CP-1", "ClearCache");
    CHECK(is(gw.command("CP-1", "ClearCache"), outcome::not_sent, reason::queue_full));
    call.answer(accepted);
    cp.expect_call("ClearCache").answer(accepted);
    cp.expect_call("ClearCache").answer(accepted);
    CHECK(first.get().answered());
    CHECK(second.get().answered());
    CHECK(third.get().answered());
}

TEST_CASE("A command that breaks its schema, or that 1.6 does not have, is not sent", "[command]") {
    temporary_directory directory;
    running_gateway gw(either_store(directory, GENERATE(false, true)));
    auto cp = gw.connect("CP-1");
    const auto invalid = GENERATE(std::pair("Reset", R"({"type":"Sideways"})"), std::pair("Reset", "{}"),
                                  std::pair("Reset", R"({"type":1})"), std::pair("Reset", R"({"type":"Hard","x":1})"),
                                  std::pair("GetVariables", "{}"), std::pair("Heartbeat", "{}"));
    CAPTURE(invalid.first, invalid.second);
    const auto result = gw.send("CP-1", command(invalid.first, invalid.second)).get();
    CHECK(is(result, outcome::not_sent, reason::invalid_payload));
    CHECK_FALSE(result.detail.empty());
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("Misuse is an error and not an outcome", "[command]") {
    temporary_directory directory;
    running_gateway gw(either_store(directory, GENERATE(false, true)));
    auto cp = gw.connect("CP-1");
    const auto misuse = [&](std::string id, command c) {
        try {
            gw.send(std::move(id), std::move(c)).get();
            return error_code();
        } catch (const boost::system::system_error& e) {
            return e.code();
        }
    };
    CHECK(misuse("", command("ClearCache", "{}")) == errc::invalid_command);
    CHECK(misuse("CP-1", command("", "{}")) == errc::invalid_command);
    CHECK(misuse("CP-1", command("ClearCache", "[]")) == errc::invalid_command);
    CHECK(misuse("CP-1", command("ClearCache", "not JSON")) == errc::invalid_command);
    CHECK(misuse("CP-1", command("ClearCache", "{}", -1s)) == errc::invalid_command);
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("Who was never seen is unknown, who has gone is offline", "[command]") {
    temporary_directory directory;
    running_gateway gw(io_threads(GENERATE(1, 3), either_store(directory, GENERATE(false, true))));
    CHECK(is(gw.command("NOBODY", "ClearCache"), outcome::not_sent, reason::unknown_charge_point));
    auto cp = gw.connect("CP-1");
    cp.close();
    gw.expect_disconnect("CP-1");
    CHECK(is(gw.command("CP-1", "ClearCache"), outcome::not_sent, reason::offline));
}

TEST_CASE("An answer that does not say what became of the call makes the outcome unknown", "[command]") {
    temporary_directory directory;
    running_gateway gw(either_store(directory, GENERATE(false, true)));
    auto cp = gw.connect("CP-1");
    auto pending = gw.send("CP-1", "ClearCache");
    const auto call = cp.expect_call("ClearCache");
    SECTION("its status has the wrong type") { call.answer({{"status", json::array{}}}); }
    SECTION("its status is a number") { call.answer({{"status", 1}}); }
    SECTION("its status is null") { call.answer({{"status", nullptr}}); }
    SECTION("its status is empty") { call.answer({{"status", ""}}); }
    SECTION("its status is missing") { call.answer({}); }
    SECTION("no object at all") { cp.send_text("[3,\"" + call.id + "\",\"Accepted\"]"); }
    SECTION("cut off inside the payload") { cp.send_text("[3,\"" + call.id + R"(",{"status":"Acc)"); }
    const auto result = pending.get();
    CHECK(is(result, outcome::unknown, reason::invalid_answer));
    CHECK_FALSE(result.detail.empty());
    auto next = gw.send("CP-1", "ClearCache");
    cp.expect_call("ClearCache").answer(accepted);
    CHECK(next.get().answered());
}

TEST_CASE("An answer with a deviation that is tolerated is an answer", "[command]") {
    temporary_directory directory;
    running_gateway gw(either_store(directory, GENERATE(false, true)));
    auto cp = gw.connect("CP-1");
    auto pending = gw.send("CP-1", "ClearCache");
    cp.expect_call("ClearCache").answer({{"status", "Perhaps"}, {"extra", 1}});
    const auto result = pending.get();
    CHECK(result.answered());
    CHECK(parse_json(result.payload).at("status") == "Perhaps");
}

TEST_CASE("A late answer completes nothing, but is told", "[command]") {
    temporary_directory directory;
    running_gateway gw(io_threads(GENERATE(1, 3), either_store(directory, GENERATE(false, true))));
    auto cp = gw.connect("CP-1");
    command c("ClearCache", "{}", 20ms);
    c.command_id = "first";
    auto first = gw.send("CP-1", c);
    const auto call = cp.expect_call("ClearCache");
    CHECK(is(first.get(), outcome::unknown, reason::timeout));
    CHECK(gw.expect_event(event_type::command_response, "CP-1").payload.at("outcome") == "unknown");

    auto second = gw.send("CP-1", "ClearCache");
    const auto next = cp.expect_call("ClearCache");
    call.answer({{"status", "Rejected"}});
    cp.heartbeat();
    CHECK_FALSE(second.completed());
    const auto late = gw.expect_event(event_type::command_response, "CP-1");
    CHECK(late.payload.at("commandId") == "first");
    CHECK(late.payload.at("outcome") == "result");
    CHECK(late.payload.at("late") == true);
    next.answer(accepted);
    CHECK(parse_json(second.get().payload).at("status") == "Accepted");
}

TEST_CASE("A late answer that cannot be used is not told", "[command]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    auto first = gw.send("CP-1", command("ClearCache", "{}", 20ms));
    const auto call = cp.expect_call("ClearCache");
    CHECK(is(first.get(), outcome::unknown, reason::timeout));
    static_cast<void>(gw.expect_event(event_type::command_response, "CP-1"));
    call.answer({{"status", json::array{}}});
    cp.heartbeat();
    auto next = gw.send("CP-1", "GetLocalListVersion");
    cp.expect_call("GetLocalListVersion").answer({{"listVersion", 1}});
    CHECK(next.get().answered());
    CHECK(gw.expect_event(event_type::command_response, "CP-1").payload.at("commandName") == "GetLocalListVersion");
}

TEST_CASE("Answers that nobody asked for change nothing", "[command]") {
    temporary_directory directory;
    running_gateway gw(io_threads(GENERATE(1, 3), either_store(directory, GENERATE(false, true))));
    auto cp = gw.connect("CP-1");
    cp.send_result("nobody", accepted);
    cp.send_text(R"([4,"nobody","GenericError","",{}])");
    cp.expect_silence_until_heartbeat();

    auto first = gw.send("CP-1", "ClearCache");
    const auto call = cp.expect_call("ClearCache");
    cp.send_result("nobody", {{"status", "Rejected"}});
    cp.send_result("", {{"status", "Rejected"}});
    cp.expect_silence_until_heartbeat();
    CHECK_FALSE(first.completed());
    call.answer(accepted);
    CHECK(parse_json(first.get().payload).at("status") == "Accepted");

    auto second = gw.send("CP-1", "ClearCache");
    const auto next = cp.expect_call("ClearCache");
    call.answer({{"status", "Rejected"}});  // the first one's answer again
    cp.expect_silence_until_heartbeat();
    CHECK_FALSE(second.completed());
    CHECK(next.id != call.id);
    next.answer(accepted);
    CHECK(parse_json(second.get().payload).at("status") == "Accepted");
}

TEST_CASE("An answer that meets the timeout is one or the other, and the next command is served", "[command]") {
    temporary_directory directory;
    running_gateway gw(io_threads(GENERATE(1, 3), either_store(directory, GENERATE(false, true))));
    auto cp = gw.connect("CP-1");
    for (int i = 0; i < 100; ++i) {
        auto pending = gw.send("CP-1", "ClearCache", {}, std::chrono::milliseconds(1 + i % 3));
        cp.expect_call("ClearCache").answer(accepted);
        const auto result = pending.get();
        const bool in_time = is(result, outcome::result, reason::answered);
        const bool too_late = is(result, outcome::unknown, reason::timeout);
        CHECK((in_time || too_late));
    }
    cp.expect_silence_until_heartbeat();
    auto last = gw.send("CP-1", "ClearCache");
    cp.expect_call("ClearCache").answer(accepted);
    CHECK(last.get().answered());
}

TEST_CASE("A command that has expired is never sent", "[command]") {
    temporary_directory directory;
    running_gateway gw(io_threads(GENERATE(1, 3), either_store(directory, GENERATE(false, true))));
    auto cp = gw.connect("CP-1");
    SECTION("when it was given") {
        command c("ClearCache", "{}");
        c.expires_at = std::chrono::system_clock::now() - 1s;
        CHECK(is(gw.send("CP-1", c).get(), outcome::not_sent, reason::expired));
    }
    SECTION("while it waited for its turn") {
        auto first = gw.send("CP-1", "ClearCache");
        const auto call = cp.expect_call("ClearCache");
        command c("GetLocalListVersion", "{}");
        c.expires_at = std::chrono::system_clock::now() + 30ms;
        CHECK(is(gw.send("CP-1", c).get(), outcome::not_sent, reason::expired));
        call.answer(accepted);
        CHECK(first.get().answered());
    }
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("A command cancelled in the queue is not sent", "[command]") {
    temporary_directory directory;
    running_gateway gw(io_threads(GENERATE(1, 3), either_store(directory, GENERATE(false, true))));
    auto cp = gw.connect("CP-1");
    auto first = gw.send("CP-1", "ClearCache");
    const auto call = cp.expect_call("ClearCache");
    cancellable_command second(*gw, "CP-1", "GetLocalListVersion");
    cp.heartbeat();
    second.cancel(
        GENERATE(asio::cancellation_type::terminal, asio::cancellation_type::partial, asio::cancellation_type::total));
    CHECK(is(second.get(), outcome::not_sent, reason::cancelled));
    call.answer(accepted);
    CHECK(first.get().answered());
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("A command cancelled at once is settled once", "[command]") {
    temporary_directory directory;
    running_gateway gw(io_threads(GENERATE(1, 3), either_store(directory, GENERATE(false, true))));
    auto cp = gw.connect("CP-1");
    for (int i = 0; i < 50; ++i) {
        cancellable_command c(*gw, "CP-1", "ClearCache");
        c.cancel();
        CHECK(c.get().reason == reason::cancelled);
        if (c.get().outcome == outcome::unknown) cp.expect_call("ClearCache").answer(accepted);
    }
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("A command cancelled after it was sent keeps its place until the answer", "[command]") {
    temporary_directory directory;
    running_gateway gw(io_threads(GENERATE(1, 3), either_store(directory, GENERATE(false, true))));
    auto cp = gw.connect("CP-1");
    cancellable_command first(*gw, "CP-1", "ClearCache");
    const auto call = cp.expect_call("ClearCache");
    first.cancel();
    CHECK(is(first.get(), outcome::unknown, reason::cancelled));
    auto second = gw.send("CP-1", "GetLocalListVersion");
    cp.expect_silence_until_heartbeat();
    call.answer(accepted);
    cp.expect_call("GetLocalListVersion").answer({{"listVersion", 1}});
    CHECK(parse_json(second.get().payload).at("listVersion") == 1);
}

TEST_CASE("A cancelled command that is never answered gives its place back at its timeout", "[command]") {
    running_gateway gw([](config& c) { c.session.call_timeout = 50ms; });
    auto cp = gw.connect("CP-1");
    cancellable_command first(*gw, "CP-1", "ClearCache");
    cp.expect_call("ClearCache").ignore();
    first.cancel();
    CHECK(is(first.get(), outcome::unknown, reason::cancelled));
    auto second = gw.send("CP-1", "GetLocalListVersion", {}, 10s);
    cp.expect_call("GetLocalListVersion").answer({{"listVersion", 1}});
    CHECK(second.get().answered());
}

TEST_CASE("Cancelling a command that is over does nothing", "[command]") {
    temporary_directory directory;
    running_gateway gw(either_store(directory, GENERATE(false, true)));
    auto cp = gw.connect("CP-1");
    cancellable_command first(*gw, "CP-1", "ClearCache");
    cp.expect_call("ClearCache").answer(accepted);
    CHECK(first.get().answered());
    first.cancel();
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("A connection lost with calls in flight and waiting tells each what became of it", "[command]") {
    temporary_directory directory;
    running_gateway gw(io_threads(GENERATE(1, 3), either_store(directory, GENERATE(false, true))));
    auto cp = gw.connect("CP-1");
    auto in_flight = gw.send("CP-1", "ClearCache");
    cp.expect_call("ClearCache").ignore();
    std::vector<pending_command> waiting;
    for (int i = 0; i < 3; ++i) waiting.push_back(gw.send("CP-1", "ClearCache"));
    cp.heartbeat();
    SECTION("by a reset") { cp.drop_without_close(); }
    SECTION("by the end of the stream") { cp.hang_up(); }
    SECTION("by a Close") { cp.close(); }
    CHECK(is(in_flight.get(), outcome::unknown, reason::connection_lost));
    for (auto& each : waiting) CHECK(is(each.get(), outcome::not_sent, reason::offline));
    gw.expect_disconnect("CP-1");

    auto again = gw.connect("CP-1");
    again.expect_silence_until_heartbeat();
    auto next = gw.send("CP-1", "ClearCache");
    again.expect_call("ClearCache").answer(accepted);
    CHECK(next.get().answered());
}

TEST_CASE("Ids of calls are not used again on the next connection", "[command]") {
    temporary_directory directory;
    running_gateway gw(either_store(directory, GENERATE(false, true)));
    std::string before;
    for (int i = 0; i < 3; ++i) {
        auto cp = gw.connect("CP-1");
        auto pending = gw.send("CP-1", "ClearCache");
        const auto call = cp.expect_call("ClearCache");
        CHECK(call.id != before);
        before = call.id;
        call.answer(accepted);
        pending.get();
        cp.close();
        gw.expect_disconnect("CP-1");
    }
}

TEST_CASE("A pending charge point gets no remote start before its boot is accepted", "[command]") {
    running_gateway gw([](config& c) {
        charge_point_config pending;
        pending.pattern = "PENDING-*";
        pending.registration = boot_config::status::pending;
        c.charge_points.push_back(pending);
    });
    auto cp = gw.connect("PENDING-1");
    CHECK(cp.call("BootNotification", {{"chargePointVendor", "v"}, {"chargePointModel", "m"}}).at("status") ==
          "Pending");
    CHECK(is(gw.command("PENDING-1", "RemoteStartTransaction", {{"idTag", "TAG-1"}}), outcome::not_sent,
             reason::not_accepted));
    cp.expect_silence_until_heartbeat();
    auto allowed = gw.send("PENDING-1", "GetConfiguration");
    cp.expect_call("GetConfiguration").answer({});
    CHECK(allowed.get().answered());
}
