// RFC 6455, section by section, against the gateway's own WebSocket session behind an echo. scripts/autobahn asks the
// same of it at greater length.
#include "support/raw_websocket.hpp"
#include "support/websocket_echo.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;

namespace {

using bytes = std::initializer_list<std::uint8_t>;
using codes = std::initializer_list<std::uint16_t>;

struct row {
    const char* what;
    std::string sent;
    std::string expected;
};

std::string text(std::string_view s) { return encode_frame(opcode::text, s); }
std::string part(opcode code, std::string_view s) {
    frame_options options;
    options.final = false;
    return encode_frame(code, s, options);
}
std::string more(std::string_view s) { return part(opcode::continuation, s); }
std::string last(std::string_view s) { return encode_frame(opcode::continuation, s); }
std::string reserved(std::uint8_t bits, opcode code = opcode::text) {
    frame_options options;
    options.reserved = bits;
    return encode_frame(code, "x", options);
}
/// A masked text whose length takes `width` bytes, whatever it is.
std::string with_length(unsigned width, std::uint64_t length, std::size_t really) {
    std::string frame = {'\x81', static_cast<char>(width == 2 ? 0xFE : 0xFF)};
    for (unsigned i = width; i > 0; --i) frame += static_cast<char>(length >> (8 * (i - 1)) & 0xFF);
    return frame + std::string(4, '\0') + std::string(really, 'x');
}

const std::string bye = close_frame();
constexpr const char* refused = "close 1002";

/// Each row as a whole and byte by byte. A Close of the client that ends it waits for the answers.
void check(const std::vector<row>& rows, const websocket_echo& echo) {
    for (const auto& r : rows) {
        for (const std::size_t cut : {0U, 1U}) {
            std::string_view sent = r.sent;
            raw_options options;
            options.cut = sent.size() > 4096 ? 0 : cut;
            options.answers = static_cast<std::size_t>(std::ranges::count(r.expected, ';'));
            if (options.answers > 0 && sent.ends_with(bye)) {
                sent.remove_suffix(bye.size());
                options.last = bye;
            }
            CAPTURE(r.what, cut);
            CHECK(to_string(converse(echo.port(), sent, options)) == r.expected);
        }
    }
}

}  // namespace

