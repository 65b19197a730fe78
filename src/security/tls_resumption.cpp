#include "security/tls_resumption.hpp"

#include "security/openssl.hpp"
#include "security/tls_files.hpp"

#include <algorithm>
#include <cstring>
#include <ctime>
#include <openssl/err.h>

namespace voltgate {

namespace {

// What a ticket holds beside the session.
struct verified {
    std::array<unsigned char, 32> trust;
    std::int64_t until;  // the first end in the chain
};

int trust_index() {
    static const int index = SSL_CTX_get_ex_new_index(
        0, nullptr, nullptr, nullptr,
        [](void*, void* trust, CRYPTO_EX_DATA*, int, long, void*) { delete static_cast<client_trust*>(trust); });
    return index;
}

const client_trust& trust_of(SSL* ssl) {
    return *static_cast<client_trust*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), trust_index()));
}

bool read(SSL_SESSION* session, verified& into) {
    void* data = nullptr;
    std::size_t size = 0;
    if (SSL_SESSION_get0_ticket_appdata(session, &data, &size) != 1 || size != sizeof into) return false;
    std::memcpy(&into, data, size);
    return true;
}

std::int64_t first_end(const STACK_OF(X509) * chain) {
    std::int64_t first = std::numeric_limits<std::int64_t>::max();
    for (int i = 0; i < sk_X509_num(chain); ++i) {
        const auto end = time_of(X509_get0_notAfter(sk_X509_value(chain, i)));
        first = std::min<std::int64_t>(first, std::chrono::system_clock::to_time_t(end));
    }
    return first;
}

// In a resumed session the certificate has been verified on the present trust, whatever the old ticket says.
int on_ticket_made(SSL* ssl, void*) {
    SSL_SESSION* session = SSL_get_session(ssl);
    if (!SSL_SESSION_get0_peer(session)) return 1;
    verified v{};
    if (SSL_session_reused(ssl) != 1 || !read(session, v)) v.until = first_end(SSL_get0_verified_chain(ssl));
    v.trust = trust_of(ssl).digest;
    return SSL_SESSION_set1_ticket_appdata(session, &v, sizeof v);
}

bool verify_again(SSL* ssl, X509* certificate) {
    const store_ctx_ptr verification(X509_STORE_CTX_new());
    X509_STORE* store = SSL_CTX_get_cert_store(SSL_get_SSL_CTX(ssl));
    const bool good = verification && X509_STORE_CTX_init(verification.get(), store, certificate, nullptr) == 1 &&
                      X509_STORE_CTX_set_default(verification.get(), "ssl_client") == 1 &&
                      X509_verify_cert(verification.get()) == 1;
    ERR_clear_error();
    return good;
}

SSL_TICKET_RETURN on_ticket_opened(SSL* ssl, SSL_SESSION* session, const unsigned char*, std::size_t,
                                   SSL_TICKET_STATUS status, void*) {
    switch (status) {
        case SSL_TICKET_EMPTY:
        case SSL_TICKET_NO_DECRYPT: return SSL_TICKET_RETURN_IGNORE_RENEW;
        case SSL_TICKET_SUCCESS:
        case SSL_TICKET_SUCCESS_RENEW: break;
        default: return SSL_TICKET_RETURN_ABORT;
    }
    const auto use = status == SSL_TICKET_SUCCESS ? SSL_TICKET_RETURN_USE : SSL_TICKET_RETURN_USE_RENEW;
    X509* certificate = SSL_SESSION_get0_peer(session);
    if (!certificate) return use;
    verified v{};
    const std::int64_t now = std::time(nullptr);
    const client_trust& trust = trust_of(ssl);
    if (!read(session, v) || now >= v.until || now >= trust.lists_due) return SSL_TICKET_RETURN_IGNORE_RENEW;
    if (v.trust == trust.digest) return use;
    return verify_again(ssl, certificate) ? SSL_TICKET_RETURN_USE_RENEW : SSL_TICKET_RETURN_IGNORE_RENEW;
}

}  // namespace

void check_resumed_clients(ssl_ctx_st* context, const client_trust& trust) {
    SSL_CTX_set_ex_data(context, trust_index(), new client_trust(trust));
    SSL_CTX_set_session_ticket_cb(context, on_ticket_made, on_ticket_opened, nullptr);
}

}  // namespace voltgate
