// Two connections of one identity: the newer one wins, and the older one is gone at once and for good.
#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

const json::object accepted = {{"status", "Accepted"}};

running_gateway::configure undamped(int threads) {
    return io_threads(threads, [](config& c) { c.limits.takeovers = 1'000'000; });
}

void answers_a_command(running_gateway& gw, charge_point& cp, std::string_view id) {
    auto pending = gw.send(std::string(id), "ClearCache");
    cp.expect_call("ClearCache").answer(accepted);
    CHECK(pending.get().answered());
}

}  // namespace

TEST_CASE("A newer connection takes over: events in order, epochs growing, the old one closed", "[takeover]") {
    running_gateway gw(io_threads(GENERATE(1, 3)));
    auto first = gw.connect("CP-1");
    auto second = gw.connect("CP-1");
    CHECK(first.expect_close() == 1008);

    const auto connected = gw.events().next("CP-1");
    const auto disconnected = gw.events().next("CP-1");
    const auto again = gw.events().next("CP-1");
    CHECK(connected.event->type == event_type::charge_point_connected);
    CHECK(disconnected.event->type == event_type::charge_point_disconnected);
    CHECK(disconnected.payload.at("reason") == "replaced");
    CHECK(again.event->type == event_type::charge_point_connected);
    CHECK(disconnected.event->epoch == connected.event->epoch);
    CHECK(again.event->epoch > connected.event->epoch);
    CHECK(gw->find_charge_point("CP-1")->epoch == again.event->epoch);
    answers_a_command(gw, second, "CP-1");
}

TEST_CASE("Commands of the replaced connection are settled, and the new one starts fresh", "[takeover]") {
    running_gateway gw(io_threads(GENERATE(1, 3)));
    auto first = gw.connect("CP-1");
    auto in_flight = gw.send("CP-1", "ClearCache");
    const auto call = first.expect_call("ClearCache");
    auto waiting = gw.send("CP-1", "GetLocalListVersion");
    first.heartbeat();

    auto second = gw.connect("CP-1");
    const auto lost = in_flight.get();
    CHECK(lost.outcome == outcome::unknown);
    CHECK(lost.reason == reason::replaced);
    const auto moved = waiting.get();
    CHECK(moved.outcome == outcome::not_sent);
    CHECK(moved.reason == reason::moved);

    second.send_result(call.id, accepted);  // the answer, on a connection that was not asked
    second.expect_silence_until_heartbeat();
    answers_a_command(gw, second, "CP-1");
}

TEST_CASE("The old connection's end, however late it comes, does not touch the new one", "[takeover]") {
    running_gateway gw(io_threads(GENERATE(1, 3), [](config& c) { c.session.close_timeout = 50ms; }));
    auto first = gw.connect("CP-1");
    auto second = gw.connect("CP-1");
    SECTION("it answers the Close") { CHECK(first.expect_close() == 1008); }
    SECTION("it resets") { first.drop_without_close(); }
    SECTION("it ends without a Close") { first.hang_up(); }
    SECTION("it has vanished and its Close times out") { first.vanish(); }
    // Only the new one's socket is left once the old one is over.
    http_client http(gw.port());
    eventually([&] { return at(http.get("/health").json(), "/connections") == 1; }, "one connection is left");
    answers_a_command(gw, second, "CP-1");
    CHECK(gw->find_charge_point("CP-1")->connected);
    const auto events = gw.events().up_to(event_type::command_response, "CP-1");
    REQUIRE(events.size() == 4);
    CHECK(events[0].event->type == event_type::charge_point_connected);
    CHECK(events[1].event->type == event_type::charge_point_disconnected);
    CHECK(events[1].payload.at("reason") == "replaced");
    CHECK(events[2].event->type == event_type::charge_point_connected);
}

TEST_CASE("What the old connection still says is not heard", "[takeover]") {
    running_gateway gw(io_threads(GENERATE(1, 3)));
    auto first = gw.connect("CP-1");
    auto second = gw.connect("CP-1");
    static_cast<void>(first.try_send_bytes(
        encode_frame(opcode::text,
                     R"([2,"late","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Faulted"}])")));
    first.expect_close();
    second.status(1, "Available");
    const auto status = gw.expect_event(event_type::connector_status_changed, "CP-1");
    CHECK(status.payload.at("status") == "Available");
    CHECK(status.payload.at("previousStatus").is_null());
}

