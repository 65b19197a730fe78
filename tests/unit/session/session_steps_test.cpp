// A session step by step, without a network: what one wake-up takes in and sends, and that it may be destroyed at any
// step.
#include "async/async_condition.hpp"
#include "session/correlation_future.hpp"
#include "session/session.hpp"
#include "support/stepped_session.hpp"

#include <voltgate/command.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <fmt/format.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;

namespace {

/// Answers at once, Authorize in a coroutine that waits for nothing, and BootNotification later, when it is told to.
class answering_host final : public no_gateway {
  public:
    host_answer answer(const inbound_call& call, std::string& out) override {
        host_answer a;
        if (call.action.name == "BootNotification") {
            a.what = host_answer::kind::later;
            a.later = boot(call.from.thread());
        } else if (call.action.name == "Authorize") {
            a.what = host_answer::kind::later;
            a.later = authorize();
        } else {
            if (call.message_id == failing) throw std::runtime_error("the host failed");
            out += "{}";
        }
        return a;
    }
    void leave(session&, end_reason why) override { left = why; }

    std::optional<end_reason> left;
    async_condition booted;
    std::string failing;

  private:
    io_awaitable<call_answer> authorize() { co_return call_answer::result(R"({"idTagInfo":{"status":"Accepted"}})"); }
    io_awaitable<call_answer> boot(session_thread& thread) {
        const std::string result = R"({"currentTime":"2026-01-02T03:04:05Z","interval":300,"status":"Accepted"})";
        co_await booted.async_wait(thread.io.timers, as_result);
        co_return call_answer::result(result);
    }
};

std::string call(int id, std::string_view action, std::string_view payload = "{}") {
    return encode_frame(opcode::text, fmt::format(R"([2,"{}","{}",{}])", id, action, payload));
}

/// Heartbeats one by one, until there is no room for more: the session reads nothing any more. How many they were.
int say_until_full(stepped_session& s, int most) {
    int said = 0;
    for (; said < most && s.has_room(64); ++said) {
        s.say(call(said, "Heartbeat"));
        s.run();
    }
    return said;
}

constexpr const char* boot_payload = R"({"chargePointVendor":"V","chargePointModel":"M"})";

}  // namespace

TEST_CASE("What comes together is answered together, in its order", "[session]") {
    answering_host host;
    stepped_session s(host);
    s.run();
    CHECK(s.heard().empty());
    s.say(call(1, "Heartbeat") + encode_frame(opcode::ping, "p") + call(2, "Heartbeat"));
    s.run();
    CHECK(s.heard() == R"(text [3,"1",{}]; pong p; text [3,"2",{}]; )");
    s.say(encode_frame(opcode::close, close_payload(1000)));
    s.run();
    CHECK(s.heard() == "close 1000; end");
    CHECK(host.left == end_reason::peer_closed);
    CHECK(s.over());
}

TEST_CASE("A message whose answer must wait is answered when that is there", "[session]") {
    answering_host host;
    stepped_session s(host);
    s.say(call(1, "BootNotification", boot_payload) + call(2, "Heartbeat"));
    s.run();
    CHECK(s.heard().empty());
    host.booted.notify_all();
    s.run();
    CHECK(
        s.heard() ==
        R"(text [3,"1",{"currentTime":"2026-01-02T03:04:05Z","interval":300,"status":"Accepted"}]; text [3,"2",{}]; )");
    s.hang_up();
    s.run();
    CHECK(host.left == end_reason::connection_lost);
    CHECK(s.over());
}

TEST_CASE("Answers that turn out not to wait, and one that waits too long, keep their order", "[session]") {
    constexpr const char* authorize = R"({"idTag":"TAG"})";
    answering_host host;
    stepped_session s(host);
    s.say(call(1, "Authorize", authorize) + call(2, "BootNotification", boot_payload) +
          call(3, "Authorize", authorize) + call(4, "Authorize", authorize));
    s.run();
    CHECK(s.heard() == R"(text [3,"1",{"idTagInfo":{"status":"Accepted"}}]; )");
    s.advance(session_config().handler_timeout);
    CHECK(s.heard() == R"(text [3,"3",{"idTagInfo":{"status":"Accepted"}}]; )"
                       R"(text [3,"4",{"idTagInfo":{"status":"Accepted"}}]; )");
    CHECK_FALSE(s.over());
}

TEST_CASE("A host that throws once an awaited answer is there ends the session, and it is told", "[session]") {
    answering_host host;
    host.failing = "2";
    stepped_session s(host);
    s.say(call(1, "BootNotification", boot_payload) + call(2, "Heartbeat"));
    s.run();
    host.booted.notify_all();
    CHECK_THROWS_WITH(s.run(), "the host failed");
    CHECK(host.left == end_reason::failed);
    CHECK(s.over());
    CHECK(s.here() == nullptr);
}

