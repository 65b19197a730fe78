// The bytes of a WebSocket connection, however the network cuts them: the same frames are found. First byte: how they
// are cut.
#include "fuzz.hpp"
#include "session/frame_scanner.hpp"

#include <algorithm>
#include <span>
#include <string>

using namespace voltgate;
using namespace voltgate::fuzz;

namespace {

struct seen {
    std::string controls;
    std::string rest;
    bool operator==(const seen&) const = default;
};

// As the stream does it: what has come is looked at from its front, and `piece` more bytes come when that is not
// enough.
seen scan(std::string_view text, std::size_t piece) {
    seen result;
    frame_scanner scanner;
    std::size_t begin = 0, end = 0;
    while (begin < text.size()) {
        if (begin == end) end = std::min(text.size(), end + piece);
        const std::span<const char> bytes(text.data() + begin, end - begin);
        if (scanner.at_boundary()) {
            control_frame taken;
            std::size_t length = 0;
            const auto what = frame_scanner::look(bytes, taken, length);
            if (what == frame_scanner::control::whole) {
                require(length > 0 && length <= bytes.size(), "a control frame lies in what has come");
                result.controls += taken.is_ping ? 'i' : 'o';
                result.controls.append(taken.payload, taken.size);
                begin += length;
                continue;
            }
            if (what == frame_scanner::control::partial) {
                if (end == text.size()) break;
                end = std::min(text.size(), end + piece);
                continue;
            }
        }
        const std::size_t n = scanner.advance(bytes);
        require(n > 0 && n <= bytes.size(), "it goes on");
        result.rest.append(bytes.data(), n);
        begin += n;
    }
    return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text = text_of(data, size);
    const std::size_t piece = 1 + take_byte(text) % 32;
    require(scan(text, piece) == scan(text, 65536), "however it is cut, the same is found");
    return 0;
}
