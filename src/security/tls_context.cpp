#include "security/tls_context.hpp"

#include "security/tls_files.hpp"
#include "security/tls_resumption.hpp"
#include "text/quote.hpp"

#include <algorithm>
#include <map>
#include <new>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <string_view>
#include <utility>

namespace voltgate {

namespace {

// The four that OCPP demands, and the same with ECDHE for RSA certificates, which are better and forbidden to nobody.
constexpr const char* tls12_suites =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-RSA-AES256-GCM-SHA384:AES128-GCM-SHA256:AES256-GCM-SHA384";
constexpr const char* protocol = "TLS settings";
constexpr const char* tls13_suites = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";

void must(long ok, const std::string& what) {
    if (ok == 1) return;
    const char* reason = ERR_reason_error_string(ERR_peek_error());
    ERR_clear_error();
    throw tls_file_error(what + ": refused by OpenSSL: " + (reason ? reason : "out of memory"));
}

bool is_self_issued(X509* certificate) {
    return X509_NAME_cmp(X509_get_subject_name(certificate), X509_get_issuer_name(certificate)) == 0;
}

// A CA above the one that issued a client's certificate may have no revocation list; the one that did must. Where the
// chain ends with a CA whose issuer is not there, OpenSSL holds the issuer's list against the key of that CA.
int on_verified(int ok, X509_STORE_CTX* verification) {
    if (ok == 1) return 1;
    const int depth = X509_STORE_CTX_get_error_depth(verification);
    if (depth == 0) return 0;
    const auto* chain = X509_STORE_CTX_get0_chain(verification);
    const bool is_last = depth + 1 == sk_X509_num(chain);
    bool may_be = false;
    switch (X509_STORE_CTX_get_error(verification)) {
        case X509_V_ERR_UNABLE_TO_GET_CRL: may_be = true; break;
        case X509_V_ERR_CRL_SIGNATURE_FAILURE:
        case X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER:
            may_be = is_last && !is_self_issued(sk_X509_value(chain, depth));
            break;
        default: break;
    }
    if (may_be) X509_STORE_CTX_set_error(verification, X509_V_OK);
    return may_be ? 1 : 0;
}

// There are CAs of the issuer's name, and none of them has signed the list.
bool is_forged(X509_CRL* list, X509_STORE* store) {
    bool known = false;
    const auto* cas = X509_STORE_get0_objects(store);
    for (int i = 0; i < sk_X509_OBJECT_num(cas); ++i) {
        X509* ca = X509_OBJECT_get0_X509(sk_X509_OBJECT_value(cas, i));
        if (!ca || X509_NAME_cmp(X509_get_subject_name(ca), X509_CRL_get_issuer(list)) != 0) continue;
        if (X509_CRL_verify(list, X509_get0_pubkey(ca)) == 1) return false;
        known = true;
    }
    ERR_clear_error();
    return known;
}

void keep_first(tls_expiry::time& first, certificate_time t) {
    if (!first || t < *first) first = t;
}

// Which key names the file that such a text begins with.
std::string key_of_file_in(std::string_view text, const tls_config& c) {
    const auto begins = [text](const std::string& file) { return text.starts_with(in_quotes(file) + ':'); };
    if (std::ranges::any_of(c.certificates, begins)) return "tls.certificates: ";
    if (std::ranges::any_of(c.keys, begins)) return "tls.keys: ";
    if (begins(c.client_ca)) return "tls.client_ca: ";
    return begins(c.crl) ? "tls.crl: " : "";
}

}  // namespace

void tls_context::free_context::operator()(ssl_ctx_st* context) const noexcept { SSL_CTX_free(context); }

tls_context::tls_context() : context_(SSL_CTX_new(TLS_server_method())) {
    if (!context_) throw std::bad_alloc();
}

tls_context::loading tls_context::load(const tls_config& c, std::shared_ptr<tls_ticket_keys> keys, time_point now) {
    loading result;
    try {
        const std::shared_ptr<tls_context> made(new tls_context());
        made->set_protocol();
        use_ticket_keys(made->context_.get(), std::move(keys));
        made->add_certificates(c, now, result.warnings);
        if (!c.client_ca.empty()) made->set_client_ca(c.client_ca, now, result.warnings);
        if (!c.crl.empty()) made->set_revocation_lists(c.crl, now, result.warnings);
        check_resumed_clients(made->context_.get(), made->trust());
        result.context = made;
    } catch (const std::exception& e) {
        result.error = key_of_file_in(e.what(), c) + e.what();
    }
    return result;
}

void tls_context::set_protocol() {
    SSL_CTX* context = context_.get();
    SSL_CTX_set_security_level(context, 2);  // RSA from 2048 bits, EC from 224, SHA-256: what OCPP asks for
    must(SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION), protocol);
    must(SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION), protocol);
    must(SSL_CTX_set_cipher_list(context, tls12_suites), protocol);
    must(SSL_CTX_set_ciphersuites(context, tls13_suites), protocol);
    must(SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384:P-521"), protocol);
    SSL_CTX_clear_options(context, SSL_OP_NO_TICKET | SSL_OP_LEGACY_SERVER_CONNECT);
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(context,
                     SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    // The chain is what the file says, instead of one looked for anew, among the CAs of charge points, at each
    // handshake.
    SSL_CTX_set_mode(context, SSL_MODE_NO_AUTO_CHAIN);
    SSL_CTX_set_read_ahead(context, 1);                           // a record with one system call, not two
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);  // sessions are kept by the clients, in tickets
    must(SSL_CTX_set_num_tickets(context, 1), protocol);
}

