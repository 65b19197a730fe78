// TLS between real charge points and the gateway: handshakes of all kinds, resumption, client certificates, endings.
#include "support/http_client.hpp"
#include "support/tls_site.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <chrono>
#include <openssl/ssl.h>
#include <string>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;

namespace {

/// A whole request, so that an alert of TLS 1.3, which may come after the client's part of the handshake, is seen.
http_response ask(std::uint16_t port, const std::shared_ptr<tls_client>& client) {
    return http_client(port, tcp_through(client)).get("/health/live");
}

std::uint64_t handshakes(std::uint16_t port, const std::shared_ptr<tls_client>& client, const std::string& result) {
    const auto text = http_client(port, tcp_through(client)).get("/metrics").body;
    const std::string name = "gateway_tls_handshakes_total{result=\"" + result + "\"} ";
    const auto at = text.find(name);
    REQUIRE(at != std::string::npos);
    return std::stoull(text.substr(at + name.size()));
}

json::object data_of(std::size_t size) { return {{"vendorId", "V"}, {"data", std::string(size, 'x')}}; }

}  // namespace

TEST_CASE("A charge point speaks OCPP over TLS, in both versions and with both kinds of certificate", "[tls]") {
    tls_site site;
    running_gateway gw(site.with_profile(2));
    const bool ec = GENERATE(true, false);
    const auto version = GENERATE(tls_version::v12, tls_version::v13);
    auto options = site.client_options(version);
    options.signatures = ec ? "ECDSA+SHA256" : "RSA-PSS+SHA256:RSA+SHA256";
    const auto client = std::make_shared<tls_client>(options);
    auto cp = gw.connect("CP-1", through(client));
    CHECK(client->server_key() == (ec ? "EC" : "RSA"));
    CHECK(client->server_serial() == (ec ? site.ec.serial : site.rsa.serial));
    cp.boot();
    cp.status(1, "Available");
    cp.ping("hello");
    CHECK(cp.expect_pong() == "hello");
    auto sent = gw.send("CP-1", "Reset", {{"type", "Soft"}});
    cp.expect_call("Reset").answer({{"status", "Accepted"}});
    CHECK(sent.get().answered());
    CHECK(cp.close() == 1000);
    gw.expect_disconnect("CP-1");
}

TEST_CASE("The cipher suites of OCPP are there, and no weaker ones", "[tls]") {
    tls_site site;
    running_gateway gw(site.with_profile(2));
    for (const auto* suite : {"ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384", "AES128-GCM-SHA256",
                              "AES256-GCM-SHA384", "ECDHE-RSA-AES128-GCM-SHA256"}) {
        auto options = site.client_options(tls_version::v12);
        options.suites = suite;
        const auto client = std::make_shared<tls_client>(options);
        CHECK(ask(gw.port(), client).status == 200);
        CHECK(client->suite() == suite);
    }
    for (const auto* suite : {"AES128-SHA", "ECDHE-RSA-AES128-SHA", "ECDHE-ECDSA-CHACHA20-POLY1305"}) {
        auto options = site.client_options(tls_version::v12);
        options.suites = suite;
        CHECK_THROWS_WITH(ask(gw.port(), std::make_shared<tls_client>(options)),
                          ContainsSubstring("handshake failure"));
    }
}

TEST_CASE("A client that comes again resumes its session", "[tls]") {
    tls_site site;
    const int profile = GENERATE(2, 3);
    running_gateway gw(site.with_profile(profile));
    const auto version = GENERATE(tls_version::v12, tls_version::v13);
    const auto own = profile == 3 ? site.client_ca.issue() : issued_certificate();
    const auto client = site.client(version, own);
    CHECK(ask(gw.port(), client).status == 200);
    CHECK_FALSE(client->resumed());
    REQUIRE(client->has_session());
    for (int i = 0; i < 3; ++i) {
        CHECK(ask(gw.port(), client).status == 200);
        CHECK(client->resumed());
    }
    CHECK(handshakes(gw.port(), client, "full") == 1);
    CHECK(handshakes(gw.port(), client, "resumed") == 5);
}

TEST_CASE("A listener of profile 3 lets nobody in without a certificate of the client CA", "[tls]") {
    tls_site site;
    running_gateway gw(site.with_profile(3));
    const auto version = GENERATE(tls_version::v12, tls_version::v13);
    SECTION("a good one") { CHECK_NOTHROW(gw.connect("CP-1", through(site.client(version, site.client_ca.issue())))); }
    SECTION("none") {
        CHECK_THROWS_WITH(
            ask(gw.port(), site.client(version)),
            ContainsSubstring(version == tls_version::v13 ? "certificate required" : "handshake failure"));
    }
    SECTION("a foreign one") {
        CHECK_THROWS_WITH(ask(gw.port(), site.client(version, site.server_ca.issue())),
                          ContainsSubstring("unknown ca"));
    }
    SECTION("one of a CA of the same name") {
        test_ca impostor("Charge Point CA");
        CHECK_THROWS_AS(ask(gw.port(), site.client(version, impostor.issue())), unexpected);
    }
    SECTION("an expired one") {
        certificate_wish wish;
        wish.from = -48h;
        wish.to = -24h;
        CHECK_THROWS_WITH(ask(gw.port(), site.client(version, site.client_ca.issue(wish))),
                          ContainsSubstring("certificate expired"));
    }
    const auto good = site.client(version, site.client_ca.issue());
    CHECK(ask(gw.port(), good).status == 200);
}

