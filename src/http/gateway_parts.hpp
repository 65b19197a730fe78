// What the HTTP interface is given of the gateway.
#pragma once

#include "async/platform.hpp"
#include "commands/certificate_signing.hpp"
#include "commands/command_dispatcher.hpp"
#include "events/bus.hpp"
#include "observe/log.hpp"
#include "observe/metrics.hpp"
#include "observe/refusal_log.hpp"
#include "security/tls_store.hpp"
#include "session/session.hpp"
#include "stations/registry.hpp"
#include "stations/settings_view.hpp"
#include "stations/station_authenticator.hpp"
#include "stations/stations.hpp"
#include "stores/ports.hpp"
#include "stores/queries.hpp"

#include <voltgate/clock.hpp>
#include <voltgate/config.hpp>

#include <atomic>
#include <chrono>
#include <memory>

namespace voltgate::http {

/// All of it outlives the connections.
struct gateway_parts {
    const config& settings;  // as it was started
    settings_view& settings_in_force;
    const clock_source& clock;
    platform& machine;
    voltgate::log& log;
    voltgate::log& audit_log;  // for what is done through the interface
    tls_store* tls;            // null: no listener uses TLS
    voltgate::metrics& metrics;
    voltgate::registry& registry;
    voltgate::stations& stations;
    const station_authenticator& authenticator;
    refusal_log& refusals;
    memory_budget& variables_memory;
    event_bus& bus;
    voltgate::stores& stores;
    std::shared_ptr<profile_map> profiles;  // what was set through the interface
    const certificate_signing& signing;
    command_dispatcher& commands;
    session_threads& threads;
    const session_ports& ports;  // what sessions ask
    const std::chrono::steady_clock::time_point& started_at;
    const std::atomic<bool>& running;
    const std::atomic<bool>& draining;

    /// What can be asked of what is stored; null: nothing is, without a journal.
    [[nodiscard]] const stored_queries* queries() const noexcept { return stores.queries.get(); }
};

}  // namespace voltgate::http
