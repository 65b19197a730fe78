// RFC 6455 without extensions.
#include "support/conversations.hpp"

#include "support/raw_websocket.hpp"
#include "support/websocket_frame.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>

namespace voltgate::test {

namespace {

using list = std::vector<conversation>;
using numbers = std::initializer_list<std::size_t>;
using bytes = std::initializer_list<std::uint8_t>;

constexpr std::size_t usual_limit = 128 * 1024;

std::string part(opcode code, std::string_view s) {
    frame_options options;
    options.final = false;
    return encode_frame(code, s, options);
}
std::string text(std::string_view s) { return encode_frame(opcode::text, s); }
std::string binary(std::string_view s) { return encode_frame(opcode::binary, s); }
std::string ping(std::string_view s) { return encode_frame(opcode::ping, s); }
std::string pong(std::string_view s) { return encode_frame(opcode::pong, s); }
std::string first(std::string_view s) { return part(opcode::text, s); }
std::string more(std::string_view s) { return part(opcode::continuation, s); }
std::string last(std::string_view s) { return encode_frame(opcode::continuation, s); }

std::string unmasked(std::uint8_t code, std::string_view s) {
    frame_options options;
    options.masked = false;
    return encode_frame(code, s, options);
}

/// A masked frame whose length takes `width` bytes, whatever it is.
std::string with_length(std::uint8_t begin, unsigned width, std::uint64_t length, std::size_t really) {
    std::string frame = {static_cast<char>(begin), static_cast<char>(width == 2 ? 0xFE : 0xFF)};
    for (unsigned i = width; i > 0; --i) frame += static_cast<char>(length >> (8 * (i - 1)) & 0xFF);
    return frame + std::string(4, '\0') + std::string(really, 'x');
}

/// Ends by itself, with an error.
conversation refused(std::string name, std::string sent) {
    conversation c;
    c.name = std::move(name);
    c.sent = std::move(sent);
    return c;
}
/// Awaits so many answers, then says `then`.
conversation answered(std::string name, std::string sent, std::size_t answers, std::string then = close_frame()) {
    conversation c = refused(std::move(name), std::move(sent));
    c.answers = answers;
    c.last = std::move(then);
    return c;
}
conversation pongs_apart(conversation c) {
    c.pongs_apart = true;
    return c;
}
conversation hanging_up(std::string name, std::string sent) {
    conversation c = refused(std::move(name), std::move(sent));
    c.hangs_up = true;
    return c;
}

/// As the first thing that is said, after a message, and inside one.
void refused_anywhere(list& all, const std::string& name, const std::string& sent) {
    all.push_back(refused(name, sent));
    all.push_back(answered(name + ", after a message", text("a"), 1, sent));
    all.push_back(refused(name + ", inside a message", first("a") + sent));
    all.push_back(refused(name + ", with more behind it", sent + text("b") + close_frame()));
}

list reserved_bits() {
    list all;
    constexpr std::array kinds{opcode::continuation, opcode::text, opcode::binary,
                               opcode::close,        opcode::ping, opcode::pong};
    for (const opcode code : kinds) {
        for (const std::uint8_t bits : bytes{1, 2, 3, 4, 5, 6, 7}) {
            frame_options options;
            options.reserved = bits;
            const std::string payload = code == opcode::close ? close_payload(1000) : "x";
            const auto frame = encode_frame(code, payload, options);
            const auto name = fmt::format("reserved bits {} with opcode {}", bits, static_cast<int>(code));
            all.push_back(refused(name, frame));
            all.push_back(refused(name + ", inside a message", first("a") + frame));
        }
    }
    for (const std::uint8_t code : bytes{3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
        refused_anywhere(all, fmt::format("opcode {}", code), encode_frame(code, "x"));
        all.push_back(refused(fmt::format("opcode {}, empty", code), encode_frame(code, "")));
    }
    return all;
}

list lengths() {
    list all;
    for (const std::uint8_t code : bytes{0, 1, 2, 8, 9, 10}) {
        const std::string payload = code == 8 ? close_payload(1000) : "x";
        refused_anywhere(all, fmt::format("unmasked, opcode {}", code), unmasked(code, payload));
        all.push_back(refused(fmt::format("unmasked and empty, opcode {}", code), unmasked(code, "")));
    }
    for (const std::size_t n :
         numbers{0,   1,   2,   3,   4,   5,   7,   8,    9,    15,   16,   17,    63,    64,    65,    124,
                 125, 126, 127, 128, 129, 255, 256, 1000, 4095, 4096, 4097, 16384, 65535, 65536, 65537, 100'000}) {
        const std::string s(n, '*');
        all.push_back(answered(fmt::format("a text of {} bytes", n), text(s), 1));
        all.push_back(answered(fmt::format("a binary of {} bytes", n), binary(s), 1));
        all.push_back(answered(fmt::format("a text of 2 times {} bytes", n), first(s) + last(s), 1));
    }
    for (const std::size_t n : numbers{0, 1, 125}) {
        all.push_back(refused(fmt::format("{} in the form of 2 bytes", n), with_length(0x81, 2, n, n)));
        all.push_back(refused(fmt::format("{} in the form of 8 bytes", n), with_length(0x81, 8, n, n)));
        all.push_back(refused(fmt::format("a binary of {} in the form of 2 bytes", n), with_length(0x82, 2, n, n)));
        all.push_back(refused(fmt::format("a last fragment of {} in the form of 2 bytes", n),
                              first("a") + with_length(0x80, 2, n, n)));
        all.push_back(refused(fmt::format("a ping of {} in the form of 2 bytes", n), with_length(0x89, 2, n, n)));
        all.push_back(refused(fmt::format("a Close of {} in the form of 8 bytes", n), with_length(0x88, 8, n, n)));
    }
    for (const std::size_t n : numbers{126, 65535})
        all.push_back(refused(fmt::format("{} in the form of 8 bytes", n), with_length(0x81, 8, n, n)));
    for (const unsigned bit : {24U, 31U, 32U, 40U, 62U, 63U}) {
        const std::uint64_t n = std::uint64_t{1} << bit;
        all.push_back(refused(fmt::format("a promise of 2^{} bytes", bit), with_length(0x81, 8, n + 1, 10)));
        all.push_back(refused(fmt::format("a binary promise of 2^{} bytes", bit), with_length(0x82, 8, n + 1, 0)));
        all.push_back(refused(fmt::format("a promise of 2^{} bytes in a fragment", bit),
                              first("a") + with_length(0x80, 8, n + 1, 10)));
        all.push_back(refused(fmt::format("a ping's promise of 2^{} bytes", bit), with_length(0x89, 8, n, 10)));
        all.push_back(refused(fmt::format("a Close's promise of 2^{} bytes", bit), with_length(0x88, 8, n, 10)));
    }
    all.push_back(refused("a promise of 2^64 - 1 bytes", with_length(0x81, 8, ~std::uint64_t{0}, 10)));
    all.push_back(refused("fragments that come to more than 2^64",
                          first("a") + with_length(0x00, 8, (std::uint64_t{1} << 63) - 1, 10)));
    return all;
}

list fragments() {
    const std::string bye = close_frame(), p = ping("p");
    list all = {
        answered("two", first("He") + last("llo"), 1),
        answered("three binary ones", part(opcode::binary, "a") + more("b") + last("c"), 1),
        answered("empty ones", first("") + more("") + last(""), 1),
        answered("empty but for the middle", first("") + more("x") + last(""), 1),
        answered("empty but for the last", first("") + more("") + last("x"), 1),
        answered("a ping between", first("a") + p + last("b"), 2),
        answered("a ping between empty ones", first("") + p + last(""), 2),
        pongs_apart(answered("pings around and between", p + first("a") + p + more("b") + p + last("c"), 4)),
        answered("a pong between", first("a") + pong("p") + last("b"), 1),
        pongs_apart(answered("three pings between", first("a") + ping("1") + ping("2") + ping("3") + last("b"), 4)),
        refused("a Close between", first("a") + bye),
        refused("a ping and a Close between, and the rest", first("a") + bye + last("b")),
        answered("one message, then another", first("a") + last("b"), 1, text("c") + first("") + bye),
        refused("a continuation of nothing", last("x")),
        refused("an empty continuation of nothing", last("")),
        refused("a first continuation of nothing", more("x") + last("y")),
        answered("a continuation after a ping", ping("p"), 1, last("x")),
        answered("a continuation after the end", text("a"), 1, last("b")),
        answered("a continuation after the last fragment", first("a") + last("b"), 1, last("c")),
        refused("a text inside a text", first("a") + text("b")),
        refused("a text begun inside a text", first("a") + first("b")),
        refused("a binary inside a text", first("a") + binary("b")),
        refused("a text inside a binary", part(opcode::binary, "a") + text("b")),
        refused("a text inside a text, after a ping", first("a") + pong("") + text("b")),
        refused("a ping in fragments", part(opcode::ping, "a") + last("b")),
        refused("an empty ping in fragments", part(opcode::ping, "")),
        refused("a pong in fragments", part(opcode::pong, "a") + last("b")),
        refused("a Close in fragments", part(opcode::close, close_payload(1000)) + last("")),
        refused("a ping in fragments inside a message", first("a") + part(opcode::ping, "p")),
    };
    for (const std::size_t n : numbers{1, 2, 3, 5, 10, 100, 300}) {
        std::string sent = first("");
        for (std::size_t i = 0; i < n; ++i) sent += more("0123456789");
        all.push_back(answered(fmt::format("{} of ten bytes", n), sent + last("."), 1));
        std::string singles = part(opcode::binary, "-");
        for (std::size_t i = 0; i < n; ++i) singles += more("x");
        all.push_back(answered(fmt::format("{} of one byte", n), singles + last("."), 1));
    }
    return all;
}

list control_frames() {
    const std::string longest(125, 'p');
    list all = {
        answered("a ping", ping("hello"), 1),
        answered("an empty ping", ping(""), 1),
        answered("the longest ping", ping(longest), 1),
        answered("a ping of bytes that are no text", ping("\xff\x80\xfe"), 1),
        refused("a ping too long", ping(longest + "x")),
        refused("a ping much too long", ping(std::string(70'000, 'x'))),
        refused("a ping too long inside a message", first("a") + ping(longest + "x")),
        answered("a pong nobody asked for", pong("x") + text("a"), 1),
        answered("empty pongs and long ones", pong("") + pong(longest) + pong("") + text("a"), 1),
        refused("a pong too long", pong(longest + "x")),
        answered("a pong and a ping", pong("x") + ping("y"), 1),
        refused("a ping cut off by a frame without mask", ping("p").substr(0, 6) + "\x81" + unmasked(9, "")),
        answered("a ping, then a message", ping("p"), 1, text("a") + first("x") + close_frame()),
    };
    for (const std::size_t n : numbers{2, 3, 10, 16}) {
        std::string pings;
        for (std::size_t i = 0; i < n; ++i) pings += ping(fmt::format("{}", i));
        all.push_back(answered(fmt::format("{} pings", n), pings, n));
        all.push_back(
            pongs_apart(answered(fmt::format("{} pings inside a message", n), first("a") + pings + last("b"), n + 1)));
    }
    return all;
}

list closing() {
    const std::string bye = close_frame();
    list all = {
        refused("without a code", encode_frame(opcode::close, "")),
        refused("half a code", encode_frame(opcode::close, "\x03")),
        refused("with a reason", close_frame(1000, "bye")),
        refused("with the longest reason", close_frame(1000, std::string(123, 'r'))),
        refused("with a reason too long", close_frame(1000, std::string(124, 'r'))),
        refused("with a reason of two-byte letters", close_frame(1000, "\xc3\xa4\xc3\xb6")),
        refused("with a reason that is no UTF-8", close_frame(1000, "\xff")),
        refused("with a reason cut off in a letter", close_frame(1000, "valid \xe2\x82")),
        refused("with a reason of a surrogate", close_frame(1000, "\xed\xa0\x80")),
        refused("a bad code and a bad reason", close_frame(1005, "\xff")),
        refused("and going on with a text", bye + text("x")),
        refused("and going on with a ping", bye + ping("x")),
        refused("and going on with what is no frame", bye + "\xff\xff\xff\xff\xff\xff"),
        refused("and going on for long", bye + text(std::string(50'000, 'x'))),
        refused("twice", bye + bye),
        refused("twice, with different codes", close_frame(1001) + close_frame(4000)),
        refused("twice, the second bad", bye + close_frame(1005)),
        answered("after a message", text("a"), 1, close_frame(4321, "done")),
    };
    for (unsigned code = 0; code <= 0xffff; ++code) {
        const bool is_telling = code < 3 || (code >= 998 && code <= 1020) || code == 1099 || code == 1100 ||
                                code == 1999 || code == 2000 || (code >= 2998 && code <= 3001) || code == 3999 ||
                                code == 4000 || (code >= 4998 && code <= 5001) || code == 32768 || code == 65535;
        if (!is_telling) continue;
        const auto number = static_cast<std::uint16_t>(code);
        all.push_back(refused(fmt::format("code {}", code), close_frame(number)));
        all.push_back(refused(fmt::format("code {} with a reason", code), close_frame(number, "why")));
    }
    return all;
}

list utf8() {
    const std::vector<std::string> good = {"\x7f",
                                           "\xc2\x80",
                                           "\xdf\xbf",
                                           "\xe0\xa0\x80",
                                           "\xe1\x80\x80",
                                           "\xec\xbf\xbf",
                                           "\xed\x80\x80",
                                           "\xed\x9f\xbf",
                                           "\xee\x80\x80",
                                           "\xef\xbf\xbd",
                                           "\xef\xbf\xbe",
                                           "\xef\xbf\xbf",
                                           "\xf0\x90\x80\x80",
                                           "\xf1\x80\x80\x80",
                                           "\xf3\xbf\xbf\xbf",
                                           "\xf4\x80\x80\x80",
                                           "\xf4\x8f\xbf\xbf",
                                           "\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5"};
    const std::vector<std::string> bad = {"\x80",
                                          "\xbf",
                                          "\x80\xbf",
                                          "\xc0\x80",
                                          "\xc0\xaf",
                                          "\xc1\xbf",
                                          "\xc2\x41",
                                          "\xc2\xc2",
                                          "\xe0\x80\xaf",
                                          "\xe0\x9f\xbf",
                                          "\xe1\x80\x41",
                                          "\xe1\x41\x80",
                                          "\xed\xa0\x80",
                                          "\xed\xbf\xbf",
                                          "\xed\xa0\x80\xed\xb0\x80",
                                          "\xf0\x80\x80\xaf",
                                          "\xf0\x8f\xbf\xbf",
                                          "\xf1\x80\x80\x41",
                                          "\xf4\x90\x80\x80",
                                          "\xf5\x80\x80\x80",
                                          "\xf8\x88\x80\x80\x80",
                                          "\xfc\x84\x80\x80\x80\x80",
                                          "\xfe",
                                          "\xff",
                                          "\xfe\xff"};
    const std::vector<std::string> cut_off = {"\xc2",     "\xdf",         "\xe0\xa0",     "\xe2\x82", "\xed\x9f",
                                              "\xf0\x90", "\xf0\x90\x80", "\xf4\x8f\xbf", "\xce"};
    const auto hex = [](std::string_view s) {
        std::string text;
        for (const char c : s) text += fmt::format("{:02x}", static_cast<unsigned char>(c));
        return text;
    };
    list all;
    for (const auto& s : good) {
        all.push_back(answered(hex(s), text(s), 1));
        all.push_back(answered(hex(s) + " between letters", text("ab" + s + "c" + s), 1));
        for (std::size_t i = 1; i < s.size(); ++i)
            all.push_back(
                answered(fmt::format("{} cut after {}", hex(s), i), first(s.substr(0, i)) + last(s.substr(i)), 1));
        std::string singles = first("");
        for (const char c : s) singles += more({&c, 1}) + more("");
        all.push_back(answered(hex(s) + " in fragments of a byte", singles + ping("p") + last(""), 2));
    }
    for (const auto& s : bad) {
        all.push_back(refused(hex(s), text(s)));
        all.push_back(refused(hex(s) + " after letters", text("valid " + s)));
        all.push_back(refused(hex(s) + " between letters", text("valid " + s + " valid")));
        all.push_back(refused(hex(s) + " far inside", text(std::string(300, 'v') + s + std::string(300, 'v'))));
        all.push_back(refused(hex(s) + " in the last fragment", first("valid") + last(s)));
        all.push_back(refused(hex(s) + " before a rest that never comes", first("valid " + s)));
        all.push_back(answered(hex(s) + " as bytes", binary(s), 1));
    }
    for (const auto& s : cut_off) {
        all.push_back(refused(hex(s) + " at the end", text(s)));
        all.push_back(refused(hex(s) + " at the end of letters", text("valid " + s)));
        all.push_back(refused(hex(s) + " at the end of the last fragment", first("valid") + last(s)));
        all.push_back(refused(hex(s) + " before an empty last fragment", first(s) + last("")));
        all.push_back(refused(hex(s) + " before a letter in the next fragment", first(s) + more("A")));
    }
    // What is wrong first counts.
    all.push_back(refused("no UTF-8, then a frame without mask", first("\xff") + unmasked(1, "x")));
    all.push_back(refused("a frame without mask, then no UTF-8", unmasked(1, "x") + text("\xff")));
    all.push_back(refused("no UTF-8 in a frame that is too large", with_length(0x81, 8, 1U << 30, 0) + "\xff\xff"));
    return all;
}

list sizes() {
    const std::string whole(1000, 'x'), half(500, 'x');
    list all = {
        answered("the largest", text(whole), 1),
        answered("the largest, binary", binary(whole), 1),
        answered("the largest, in fragments", first(half) + last(half), 1),
        answered("the largest, with an empty fragment behind", first(half) + more(half) + last(""), 1),
        answered("the largest twice", text(whole), 1, text(half + "y") + first("") + close_frame()),
        refused("one byte more", text(whole + "x")),
        refused("one byte more, binary", binary(whole + "x")),
        refused("one byte more, in fragments", first(half) + last(half + "x")),
        refused("one byte more in a fragment of its own", first(half) + more(half) + last("x")),
        hanging_up("one byte more, promised", text(whole + "x").substr(0, 8)),
        hanging_up("one byte less, and no more", text(whole).substr(0, 1007)),
        hanging_up("one byte more, promised in the last fragment", first(whole) + last("x").substr(0, 6)),
        refused("a promise of 2^62 bytes", with_length(0x81, 8, std::uint64_t{1} << 62, 10)),
        refused("a promise behind fragments",
                first(half) + more(half) + with_length(0x80, 8, std::uint64_t{1} << 62, 10)),
        refused("too large and no UTF-8", text("\xff" + whole)),
        answered("a ping does not count", first(whole) + ping("p") + last(""), 2),
    };
    return all;
}

/// Ends without a Close, at every place.
list hang_ups() {
    const std::string message = text("hello"), long_message = text(std::string(200, 'x'));
    list all = {hanging_up("at once", ""),
                hanging_up("after a pong", pong("x")),
                hanging_up("in the length of a long message", long_message.substr(0, 3)),
                hanging_up("in the mask of a long message", long_message.substr(0, 6)),
                hanging_up("in a long message", long_message.substr(0, 100)),
                hanging_up("between fragments", first("a")),
                hanging_up("in a Close", close_frame().substr(0, 5)),
                hanging_up("in a ping", ping("abc").substr(0, 7)),
                hanging_up("behind a Close", close_frame())};
    for (std::size_t i = 1; i < message.size(); ++i)
        all.push_back(hanging_up(fmt::format("in byte {} of a message", i + 1), message.substr(0, i)));
    auto after = answered("after an answer", text("a"), 1, "");
    after.hangs_up = true;
    all.push_back(std::move(after));
    return all;
}

}  // namespace

std::vector<conversation_group> echo_conversations() {
    return {
        {"reserved_bits", usual_limit, reserved_bits()},
        {"lengths", usual_limit, lengths()},
        {"fragments", usual_limit, fragments()},
        {"control_frames", usual_limit, control_frames()},
        {"closing", usual_limit, closing()},
        {"utf8", usual_limit, utf8()},
        {"sizes", 1000, sizes()},
        {"hang_ups", usual_limit, hang_ups()},
    };
}

}  // namespace voltgate::test
