// Loading of certificates, keys, CAs and revocation lists, and what is said when they cannot be used.
#include "security/tls_context.hpp"

#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "support/tls_site.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <filesystem>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;
using Catch::Matchers::ContainsSubstring;

namespace {

tls_context::loading load(const tls_config& c) {
    return tls_context::load(c, std::make_shared<tls_ticket_keys>(this_machine()), this_machine().clock().utc());
}

/// What is wrong with a site whose `file` holds `text`.
std::string error_of(tls_site& site, const std::string& file, const std::string& text) {
    site.write(file, text);
    tls_config c = site.config();
    if (std::filesystem::path(file) == "crl.pem") c.crl = site.path(file);
    const auto result = load(c);
    CHECK_FALSE(result.context);
    CHECK_THAT(result.error, ContainsSubstring(site.path(file)));
    return result.error;
}

}  // namespace

TEST_CASE("Certificates of both kinds are loaded, and it is known when they expire", "[tls]") {
    tls_site site;
    tls_config c = site.config();
    c.crl = site.path("crl.pem");
    const auto result = load(c);
    CHECK(result.error.empty());
    CHECK(result.warnings.empty());
    REQUIRE(result.context);
    const auto now = std::chrono::system_clock::now();
    for (const auto& t : {result.context->expiry().ec, result.context->expiry().rsa, result.context->expiry().crl}) {
        REQUIRE(t);
        CHECK(*t > now + 23h);
        CHECK(*t < now + 25h);
    }
    CHECK(result.context->expiry().client_ca > now + 24h * 29);
}

TEST_CASE("A key may stand in its certificate's file", "[tls]") {
    tls_site site;
    site.write("both.pem", site.ec.key + site.ec.certificate);
    tls_config c;
    c.certificates = {site.path("both.pem")};
    const auto result = load(c);
    CHECK(result.error.empty());
    CHECK(result.context->expiry().ec);
    CHECK_FALSE(result.context->expiry().rsa);
}

TEST_CASE("What is wrong with a certificate or its key is said, with the file", "[tls]") {
    tls_site site;
    certificate_wish wish;
    SECTION("no file") {
        tls_config c = site.config();
        c.certificates[1] = site.path("absent.pem");
        const auto result = load(c);
        CHECK_THAT(result.error, ContainsSubstring("absent.pem") && ContainsSubstring("No such file"));
    }
    SECTION("no PEM") { CHECK_THAT(error_of(site, "ec.pem", "hello"), ContainsSubstring("BEGIN CERTIFICATE")); }
    SECTION("empty") { CHECK_THAT(error_of(site, "ec.pem", ""), ContainsSubstring("empty")); }
    SECTION("damaged") {
        std::string text = site.ec.certificate;
        text.replace(text.size() / 2, 4, "%%%%");
        CHECK_THAT(error_of(site, "ec.pem", text), ContainsSubstring("damaged"));
    }
    SECTION("no key") { CHECK_THAT(error_of(site, "ec.key", "hello"), ContainsSubstring("BEGIN PRIVATE KEY")); }
    SECTION("another's key") {
        CHECK_THAT(error_of(site, "ec.key", site.server_ca.issue(wish).key), ContainsSubstring("is not that of the"));
        CHECK_THAT(error_of(site, "ec.key", site.rsa.key), ContainsSubstring("is not that of the"));
    }
    SECTION("expired") {
        wish.from = -48h;
        wish.to = -24h;
        const auto old = site.server_ca.issue(wish);
        site.write("ec.key", old.key);
        CHECK_THAT(error_of(site, "ec.pem", old.certificate), ContainsSubstring("expired at 20"));
    }
    SECTION("not valid yet") {
        wish.from = 24h;
        wish.to = 48h;
        const auto early = site.server_ca.issue(wish);
        site.write("ec.key", early.key);
        CHECK_THAT(error_of(site, "ec.pem", early.certificate), ContainsSubstring("not valid before"));
    }
    SECTION("too short a key") {
        wish.key = key_kind::small_rsa;
        const auto weak = site.server_ca.issue(wish);
        site.write("rsa.pem", weak.certificate);
        CHECK_THAT(error_of(site, "rsa.key", weak.key), ContainsSubstring("1024") && ContainsSubstring("2048"));
    }
    SECTION("a kind of key that OCPP does not know") {
        wish.key = key_kind::ed25519;
        const auto odd = site.server_ca.issue(wish);
        site.write("ec.pem", odd.certificate);
        CHECK_THAT(error_of(site, "ec.key", odd.key), ContainsSubstring("neither an EC nor an RSA"));
    }
    SECTION("two of one kind") {
        const auto another = site.server_ca.issue(wish);
        site.write("rsa.key", another.key);
        CHECK_THAT(error_of(site, "rsa.pem", another.certificate), ContainsSubstring("second EC"));
    }
}

TEST_CASE("What is wrong with CAs and revocation lists is said, with the file", "[tls]") {
    tls_site site;
    CHECK_THAT(error_of(site, "client_ca.pem", "hello"), ContainsSubstring("BEGIN CERTIFICATE"));
    site.write("client_ca.pem", site.client_ca.certificate());
    CHECK_THAT(error_of(site, "crl.pem", "hello"), ContainsSubstring("BEGIN X509 CRL"));
    test_ca impostor("Charge Point CA");
    CHECK_THAT(error_of(site, "crl.pem", impostor.revocation_list()), ContainsSubstring("not signed by the CA"));
}

TEST_CASE("A key that others may read and a list that is overdue are warned of", "[tls]") {
    tls_site site;
    std::filesystem::permissions(site.path("ec.key"), std::filesystem::perms(0644));
    site.write("crl.pem", site.client_ca.revocation_list({}, -1h));
    tls_config c = site.config();
    c.crl = site.path("crl.pem");
    const auto result = load(c);
    CHECK(result.context);
    REQUIRE(result.warnings.size() == 2);
    CHECK_THAT(result.warnings[0], ContainsSubstring("ec.key") && ContainsSubstring("chmod"));
    CHECK_THAT(result.warnings[1], ContainsSubstring("crl.pem") && ContainsSubstring("due to be replaced"));
}
