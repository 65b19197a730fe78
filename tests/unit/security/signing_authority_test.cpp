// What the gateway's CA signs, and all that it does not.
#include "security/signing_authority.hpp"

#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_ca.hpp"

#include <voltgate/clock.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <fstream>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string>

using namespace voltgate;
using namespace voltgate::test;
using Catch::Matchers::ContainsSubstring;

namespace {

struct ca_files {
    temporary_directory directory;
    test_ca root{"Root"};
    signing_config config;

    ca_files() { use(root, root.certificate()); }
    void use(const test_ca& ca, const std::string& certificates) {
        config.certificate = write("ca.pem", certificates);
        config.key = write("ca.key", ca.key());
    }
    [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
        const std::string file = directory.path() + "/" + name;
        std::ofstream(file, std::ios::binary) << text;
        return file;
    }
    [[nodiscard]] std::shared_ptr<const signing_authority> load() const {
        auto loaded = signing_authority::load(config, this_machine().clock().utc());
        INFO(loaded.error);
        REQUIRE(loaded.authority);
        return loaded.authority;
    }
};

x509_ptr first_of(const std::string& chain) {
    const bio_ptr in(BIO_new_mem_buf(chain.data(), static_cast<int>(chain.size())));
    return x509_ptr(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
}

std::string refusal_of(const signing_authority& ca, const std::string& csr, const security_config& rules = {}) {
    const auto r = ca.sign(csr, {rules, "CP-1", "SN-1"}, this_machine());
    CHECK(r.chain.empty());
    return r.refusal;
}

std::string refusal_of(const signing_authority& ca, const request_wish& wish, const security_config& rules = {}) {
    return refusal_of(ca, make_request(wish).csr, rules);
}

int days_left(const X509* c) {
    int days = 0, seconds = 0;
    ASN1_TIME_diff(&days, &seconds, nullptr, X509_get0_notAfter(c));
    return days;
}

}  // namespace

TEST_CASE("A request for the charge point's own name is signed, for TLS clients alone", "[signing]") {
    const ca_files files;
    const auto ca = files.load();
    request_wish wish;
    wish.key = GENERATE(key_kind::ec, key_kind::rsa);
    const security_config rules;
    const auto made = ca->sign(make_request(wish).csr, {rules, "cp-1", ""}, this_machine());
    CHECK(made.refusal.empty());
    CHECK(is_client_chain(made.chain, files.root.certificate()));
    const auto c = first_of(made.chain);
    REQUIRE(c);
    CHECK(X509_get_extended_key_usage(c.get()) == XKU_SSL_CLIENT);
    CHECK(X509_get_key_usage(c.get()) == KU_DIGITAL_SIGNATURE);
    CHECK(X509_check_ca(c.get()) == 0);
    CHECK(X509_get_ext_by_NID(c.get(), NID_subject_alt_name, -1) == -1);
    CHECK(X509_NAME_entry_count(X509_get_subject_name(c.get())) == 2);
    CHECK(ASN1_STRING_length(X509_get0_serialNumber(c.get())) == 16);
    CHECK(X509_cmp_current_time(X509_get0_notBefore(c.get())) < 0);
    CHECK(days_left(c.get()) <= 30);  // as the CA's own
    const auto again = ca->sign(make_request(wish).csr, {rules, "CP-1", ""}, this_machine());
    CHECK(ASN1_INTEGER_cmp(X509_get0_serialNumber(c.get()), X509_get0_serialNumber(first_of(again.chain).get())) != 0);
}

TEST_CASE("What is signed is valid as long as configured", "[signing]") {
    ca_files files;
    files.config.validity = std::chrono::hours(7 * 24);
    const security_config rules;
    const auto made = files.load()->sign(make_request().csr, {rules, "CP-1", ""}, this_machine());
    const int days = days_left(first_of(made.chain).get());
    CHECK((days == 6 || days == 7));  // 7 in the very second
}

TEST_CASE("The chain leads up to the root, which is not in it", "[signing]") {
    ca_files files;
    const auto between = files.root.issue_ca("Between");
    files.use(*between, between->certificate() + files.root.certificate());
    const security_config rules;
    const auto made = files.load()->sign(make_request().csr, {rules, "CP-1", ""}, this_machine());
    CHECK(is_client_chain(made.chain, files.root.certificate()));
    CHECK_FALSE(is_client_chain(made.chain, between->certificate() + "nothing else"));
    CHECK(made.chain.find(between->certificate()) != std::string::npos);
    CHECK(made.chain.find(files.root.certificate()) == std::string::npos);
}

TEST_CASE("The names in a request follow the rules for certificates", "[signing]") {
    const ca_files files;
    const auto ca = files.load();
    request_wish wish;
    for (const auto* name : {"CP-2", "", "CP-1 ", "SN-1", "*"}) {
        wish.common_name = name;
        CHECK_THAT(refusal_of(*ca, wish), ContainsSubstring("common name (CN)"));
    }
    wish.common_name = "CP-1";
    wish.second_name = "CP-2";
    CHECK_THAT(refusal_of(*ca, wish), ContainsSubstring("common name (CN)"));
    wish.second_name.clear();

    security_config rules;
    rules.certificate_organization = "Volt";
    CHECK(ca->sign(make_request(wish).csr, {rules, "CP-1", ""}, this_machine()).refusal.empty());
    wish.organization = "Another";
    CHECK_THAT(refusal_of(*ca, wish, rules), ContainsSubstring("organization (O)"));
    wish.organization = "Volt\nControl";
    CHECK_THAT(refusal_of(*ca, wish, rules), ContainsSubstring("control characters"));
    wish.organization.clear();
    CHECK_THAT(refusal_of(*ca, wish, rules), ContainsSubstring("organization (O)"));

    rules = {};
    rules.certificate_identity = security_config::certificate_name::serial;
    CHECK_THAT(refusal_of(*ca, wish, rules), ContainsSubstring("serial_number"));
    wish.common_name = "SN-1";
    CHECK(ca->sign(make_request(wish).csr, {rules, "CP-1", "SN-1"}, this_machine()).refusal.empty());
    CHECK_FALSE(ca->sign(make_request(wish).csr, {rules, "CP-1", ""}, this_machine()).refusal.empty());
    rules.certificate_identity = security_config::certificate_name::none;
    CHECK(ca->sign(make_request(wish).csr, {rules, "CP-1", "SN-1"}, this_machine()).refusal.empty());
    wish.common_name = "CP-2";
    CHECK_THAT(refusal_of(*ca, wish, rules), ContainsSubstring("CP-2"));
}

TEST_CASE("Weak keys, other keys and false signatures are refused", "[signing]") {
    const ca_files files;
    const auto ca = files.load();
    request_wish wish;
    wish.key = key_kind::small_rsa;
    CHECK_THAT(refusal_of(*ca, wish), ContainsSubstring("1024 bits"));
    wish.key = key_kind::p384;
    CHECK_THAT(refusal_of(*ca, wish), ContainsSubstring("P-256"));
    wish.key = key_kind::ed25519;
    CHECK_THAT(refusal_of(*ca, wish), ContainsSubstring("neither"));
    wish.key = key_kind::ec;
    wish.forged = true;
    CHECK_THAT(refusal_of(*ca, wish), ContainsSubstring("its own key"));
    wish.forged = false;
    wish.sha1 = true;
    CHECK_THAT(refusal_of(*ca, wish), ContainsSubstring("SHA-256"));
}

TEST_CASE("What is no request is refused, whatever it is", "[signing]") {
    const ca_files files;
    const auto ca = files.load();
    const std::string good = make_request().csr;
    const auto damaged = [&](std::size_t at, char c) {
        std::string text = good;
        text.at(at) = c;
        return text;
    };
    std::string with_nul = good;
    with_nul.insert(60, 1, '\0');
    for (const auto& csr :
         {std::string(), std::string("CSR"), std::string("\0\0", 2), good.substr(0, good.size() / 2), good + good,
          good + "x", damaged(80, '!'), damaged(200, '='), with_nul, files.root.certificate(), make_request().key,
          std::string("-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n"),
          std::string("-----BEGIN CERTIFICATE REQUEST-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,"
                      "00112233445566778899AABBCCDDEEFF\n\nAAAA\n-----END CERTIFICATE REQUEST-----\n"),
          std::string(100'000, 'A'), std::string(6000, ' ') + good})
        CHECK_FALSE(refusal_of(*ca, csr).empty());
    CHECK(ca->sign("\r\n" + good + "\n\n", {security_config(), "CP-1", ""}, this_machine()).refusal.empty());
    // Whatever single byte is changed, nothing is signed but what the request's own key has signed.
    for (std::size_t at = 40; at < good.size() - 40; at += 7) {
        const auto r =
            ca->sign(damaged(at, good[at] == 'A' ? 'B' : 'A'), {security_config(), "CP-1", ""}, this_machine());
        CHECK(r.chain.empty() != r.refusal.empty());
        if (good[at] != '\n') CHECK(r.chain.empty());
    }
}

TEST_CASE("What is no CA cannot sign, and the file is named", "[signing]") {
    ca_files files;
    const auto error_of = [&] { return signing_authority::load(files.config, this_machine().clock().utc()).error; };
    const auto leaf = files.root.issue();
    files.config.certificate = files.write("leaf.pem", leaf.certificate);
    files.config.key = files.write("leaf.key", leaf.key);
    CHECK_THAT(error_of(), ContainsSubstring("leaf.pem") && ContainsSubstring("CA"));
    files.config.certificate = files.directory.path() + "/ca.pem";
    CHECK_THAT(error_of(), ContainsSubstring("leaf.key"));
    files.config.key = files.directory.path() + "/absent.key";
    CHECK_THAT(error_of(), ContainsSubstring("absent.key"));
    files.use(files.root, files.root.certificate() + std::string(3, '\n') + "-----BEGIN CERTIFICATE-----\nAA\n");
    CHECK_THAT(error_of(), ContainsSubstring("ca.pem"));
}