TEST_CASE("A call being answered when the connection is replaced is answered to nobody", "[takeover]") {
    running_gateway gw(io_threads(GENERATE(1, 3)), [](gateway& g) {
        g.on_call("DataTransfer", [&g](call_context context) -> asio::awaitable<call_answer> {
            command wanted("ClearCache", "{}");
            co_await g.async_send_command(context.charge_point_id, std::move(wanted), asio::deferred);
            co_return call_answer::result(R"({"status":"Accepted"})");
        });
    });
    auto first = gw.connect("CP-1");
    first.send_call("DataTransfer", {{"vendorId", "v"}}, "mine");
    first.expect_call("ClearCache").ignore();
    auto second = gw.connect("CP-1");
    CHECK(first.expect_close() == 1008);
    CHECK(first.unread() == 0);
    second.expect_silence_until_heartbeat();
    answers_a_command(gw, second, "CP-1");
}

TEST_CASE("Identities are the same whatever the case of their letters, and shown as first spelt", "[takeover]") {
    running_gateway gw(io_threads(GENERATE(1, 3)));
    auto first = gw.connect("cp-Mixed");
    auto second = gw.connect("CP-MIXED");
    CHECK(first.expect_close() == 1008);
    answers_a_command(gw, second, "Cp-mIXED");
    CHECK(gw->charge_points().size() == 1);
    CHECK(gw->find_charge_point("CP-MIXED")->id == "cp-Mixed");
}

TEST_CASE("An identity that flaps is slowed down, never refused", "[takeover]") {
    running_gateway gw([](config& c) {
        c.limits.takeovers = 2;
        c.limits.takeover_delay = 50ms;
    });
    std::vector<charge_point> all;
    for (int i = 0; i < 6; ++i) all.push_back(gw.connect("CP-1"));
    answers_a_command(gw, all.back(), "CP-1");
    for (std::size_t i = 0; i + 1 < all.size(); ++i) CHECK(all[i].expect_close() == 1008);
}

TEST_CASE("A connection that is lost while its takeover is delayed takes nothing over", "[takeover]") {
    running_gateway gw(io_threads(GENERATE(1, 3), [](config& c) {
        c.limits.takeovers = 1;
        c.limits.takeover_delay = 200ms;
    }));
    auto first = gw.connect("CP-1");
    auto second = gw.connect("CP-1");
    CHECK(first.expect_close() == 1008);
    charge_point lost(gw.port(), "CP-1");  // upgraded, and not heard yet
    SECTION("by a reset") { lost.drop_without_close(); }
    SECTION("by its end") { lost.hang_up(); }
    auto last = gw.connect("CP-1");  // delayed for as long, later
    CHECK(second.expect_close() == 1008);
    answers_a_command(gw, last, "CP-1");
    int connected = 0, disconnected = 0;
    for (const auto& [event, payload] : gw.events().up_to(event_type::command_response, "CP-1")) {
        connected += event->type == event_type::charge_point_connected;
        disconnected += event->type == event_type::charge_point_disconnected;
    }
    CHECK(connected == 3);
    CHECK(disconnected == 2);
}

TEST_CASE("However many connections of an identity race, one is left and the events alternate", "[takeover]") {
    running_gateway gw(undamped(GENERATE(1, 3)));
    constexpr int racers = 4;
    constexpr int rounds = 25;
    std::vector<std::string> failures(racers);
    std::vector<std::thread> threads;
    for (int r = 0; r < racers; ++r) {
        threads.emplace_back([&gw, &failure = failures[static_cast<std::size_t>(r)]] {
            try {
                for (int i = 0; i < rounds; ++i) {
                    charge_point cp(gw.port(), "CP-1");
                    static_cast<void>(cp.try_send_bytes(encode_frame(opcode::text, R"([2,"h","Heartbeat",{}])")));
                }
            } catch (const std::exception& e) {
                failure = e.what();
            }
        });
    }
    for (auto& thread : threads) thread.join();
    for (const auto& failure : failures) CHECK(failure.empty());

    auto last = gw.connect("CP-1");
    answers_a_command(gw, last, "CP-1");
    std::uint64_t epoch = 0;
    bool connected = false;
    std::size_t connections = 0;
    for (const auto& [event, payload] : gw.events().up_to(event_type::command_response, "CP-1")) {
        if (event->type == event_type::charge_point_connected) {
            CHECK_FALSE(connected);
            CHECK(event->epoch > epoch);
            epoch = event->epoch;
            connected = true;
            ++connections;
        } else if (event->type == event_type::charge_point_disconnected) {
            CHECK(connected);
            CHECK(event->epoch == epoch);
            connected = false;
        }
    }
    CHECK(connected);
    CHECK(connections <= racers * rounds + 1);
    CHECK(gw->find_charge_point("CP-1")->epoch == epoch);
}
