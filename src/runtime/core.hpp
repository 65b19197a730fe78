// The gateway behind the public handle: threads, registry, stores, and what sessions ask of it.
#pragma once

#include "answers/answers.hpp"
#include "async/platform.hpp"
#include "commands/certificate_signing.hpp"
#include "commands/command_dispatcher.hpp"
#include "events/bus.hpp"
#include "http/gateway_parts.hpp"
#include "observe/log.hpp"
#include "observe/metrics.hpp"
#include "observe/refusal_log.hpp"
#include "security/tls_store.hpp"
#include "session/session.hpp"
#include "session/ws_session.hpp"
#include "stations/boot_admission.hpp"
#include "stations/publisher.hpp"
#include "stations/registry.hpp"
#include "stations/settings_view.hpp"
#include "stations/station_authenticator.hpp"
#include "stations/stations.hpp"
#include "stores/ports.hpp"
#include "text/error_text.hpp"

#include <voltgate/gateway.hpp>

#include <boost/asio/executor_work_guard.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace voltgate {

class journal;

class gateway_core {
  public:
    /// `clock`: null: the machine's. `machine` outlives it.
    gateway_core(voltgate::config c, std::shared_ptr<clock_source> clock, platform& machine);
    ~gateway_core();
    gateway_core(const gateway_core&) = delete;
    gateway_core& operator=(const gateway_core&) = delete;

    // Life. One caller at a time.
    /// Before start_threads(). `j`: what the stores are kept in; null: in memory.
    void set_stores(voltgate::stores s, voltgate::journal* j);
    /// Closes what was opened for a start that fails: stores, registry, certificates, audit log. Before
    /// start_threads().
    void undo_opening();
    /// Before start_threads(): from here on the log takes events, if it is to.
    void start_event_log();
    void start_threads();
    /// Stops what runs and joins the threads; sessions that are left end without a goodbye.
    void stop_threads();
    /// Closes all sessions in good order within `deadline`; completes when none is left. On thread 0.
    io_awaitable<void> drain_sessions(std::chrono::steady_clock::time_point deadline);

    // What it is made of.
    /// As it was started.
    [[nodiscard]] const voltgate::config& settings() const noexcept { return config_; }
    /// Those of charge points, and what was taken over since the start.
    [[nodiscard]] settings_view& settings_in_force() noexcept { return settings_in_force_; }
    [[nodiscard]] const clock_source& clock() const noexcept { return *clock_; }
    [[nodiscard]] platform& machine() noexcept { return machine_; }
    [[nodiscard]] voltgate::log& log() noexcept { return log_; }
    /// Before anything is logged.
    void set_log(std::unique_ptr<voltgate::log> l) { log_ = std::move(*l); }
    /// What cannot be opened anew is logged.
    void reopen_logs();
    /// For what is done through the HTTP interface.
    [[nodiscard]] voltgate::log& audit_log() noexcept { return audit_log_ ? *audit_log_ : log_; }
    /// Throws std::system_error when api.audit_file cannot be opened.
    void open_audit_log();
    /// Before start_threads(): reads certificates and keys, if a listener uses TLS. What is wrong with them.
    [[nodiscard]] error_text open_tls();
    /// Null: no listener uses TLS.
    [[nodiscard]] tls_store* tls() noexcept { return tls_.get(); }
    /// What the HTTP interface works with, once TLS and the audit log are open.
    [[nodiscard]] http::gateway_parts http_parts();
    [[nodiscard]] voltgate::metrics& metrics() noexcept { return metrics_; }
    [[nodiscard]] voltgate::registry& registry() noexcept { return registry_; }
    [[nodiscard]] voltgate::stations& stations() noexcept { return stations_; }
    [[nodiscard]] station_authenticator& authenticator() noexcept { return authenticator_; }
    [[nodiscard]] event_bus& bus() noexcept { return *bus_; }
    /// Null: switched off.
    [[nodiscard]] voltgate::journal* journal() noexcept { return journal_; }
    /// What is kept, and where.
    [[nodiscard]] voltgate::stores& stores() noexcept { return stores_; }
    /// What was set through the HTTP interface.
    [[nodiscard]] const std::shared_ptr<profile_map>& profiles() const noexcept { return profiles_; }
    [[nodiscard]] certificate_signing& signing() noexcept { return *signing_; }
    [[nodiscard]] command_dispatcher& commands() const noexcept { return *commands_; }
    [[nodiscard]] session_threads& threads() noexcept { return threads_; }
    [[nodiscard]] call_handlers& handlers() noexcept { return answers_->handlers(); }
    /// What its sessions ask.
    [[nodiscard]] const session_ports& ports() const noexcept { return *ports_; }
    [[nodiscard]] bool running() const noexcept { return running_; }
    [[nodiscard]] bool draining() const noexcept { return draining_; }
    /// No new command is taken from here on, and none waits any more for a charge point that is not connected.
    void set_draining();

    /// Where completions without an executor of their own run: the first thread, while it runs; else none.
    [[nodiscard]] asio::any_io_executor home() const;

  private:
    io_awaitable<void> save_regularly();
    io_awaitable<void> log_events(event_stream events);

    platform& machine_;
    const voltgate::config config_;
    const std::shared_ptr<const clock_source> clock_;
    voltgate::log log_;
    std::unique_ptr<voltgate::log> audit_log_;
    voltgate::metrics metrics_;
    refusal_log refusals_;
    std::unique_ptr<tls_store> tls_;
    const std::shared_ptr<profile_map> profiles_ = std::make_shared<profile_map>();
    memory_budget variables_memory_{256UL * 1024 * 1024};
    voltgate::stores stores_;
    voltgate::journal* journal_ = nullptr;
    boot_admission boots_{config_.limits};
    voltgate::registry registry_{config_.limits};
    settings_view settings_in_force_{config_, *profiles_, registry_, log_};
    voltgate::publisher publisher_{*clock_, stores_};
    voltgate::stations stations_{{config_, *clock_, log_, registry_, publisher_, stores_, refusals_}};
    station_authenticator authenticator_{{config_, *clock_, log_, registry_, stores_}};
    std::unique_ptr<answers> answers_;
    std::optional<session_ports> ports_;
    // What stands in their contexts at the end refers to all of the above.
    session_threads threads_;
    std::unique_ptr<event_bus> bus_;
    std::unique_ptr<command_dispatcher> commands_;
    std::unique_ptr<certificate_signing> signing_;

    std::vector<asio::executor_work_guard<io_executor>> work_;
    std::vector<std::unique_ptr<context_runner>> runners_;
    std::chrono::steady_clock::time_point started_at_;
    std::atomic<bool> running_{false}, draining_{false};
};

/// What a gateway runs on, for tests that look inside.
[[nodiscard]] gateway_core& core_of(gateway& g) noexcept;

}  // namespace voltgate
