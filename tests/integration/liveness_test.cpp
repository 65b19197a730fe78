// When a connection is given up: peers that do not read, that stall, that say nothing, that overflow what is bounded.
#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/manual_clock.hpp"
#include "support/running_gateway.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <chrono>
#include <memory>
#include <string>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t big = 100 * 1024;

/// Answers that fill a peer's buffers quickly.
void answer_data_transfer_at_length(gateway& g) {
    g.on_call("DataTransfer", [](call_context) -> asio::awaitable<call_answer> {
        std::string answer = R"({"status":"Accepted","data":")";
        answer.append(big, 'x');
        answer += "\"}";
        co_return call_answer::result(std::move(answer));
    });
}

connect_options small_window() {
    connect_options options;
    options.tcp.receive_buffer = 4096;
    return options;
}

/// Far more than the sockets' buffers hold, for a charge point that does not read.
void ask_without_reading(charge_point& cp) {
    for (int i = 0; i < 200; ++i) {
        const std::string id = "q" + std::to_string(i);
        if (!cp.try_send_bytes(encode_frame(opcode::text, R"([2,")" + id + R"(","DataTransfer",{"vendorId":"v"}])")))
            return;
    }
}

/// Whoever says nothing for so long is cut. So are those that wait for their heartbeat, which is allowed for the
/// rejected.
void cut_after(config& c, duration idle) {
    c.session.idle_timeout = idle;
    c.boot.registration = boot_config::status::rejected;
}

std::string reason_of_end(running_gateway& gw, std::string_view id) {
    return std::string(gw.expect_disconnect(id).payload.at("reason").as_string());
}

}  // namespace

TEST_CASE("A peer that never reads is given up at the outbox's bound, and no other waits for it", "[liveness]") {
    running_gateway gw(io_threads(GENERATE(1, 3),
                                  [](config& c) {
                                      c.session.inbound_queue = 1000;
                                      c.session.outbox_bytes = 10 * big;
                                  }),
                       answer_data_transfer_at_length);
    auto bystander = gw.connect("CP-2");
    auto cp = gw.connect("CP-1", small_window());
    ask_without_reading(cp);
    bystander.heartbeat();
    CHECK(reason_of_end(gw, "CP-1") == "slow_consumer");
    bystander.heartbeat();
}

TEST_CASE("A peer that never reads is given up at the number of answers that wait", "[liveness]") {
    running_gateway gw(
        [](config& c) {
            c.session.inbound_queue = 1000;
            c.session.outbox_bytes = 1000 * big;
            c.session.outbox_messages = 10;
        },
        answer_data_transfer_at_length);
    auto cp = gw.connect("CP-1", small_window());
    ask_without_reading(cp);
    CHECK(reason_of_end(gw, "CP-1") == "slow_consumer");
}

TEST_CASE("A peer that never reads is given up at the write timeout", "[liveness]") {
    running_gateway gw(io_threads(GENERATE(1, 3),
                                  [](config& c) {
                                      c.session.inbound_queue = 1000;
                                      c.session.outbox_bytes = 1000 * big;
                                      c.session.write_timeout = 100ms;
                                  }),
                       answer_data_transfer_at_length);
    auto cp = gw.connect("CP-1", small_window());
    ask_without_reading(cp);
    CHECK(reason_of_end(gw, "CP-1") == "slow_consumer");
}

TEST_CASE("A command to a peer that never reads has an unknown outcome when the peer is given up", "[liveness]") {
    running_gateway gw(
        [](config& c) {
            c.session.inbound_queue = 1000;
            c.session.outbox_bytes = 10 * big;
        },
        answer_data_transfer_at_length);
    auto cp = gw.connect("CP-1", small_window());
    auto sent = gw.send("CP-1", "ClearCache");
    cp.expect_call("ClearCache").ignore();
    auto waiting = gw.send("CP-1", "ClearCache");
    ask_without_reading(cp);
    CHECK(sent.get().reason == reason::connection_lost);
    CHECK(waiting.get().reason == reason::offline);
}

TEST_CASE("A message that does not become whole ends the connection", "[liveness]") {
    running_gateway gw(io_threads(GENERATE(1, 3), [](config& c) { c.session.message_timeout = 100ms; }));
    auto cp = gw.connect("CP-1");
    SECTION("cut off inside a frame") { cp.send_bytes(encode_frame(opcode::text, "[2,\"x\"").substr(0, 8)); }
    SECTION("cut off inside a header") { cp.send_bytes(std::string("\x81", 1)); }
    SECTION("a first fragment without a second") {
        frame_options part;
        part.final = false;
        cp.send_frame(opcode::text, "[2,", part);
    }
    CHECK(reason_of_end(gw, "CP-1") == "message_timeout");
}

TEST_CASE("Pings inside a message do not make its deadline later", "[liveness]") {
    running_gateway gw([](config& c) { c.session.message_timeout = 100ms; });
    auto cp = gw.connect("CP-1");
    frame_options part;
    part.final = false;
    cp.send_frame(opcode::text, "[2,", part);
    // Until the gateway hangs up; each ping is answered, so none is sent before the one before has arrived.
    CHECK_THROWS_AS(
        [&] {
            for (;;) {
                cp.ping();
                cp.expect_pong();
            }
        }(),
        unexpected);
    CHECK(reason_of_end(gw, "CP-1") == "message_timeout");
}

TEST_CASE("A connection on which nothing is heard ends, with a Close", "[liveness]") {
    running_gateway gw(io_threads(GENERATE(1, 3), [](config& c) { cut_after(c, 100ms); }));
    auto cp = gw.connect("CP-1");
    CHECK(cp.expect_close() == 1001);
    CHECK(reason_of_end(gw, "CP-1") == "idle");
}

