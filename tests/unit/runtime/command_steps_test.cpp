// Every fate of a command, step by step and without a network, and that a command may be destroyed at any step of it.
// The two that need a journal, restarted and store_unavailable, have theirs among the integration tests of commands.
#include "commands/command_dispatcher.hpp"
#include "support/stepped_gateway.hpp"
#include "support/websocket_frame.hpp"

#include <voltgate/command.hpp>

#include <catch2/catch_test_macros.hpp>
#include <fmt/format.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

/// What became of a command, and who else waits for it.
struct given_command {
    std::shared_ptr<command_operation> op;  // null once it was let go
    std::shared_ptr<std::optional<command_result>> result = std::make_shared<std::optional<command_result>>();
    std::shared_ptr<command_state> reached = std::make_shared<command_state>(command_state::done);

    /// "not_sent/offline"; empty: not known yet.
    [[nodiscard]] std::string fate() const {
        if (!*result) return {};
        if (*reached != command_state::done) return "told: " + std::string(to_string(*reached));
        return fmt::format("{}/{}", to_string((*result)->outcome), to_string((*result)->reason));
    }
};

/// A charge point of 1.6.
class station {
  public:
    station(stepped_gateway& g, std::string_view id) : client_(g.connect()) { client_.ask_for_upgrade(id); }

    void say(std::string_view text) { client_.say(encode_frame(opcode::text, text)); }
    void hang_up() { client_.hang_up(); }
    /// The actions of the CALLs that came, and what else did in words: "Reset ClearCache (close 1008)".
    [[nodiscard]] std::string heard() {
        bytes_ += client_.heard();
        if (!upgraded_ && bytes_.find("\r\n\r\n") != std::string::npos) {
            bytes_.erase(0, bytes_.find("\r\n\r\n") + 4);
            upgraded_ = true;
        }
        std::string words;
        while (upgraded_) {
            const auto f = take_frame(bytes_);
            if (!f) break;
            std::string word = f->code == opcode::close ? fmt::format("(close {})", close_code(f->payload)) : "?";
            if (f->payload.starts_with("[2,\"")) {
                const auto end_of_id = f->payload.find('"', 4);
                last_id_ = f->payload.substr(4, end_of_id - 4);
                const auto action = end_of_id + 3;
                word = f->payload.substr(action, f->payload.find('"', action) - action);
            }
            words += words.empty() ? word : " " + word;
        }
        return words;
    }
    /// To the last CALL that was heard.
    void answer(std::string_view payload = R"({"status":"Accepted"})") {
        say(fmt::format(R"([3,"{}",{}])", last_id_, payload));
    }
    void refuse() { say(fmt::format(R"([4,"{}","InternalError","",{{}}])", last_id_)); }

  private:
    memory_client client_;
    std::string bytes_, last_id_;
    bool upgraded_ = false;
};

struct fixture : stepped_gateway {
    explicit fixture(const configure& more = {})
        : stepped_gateway([&more](config& c) {
              c.security.unknown_charge_points = security_config::unknown_answer::accept;
              if (more) more(c);
          }) {}

    [[nodiscard]] station connect_station() {
        station s(*this, "CP-1");
        run();
        CHECK(s.heard().empty());
        return s;
    }
    given_command give(command c, caller_patience::until until = caller_patience::until::done,
                       const std::string& charge_point_id = "CP-1") {
        given_command given;
        auto told = [result = given.result](error_code ec, command_result r) {
            CHECK_FALSE(ec);
            CHECK_FALSE(*result);  // once
            *result = std::move(r);
        };
        if (c.command_id.empty()) c.command_id = fmt::format("command-{}", core().commands().next_ticket());
        caller_patience patience;
        patience.what = until;
        patience.reached = given.reached;
        given.op =
            std::make_shared<command_operation>(std::move(told), core().threads().front()->executor(), charge_point_id,
                                                std::move(c), core().commands().next_ticket(), patience);
        core().commands().take(given.op);
        run();
        return given;
    }
    given_command give(const std::string& action, const std::string& payload = "{}") {
        return give(command(action, payload));
    }
    /// One that may wait for its charge point.
    given_command give_patient(const std::string& action, std::chrono::seconds time = 60s) {
        command c(action, "{}");
        c.expires_at = clock->utc() + time;
        return give(std::move(c));
    }
    [[nodiscard]] command_cancellation cancel(const given_command& given) {
        std::optional<command_cancellation> told;
        core().commands().cancel_command(
            std::make_shared<cancel_operation>([&told](error_code, command_cancellation c) { told = c; },
                                               core().threads().front()->executor(), given.op->command.command_id));
        run();
        REQUIRE(told);
        return *told;
    }
};

