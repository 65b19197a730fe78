#include "support/tls_client.hpp"

#include "security/openssl.hpp"

#include <cerrno>
#include <csignal>
#include <ctime>
#include <openssl/err.h>
#include <openssl/pem.h>

namespace voltgate::test {

namespace {

// OpenSSL writes with write(2). Ignoring SIGPIPE in the process would hide that the gateway does not raise it.
class without_sigpipe {
  public:
    without_sigpipe() {
        sigemptyset(&pipe_);
        sigaddset(&pipe_, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
    }
    ~without_sigpipe() {
        const int error = errno;
        const timespec at_once{};
        while (sigtimedwait(&pipe_, nullptr, &at_once) > 0) {
        }
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
        errno = error;
    }

  private:
    sigset_t pipe_{}, before_{};
};

std::string openssl_words() {
    std::string text;
    while (const unsigned long e = ERR_get_error()) {
        const char* reason = ERR_reason_error_string(e);
        text.append(text.empty() ? "" : "; ").append(reason ? reason : "?");
    }
    return text;
}

void must(bool ok, const char* what) {
    if (!ok) throw unexpected(std::string("the test's TLS client: ") + what + ": " + openssl_words());
}

bio_ptr source(const std::string& text) { return bio_ptr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))); }

}  // namespace

// Without the flags OpenSSL takes the end for a failure and never resumes the session.
tls_stream::~tls_stream() {
    SSL_set_shutdown(ssl_, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    SSL_free(ssl_);
}

tls_stream::outcome tls_stream::outcome_of(int returned, const char* doing) {
    if (returned > 0) return outcome::bytes;
    const int error = errno;
    switch (SSL_get_error(ssl_, returned)) {
        case SSL_ERROR_WANT_READ: return outcome::want_read;
        case SSL_ERROR_WANT_WRITE: return outcome::want_write;
        case SSL_ERROR_ZERO_RETURN: return outcome::end;
        case SSL_ERROR_SYSCALL: ERR_clear_error(); return error == 0 ? outcome::truncated : outcome::reset;
        default: break;
    }
    if (ERR_GET_REASON(ERR_peek_error()) == SSL_R_UNEXPECTED_EOF_WHILE_READING) {
        ERR_clear_error();
        return outcome::truncated;
    }
    throw unexpected(std::string("TLS, ") + doing + ": " + openssl_words());
}

tls_stream::outcome tls_stream::receive(char* to, std::size_t size, std::size_t& n) {
    const without_sigpipe guard;
    ERR_clear_error();
    errno = 0;
    return outcome_of(SSL_read_ex(ssl_, to, size, &n), "reading");
}

tls_stream::outcome tls_stream::send(const char* from, std::size_t size, std::size_t& n) {
    const without_sigpipe guard;
    ERR_clear_error();
    errno = 0;
    return outcome_of(SSL_write_ex(ssl_, from, size, &n), "writing");
}

tls_stream::outcome tls_stream::handshake() {
    const without_sigpipe guard;
    ERR_clear_error();
    errno = 0;
    return outcome_of(SSL_connect(ssl_), "handshake");
}

void tls_stream::say_goodbye() noexcept {
    const without_sigpipe guard;
    SSL_shutdown(ssl_);
    ERR_clear_error();
}

tls_client::tls_client(const tls_client_options& options) : context_(SSL_CTX_new(TLS_client_method())) {
    must(context_ != nullptr, "no context");
    const int version = options.version == tls_version::v12 ? TLS1_2_VERSION : TLS1_3_VERSION;
    SSL_CTX_set_min_proto_version(context_, version);
    SSL_CTX_set_max_proto_version(context_, version);
    if (!options.suites.empty()) must(SSL_CTX_set_cipher_list(context_, options.suites.c_str()) == 1, "cipher suites");
    if (!options.signatures.empty())
        must(SSL_CTX_set1_sigalgs_list(context_, options.signatures.c_str()) == 1, "signature algorithms");
    SSL_CTX_set_mode(context_, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(context_, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context_, keep_session);
    SSL_CTX_set_app_data(context_, this);
    if (!options.ca.empty()) {
        const bio_ptr in = source(options.ca);
        const x509_ptr ca(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
        must(ca && X509_STORE_add_cert(SSL_CTX_get_cert_store(context_), ca.get()) == 1, "CA");
        SSL_CTX_set_verify(context_, SSL_VERIFY_PEER, nullptr);
    }
    if (options.certificate.empty()) return;
    const bio_ptr in = source(options.certificate), key_in = source(options.key);
    const x509_ptr own(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
    const key_ptr key(PEM_read_bio_PrivateKey(key_in.get(), nullptr, nullptr, nullptr));
    must(own && SSL_CTX_use_certificate(context_, own.get()) == 1, "certificate");
    must(key && SSL_CTX_use_PrivateKey(context_, key.get()) == 1, "key");
    while (X509* issuer = PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr)) {
        const x509_ptr owner(issuer);
        must(SSL_CTX_add1_chain_cert(context_, issuer) == 1, "chain");
    }
    ERR_clear_error();
}

tls_client::~tls_client() {
    forget_session();
    SSL_CTX_free(context_);
}

int tls_client::keep_session(ssl_st* ssl, ssl_session_st* session) {
    auto& client = *static_cast<tls_client*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
    client.forget_session();
    client.session_ = session;
    return 1;
}

void tls_client::forget_session() noexcept {
    SSL_SESSION_free(session_);
    session_ = nullptr;
}

std::unique_ptr<tls_stream> tls_client::begin(int descriptor) {
    SSL* ssl = SSL_new(context_);
    must(ssl != nullptr, "no connection");
    SSL_set_fd(ssl, descriptor);
    if (session_) SSL_set_session(ssl, session_);
    return std::make_unique<tls_stream>(ssl);
}

void tls_client::ended_handshake(const tls_stream& stream) {
    SSL* ssl = stream.native();
    resumed_ = SSL_session_reused(ssl) == 1;
    // Of a ticket that TLS 1.2 renews OpenSSL does not tell.
    if (SSL_version(ssl) == TLS1_2_VERSION) keep_session(ssl, SSL_get1_session(ssl));
    version_ = SSL_get_version(ssl);
    suite_ = SSL_get_cipher_name(ssl);
    const X509* server = SSL_get0_peer_certificate(ssl);
    if (!server) return;
    std::uint64_t serial = 0;
    ASN1_INTEGER_get_uint64(&serial, X509_get0_serialNumber(server));
    char text[32];
    std::snprintf(text, sizeof text, "%lX", static_cast<unsigned long>(serial));
    server_serial_ = text;
    server_key_ = EVP_PKEY_get_base_id(X509_get0_pubkey(server)) == EVP_PKEY_EC ? "EC" : "RSA";
}

}  // namespace voltgate::test
