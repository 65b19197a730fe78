#include "security/proxy_header.hpp"

#include "support/proxy_protocol.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>

using namespace voltgate;
using namespace voltgate::test;
using status = proxy_header::status;

namespace {

/// What `bytes` are taken for, `step` of them at a time, and how many were asked for.
struct reading {
    status what = status::more;
    std::size_t taken = 0;
    std::string peer;  // empty: none
};

reading read(std::string_view bytes, std::size_t step = 10'000) {
    proxy_header header;
    reading r;
    while (r.what == status::more && r.taken < bytes.size()) {
        const auto n = std::min({header.wanted(), step, bytes.size() - r.taken});
        r.what = header.take(bytes.substr(r.taken, n));
        r.taken += n;
    }
    if (r.what == status::complete && header.peer())
        r.peer = endpoint_text(header.peer()->address, header.peer()->port);
    return r;
}

}  // namespace

TEST_CASE("a header says whose connection it is, whatever the pieces it comes in") {
    const auto v4 = proxied_for("192.0.2.7", 50'000), v6 = proxied_for("2001:db8::7", 443);
    for (const std::size_t step : {1U, 2U, 5U, 15U, 16U, 17U, 1000U}) {
        CAPTURE(step);
        CHECK(read(v4, step).peer == "192.0.2.7:50000");
        CHECK(read(v6, step).peer == "[2001:db8::7]:443");
    }
}

TEST_CASE("no byte behind the header is asked for") {
    const auto header = proxied_for("192.0.2.7", 1, std::string(100, 'x'));
    const auto r = read(header + "GET / HTTP/1.1\r\n\r\n");
    CHECK(r.what == status::complete);
    CHECK(r.taken == header.size());
}

TEST_CASE("extensions are skipped") {
    CHECK(read(proxied_for("192.0.2.7", 1, std::string("\x04\x00\x03xyz", 6))).peer == "192.0.2.7:1");
    CHECK(read(proxied_for("2001:db8::7", 1, std::string(2000, '\xFF')), 7).peer == "[2001:db8::7]:1");
}

TEST_CASE("a balancer may speak for itself, or not know") {
    for (const auto& header :
         {proxy_itself(), proxy_header_of(0x20, 0x11, std::string(12, 'x')), proxy_header_of(0x20, 0xFF, ""),
          proxy_header_of(0x21, 0x00, ""), proxy_header_of(0x21, 0x00, "extension"),
          proxy_header_of(0x21, 0x31, std::string(216, '/'))}) {
        const auto r = read(header);
        CHECK(r.what == status::complete);
        CHECK(r.taken == header.size());
        CHECK(r.peer.empty());
    }
}

TEST_CASE("a mapped IPv4 address is an IPv4 address") {
    CHECK(read(proxied_for("::ffff:192.0.2.7", 1)).peer == "192.0.2.7:1");
}

TEST_CASE("a header that is cut off stays incomplete") {
    const auto header = proxied_for("192.0.2.7", 1, "tail");
    for (std::size_t n = 0; n < header.size(); ++n) CHECK(read(header.substr(0, n)).what == status::more);
}

TEST_CASE("a header that lies is malformed") {
    CHECK(read(proxy_header_of(0x11, 0x11, std::string(12, 'x'))).what == status::malformed);  // version 1
    CHECK(read(proxy_header_of(0x31, 0x11, std::string(12, 'x'))).what == status::malformed);
    CHECK(read(proxy_header_of(0x22, 0x11, std::string(12, 'x'))).what == status::malformed);  // command 2
    CHECK(read(proxy_header_of(0x21, 0x12, std::string(12, 'x'))).what == status::malformed);  // UDP
    CHECK(read(proxy_header_of(0x21, 0x41, std::string(12, 'x'))).what == status::malformed);
    CHECK(read(proxy_header_of(0x21, 0x11, std::string(11, 'x'))).what == status::malformed);  // too short
    CHECK(read(proxy_header_of(0x21, 0x21, std::string(35, 'x'))).what == status::malformed);
    CHECK(read(proxy_header_of(0x21, 0x11, "")).what == status::malformed);
}

TEST_CASE("a header may be so long and no longer, and its length is believed before it comes") {
    const auto with = [](std::size_t content) {
        return read(proxy_header_of(0x21, 0x11, std::string(content, 'x'))).what;
    };
    CHECK(with(proxy_header::longest) == status::complete);
    CHECK(with(proxy_header::longest + 1) == status::malformed);
    const auto claimed = proxy_header_of(0x21, 0x11, std::string(65'535, 'x')).substr(0, 16);
    CHECK(read(claimed).what == status::malformed);
    CHECK(read(proxy_header_of(0x20, 0x00, std::string(65'535, 'x')).substr(0, 16)).what == status::malformed);
}

TEST_CASE("version 1 says the same in a line, whatever the pieces it comes in") {
    for (const std::size_t step : {1U, 2U, 5U, 1000U}) {
        CAPTURE(step);
        CHECK(read("PROXY TCP4 192.0.2.7 192.0.2.1 50000 443\r\n", step).peer == "192.0.2.7:50000");
        CHECK(read("PROXY TCP6 2001:db8::7 2001:db8::1 50000 443\r\n", step).peer == "[2001:db8::7]:50000");
        const auto unknown = read("PROXY UNKNOWN\r\n", step);
        CHECK(unknown.what == status::complete);
        CHECK(unknown.peer.empty());
        CHECK(read("PROXY UNKNOWN ffff:: ffff:: 65535 65535\r\n", step).what == status::complete);
    }
    CHECK(read("PROXY TCP6 ::ffff:192.0.2.7 ::1 1 1\r\n").peer == "192.0.2.7:1");
}

TEST_CASE("no byte behind the line is asked for") {
    for (const std::string line : {"PROXY UNKNOWN\r\n", "PROXY TCP4 1.2.3.4 1.2.3.4 1 1\r\n"}) {
        const auto r = read(line + "\x16\x03\x01 and the rest of a handshake");
        CHECK(r.what == status::complete);
        CHECK(r.taken == line.size());
    }
}

TEST_CASE("a line that lies, or does not end, is malformed") {
    for (const std::string line : {
             "PROXY TCP4 192.0.2.7 192.0.2.1 50000\r\n",
             "PROXY TCP4 192.0.2.7 192.0.2.1 50000 443 \r\n",
             "PROXY TCP4 192.0.2.7 192.0.2.1 50000 443 1\r\n",
             "PROXY TCP4 192.0.2.7  192.0.2.1 50000 443\r\n",
             "PROXY TCP4 2001:db8::7 2001:db8::1 1 1\r\n",
             "PROXY TCP6 192.0.2.7 192.0.2.1 1 1\r\n",
             "PROXY TCP6 fe80::1%eth0 fe80::1 1 1\r\n",
             "PROXY UDP4 192.0.2.7 192.0.2.1 1 1\r\n",
             "PROXY TCP4 192.0.2.7 192.0.2.1 65536 1\r\n",
             "PROXY TCP4 192.0.2.7 192.0.2.1 -1 1\r\n",
             "PROXY TCP4 192.0.2.7 192.0.2.1 1 1\n\r\n",
             "PROXY TCP4 192.0.2.7 192.0.2.1 1 1\rx",
         }) {
        CAPTURE(line);
        CHECK(read(line).what == status::malformed);
        CHECK(read(line, 1).what == status::malformed);
    }
    const std::string endless = "PROXY UNKNOWN " + std::string(1000, 'x');
    CHECK(read(endless).what == status::malformed);
    CHECK(read(endless).taken <= 108);
    CHECK(read("PROXY UNKNOWN " + std::string(91, 'x') + "\r\n").what == status::complete);
    CHECK(read("PROXY UNKNOWN " + std::string(92, 'x') + "\r\n").what == status::malformed);
    CHECK(read("PROXY TCP4 192.0.2.7", 1).what == status::more);
    CHECK(read("PROX").what == status::more);
}

TEST_CASE("what is no header is told at the first byte that says so") {
    CHECK(read("GET /ocpp/CP-1 HTTP/1.1\r\n", 1).taken == 1);
    CHECK(read("GET /ocpp/CP-1 HTTP/1.1\r\n").what == status::no_header);
    CHECK(read("\x16\x03\x01").what == status::no_header);
    CHECK(read("\r\n\r\nGET").what == status::no_header);
    CHECK(read("PROXX").what == status::no_header);
    auto almost = proxied_for("192.0.2.7", 1);
    almost[11] = '\r';
    CHECK(read(almost, 1).what == status::no_header);
    CHECK(read(almost).what == status::no_header);
}
