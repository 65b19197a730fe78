#include "support/deflate.hpp"

#include "support/wait.hpp"

#include <zlib.h>

namespace voltgate::test {

namespace {

Bytef* bytes_of(const char* s) { return reinterpret_cast<Bytef*>(const_cast<char*>(s)); }

}  // namespace

std::string deflated(std::string_view plain, int level, deflate_end end) {
    z_stream z{};
    if (::deflateInit2(&z, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw unexpected("no deflate");
    std::string packed(::deflateBound(&z, plain.size()) + 16, '\0');
    z.next_in = bytes_of(plain.data());
    z.avail_in = static_cast<uInt>(plain.size());
    z.next_out = bytes_of(packed.data());
    z.avail_out = static_cast<uInt>(packed.size());
    ::deflate(&z, end == deflate_end::final ? Z_FINISH : Z_SYNC_FLUSH);
    packed.resize(packed.size() - z.avail_out);
    ::deflateEnd(&z);
    if (end == deflate_end::final) return packed + '\0';
    packed.resize(packed.size() - 4);
    return packed;
}

std::string inflated(std::string_view packed, int window_bits) {
    z_stream z{};
    if (::inflateInit2(&z, -window_bits) != Z_OK) throw unexpected("no inflate");
    const std::string input = std::string(packed) + std::string("\x00\x00\xff\xff", 4);
    std::string plain;
    char piece[4096];
    z.next_in = bytes_of(input.data());
    z.avail_in = static_cast<uInt>(input.size());
    int status = Z_OK;
    do {
        z.next_out = bytes_of(piece);
        z.avail_out = sizeof piece;
        status = ::inflate(&z, Z_SYNC_FLUSH);
        plain.append(piece, sizeof piece - z.avail_out);
    } while (status == Z_OK && z.avail_out == 0);
    ::inflateEnd(&z);
    if ((status != Z_OK && status != Z_BUF_ERROR) || z.avail_in > 0) throw unexpected("a packed message is unreadable");
    return plain;
}

}  // namespace voltgate::test
