// The bytes of a WebSocket connection, however the network cuts them: the same is found. First byte: how they are cut,
// and whether compression was agreed on.
#include "fuzz.hpp"
#include "websocket/message_reader.hpp"

#include <algorithm>
#include <string>

using namespace voltgate;
using namespace voltgate::fuzz;

namespace {

std::string scan(std::string_view text, std::size_t piece, bool packed) {
    using found = websocket::message_reader::found;
    constexpr std::size_t largest = 100'000;
    std::string result, message;
    websocket::message_reader reader(largest);
    if (packed) reader.agree_on_deflate();
    websocket::control_payload control;
    while (!text.empty()) {
        std::string_view bytes = text.substr(0, piece);
        text.remove_prefix(bytes.size());
        for (;;) {
            const std::size_t before = bytes.size();
            const found what = reader.read(bytes, message, control);
            require(message.size() <= largest, "a message is no larger than permitted");
            if (what == found::close || what == found::violation) {
                return result.append(what == found::close ? "close" : "violation")
                    .append(std::to_string(reader.code()));
            }
            if (what == found::nothing) {
                require(bytes.empty(), "all is taken before more is asked for");
                break;
            }
            require(bytes.size() < before, "it goes on");
            if (what == found::message) {
                result.append(reader.is_text() ? "text" : "binary").append(reader.is_packed() ? "+" : " ") += message;
                message.clear();
                require(!reader.in_message(), "a message has ended");
            } else if (what != found::payload) {
                result.append(what == found::ping ? "ping" : "pong").append(control.text());
            }
        }
    }
    return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text = text_of(data, size);
    const unsigned how = take_byte(text);
    const bool packed = (how & 0x80U) != 0;
    require(scan(text, 1 + how % 32, packed) == scan(text, 65536, packed), "however it is cut, the same is found");
    return 0;
}