TEST_CASE("A peer that has vanished is given up at the idle timeout, whether it answers the Close or not",
          "[liveness]") {
    running_gateway gw([](config& c) {
        cut_after(c, 100ms);
        c.session.close_timeout = 100ms;
    });
    auto cp = gw.connect("CP-1");
    cp.vanish();
    CHECK(reason_of_end(gw, "CP-1") == "idle");
    CHECK(gw.command("CP-1", "ClearCache").reason == reason::offline);
}

TEST_CASE("Silence is measured by the injected clock, from the last byte on", "[liveness]") {
    const auto clock = std::make_shared<manual_clock>();
    running_gateway gw([](config& c) { cut_after(c, 10min); }, {}, clock);
    auto cp = gw.connect("CP-1");
    for (int i = 0; i < 3; ++i) {
        clock->advance(9min);
        cp.ping(std::to_string(i));
        CHECK(cp.expect_pong() == std::to_string(i));
    }
    clock->advance(10min);
    CHECK(cp.expect_close() == 1001);
    clock->advance(1min);  // for the answer to the Close
    CHECK(reason_of_end(gw, "CP-1") == "idle");
}

TEST_CASE("Pings follow the injected clock", "[liveness]") {
    const auto clock = std::make_shared<manual_clock>();
    running_gateway gw([](config& c) { c.session.ping_interval = 30s; }, {}, clock);
    auto cp = gw.connect("CP-1");
    for (int i = 0; i < 2; ++i) {
        clock->advance(29s);
        cp.heartbeat();
        CHECK(cp.unread() == 0);
        clock->advance(1s);
        cp.expect_ping();
    }
}

TEST_CASE("A burst of calls is answered in full when the peer reads only after the last", "[liveness]") {
    running_gateway gw(io_threads(GENERATE(1, 3)));
    auto cp = gw.connect("CP-1");
    std::string burst;
    for (int i = 0; i < 3000; ++i)
        burst += encode_frame(opcode::text, R"([2,"b)" + std::to_string(i) + R"(","Heartbeat",{}])");
    cp.send_bytes(burst);
    for (int i = 0; i < 3000; ++i) cp.expect_result("b" + std::to_string(i));
}

TEST_CASE("The gateway pings where it is told to, and a peer that does not answer is kept", "[liveness]") {
    running_gateway gw([](config& c) { c.session.ping_interval = 20ms; });
    connect_options silent;
    silent.answer_pings = GENERATE(true, false);
    auto cp = gw.connect("CP-1", silent);
    for (int i = 0; i < 5; ++i) cp.expect_ping();
    cp.heartbeat();
    CHECK(gw->find_charge_point("CP-1")->connected);
    const auto missed = http_client(gw.port()).get("/api/v1/charge-points/CP-1").json();
    CHECK(has(missed, "/deviations/missing_pong") == !silent.answer_pings);
}

TEST_CASE("A ping is answered with its own payload, also in the middle of a message", "[liveness]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    cp.ping("");
    CHECK(cp.expect_pong().empty());
    const std::string longest(125, 'p');
    cp.ping(longest);
    CHECK(cp.expect_pong() == longest);
    frame_options part;
    part.final = false;
    cp.send_frame(opcode::text, R"([2,"x","Heart)", part);
    cp.ping("between");
    CHECK(cp.expect_pong() == "between");
    cp.send_frame(opcode::continuation, R"(beat",{}])");
    CHECK(is_call_result(cp.expect_text(), "x"));
}

TEST_CASE("Who hangs up right behind his Close frame has closed", "[liveness]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    const auto payload = GENERATE(std::string(), close_payload(1000, "bye"));
    cp.send_frame(opcode::close, payload);
    SECTION("in good order") { cp.hang_up(); }
    SECTION("with a reset") { cp.drop_without_close(); }
    CHECK(reason_of_end(gw, "CP-1") == "peer_closed");
}

TEST_CASE("Who hangs up inside a Close frame is lost", "[liveness]") {
    running_gateway gw;
    auto cp = gw.connect("CP-1");
    const auto close = encode_frame(opcode::close, close_payload(1000, "bye"));
    cp.send_bytes(std::string_view(close).substr(0, close.size() - 1));
    cp.hang_up();
    CHECK(reason_of_end(gw, "CP-1") == "connection_lost");
}

TEST_CASE("A message up to the bound is read, one beyond it ends the connection with 1009", "[liveness]") {
    running_gateway gw([](config& c) { c.session.max_message_bytes = 64 * 1024; });
    auto cp = gw.connect("CP-1");
    const std::string head = R"([2,"x","DataTransfer",{"vendorId":"v","data":")";
    const std::string tail = "\"}]";
    const auto message = [&](std::size_t size) {
        return head + std::string(size - head.size() - tail.size(), 'd') + tail;
    };
    cp.send_text(message(64 * 1024));
    CHECK(is_call_result(cp.expect_text(), "x"));
    SECTION("in one frame") { cp.send_text(message(64 * 1024 + 1)); }
    SECTION("in fragments that are each small enough") {
        frame_options part;
        part.final = false;
        cp.send_frame(opcode::text, message(40 * 1024), part);
        static_cast<void>(cp.try_send_bytes(encode_frame(opcode::continuation, message(40 * 1024))));
    }
    SECTION("as a claim") {
        frame_options lie;
        lie.claimed_length = std::uint64_t{1} << 62U;
        cp.send_frame(opcode::text, "x", lie);
    }
    CHECK(cp.expect_close() == 1009);
    CHECK(reason_of_end(gw, "CP-1") == "message_too_big");
}
