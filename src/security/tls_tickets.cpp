#include "security/tls_tickets.hpp"

#include "async/platform.hpp"
#include "security/openssl.hpp"

#include <voltgate/clock.hpp>

#include <algorithm>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <utility>

namespace voltgate {

namespace {

ticket_key random_key(random_source& random) {
    ticket_key k;
    for (std::span<unsigned char> part : {std::span<unsigned char>(k.name), std::span<unsigned char>(k.encryption),
                                          std::span<unsigned char>(k.authentication)}) {
        random.fill(part);
    }
    return k;
}

// The context's own reference to its keys: it may outlive whoever made it.
using keys_ptr = std::shared_ptr<tls_ticket_keys>;

int keys_index() {
    static const int index = SSL_CTX_get_ex_new_index(
        0, nullptr, nullptr, nullptr,
        [](void*, void* keys, CRYPTO_EX_DATA*, int, long, void*) { delete static_cast<keys_ptr*>(keys); });
    return index;
}

bool prepare(const ticket_key& key, const unsigned char* iv, EVP_CIPHER_CTX* cipher, EVP_MAC_CTX* mac, bool seal) {
    char digest[] = "SHA256";
    auto authentication = key.authentication;
    const std::array parameters = {
        OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_KEY, authentication.data(), authentication.size()),
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0), OSSL_PARAM_construct_end()};
    return EVP_MAC_CTX_set_params(mac, parameters.data()) == 1 &&
           EVP_CipherInit_ex(cipher, EVP_aes_256_cbc(), nullptr, key.encryption.data(), iv, seal ? 1 : 0) == 1;
}

// OpenSSL's contract: -1 an error, 0 no such key (decrypting), 1 go on, 2 go on and give the client a new ticket.
int seal_or_open(SSL* ssl, unsigned char* name, unsigned char* iv, EVP_CIPHER_CTX* cipher, EVP_MAC_CTX* mac, int seal) {
    auto& keys = **static_cast<keys_ptr*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), keys_index()));
    if (seal) {
        const ticket_key key = keys.current();
        keys.random().fill({iv, static_cast<std::size_t>(EVP_CIPHER_get_iv_length(EVP_aes_256_cbc()))});
        std::copy(key.name.begin(), key.name.end(), name);
        return prepare(key, iv, cipher, mac, true) ? 1 : -1;
    }
    const auto found = keys.find(std::span<const unsigned char, 16>(name, 16));
    if (!found) return 0;
    if (!prepare(found->key, iv, cipher, mac, false)) return -1;
    return found->renew || SSL_version(ssl) >= TLS1_3_VERSION ? 2 : 1;  // those of TLS 1.3 are for one use
}

// No exception may pass through OpenSSL.
int on_ticket(SSL* ssl, unsigned char* name, unsigned char* iv, EVP_CIPHER_CTX* cipher, EVP_MAC_CTX* mac, int seal) {
    try {
        return seal_or_open(ssl, name, iv, cipher, mac, seal);
    } catch (const std::exception&) {
        return -1;
    }
}

}  // namespace

tls_ticket_keys::tls_ticket_keys(platform& machine)
    : machine_(machine),
      current_(random_key(machine.random())),
      previous_(random_key(machine.random())),
      made_(machine.clock().steady()) {}

tls_ticket_keys::~tls_ticket_keys() {
    OPENSSL_cleanse(&current_, sizeof current_);
    OPENSSL_cleanse(&previous_, sizeof previous_);
}

void tls_ticket_keys::renew_if_old() {
    const auto now = machine_.clock().steady();
    if (now - made_ < lifetime) return;
    const ticket_key fresh = random_key(machine_.random());
    previous_ = now - made_ < 2 * lifetime ? current_ : random_key(machine_.random());
    current_ = fresh;
    made_ = now;
}

random_source& tls_ticket_keys::random() noexcept { return machine_.random(); }

ticket_key tls_ticket_keys::current() {
    const std::lock_guard lock(mutex_);
    renew_if_old();
    return current_;
}

std::optional<tls_ticket_keys::found> tls_ticket_keys::find(std::span<const unsigned char, 16> name) {
    const std::lock_guard lock(mutex_);
    renew_if_old();
    const auto is = [&](const ticket_key& key) { return std::equal(name.begin(), name.end(), key.name.begin()); };
    if (is(current_)) return found{current_, false};
    if (is(previous_)) return found{previous_, true};
    return std::nullopt;
}

void use_ticket_keys(ssl_ctx_st* context, std::shared_ptr<tls_ticket_keys> keys) {
    SSL_CTX_set_ex_data(context, keys_index(), new keys_ptr(std::move(keys)));
    SSL_CTX_set_tlsext_ticket_key_evp_cb(context, on_ticket);
    SSL_CTX_set_timeout(context, std::chrono::seconds(tls_ticket_keys::lifetime).count());
}

}  // namespace voltgate
