#include "security/signing_authority.hpp"

#include "async/platform.hpp"
#include "security/authentication.hpp"
#include "security/subject.hpp"
#include "security/tls_files.hpp"
#include "text/quote.hpp"

#include <voltgate/clock.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <ctime>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <stdexcept>
#include <utility>

namespace voltgate {

namespace {

constexpr std::size_t longest_request = 5500, longest_chain = 10'000, room_for_certificate = 2500;
constexpr std::size_t longest_name = 64;  // of CN and O
constexpr int fewest_rsa_bits = 2048, most_rsa_bits = 4096;
constexpr std::chrono::hours back_dating{1};  // for clocks of charge points that are slow
constexpr std::size_t serial_bytes = 16;

using bignum_ptr = std::unique_ptr<BIGNUM, freed_by<BN_free>>;
using extension_ptr = std::unique_ptr<X509_EXTENSION, freed_by<X509_EXTENSION_free>>;

struct refused {
    std::string why;
};

[[noreturn]] void refuse(std::string why) { throw refused{std::move(why)}; }

void must(long ok, const char* what) {
    if (ok != 0) return;
    const char* reason = ERR_reason_error_string(ERR_peek_error());
    throw std::runtime_error(std::string(what) + ": " + (reason ? reason : "out of memory"));
}

int no_passphrase(char*, int, int, void*) { return -1; }

x509_req_ptr read_request(std::string_view csr) {
    if (csr.size() > longest_request) refuse("the request is longer than 5500 characters");
    const bio_ptr in(BIO_new_mem_buf(csr.data(), static_cast<int>(csr.size())));
    x509_req_ptr request(PEM_read_bio_X509_REQ(in.get(), nullptr, no_passphrase, nullptr));
    if (!request) refuse("it is no certificate request in PEM form");
    char c = 0;
    while (BIO_read(in.get(), &c, 1) == 1)
        if (std::isspace(static_cast<unsigned char>(c)) == 0) refuse("something follows the request");
    return request;
}

void check_ec_key(const EVP_PKEY* key) {
    std::array<char, 32> curve{}, encoding{};
    const bool named =
        EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, curve.data(), curve.size(), nullptr) == 1 &&
        EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_EC_ENCODING, encoding.data(), encoding.size(), nullptr) ==
            1;
    if (!named || std::string_view(curve.data()) != "prime256v1" || std::string_view(encoding.data()) != "named_curve")
        refuse("its EC key is of another curve than P-256");
}

void check_rsa_key(const EVP_PKEY* key) {
    const int bits = EVP_PKEY_get_bits(key);
    if (bits < fewest_rsa_bits || bits > most_rsa_bits) {
        refuse("its RSA key has " + std::to_string(bits) + " bits; allowed are 2048 to 4096");
    }
    BIGNUM* e = nullptr;
    must(EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &e), "its exponent");
    const bignum_ptr exponent(e);
    if (!BN_is_odd(e) || BN_num_bits(e) < 17 || BN_num_bits(e) > 64) refuse("its RSA key has an unsafe exponent");
}

// The size is bounded before anything is computed with the key.
EVP_PKEY* checked_key(X509_REQ* request) {
    EVP_PKEY* key = X509_REQ_get0_pubkey(request);
    if (!key) refuse("its key cannot be read");
    switch (EVP_PKEY_get_base_id(key)) {
        case EVP_PKEY_EC: check_ec_key(key); break;
        case EVP_PKEY_RSA: check_rsa_key(key); break;
        default: refuse("its key is neither an EC nor an RSA key");
    }
    return key;
}

void check_signature(X509_REQ* request, EVP_PKEY* key) {
    int digest = NID_undef;
    OBJ_find_sigid_algs(X509_REQ_get_signature_nid(request), &digest, nullptr);
    if (digest != NID_sha256 && digest != NID_sha384 && digest != NID_sha512)
        refuse("it is not signed with SHA-256, SHA-384 or SHA-512");
    if (X509_REQ_verify(request, key) != 1) refuse("it is not signed with its own key");
}

std::string checked_entry(const X509_NAME* name, int nid, const char* shown_as) {
    std::string text = only_entry(name, nid);
    const bool strange = text.size() > longest_name || std::any_of(text.begin(), text.end(), [](char c) {
                             return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
                         });
    if (strange) refuse(std::string("its ") + shown_as + " is longer than 64 bytes or holds control characters");
    return text;
}

void check_names(const allowed_subject& allowed, const std::string& common_name, const std::string& organization) {
    using rule = security_config::certificate_name;
    const auto& rules = allowed.rules;
    if (!organization_fits(rules, organization)) {
        refuse("its organization (O) is " + in_quotes(organization) + " and has to contain " +
               in_quotes(rules.certificate_organization));
    }
    // With "none" certificates of all names let in; nobody gets one of another's name nevertheless.
    const bool fits = rules.certificate_identity == rule::none
                          ? same_identity(common_name, allowed.identity) ||
                                (!allowed.serial_number.empty() && common_name == allowed.serial_number)
                          : common_name_fits(rules, common_name, allowed.identity, allowed.serial_number);
    if (fits) return;
    std::string wanted = "the charge point's id";
    if (rules.certificate_identity == rule::serial) wanted = "the serial_number of its [[charge_point]] entry";
    if (rules.certificate_identity == rule::none) wanted += " or the serial_number of its [[charge_point]] entry";
    refuse("its common name (CN) is " + in_quotes(common_name) + " and has to be " + wanted);
}

