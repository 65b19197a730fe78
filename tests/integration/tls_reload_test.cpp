// New certificates, CAs and revocation lists while the gateway runs.
#include "support/http_client.hpp"
#include "support/log_lines.hpp"
#include "support/tls_site.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <string>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;

namespace {

constexpr std::string_view read_again = "TLS files were read again", refused = "cannot be used";

std::string serial_seen(std::uint16_t port, const std::shared_ptr<tls_client>& client) {
    client->forget_session();
    CHECK(http_client(port, tcp_through(client)).get("/health/live").status == 200);
    return client->server_serial();
}

}  // namespace

TEST_CASE("A new certificate is taken over by reload, and sessions go on", "[tls]") {
    tls_site site;
    log_lines log;
    running_gateway gw(site.with_profile(2, [](config& c) { c.tls.watch_interval = 0ms; }), log.taken());
    const auto client = site.client();
    auto cp = gw.connect("CP-1", through(client));
    CHECK(serial_seen(gw.port(), client) == site.ec.serial);
    const auto next = site.server_ca.issue();
    site.write_server_certificate("ec", next);
    CHECK(serial_seen(gw.port(), client) == site.ec.serial);
    gw->reload();
    log.expect(read_again);
    CHECK(serial_seen(gw.port(), client) == next.serial);
    cp.heartbeat();
    CHECK_FALSE(gw.events().next("CP-1").event->type == event_type::charge_point_disconnected);
}

TEST_CASE("A session from before a reload is resumed after it", "[tls]") {
    tls_site site;
    log_lines log;
    running_gateway gw(site.with_profile(2), log.taken());
    const auto client = site.client(GENERATE(tls_version::v12, tls_version::v13));
    CHECK(http_client(gw.port(), tcp_through(client)).get("/health/live").status == 200);
    gw->reload();
    log.expect(read_again);
    CHECK(http_client(gw.port(), tcp_through(client)).get("/health/live").status == 200);
    CHECK(client->resumed());
}

TEST_CASE("A change of the files is noticed", "[tls]") {
    tls_site site;
    log_lines log;
    running_gateway gw(site.with_profile(2, [](config& c) { c.tls.watch_interval = 20ms; }), log.taken());
    const auto next = site.server_ca.issue();
    site.write_server_certificate("ec", next);
    log.expect(read_again);
    CHECK(serial_seen(gw.port(), site.client()) == next.serial);
}

TEST_CASE("New files that cannot be used leave the old ones in force, and it is said once", "[tls]") {
    tls_site site;
    log_lines log;
    running_gateway gw(site.with_profile(2, [](config& c) { c.tls.watch_interval = 10ms; }), log.taken());
    site.write("ec.pem", "not what it should be");
    log.expect(refused);
    CHECK(log.count("ec.pem") == 1);
    CHECK(serial_seen(gw.port(), site.client()) == site.ec.serial);
    const auto next = site.server_ca.issue();
    site.write_server_certificate("ec", next);
    log.expect(read_again);
    CHECK(serial_seen(gw.port(), site.client()) == next.serial);
    CHECK(log.count(refused) <= 2);  // the second one when it looked between certificate and key
}

TEST_CASE("/health knows of files that could not be taken over, until they are", "[tls]") {
    tls_site site;
    running_gateway gw(site.with_profile(2, [](config& c) { c.tls.watch_interval = 10ms; }));
    const auto health = [&] { return http_client(gw.port(), tcp_through(site.client())).get("/health").json(); };
    CHECK(health().at("status") == "healthy");
    CHECK(health().at("components").at("tls") == "ok");
    site.write("ec.pem", "not what it should be");
    eventually([&] { return health().at("status") == "degraded"; }, "it is degraded");
    const auto text = text_at(health(), "/components/tls");
    CHECK_THAT(text, ContainsSubstring("ec.pem"));
    CHECK_THAT(text, ContainsSubstring("stay in force"));
    site.write_server_certificate("ec", site.server_ca.issue());
    eventually([&] { return health().at("status") == "healthy"; }, "it is healthy");
}

