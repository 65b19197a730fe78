// Clients that mean harm before there is TLS: handshakes that are slow, cut off, changed or none at all.
#include "support/bystander.hpp"
#include "support/http_client.hpp"
#include "support/tls_site.hpp"

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <memory>
#include <openssl/bio.h>
#include <openssl/ssl.h>
#include <string>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kib = 1024, mib = 1024 * kib;

/// The bytes with which a client begins.
std::string client_hello() {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context.get()), SSL_free);
    BIO* out = BIO_new(BIO_s_mem());
    SSL_set_bio(ssl.get(), BIO_new(BIO_s_mem()), out);  // takes both over
    SSL_set_connect_state(ssl.get());
    SSL_do_handshake(ssl.get());
    std::string bytes(BIO_ctrl_pending(out), '\0');
    BIO_read(out, bytes.data(), static_cast<int>(bytes.size()));
    return bytes;
}

void send_and_leave(std::uint16_t port, std::string_view bytes, bool reset) {
    tcp_connection c(port, {}, deadline());
    static_cast<void>(c.try_send(bytes, deadline()));
    if (reset) return c.reset();
    c.shutdown_send();
    std::string answer;
    while (c.receive_more(answer, deadline())) {
    }
    CHECK(answer.find("HTTP/") == std::string::npos);
}

}  // namespace

TEST_CASE("Handshakes that come byte by byte are given up, and cost little until then", "[hostile]") {
    tls_site site;
    running_gateway gw(site.with_profile(2, [](config& c) { c.tls.handshake_timeout = 500ms; }));
    bystander other(gw, through(site.client()));
    const std::string hello = client_hello();
    const heap_watch heap;
    std::vector<tcp_connection> slow;
    for (int i = 0; i < 50; ++i) slow.emplace_back(gw.port(), tcp_options(), deadline());
    for (std::size_t k = 0; k < 5; ++k) {
        for (auto& c : slow) static_cast<void>(c.try_send(hello.substr(k, 1), deadline()));
        other.is_well();
    }
    CHECK(heap.growth() < slow.size() * 128 * kib);
    for (auto& c : slow) {
        std::string answer;
        while (c.receive_more(answer, deadline())) {
        }
        CHECK(answer.empty());
    }
    eventually([&] { return heap.growth() < mib; }, "nothing of them stays");
    other.is_well();
}

TEST_CASE("Handshakes that are cut off anywhere, or changed anywhere, harm nobody", "[hostile]") {
    tls_site site;
    running_gateway gw(site.with_profile(2));
    bystander other(gw, through(site.client()));
    const std::string hello = client_hello();
    const heap_watch heap;
    for (std::size_t cut = 1; cut < hello.size(); cut += 13)
        send_and_leave(gw.port(), hello.substr(0, cut), cut % 2 == 0);
    other.is_well();
    for (std::size_t at = 0; at < hello.size(); at += 13) {
        std::string changed = hello;
        changed[at] = static_cast<char>(~changed[at]);
        send_and_leave(gw.port(), changed, at % 2 == 0);
    }
    eventually([&] { return heap.growth() < 2 * mib; }, "nothing of them stays");
    other.is_well();
}

TEST_CASE("What is no handshake gets no answer but an alert", "[hostile]") {
    tls_site site;
    running_gateway gw(site.with_profile(2));
    bystander other(gw, through(site.client()));
    const heap_watch heap;
    const std::string head("\x16\x03\x01\xff\xff", 5);  // a record as long as can be
    for (const std::string& bytes :
         {std::string("GET /ocpp/BYSTANDER HTTP/1.1\r\nHost: x\r\n\r\n"), std::string("\x80\x2e\x01\x00\x02", 5),
          std::string(100'000, '\0'), std::string(100'000, '\xff'), head + std::string(70'000, 'x'),
          std::string("\x15\x03\x03\x00\x02\x02\x28", 7), std::string("\x17\x03\x03\x00\x01x", 6),
          std::string("\x16\x03\x01\x00\x00", 5), std::string("\x14\x03\x03\x00\x01\x01", 6)}) {
        CAPTURE(bytes.substr(0, 8));
        send_and_leave(gw.port(), bytes, false);
        send_and_leave(gw.port(), bytes, true);
    }
    CHECK(heap.growth() < 2 * mib);
    other.is_well();
}

TEST_CASE("Attempts to renegotiate end their own connections alone", "[hostile]") {
    tls_site site;
    running_gateway gw(site.with_profile(2));
    bystander other(gw, through(site.client()));
    const auto client = site.client(tls_version::v12);
    const heap_watch heap;
    for (int i = 0; i < 20; ++i) {
        tcp_connection c(gw.port(), tcp_through(client), deadline());
        SSL_renegotiate(c.tls()->native());
        CHECK_THROWS_AS(c.send("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n", deadline()), unexpected);
    }
    CHECK(heap.growth() < 4 * mib);
    other.is_well();
}
