// How a host program decides who charge points are in place of the gateway.
#pragma once

#include <voltgate/asio.hpp>
#include <voltgate/ocpp/version.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace voltgate {

/// The subject of a client certificate whose chain was verified.
struct presented_certificate {
    std::string common_name, organization, serial;
};

/// A charge point that wants to connect. Owns everything: it may be kept across awaits.
struct authentication_request {
    std::string charge_point_id;  // as spelt in the URL
    std::string remote_address;
    ocpp::version ocpp_version{};
    std::uint8_t security_profile = 0;    // of the listener
    std::optional<std::string> password;  // the bytes as they were sent; unset: none, or for another identity
    std::optional<presented_certificate> certificate;
};

class authentication_answer {
  public:
    enum class kind : std::uint8_t { use_default, accept, refuse };

    authentication_answer() = default;  // use_default: the gateway decides as if there were no authenticator
    /// It is who it says it is. Security profiles are respected nevertheless: see docs/security.md.
    [[nodiscard]] static authentication_answer accept() { return {kind::accept, {}}; }
    /// It is not: HTTP 401. `reason` is for the log alone.
    [[nodiscard]] static authentication_answer refuse(std::string reason) { return {kind::refuse, std::move(reason)}; }

    /// Which of the three it is.
    [[nodiscard]] kind what() const noexcept { return kind_; }
    /// For refuse; else empty.
    [[nodiscard]] const std::string& reason() const noexcept { return reason_; }

  private:
    authentication_answer(kind k, std::string reason) : kind_(k), reason_(std::move(reason)) {}

    kind kind_ = kind::use_default;
    std::string reason_;
};

/// Runs as a coroutine on one of the gateway's threads, which it must not block. It has security.authenticator_timeout:
/// after that it is cancelled (terminal), and the charge point is told to come again (503), as after an exception.
using authenticator = std::function<asio::awaitable<authentication_answer>(authentication_request)>;

}  // namespace voltgate