TEST_CASE("A client certificate may come with the issuers between it and the CA", "[tls]") {
    tls_site site;
    const auto between = site.client_ca.issue_ca("Factory CA");
    auto own = between->issue();
    own.certificate += between->certificate();
    running_gateway gw(site.with_profile(3));
    const auto client = site.client(tls_version::v13, own);
    for (int i = 0; i < 3; ++i) CHECK(ask(gw.port(), client).status == 200);
    CHECK(client->resumed());
}

TEST_CASE("A revoked client certificate is refused", "[tls]") {
    tls_site site;
    const auto good = site.client_ca.issue(), bad = site.client_ca.issue();
    site.write("crl.pem", site.client_ca.revocation_list({bad}));
    running_gateway gw(site.with_profile(3, [&](config& c) { c.tls.crl = site.path("crl.pem"); }));
    const auto version = GENERATE(tls_version::v12, tls_version::v13);
    CHECK_THROWS_WITH(ask(gw.port(), site.client(version, bad)), ContainsSubstring("certificate revoked"));
    CHECK(ask(gw.port(), site.client(version, good)).status == 200);
    const auto between = site.client_ca.issue_ca("Factory CA");  // has no list
    auto unknown = between->issue();
    unknown.certificate += between->certificate();
    CHECK_THROWS_AS(ask(gw.port(), site.client(version, unknown)), unexpected);
    site.write("crl.pem", site.client_ca.revocation_list() + between->revocation_list());
}

TEST_CASE("The revocation lists of a CA and of the root above it stand in one file", "[tls]") {
    tls_site site;
    const auto between = site.client_ca.issue_ca("Factory CA"), revoked = site.client_ca.issue_ca("Stolen CA");
    auto good = between->issue(), bad = between->issue(), stolen = revoked->issue(), direct = site.client_ca.issue();
    const bool with_issuer = GENERATE(true, false);
    for (auto* own : {&good, &bad})
        if (with_issuer) own->certificate += between->certificate();
    const bool root_is_trusted = GENERATE(true, false);
    site.write("ca.pem", between->certificate() + revoked->certificate() +
                             (root_is_trusted ? site.client_ca.certificate() : std::string()));
    site.write("crl.pem", site.client_ca.revocation_list({revoked->as_issued()}) + between->revocation_list({bad}) +
                              revoked->revocation_list());
    running_gateway gw(site.with_profile(3, [&](config& c) {
        c.tls.client_ca = site.path("ca.pem");
        c.tls.crl = site.path("crl.pem");
    }));
    CHECK(ask(gw.port(), site.client(tls_version::v13, good)).status == 200);
    CHECK_THROWS_WITH(ask(gw.port(), site.client(tls_version::v12, bad)), ContainsSubstring("certificate revoked"));
    if (!root_is_trusted) return;
    CHECK(ask(gw.port(), site.client(tls_version::v13, direct)).status == 200);
    CHECK_THROWS_WITH(ask(gw.port(), site.client(tls_version::v12, stolen)), ContainsSubstring("certificate revoked"));
}

TEST_CASE("Renegotiation is refused", "[tls]") {
    tls_site site;
    running_gateway gw(site.with_profile(2));
    tcp_connection c(gw.port(), tcp_through(site.client(tls_version::v12)), deadline());
    SSL_renegotiate(c.tls()->native());
    std::string text;
    CHECK_THROWS_WITH(c.send("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n", deadline()),
                      ContainsSubstring("no renegotiation"));
    auto cp = gw.connect("CP-1", through(site.client()));
}

TEST_CASE("A handshake that stops half-way or does not begin ends in time", "[tls]") {
    tls_site site;
    running_gateway gw(site.with_profile(2, [](config& c) { c.tls.handshake_timeout = 200ms; }));
    const auto client = site.client();
    const bool begins = GENERATE(true, false);
    tcp_connection c(gw.port(), {}, deadline());
    if (begins) c.send(std::string_view("\x16\x03\x01\x02\x00\x01", 6), deadline());
    std::string text;
    CHECK_FALSE(c.receive_more(text, deadline()));
    CHECK(text.empty());
    CHECK(handshakes(gw.port(), client, "timeout") == 1);
    CHECK(handshakes(gw.port(), client, "failed") == 0);
}

