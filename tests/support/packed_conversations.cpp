// permessage-deflate, RFC 7692.
#include "support/conversations.hpp"
#include "support/deflate.hpp"
#include "support/raw_websocket.hpp"
#include "support/websocket_frame.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <string_view>
#include <utility>

namespace voltgate::test {

namespace {

using list = std::vector<conversation>;

constexpr const char* hello = "hello hello hello hello";

std::string packed_frame(std::string_view payload, opcode code = opcode::text, bool final = true,
                         std::uint8_t reserved = 4) {
    frame_options options;
    options.reserved = reserved;
    options.final = final;
    return encode_frame(code, payload, options);
}
std::string packed(std::string_view text) { return packed_frame(deflated(text)); }
std::string plain_part(opcode code, std::string_view s, bool final = false) {
    frame_options options;
    options.final = final;
    return encode_frame(code, s, options);
}

conversation offering(std::string name, std::string sent, std::size_t answers = 0, std::string last = close_frame(),
                      std::string offer = "permessage-deflate") {
    conversation c;
    c.name = std::move(name);
    c.sent = std::move(sent);
    c.answers = answers;
    if (answers > 0) c.last = std::move(last);
    if (!offer.empty()) c.headers = {{"Sec-WebSocket-Extensions", std::move(offer)}};
    return c;
}

list offers() {
    list all;
    for (const char* offer : {
             "permessage-deflate",
             "permessage-deflate; client_max_window_bits",
             "permessage-deflate; client_max_window_bits=10",
             "permessage-deflate; server_max_window_bits=15",
             "permessage-deflate; server_max_window_bits=9",
             "permessage-deflate; server_max_window_bits=8",
             "permessage-deflate; server_max_window_bits=16",
             "permessage-deflate; server_max_window_bits",
             "permessage-deflate; server_no_context_takeover",
             "permessage-deflate; client_no_context_takeover; server_no_context_takeover",
             "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
             "permessage-deflate; unknown",
             "permessage-deflate; unknown, permessage-deflate",
             "x-other, permessage-deflate; server_max_window_bits=\"10\"",
             "x-other",
             "permessage-deflate-x",
         }) {
        all.push_back(
            offering(std::string("offer ") + offer, encode_frame(opcode::text, hello), 1, close_frame(), offer));
    }
    return all;
}

list messages() {
    const auto whole = deflated(hello);
    list all = {
        offering("a packed text", packed(hello), 1),
        offering("a packed binary", packed_frame(deflated(hello), opcode::binary), 1),
        offering("a packed binary that is no text", packed_frame(deflated("\xff\xfe\xff\xfe\xff\xfe"), opcode::binary),
                 1),
        offering("a plain text", encode_frame(opcode::text, hello), 1),
        offering("a plain binary", encode_frame(opcode::binary, hello), 1),
        offering("a short one, too short to pack", packed("Hi"), 1),
        offering("a stored block", packed_frame(deflated("Hi", 0)), 1),
        offering("an empty message", packed_frame(std::string(1, '\0')), 1),
        offering("a block that ends the stream", packed_frame(deflated(hello, 9, deflate_end::final)), 1),
        offering("two letters of two bytes", packed("\xc3\xa4\xc3\xb6 \xc3\xa4\xc3\xb6"), 1),
        offering("in two fragments",
                 packed_frame(whole.substr(0, 3), opcode::text, false) +
                     plain_part(opcode::continuation, whole.substr(3), true),
                 1),
        offering("in two fragments with a ping between",
                 packed_frame(whole.substr(0, 3), opcode::text, false) + encode_frame(opcode::ping, "p") +
                     plain_part(opcode::continuation, whole.substr(3), true),
                 2),
        offering("with empty fragments around",
                 packed_frame("", opcode::text, false) + plain_part(opcode::continuation, whole) +
                     plain_part(opcode::continuation, "", true),
                 1),
        offering("another behind it", packed(hello), 1, plain_part(opcode::text, "") + close_frame()),
        offering("a large one", packed(std::string(50'000, 'x')), 1),
        offering("the largest one", packed(std::string(100'000, 'x')), 1),
        offering("one byte more", packed(std::string(100'001, 'x'))),
        offering("a bomb", packed(std::string(10'000'000, 'x'))),
        offering("too large before it is unpacked", packed_frame(deflated(std::string(100'001, 'x'), 0))),
    };
    for (std::size_t i = 1; i < whole.size(); ++i) {
        all.push_back(offering(fmt::format("cut after byte {}", i),
                               packed_frame(whole.substr(0, i), opcode::text, false) +
                                   plain_part(opcode::continuation, whole.substr(i), true),
                               1));
    }
    return all;
}

list refusals() {
    const std::string bye = close_frame();
    list all = {
        offering("RSV1 of a ping", packed_frame("x", opcode::ping)),
        offering("RSV1 of a pong", packed_frame("x", opcode::pong)),
        offering("RSV1 of a Close", packed_frame(close_payload(1000), opcode::close)),
        offering("RSV1 of a continuation of nothing", packed_frame("x", opcode::continuation)),
        offering("RSV1 of a continuation of a packed message",
                 packed_frame("a", opcode::text, false) + packed_frame("b", opcode::continuation)),
        offering("RSV1 of a continuation of a plain message",
                 plain_part(opcode::text, "a") + packed_frame("b", opcode::continuation)),
        offering("RSV1 of a ping inside a packed message",
                 packed_frame("a", opcode::text, false) + packed_frame("p", opcode::ping)),
        offering("a packed text inside a packed text",
                 packed_frame("a", opcode::text, false) + packed_frame("b", opcode::text)),
        offering("a packed text inside a plain text", plain_part(opcode::text, "a") + packed(hello)),
        offering("a plain text inside a packed text",
                 packed_frame("a", opcode::text, false) + encode_frame(opcode::text, "b")),
        offering("no deflate", packed_frame("no deflate") + bye),
        offering("no deflate, binary", packed_frame("no deflate", opcode::binary) + bye),
        offering("a reserved block type", packed_frame("\x07") + bye),
        offering("nothing at all", packed_frame("") + bye),
        offering("cut off in a block", packed_frame(deflated(std::string(100, 'a') + "bcdef").substr(0, 3)) + bye),
        offering("no UTF-8", packed("no UTF-8: \xff") + bye),
        offering("UTF-8 cut off", packed("cut off: \xe2\x82") + bye),
        offering("a surrogate", packed("\xed\xa0\x80") + bye),
        offering("RSV1 without an agreement", packed(hello), 0, "", ""),
        offering("RSV1 where another extension was offered", packed(hello), 0, "", "x-other"),
        offering("a packed Close too long", packed_frame(std::string(126, 'x'), opcode::close)),
    };
    for (const unsigned bits : {1U, 2U, 3U, 5U, 6U, 7U})
        all.push_back(offering(fmt::format("reserved bits {}", bits),
                               packed_frame(deflated(hello), opcode::text, true, static_cast<std::uint8_t>(bits))));
    frame_options unmasked;
    unmasked.masked = false;
    unmasked.reserved = 4;
    all.push_back(offering("packed and unmasked", encode_frame(opcode::text, deflated(hello), unmasked)));
    return all;
}

}  // namespace

std::vector<conversation_group> packed_conversations() {
    constexpr std::size_t limit = 100'000;
    return {{"packed_offers", limit, offers()}, {"packed", limit, messages()}, {"packed_refusals", limit, refusals()}};
}

}  // namespace voltgate::test
