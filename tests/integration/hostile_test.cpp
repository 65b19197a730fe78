// Clients that mean harm, on HTTP and WebSocket. Whatever they do, memory stays bounded and a neighbour goes on
// charging.
#include "support/bystander.hpp"
#include "support/deflate.hpp"
#include "support/http_client.hpp"
#include "support/raw_websocket.hpp"
#include "support/tcp_connection.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <chrono>
#include <string>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kib = 1024, mib = 1024 * kib;

std::vector<tcp_connection> crowd(std::uint16_t port, int size) {
    std::vector<tcp_connection> all;
    for (int i = 0; i < size; ++i) all.emplace_back(port, tcp_options(), deadline());
    return all;
}

/// What the gateway said before it ended the connection.
std::string rest_of(tcp_connection& c) {
    std::string text;
    while (c.receive_more(text, deadline())) {
    }
    return text;
}

}  // namespace

TEST_CASE("Headers that come byte by byte are given up, each at its own deadline", "[hostile]") {
    running_gateway gw([](config& c) { c.http.request_timeout = 500ms; });
    bystander other(gw);
    const heap_watch heap;
    auto slow = crowd(gw.port(), 100);
    for (auto& c : slow) c.send("GET /ocpp/SLOW HTTP/1.1\r\nX-Slow: ", deadline());
    for (int round = 0; round < 5; ++round) {
        for (auto& c : slow) static_cast<void>(c.try_send("x", deadline()));
        other.is_well();
    }
    CHECK(heap.growth() < slow.size() * 16 * kib);
    for (auto& c : slow) {
        const auto answer = rest_of(c);
        CHECK((answer.empty() || answer.starts_with("HTTP/1.1 408 ")));
    }
    eventually([&] { return heap.growth() < mib; }, "nothing of them stays");
    other.is_well();
}

TEST_CASE("Sockets that say nothing and charge points that vanished cost little and keep nobody out", "[hostile]") {
    running_gateway gw;
    bystander other(gw);
    const heap_watch heap;
    const auto silent = crowd(gw.port(), 300);
    std::vector<charge_point> gone;
    for (int i = 0; i < 50; ++i) {
        gone.push_back(gw.connect("GONE-" + std::to_string(i)));
        gone.back().vanish();
    }
    CHECK(heap.growth() < (silent.size() + gone.size()) * 16 * kib);
    other.is_well();
    gw.connect("LATE-COMER").boot();
}

TEST_CASE("A peer that asks and never reads is not answered without end", "[hostile]") {
    running_gateway gw([](config& c) {
        c.session.write_timeout = 500ms;
        c.history.bytes = mib;
    });
    bystander other(gw);
    connect_options options;
    options.tcp.receive_buffer = 4096;
    auto deaf = gw.connect("DEAF", options);
    // The answers are as long as the ids, so that they fill the sockets' buffers soon.
    const std::string call = encode_frame(opcode::text, R"([2,")" + std::string(4000, 'x') + R"(","Heartbeat",{}])");
    const heap_watch heap;
    while (deaf.try_send_bytes(call)) REQUIRE(heap.growth() < 8 * mib);
    other.is_well();
    CHECK(gw.expect_disconnect("DEAF").payload.at("reason") == "slow_consumer");
    CHECK(heap.growth() < 8 * mib);
}

TEST_CASE("A flood of pings whose answers nobody reads fills no memory", "[hostile]") {
    running_gateway gw;
    bystander other(gw);
    const heap_watch heap;
    connect_options options;
    options.tcp.receive_buffer = 4096;
    auto flooding = gw.connect("PINGS", options);
    std::string pings;
    for (int i = 0; i < 1000; ++i) pings += encode_frame(opcode::ping, std::string(125, 'p'));
    for (int i = 0; i < 100; ++i) {
        flooding.send_bytes(pings);
        if (i % 20 == 0) other.is_well();
    }
    CHECK(heap.growth() < 2 * mib);
    other.is_well();
}