TEST_CASE("/health knows of a revocation list that has expired", "[tls]") {
    tls_site site;
    site.write("crl.pem", site.client_ca.revocation_list({}, -1h));
    running_gateway gw(site.with_profile(2, [&](config& c) {
        c.tls.crl = site.path("crl.pem");
        c.tls.watch_interval = 10ms;
    }));
    const auto health = [&] { return http_client(gw.port(), tcp_through(site.client())).get("/health").json(); };
    CHECK(health().at("status") == "degraded");
    CHECK_THAT(text_at(health(), "/components/tls"), ContainsSubstring("revocation list"));
    site.write("crl.pem", site.client_ca.revocation_list());
    eventually([&] { return health().at("status") == "healthy"; }, "it is healthy");
}

TEST_CASE("A list that was replaced does no harm beside the new one", "[tls]") {
    tls_site site;
    site.write("crl.pem", site.client_ca.revocation_list({}, -1h) + site.client_ca.revocation_list());
    running_gateway gw(site.with_profile(3, [&](config& c) { c.tls.crl = site.path("crl.pem"); }));
    const auto client = site.client(tls_version::v13, site.client_ca.issue());
    const auto health = [&] { return http_client(gw.port(), tcp_through(client)).get("/health").json(); };
    CHECK(health().at("components").at("tls") == "ok");
    CHECK(health().at("components").at("tls") == "ok");
    CHECK(client->resumed());
}

TEST_CASE("A certificate that was revoked since cannot be used to resume a session", "[tls]") {
    tls_site site;
    log_lines log;
    const auto configure = site.with_profile(3, [&](config& c) {
        c.tls.crl = site.path("crl.pem");
        c.tls.watch_interval = 0ms;
    });
    running_gateway gw(configure, log.taken());
    const auto version = GENERATE(tls_version::v12, tls_version::v13);
    const auto own = site.client_ca.issue(), other = site.client_ca.issue();
    const auto client = site.client(version, own), neighbour = site.client(version, other);
    for (const auto& c : {client, client, neighbour})
        CHECK(http_client(gw.port(), tcp_through(c)).get("/health/live").status == 200);
    CHECK_FALSE(neighbour->resumed());
    site.write("crl.pem", site.client_ca.revocation_list({own}));
    gw->reload();
    log.expect(read_again);
    CHECK_THROWS_WITH(http_client(gw.port(), tcp_through(client)).get("/health/live"),
                      ContainsSubstring("certificate revoked"));
    for (int i = 0; i < 3; ++i) {  // first verified on the new list, then resumed again
        CHECK(http_client(gw.port(), tcp_through(neighbour)).get("/health/live").status == 200);
        CHECK(neighbour->resumed() == (i > 0));
    }
    site.write("crl.pem", site.client_ca.revocation_list({own, other}));
    gw->reload();
    log.expect(read_again, 2);
    CHECK_THROWS_WITH(http_client(gw.port(), tcp_through(neighbour)).get("/health/live"),
                      ContainsSubstring("certificate revoked"));
}

TEST_CASE("A client whose CA is trusted no more cannot resume its session", "[tls]") {
    tls_site site;
    log_lines log;
    running_gateway gw(site.with_profile(3, [](config& c) { c.tls.watch_interval = 0ms; }), log.taken());
    const auto client = site.client(tls_version::v13, site.client_ca.issue());
    for (int i = 0; i < 2; ++i) CHECK(http_client(gw.port(), tcp_through(client)).get("/health/live").status == 200);
    CHECK(client->resumed());
    test_ca next("Another CA");
    site.write("client_ca.pem", next.certificate());
    gw->reload();
    log.expect(read_again);
    CHECK_THROWS_WITH(http_client(gw.port(), tcp_through(client)).get("/health/live"), ContainsSubstring("unknown ca"));
}

TEST_CASE("Files that cannot be used at the start are named, and nothing is started", "[tls]") {
    tls_site site;
    site.write("rsa.key", "nothing");
    voltgate::config c;
    c.server.port = 0;
    c.log.level = log_config::severity::off;
    c.journal.enabled = false;
    site.with_profile(2)(c);
    gateway gw(c);
    std::string detail;
    CHECK(gw.start(&detail) == errc::tls_unusable);
    CHECK_THAT(detail, ContainsSubstring("rsa.key") && ContainsSubstring("BEGIN PRIVATE KEY"));
    CHECK(gw.ports().empty());
}
