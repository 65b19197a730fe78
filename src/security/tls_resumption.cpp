#include "security/tls_resumption.hpp"

#include "security/openssl.hpp"
#include "security/subject.hpp"
#include "security/tls_files.hpp"

#include <algorithm>
#include <cstring>
#include <ctime>
#include <openssl/asn1.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <string>
#include <string_view>
#include <utility>

namespace voltgate {

namespace {

// What a ticket holds beside the session.
struct verified {
    std::array<unsigned char, 32> trust{};
    std::int64_t until = 0;  // the first end in the chain
    client_certificate client;
};

constexpr std::size_t longest_text = 255;
constexpr std::string client_certificate::* client_texts[] = {
    &client_certificate::common_name, &client_certificate::organization, &client_certificate::serial};

int trust_index() {
    static const int index = SSL_CTX_get_ex_new_index(
        0, nullptr, nullptr, nullptr,
        [](void*, void* trust, CRYPTO_EX_DATA*, int, long, void*) { delete static_cast<client_trust*>(trust); });
    return index;
}

const client_trust& trust_of(SSL* ssl) {
    return *static_cast<client_trust*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), trust_index()));
}

std::string to_bytes(const verified& v) {
    std::string bytes(reinterpret_cast<const char*>(v.trust.data()), v.trust.size());
    bytes.append(reinterpret_cast<const char*>(&v.until), sizeof v.until);
    for (const auto text : client_texts)
        bytes.append(1, static_cast<char>((v.client.*text).size())).append(v.client.*text);
    return bytes;
}

std::optional<verified> read(SSL_SESSION* session) {
    void* data = nullptr;
    std::size_t size = 0;
    verified v;
    constexpr std::size_t fixed = sizeof v.trust + sizeof v.until;
    if (!session || SSL_SESSION_get0_ticket_appdata(session, &data, &size) != 1 || size < fixed) return std::nullopt;
    std::string_view bytes(static_cast<const char*>(data), size);
    std::memcpy(v.trust.data(), bytes.data(), sizeof v.trust);
    std::memcpy(&v.until, bytes.data() + sizeof v.trust, sizeof v.until);
    bytes.remove_prefix(fixed);
    for (const auto text : client_texts) {
        const std::size_t length = bytes.empty() ? longest_text + 1 : static_cast<unsigned char>(bytes.front());
        if (bytes.size() < length + 1) return std::nullopt;
        v.client.*text = bytes.substr(1, length);
        bytes.remove_prefix(length + 1);
    }
    return v;
}

std::int64_t first_end(const STACK_OF(X509) * chain) {
    std::int64_t first = std::numeric_limits<std::int64_t>::max();
    for (int i = 0; i < sk_X509_num(chain); ++i) {
        const auto end = time_of(X509_get0_notAfter(sk_X509_value(chain, i)));
        first = std::min<std::int64_t>(first, std::chrono::system_clock::to_time_t(end));
    }
    return first;
}

// The DER form of a session (i2d_SSL_SESSION) without its certificate, which is element [3] of the outer sequence.
// Empty: it has none, or it is of another form.
std::string without_certificate(const std::string& der) {
    constexpr int certificate_tag = 3;
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    long length = 0;
    int tag = 0, type = 0;
    const auto next = [&](long room) { return (ASN1_get_object(&at, &length, &tag, &type, room) & 0x80) == 0; };
    if (!next(static_cast<long>(der.size())) || tag != V_ASN1_SEQUENCE) return {};
    const auto *const content = at, *const end = content + length;
    while (at < end) {
        const auto* const element = at;
        if (!next(end - at)) return {};
        at += length;
        if (type != V_ASN1_CONTEXT_SPECIFIC || tag != certificate_tag) continue;
        const int size = static_cast<int>((element - content) + (end - at));
        std::string rest(static_cast<std::size_t>(ASN1_object_size(1, size, V_ASN1_SEQUENCE)), '\0');
        auto* to = reinterpret_cast<unsigned char*>(rest.data());
        ASN1_put_object(&to, 1, size, V_ASN1_SEQUENCE, V_ASN1_UNIVERSAL);
        std::copy(at, end, std::copy(content, element, to));
        return rest;
    }
    return {};
}

// False: out of memory.
bool forget_certificate(SSL_SESSION* session) {
    std::string der(static_cast<std::size_t>(std::max(0, i2d_SSL_SESSION(session, nullptr))), '\0');
    auto* to = reinterpret_cast<unsigned char*>(der.data());
    if (i2d_SSL_SESSION(session, &to) <= 0) return false;
    std::string rest = without_certificate(der);
    const auto* from = reinterpret_cast<const unsigned char*>(rest.data());
    const bool done =  // read into the same object
        rest.empty() || d2i_SSL_SESSION(&session, &from, static_cast<long>(rest.size())) != nullptr;
    OPENSSL_cleanse(der.data(), der.size());
    OPENSSL_cleanse(rest.data(), rest.size());
    return done;
}

// A resumed session has its facts already: it was opened because they still hold.
int on_ticket_made(SSL* ssl, void*) {
    SSL_SESSION* session = SSL_get_session(ssl);
    const X509* certificate = SSL_SESSION_get0_peer(session);
    if (!certificate || SSL_session_reused(ssl) == 1) return 1;
    verified v;
    v.trust = trust_of(ssl).digest;
    v.until = first_end(SSL_get0_verified_chain(ssl));
    v.client = facts_of(certificate);
    // Such a name is for no charge point: its ticket is good for nothing, and the certificate stays for who asks.
    const bool fits =
        std::ranges::all_of(client_texts, [&](auto text) { return (v.client.*text).size() <= longest_text; });
    if (!fits) v = {};
    const std::string bytes = to_bytes(v);
    if (SSL_SESSION_set1_ticket_appdata(session, bytes.data(), bytes.size()) != 1) return 0;
    return !fits || forget_certificate(session) ? 1 : 0;
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
    const auto v = read(session);
    if (!v) return use;  // it began without a certificate; where one is demanded its context is another
    const std::int64_t now = std::time(nullptr);
    const client_trust& trust = trust_of(ssl);
    const bool holds = v->trust == trust.digest && now < v->until && now < trust.lists_due;
    return holds ? use : SSL_TICKET_RETURN_IGNORE_RENEW;
}

}  // namespace

void check_resumed_clients(ssl_ctx_st* context, const client_trust& trust) {
    SSL_CTX_set_ex_data(context, trust_index(), new client_trust(trust));
    SSL_CTX_set_session_ticket_cb(context, on_ticket_made, on_ticket_opened, nullptr);
}

std::optional<client_certificate> client_of_session(const ssl_st* ssl) {
    auto v = read(SSL_get_session(ssl));
    if (!v) return std::nullopt;
    return std::move(v->client);
}

}  // namespace voltgate
