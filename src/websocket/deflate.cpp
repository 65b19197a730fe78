#include "websocket/deflate.hpp"

#include "websocket/header_text.hpp"

#include <algorithm>
#include <limits>
#include <new>
#include <utility>
#include <zlib.h>

namespace voltgate {

namespace {

constexpr int raw = -1;             // zlib's sign for streams without header and checksum
constexpr int largest_window = 15;  // whatever the client uses can be read
constexpr int memory_level = 5;     // a hash table of 8 kB, cleared for every message
constexpr std::size_t least_piece = 1024, most_piece = 16 * 1024;  // that is made room for at a time
constexpr std::string_view tail("\x00\x00\xff\xff", 4);            // what ends every message, and is not sent

Bytef* bytes_of(const char* s) noexcept {
    return reinterpret_cast<Bytef*>(const_cast<char*>(s));  // zlib does not write to its input
}

uInt some_of(std::size_t n) noexcept {
    return static_cast<uInt>(std::min<std::size_t>(n, std::numeric_limits<uInt>::max()));
}

/// 8 to 15, without leading zeros; perhaps in quotes.
std::optional<std::uint8_t> read_bits(std::string_view text) {
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    if (text.size() == 1 && text >= "8" && text <= "9") return static_cast<std::uint8_t>(text[0] - '0');
    if (text.size() == 2 && text >= "10" && text <= "15") return static_cast<std::uint8_t>(10 + text[1] - '0');
    return std::nullopt;
}

/// nullopt: an offer that is malformed, cannot be met, or is of another extension.
std::optional<deflate_terms> read_offer(std::string_view offer) {
    if (take_until(';', offer) != "permessage-deflate") return std::nullopt;
    deflate_terms terms;
    bool no_server_takeover = false, no_client_takeover = false, client_window = false;
    const auto once = [](bool& seen) { return !std::exchange(seen, true); };
    while (!offer.empty()) {
        std::string_view value = take_until(';', offer);
        const bool has_value = value.find('=') != std::string_view::npos;
        const std::string_view name = take_until('=', value);
        value = trimmed(value);
        if (name == "server_no_context_takeover") {
            if (has_value || !once(no_server_takeover)) return std::nullopt;
        } else if (name == "client_no_context_takeover") {
            if (has_value || !once(no_client_takeover)) return std::nullopt;
        } else if (name == "client_max_window_bits") {
            if (!once(client_window) || (has_value && !read_bits(value))) return std::nullopt;
        } else if (name == "server_max_window_bits") {
            const auto bits = read_bits(value);
            if (!once(terms.window_asked_for) || !bits || *bits < deflate_terms::least_window_bits) return std::nullopt;
            terms.window_bits = std::min(*bits, deflate_terms::most_window_bits);
        } else {
            return std::nullopt;
        }
    }
    return terms;
}

}  // namespace

std::string deflate_terms::answer() const {
    std::string text = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";
    if (window_asked_for) text += "; server_max_window_bits=" + std::to_string(window_bits);
    return text;
}

std::optional<deflate_terms> negotiate_deflate(std::string_view offers) {
    while (!offers.empty())
        if (auto terms = read_offer(take_until(',', offers))) return terms;
    return std::nullopt;
}

void deflate_codec::end_inflating::operator()(z_stream_s* z) const noexcept {
    ::inflateEnd(z);
    delete z;
}

void deflate_codec::end_deflating::operator()(z_stream_s* z) const noexcept {
    ::deflateEnd(z);
    delete z;
}

deflate_codec::result deflate_codec::unpack(std::string_view packed, std::size_t most, std::string& plain) {
    if (!inflating_) {
        auto z = std::make_unique<z_stream>();
        if (::inflateInit2(z.get(), raw * largest_window) != Z_OK) throw std::bad_alloc();
        inflating_.reset(z.release());
    }
    z_stream& z = *inflating_;
    ::inflateReset(&z);
    const std::size_t begin = plain.size();
    const std::size_t piece = std::clamp(4 * packed.size(), least_piece, most_piece);
    std::size_t have = 0;
    for (std::string_view rest : {packed, tail}) {
        for (bool more = true; more;) {
            const std::size_t room = std::min(piece, most + 1 - have);
            plain.resize(begin + have + room);
            z.next_in = bytes_of(rest.data());
            z.avail_in = some_of(rest.size());
            z.next_out = bytes_of(plain.data() + begin + have);
            z.avail_out = static_cast<uInt>(room);
            const int status = ::inflate(&z, Z_SYNC_FLUSH);
            rest.remove_prefix(static_cast<std::size_t>(z.next_in - bytes_of(rest.data())));
            have += room - z.avail_out;
            if (have > most) return result::too_big;
            if (status == Z_STREAM_END) {
                ::inflateReset(&z);  // a client may end its blocks for good, and go on with others
            } else if (status != Z_OK && status != Z_BUF_ERROR) {
                return result::corrupt;
            }
            more = z.avail_out == 0 || (!rest.empty() && status != Z_BUF_ERROR);
        }
    }
    plain.resize(begin + have);
    constexpr int between_blocks = 128;
    return (z.data_type & between_blocks) != 0 ? result::done : result::corrupt;
}

z_stream_s* deflate_codec::packer_of(std::uint8_t window_bits) {
    packer& p = deflating_[window_bits - deflate_terms::least_window_bits];
    if (!p) {
        auto z = std::make_unique<z_stream>();
        if (::deflateInit2(z.get(), Z_DEFAULT_COMPRESSION, Z_DEFLATED, raw * window_bits, memory_level,
                           Z_DEFAULT_STRATEGY) != Z_OK) {
            throw std::bad_alloc();
        }
        p.reset(z.release());
    }
    return p.get();
}

bool deflate_codec::pack(std::string_view plain, std::uint8_t window_bits, std::string& packed) {
    if (plain.size() > std::numeric_limits<uInt>::max()) return false;
    z_stream& z = *packer_of(window_bits);
    ::deflateReset(&z);
    packed.resize(plain.size());
    z.next_in = bytes_of(plain.data());
    z.avail_in = static_cast<uInt>(plain.size());
    z.next_out = bytes_of(packed.data());
    z.avail_out = static_cast<uInt>(packed.size());
    if (::deflate(&z, Z_SYNC_FLUSH) != Z_OK || z.avail_in > 0 || z.avail_out == 0) return false;
    packed.resize(packed.size() - z.avail_out - tail.size());
    return true;
}

}  // namespace voltgate
