// How a host program signs the certificate requests of charge points in place of the gateway.
#pragma once

#include <voltgate/asio.hpp>
#include <voltgate/ocpp/version.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace voltgate {

/// A SignCertificate of a charge point. Owns everything: it may be kept across awaits.
struct signing_request {
    std::string charge_point_id;  // as spelt in the URL
    std::string serial_number;    // as it told when it booted: not verified; empty: it did not
    ocpp::version ocpp_version{};
    /// The security profile that its authentication is good for. 0: it did not authenticate, and whoever signs its
    /// request makes it a trusted charge point. 1: its password went over the network in the clear.
    std::uint8_t authenticated_with = 0;
    std::string certificate_type;  // 2.x: "V2GCertificate", …; else "ChargingStationCertificate"
    std::string csr;               // PEM, as it was sent: nothing of it was checked
};

class signing_answer {
  public:
    enum class kind : std::uint8_t { use_default, sign, refuse };

    signing_answer() = default;  // use_default: the gateway decides as if there were no signer
    /// PEM: the charge point's certificate, then those of the CAs between it and the root. At most 10,000 characters.
    [[nodiscard]] static signing_answer sign(std::string chain) { return {kind::sign, std::move(chain)}; }
    /// The charge point is told Rejected. `reason` goes into the event certificate.requested.
    [[nodiscard]] static signing_answer refuse(std::string reason) { return {kind::refuse, std::move(reason)}; }

    /// Which of the three it is.
    [[nodiscard]] kind what() const noexcept { return kind_; }
    /// Only for sign.
    [[nodiscard]] const std::string& chain() const noexcept { return text_; }
    /// Only for refuse.
    [[nodiscard]] const std::string& reason() const noexcept { return text_; }

  private:
    signing_answer(kind k, std::string text) : kind_(k), text_(std::move(text)) {}

    kind kind_ = kind::use_default;
    std::string text_;
};

/// Runs as a coroutine on one of the gateway's threads, which it must not block. It has signing.timeout: after that it
/// is cancelled (terminal), and the charge point is told Rejected, as after an exception; it will ask again. One that
/// needs longer follows the event certificate.requested instead (signing.by_hand) and sends CertificateSigned itself.
using certificate_signer = std::function<asio::awaitable<signing_answer>(signing_request)>;

}  // namespace voltgate