void add_entry(X509_NAME* name, int nid, const std::string& text) {
    if (text.empty()) return;
    must(X509_NAME_add_entry_by_NID(name, nid, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(text.data()),
                                    static_cast<int>(text.size()), -1, 0),
         "the subject");
}

void add_extension(X509* certificate, X509V3_CTX& context, int nid, const char* value) {
    const extension_ptr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    must(extension ? X509_add_ext(certificate, extension.get(), -1) : 0, "an extension");
}

void set_serial(X509* certificate, random_source& source) {
    std::array<unsigned char, serial_bytes> random{};
    source.fill(random);
    random[0] = static_cast<unsigned char>((random[0] & 0x7F) | 0x40);  // positive, and always as long
    const bignum_ptr number(BN_bin2bn(random.data(), random.size(), nullptr));
    must(number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)), "a serial number");
}

std::string pem_of(X509* certificate) {
    const bio_ptr out(BIO_new(BIO_s_mem()));
    must(PEM_write_bio_X509(out.get(), certificate), "PEM");
    char* data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

bool is_root(X509* certificate) { return (X509_get_extension_flags(certificate) & EXFLAG_SS) != 0; }

}  // namespace

signing_authority::loading signing_authority::load(const signing_config& c, std::chrono::system_clock::time_point now) {
    loading result;
    const std::string file = in_quotes(c.certificate);
    try {
        auto ca = read_server_certificate(c.certificate, c.key, now, result.warnings);
        const bool signs = X509_check_ca(ca.certificate.get()) == 1 &&
                           (X509_get_key_usage(ca.certificate.get()) & KU_KEY_CERT_SIGN) != 0;
        if (!signs) throw tls_file_error(file + ": its first certificate is not that of a CA (CA:TRUE, keyCertSign)");
        const std::shared_ptr<signing_authority> made(new signing_authority());
        if (!is_root(ca.certificate.get())) made->issuers_ = pem_of(ca.certificate.get());
        for (const auto& above : ca.chain)
            if (!is_root(above.get())) made->issuers_ += pem_of(above.get());
        if (made->issuers_.size() + room_for_certificate > longest_chain)
            throw tls_file_error(file + ": its certificates are too long; CertificateSigned takes 10000 characters");
        made->certificate_ = std::move(ca.certificate);
        made->key_ = std::move(ca.key);
        made->validity_ = c.validity;
        made->expiry_ = ca.expiry;
        result.authority = made;
    } catch (const std::exception& e) {
        const std::string_view what = e.what();
        const bool of_key = !c.key.empty() && c.key != c.certificate && what.starts_with(in_quotes(c.key) + ':');
        result.error.append(of_key ? "signing.key: " : "signing.certificate: ").append(what);
    }
    ERR_clear_error();
    return result;
}

x509_ptr signing_authority::make_certificate(EVP_PKEY* key, const subject& s, platform& machine) const {
    x509_ptr made(X509_new());
    X509* c = made.get();
    must(c && X509_set_version(c, 2), "a certificate");
    set_serial(c, machine.random());
    const auto now = machine.clock().utc();
    const auto seconds = [](auto t) { return std::chrono::system_clock::to_time_t(t); };
    must(ASN1_TIME_set(X509_getm_notBefore(c), seconds(now - back_dating)) != nullptr, "a time");
    must(ASN1_TIME_set(X509_getm_notAfter(c), seconds(std::min(expiry_, now + validity_))) != nullptr, "a time");
    add_entry(X509_get_subject_name(c), NID_commonName, s.common_name);
    add_entry(X509_get_subject_name(c), NID_organizationName, s.organization);
    must(X509_set_issuer_name(c, X509_get_subject_name(certificate_.get())), "the issuer");
    must(X509_set_pubkey(c, key), "the key");
    X509V3_CTX context;
    X509V3_set_ctx(&context, certificate_.get(), c, nullptr, nullptr, 0);
    add_extension(c, context, NID_basic_constraints, "critical,CA:FALSE");
    add_extension(c, context, NID_key_usage, "critical,digitalSignature");
    add_extension(c, context, NID_ext_key_usage, "clientAuth");
    add_extension(c, context, NID_subject_key_identifier, "hash");
    if (X509_get0_subject_key_id(certificate_.get()))
        add_extension(c, context, NID_authority_key_identifier, "keyid:always");
    must(X509_sign(c, key_.get(), EVP_sha256()), "the signature");
    return made;
}

signing_authority::result signing_authority::sign(std::string_view csr, const allowed_subject& allowed,
                                                  platform& machine) const {
    result r;
    try {
        const auto request = read_request(csr);
        EVP_PKEY* key = checked_key(request.get());
        const X509_NAME* name = X509_REQ_get_subject_name(request.get());
        subject s{checked_entry(name, NID_commonName, "common name (CN)"),
                  checked_entry(name, NID_organizationName, "organization (O)")};
        check_names(allowed, s.common_name, s.organization);
        check_signature(request.get(), key);
        if (expiry_ <= machine.clock().utc()) throw std::runtime_error("it has expired");
        r.chain = pem_of(make_certificate(key, s, machine).get()) + issuers_;
    } catch (const refused& no) {
        r.refusal = no.why;
    } catch (const std::exception& e) {
        r.refusal = std::string("the gateway's CA failed: ") + e.what();
        r.failed = true;
    }
    ERR_clear_error();
    return r;
}

}  // namespace voltgate
