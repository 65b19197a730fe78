// The correlation of outbound CALLs with their answers, without a connection.
#include "session/outbound_calls.hpp"

#include <catch2/catch_test_macros.hpp>

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace voltgate;
using namespace std::chrono_literals;

constexpr auto default_timeout = 30s;
constexpr std::size_t most_waiting = 3;

struct fate {
    std::string id;
    command_result result;
};

/// Writes down what it is told.
struct recording_waiter final : call_waiter {
    recording_waiter(std::vector<fate>& f, std::string i) : fates(f), id(std::move(i)) {}
    void has_turn() override {}
    void has_ended(command_result r) override {
        fates.push_back({id, std::move(r)});
        if (then) then();
    }
    std::vector<fate>& fates;
    std::string id;
    std::function<void()> then;
};

struct fixture {
    outbound_calls calls{most_waiting};
    std::deque<recording_waiter> waiters;
    std::vector<fate> fates;  // in the order of completion
    std::chrono::steady_clock::time_point now{1h};
    std::chrono::system_clock::time_point utc{std::chrono::seconds(1'767'323'045)};
    std::uint64_t last_ticket = 0;

    [[nodiscard]] std::unique_ptr<outbound_call> make(const std::string& id) {
        auto call = std::make_unique<outbound_call>();
        call->message_id = id;
        call->command.command_id = "command of " + id;
        call->ticket = ++last_ticket;
        call->queued_until = now + 120s;
        call->waiter = &waiters.emplace_back(fates, id);
        return call;
    }
    std::uint64_t push(const std::string& id) {
        REQUIRE(calls.push(make(id)));
        return last_ticket;
    }
    outbound_call* hand_over() {
        return calls.hand_over(now, utc, default_timeout, [](const outbound_call&) { return true; });
    }
    void pass(std::chrono::seconds time) {
        now += time;
        utc += time;
    }
    /// One call completed, and this is what became of it.
    void check_fate(std::size_t index, const std::string& id, outcome o, reason r) {
        REQUIRE(fates.size() > index);
        CHECK(fates[index].id == id);
        CHECK(fates[index].result.outcome == o);
        CHECK(fates[index].result.reason == r);
        CHECK(fates[index].result.command_id == "command of " + id);
    }
};

}  // namespace

TEST_CASE_METHOD(fixture, "A full queue of calls takes no more and completes nothing") {
    for (const auto* id : {"a", "b", "c"}) push(id);
    CHECK_FALSE(calls.push(make("d")));
    CHECK(calls.waiting() == most_waiting);
    REQUIRE(hand_over());
    CHECK(calls.push(make("e")));
    CHECK(fates.empty());
}

TEST_CASE_METHOD(fixture, "One call is in flight, the others follow in order") {
    CHECK_FALSE(hand_over());
    for (const auto* id : {"a", "b", "c"}) push(id);
    for (const auto* id : {"a", "b", "c"}) {
        auto* call = hand_over();
        REQUIRE(call);
        CHECK(call->message_id == id);
        CHECK(calls.in_flight());
        CHECK(calls.handed_over_at() == now);
        CHECK_FALSE(hand_over());
        CHECK(calls.match(id) == answer_match::in_flight);
        CHECK(calls.finish().get() == call);
        CHECK_FALSE(calls.in_flight());
        CHECK(calls.match(id) == answer_match::unknown);
        pass(1s);
    }
    CHECK(fates.empty());
}

TEST_CASE_METHOD(fixture, "A call that may not be sent yet lets others pass and keeps its place") {
    for (const auto* id : {"barred", "a", "b"}) push(id);
    const auto not_barred = [](const outbound_call& c) { return c.message_id != "barred"; };
    REQUIRE(calls.hand_over(now, utc, default_timeout, not_barred));
    CHECK(calls.finish()->message_id == "a");
    REQUIRE(hand_over());
    CHECK(calls.finish()->message_id == "barred");
    CHECK_FALSE(calls.hand_over(now, utc, default_timeout, [](const outbound_call&) { return false; }));
    CHECK(calls.waiting() == 1);
}

TEST_CASE_METHOD(fixture, "A call that is cancelled in the queue is not sent") {
    push("a");
    const auto ticket = push("b");
    push("c");
    calls.cancel(ticket);
    check_fate(0, "b", outcome::not_sent, reason::cancelled);
    REQUIRE(hand_over());
    CHECK(calls.finish()->message_id == "a");
    REQUIRE(hand_over());
    CHECK(calls.finish()->message_id == "c");
    CHECK(fates.size() == 1);
}

TEST_CASE_METHOD(fixture, "A call is withdrawn from the queue, but not once it is in flight") {
    const auto first = push("a");
    const auto second = push("b");
    REQUIRE(hand_over());
    CHECK_FALSE(calls.withdraw(first, "not wanted"));
    CHECK(fates.empty());
    CHECK(calls.withdraw(second, "not wanted"));
    check_fate(0, "b", outcome::not_sent, reason::cancelled);
    CHECK(calls.withdraw(second, "not wanted"));
    CHECK(fates.size() == 1);
    CHECK(calls.finish()->waiter);
    CHECK_FALSE(hand_over());
}

TEST_CASE_METHOD(fixture, "A call that is cancelled in flight keeps its slot until its answer") {
    const auto ticket = push("a");
    push("b");
    REQUIRE(hand_over());
    calls.cancel(ticket);
    check_fate(0, "a", outcome::unknown, reason::cancelled);
    CHECK_FALSE(hand_over());
    CHECK(calls.match("a") == answer_match::in_flight);
    CHECK_FALSE(calls.finish()->waiter);
    CHECK(hand_over());
}

TEST_CASE_METHOD(fixture, "A call that is cancelled in flight keeps its slot until its timeout and completes once") {
    const auto ticket = push("a");
    push("b");
    REQUIRE(hand_over());
    calls.cancel(ticket);
    calls.cancel(ticket);
    pass(default_timeout);
    REQUIRE(hand_over() == nullptr);
    calls.expire(now, utc);
    CHECK(fates.size() == 1);
    CHECK(calls.match("a") == answer_match::late);
    CHECK(hand_over());
}

TEST_CASE_METHOD(fixture, "A ticket that no call has cancels nothing") {
    const auto ticket = push("a");
    push("b");
    calls.cancel(ticket + 100);
    REQUIRE(hand_over());
    const auto answered = calls.finish();
    calls.cancel(ticket);
    CHECK(fates.empty());
    CHECK(calls.waiting() == 1);
}

TEST_CASE_METHOD(fixture, "A call's own timeout counts from its hand-over, else the default") {
    auto quick = make("quick");
    quick->command.timeout = 5s;
    REQUIRE(calls.push(std::move(quick)));
    push("usual");
    pass(60s);
    REQUIRE(hand_over());
    pass(4s);
    calls.expire(now, utc);
    CHECK(fates.empty());
    pass(1s);
    calls.expire(now, utc);
    check_fate(0, "quick", outcome::unknown, reason::timeout);
    REQUIRE(hand_over());
    pass(29s);
    calls.expire(now, utc);
    CHECK(fates.size() == 1);
    pass(1s);
    calls.expire(now, utc);
    check_fate(1, "usual", outcome::unknown, reason::timeout);
}

TEST_CASE_METHOD(fixture, "The longest timeout that can be written down is a long one") {
    auto patient = make("patient");
    patient->command.timeout = std::chrono::steady_clock::duration::max();
    REQUIRE(calls.push(std::move(patient)));
    REQUIRE(hand_over());
    pass(24h);
    calls.expire(now, utc);
    CHECK(fates.empty());
}

TEST_CASE_METHOD(fixture, "A call that waits too long for its turn is not sent") {
    auto impatient = make("impatient");
    impatient->queued_until = now + 2s;
    auto dated = make("dated");
    dated->command.expires_at = utc + 3s;
    REQUIRE(calls.push(std::move(impatient)));
    REQUIRE(calls.push(std::move(dated)));
    push("patient");
    pass(2s);
    calls.expire(now, utc);
    check_fate(0, "impatient", outcome::not_sent, reason::expired);
    CHECK(fates.size() == 1);
    pass(1s);
    REQUIRE(hand_over());  // expires on the way
    check_fate(1, "dated", outcome::not_sent, reason::expired);
    CHECK(calls.finish()->message_id == "patient");
}

TEST_CASE_METHOD(fixture, "The answer to a call that was given up is late, once") {
    push("a");
    REQUIRE(hand_over());
    pass(default_timeout);
    calls.expire(now, utc);
    REQUIRE(calls.match("a") == answer_match::late);
    CHECK_FALSE(calls.finish_late("b"));
    const auto late = calls.finish_late("a");
    REQUIRE(late);
    CHECK(late->message_id == "a");
    CHECK(calls.match("a") == answer_match::unknown);
    CHECK_FALSE(calls.finish_late("a"));
}

TEST_CASE_METHOD(fixture, "Of many calls that were given up the latest are remembered") {
    constexpr int given_up = 40, remembered = 16;
    for (int i = 0; i < given_up; ++i) {
        push(std::to_string(i));
        REQUIRE(hand_over());
        pass(default_timeout);
        calls.expire(now, utc);
    }
    for (int i = 0; i < given_up; ++i) {
        const auto expected = i < given_up - remembered ? answer_match::unknown : answer_match::late;
        CHECK(calls.match(std::to_string(i)) == expected);
    }
}

TEST_CASE_METHOD(fixture, "The end of the connection settles every call, and tells sent from not sent") {
    for (const auto* id : {"a", "b", "c"}) push(id);
    REQUIRE(hand_over());
    calls.fail_all(reason::connection_lost, reason::offline);
    REQUIRE(fates.size() == 3);
    check_fate(0, "a", outcome::unknown, reason::connection_lost);
    check_fate(1, "b", outcome::not_sent, reason::offline);
    check_fate(2, "c", outcome::not_sent, reason::offline);
    CHECK_FALSE(calls.in_flight());
    CHECK(calls.waiting() == 0);
    calls.fail_all(reason::connection_lost, reason::offline);
    CHECK(fates.size() == 3);
}

TEST_CASE_METHOD(fixture, "A completion may bring the next call while the connection ends") {
    push("a");
    waiters.back().then = [this] { push("b"); };
    calls.fail_all(reason::connection_lost, reason::offline);
    check_fate(0, "a", outcome::not_sent, reason::offline);
    check_fate(1, "b", outcome::not_sent, reason::offline);
}

TEST_CASE_METHOD(fixture, "The next deadline is the earliest of all calls") {
    CHECK_FALSE(calls.next_deadline(now, utc));
    push("a");
    CHECK(calls.next_deadline(now, utc) == now + 120s);
    auto dated = make("dated");
    dated->command.expires_at = utc + 50s;
    REQUIRE(calls.push(std::move(dated)));
    CHECK(calls.next_deadline(now, utc) == now + 50s);
    REQUIRE(hand_over());
    CHECK(calls.next_deadline(now, utc) == now + default_timeout);
    utc += 40s;  // somebody set the wall clock
    CHECK(calls.next_deadline(now, utc) == now + 10s);
}

TEST_CASE_METHOD(fixture, "A call that nobody waits for any more leaves the queue, or keeps its slot") {
    const auto first = push("a");
    const auto second = push("b");
    push("c");
    REQUIRE(hand_over());
    calls.forget_waiter(second);
    calls.forget_waiter(first);
    calls.forget_waiter(first + 100);
    CHECK(calls.waiting() == 1);
    CHECK(calls.match("a") == answer_match::in_flight);
    CHECK_FALSE(calls.finish()->waiter);
    CHECK(hand_over()->message_id == "c");
    CHECK(fates.empty());
}

TEST_CASE_METHOD(fixture, "A call that comes back has its old place, even in a full queue") {
    auto early = make("early");
    for (const auto* id : {"a", "b", "c"}) push(id);
    CHECK_FALSE(calls.push(std::move(early)));
    REQUIRE(early);
    early->admitted = true;
    CHECK(calls.push(std::move(early)));
    CHECK(hand_over()->message_id == "early");
}
