#include "support/test_ca.hpp"

#include "security/openssl.hpp"
#include "support/wait.hpp"

#include <atomic>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <utility>

namespace voltgate::test {

namespace {

void must(bool ok, const char* what) {
    if (!ok) throw unexpected(std::string("making a certificate: ") + what);
}

key_ptr make_key(key_kind kind) {
    EVP_PKEY* key = nullptr;
    switch (kind) {
        case key_kind::ec: key = EVP_EC_gen("P-256"); break;
        case key_kind::p384: key = EVP_EC_gen("P-384"); break;
        case key_kind::rsa: key = EVP_RSA_gen(2048); break;
        case key_kind::small_rsa: key = EVP_RSA_gen(1024); break;
        case key_kind::ed25519: key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"); break;
    }
    must(key != nullptr, "no key");
    return key_ptr(key);
}

template <class Write>
std::string pem(Write write) {
    const bio_ptr out(BIO_new(BIO_s_mem()));
    must(write(out.get()) == 1, "no PEM");
    char* data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string pem_of_key(const key_ptr& key) {
    return pem(
        [&key](BIO* out) { return PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
}

void add_entry(X509_NAME* name, const char* field, const std::string& text) {
    if (text.empty()) return;
    must(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(text.data()),
                                    static_cast<int>(text.size()), -1, 0) == 1,
         "no name");
}

void add_extension(X509* certificate, int nid, const char* value) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value);
    must(extension != nullptr, "no extension");
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

void set_serial(X509* certificate) {
    static std::atomic<std::uint64_t> last{0x1000};
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), ++last);
}

std::string serial_text(const X509* certificate) {
    std::uint64_t serial = 0;
    ASN1_INTEGER_get_uint64(&serial, X509_get0_serialNumber(certificate));
    char text[32];
    std::snprintf(text, sizeof text, "%lX", static_cast<unsigned long>(serial));
    return text;
}

const EVP_MD* digest_for(const EVP_PKEY* key) {
    return EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519 ? nullptr : EVP_sha256();
}

long seconds(std::chrono::hours h) { return static_cast<long>(std::chrono::seconds(h).count()); }

}  // namespace

struct test_ca::parts {
    key_ptr key;
    x509_ptr certificate;
    std::string pem;
};

test_ca::test_ca(std::string name) : test_ca(std::move(name), nullptr) {}

test_ca::test_ca(std::string name, const test_ca* issuer) : parts_(std::make_unique<parts>()) {
    parts_->key = make_key(key_kind::ec);
    parts_->certificate.reset(X509_new());
    X509* c = parts_->certificate.get();
    X509_set_version(c, 2);
    set_serial(c);
    X509_gmtime_adj(X509_getm_notBefore(c), -3600);
    X509_gmtime_adj(X509_getm_notAfter(c), 30L * 24 * 3600);
    add_entry(X509_get_subject_name(c), "CN", name);
    const parts& by = issuer ? *issuer->parts_ : *parts_;
    X509_set_issuer_name(c, X509_get_subject_name(by.certificate.get()));
    X509_set_pubkey(c, parts_->key.get());
    add_extension(c, NID_basic_constraints, "critical,CA:TRUE");
    add_extension(c, NID_key_usage, "critical,keyCertSign,cRLSign");
    must(X509_sign(c, by.key.get(), EVP_sha256()) > 0, "no signature");
    parts_->pem = pem([c](BIO* out) { return PEM_write_bio_X509(out, c); });
}

test_ca::~test_ca() = default;

const std::string& test_ca::certificate() const { return parts_->pem; }

std::string test_ca::key() const { return pem_of_key(parts_->key); }

issued_certificate test_ca::as_issued() const { return {certificate(), key(), serial_text(parts_->certificate.get())}; }

std::unique_ptr<test_ca> test_ca::issue_ca(std::string name) {
    return std::unique_ptr<test_ca>(new test_ca(std::move(name), this));
}

