// Who is let in on listeners with TLS: passwords on security profile 2, the certificate's subject on profile 3.
#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "security/credentials.hpp"
#include "support/basic_auth.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/tls_site.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <chrono>
#include <string>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;

namespace {

const std::string password = "correct-Horse-battery-9";

running_gateway::configure strictly(const tls_site& site, int profile) {
    return site.with_profile(profile, [](config& c) {
        c.security = {};
        c.security.failure_delay = 1ms;
        charge_point_config entry;
        entry.pattern = "CP-1";
        entry.password = hash_password(password, this_machine().random());
        c.charge_points = {entry};
    });
}

connect_options with_password_through(const tls_site& site, const std::string& text) {
    connect_options options = with_password("CP-1", text);
    options.tcp.tls = site.client();
    return options;
}

unsigned status_of(running_gateway& gw, const std::string& id, const connect_options& options) {
    return static_cast<unsigned>(try_connect(gw.port(), "/ocpp/" + id, options).response.status);
}

connect_options with_certificate(tls_site& site, const std::string& common_name) {
    certificate_wish wish;
    wish.common_name = common_name;
    return through(site.client(tls_version::v13, site.client_ca.issue(wish)));
}

}  // namespace

TEST_CASE("On profile 2 a charge point needs TLS and its password", "[tls][authentication]") {
    tls_site site;
    running_gateway gw(strictly(site, 2));
    auto cp = gw.connect("CP-1", with_password_through(site, password));
    cp.boot();
    CHECK(status_of(gw, "CP-1", with_password_through(site, "another")) == 401);
    CHECK(status_of(gw, "CP-1", through(site.client())) == 401);
    CHECK(status_of(gw, "CP-2", with_password_through(site, password)) == 401);
    cp.heartbeat();
}

TEST_CASE("On profile 3 a certificate is for the identity it names", "[tls][authentication]") {
    tls_site site;
    running_gateway gw(strictly(site, 3));
    auto cp = gw.connect("CP-7", with_certificate(site, "CP-7"));
    cp.boot();
    CHECK(status_of(gw, "CP-8", with_certificate(site, "CP-7")) >= 401);
    CHECK(status_of(gw, "CP-7", with_certificate(site, "localhost")) >= 401);
    cp.heartbeat();
    // The same identity with as good a certificate takes over.
    auto again = gw.connect("CP-7", with_certificate(site, "cp-7"));
    again.heartbeat();
}

TEST_CASE("What has connected with TLS does not get in without", "[tls][authentication]") {
    tls_site site;
    running_gateway gw(site.with_profile(2, [](config& c) {
        c.security.failure_delay = 1ms;
        listener_config plain;
        plain.security_profile = 1;
        c.listeners = {plain};
        charge_point_config entry;
        entry.pattern = "CP-1";
        entry.password = hash_password(password, this_machine().random());
        c.charge_points = {entry};
    }));
    const auto plain_port = gw->ports().at(1);
    {
        auto before = charge_point(plain_port, "CP-1", with_password("CP-1", password));
        before.boot();
    }
    auto cp = gw.connect("CP-1", with_password_through(site, password));
    cp.boot();
    CHECK(try_connect(plain_port, "/ocpp/CP-1", with_password("CP-1", password)).response.status >= 401);
    cp.heartbeat();
}

TEST_CASE("A resumed session is for the identity of the certificate it began with", "[tls][authentication]") {
    const auto version = GENERATE(tls_version::v12, tls_version::v13);
    tls_site site;
    running_gateway gw(strictly(site, 3));
    certificate_wish wish;
    wish.common_name = "CP-7";
    const auto client = site.client(version, site.client_ca.issue(wish));
    for (int i = 0; i < 4; ++i) {
        CHECK(status_of(gw, "CP-7", through(client)) == 101);
        CHECK(client->resumed() == (i > 0));
    }
    CHECK(status_of(gw, "CP-8", through(client)) == 403);
    CHECK(client->resumed());
}

TEST_CASE("A charge point boots with the serial number of its certificate", "[tls][authentication]") {
    tls_site site;
    running_gateway gw(site.with_profile(3, [](config& c) {
        c.security.certificate_identity = security_config::certificate_name::serial;
        charge_point_config entry;
        entry.pattern = "CP-1";
        entry.serial_number = "SN-1";
        c.charge_points = {entry};
    }));
    const auto options = with_certificate(site, "SN-1");
    const json::object common = {{"chargePointVendor", "Acme"}, {"chargePointModel", "X"}};
    const auto boot_with = [&](const char* key, const char* serial) {
        json::object boot = common;
        if (key) boot[key] = serial;
        return boot;
    };
    auto cp = gw.connect("CP-1", options);
    for (const auto& boot : {boot_with(nullptr, ""), boot_with("chargePointSerialNumber", "SN-1"),
                             boot_with("chargeBoxSerialNumber", "SN-1")})
        CHECK(text_at(cp.call("BootNotification", boot), "/status") == "Accepted");
    const auto answer = cp.call("BootNotification", boot_with("chargePointSerialNumber", "SN-2"));
    CHECK(text_at(answer, "/status") == "Rejected");
    CHECK(cp.expect_close() == 1008);
    CHECK(text_at(gw.expect_disconnect("CP-1").payload, "/reason") == "refused");
    const auto told = http_client(gw.port(), options.tcp).get("/api/v1/refusals?chargePointId=CP-1").json();
    CHECK(text_at(told, "/items/0/reason") == "serial_number");
    auto again = gw.connect("CP-1", options);
    CHECK(text_at(again.call("BootNotification", boot_with("chargePointSerialNumber", "SN-1")), "/status") ==
          "Accepted");
}
