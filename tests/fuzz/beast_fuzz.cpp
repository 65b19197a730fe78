// The bytes of a client, read by our WebSocket and by Beast's: the same messages, the same pings and pongs, the same
// end, but for the differences that docs/conformance.md lists. First byte: whether the rest are frames to be built or
// the bytes themselves, and whether compression was agreed on; second: how they are cut.
#include "fuzz.hpp"
#include "text/json_text.hpp"
#include "websocket/deflate.hpp"
#include "websocket/message_reader.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace asio = boost::asio;
namespace beast = boost::beast;

using namespace voltgate::fuzz;
using voltgate::websocket::control_payload;
using voltgate::websocket::message_reader;

namespace {

constexpr std::size_t largest = 3000;

voltgate::deflate_codec& codec() {
    static voltgate::deflate_codec all;
    return all;
}

/// The input in pieces of 1 to 16 bytes, or of any size: the same ones each time.
class pieces {
  public:
    pieces(std::string_view all, std::uint8_t how) : rest_(all), state_(how) {}
    [[nodiscard]] std::string_view next() {
        state_ = state_ * 1103515245 + 12345;
        const std::size_t most = state_ % 2 == 0 ? 1 + (state_ >> 16) % 16 : 1 + (state_ >> 16) % 4096;
        const auto piece = rest_.substr(0, most);
        rest_.remove_prefix(piece.size());
        return piece;
    }

  private:
    std::string_view rest_;
    std::uint32_t state_;
};

/// What a server has seen of its client.
struct seen {
    std::string log;  // messages and control frames, as they came
    std::string end;  // "open", or the code of the Close that is sent back
    bool operator==(const seen&) const = default;
};

/// What a packed message says. Else the code that its connection ends with.
std::string unpacked(std::string_view packed, bool is_text, std::string& plain) {
    using result = voltgate::deflate_codec::result;
    const result r = codec().unpack(packed, largest, plain);
    if (r == result::too_big) return "1009";
    if (r == result::corrupt || (is_text && !voltgate::ocpp::json_text::is_utf8(plain))) return "1007";
    return {};
}

seen ours(pieces input, bool deflate) {
    using found = message_reader::found;
    seen s;
    message_reader reader(largest);
    if (deflate) reader.agree_on_deflate();
    control_payload control;
    std::string message;
    for (;;) {
        std::string_view bytes = input.next();
        if (bytes.empty()) {
            s.end = "open";
            return s;
        }
        for (found what = found::payload; what != found::nothing;) {
            what = reader.read(bytes, message, control);
            switch (what) {
                case found::nothing: require(bytes.empty(), "all is taken before more is asked for"); break;
                case found::payload: break;
                case found::message:
                    if (reader.is_packed()) {
                        const std::string packed = std::exchange(message, {});
                        s.end = unpacked(packed, reader.is_text(), message);
                        if (!s.end.empty()) return s;
                    }
                    s.log.append(reader.is_text() ? "text " : "binary ").append(message) += '\n';
                    message.clear();
                    break;
                case found::ping: s.log.append("ping ").append(control.text()) += '\n'; break;
                case found::pong: s.log.append("pong ").append(control.text()) += '\n'; break;
                case found::close:
                case found::violation: s.end = std::to_string(reader.code()); return s;
            }
        }
    }
}

/// A connection without a network: reads the pieces, keeps what is written.
class memory_stream {
  public:
    using executor_type = asio::io_context::executor_type;
    memory_stream(asio::io_context& context, pieces input) : context_(context), input_(input) {}
    executor_type get_executor() { return context_.get_executor(); }

    template <class Buffers>
    std::size_t read_some(const Buffers& buffers, beast::error_code& ec) {
        if (piece_.empty()) piece_ = input_.next();
        ec = piece_.empty() ? beast::error_code(asio::error::eof) : beast::error_code();
        const std::size_t n = asio::buffer_copy(buffers, asio::buffer(piece_));
        piece_.remove_prefix(n);
        return n;
    }
    template <class Buffers>
    std::size_t read_some(const Buffers& buffers) {
        beast::error_code ec;
        return read_some(buffers, ec);
    }
    template <class Buffers>
    std::size_t write_some(const Buffers& buffers, beast::error_code& ec) {
        ec = {};
        const std::size_t before = written.size();
        written.resize(before + asio::buffer_size(buffers));
        return asio::buffer_copy(asio::buffer(written.data() + before, written.size() - before), buffers);
    }
    template <class Buffers>
    std::size_t write_some(const Buffers& buffers) {
        beast::error_code ec;
        return write_some(buffers, ec);
    }

    std::string written;

