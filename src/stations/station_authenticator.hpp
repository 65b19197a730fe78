// Who a charge point is: the host program's authenticator says so, or what is stored and configured of it.
#pragma once

#include "async/io_types.hpp"
#include "security/authentication.hpp"
#include "session/session_thread.hpp"

#include <voltgate/authenticator.hpp>
#include <voltgate/ocpp/version.hpp>

#include <string_view>
#include <utility>

namespace voltgate {

class clock_source;
class log;
class registry;
struct charge_point_settings;
struct config;
struct stores;

/// A charge point that wants to connect. Refers to what it is made from.
struct upgrade_attempt {
    std::string_view charge_point_id, remote_address;
    std::string_view authorization;  // the header's value; empty: there is none
    ocpp::version version = ocpp::version::v16;
    const peer_facts& peer;
    const charge_point_settings& settings;
};

class station_authenticator {
  public:
    /// What it works with; all outlives it.
    struct parts {
        const config& settings;
        const clock_source& clock;
        voltgate::log& log;
        const registry& stations;
        const voltgate::stores& stores;
    };
    explicit station_authenticator(const parts& p) noexcept : parts_(p) {}

    /// Before the threads run: asked before what is known here.
    void set_host_authenticator(authenticator a) { of_host_ = std::move(a); }

    /// Whether it is who it says it is; a failure is counted. On that thread.
    io_awaitable<authentication> authenticate(session_thread& thread, const upgrade_attempt& a) const;

  private:
    struct attempt;
    io_awaitable<void> ask_host(session_thread& thread, const upgrade_attempt& a, attempt& d) const;
    io_awaitable<void> promote_password(const upgrade_attempt& a, const attempt& d) const;
    void report(session_thread& thread, const upgrade_attempt& a, const attempt& d) const;

    const parts parts_;
    authenticator of_host_;  // may be empty
};

}  // namespace voltgate
