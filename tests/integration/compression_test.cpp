// permessage-deflate (RFC 7692): in the frames, behind an echo, and where the gateway agrees on it.
#include "support/deflate.hpp"
#include "support/http_client.hpp"
#include "support/raw_websocket.hpp"
#include "support/running_gateway.hpp"
#include "support/websocket_echo.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;

namespace {

using compressed = server_config::compressed;

const std::string bye = close_frame();
constexpr const char* hello = "hello hello hello hello";

raw_options offering(std::string_view extension = "permessage-deflate") {
    raw_options options;
    options.headers = {{"Sec-WebSocket-Extensions", std::string(extension)}};
    return options;
}

/// Like those, with a Close once so many answers have come.
raw_options closing_after(std::size_t answers, raw_options options) {
    options.answers = answers;
    options.last = bye;
    return options;
}

std::string packed_frame(std::string_view payload, opcode code = opcode::text, bool final = true) {
    frame_options options;
    options.reserved = 4;
    options.final = final;
    return encode_frame(code, payload, options);
}
std::string packed(std::string_view text) { return packed_frame(deflated(text)); }

/// As to_string, with what is packed unpacked: "packed text hello".
std::string readable(raw_conversation c) {
    std::string text;
    for (auto& f : c.frames) {
        if (f.reserved != 4) continue;
        text += "packed ";
        f.reserved = 0;
        f.payload = inflated(f.payload, 12);
    }
    return text + to_string(c);
}

std::string agreed(std::uint16_t port, std::string_view version) {
    auto options = offering();
    options.headers.emplace_back("Sec-WebSocket-Protocol", std::string(version));
    const auto c = converse(port, bye, options);
    CHECK(c.response.status == 101);
    return c.response.header("Sec-WebSocket-Extensions");
}

running_gateway::configure compressing(compressed what, running_gateway::configure more = {}) {
    return [=](config& c) {
        c.server.versions = {ocpp::version::v16, ocpp::version::v201, ocpp::version::v21};
        c.server.compression = what;
        c.session.compress_from = 10;
        if (more) more(c);
    };
}

}  // namespace

TEST_CASE("Packed messages are read, and answered packed where that makes them smaller", "[compression]") {
    const websocket_echo echo;
    using row = std::pair<std::string, std::string>;
    const std::string pair = std::string("packed packed text ") + hello + "; text " + hello + "; close 1000";
    const auto stored = deflated("Hi", 0), whole = deflated(hello);
    const auto cut = static_cast<std::size_t>(GENERATE(0, 1));
    const std::vector<row> rows = {
        {packed(hello), std::string("packed text ") + hello + "; close 1000"},
        {packed_frame(deflated(hello), opcode::binary), std::string("packed binary ") + hello + "; close 1000"},
        {packed(hello) + packed(hello), pair},  // each by itself
        {encode_frame(opcode::text, hello) + packed(hello), pair},
        {packed_frame(stored), "text Hi; close 1000"},
        {packed_frame(std::string(1, '\0')), "text ; close 1000"},
        {packed_frame(deflated(hello, 9, deflate_end::final)), std::string("packed text ") + hello + "; close 1000"},
        {packed_frame(whole.substr(0, 3), opcode::text, false) + encode_frame(opcode::ping, "p") +
             encode_frame(opcode::continuation, whole.substr(3)),
         std::string("packed pong p; text ") + hello + "; close 1000"},
    };
    for (const auto& [sent, expected] : rows) {
        auto options = closing_after(static_cast<std::size_t>(std::ranges::count(expected, ';')), offering());
        options.cut = cut;
        CHECK(readable(converse(echo.port(), sent, options)) == expected);
    }
}

TEST_CASE("What RFC 7692 forbids is refused", "[compression]") {
    const websocket_echo echo;
    using row = std::pair<std::string, std::string>;
    frame_options rsv2;
    rsv2.reserved = 6;
    const std::vector<row> rows = {
        {packed_frame("x", opcode::ping), "close 1002"},
        {packed_frame(close_payload(1000), opcode::close), "close 1002"},
        {encode_frame(opcode::text, deflated(hello), rsv2), "close 1002"},
        {packed_frame("x", opcode::continuation), "close 1002"},
        {packed_frame("a", opcode::text, false) + packed_frame("b", opcode::continuation), "close 1002"},
        {packed_frame("a", opcode::text, false) + packed_frame("b", opcode::text), "close 1002"},
        {packed_frame("no deflate") + bye, "close 1007"},
        {packed_frame("") + bye, "close 1007"},
        {packed("no UTF-8: \xff") + bye, "close 1007"},
        {packed("cut off: \xe2\x82") + bye, "close 1007"},
    };
    for (const auto& [sent, expected] : rows) CHECK(to_string(converse(echo.port(), sent, offering())) == expected);
    // And without an agreement.
    CHECK(to_string(converse(echo.port(), packed(hello))) == "close 1002");
}

