// The certificate requests of charge points, for those who answer them.
#pragma once

#include "async/io_types.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace voltgate {

class charge_point;
class session;

/// What a SignCertificate asks for.
struct certificate_request {
    certificate_request() = default;
    std::string csr;
    std::string type;                        // of 2.x; empty: not told
    std::optional<std::int64_t> request_id;  // of 2.1
};

/// The types of certificates that charge points ask for, in one spelling: `type` may be empty, as it is in 1.6.
[[nodiscard]] std::string_view certificate_type(std::string_view type) noexcept;

/// One request at a time for each charge point: nobody keeps the signer busy.
class signing_turn {
  public:
    signing_turn() = default;
    /// False: an earlier one is not over.
    [[nodiscard]] bool take(std::shared_ptr<charge_point> record);

  private:
    struct end_of_turn {
        void operator()(charge_point* c) const noexcept;
    };
    std::shared_ptr<charge_point> record_;
    std::unique_ptr<charge_point, end_of_turn> taken_;
};

/// What a SignCertificate is answered with, and what follows.
struct signing_decision {
    signing_decision() = default;
    bool accepted = false;
    std::string reason;      // why not, for people
    std::string chain;       // what was signed; empty: nothing was
    certificate_request of;  // without the CSR
    signing_turn turn;
};

/// Strand of the session.
class certificate_requests {
  public:
    virtual ~certificate_requests() = default;
    /// Asks the host program's signer if there is one, else the gateway's CA. Counts and logs.
    virtual io_awaitable<signing_decision> decide(std::shared_ptr<session> s, certificate_request r) = 0;
    /// Of an accepted request. What was signed for an older one of its type and is not sent yet does not go out any
    /// more. Sends what was signed now as a command, CertificateSigned, again if it may not have arrived. In the
    /// background.
    virtual io_awaitable<void> deliver(std::shared_ptr<session> s, const signing_decision& d) = 0;
};

}  // namespace voltgate