TEST_CASE("RFC 6455, 5.2: reserved bits and opcodes", "[websocket]") {
    const websocket_echo echo;
    std::vector<row> rows;
    for (const std::uint8_t bits : bytes{1, 2, 3, 4, 5, 6, 7})
        rows.push_back({"reserved bits", reserved(bits), refused});
    for (const std::uint8_t bits : bytes{1, 2, 4})
        rows.push_back({"reserved bits of a ping", text("a") + reserved(bits, opcode::ping), "text a; close 1002"});
    for (const std::uint8_t code : bytes{3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
        rows.push_back({"an opcode that does not exist", text("a") + encode_frame(code, "x"), "text a; close 1002"});
    check(rows, echo);
}

TEST_CASE("RFC 6455, 5.1 and 5.2: masking and lengths", "[websocket]") {
    const websocket_echo echo;
    frame_options unmasked;
    unmasked.masked = false;
    const auto of = [](std::size_t n) { return std::string(n, '*'); };
    check(
        {
            {"unmasked", encode_frame(opcode::text, "x", unmasked), refused},
            {"an unmasked ping", encode_frame(opcode::ping, "x", unmasked), refused},
            {"0 bytes", text("") + bye, "text ; close 1000"},
            {"125 bytes", text(of(125)) + bye, "text " + of(125) + "; close 1000"},
            {"126 bytes", text(of(126)) + bye, "text of 126 bytes; close 1000"},
            {"127 bytes", text(of(127)) + bye, "text of 127 bytes; close 1000"},
            {"65535 bytes", text(of(65535)) + bye, "text of 65535 bytes; close 1000"},
            {"65536 bytes", text(of(65536)) + bye, "text of 65536 bytes; close 1000"},
            {"125 in the form of 2 bytes", with_length(2, 125, 125) + bye, refused},
            {"65535 in the form of 8 bytes", with_length(8, 65535, 65535) + bye, refused},
            {"a length with its highest bit", with_length(8, 1ULL << 63, 10), "close 1009"},
        },
        echo);
    const std::string long_text = "[" + std::string(70'000, '7') + "]";
    raw_options options;
    options.answers = 1;
    options.last = bye;
    const auto c = converse(echo.port(), text(long_text), options);
    REQUIRE(c.frames.size() == 1);
    CHECK(c.frames[0].payload == long_text);
}

TEST_CASE("RFC 6455, 5.4: fragments", "[websocket]") {
    const websocket_echo echo;
    const std::string ping = encode_frame(opcode::ping, "p");
    check(
        {
            {"two", part(opcode::text, "He") + last("llo") + bye, "text Hello; close 1000"},
            {"binary ones", part(opcode::binary, "a") + more("b") + last("c") + bye, "binary abc; close 1000"},
            {"empty ones", part(opcode::text, "") + more("") + last("") + bye, "text ; close 1000"},
            {"a ping between", part(opcode::text, "a") + ping + last("b") + bye, "pong p; text ab; close 1000"},
            {"a Close between", part(opcode::text, "a") + bye, "close 1000"},
            {"one after another", part(opcode::text, "a") + last("b") + text("c") + bye, "text ab; text c; close 1000"},
            {"a continuation of nothing", last("x"), refused},
            {"a first continuation of nothing", more("x") + last("y"), refused},
            {"a continuation after the end", text("a") + last("b"), "text a; close 1002"},
            {"a text inside a text", part(opcode::text, "a") + text("b"), refused},
            {"a binary inside a text", part(opcode::text, "a") + encode_frame(opcode::binary, "b"), refused},
            {"a ping in fragments", part(opcode::ping, "a") + last("b"), refused},
            {"a Close in fragments", part(opcode::close, close_payload(1000)) + last(""), refused},
        },
        echo);
}

TEST_CASE("RFC 6455, 5.5: control frames", "[websocket]") {
    const websocket_echo echo;
    const std::string longest(125, 'p');
    std::string pings, pongs;
    for (char c = 'a'; c <= 'j'; ++c) {
        pings += encode_frame(opcode::ping, std::string(1, c));
        pongs += std::string("pong ") + c + "; ";
    }
    check(
        {
            {"a ping", encode_frame(opcode::ping, "hello") + bye, "pong hello; close 1000"},
            {"an empty ping", encode_frame(opcode::ping, "") + bye, "pong ; close 1000"},
            {"the longest ping", encode_frame(opcode::ping, longest) + bye, "pong " + longest + "; close 1000"},
            {"ten pings", pings + bye, pongs + "close 1000"},
            {"a ping too long", encode_frame(opcode::ping, longest + "x"), refused},
            {"a pong nobody asked for", encode_frame(opcode::pong, "x") + text("a") + bye, "text a; close 1000"},
            {"a pong too long", encode_frame(opcode::pong, longest + "x"), refused},
            {"a Close too long", close_frame(1000, std::string(124, 'r')), refused},
        },
        echo);
}

TEST_CASE("RFC 6455, 5.5.1 and 7: closing", "[websocket]") {
    const websocket_echo echo;
    std::vector<row> rows = {
        {"without a code", encode_frame(opcode::close, ""), "close 1000"},
        {"half a code", encode_frame(opcode::close, "\x03"), refused},
        {"with a reason", close_frame(1000, "bye"), "close 1000"},
        {"with the longest reason", close_frame(1000, std::string(123, 'r')), "close 1000"},
        {"with a reason that is no UTF-8", close_frame(1000, "\xff"), refused},
        {"and going on all the same", bye + text("x") + encode_frame(opcode::ping, "x"), "close 1000"},
        {"twice", bye + bye, "close 1000"},
    };
    for (const std::uint16_t code : codes{1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999})
        rows.push_back({"a code that exists", close_frame(code), "close " + std::to_string(code)});
    for (const std::uint16_t code : codes{0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999})
        rows.push_back({"a code that must not be sent", close_frame(code), refused});
    check(rows, echo);
}

TEST_CASE("RFC 6455, 8.1: text is UTF-8", "[websocket]") {
    const websocket_echo echo;
    std::vector<row> rows;
    for (const std::string s : {"\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5", "\xf4\x8f\xbf\xbf", "\xed\x9f\xbf",
                                "\xee\x80\x80", "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xc2\x80", "\xe0\xa0\x80"}) {
        rows.push_back({"a valid one", text(s) + bye, "text " + s + "; close 1000"});
        rows.push_back(
            {"cut in two", part(opcode::text, s.substr(0, 1)) + last(s.substr(1)) + bye, "text " + s + "; close 1000"});
    }
    for (const std::string s :
         {"\x80", "\xc0\xaf", "\xc1\xbf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x80\x80\xaf",
          "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xe2\x82", "\xce"}) {
        rows.push_back({"none", text(s), "close 1007"});
        rows.push_back({"none at the end", text("valid " + s), "close 1007"});
        rows.push_back({"none, in its last fragment", part(opcode::text, "valid") + last(s), "close 1007"});
        const std::string answer = "binary " + s + "; close 1000";
        rows.push_back({"bytes", encode_frame(opcode::binary, s) + bye, answer});
    }
    rows.push_back({"none, before an empty last fragment", part(opcode::text, "\xe2\x82") + last(""), "close 1007"});
    rows.push_back({"none, and the rest never comes", part(opcode::text, "\xf4\x90\x80\x80"), "close 1007"});
    check(rows, echo);
}

TEST_CASE("RFC 6455, 10.4: a message is as large as is permitted, however it comes", "[websocket]") {
    const websocket_echo echo(0, [](session_config& c) { c.max_message_bytes = 1000; });
    const std::string whole(1000, 'x'), half(500, 'x');
    check(
        {
            {"the largest", text(whole) + bye, "text of 1000 bytes; close 1000"},
            {"the largest, in fragments", part(opcode::text, half) + last(half) + bye,
             "text of 1000 bytes; close 1000"},
            {"one byte more", text(whole + "x"), "close 1009"},
            {"one byte more, in fragments", part(opcode::text, half) + last(half + "x"), "close 1009"},
            {"a promise of 2^62 bytes", with_length(8, 1ULL << 62, 10), "close 1009"},
            {"a promise behind fragments",
             part(opcode::text, half) + more(half) + with_length(8, 1ULL << 62, 10).replace(0, 1, 1, '\x80'),
             "close 1009"},
        },
        echo);
}

TEST_CASE("Messages that come all at once are answered in order", "[websocket]") {
    const websocket_echo echo;
    for (const std::size_t count : {31U, 32U, 33U, 100U, 1000U}) {
        std::string sent;
        for (std::size_t i = 0; i < count; ++i) sent += text("message " + std::to_string(i));
        raw_options options;
        options.answers = count;
        options.last = bye;
        const auto c = converse(echo.port(), sent, options);
        CHECK(c.code == 1000);
        REQUIRE(c.frames.size() == count);
        for (std::size_t i = 0; i < count; ++i) CHECK(c.frames[i].payload == "message " + std::to_string(i));
    }
}

TEST_CASE("Answers that the socket takes bit by bit come whole and in order", "[websocket]") {
    const websocket_echo echo(0, [](session_config& c) { c.outbox_bytes = 16'000'000; });
    constexpr std::size_t count = 30;
    const auto message = [](std::size_t i) { return std::string(60'000 + i, static_cast<char>('A' + i)); };
    std::string sent;
    for (std::size_t i = 0; i < count; ++i) sent += text(message(i));
    raw_options options;
    options.tcp.receive_buffer = 4096;
    options.answers = count + 1;
    options.last = bye;
    const auto c = converse(echo.port(), sent + encode_frame(opcode::ping, "p"), options);
    CHECK(c.code == 1000);
    std::size_t messages = 0;
    for (const auto& f : c.frames) {
        if (f.code == opcode::pong) continue;
        CHECK(f.payload == message(messages));
        ++messages;
    }
    CHECK(messages == count);
}
