// The client's framing: right when it should be, wrong when a test wants it.
#include "support/websocket_frame.hpp"

#include "support/wait.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <string>

using namespace voltgate::test;

TEST_CASE("A frame of any size survives encoding and decoding", "[support]") {
    const auto size = GENERATE(0, 1, 125, 126, 65535, 65536, 200000);
    const bool masked = GENERATE(true, false);
    const std::string payload(static_cast<std::size_t>(size), 'x');
    frame_options options;
    options.masked = masked;
    auto bytes = encode_frame(opcode::text, payload, options);
    const auto received = take_frame(bytes);
    REQUIRE(received);
    CHECK(received->payload == payload);
    CHECK(received->masked == masked);
    CHECK(received->final);
    CHECK(received->code == opcode::text);
    CHECK(bytes.empty());
}

TEST_CASE("The masked example of RFC 6455 is encoded as printed there", "[support]") {
    CHECK(encode_frame(opcode::text, "Hello") == "\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58");
}

TEST_CASE("A frame is not taken before its last byte is there", "[support]") {
    const auto whole = encode_frame(opcode::text, std::string(300, 'y'));
    std::string buffer;
    for (const char c : whole.substr(0, whole.size() - 1)) {
        buffer += c;
        REQUIRE_FALSE(take_frame(buffer));
    }
    buffer += whole.back();
    CHECK(take_frame(buffer));
}

TEST_CASE("A header can lie about the length, the final bit and the reserved bits", "[support]") {
    frame_options options;
    options.masked = false;
    options.final = false;
    options.reserved = 4;
    options.claimed_length = 70000;
    const auto bytes = encode_frame(opcode::text, "ab", options);
    CHECK(bytes == std::string("\x41\x7f\0\0\0\0\0\x01\x11\x70", 10) + "ab");
}

TEST_CASE("A Close payload carries its code", "[support]") {
    CHECK(close_code(close_payload(1001, "bye")) == 1001);
    CHECK(close_code("") == 1005);
}

TEST_CASE("An opcode that does not exist is reported", "[support]") {
    frame_options options;
    options.masked = false;
    auto bytes = encode_frame(std::uint8_t{3}, "", options);
    CHECK_THROWS_AS(take_frame(bytes), unexpected);
}
