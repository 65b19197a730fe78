#include "websocket/message_reader.hpp"

#include "support/websocket_frame.hpp"

#include <catch2/catch_test_macros.hpp>
#include <fmt/format.h>

#include <initializer_list>
#include <string>
#include <string_view>

using namespace voltgate;
using namespace voltgate::test;

namespace {

using octets = std::initializer_list<std::uint8_t>;
using codes = std::initializer_list<std::uint16_t>;

/// Everything that is found, in words, with the bytes given `piece` by `piece`.
std::string read_all(std::string_view sent, std::size_t piece, bool deflate = false, std::size_t largest = 1 << 20) {
    using found = websocket::message_reader::found;
    websocket::message_reader reader(largest);
    if (deflate) reader.agree_on_deflate();
    websocket::control_payload control;
    std::string message, seen;
    while (!sent.empty()) {
        std::string_view bytes = sent.substr(0, piece);
        sent.remove_prefix(bytes.size());
        for (found what = found::payload; what != found::nothing;) {
            what = reader.read(bytes, message, control);
            switch (what) {
                case found::nothing: CHECK(bytes.empty()); break;
                case found::payload: CHECK(reader.in_message()); break;
                case found::message:
                    CHECK(reader.at_rest());
                    seen += fmt::format("{}{} {}; ", reader.is_text() ? "text" : "binary",
                                        reader.is_packed() ? "+" : "", message);
                    message.clear();
                    break;
                case found::ping: seen += fmt::format("ping {}; ", control.text()); break;
                case found::pong: seen += fmt::format("pong {}; ", control.text()); break;
                case found::close: return seen + fmt::format("close {}", reader.code());
                case found::violation: return seen + fmt::format("violation {}", reader.code());
            }
        }
    }
    if (!reader.at_rest()) seen += "more";
    return seen;
}

/// However it is cut.
std::string read(std::string_view sent, bool deflate = false, std::size_t largest = 1 << 20) {
    const std::string whole = read_all(sent, sent.size(), deflate, largest);
    for (std::size_t piece = 1; piece < sent.size() && piece < 300; ++piece)
        CHECK(read_all(sent, piece, deflate, largest) == whole);
    return whole;
}

std::string part(opcode code, std::string_view s) {
    frame_options options;
    options.final = false;
    return encode_frame(code, s, options);
}
std::string reserved(std::uint8_t bits, opcode code, bool final = true) {
    frame_options options;
    options.reserved = bits;
    options.final = final;
    return encode_frame(code, "x", options);
}
std::string text(std::string_view s) { return encode_frame(opcode::text, s); }
std::string last(std::string_view s) { return encode_frame(opcode::continuation, s); }

}  // namespace