TEST_CASE("A message in fragments of one byte is one message, and not beyond its bound", "[hostile]") {
    running_gateway gw([](config& c) { c.session.max_message_bytes = 50'000; });
    bystander other(gw);
    auto cp = gw.connect("FRAGMENTS");
    const heap_watch heap;
    frame_options open;
    open.final = false;
    const auto fragments = [&](std::string_view text, bool ends) {
        std::string bytes;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const auto code = i == 0 ? opcode::text : opcode::continuation;
            bytes += encode_frame(code, text.substr(i, 1), ends && i + 1 == text.size() ? frame_options() : open);
            if (i % 1000 == 0) bytes += encode_frame(opcode::continuation, "", open);
        }
        return bytes;
    };
    const std::string call = R"([2,"f","Heartbeat",)" + std::string(20'000, ' ') + "{}]";
    cp.send_bytes(fragments(call, true));
    cp.expect_result("f");
    other.is_well();
    static_cast<void>(cp.try_send_bytes(fragments(std::string(60'000, ' '), false)));
    CHECK(cp.expect_close() == 1009);
    CHECK(heap.growth() < 4 * mib);
    other.is_well();
}

TEST_CASE("A compression bomb closes its connection with 1009", "[hostile]") {
    running_gateway gw([](config& c) { c.server.compression = server_config::compressed::all; });
    bystander other(gw);
    const std::string bomb = deflated(std::string(50 * mib, ' '));
    frame_options packed;
    packed.reserved = 4;
    raw_options options;
    options.headers = {{"Sec-WebSocket-Protocol", "ocpp1.6"}, {"Sec-WebSocket-Extensions", "permessage-deflate"}};
    const heap_watch heap;
    for (int i = 0; i < 20; ++i) {
        options.target = "/ocpp/BOMB-" + std::to_string(i);
        CHECK(converse(gw.port(), encode_frame(opcode::text, bomb, packed), options).code == 1009);
    }
    CHECK(heap.growth() < 8 * mib);
    other.is_well();
}

TEST_CASE("Headers without end are refused", "[hostile]") {
    running_gateway gw;
    bystander other(gw);
    std::string many = "GET /ocpp/FLOOD HTTP/1.1\r\n";
    for (int i = 0; i < 10'000; ++i) many += "X-Header-" + std::to_string(i) + ": value\r\n";
    const std::string flood = GENERATE_COPY(many, "GET /ocpp/FLOOD HTTP/1.1\r\nX: " + std::string(mib, 'x'),
                                            "GET /ocpp/" + std::string(mib, 'x'), std::string(mib, 'x'),
                                            std::string(mib, '\n'), std::string(mib, '\0'));
    const heap_watch heap;
    for (int i = 0; i < 10; ++i) {
        tcp_connection c(gw.port(), {}, deadline());
        static_cast<void>(c.try_send(flood, deadline()));
        c.shutdown_send();
        const auto answer = rest_of(c);
        CHECK((answer.empty() || answer.starts_with("HTTP/1.1 4")));
    }
    CHECK(heap.growth() < 4 * mib);
    other.is_well();
}

TEST_CASE("A client that goes on sending after its refusal is hung up on", "[hostile]") {
    running_gateway gw([](config& c) { c.http.request_timeout = 500ms; });
    bystander other(gw);
    tcp_connection flood(gw.port(), tcp_options(), deadline());
    flood.send("POST /health HTTP/9.9\r\n\r\n", deadline());
    const std::string more(64 * kib, 'x');
    const auto until = deadline();
    while (flood.try_send(more, until)) {
    }
    CHECK(until.left() > 0ms);
    other.is_well();
}

TEST_CASE("A charge point that goes on sending after its Close keeps nobody waiting", "[hostile]") {
    running_gateway gw(io_threads(1, [](config& c) {
        c.session.close_timeout = 1s;
        c.limits.message_rate = 0;  // the bystander says as much as it can
    }));
    bystander other(gw);
    auto flood = gw.connect("FLOOD");
    flood.send_bytes("\x81\x01");  // unmasked, no frame of a client
    const std::string more(64 * kib, 'x');
    while (flood.try_send_bytes(more)) other.is_well();
    CHECK(gw.expect_disconnect("FLOOD").payload.at("reason") == "protocol_error");
    other.is_well();
}
