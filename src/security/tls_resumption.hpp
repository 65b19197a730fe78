// Whether a client that once showed a certificate may resume its session now. Its ticket says on what its certificate
// was verified, how long that holds and whom it names; while CAs and revocation lists are the same, resuming takes no
// signature. Otherwise the client goes through a full handshake, which says what is wrong. The certificate itself is
// not in the ticket: OpenSSL takes longer to read one than for all the rest.
#pragma once

#include "security/peer.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <optional>

struct ssl_st;      // OpenSSL's SSL
struct ssl_ctx_st;  // OpenSSL's SSL_CTX

namespace voltgate {

/// What client certificates are verified on.
struct client_trust {
    std::array<unsigned char, 32> digest{};                             // of all CAs and revocation lists
    std::int64_t lists_due = std::numeric_limits<std::int64_t>::max();  // seconds since 1970
};

void check_resumed_clients(ssl_ctx_st* context, const client_trust& trust);

/// The client whose certificate was verified when the session began and is in it no more; nullopt: there was none.
[[nodiscard]] std::optional<client_certificate> client_of_session(const ssl_st* ssl);

}  // namespace voltgate