TEST_CASE("Messages, their fragments and what comes between them are found however they are cut", "[websocket]") {
    CHECK(read(text("Hello")) == "text Hello; ");
    CHECK(read(text("")) == "text ; ");
    CHECK(read(encode_frame(opcode::binary, "\xff")) == "binary \xff; ");
    CHECK(read(part(opcode::text, "He") + part(opcode::continuation, "l") + last("lo") + text("x")) ==
          "text Hello; text x; ");
    CHECK(read(part(opcode::text, "a") + encode_frame(opcode::ping, "p") + last("b")) == "ping p; text ab; ");
    CHECK(read(encode_frame(opcode::ping, std::string(125, 'p'))) == "ping " + std::string(125, 'p') + "; ");
    CHECK(read(encode_frame(opcode::pong, "")) == "pong ; ");
    CHECK(read(text(std::string(126, 'x'))) == "text " + std::string(126, 'x') + "; ");
    CHECK(read(text(std::string(70'000, 'x'))) == "text " + std::string(70'000, 'x') + "; ");
    CHECK(read(text("Hello").substr(0, 8)) == "more");
    CHECK(read(part(opcode::text, "a")) == "more");
    CHECK(read(text("a").substr(0, 1)) == "more");
}

TEST_CASE("What RFC 6455 forbids is a violation however it is cut", "[websocket]") {
    frame_options unmasked;
    unmasked.masked = false;
    CHECK(read(encode_frame(opcode::text, "x", unmasked)) == "violation 1002");
    CHECK(read(encode_frame(opcode::ping, "x", unmasked)) == "violation 1002");
    CHECK(read(last("x")) == "violation 1002");
    CHECK(read(text("a") + last("x")) == "text a; violation 1002");
    CHECK(read(part(opcode::text, "a") + text("b")) == "violation 1002");
    CHECK(read(part(opcode::ping, "a")) == "violation 1002");
    CHECK(read(encode_frame(opcode::ping, std::string(126, 'x'))) == "violation 1002");
    for (const std::uint8_t code : octets{3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
        CHECK(read(encode_frame(code, "x")) == "violation 1002");
    for (const std::uint8_t bits : octets{1, 2, 4}) {
        CHECK(read(reserved(bits, opcode::text)) == "violation 1002");
        CHECK(read(reserved(bits, opcode::ping)) == "violation 1002");
    }
    const std::string zero_mask(4, '\0');
    CHECK(read("\x81\xFE" + std::string("\x00\x7D", 2) + zero_mask) == "violation 1002");
    CHECK(read("\x89\xFE" + std::string("\x00\x00", 2) + zero_mask) == "violation 1002");
    CHECK(read("\x81\xFF" + std::string("\0\0\0\0\0\0\xFF\xFF", 8) + zero_mask) == "violation 1002");
}

TEST_CASE("RSV1 on the first frame of a message is compression, once that was agreed on", "[websocket]") {
    CHECK(read(reserved(4, opcode::text), true) == "text+ x; ");
    CHECK(read(reserved(4, opcode::text, false) + last("\xff") + text("y"), true) == "text+ x\xff; text y; ");
    CHECK(read(reserved(4, opcode::continuation), true) == "violation 1002");
    CHECK(read(part(opcode::binary, "") + reserved(4, opcode::continuation), true) == "violation 1002");
    CHECK(read(reserved(4, opcode::ping), true) == "violation 1002");
    CHECK(read(reserved(6, opcode::text), true) == "violation 1002");
}

TEST_CASE("A message is as large as is permitted, whatever its frames declare", "[websocket]") {
    CHECK(read(text(std::string(10, 'x')), false, 10) == "text xxxxxxxxxx; ");
    CHECK(read(text(std::string(11, 'x')), false, 10) == "violation 1009");
    CHECK(read(part(opcode::text, "123456") + part(opcode::continuation, "7890") + last(""), false, 10) ==
          "text 1234567890; ");
    CHECK(read(part(opcode::text, "123456") + last("78901"), false, 10) == "violation 1009");
    const std::string huge = "\x81\xFF" + std::string(8, '\xFF') + std::string(4, '\0');
    CHECK(read(huge) == "violation 1009");
    CHECK(read(part(opcode::text, "1") + "\x80" + huge.substr(1)) == "violation 1009");
}

TEST_CASE("A text that is no UTF-8 is found where it goes wrong", "[websocket]") {
    CHECK(read(text("\xce\xba\xe1\xbd\xb9")) == "text \xce\xba\xe1\xbd\xb9; ");
    CHECK(read(part(opcode::text, "\xce") + last("\xba")) == "text \xce\xba; ");
    CHECK(read(part(opcode::text, "\xf4\x90")) == "violation 1007");
    CHECK(read(part(opcode::text, "\xce") + last("a")) == "violation 1007");
    CHECK(read(part(opcode::text, "\xce") + last("")) == "violation 1007");
    CHECK(read(text("valid \xce")) == "violation 1007");
    CHECK(read(text("an ASCII text of some length, then \xff, then more of it")) == "violation 1007");
    CHECK(read(encode_frame(opcode::binary, "\xce")) == "binary \xce; ");
}

TEST_CASE("A Close is answered with its code, if that may be sent", "[websocket]") {
    CHECK(read(encode_frame(opcode::close, "")) == "close 1000");
    CHECK(read(encode_frame(opcode::close, close_payload(1001) + "bye") + "rubbish") == "close 1001");
    CHECK(read(encode_frame(opcode::close, "\x03")) == "violation 1002");
    CHECK(read(encode_frame(opcode::close, close_payload(1000) + "\xff")) == "violation 1002");
    for (const std::uint16_t code : codes{1000, 1003, 1007, 1013, 3000, 4999})
        CHECK(read(encode_frame(opcode::close, close_payload(code))) == fmt::format("close {}", code));
    for (const std::uint16_t code : codes{0, 999, 1004, 1005, 1006, 1014, 1015, 2999})
        CHECK(read(encode_frame(opcode::close, close_payload(code))) == "violation 1002");
}

TEST_CASE("A reader at rest holds nothing", "[websocket]") {
    websocket::message_reader reader(1000);
    websocket::control_payload control;
    std::string message;
    CHECK(reader.at_rest());
    const std::string sent = encode_frame(opcode::ping, "ping");
    std::string_view bytes = std::string_view(sent).substr(0, 3);
    CHECK(reader.read(bytes, message, control) == websocket::message_reader::found::nothing);
    CHECK_FALSE(reader.at_rest());
    CHECK_FALSE(reader.in_message());
    bytes = std::string_view(sent).substr(3);
    CHECK(reader.read(bytes, message, control) == websocket::message_reader::found::ping);
    CHECK(control.text() == "ping");
    CHECK(reader.at_rest());
}
