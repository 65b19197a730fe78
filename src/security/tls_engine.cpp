#include "security/tls_engine.hpp"

#include "security/openssl.hpp"
#include "security/subject.hpp"
#include "security/tls_resumption.hpp"

#include <algorithm>
#include <cerrno>
#include <openssl/err.h>
#include <sys/socket.h>

namespace voltgate {

namespace {

class category final : public boost::system::error_category {
  public:
    [[nodiscard]] const char* name() const noexcept override { return "tls"; }
    [[nodiscard]] std::string message(int value) const override {
        const char* reason = ERR_reason_error_string(static_cast<unsigned long>(static_cast<unsigned>(value)));
        return reason ? reason : "TLS error " + std::to_string(value);
    }
};

boost::system::error_code first_tls_error() {
    const unsigned long e = ERR_peek_error();
    return {e == 0 ? static_cast<int>(ERR_PACK(ERR_LIB_SSL, 0, ERR_R_INTERNAL_ERROR)) : static_cast<int>(e),
            tls_category()};
}

}  // namespace

const boost::system::error_category& tls_category() noexcept {
    static const category the_category;
    return the_category;
}

// OpenSSL's own BIO for sockets writes with write(2): a peer that hangs up would raise SIGPIPE.
struct socket_bio {
    // `direction`: what to wait for before it is tried again, if that helps.
    static int failed(tls_engine& engine, BIO* bio, int direction) {
        if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) {
            BIO_set_flags(bio, direction | BIO_FLAGS_SHOULD_RETRY);
        } else {
            engine.system_error_ = errno;
        }
        return -1;
    }

    static int write(BIO* bio, const char* from, int size) {
        auto& engine = *static_cast<tls_engine*>(BIO_get_data(bio));
        BIO_clear_retry_flags(bio);
        const auto n = ::send(engine.descriptor_, from, static_cast<std::size_t>(size), MSG_NOSIGNAL);
        return n >= 0 ? static_cast<int>(n) : failed(engine, bio, BIO_FLAGS_WRITE);
    }

    static int read(BIO* bio, char* to, int size) {
        auto& engine = *static_cast<tls_engine*>(BIO_get_data(bio));
        BIO_clear_retry_flags(bio);
        const auto n = ::recv(engine.descriptor_, to, static_cast<std::size_t>(size), 0);
        if (n > 0) engine.heard_ = true;
        if (n == 0) engine.end_met_ = true;
        return n >= 0 ? static_cast<int>(n) : failed(engine, bio, BIO_FLAGS_READ);
    }

    static long control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

    static int create(BIO* bio) {
        BIO_set_init(bio, 1);
        return 1;
    }

    static const BIO_METHOD* method() {
        static const BIO_METHOD* const the_method = [] {
            BIO_METHOD* m = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "non-blocking socket");
            BIO_meth_set_write(m, write);
            BIO_meth_set_read(m, read);
            BIO_meth_set_ctrl(m, control);
            BIO_meth_set_create(m, create);
            return m;
        }();
        return the_method;
    }
};

void tls_engine::free_ssl::operator()(ssl_st* ssl) const noexcept { SSL_free(ssl); }

tls_engine::tls_engine(ssl_st* ssl, int descriptor) : ssl_(ssl), descriptor_(descriptor) {
    BIO* bio = BIO_new(socket_bio::method());
    if (!bio) throw std::bad_alloc();
    BIO_set_data(bio, this);
    SSL_set_bio(ssl_.get(), bio, bio);
}

tls_engine::~tls_engine() = default;

tls_engine::step tls_engine::result_of(int returned, std::size_t bytes) {
    if (returned > 0) return {status::done, bytes, {}};
    step s;
    switch (SSL_get_error(ssl_.get(), returned)) {
        case SSL_ERROR_WANT_READ: s.what = status::want_read; return s;
        case SSL_ERROR_WANT_WRITE: s.what = status::want_write; return s;
        case SSL_ERROR_ZERO_RETURN: s.what = status::eof; return s;
        default: break;
    }
    s.what = status::failed;
    if (system_error_ != 0) {
        s.error = {system_error_, boost::system::system_category()};
    } else if (end_met_) {
        s.what = status::truncated;
        s.error = {ECONNRESET, boost::system::system_category()};
    } else {
        s.error = first_tls_error();
    }
    gave_up_ = s.error;
    ERR_clear_error();
    return s;
}

tls_engine::step tls_engine::handshake() {
    if (gave_up_) return {status::failed, 0, gave_up_};
    ERR_clear_error();
    const step s = result_of(SSL_do_handshake(ssl_.get()), 0);
    more_ = s.what == status::done;
    return s;
}

tls_engine::step tls_engine::read(void* to, std::size_t size) {
    if (gave_up_) return {status::failed, 0, gave_up_};
    ERR_clear_error();
    std::size_t n = 0;
    const int returned = SSL_read_ex(ssl_.get(), to, size, &n);
    const step s = result_of(returned, n);
    more_ = s.what == status::done;
    reading_wants_write_ = s.what == status::want_write;
    return s;
}

tls_engine::step tls_engine::write(const void* from, std::size_t size) {
    if (gave_up_) return {status::failed, 0, gave_up_};
    ERR_clear_error();
    std::size_t n = 0;
    const int returned = SSL_write_ex(ssl_.get(), from, std::min(size, record_size), &n);
    return result_of(returned, n);
}

void tls_engine::shutdown() noexcept {
    if (gave_up_ || !SSL_is_init_finished(ssl_.get())) return;
    SSL_shutdown(ssl_.get());
    ERR_clear_error();
}

// After a read that gave nothing OpenSSL holds at most a part of a record: the rest has to come through the socket.
bool tls_engine::holds_bytes() const noexcept { return more_ && SSL_has_pending(ssl_.get()) == 1; }

void tls_engine::give_up(boost::system::error_code why) noexcept {
    gave_up_ = why;
    descriptor_ = -1;
    more_ = false;
}

bool tls_engine::resumed() const noexcept { return SSL_session_reused(ssl_.get()) == 1; }

std::optional<client_certificate> tls_engine::peer_certificate() const {
    if (const X509* certificate = SSL_get0_peer_certificate(ssl_.get())) return facts_of(certificate);
    return client_of_session(ssl_.get());
}

std::string tls_engine::failure() const {
    std::string text = gave_up_.message();
    const long verdict = SSL_get_verify_result(ssl_.get());
    if (verdict != X509_V_OK) text.append(": ").append(X509_verify_cert_error_string(verdict));
    return text;
}

}  // namespace voltgate
