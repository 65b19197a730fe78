#include "http/representation.hpp"

#include "http/entity_tag.hpp"
#include "http/preferences.hpp"

#include <boost/asio/deferred.hpp>
#include <boost/asio/post.hpp>

#include <cstddef>
#include <new>
#include <string>
#include <utility>
#include <zlib.h>

namespace voltgate::http {

namespace {

constexpr std::size_t worth_packing = 1024;
constexpr std::size_t piece = 32 * 1024;  // packed in one turn of the I/O thread: well below a millisecond
constexpr int gzip_format = 16;           // zlib's sign for gzip, beside the size of the window

class packer {
  public:
    packer() {
        if (deflateInit2(&stream_, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS + gzip_format, MAX_MEM_LEVEL,
                         Z_DEFAULT_STRATEGY) != Z_OK) {
            throw std::bad_alloc();
        }
    }
    ~packer() { deflateEnd(&stream_); }
    packer(const packer&) = delete;
    packer& operator=(const packer&) = delete;

    void add(std::string_view text, bool is_last, std::string& out) {
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));  // zlib does not write to it
        stream_.avail_in = static_cast<uInt>(text.size());
        do {
            const auto before = out.size();
            out.resize(before + piece);
            stream_.next_out = reinterpret_cast<Bytef*>(out.data() + before);
            stream_.avail_out = static_cast<uInt>(piece);
            deflate(&stream_, is_last ? Z_FINISH : Z_NO_FLUSH);
            out.resize(out.size() - stream_.avail_out);
        } while (stream_.avail_out == 0);
    }

  private:
    z_stream stream_{};
};

std::string_view tag_of(const response& r) {
    for (const auto& [name, value] : r.headers)
        if (name == "ETag") return value;
    return {};
}

}  // namespace

io_awaitable<void> represent(session_thread& thread, const request& req, response& r) {
    const auto tag = r.tagged_whole ? tag_of(r) : std::string_view();
    if (req.method == "GET" && r.status == 200 && !tag.empty() && req.if_none_match &&
        is_among(*req.if_none_match, tag)) {
        r.status = 304;
        r.body.clear();
        co_return;
    }
    if (r.body.size() < worth_packing || tag.starts_with('"')) co_return;
    r.headers.emplace_back("Vary", "Accept-Encoding");
    if (!prefers_gzip(req.accept_encoding)) co_return;
    packer gzip;
    std::string packed;
    std::string_view rest = r.body;
    while (!rest.empty()) {
        const auto part = rest.substr(0, piece);
        rest.remove_prefix(part.size());
        gzip.add(part, rest.empty(), packed);
        if (!rest.empty()) co_await asio::post(thread.executor(), asio::deferred);
    }
    r.body = std::move(packed);
    r.headers.emplace_back("Content-Encoding", "gzip");
}

}  // namespace voltgate::http
