// Whether a client that once showed a certificate may resume its session now. Its ticket says on what its certificate
// was verified and how long that holds; while both still count, resuming takes no signature. Otherwise the certificate,
// which the ticket holds without its chain, is verified anew, and a client that fails goes through a full handshake,
// which says what is wrong.
#pragma once

#include <array>
#include <cstdint>
#include <limits>

struct ssl_ctx_st;  // OpenSSL's SSL_CTX

namespace voltgate {

/// What client certificates are verified on.
struct client_trust {
    std::array<unsigned char, 32> digest{};                             // of all CAs and revocation lists
    std::int64_t lists_due = std::numeric_limits<std::int64_t>::max();  // seconds since 1970
};

void check_resumed_clients(ssl_ctx_st* context, const client_trust& trust);

}  // namespace voltgate
