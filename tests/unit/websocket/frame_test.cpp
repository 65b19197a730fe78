#include "websocket/frame.hpp"

#include "text/json_text.hpp"
#include "websocket/utf8_checker.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

using namespace voltgate;

namespace {

std::string head_of(websocket::opcode code, std::size_t payload, bool packed = false) {
    const auto head = websocket::make_head(code, payload, packed);
    return {head.bytes.data(), head.size};
}

bool is_utf8(std::string_view text) {
    websocket::utf8_checker checker;
    return checker.take(text) && checker.at_boundary();
}

}  // namespace

TEST_CASE("A server's frame begins with the shortest head", "[websocket]") {
    using websocket::opcode;
    CHECK(head_of(opcode::text, 0) == std::string("\x81\x00", 2));
    CHECK(head_of(opcode::text, 125, true) == "\xC1\x7D");
    CHECK(head_of(opcode::binary, 126) == std::string("\x82\x7E\x00\x7E", 4));
    CHECK(head_of(opcode::pong, 3) == "\x8A\x03");
    CHECK(head_of(opcode::close, 2) == "\x88\x02");
    CHECK(head_of(opcode::text, 65535) == "\x81\x7E\xFF\xFF");
    CHECK(head_of(opcode::text, 65536) == std::string("\x81\x7F\x00\x00\x00\x00\x00\x01\x00\x00", 10));
}

TEST_CASE("A mask is removed in pieces as in one", "[websocket]") {
    std::string plain;
    for (int i = 0; i < 100; ++i) plain += static_cast<char>(i);
    const std::array<char, 4> mask = {'\x11', '\x22', '\x83', '\x44'};
    std::string masked = plain;
    for (std::size_t i = 0; i < masked.size(); ++i) masked[i] = static_cast<char>(masked[i] ^ mask[i % 4]);
    for (std::size_t piece = 1; piece <= masked.size(); ++piece) {
        std::string text = masked;
        auto key = mask;
        for (std::size_t at = 0; at < text.size(); at += piece)
            CHECK(websocket::unmask(text.data() + at, std::min(piece, text.size() - at), key));
        CHECK(text == plain);
    }
    for (std::size_t at = 0; at < 20; ++at) {
        std::string text(20, 'a');
        text[at] = '\x80';
        std::array<char, 4> none{};
        CHECK_FALSE(websocket::unmask(text.data(), text.size(), none));
    }
}

TEST_CASE("The answer to a key is that of RFC 6455", "[websocket]") {
    CHECK(websocket::accept_of("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST_CASE("UTF-8 is checked in pieces as in one", "[websocket]") {
    using namespace std::string_view_literals;
    for (const auto text : {"\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5"sv, "\xf4\x8f\xbf\xbf"sv, "\xed\x9f\xbf"sv,
                            "\xee\x80\x80"sv, "\xef\xbf\xbf"sv, "\xf0\x90\x80\x80"sv, "\xc2\x80"sv, "\xe0\xa0\x80"sv,
                            "twenty letters and \xc3\xa4 and more"sv, ""sv, "\0"sv}) {
        CHECK(is_utf8(text));
        CHECK(ocpp::json_text::is_utf8(text));
        websocket::utf8_checker checker;
        for (const char& c : text) CHECK(checker.take({&c, 1}));
        CHECK(checker.at_boundary());
    }
    for (const auto text : {"\x80"sv, "\xc0\xaf"sv, "\xc1\xbf"sv, "\xe0\x80\xaf"sv, "\xed\xa0\x80"sv, "\xed\xbf\xbf"sv,
                            "\xf0\x80\x80\xaf"sv, "\xf4\x90\x80\x80"sv, "\xf5\x80\x80\x80"sv, "\xff"sv, "\xe2\x82"sv,
                            "\xce"sv, "twenty letters and \xc3 and more"sv, "\xe2\x82\x28"sv, "\xf0\x9f\x98"sv}) {
        CHECK_FALSE(is_utf8(text));
        CHECK_FALSE(ocpp::json_text::is_utf8(text));
    }
}