  private:
    asio::io_context& context_;
    pieces input_;
    std::string_view piece_;
};

void teardown(beast::role_type, memory_stream&, beast::error_code& ec) { ec = {}; }

/// The code of the Close among the frames that a server has sent.
std::string close_code_in(std::string_view frames) {
    while (frames.size() >= 2) {
        const auto at = [&](std::size_t i) { return static_cast<unsigned char>(frames[i]); };
        require(at(1) <= 125, "Beast sends control frames alone");
        if ((at(0) & 0x0FU) == 8) return at(1) < 2 ? "1005" : std::to_string(at(2) << 8U | at(3));
        frames.remove_prefix(2U + at(1));
    }
    return "none";
}

seen beasts(pieces input, bool deflate) {
    seen s;
    asio::io_context context;
    beast::websocket::stream<memory_stream> stream(context, input);
    beast::http::request<beast::http::empty_body> request(beast::http::verb::get, "/", 11);
    request.set(beast::http::field::host, "localhost");
    request.set(beast::http::field::upgrade, "websocket");
    request.set(beast::http::field::connection, "upgrade");
    request.set(beast::http::field::sec_websocket_key, "dGhlIHNhbXBsZSBub25jZQ==");
    request.set(beast::http::field::sec_websocket_version, "13");
    if (deflate) {
        beast::websocket::permessage_deflate terms;
        terms.server_enable = true;
        terms.server_no_context_takeover = terms.client_no_context_takeover = true;
        stream.set_option(terms);
        request.set(beast::http::field::sec_websocket_extensions, "permessage-deflate; client_no_context_takeover");
    }
    stream.read_message_max(largest);
    stream.accept(request);
    stream.next_layer().written.clear();
    stream.control_callback([&](beast::websocket::frame_type kind, beast::string_view payload) {
        if (kind == beast::websocket::frame_type::close) return;
        s.log.append(kind == beast::websocket::frame_type::ping ? "ping " : "pong ");
        s.log.append(payload.data(), payload.size()) += '\n';
    });
    std::string text;
    for (;;) {
        text.clear();
        do {
            std::array<char, 512> part;
            beast::error_code ec;
            text.append(part.data(), stream.read_some(asio::buffer(part), ec));
            if (ec) {
                s.end = ec == asio::error::eof ? "open" : close_code_in(stream.next_layer().written);
                return s;
            }
        } while (!stream.is_message_done());
        if (stream.got_text() && !voltgate::ocpp::json_text::is_utf8(text)) {
            // It overlooks that a text ends inside a character when the last frame is empty.
            s.end = "1007";
            return s;
        }
        s.log.append(stream.got_text() ? "text " : "binary ").append(text) += '\n';
    }
}

/// Frames out of instructions: whatever these are, the frames get far into a reader.
std::string built_frames(std::string_view instructions, bool deflate) {
    std::string bytes, packed;
    while (!instructions.empty()) {
        const std::uint8_t first = take_byte(instructions), how = take_byte(instructions);
        std::size_t n = take_byte(instructions) % (how & 0x10U ? 200U : 20U);
        std::string_view payload = instructions.substr(0, n);
        instructions.remove_prefix(payload.size());
        const bool packs = deflate && how % 2 != 0 && codec().pack(payload, 12, packed);
        if (packs) payload = packed;
        n = payload.size();
        const unsigned form = (how & 0x20U) == 0 && n <= 125 ? 0 : (how & 0x40U) == 0 ? 2 : 8;
        const unsigned mask = (how & 0x0FU) == 0 ? 0 : 0x80;
        // Reserved bits and unknown opcodes end everything: they are for the rare ones.
        static constexpr std::uint8_t opcodes[] = {0, 1, 2, 8, 9, 10, 0, 1};
        const std::uint8_t begin =
            how & 0x80U ? first : static_cast<std::uint8_t>((first & 0x80U) | opcodes[first % 8]);
        bytes += static_cast<char>(begin | (packs ? 0x40 : 0));
        bytes += static_cast<char>(mask | (form == 0 ? static_cast<unsigned>(n) : form == 2 ? 126U : 127U));
        const std::size_t length = (how & 0x87U) == 0x87U ? n * 1000 : n;
        for (unsigned i = form; i > 0; --i) bytes += static_cast<char>(length >> (8 * (i - 1)));
        static constexpr char key[] = {'\x37', '\x00', '\x21', '\x7d'};
        if (mask) bytes.append(key, sizeof key);
        for (std::size_t i = 0; i < n; ++i)
            bytes += static_cast<char>(payload[i] ^ (mask ? key[i % sizeof key] : '\0'));
    }
    return bytes;
}

// Where packed messages are unreadable or too large, the ends differ as docs/conformance.md has it. What was read until
// then has to be the same.
bool differ_as_meant(const seen& here, const seen& there) {
    const auto judges_content = [](const std::string& end) { return end == "1007" || end == "1009" || end == "none"; };
    if (!judges_content(here.end) && !judges_content(there.end)) return false;
    return here.log.starts_with(there.log) || there.log.starts_with(here.log);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text = text_of(data, size);
    const std::uint8_t how = take_byte(text), cut = take_byte(text);
    const bool deflate = how / 2 % 2 != 0;
    const std::string bytes = how % 2 == 0 ? built_frames(text, deflate) : std::string(text);
    const seen here = ours(pieces(bytes, cut), deflate), there = beasts(pieces(bytes, cut), deflate);
    if (here == there || (deflate && differ_as_meant(here, there))) return 0;
    std::fprintf(stderr, "ours: %s\n%s\nBeast's: %s\n%s\n", here.end.c_str(), here.log.c_str(), there.end.c_str(),
                 there.log.c_str());
    require(false, "ours and Beast's see the same");
    return 0;
}
