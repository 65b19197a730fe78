// Commands that are cancelled by their id, by whomever.
#include "support/charge_point.hpp"
#include "support/faulty_disk.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"
#include "support/v2x.hpp"

#include <boost/asio/use_future.hpp>
#include <boost/json/parse.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <fstream>
#include <string>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

const json::object accepted = {{"status", "Accepted"}};
constexpr const char* to_cp_1 = "/api/v1/charge-points/CP-1/commands";

json::object clear_cache(std::string id, bool waits = true) {
    json::object body{{"commandName", "ClearCache"}, {"commandId", std::move(id)}};
    if (waits) body["expiresAt"] = "2099-01-01T00:00:00Z";
    return body;
}

running_gateway::configure either_store(const temporary_directory& directory, bool in_journal) {
    return in_journal ? journal_in(directory.path()) : running_gateway::configure();
}

bool is_cancelled(const command_result& r) { return r.outcome == outcome::not_sent && r.reason == reason::cancelled; }

command waiting_command(std::string id) {
    command c("ClearCache", "{}");
    c.command_id = std::move(id);
    c.expires_at = std::chrono::system_clock::now() + 1h;
    return c;
}

command_cancellation cancel(running_gateway& gw, std::string id) {
    return gw->async_cancel_command(std::move(id), asio::use_future).get();
}

}  // namespace

TEST_CASE("A command that waits for a charge point is cancelled and never sent", "[command][cancel]") {
    temporary_directory directory;
    running_gateway gw(io_threads(GENERATE(1, 3), either_store(directory, GENERATE(false, true))));
    gw.connect("CP-1").close();
    gw.expect_disconnect("CP-1");
    http_client http(gw.port());
    CHECK(http.post(to_cp_1, clear_cache("gone")).status == 202);
    CHECK(http.post(to_cp_1, clear_cache("stays")).status == 202);
    const auto told = http.del("/api/v1/commands/gone");
    CHECK(told.status == 200);
    CHECK(text_at(told.json(), "/state") == "done");
    CHECK(text_at(told.json(), "/outcome") == "not_sent");
    CHECK(text_at(told.json(), "/reason") == "cancelled");
    CHECK(gw.expect_event(event_type::command_response, "CP-1").payload.at("reason") == "cancelled");
    CHECK(http.del("/api/v1/commands/gone").status == 409);
    CHECK(http.post(to_cp_1, clear_cache("gone")).status == 410);
    auto cp = gw.connect("CP-1");
    cp.expect_call("ClearCache").answer(accepted);
    cp.expect_silence_until_heartbeat();
    CHECK(text_at(http.get("/api/v1/commands/stays").json(), "/outcome") == "result");
}

TEST_CASE("A cancelled command stays cancelled across a restart", "[command][cancel]") {
    temporary_directory directory;
    {
        running_gateway gw(journal_in(directory.path()));
        gw.connect("CP-1").close();
        gw.expect_disconnect("CP-1");
        http_client http(gw.port());
        for (const auto* id : {"a", "b"}) CHECK(http.post(to_cp_1, clear_cache(id)).status == 202);
        CHECK(http.del("/api/v1/commands/a").status == 200);
    }
    running_gateway gw(journal_in(directory.path()));
    CHECK(http_client(gw.port()).del("/api/v1/commands/b").status == 200);  // of the process before
    auto cp = gw.connect("CP-1");
    cp.expect_silence_until_heartbeat();
    CHECK(text_at(http_client(gw.port()).get("/api/v1/commands/a").json(), "/reason") == "cancelled");
}

TEST_CASE("A command in a connected charge point's queue is cancelled, the one in flight is not", "[command][cancel]") {
    temporary_directory directory;
    const auto version = GENERATE(ocpp::version::v16, ocpp::version::v201, ocpp::version::v21);
    running_gateway gw(either_store(directory, GENERATE(false, true)));
    auto cp = gw.connect("CP-1", speaking(version));
    http_client http(gw.port());
    const header_list async{{"Prefer", "respond-async"}};
    CHECK(http.post(to_cp_1, clear_cache("first", false), async).status == 202);
    const auto call = cp.expect_call("ClearCache");
    for (const auto* id : {"second", "third"}) {
        CHECK(http.post(to_cp_1, clear_cache(id, id == std::string("third")), async).status == 202);
    }
    CHECK(http.del("/api/v1/commands/first").status == 409);
    CHECK(text_at(http.get("/api/v1/commands/first").json(), "/state") == "dispatching");
    for (const auto* id : {"second", "third"}) {
        const auto told = http.del(std::string("/api/v1/commands/") + id);
        CHECK(told.status == 200);
        CHECK(text_at(told.json(), "/reason") == "cancelled");
    }
    call.answer(accepted);
    cp.expect_silence_until_heartbeat();
    CHECK(text_at(http.get("/api/v1/commands/first").json(), "/outcome") == "result");
    CHECK(http.del("/api/v1/commands/first").status == 409);
    CHECK(http.del("/api/v1/commands/nothing").status == 404);
    CHECK(http.del("/api/v1/commands/nothing?force=1").status == 400);
}