TEST_CASE("A message's size is limited before and after it is unpacked", "[compression]") {
    const websocket_echo echo(0, [](session_config& c) { c.max_message_bytes = 100'000; });
    const auto answer = [&](const std::string& sent) {
        return to_string(converse(echo.port(), sent, closing_after(1, offering())));
    };
    CHECK(answer(packed(std::string(100'000, 'x'))).ends_with("close 1000"));
    CHECK(answer(packed(std::string(100'001, 'x'))) == "close 1009");
    CHECK(answer(packed(std::string(100'000'000, 'x'))) == "close 1009");
    CHECK(answer(packed_frame(deflated(std::string(100'001, 'x'), 0))) == "close 1009");
}

TEST_CASE("A client gets the window that it can hold", "[compression]") {
    const websocket_echo echo;
    const auto c = converse(echo.port(), bye, offering("permessage-deflate; server_max_window_bits=9"));
    CHECK(c.response.header("Sec-WebSocket-Extensions").ends_with("; server_max_window_bits=9"));
    // What repeats after more than 512 bytes is out of reach for such a window.
    std::string once;
    for (unsigned i = 0, x = 1; i < 2000; ++i, x = x * 1103515245 + 12345)
        once += static_cast<char>('!' + x / 65536 % 90);
    const auto sent = packed(once + once);
    const auto little = offering("permessage-deflate; server_max_window_bits=9");
    const auto narrow = converse(echo.port(), sent, closing_after(1, little));
    const auto wide = converse(echo.port(), sent, closing_after(1, offering()));
    REQUIRE(narrow.frames.size() == 1);
    REQUIRE(wide.frames.size() == 1);
    CHECK(inflated(narrow.frames[0].payload, 9) == once + once);
    CHECK(narrow.frames[0].payload.size() > wide.frames[0].payload.size() + 1000);
}

TEST_CASE("Compression is agreed on with charge points of OCPP 2.x, with others where that is configured",
          "[compression]") {
    using row = std::tuple<compressed, std::string, bool>;
    const auto [configured, version, yes] =
        GENERATE(row{compressed::v2, "ocpp1.6", false}, row{compressed::v2, "ocpp2.0.1", true},
                 row{compressed::v2, "ocpp2.1", true}, row{compressed::all, "ocpp1.6", true},
                 row{compressed::off, "ocpp2.0.1", false});
    CAPTURE(version);
    running_gateway gw(compressing(configured));
    CHECK(agreed(gw.port(), version).empty() == !yes);
    const auto metrics = http_client(gw.port()).get("/metrics").body;
    CHECK((metrics.find("gateway_compressed_connections_total 1") != std::string::npos) == yes);
    // Who does not offer it gets none.
    raw_options plain;
    plain.headers = {{"Sec-WebSocket-Protocol", version}};
    CHECK_FALSE(converse(gw.port(), bye, plain).response.has_header("Sec-WebSocket-Extensions"));
}

TEST_CASE("A charge point may pack its calls, and gets packed answers", "[compression]") {
    running_gateway gw(compressing(compressed::all));
    auto options = offering();
    options.headers.emplace_back("Sec-WebSocket-Protocol", "ocpp1.6");
    const std::string spaces(200, ' ');
    const auto c = converse(gw.port(),
                            packed("[2,\"a\",\"Heartbeat\"," + spaces + "{}]") +
                                packed("[2,\"" + std::string(30, 'b') + "\",\"Heartbeat\",{}]"),
                            closing_after(2, options));
    REQUIRE(c.frames.size() == 2);
    const auto text = [](const frame& f) { return f.reserved == 4 ? inflated(f.payload) : f.payload; };
    CHECK(text(c.frames[0]).starts_with("[3,\"a\",{\"currentTime\":"));
    CHECK(text(c.frames[1]).starts_with("[3,\"" + std::string(30, 'b') + "\","));
    CHECK(c.frames[1].reserved == 4);
}

TEST_CASE("Messages smaller than session.compress_from are sent as they are", "[compression]") {
    running_gateway gw(compressing(compressed::all, [](config& c) { c.session.compress_from = 10'000; }));
    auto options = offering();
    options.headers.emplace_back("Sec-WebSocket-Protocol", "ocpp1.6");
    const auto c = converse(gw.port(), packed("[2,\"" + std::string(200, 'b') + "\",\"Heartbeat\",{}]"),
                            closing_after(1, options));
    REQUIRE(c.frames.size() == 1);
    CHECK(c.frames[0].reserved == 0);
}
