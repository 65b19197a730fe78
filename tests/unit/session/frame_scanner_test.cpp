// Where frames begin and end, and which control frames are taken out. Source: RFC 6455 section 5.2.
#include "session/frame_scanner.hpp"

#include "support/websocket_frame.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <span>
#include <string>

using namespace voltgate;
using test::encode_frame;
using test::frame_options;
using test::opcode;

namespace {

frame_scanner::control look(std::string_view bytes, control_frame& taken, std::size_t& length) {
    return frame_scanner::look(std::span(bytes.data(), bytes.size()), taken, length);
}

frame_scanner::control look(std::string_view bytes) {
    control_frame taken;
    std::size_t length = 0;
    return look(bytes, taken, length);
}

std::size_t feed(frame_scanner& scanner, std::string_view bytes) {
    return scanner.advance(std::span(bytes.data(), bytes.size()));
}

frame_options fragment() {
    frame_options options;
    options.final = false;
    return options;
}

}  // namespace

TEST_CASE("A whole ping or pong is taken out, unmasked, and what follows stays") {
    const auto code = GENERATE(opcode::ping, opcode::pong);
    const std::string payload = GENERATE(std::string(), std::string("hello"), std::string(125, 'p'));
    const auto bytes = encode_frame(code, payload);
    control_frame taken;
    std::size_t length = 0;
    REQUIRE(look(bytes + "rest", taken, length) == frame_scanner::control::whole);
    CHECK(length == bytes.size());
    CHECK(taken.is_ping == (code == opcode::ping));
    CHECK(std::string_view(taken.payload, taken.size) == payload);
}

TEST_CASE("The beginning of a ping asks for more") {
    const auto bytes = encode_frame(opcode::ping, "hello");
    CHECK(look("") == frame_scanner::control::none);
    for (std::size_t size = 1; size < bytes.size(); ++size)
        CHECK(look(bytes.substr(0, size)) == frame_scanner::control::partial);
}

TEST_CASE("What is no correct ping or pong is left for the library to judge") {
    frame_options unmasked;
    unmasked.masked = false;
    frame_options reserved;
    reserved.reserved = 4;
    CHECK(look(encode_frame(opcode::text, "text")) == frame_scanner::control::none);
    CHECK(look(encode_frame(opcode::close, "")) == frame_scanner::control::none);
    CHECK(look(encode_frame(opcode::continuation, "")) == frame_scanner::control::none);
    CHECK(look(encode_frame(11, "")) == frame_scanner::control::none);
    CHECK(look(encode_frame(opcode::ping, "", fragment())) == frame_scanner::control::none);
    CHECK(look(encode_frame(opcode::ping, "", unmasked)) == frame_scanner::control::none);
    CHECK(look(encode_frame(opcode::ping, "", reserved)) == frame_scanner::control::none);
    CHECK(look(encode_frame(opcode::ping, std::string(126, 'x'))) == frame_scanner::control::none);
}

TEST_CASE("A frame ends at its last byte, however it arrives") {
    const std::size_t size = GENERATE(values<std::size_t>({0, 1, 125, 126, 65'535, 65'536, 100'000}));
    const std::size_t step = GENERATE(values<std::size_t>({1, 7, 4096}));
    frame_options options;
    options.masked = GENERATE(true, false);
    CAPTURE(size, step, options.masked);
    const auto bytes = encode_frame(opcode::text, std::string(size, 'x'), options);
    frame_scanner scanner;
    std::size_t done = 0;
    while (done < bytes.size()) {
        if (scanner.at_boundary() != (done == 0)) FAIL("a boundary after " << done << " bytes");
        const auto used = feed(scanner, std::string_view(bytes).substr(done, step));
        if (used == 0) FAIL("no progress");
        done += used;
    }
    CHECK(done == bytes.size());
    CHECK(scanner.at_boundary());
    CHECK(scanner.payload_left() == 0);
}

TEST_CASE("Bytes of the next frame are left alone") {
    const auto first = encode_frame(opcode::text, "first"), empty = encode_frame(opcode::text, "");
    const auto stream = first + empty + first;
    frame_scanner scanner;
    std::string_view rest = stream;
    for (const auto& each : {first, empty, first}) {
        CHECK(feed(scanner, rest) == each.size());
        CHECK(scanner.at_boundary());
        rest.remove_prefix(each.size());
    }
    CHECK(feed(scanner, rest) == 0);
}

TEST_CASE("A header that is not complete yet says so, then tells the payload's length") {
    const auto bytes = encode_frame(opcode::text, std::string(300, 'x'));
    constexpr std::size_t header = 2 + 2 + 4;
    frame_scanner scanner;
    for (std::size_t i = 0; i + 1 < header; ++i) {
        CHECK(feed(scanner, bytes.substr(i, 1)) == 1);
        CHECK(scanner.header_incomplete());
        CHECK_FALSE(scanner.at_boundary());
    }
    CHECK(feed(scanner, bytes.substr(header - 1, 1)) == 1);
    CHECK_FALSE(scanner.header_incomplete());
    CHECK(scanner.payload_left() == 300);
}

TEST_CASE("The largest length that a header can claim is counted down without overflow") {
    frame_options options;
    options.claimed_length = ~std::uint64_t{0};
    frame_scanner scanner;
    CHECK(feed(scanner, encode_frame(opcode::text, "", options)) == 14);
    CHECK(scanner.payload_left() == ~std::uint64_t{0});
    CHECK(feed(scanner, "12345678") == 8);
    CHECK(scanner.payload_left() == ~std::uint64_t{0} - 8);
}
