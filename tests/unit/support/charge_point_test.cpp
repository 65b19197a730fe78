// The scripted charge point against a scripted gateway.
#include "support/charge_point.hpp"

#include "loopback_server.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <chrono>
#include <string>

using namespace voltgate::test;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::MessageMatches;
using Catch::Matchers::StartsWith;

namespace {

connect_options impatient() {
    connect_options options;
    options.patience = 50ms;
    return options;
}

/// The id of the frame [type, "id", …].
std::string id_of(const std::string& text) { return text_at(parse_json(text), "/1"); }

}  // namespace

TEST_CASE("A charge point asks for its encoded identity with its sub-protocols", "[support]") {
    std::string request;
    loopback_server server([&](server_side& side) {
        request = side.upgrade();
        side.has_ended();
    });
    {
        connect_options options;
        options.subprotocols = {"ocpp2.0.1", "ocpp1.6"};
        options.headers = {{"X-Mine", "yes"}};
        const charge_point cp(server.port(), "RDAM 123/\xc3\xa4", options);
        CHECK(cp.subprotocol() == "ocpp1.6");
    }
    server.finish();
    CHECK_THAT(request, StartsWith("GET /ocpp/RDAM%20123%2F%C3%A4 HTTP/1.1\r\n"));
    CHECK_THAT(request, ContainsSubstring("Sec-WebSocket-Protocol: ocpp2.0.1, ocpp1.6\r\n"));
    CHECK_THAT(request, ContainsSubstring("X-Mine: yes"));
}

TEST_CASE("A refused upgrade gives its status and body", "[support]") {
    const auto refuse = [](server_side& side) {
        side.read_request();
        side.send("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno");
    };
    loopback_server server({refuse, refuse});
    const auto result = try_connect(server.port(), "/ocpp/CP-1");
    CHECK_FALSE(result.upgraded());
    CHECK(result.response.status == 401);
    CHECK(result.response.body == "no");
    CHECK_THROWS_MATCHES(charge_point(server.port(), "CP-1"), unexpected, MessageMatches(ContainsSubstring("401")));
    server.finish();
}

TEST_CASE("A wrong Sec-WebSocket-Accept is a failure", "[support]") {
    loopback_server server([](server_side& side) {
        side.read_request();
        side.send("HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: nonsense\r\n\r\n");
    });
    CHECK_THROWS_MATCHES(charge_point(server.port(), "CP-1"), unexpected,
                         MessageMatches(ContainsSubstring("nonsense")));
}

TEST_CASE("A call waits for its own answer and keeps what arrives before it", "[support]") {
    loopback_server server([](server_side& side) {
        side.upgrade();
        const auto id = id_of(side.read_text());
        side.send_text(R"([2,"g1","Reset",{"type":"Hard"}])");
        side.send_text(R"([3,"somebody-else",{}])");
        side.send_text("[3,\"" + id + R"(",{"currentTime":"2026-01-02T03:04:05Z"}])");
        require(side.read_text() == R"([3,"g1",{"status":"Accepted"}])");
        side.send_text(R"([2,"g2","ClearCache",{}])");
        require(side.read_text() == R"([4,"g2","NotSupported","no cache",{}])");
    });
    charge_point cp(server.port(), "CP-1");
    const auto answer = cp.call("Heartbeat", {});
    CHECK(answer.at("currentTime") == "2026-01-02T03:04:05Z");
    CHECK(cp.unread() == 2);
    const auto reset = cp.expect_call("Reset");
    CHECK(reset.payload.at("type") == "Hard");
    reset.answer({{"status", "Accepted"}});
    CHECK(cp.expect_text() == R"([3,"somebody-else",{}])");
    cp.expect_call("ClearCache").error("NotSupported", "no cache");
    server.finish();
}