TEST_CASE("Answers to what came together are not too many for a peer that takes them", "[session]") {
    answering_host host;
    session_config config;
    config.outbox_messages = 1;
    stepped_session s(host, config);
    s.say(call(1, "Heartbeat") + call(2, "Heartbeat") + call(3, "Heartbeat"));
    s.run();
    CHECK(s.heard() == R"(text [3,"1",{}]; text [3,"2",{}]; text [3,"3",{}]; )");
    CHECK_FALSE(s.over());
}

TEST_CASE("From a peer that takes no answers nothing is read, and none is lost", "[session]") {
    answering_host host;
    stepped_session s(host, {}, 256);
    s.run();
    static_cast<void>(s.heard());
    std::string answers, expected;
    constexpr int calls = 300;
    int said = say_until_full(s, calls);
    CHECK(said > 20);
    CHECK(said < calls);
    for (int rounds = 0; rounds < 1000 && answers.size() < 10'000; ++rounds) {
        while (said < calls && s.has_room(64)) s.say(call(said++, "Heartbeat"));
        s.run();
        answers += s.heard();
    }
    for (int i = 0; i < calls; ++i) expected += fmt::format(R"(text [3,"{}",{{}}]; )", i);
    CHECK(answers == expected);
    CHECK_FALSE(s.over());
}

TEST_CASE("A peer that takes nothing within the write timeout is dropped", "[session]") {
    answering_host host;
    stepped_session s(host, {}, 256);
    s.run();
    static_cast<void>(s.heard());
    say_until_full(s, 100);
    s.advance(session_config().write_timeout - std::chrono::seconds(1));
    CHECK_FALSE(s.over());
    s.advance(std::chrono::seconds(2));
    CHECK(host.left == end_reason::slow_consumer);
    CHECK(s.over());
}

TEST_CASE("A peer that is not read from is not idle", "[session]") {
    answering_host host;
    session_config config;
    config.idle_timeout = std::chrono::seconds(5);
    stepped_session s(host, config, 1024);
    s.run();
    static_cast<void>(s.heard());
    const int said = say_until_full(s, 1000);
    s.advance(std::chrono::seconds(6));
    CHECK(s.here());
    CHECK_FALSE(s.here()->closing());
    std::string answers;
    for (int rounds = 0; rounds < 100; ++rounds) {
        answers += s.heard();
        s.run();
    }
    CHECK(answers.ends_with(fmt::format(R"([3,"{}",{{}}]; )", said - 1)));
    s.advance(std::chrono::seconds(6));
    CHECK(s.heard() == "close 1001; ");
}

namespace {

io_awaitable<void> reset(std::shared_ptr<session> s, std::string id, std::vector<command_result>& results) {
    auto c = std::make_unique<outbound_call>();
    c->command.action = "Reset";
    c->command.payload = R"({"type":"Soft"})";
    c->message_id = id;
    c->ticket = static_cast<std::uint64_t>(id[0]);
    correlation_future call(std::move(s));
    const bool its_turn = co_await call.async_turn(std::move(c));
    if (its_turn) co_await call.async_call();
    results.push_back(call.result());
}

/// A command, whose message id is `id`, and its result when that is there.
void start_reset(stepped_session& s, const std::string& id, std::vector<command_result>& results) {
    asio::co_spawn(s.thread().io.context, reset(s.here()->shared_from_this(), id, results), asio::detached);
}

/// As much of a session's life as `steps` handlers are.
void live(stepped_session& s, answering_host& host, std::vector<command_result>& results, std::size_t steps) {
    const auto run = [&] {
        steps -= s.run(steps);
        static_cast<void>(s.heard());
        return steps > 0;
    };
    if (!run()) return;
    s.say(call(1, "Heartbeat") + call(4, "Authorize", R"({"idTag":"TAG"})") +
          call(2, "BootNotification", boot_payload) + call(3, "Heartbeat"));
    if (!run()) return;
    for (const char* const id : {"a", "b"}) start_reset(s, id, results);
    if (!run()) return;
    s.say_text(R"([3,"a",{"status":"Accepted"}])");
    s.say(encode_frame(opcode::ping, "p").substr(0, 3));
    if (!run()) return;
    host.booted.notify_all();
    if (!run()) return;
    for (int i = 0; i < 40; ++i) s.say(encode_frame(opcode::ping, "p"));
    s.here()->close(1001, "the gateway is stopping", end_reason::stopping);
    if (!run()) return;
    s.say(encode_frame(opcode::close, close_payload(1001)));
    run();
}

}  // namespace

TEST_CASE("A session may be destroyed at any step, with all that it waits for", "[session]") {
    bool lived = false;
    std::size_t steps = 1;
    for (; !lived && steps < 1000; ++steps) {
        answering_host host;
        std::vector<command_result> results;
        stepped_session s(host, {}, 512);
        live(s, host, results, steps);
        lived = s.over();
    }
    CHECK(lived);
    CHECK(steps > 5);
}