TEST_CASE("A handshake that is cut off and bytes that are no TLS harm nobody", "[tls]") {
    tls_site site;
    running_gateway gw(site.with_profile(2));
    auto neighbour = gw.connect("CP-1", through(site.client()));
    {
        tcp_connection c(gw.port(), {}, deadline());
        c.send(std::string_view("\x16\x03\x01\x02\x00\x01", 6), deadline());
    }
    {
        tcp_connection silent(gw.port(), {}, deadline());
    }
    http_client plain(gw.port());
    plain.send_bytes("GET /health HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(plain.expect_end().find("HTTP/") == std::string::npos);
    tcp_connection noise(gw.port(), {}, deadline());
    noise.send(std::string(3000, '\xff'), deadline());
    std::string text;
    while (noise.receive_more(text, deadline())) {
    }
    neighbour.heartbeat();
    const auto client = site.client();
    eventually([&] { return handshakes(gw.port(), client, "failed") == 3; }, "three failed handshakes are counted");
}

TEST_CASE("Large messages pass in both directions at once", "[tls]") {
    tls_site site;
    const std::size_t size = 6 * 1024 * 1024;
    running_gateway gw(site.with_profile(2, [](config& c) {
        c.session.max_message_bytes = 16 * 1024 * 1024;
        c.session.outbox_bytes = 16 * 1024 * 1024;
    }));
    auto options = through(site.client(GENERATE(tls_version::v12, tls_version::v13)));
    options.tcp.receive_buffer = 4096;
    auto cp = gw.connect("CP-1", options);
    // The gateway cannot write all of its message, for nobody reads it; it has to read all of the other all the same.
    auto sent = gw.send("CP-1", "DataTransfer", data_of(size));
    const auto id = cp.send_call("DataTransfer", data_of(size));
    const auto call = cp.expect_call("DataTransfer");
    CHECK(call.payload.at("data").as_string().size() == size);
    call.answer({{"status", "Accepted"}, {"data", std::string(size, 'y')}});
    CHECK(sent.get().payload.size() > size);
    CHECK(cp.expect_result(id).contains("status"));
    for (int i = 0; i < 100; ++i) cp.send_call("Heartbeat", {}, "h" + std::to_string(i));
    for (int i = 0; i < 100; ++i) cp.expect_result("h" + std::to_string(i));
}

TEST_CASE("Bytes that come together with the upgrade request are read", "[tls]") {
    tls_site site;
    running_gateway gw(site.with_profile(2));
    auto options = through(site.client());
    options.right_behind = encode_frame(static_cast<std::uint8_t>(opcode::text), R"([2,"early","Heartbeat",{}])");
    charge_point cp(gw.port(), "CP-1", options);
    CHECK(cp.expect_result("early").contains("currentTime"));
}

TEST_CASE("The gateway says goodbye in TLS too", "[tls]") {
    tls_site site;
    running_gateway gw(site.with_profile(2));
    const auto version = GENERATE(tls_version::v12, tls_version::v13);
    tcp_connection c(gw.port(), tcp_through(site.client(version)), deadline());
    c.send("GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", deadline());
    std::string text;
    while (c.receive_more(text, deadline())) {
    }
    CHECK_THAT(text, ContainsSubstring("alive"));
    CHECK_FALSE(c.was_truncated());
    auto cp = gw.connect("CP-1", through(site.client(version)));
    CHECK(cp.close() == 1000);
    auto lost = gw.connect("CP-2", through(site.client(version)));
    lost.drop_without_close();
    CHECK(gw.expect_disconnect("CP-2").payload.at("reason") == "connection_lost");
    auto half = gw.connect("CP-3", through(site.client(version)));
    half.hang_up();
    CHECK(gw.expect_disconnect("CP-3").payload.at("reason") == "connection_lost");
}

TEST_CASE("Stopping closes sessions over TLS in good order", "[tls]") {
    tls_site site;
    running_gateway gw(site.with_profile(2));
    auto cp = gw.connect("CP-1", through(site.client()));
    tcp_connection idle(gw.port(), {}, deadline());  // has not begun its handshake
    gw.begin_stop();
    CHECK(cp.expect_close() == 1001);
    gw.stop();
}

TEST_CASE("The HTTP interface is served over TLS, live events too", "[tls]") {
    tls_site site;
    running_gateway gw(site.with_profile(0, [](config& c) {
        c.server.serve = server_config::served::api;
        c.server.tls = true;
    }));
    const auto client = site.client();
    http_client http(gw.port(), tcp_through(client));
    for (int i = 0; i < 3; ++i) CHECK(http.get("/health").status == 200);
    CHECK(http.connections() == 1);
    CHECK(http.post("/api/v1/charge-points/CP-1/commands", {{"commandName", "Reset"}}).status == 404);
    CHECK(http.get("/ocpp/CP-1").status == 404);
    sse_reader events(gw.port(), "/api/v1/events/stream", {}, tcp_through(client));
    CHECK(events.response().status == 200);
    gw.begin_stop();
    CHECK_FALSE(events.next_event_or_end());
    gw.stop();
}