void tls_context::add_certificates(const tls_config& c, time_point now, std::vector<std::string>& warnings) {
    for (std::size_t i = 0; i < c.certificates.size(); ++i) {
        const std::string& file = c.certificates[i];
        server_certificate s = read_server_certificate(file, c.keys.empty() ? std::string() : c.keys[i], now, warnings);
        auto& expiry = s.is_ec ? expiry_.ec : expiry_.rsa;
        if (expiry) {
            throw tls_file_error(in_quotes(file) + ": is the second " + (s.is_ec ? "EC" : "RSA") +
                                 " certificate; there may be one of each kind");
        }
        expiry = s.expiry;
        must(SSL_CTX_use_certificate(context_.get(), s.certificate.get()), in_quotes(file));
        must(SSL_CTX_use_PrivateKey(context_.get(), s.key.get()), in_quotes(file));
        for (const auto& issuer : s.chain) must(SSL_CTX_add1_chain_cert(context_.get(), issuer.get()), in_quotes(file));
    }
}

void tls_context::set_client_ca(const std::string& file, time_point now, std::vector<std::string>& warnings) {
    X509_STORE* store = SSL_CTX_get_cert_store(context_.get());
    const auto all = read_certificates(file);
    for (const auto& ca : all) {
        const auto expiry = time_of(X509_get0_notAfter(ca.get()));
        keep_first(expiry_.client_ca, expiry);
        const std::string name = name_of(X509_get_subject_name(ca.get()));
        if (expiry < now) {
            warnings.push_back(in_quotes(file) + ": the CA " + in_quotes(name) + " expired at " + shown(expiry) +
                               "; its clients are refused");
        }
        const bool issuer_is_there = std::ranges::any_of(
            all, [&](const auto& above) { return X509_check_issued(above.get(), ca.get()) == X509_V_OK; });
        // Every certificate of the file is trusted, roots or not; but a chain goes on to the root that is there, so
        // that its list counts for the CAs below it.
        if (!issuer_is_there)
            must(X509_add1_trust_object(ca.get(), OBJ_nid2obj(NID_anyExtendedKeyUsage)), in_quotes(file));
        must(X509_STORE_add_cert(store, ca.get()), in_quotes(file));
        must(SSL_CTX_add_client_CA(context_.get(), ca.get()), in_quotes(file));
    }
    X509_STORE_set_verify_cb(store, on_verified);
}

void tls_context::set_revocation_lists(const std::string& file, time_point now, std::vector<std::string>& warnings) {
    constexpr auto never = certificate_time::max();
    X509_STORE* store = SSL_CTX_get_cert_store(context_.get());
    std::map<std::string, certificate_time> due_of;  // by CA: of several lists OpenSSL takes one that is not over
    for (const auto& list : read_revocation_lists(file)) {
        const std::string issuer = name_of(X509_CRL_get_issuer(list.get()));
        if (is_forged(list.get(), store)) {
            throw tls_file_error(in_quotes(file) + ": the list of " + in_quotes(issuer) +
                                 " is not signed by the CA of this name in tls.client_ca");
        }
        const ASN1_TIME* next = X509_CRL_get0_nextUpdate(list.get());
        const auto due = next ? time_of(next) : never;
        auto& latest = due_of.try_emplace(issuer, due).first->second;
        latest = std::max(latest, due);
        must(X509_STORE_add_crl(store, list.get()), in_quotes(file));
    }
    for (const auto& [issuer, due] : due_of) {
        if (due == never) continue;
        keep_first(expiry_.crl, due);
        if (due < now) {
            warnings.push_back(in_quotes(file) + ": the list of " + in_quotes(issuer) + " was due to be replaced at " +
                               shown(due) + "; until it is, clients of this CA are refused");
        }
    }
    X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
}

client_trust tls_context::trust() const {
    std::string digests;
    const auto* objects = X509_STORE_get0_objects(SSL_CTX_get_cert_store(context_.get()));
    for (int i = 0; i < sk_X509_OBJECT_num(objects); ++i) {
        const X509_OBJECT* object = sk_X509_OBJECT_value(objects, i);
        unsigned char digest[EVP_MAX_MD_SIZE];
        unsigned size = 0;
        if (const X509* ca = X509_OBJECT_get0_X509(object))
            must(X509_digest(ca, EVP_sha256(), digest, &size), protocol);
        if (const X509_CRL* list = X509_OBJECT_get0_X509_CRL(object)) {
            must(X509_CRL_digest(list, EVP_sha256(), digest, &size), protocol);
        }
        digests.append(reinterpret_cast<const char*>(digest), size);
    }
    client_trust t;
    must(EVP_Digest(digests.data(), digests.size(), t.digest.data(), nullptr, EVP_sha256(), nullptr), protocol);
    if (expiry_.crl) t.lists_due = std::chrono::system_clock::to_time_t(*expiry_.crl);
    return t;
}

std::unique_ptr<tls_engine> tls_context::accept(int descriptor, bool demand_certificate) const {
    ssl_ptr ssl(SSL_new(context_.get()));
    if (!ssl) throw std::bad_alloc();
    // A session that began without a certificate is not resumed where one is demanded.
    const std::string_view id = demand_certificate ? "mutual" : "server";
    SSL_set_session_id_context(ssl.get(), reinterpret_cast<const unsigned char*>(id.data()),
                               static_cast<unsigned>(id.size()));
    if (demand_certificate) SSL_set_verify(ssl.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    SSL_set_accept_state(ssl.get());
    return std::make_unique<tls_engine>(ssl.release(), descriptor);
}

}  // namespace voltgate