TEST_CASE("All who wait for a cancelled command are told", "[command][cancel]") {
    temporary_directory directory;
    running_gateway gw(either_store(directory, GENERATE(false, true)));
    gw.connect("CP-1").close();
    gw.expect_disconnect("CP-1");
    auto one = gw.send("CP-1", waiting_command("shared"));
    auto other = gw.send("cp-1", waiting_command("shared"));
    auto first = gw->async_cancel_command("shared", asio::use_future);
    auto second = gw->async_cancel_command("shared", asio::use_future);
    CHECK(first.get() == command_cancellation::cancelled);
    const auto later = second.get();
    CHECK((later == command_cancellation::cancelled || later == command_cancellation::done));
    CHECK(is_cancelled(one.get()));
    CHECK(is_cancelled(other.get()));
    CHECK(cancel(gw, "shared") == command_cancellation::done);
    CHECK(cancel(gw, "nothing") == command_cancellation::unknown_command);
}

TEST_CASE("A command that is given while its cancellation is looked up is cancelled", "[command][cancel]") {
    temporary_directory directory;
    faulty_disk disk(directory.path());
    running_gateway gw(
        journal_in(directory.path(), [](config& c) { c.events.durability = events_config::durable::disk; }));
    gw.connect("CP-1").close();
    gw.expect_disconnect("CP-1");
    disk.set(faulty_disk::fault::sync_blocks);
    const auto held = gw.send("CP-1", waiting_command("held"));
    eventually([&] { return disk.blocked() > 0; }, "the writer waits for the disk");
    auto cancelling = gw->async_cancel_command("late", asio::use_future);
    auto given = gw.send("CP-1", waiting_command("late"));
    disk.set(faulty_disk::fault::none);
    REQUIRE(cancelling.get() == command_cancellation::cancelled);
    CHECK(is_cancelled(given.get()));
}

TEST_CASE("A command that is cancelled while its charge point goes is told once, as what became of it",
          "[command][cancel]") {
    temporary_directory directory;
    running_gateway gw(io_threads(3, either_store(directory, GENERATE(false, true))));
    for (int i = 0; i < 20; ++i) {
        auto cp = gw.connect("CP-1");
        auto in_flight = gw.send("CP-1", "GetLocalListVersion");
        cp.expect_call("GetLocalListVersion").ignore();
        auto waiting = gw.send("CP-1", waiting_command("c-" + std::to_string(i)));
        cp.drop_without_close();
        CHECK(cancel(gw, "c-" + std::to_string(i)) == command_cancellation::cancelled);
        CHECK(is_cancelled(waiting.get()));
        CHECK(in_flight.get().outcome == outcome::unknown);
    }
}

TEST_CASE("All who cancel a command at the same time are told that it was cancelled", "[command][cancel]") {
    temporary_directory directory;
    running_gateway gw(io_threads(2, either_store(directory, GENERATE(false, true))));
    const bool connected = GENERATE(false, true);
    auto cp = gw.connect("CP-1");
    auto in_flight = gw.send("CP-1", "GetLocalListVersion");
    cp.expect_call("GetLocalListVersion").ignore();
    if (!connected) {
        cp.close();
        gw.expect_disconnect("CP-1");
    }
    for (int i = 0; i < 50; ++i) {
        const auto id = "c-" + std::to_string(i);
        auto waiting = gw.send("CP-1", waiting_command(id));
        std::vector<std::future<command_cancellation>> all;
        for (int n = 0; n < 6; ++n) all.push_back(gw->async_cancel_command(id, asio::use_future));
        CHECK(is_cancelled(waiting.get()));
        for (int n = 0; n < 6; ++n) all.push_back(gw->async_cancel_command(id, asio::use_future));
        for (auto& one : all) {
            const auto told = one.get();
            CHECK((told == command_cancellation::cancelled || told == command_cancellation::done));
        }
    }
}

TEST_CASE("An empty id names no command", "[command][cancel]") {
    running_gateway gw;
    gw.connect("CP-1").close();
    gw.expect_disconnect("CP-1");
    http_client http(gw.port());
    CHECK(http.post(to_cp_1, clear_cache("waits")).status == 202);
    CHECK(http.get("/api/v1/commands/").status == 404);
    CHECK(http.del("/api/v1/commands/").status == 404);
    CHECK(text_at(http.get("/api/v1/commands/waits").json(), "/state") == "waiting");
}

TEST_CASE("Who cancelled what is noted", "[command][cancel]") {
    temporary_directory directory;
    const std::string file = directory.path() + "/audit.log";
    {
        running_gateway gw([&](config& c) { c.api.audit_file = file; });
        gw.connect("CP-1").close();
        gw.expect_disconnect("CP-1");
        http_client http(gw.port());
        CHECK(http.post(to_cp_1, clear_cache("gone")).status == 202);
        CHECK(http.del("/api/v1/commands/gone").status == 200);
        CHECK(http.del("/api/v1/commands/gone").status == 409);
    }
    std::ifstream log(file);
    std::vector<json::value> lines;
    for (std::string line; std::getline(log, line);) lines.push_back(json::parse(line));
    REQUIRE(lines.size() == 3);
    CHECK(text_at(lines[1], "/method") == "DELETE");
    CHECK(text_at(lines[1], "/path") == "/api/v1/commands/gone");
    CHECK(text_at(lines[1], "/what") == "gone cancelled");
    CHECK(number_at(lines[2], "/status") == 409);
}

TEST_CASE("Nothing is cancelled in a gateway that does not run", "[command][cancel]") {
    running_gateway gw;
    gw.stop();
    CHECK_THROWS(cancel(gw, "x"));
}