void short_queue(config& c) { c.session.outbound_queue = 1; }

}  // namespace

TEST_CASE_METHOD(fixture, "A command completes with the answer of its charge point", "[command]") {
    auto s = connect_station();
    const auto given = give("ClearCache");
    CHECK(s.heard() == "ClearCache");
    CHECK(given.fate().empty());
    SECTION("a CALLRESULT") {
        s.answer();
        run();
        CHECK(given.fate() == "result/answered");
        CHECK((*given.result)->payload == R"({"status":"Accepted"})");
    }
    SECTION("a CALLERROR") {
        s.refuse();
        run();
        CHECK(given.fate() == "call_error/call_error");
    }
    SECTION("one that says nothing") {
        s.answer("{}");
        run();
        CHECK(given.fate() == "unknown/invalid_answer");
    }
    SECTION("one that comes after the timeout") {
        advance(core().settings().session.call_timeout);
        CHECK(given.fate() == "unknown/timeout");
        s.answer();
        run();
        CHECK(given.fate() == "unknown/timeout");
        CHECK(give(given.op->command).fate() == "result/answered");  // the ledger has it
    }
    SECTION("none, for the connection is lost") {
        s.hang_up();
        run();
        CHECK(given.fate() == "unknown/connection_lost");
    }
    SECTION("none, for another connection replaces it") {
        auto newer = connect_station();
        CHECK(given.fate() == "unknown/replaced");
        CHECK(s.heard() == "(close 1008)");
    }
}

TEST_CASE_METHOD(fixture, "A command that cannot be sent says why", "[command]") {
    CHECK(give("ClearCache").fate() == "not_sent/unknown_charge_point");
    auto s = connect_station();
    CHECK(give("Frobnicate").fate() == "not_sent/invalid_payload");
    CHECK(give("Reset", R"({"type":"Sudden"})").fate() == "not_sent/invalid_payload");
    command c("ClearCache", "{}");
    c.command_id = "the same";
    const auto first = give(c);
    c.action = "GetLocalListVersion";
    CHECK(give(c).fate() == "not_sent/conflict");
    CHECK(first.fate().empty());
    s.hang_up();
    run();
    CHECK(give(c).fate() == "not_sent/conflict");
    CHECK(give("ClearCache").fate() == "not_sent/offline");
}

TEST_CASE("A command that finds its charge point's queue full is not sent", "[command]") {
    fixture f(short_queue);
    auto s = f.connect_station();
    const auto in_flight = f.give("ClearCache");
    const auto waits = f.give("GetLocalListVersion");
    CHECK(f.give("ClearCache").fate() == "not_sent/queue_full");
    CHECK(s.heard() == "ClearCache");
    s.answer();
    f.run();
    CHECK(in_flight.fate() == "result/answered");
    CHECK(s.heard() == "GetLocalListVersion");
    s.hang_up();
    f.run();
    CHECK(waits.fate() == "unknown/connection_lost");
    CHECK(f.give_patient("ClearCache").fate().empty());
    CHECK(f.give_patient("ClearCache").fate() == "not_sent/queue_full");
}

TEST_CASE_METHOD(fixture, "A command expires where it waits, and is not sent", "[command]") {
    auto s = connect_station();
    SECTION("for its turn") {
        const auto in_flight = give("ClearCache");
        const auto dated = give_patient("ClearCache", 5s);
        const auto undated = give("ClearCache");
        advance(5s);
        CHECK(dated.fate() == "not_sent/expired");
        s.answer();
        run();
        CHECK(undated.fate().empty());
        CHECK(in_flight.fate().empty());
    }
    SECTION("for its charge point") {
        s.hang_up();
        run();
        const auto dated = give_patient("ClearCache", 5s);
        advance(4s);
        CHECK(dated.fate().empty());
        advance(1s);
        CHECK(dated.fate() == "not_sent/expired");
        CHECK(connect_station().heard().empty());
    }
}

TEST_CASE_METHOD(fixture, "Commands that were not sent when their session ended go out on the next, in their order",
                 "[command]") {
    auto s = connect_station();
    const auto in_flight = give_patient("ClearCache");
    const auto undated = give("ClearCache");
    const auto first = give_patient("GetLocalListVersion");
    const auto second = give_patient("GetConfiguration");
    std::optional<station> next;
    SECTION("a newer connection") {
        next.emplace(*this, "CP-1");
        run();
        CHECK(undated.fate() == "not_sent/moved");
        CHECK(in_flight.fate() == "unknown/replaced");
    }
    SECTION("none, and later one") {
        s.hang_up();
        run();
        CHECK(undated.fate() == "not_sent/offline");
        CHECK(in_flight.fate() == "unknown/connection_lost");
        const auto third = give_patient("ClearCache");
        next.emplace(*this, "CP-1");
        run();
        CHECK(third.fate().empty());
    }
    CHECK(next->heard() == "GetLocalListVersion");
    next->answer(R"({"listVersion":1})");
    run();
    CHECK(first.fate() == "result/answered");
    CHECK(next->heard() == "GetConfiguration");
    next->answer();
    run();
    CHECK(second.fate() == "result/answered");
}