TEST_CASE("A CALLERROR is not taken for a result, nor a result for a CALLERROR", "[support]") {
    loopback_server server([](server_side& side) {
        side.upgrade();
        for (int i = 0; i < 2; ++i)
            side.send_text("[4,\"" + id_of(side.read_text()) + R"(","NotImplemented","what",{"x":1}])");
        side.send_text("[3,\"" + id_of(side.read_text()) + "\",{}]");
    });
    charge_point cp(server.port(), "CP-1");
    const auto failure = cp.call_error("Dance", {});
    CHECK(failure.code == "NotImplemented");
    CHECK(failure.description == "what");
    CHECK(failure.details.at("x") == 1);
    CHECK_THROWS_AS(cp.call("Dance", {}), unexpected);
    CHECK_THROWS_AS(cp.call_error("Heartbeat", {}), unexpected);
    server.finish();
}

TEST_CASE("A call of another action than expected is a failure that shows the frames", "[support]") {
    loopback_server server([](server_side& side) {
        side.upgrade();
        side.send_text(R"([2,"g1","Reset",{"type":"Hard"}])");
        side.has_ended();
    });
    charge_point cp(server.port(), "CP-1");
    CHECK_THROWS_MATCHES(cp.expect_call("ClearCache"), unexpected,
                         MessageMatches(ContainsSubstring("< [2,\"g1\",\"Reset\"")));
    cp.hang_up();
    server.finish();
}

TEST_CASE("A missed deadline names what was awaited and the frames of both directions", "[support]") {
    loopback_server server([](server_side& side) {
        side.upgrade();
        side.send_text("\"noise\"");
        side.has_ended();
    });
    {
        charge_point cp(server.port(), "CP-1", impatient());
        CHECK_THROWS_MATCHES(
            cp.call("Heartbeat", {}), unexpected,
            MessageMatches(ContainsSubstring("the answer to cp-1") &&
                           ContainsSubstring("> [2,\"cp-1\",\"Heartbeat\",{}]") && ContainsSubstring("< \"noise\"")));
    }
    server.finish();
}

TEST_CASE("Silence until a Heartbeat is told from a message before its answer", "[support]") {
    loopback_server server([](server_side& side) {
        side.upgrade();
        side.send_text("[3,\"" + id_of(side.read_text()) + "\",{}]");
        const auto id = id_of(side.read_text());
        side.send_text(R"([2,"g1","ClearCache",{}])");
        side.send_text("[3,\"" + id + "\",{}]");
    });
    charge_point cp(server.port(), "CP-1");
    cp.expect_silence_until_heartbeat();
    CHECK_THROWS_AS(cp.expect_silence_until_heartbeat(), unexpected);
    server.finish();
}

TEST_CASE("Pings are answered while waiting, and not when told so", "[support]") {
    const bool answers = GENERATE(true, false);
    loopback_server server([answers](server_side& side) {
        side.upgrade();
        side.send_frame(opcode::ping, "p");
        const auto first = side.read_frame();
        require(first.code == (answers ? opcode::pong : opcode::ping));
        if (answers) side.read_frame();
        side.send_frame(opcode::pong, "mine");
    });
    connect_options options;
    options.answer_pings = answers;
    charge_point cp(server.port(), "CP-1", options);
    CHECK(cp.expect_ping() == "p");
    cp.ping("mine");
    CHECK(cp.expect_pong() == "mine");
    server.finish();
}

TEST_CASE("Fragments are put together, also around a ping", "[support]") {
    loopback_server server([](server_side& side) {
        side.upgrade();
        frame_options part;
        part.final = false;
        side.send_frame(opcode::text, "[1,", part);
        side.send_frame(opcode::ping, "");
        side.send_frame(opcode::continuation, "2]");
        side.has_ended();
    });
    {
        charge_point cp(server.port(), "CP-1");
        CHECK(cp.expect_text() == "[1,2]");
    }
    server.finish();
}

TEST_CASE("A masked frame from the gateway is a failure", "[support]") {
    loopback_server server([](server_side& side) {
        side.upgrade();
        side.send(encode_frame(opcode::text, "x"));
        side.has_ended();
    });
    {
        charge_point cp(server.port(), "CP-1");
        CHECK_THROWS_MATCHES(cp.expect_text(), unexpected, MessageMatches(ContainsSubstring("masked")));
    }
    server.finish();
}

