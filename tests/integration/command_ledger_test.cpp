// What is kept of commands: one id is one command, nothing leaves before that is noted, and a restart tells the truth.
#include "support/charge_point.hpp"
#include "support/copied_journal.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <chrono>
#include <optional>
#include <sqlite3.h>
#include <string>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

const json::object accepted = {{"status", "Accepted"}};

bool is(const command_result& r, outcome o, reason why) { return r.outcome == o && r.reason == why; }

command clear_cache(std::string id) {
    command c("ClearCache", "{}");
    c.command_id = std::move(id);
    return c;
}

command for_a_while(command c, std::chrono::milliseconds time = 1h) {
    c.expires_at = std::chrono::system_clock::now() + time;
    return c;
}

json::value stored(running_gateway& gw, const std::string& id) {
    return http_client(gw.port()).get("/api/v1/commands/" + id).json();
}

/// Nothing can be written to the journal as long as this lives.
class held_journal {
  public:
    explicit held_journal(const std::string& directory) {
        if (sqlite3_open((directory + "/journal.db").c_str(), &db_) != SQLITE_OK) throw unexpected("cannot open it");
        sqlite3_busy_timeout(db_, 5000);
        if (sqlite3_exec(db_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) != SQLITE_OK)
            throw unexpected(sqlite3_errmsg(db_));
    }
    ~held_journal() { sqlite3_close(db_); }
    held_journal(const held_journal&) = delete;
    held_journal& operator=(const held_journal&) = delete;

  private:
    sqlite3* db_ = nullptr;
};

/// A caller who may change his mind.
class fickle_caller {
  public:
    fickle_caller(gateway& g, std::string id, command c) {
        auto done = [this](error_code, command_result r) { result_ = std::move(r); };
        g.async_send_command(std::move(id), std::move(c),
                             asio::bind_cancellation_slot(
                                 signal_.slot(), asio::bind_executor(context_.get_executor(), std::move(done))));
    }
    void cancel() { signal_.emit(asio::cancellation_type::terminal); }
    command_result get() {
        if (!result_) context_.run_for(default_patience);
        if (!result_) throw unexpected("the command did not complete");
        return *result_;
    }

  private:
    asio::io_context context_;
    asio::cancellation_signal signal_;
    std::optional<command_result> result_;
};

/// A gateway with a journal whose session is busy with a first call: a second command is noted only once that ends.
struct busy_session {
    explicit busy_session(running_gateway::configure more = {})
        : gw(journal_in(directory.path(), std::move(more))), cp(gw.connect("CP-1")) {
        first = gw.send("CP-1", "ClearCache");
        in_flight = cp.expect_call("ClearCache");
    }
    /// The second command is with the session when this returns.
    void wait_until_queued(const std::string& id) {
        eventually([&] { return has(stored(gw, id), "/state"); }, "the command is kept");
        cp.heartbeat();
    }
    /// The first call ends, and the second one is being noted.
    void make_way() {
        in_flight.answer(accepted);
        CHECK(first->get().answered());
        cp.heartbeat();
    }
    /// The connection breaks, and the gateway knows it.
    void lose_connection() {
        cp.drop_without_close();
        http_client http(gw.port());
        eventually([&] { return !has(http.get("/connections").json(), "/connections/CP-1"); }, "it is gone");
    }

    temporary_directory directory;
    running_gateway gw;
    charge_point cp;
    std::optional<pending_command> first;
    incoming_call in_flight;
};

running_gateway::configure either_store(const temporary_directory& directory, bool in_journal) {
    return in_journal ? journal_in(directory.path()) : running_gateway::configure();
}

}  // namespace

// ------------------------------------------------------------------------------------------------------ one id