TEST_CASE_METHOD(fixture, "A command is cancelled wherever it waits, but not once it is sent", "[command]") {
    auto s = connect_station();
    const auto in_flight = give("ClearCache");
    const auto queued = give("ClearCache");
    CHECK(cancel(queued) == command_cancellation::cancelled);
    CHECK(queued.fate() == "not_sent/cancelled");
    CHECK(cancel(queued) == command_cancellation::done);
    CHECK(cancel(in_flight) == command_cancellation::in_flight);
    CHECK(in_flight.fate().empty());
    s.hang_up();
    run();
    const auto waiting = give_patient("ClearCache");
    CHECK(cancel(waiting) == command_cancellation::cancelled);
    CHECK(waiting.fate() == "not_sent/cancelled");
    CHECK(connect_station().heard().empty());
}

TEST_CASE_METHOD(fixture, "Several callers share a command, some of them not to its end", "[command]") {
    using until = caller_patience::until;
    command c("ClearCache", "{}");
    c.command_id = "shared";
    c.expires_at = clock->utc() + 60s;
    CHECK(give(c, until::done).fate() == "not_sent/unknown_charge_point");
    auto s = connect_station();
    s.hang_up();
    run();
    c.command_id = "shared again";
    const auto patient = give(c);
    CHECK(give(c, until::waiting).fate() == "told: waiting");
    CHECK(give(c, until::taken).fate() == "told: waiting");
    CHECK(patient.fate().empty());
    station next(*this, "CP-1");
    run();
    CHECK(next.heard() == "ClearCache");
    next.answer();
    run();
    CHECK(patient.fate() == "result/answered");
}

TEST_CASE_METHOD(fixture, "A gateway that stops ends commands that wait", "[command]") {
    auto s = connect_station();
    const auto in_flight = give("ClearCache");
    CHECK(s.heard() == "ClearCache");
    core().set_draining();
    run();
    CHECK(give_patient("ClearCache").fate() == "not_sent/stopping");
    s.answer();
    run();
    CHECK(in_flight.fate() == "result/answered");
}

namespace {

/// As much of the life of some commands as `steps` handlers are. Whether that was all.
bool live(fixture& f, std::size_t steps) {
    std::vector<given_command> given;
    std::vector<std::unique_ptr<station>> stations;
    const auto run = [&] {
        steps -= f.run(steps);
        for (auto& s : stations) static_cast<void>(s->heard());
        return steps > 0;
    };
    const auto give = [&](bool patient) {
        command c("ClearCache", "{}");
        c.command_id = fmt::format("command-{}", given.size());
        if (patient) c.expires_at = f.clock->utc() + 60s;
        given_command g;
        g.op = std::make_shared<command_operation>([](error_code, command_result) {},
                                                   f.core().threads().front()->executor(), "CP-1", std::move(c),
                                                   f.core().commands().next_ticket(), caller_patience());
        f.core().commands().take(std::exchange(g.op, nullptr));
        given.push_back(std::move(g));
    };
    stations.push_back(std::make_unique<station>(f, "CP-1"));
    if (!run()) return false;
    for (const bool patient : {false, true, false, true}) give(patient);
    if (!run()) return false;
    stations[0]->answer();
    give(true);
    if (!run()) return false;
    stations.push_back(std::make_unique<station>(f, "CP-1"));
    if (!run()) return false;
    stations[1]->answer();
    if (!run()) return false;
    stations.pop_back();
    give(true);
    if (!run()) return false;
    stations.push_back(std::make_unique<station>(f, "CP-1"));
    give(false);
    if (!run()) return false;
    f.core().set_draining();
    if (!run()) return false;
    stations.clear();
    return run();
}

}  // namespace

TEST_CASE("Commands may be destroyed at any step, wherever they wait", "[command]") {
    bool lived = false;
    std::size_t steps = 1;
    for (; !lived && steps < 2000; ++steps) {
        fixture f;
        lived = live(f, steps);
    }
    CHECK(lived);
    CHECK(steps > 30);
}
