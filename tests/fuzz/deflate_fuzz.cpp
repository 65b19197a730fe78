// Packed messages: whatever they hold, no more than what is permitted comes out, and what the gateway packs it can
// read.
#include "fuzz.hpp"
#include "websocket/deflate.hpp"

#include <string>

using namespace voltgate;
using namespace voltgate::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text = text_of(data, size);
    static deflate_codec codec;
    const std::uint8_t first = take_byte(text);
    const auto window_bits = static_cast<std::uint8_t>(9 + first % 4);
    const std::size_t most = std::size_t{1} << (4 + first / 4 % 16);

    std::string plain;
    const auto result = codec.unpack(text, most, plain);
    require(plain.capacity() <= 2 * most + 64 * 1024, "memory is bounded");
    require(result != deflate_codec::result::done || plain.size() <= most, "and so is the message");

    std::string packed, again;
    if (codec.pack(text, window_bits, packed)) {
        require(packed.size() < text.size(), "packed is smaller");
        require(codec.unpack(packed, text.size(), again) == deflate_codec::result::done, "packed can be read");
        require(again == text, "and says the same");
    }
    return 0;
}