TEST_CASE("A command given again gets the outcome it had", "[command][ledger]") {
    temporary_directory directory;
    running_gateway gw(io_threads(GENERATE(1, 3), either_store(directory, GENERATE(false, true))));
    auto cp = gw.connect("CP-1");
    auto first = gw.send("CP-1", clear_cache("same"));
    cp.expect_call("ClearCache").answer({{"status", "Rejected"}});
    CHECK(first.get().answered());
    auto again = gw.send("cp-1", for_a_while(clear_cache("same"))).get();
    CHECK(is(again, outcome::result, reason::answered));
    CHECK(again.command_id == "same");
    CHECK(parse_json(again.payload) == json::value({{"status", "Rejected"}}));
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("An error and a failure are remembered as well", "[command][ledger]") {
    temporary_directory directory;
    running_gateway gw(either_store(directory, GENERATE(false, true)));
    auto cp = gw.connect("CP-1");
    auto refused = gw.send("CP-1", clear_cache("refused"));
    cp.expect_call("ClearCache").error("InternalError", "no \"cache\"", {{"a", 1}});
    CHECK(refused.get().outcome == outcome::call_error);
    const auto again = gw.send("CP-1", clear_cache("refused")).get();
    CHECK(is(again, outcome::call_error, reason::call_error));
    CHECK(again.error_code == "InternalError");
    CHECK(again.error_description == "no \"cache\"");
    CHECK(parse_json(again.error_details) == json::value({{"a", 1}}));

    cp.close();
    gw.expect_disconnect("CP-1");
    CHECK(is(gw.send("CP-1", clear_cache("offline")).get(), outcome::not_sent, reason::offline));
    auto back = gw.connect("CP-1");
    CHECK(is(gw.send("CP-1", clear_cache("offline")).get(), outcome::not_sent, reason::offline));
    back.expect_silence_until_heartbeat();
}

TEST_CASE("An id that stands for another command is a conflict", "[command][ledger]") {
    temporary_directory directory;
    running_gateway gw(io_threads(GENERATE(1, 3), either_store(directory, GENERATE(false, true))));
    auto cp = gw.connect("CP-1");
    auto other = gw.connect("CP-2");
    auto first = gw.send("CP-1", clear_cache("taken"));
    const auto call = cp.expect_call("ClearCache");
    const auto conflicts = [&] {
        command c("GetLocalListVersion", "{}");
        c.command_id = "taken";
        CHECK(is(gw.send("CP-1", c).get(), outcome::not_sent, reason::conflict));
        CHECK(is(gw.send("CP-2", clear_cache("taken")).get(), outcome::not_sent, reason::conflict));
    };
    conflicts();
    call.answer(accepted);
    CHECK(first.get().answered());
    conflicts();
    CHECK(gw.send("CP-1", clear_cache("taken")).get().answered());
    cp.expect_silence_until_heartbeat();
    other.expect_silence_until_heartbeat();
}

TEST_CASE("Callers of one command all get its outcome", "[command][ledger]") {
    temporary_directory directory;
    running_gateway gw(io_threads(GENERATE(1, 3), either_store(directory, GENERATE(false, true))));
    auto cp = gw.connect("CP-1");
    std::vector<pending_command> callers;
    for (int i = 0; i < 3; ++i) callers.push_back(gw.send("CP-1", clear_cache("shared")));
    const auto call = cp.expect_call("ClearCache");
    for (int i = 0; i < 3; ++i) callers.push_back(gw.send("CP-1", clear_cache("shared")));
    cp.expect_silence_until_heartbeat();
    call.answer(accepted);
    for (auto& each : callers) CHECK(each.get().answered());
    cp.expect_silence_until_heartbeat();
    CHECK(gw.expect_event(event_type::command_response, "CP-1").payload.at("commandId") == "shared");
    cp.close();
    for (const auto& e : gw.events().up_to(event_type::charge_point_disconnected, "CP-1"))
        CHECK(e.event->type != event_type::command_response);
}

TEST_CASE("A caller who cancels does not cancel the command of others", "[command][ledger]") {
    temporary_directory directory;
    running_gateway gw(io_threads(GENERATE(1, 3), either_store(directory, GENERATE(false, true))));
    auto cp = gw.connect("CP-1");
    fickle_caller fickle(*gw, "CP-1", clear_cache("shared"));
    auto patient = gw.send("CP-1", clear_cache("shared"));
    const auto call = cp.expect_call("ClearCache");
    CHECK(is(gw.send("CP-2", clear_cache("shared")).get(), outcome::not_sent, reason::conflict));  // both are in
    fickle.cancel();
    CHECK(is(fickle.get(), outcome::unknown, reason::cancelled));
    cp.expect_silence_until_heartbeat();
    CHECK_FALSE(patient.completed());
    call.answer(accepted);
    CHECK(patient.get().answered());
}

TEST_CASE("A late answer makes an unknown outcome known", "[command][ledger]") {
    temporary_directory directory;
    running_gateway gw(either_store(directory, GENERATE(false, true)));
    auto cp = gw.connect("CP-1");
    auto c = clear_cache("slow");
    c.timeout = 20ms;
    auto pending = gw.send("CP-1", c);
    const auto call = cp.expect_call("ClearCache");
    CHECK(is(pending.get(), outcome::unknown, reason::timeout));
    CHECK(text_at(stored(gw, "slow"), "/outcome") == "unknown");
    CHECK(at(stored(gw, "slow"), "/late") == false);
    call.answer({{"status", "Rejected"}});
    cp.heartbeat();
    const auto now = stored(gw, "slow");
    CHECK(text_at(now, "/outcome") == "result");
    CHECK(text_at(now, "/payload/status") == "Rejected");
    CHECK(at(now, "/late") == true);
    CHECK(gw.send("CP-1", c).get().answered());
}

TEST_CASE("An answer that meets the timeout leaves the outcome that was given, or its late answer",
          "[command][ledger]") {
    temporary_directory directory;
    running_gateway gw(journal_in(directory.path()));
    auto cp = gw.connect("CP-1");
    for (int i = 0; i < 30; ++i) {
        const auto id = "race-" + std::to_string(i);
        auto c = clear_cache(id);
        c.timeout = std::chrono::milliseconds(1 + i % 3);
        auto pending = gw.send("CP-1", c);
        cp.expect_call("ClearCache").answer(accepted);
        const auto told = pending.get();
        cp.heartbeat();
        const auto kept = stored(gw, id);
        CHECK(text_at(kept, "/outcome") == "result");
        CHECK(at(kept, "/late") == (told.outcome == outcome::unknown));
    }
}

// -------------------------------------------------------------------------------------------- noted before it leaves

TEST_CASE("Nothing is sent that cannot be noted, and the session goes on", "[command][ledger]") {
    busy_session s([](config& c) { c.events.commit_timeout = 200ms; });
    auto second = s.gw.send("CP-1", clear_cache("second"));
    s.wait_until_queued("second");
    {
        const held_journal held(s.directory.path());
        s.make_way();
        CHECK(is(second.get(), outcome::not_sent, reason::store_unavailable));
        CHECK(is(s.gw.send("CP-1", clear_cache("third")).get(), outcome::not_sent, reason::store_unavailable));
        s.cp.expect_silence_until_heartbeat();
    }
    eventually([&] { return text_at(stored(s.gw, "second"), "/state") == "done"; }, "the outcome is kept");
    CHECK(text_at(stored(s.gw, "second"), "/reason") == "store_unavailable");
    CHECK(http_client(s.gw.port()).get("/api/v1/commands/third").status == 404);
    s.cp.expect_silence_until_heartbeat();
    auto next = s.gw.send("CP-1", "ClearCache");
    s.cp.expect_call("ClearCache").answer(accepted);
    CHECK(next.get().answered());
}

TEST_CASE("What a restart would still send is not told as not sent", "[command][ledger]") {
    busy_session s([](config& c) { c.events.commit_timeout = 200ms; });
    auto second = s.gw.send("CP-1", for_a_while(clear_cache("second")));
    s.wait_until_queued("second");
    {
        const held_journal held(s.directory.path());
        s.make_way();
        CHECK(is(second.get(), outcome::unknown, reason::store_unavailable));
    }
    eventually([&] { return text_at(stored(s.gw, "second"), "/state") == "done"; }, "the outcome is kept");
    CHECK(text_at(stored(s.gw, "second"), "/outcome") == "not_sent");
    s.cp.expect_silence_until_heartbeat();
}

TEST_CASE("A command that ends while it is being noted is not sent", "[command][ledger]") {
    busy_session s;
    std::optional<held_journal> held;
    SECTION("cancelled") {
        fickle_caller second(*s.gw, "CP-1", clear_cache("second"));
        s.wait_until_queued("second");
        held.emplace(s.directory.path());
        s.make_way();
        second.cancel();
        s.cp.expect_silence_until_heartbeat();
        held.reset();
        CHECK(is(second.get(), outcome::not_sent, reason::cancelled));
        CHECK(text_at(stored(s.gw, "second"), "/reason") == "cancelled");
    }
    SECTION("expired") {
        const command c = for_a_while(clear_cache("second"), 300ms);
        const auto expires_at = *c.expires_at;
        auto second = s.gw.send("CP-1", c);
        s.wait_until_queued("second");
        held.emplace(s.directory.path());
        s.make_way();
        s.cp.expect_silence_until_heartbeat();
        eventually([&] { return std::chrono::system_clock::now() > expires_at; }, "its time has passed");
        held.reset();
        CHECK(is(second.get(), outcome::not_sent, reason::expired));
        CHECK(text_at(stored(s.gw, "second"), "/reason") == "expired");
    }
    SECTION("the connection is lost") {
        auto second = s.gw.send("CP-1", clear_cache("second"));
        s.wait_until_queued("second");
        held.emplace(s.directory.path());
        s.make_way();
        s.lose_connection();
        held.reset();
        CHECK(is(second.get(), outcome::not_sent, reason::offline));
        CHECK(text_at(stored(s.gw, "second"), "/reason") == "offline");
        s.cp = s.gw.connect("CP-1");
    }
    s.cp.expect_silence_until_heartbeat();
    auto next = s.gw.send("CP-1", "ClearCache");
    s.cp.expect_call("ClearCache").answer(accepted);
    CHECK(next.get().answered());
}

TEST_CASE("A command whose connection is lost while it is being noted goes out once on the next", "[command][ledger]") {
    busy_session s;
    auto second = s.gw.send("CP-1", for_a_while(clear_cache("second")));
    s.wait_until_queued("second");
    {
        const held_journal held(s.directory.path());
        s.make_way();
        s.lose_connection();
    }
    s.cp = s.gw.connect("CP-1");
    s.cp.expect_call("ClearCache").answer(accepted);
    CHECK(second.get().answered());
    s.cp.expect_silence_until_heartbeat();
    CHECK(text_at(stored(s.gw, "second"), "/outcome") == "result");
}

// ------------------------------------------------------------------------------------------------------- restarts

TEST_CASE("Outcomes are known after a restart", "[command][ledger]") {
    temporary_directory directory;
    {
        running_gateway gw(journal_in(directory.path()));
        auto cp = gw.connect("CP-1");
        auto first = gw.send("CP-1", clear_cache("before"));
        cp.expect_call("ClearCache").answer(accepted);
        CHECK(first.get().answered());
    }
    running_gateway gw(journal_in(directory.path()));
    auto cp = gw.connect("CP-1");
    CHECK(gw.send("CP-1", clear_cache("before")).get().answered());
    CHECK(text_at(stored(gw, "before"), "/outcome") == "result");
    cp.expect_silence_until_heartbeat();
}

TEST_CASE("After a crash every command has the outcome that is true", "[command][ledger]") {
    temporary_directory directory, crashed;
    running_gateway gw(journal_in(directory.path()));
    auto cp = gw.connect("CP-1");
    auto away = gw.connect("CP-2");
    away.close();
    gw.expect_disconnect("CP-2");
    auto in_flight = gw.send("CP-1", for_a_while(clear_cache("in-flight")));
    const auto call = cp.expect_call("ClearCache");
    auto queued = gw.send("CP-1", clear_cache("queued"));
    auto queued_for_long = gw.send("CP-1", for_a_while(clear_cache("queued-for-long")));
    auto waiting = gw.send("CP-2", for_a_while(clear_cache("waiting")));
    auto short_lived = gw.send("CP-2", for_a_while(clear_cache("short-lived"), 400ms));
    eventually([&] { return has(stored(gw, "short-lived"), "/state"); }, "all are kept");
    copy_journal(directory.path(), crashed.path());
    CHECK(is(short_lived.get(), outcome::not_sent, reason::expired));

    running_gateway next(journal_in(crashed.path()));
    const auto told = next.expect_event(event_type::command_response, "CP-1").payload;
    CHECK(told.at("commandId") == "in-flight");
    CHECK(told.at("outcome") == "unknown");
    CHECK(next.expect_event(event_type::command_response, "CP-1").payload.at("commandId") == "queued");
    CHECK(next.expect_event(event_type::command_response, "CP-2").payload.at("commandId") == "short-lived");
    const auto reason_of = [&](const char* id) { return text_at(stored(next, id), "/reason"); };
    CHECK(reason_of("in-flight") == "connection_lost");
    CHECK(reason_of("queued") == "restarted");
    CHECK(reason_of("short-lived") == "expired");
    CHECK(text_at(stored(next, "queued-for-long"), "/state") == "waiting");
    CHECK(text_at(stored(next, "waiting"), "/state") == "waiting");

    auto back = next.connect("CP-2");
    back.expect_call("ClearCache").answer(accepted);
    CHECK(next.expect_event(event_type::command_response, "CP-2").payload.at("commandId") == "waiting");
    CHECK(next.send("CP-2", clear_cache("waiting")).get().answered());
    auto again = next.connect("CP-1");
    again.expect_call("ClearCache").answer(accepted);
    CHECK(next.expect_event(event_type::command_response, "CP-1").payload.at("commandId") == "queued-for-long");
    again.expect_silence_until_heartbeat();
    call.answer(accepted);
    CHECK(in_flight.get().answered());
}

TEST_CASE("Outcomes are forgotten in the end", "[command][ledger]") {
    temporary_directory directory;
    running_gateway gw(journal_in(directory.path(), [](config& c) { c.journal.keep_outcomes = 1s; }));
    auto cp = gw.connect("CP-1");
    auto first = gw.send("CP-1", clear_cache("old"));
    cp.expect_call("ClearCache").answer(accepted);
    CHECK(first.get().answered());
    const auto gone = [&] { return http_client(gw.port()).get("/api/v1/commands/old").status == 404; };
    eventually(gone, "it is forgotten");
    auto again = gw.send("CP-1", clear_cache("old"));
    cp.expect_call("ClearCache").answer(accepted);
    CHECK(again.get().answered());
}
