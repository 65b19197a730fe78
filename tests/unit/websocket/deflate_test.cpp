// What is agreed on about compression, and packing itself. Source: RFC 7692.
#include "websocket/deflate.hpp"

#include "support/deflate.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <string>
#include <utility>

using namespace voltgate;
using test::deflated;
using test::inflated;

namespace {

constexpr const char* plainly = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

std::string answer_to(std::string_view offers) {
    const auto terms = negotiate_deflate(offers);
    return terms ? terms->answer() : "";
}

std::string some_json(std::size_t size) {
    std::string text = "[";
    for (int i = 0; text.size() < size; ++i) text += R"({"connectorId":)" + std::to_string(i * 7919 % 1000) + "},";
    return text;
}

}  // namespace

TEST_CASE("What a client offers is agreed on as far as it can be met") {
    using row = std::pair<std::string, std::string>;
    const auto [offers, answer] = GENERATE_COPY(
        row{"permessage-deflate", plainly}, row{"permessage-deflate; client_max_window_bits", plainly},
        row{"permessage-deflate; client_max_window_bits=8", plainly},
        row{"permessage-deflate; server_no_context_takeover; client_no_context_takeover", plainly},
        row{"permessage-deflate; client_max_window_bits=\"15\"", plainly},
        row{"permessage-deflate; server_max_window_bits=15", std::string(plainly) + "; server_max_window_bits=12"},
        row{"permessage-deflate; server_max_window_bits=9", std::string(plainly) + "; server_max_window_bits=9"},
        row{"x-webkit-deflate-frame, permessage-deflate", plainly},
        row{"permessage-deflate; server_max_window_bits=8, permessage-deflate", plainly});
    CAPTURE(offers);
    CHECK(answer_to(offers) == answer);
}

TEST_CASE("An offer that is malformed or cannot be met is declined") {
    const std::string offers =
        GENERATE("", "permessage-bzip2", "permessage-deflate; server_max_window_bits",
                 "permessage-deflate; server_max_window_bits=8", "permessage-deflate; server_max_window_bits=16",
                 "permessage-deflate; server_max_window_bits=010", "permessage-deflate; server_max_window_bits=1e1",
                 "permessage-deflate; client_max_window_bits=7",
                 "permessage-deflate; client_max_window_bits; client_max_window_bits",
                 "permessage-deflate; server_no_context_takeover=1", "permessage-deflate; unknown",
                 "permessage-deflate; client_no_context_takeover; client_no_context_takeover", ";;;=,\"");
    CAPTURE(offers);
    CHECK(answer_to(offers).empty());
}

TEST_CASE("What is packed can be read by others, and the other way round") {
    deflate_codec codec;
    const auto bits = static_cast<std::uint8_t>(GENERATE(9, 10, 11, 12));
    for (const std::size_t size : {100U, 4096U, 70'000U, 1'000'000U}) {
        const auto text = some_json(size);
        CAPTURE(size);
        std::string packed, plain;
        REQUIRE(codec.pack(text, bits, packed));
        CHECK(packed.size() < text.size());
        CHECK(inflated(packed, bits) == text);
        for (const int level : {0, 1, 9}) {
            plain.clear();
            CHECK(codec.unpack(deflated(text, level), text.size(), plain) == deflate_codec::result::done);
            CHECK(plain == text);
        }
    }
}

TEST_CASE("What does not become smaller is not packed") {
    deflate_codec codec;
    std::string packed;
    for (const std::string text : {"", "x", "[3,\"1\",{}]"}) CHECK_FALSE(codec.pack(text, 12, packed));
}

TEST_CASE("Blocks that end for good are read as well") {
    deflate_codec codec;
    std::string plain;
    CHECK(codec.unpack(deflated("Hello", 9, test::deflate_end::final), 100, plain) == deflate_codec::result::done);
    CHECK(plain == "Hello");
    plain.clear();
    CHECK(codec.unpack(std::string(1, '\0'), 100, plain) == deflate_codec::result::done);
    CHECK(plain.empty());
}

TEST_CASE("A message is unpacked up to what is permitted, and no further") {
    deflate_codec codec;
    std::string plain;
    const std::string bomb = deflated(std::string(50'000'000, 'x'));
    CHECK(codec.unpack(bomb, 1'000'000, plain) == deflate_codec::result::too_big);
    CHECK(plain.capacity() < 3'000'000);
    for (const std::size_t size : {999U, 1000U, 16'384U, 32'768U}) {
        plain.clear();
        CHECK(codec.unpack(deflated(std::string(size, 'x')), size, plain) == deflate_codec::result::done);
        CHECK(plain.size() == size);
        plain.clear();
        CHECK(codec.unpack(deflated(std::string(size + 1, 'x')), size, plain) == deflate_codec::result::too_big);
    }
}

TEST_CASE("What is no packed message is told, and the next one is read all the same") {
    deflate_codec codec;
    std::string plain;
    const auto good = deflated("Hello, hello, hello");
    for (const std::string& bad : {std::string(), std::string("\xff\xff\xff"), std::string("plain text"),
                                   good.substr(0, good.size() / 2), good + "\x07"}) {
        CHECK(codec.unpack(bad, 1000, plain) == deflate_codec::result::corrupt);
        plain.clear();
        CHECK(codec.unpack(good, 1000, plain) == deflate_codec::result::done);
        CHECK(plain == "Hello, hello, hello");
        plain.clear();
    }
}
