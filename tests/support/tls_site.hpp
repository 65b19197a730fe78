// The files of a gateway with TLS, in a directory of their own: CAs, certificates of both kinds, a revocation list.
#pragma once

#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_ca.hpp"
#include "support/tls_client.hpp"

#include <memory>
#include <string>

namespace voltgate::test {

class tls_site {
  public:
    tls_site();

    test_ca server_ca{"Server CA"}, client_ca{"Charge Point CA"};
    issued_certificate ec, rsa;

    [[nodiscard]] std::string path(const std::string& name) const;
    /// In one step, as deployment tools do it.
    void write(const std::string& name, const std::string& text) const;
    void write_server_certificate(const std::string& kind, const issued_certificate& c) const;

    /// [tls] with both certificates and the client CA.
    [[nodiscard]] tls_config config() const;
    /// A gateway whose first listener has this profile and lets in whom TLS lets in, and what `more` changes.
    [[nodiscard]] running_gateway::configure with_profile(int profile, running_gateway::configure more = {}) const;

    /// A client that trusts the server CA and has this certificate, if any.
    [[nodiscard]] std::shared_ptr<tls_client> client(tls_version version = tls_version::v13,
                                                     const issued_certificate& own = {}) const;
    [[nodiscard]] tls_client_options client_options(tls_version version = tls_version::v13) const;

  private:
    temporary_directory directory_;
};

/// connect_options and tcp_options through this client.
[[nodiscard]] connect_options through(std::shared_ptr<tls_client> client);
[[nodiscard]] tcp_options tcp_through(std::shared_ptr<tls_client> client);

}  // namespace voltgate::test