TEST_CASE("The gateway's Close is echoed and its code told", "[support]") {
    loopback_server server({[](server_side& side) {
                                side.upgrade();
                                side.send_frame(opcode::close, close_payload(1008, "enough"));
                                const auto echo = side.read_frame();
                                require(echo.code == opcode::close);
                                require(close_code(echo.payload) == 1008);
                            },
                            [](server_side& side) {
                                side.upgrade();
                                side.close();
                            },
                            [](server_side& side) {
                                side.upgrade();
                                side.reset();
                            },
                            [](server_side& side) {
                                side.upgrade();
                                side.send_frame(opcode::close, close_payload(1000));
                                side.has_ended();
                            }});
    CHECK(charge_point(server.port(), "with code").expect_close() == 1008);
    CHECK(charge_point(server.port(), "without Close").expect_close() == 1006);
    CHECK(charge_point(server.port(), "reset").expect_close() == 1006);
    CHECK_THROWS_MATCHES(charge_point(server.port(), "never ends", impatient()).expect_close(), unexpected,
                         MessageMatches(ContainsSubstring("did not end the TCP connection")));
    server.finish();
}

TEST_CASE("Waiting for an answer ends at once when the gateway closes", "[support]") {
    loopback_server server([](server_side& side) {
        side.upgrade();
        side.read_frame();
        side.send_frame(opcode::close, close_payload(1001));
    });
    charge_point cp(server.port(), "CP-1");
    CHECK_THROWS_MATCHES(cp.call("Heartbeat", {}), unexpected, MessageMatches(ContainsSubstring("closed with 1001")));
    server.finish();
}

TEST_CASE("A charge point closes, resets and hangs up in ways the other side can tell apart", "[support]") {
    loopback_server server({[](server_side& side) {
                                side.upgrade();
                                const auto close = side.read_frame();
                                require(close_code(close.payload) == 1000);
                                side.send_frame(opcode::close, close.payload);
                            },
                            [](server_side& side) {
                                side.upgrade();
                                require(side.has_ended());
                                require(side.saw_reset());
                            },
                            [](server_side& side) {
                                side.upgrade();
                                require(side.has_ended());
                                require(!side.saw_reset());
                                side.send_text("after the FIN");
                            }});
    CHECK(charge_point(server.port(), "closes").close() == 1000);
    charge_point(server.port(), "resets").drop_without_close();
    charge_point half(server.port(), "hangs up");
    half.hang_up();
    CHECK(half.expect_text() == "after the FIN");
    server.finish();
}

TEST_CASE("A vanished charge point refuses to be used", "[support]") {
    loopback_server server([](server_side& side) {
        side.upgrade();
        side.has_ended();
    });
    {
        charge_point cp(server.port(), "CP-1");
        cp.vanish();
        CHECK_THROWS_AS(cp.send_text("x"), unexpected);
        CHECK_THROWS_AS(cp.expect_text(), unexpected);
    }
    server.finish();
}

TEST_CASE("The usual conversations check the usual answers", "[support]") {
    loopback_server server([](server_side& side) {
        side.upgrade();
        const auto boot = side.read_text();
        require(is_call(boot, "BootNotification"));
        side.send_text("[3,\"" + id_of(boot) +
                       R"(",{"status":"Accepted","currentTime":"2026-01-02T03:04:05Z","interval":300}])");
        const auto start = side.read_text();
        require(is_call(start, "StartTransaction"));
        side.send_text("[3,\"" + id_of(start) + R"(",{"transactionId":7,"idTagInfo":{"status":"Accepted"}}])");
        side.send_text("[3,\"" + id_of(side.read_text()) + R"(",{"status":"Rejected"}])");
    });
    charge_point cp(server.port(), "CP-1");
    CHECK(cp.boot().at("interval") == 300);
    CHECK(cp.start_transaction() == 7);
    CHECK_THROWS_AS(cp.boot(), unexpected);
    server.finish();
}
