// What all TLS connections share: certificates, keys, the CAs of clients and their revocation lists, cipher suites.
// Made from files and then unchanged; a reload makes another one, and connections keep the one they began with.
//
// Sources: OCPP 1.6 security whitepaper and OCPP 2.0.1 part 2, A00.FR.313-325, 416-425, 502-506.
#pragma once

#include "security/tls_engine.hpp"
#include "security/tls_resumption.hpp"
#include "security/tls_tickets.hpp"

#include <voltgate/config.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

struct ssl_ctx_st;

namespace voltgate {

/// When what was loaded expires; unset: there is none.
struct tls_expiry {
    using time = std::optional<std::chrono::system_clock::time_point>;
    time ec, rsa;
    time client_ca;  // the first of them
    time crl;        // when the first list is due to be replaced
};

class tls_context {
  public:
    struct loading;
    using time_point = std::chrono::system_clock::time_point;
    /// At `now`. Thread-safe.
    [[nodiscard]] static loading load(const tls_config& c, std::shared_ptr<tls_ticket_keys> keys, time_point now);

    /// The server's end of a connection. `demand_certificate`: the handshake fails without a client certificate that
    /// the client CA has issued and not revoked, in a resumed session too. Any thread.
    [[nodiscard]] std::unique_ptr<tls_engine> accept(int descriptor, bool demand_certificate) const;

    [[nodiscard]] const tls_expiry& expiry() const noexcept { return expiry_; }

  private:
    struct free_context {
        void operator()(ssl_ctx_st* context) const noexcept;
    };
    tls_context();

    void set_protocol();
    void add_certificates(const tls_config& c, time_point now, std::vector<std::string>& warnings);
    void set_client_ca(const std::string& file, time_point now, std::vector<std::string>& warnings);
    void set_revocation_lists(const std::string& file, time_point now, std::vector<std::string>& warnings);

    [[nodiscard]] client_trust trust() const;

    std::unique_ptr<ssl_ctx_st, free_context> context_;
    tls_expiry expiry_;
};

struct tls_context::loading {
    std::shared_ptr<const tls_context> context;  // null: `error` says why
    std::string error;
    std::vector<std::string> warnings;
};

}  // namespace voltgate
