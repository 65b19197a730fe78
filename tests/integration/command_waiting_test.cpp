// Commands that wait for a charge point that is not connected.
#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <chrono>
#include <string>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

const json::object accepted = {{"status", "Accepted"}};

bool is(const command_result& r, outcome o, reason why) { return r.outcome == o && r.reason == why; }

command set_key(int value, std::chrono::milliseconds time = 1h) {
    command c("ChangeConfiguration", R"({"key":"k","value":")" + std::to_string(value) + "\"}");
    c.command_id = "set-" + std::to_string(value);
    c.expires_at = std::chrono::system_clock::now() + time;
    return c;
}

void expect_value(charge_point& cp, int value) {
    const auto call = cp.expect_call("ChangeConfiguration");
    CHECK(call.payload.at("value").as_string() == std::to_string(value));
    call.answer(accepted);
}

running_gateway::configure either_store(const temporary_directory& directory, bool in_journal,
                                        running_gateway::configure more = {}) {
    return in_journal ? journal_in(directory.path(), std::move(more)) : std::move(more);
}

/// Seen once, and gone.
void leave(running_gateway& gw, std::string_view id) {
    gw.connect(id).close();
    gw.expect_disconnect(id);
}

}  // namespace

TEST_CASE("Commands wait for a charge point that is away, and go out in order when it returns", "[command][waiting]") {
    temporary_directory directory;
    running_gateway gw(io_threads(GENERATE(1, 3), either_store(directory, GENERATE(false, true))));
    leave(gw, "CP-1");
    std::vector<pending_command> waiting;
    for (int i = 0; i < 5; ++i) waiting.push_back(gw.send(i % 2 ? "cp-1" : "CP-1", set_key(i)));
    CHECK(is(gw.command("CP-1", "ClearCache"), outcome::not_sent, reason::offline));
    CHECK_FALSE(waiting.front().completed());
    auto cp = gw.connect("CP-1");
    for (int i = 0; i < 5; ++i) expect_value(cp, i);
    for (auto& each : waiting) CHECK(each.get().answered());
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("A command that waits for a charge point expires by itself", "[command][waiting]") {
    temporary_directory directory;
    running_gateway gw(either_store(directory, GENERATE(false, true)));
    leave(gw, "CP-1");
    auto first = gw.send("CP-1", set_key(1, 1h));
    auto second = gw.send("CP-1", set_key(2, 60ms));
    auto third = gw.send("CP-1", set_key(3, 30ms));
    CHECK(is(third.get(), outcome::not_sent, reason::expired));
    CHECK(is(second.get(), outcome::not_sent, reason::expired));
    CHECK(gw.expect_event(event_type::command_response, "CP-1").payload.at("commandId") == "set-3");
    auto cp = gw.connect("CP-1");
    expect_value(cp, 1);
    CHECK(first.get().answered());
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("Who was never seen is not waited for, and what has expired does not wait", "[command][waiting]") {
    running_gateway gw;
    CHECK(is(gw.send("NOBODY", set_key(1)).get(), outcome::not_sent, reason::unknown_charge_point));
    leave(gw, "CP-1");
    CHECK(is(gw.send("CP-1", set_key(2, -1s)).get(), outcome::not_sent, reason::expired));
}

TEST_CASE("What waits for charge points is bounded", "[command][waiting]") {
    running_gateway gw([](config& c) {
        c.session.outbound_queue = 2;
        c.limits.waiting_commands = 3;
    });
    for (const auto* id : {"CP-1", "CP-2"}) leave(gw, id);
    auto a = gw.send("CP-1", set_key(1));
    auto b = gw.send("CP-1", set_key(2));
    CHECK(is(gw.send("CP-1", set_key(3)).get(), outcome::not_sent, reason::queue_full));
    auto c = gw.send("CP-2", set_key(4));
    CHECK(is(gw.send("CP-2", set_key(5)).get(), outcome::not_sent, reason::queue_full));
    auto cp = gw.connect("CP-1");
    expect_value(cp, 1);
    expect_value(cp, 2);
    CHECK(a.get().answered());
    CHECK(b.get().answered());
    gw.stop();
    CHECK(is(c.get(), outcome::not_sent, reason::stopping));
}

TEST_CASE("A command meets a connection that is being closed and waits for the next one", "[command][waiting]") {
    running_gateway gw(io_threads(GENERATE(1, 3), [](config& c) {
        c.session.idle_timeout = 200ms;
        c.boot.registration = boot_config::status::rejected;  // others are not cut between their heartbeats
        c.session.close_timeout = 1h;
    }));
    auto half_open = gw.connect("CP-1");
    CHECK(half_open.expect_close() == 1001);  // and is never answered
    const json::object payload{{"key", "k"}, {"value", "1"}};
    const json::object wanted{
        {"commandName", "ChangeConfiguration"}, {"payload", payload}, {"expiresAt", "2099-01-01T00:00:00Z"}};
    CHECK(http_client(gw.port()).post("/api/v1/charge-points/CP-1/commands", wanted).status == 202);  // it waits
    auto cp = gw.connect("CP-1");
    expect_value(cp, 1);
}

TEST_CASE("Commands whose session ends before they are sent wait for the next one", "[command][waiting]") {
    temporary_directory directory;
    running_gateway gw(io_threads(GENERATE(1, 3), either_store(directory, GENERATE(false, true))));
    auto cp = gw.connect("CP-1");
    auto in_flight = gw.send("CP-1", "ClearCache");
    cp.expect_call("ClearCache").ignore();
    std::vector<pending_command> waiting;
    for (int i = 0; i < 4; ++i) waiting.push_back(gw.send("CP-1", set_key(i)));
    http_client http(gw.port());
    const json::object plain{{"commandName", "GetLocalListVersion"}, {"commandId", "plain"}};
    CHECK(http.post("/api/v1/charge-points/CP-1/commands", plain, {{"Prefer", "respond-async"}}).status == 202);
    cp.heartbeat();  // all are with the session
    const bool replaced = GENERATE(false, true);
    if (!replaced) cp.drop_without_close();
    if (!replaced) gw.expect_disconnect("CP-1");
    if (!replaced) waiting.push_back(gw.send("CP-1", set_key(4)));
    auto next = gw.connect("CP-1");
    if (replaced) waiting.push_back(gw.send("CP-1", set_key(4)));
    for (int i = 0; i < 5; ++i) expect_value(next, i);
    for (auto& each : waiting) CHECK(each.get().answered());
    CHECK(in_flight.get().outcome == outcome::unknown);
    CHECK(text_at(http.get("/api/v1/commands/plain").json(), "/outcome") == "not_sent");
    next.expect_silence_until_heartbeat();
}

TEST_CASE("Commands keep their order while their charge point comes and goes", "[command][waiting]") {
    temporary_directory directory;
    running_gateway gw(io_threads(4, journal_in(directory.path())));
    for (int round = 0; round < 8; ++round) {
        const std::string id = "CP-" + std::to_string(round);
        leave(gw, id);
        constexpr int count = 10;
        std::vector<pending_command> given;
        for (int i = 0; i < count; ++i) {
            command c = set_key(i);
            c.command_id = id + "-" + std::to_string(i);
            given.push_back(gw.send(id, std::move(c)));
        }
        for (int i = 0; i < 5; ++i) gw.connect(id).drop_without_close();
        auto cp = gw.connect(id);
        auto call = cp.expect_call("ChangeConfiguration");
        const int first = std::stoi(std::string(call.payload.at("value").as_string()));
        call.answer(accepted);
        for (int i = first + 1; i < count; ++i) expect_value(cp, i);
        for (int i = 0; i < count; ++i) {  // those before it were sent to nobody who answers
            CHECK(given[static_cast<std::size_t>(i)].get().outcome == (i < first ? outcome::unknown : outcome::result));
        }
    }
}

TEST_CASE("A waiting command goes out only once the registration permits it", "[command][waiting]") {
    running_gateway gw([](config& c) {
        charge_point_config pending;
        pending.pattern = "CP-1";
        pending.registration = boot_config::status::pending;
        c.charge_points.push_back(pending);
    });
    {
        auto cp = gw.connect("CP-1");
        cp.call("BootNotification", {{"chargePointVendor", "v"}, {"chargePointModel", "m"}});
        cp.close();
        gw.expect_disconnect("CP-1");
    }
    command start("RemoteStartTransaction", R"({"idTag":"TAG-1"})");
    start.expires_at = std::chrono::system_clock::now() + 300ms;
    auto not_yet = gw.send("CP-1", start);
    auto allowed = gw.send("CP-1", set_key(1));
    auto cp = gw.connect("CP-1");
    expect_value(cp, 1);
    CHECK(allowed.get().answered());
    CHECK(is(not_yet.get(), outcome::not_sent, reason::expired));
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("A stop tells those who wait, and the next process does not send what was told as not sent",
          "[command][waiting]") {
    temporary_directory directory;
    {
        running_gateway gw(journal_in(directory.path()));
        leave(gw, "CP-1");
        auto waiting = gw.send("CP-1", set_key(1));
        eventually([&] { return http_client(gw.port()).get("/api/v1/commands/set-1").status == 200; }, "it is kept");
        gw.stop();
        CHECK(is(waiting.get(), outcome::not_sent, reason::stopping));
    }
    running_gateway gw(journal_in(directory.path()));
    auto cp = gw.connect("CP-1");
    cp.expect_silence_until_heartbeat();
    CHECK(is(gw.send("CP-1", set_key(1)).get(), outcome::not_sent, reason::stopping));
}

TEST_CASE("A command that was accepted waits across a stop", "[command][waiting]") {
    temporary_directory directory;
    const bool had_a_session = GENERATE(false, true);
    json::object body{{"commandName", "ChangeConfiguration"},
                      {"payload", {{"key", "k"}, {"value", "7"}}},
                      {"commandId", "set-7"},
                      {"expiresAt", "2099-01-01T00:00:00Z"}};
    {
        running_gateway gw(journal_in(directory.path()));
        auto cp = gw.connect("CP-1");
        auto in_flight = gw.send("CP-1", "ClearCache");
        cp.expect_call("ClearCache").ignore();
        if (!had_a_session) {
            cp.close();
            gw.expect_disconnect("CP-1");
        }
        const auto answer =
            http_client(gw.port()).post("/api/v1/charge-points/CP-1/commands", body, {{"Prefer", "respond-async"}});
        CHECK(answer.status == 202);
        if (had_a_session) cp.drop_without_close();
        auto joined = gw.send("CP-1", set_key(7));
        CHECK(in_flight.get().outcome == outcome::unknown);
        CHECK(is(gw.send("CP-1", set_key(8, -1s)).get(), outcome::not_sent, reason::expired));  // the other has joined
        gw.stop();
        CHECK(is(joined.get(), outcome::unknown, reason::stopping));
    }
    running_gateway gw(journal_in(directory.path()));
    auto cp = gw.connect("CP-1");
    expect_value(cp, 7);
    CHECK(gw.expect_event(event_type::command_response, "CP-1").payload.at("commandId") == "set-7");
    cp.expect_silence_until_heartbeat();
}