issued_certificate test_ca::issue(const certificate_wish& wish) {
    const key_ptr key = make_key(wish.key);
    const x509_ptr certificate(X509_new());
    X509* c = certificate.get();
    X509_set_version(c, 2);
    set_serial(c);
    X509_gmtime_adj(X509_getm_notBefore(c), seconds(wish.from));
    X509_gmtime_adj(X509_getm_notAfter(c), seconds(wish.to));
    add_entry(X509_get_subject_name(c), "CN", wish.common_name);
    add_entry(X509_get_subject_name(c), "O", wish.organization);
    X509_set_issuer_name(c, X509_get_subject_name(parts_->certificate.get()));
    X509_set_pubkey(c, key.get());
    add_extension(c, NID_basic_constraints, "CA:FALSE");
    add_extension(c, NID_ext_key_usage, "serverAuth,clientAuth");
    must(X509_sign(c, parts_->key.get(), digest_for(parts_->key.get())) > 0, "no signature");
    issued_certificate result;
    result.certificate = pem([c](BIO* out) { return PEM_write_bio_X509(out, c); });
    result.key = pem_of_key(key);
    result.serial = serial_text(c);
    return result;
}

std::string test_ca::revocation_list(const std::vector<issued_certificate>& revoked, std::chrono::hours due) const {
    const crl_ptr list(X509_CRL_new());
    X509_CRL_set_version(list.get(), 1);
    X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(parts_->certificate.get()));
    ASN1_TIME* t = X509_gmtime_adj(nullptr, -3600 + std::min(0L, seconds(due)));
    X509_CRL_set1_lastUpdate(list.get(), t);
    X509_gmtime_adj(t, seconds(due));
    X509_CRL_set1_nextUpdate(list.get(), t);
    X509_gmtime_adj(t, -60);
    for (const auto& certificate : revoked) {
        X509_REVOKED* entry = X509_REVOKED_new();
        ASN1_INTEGER* serial = ASN1_INTEGER_new();
        ASN1_INTEGER_set_uint64(serial, std::stoull(certificate.serial, nullptr, 16));
        X509_REVOKED_set_serialNumber(entry, serial);
        X509_REVOKED_set_revocationDate(entry, t);
        ASN1_INTEGER_free(serial);
        X509_CRL_add0_revoked(list.get(), entry);
    }
    ASN1_TIME_free(t);
    X509_CRL_sort(list.get());
    must(X509_CRL_sign(list.get(), parts_->key.get(), EVP_sha256()) > 0, "no signature");
    return pem([&list](BIO* out) { return PEM_write_bio_X509_CRL(out, list.get()); });
}

made_request make_request(const request_wish& wish) {
    const key_ptr key = make_key(wish.key), other = make_key(key_kind::ec);
    const x509_req_ptr request(X509_REQ_new());
    X509_NAME* name = X509_REQ_get_subject_name(request.get());
    add_entry(name, "C", "DE");
    add_entry(name, "CN", wish.common_name);
    add_entry(name, "CN", wish.second_name);
    add_entry(name, "O", wish.organization);
    must(X509_REQ_set_pubkey(request.get(), key.get()) == 1, "no public key");
    const EVP_PKEY* signing = wish.forged ? other.get() : key.get();
    const EVP_MD* digest = wish.sha1 ? EVP_sha1() : digest_for(signing);
    must(X509_REQ_sign(request.get(), const_cast<EVP_PKEY*>(signing), digest) > 0, "no signature");
    return {pem([&request](BIO* out) { return PEM_write_bio_X509_REQ(out, request.get()); }), pem_of_key(key)};
}

bool is_client_chain(const std::string& chain, const std::string& ca) {
    const auto read_all = [](const std::string& text, auto take) {
        const bio_ptr in(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
        while (X509* one = PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr)) take(x509_ptr(one));
    };
    std::vector<x509_ptr> certificates;
    read_all(chain, [&](x509_ptr one) { certificates.push_back(std::move(one)); });
    must(!certificates.empty(), "no certificate in the chain");
    const std::unique_ptr<X509_STORE, freed_by<X509_STORE_free>> store(X509_STORE_new());
    read_all(ca, [&](const x509_ptr& one) { X509_STORE_add_cert(store.get(), one.get()); });
    STACK_OF(X509)* between = sk_X509_new_null();
    for (std::size_t i = 1; i < certificates.size(); ++i) sk_X509_push(between, certificates[i].get());
    const store_ctx_ptr verification(X509_STORE_CTX_new());
    X509_STORE_CTX_init(verification.get(), store.get(), certificates.front().get(), between);
    X509_STORE_CTX_set_default(verification.get(), "ssl_client");
    const bool good = X509_verify_cert(verification.get()) == 1;
    sk_X509_free(between);
    return good;
}

}  // namespace voltgate::test
