// A small CA: signs the certificate requests of charge points. Made from files and then unchanged.
// Sources: "Improved security for OCPP 1.6-J" and OCPP 2.0.1 Part 2, A00.FR.404-405, 502-506 and use case A02; RFC
// 5280.
#pragma once

#include "security/openssl.hpp"

#include <voltgate/config.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

class platform;

/// What a certificate request may ask for.
struct allowed_subject {
    const security_config& rules;
    std::string_view identity;
    std::string_view serial_number;  // configured; empty: none
};

class signing_authority {
  public:
    struct loading;
    /// At `now`.
    [[nodiscard]] static loading load(const signing_config& c, std::chrono::system_clock::time_point now);

    struct result {
        std::string chain;    // PEM: what was signed, then the CAs between it and the root
        std::string refusal;  // for people; empty: signed
        bool failed = false;  // refused for the CA's sake, not for the request's
    };
    /// `csr`: PEM, from anybody. Nothing of it goes into the certificate but its key, CN and O. May take milliseconds.
    /// Thread-safe.
    [[nodiscard]] result sign(std::string_view csr, const allowed_subject& allowed, platform& machine) const;

    /// Of the CA's certificate.
    [[nodiscard]] std::chrono::system_clock::time_point expiry() const noexcept { return expiry_; }

  private:
    signing_authority() = default;

    struct subject {
        std::string common_name, organization;
    };
    [[nodiscard]] x509_ptr make_certificate(EVP_PKEY* key, const subject& s, platform& machine) const;

    x509_ptr certificate_;
    key_ptr key_;
    std::string issuers_;  // PEM
    duration validity_{};
    std::chrono::system_clock::time_point expiry_;
};

struct signing_authority::loading {
    std::shared_ptr<const signing_authority> authority;  // null: `error` says why
    std::string error;
    std::vector<std::string> warnings;
};

}  // namespace voltgate
