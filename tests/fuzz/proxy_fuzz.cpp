// The header with which a balancer begins a connection. First byte: how many bytes come at a time.
#include "fuzz.hpp"
#include "security/proxy_header.hpp"

#include <algorithm>

using namespace voltgate;
using namespace voltgate::fuzz;

namespace {

struct reading {
    proxy_header header;
    proxy_header::status what = proxy_header::status::more;
    std::size_t taken = 0;
};

reading read(std::string_view text, std::size_t step) {
    reading r;
    while (r.what == proxy_header::status::more && r.taken < text.size()) {
        const std::size_t wanted = r.header.wanted();
        require(wanted > 0 && wanted <= proxy_header::longest + 16, "it wants some bytes, and not too many");
        const std::size_t n = std::min({wanted, step, text.size() - r.taken});
        r.what = r.header.take(text.substr(r.taken, n));
        r.taken += n;
    }
    return r;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text = text_of(data, size);
    const std::size_t step = take_byte(text) + 1U;
    const reading in_pieces = read(text, step), at_once = read(text, text.size() + 1);
    const bool both_complete = in_pieces.what == proxy_header::status::complete;
    require(both_complete == (at_once.what == proxy_header::status::complete), "pieces are read like the whole");
    if (!both_complete) return 0;
    require(in_pieces.taken == at_once.taken, "a header ends where it ends");
    require(in_pieces.header.peer().has_value() == at_once.header.peer().has_value(), "it says the same");
    if (!at_once.header.peer()) return 0;
    require(in_pieces.header.peer()->address == at_once.header.peer()->address, "it names the same address");
    require(in_pieces.header.peer()->port == at_once.header.peer()->port, "it names the same port");
    return 0;
}
