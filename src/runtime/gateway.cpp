// The public handle: puts the rooms together, starts them, ends them in order.
#include "http/server.hpp"
#include "http/tcp_acceptor.hpp"
#include "machine/this_machine.hpp"
#include "observe/spawn.hpp"
#include "runtime/core.hpp"
#include "runtime/stores.hpp"

#include <voltgate/gateway.hpp>

#include <boost/asio/any_completion_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>

#include <future>
#include <mutex>
#include <system_error>
#include <utility>
#include <vector>

namespace voltgate {

struct gateway_runtime {
    gateway_runtime(config c, std::shared_ptr<clock_source> clock)
        : core(std::make_unique<gateway_core>(std::move(c), std::move(clock), this_machine())) {}

    std::unique_ptr<voltgate::journal> journal;  // what the core's stores are kept in
    leftovers left;                              // of the process before, until they are told
    std::unique_ptr<gateway_core> core;
    std::unique_ptr<http::server> server;

    bool started = false;  // a start went well
    std::mutex mutex;      // of what follows
    bool stopping = false, stopped = false;
    std::vector<asio::any_completion_handler<void()>> stop_handlers;  // of all who wait for the stop
};

namespace {

void post_completion(gateway_runtime& r, asio::any_completion_handler<void()> handler) {
    const asio::any_io_executor home = r.core->home();
    if (!home) {
        const auto executor = asio::get_associated_executor(handler, asio::any_completion_executor());
        return executor ? asio::dispatch(executor, std::move(handler)) : std::move(handler)();
    }
    asio::post(home, [home, handler = std::move(handler)]() mutable {
        const auto executor = asio::get_associated_executor(handler, asio::any_completion_executor(home));
        asio::dispatch(executor, std::move(handler));
    });
}

void finish_stop(gateway_runtime& r) {
    std::vector<asio::any_completion_handler<void()>> handlers;
    {
        const std::lock_guard lock(r.mutex);
        r.stopped = true;
        handlers = std::move(r.stop_handlers);
    }
    for (auto& handler : handlers) post_completion(r, std::move(handler));
}

io_awaitable<void> stop_in_order(gateway_runtime& r) {
    auto& core = *r.core;
    const auto deadline = core.clock().steady() + core.settings().shutdown.timeout;
    if (r.server) r.server->stop_accepting();
    co_await core.drain_sessions(deadline);
    if (r.server) r.server->close_connections();
    constexpr std::chrono::milliseconds step(5);
    thread_timers& timers = core.threads().front()->io.timers;
    while (core.clock().steady() < deadline &&
           (core.stations().live_sessions() > 0 || (r.server && r.server->connections() > 0))) {
        co_await timers.async_pause(step, as_result);
    }
    // Subscribers see the end of it, unless the disk takes too long.
    while (r.journal && r.journal->stats().buffered_bytes > 0 && core.clock().steady() < deadline) {
        co_await timers.async_pause(step, as_result);
    }
    // Whoever still waits for a page waits no longer.
    if (r.journal) r.journal->reader().stop();
    core.bus().close();
}

error_text config_errors(const config& c) {
    std::string all;
    for (const auto& e : check_config(c)) all.append(all.empty() ? "" : "; ").append(to_string(e));
    return all.empty() ? error_text() : error_text(std::move(all));
}

error_text open_audit_log(gateway_core& core) {
    try {
        core.open_audit_log();
        return {};
    } catch (const std::system_error& e) {
        return "api.audit_file: " + core.settings().api.audit_file + ": " + e.code().message();
    }
}

// Everything up to the threads. After an error some of it is open.
error_code open_all(gateway_runtime& r, std::string& detail) {
    auto& core = *r.core;
    const auto failed = [&detail](const error_text& wrong) {
        detail = wrong.text();
        return static_cast<bool>(wrong);
    };
    if (failed(config_errors(core.settings())) || failed(open_audit_log(core))) return errc::invalid_config;
    if (failed(core.open_tls()) || failed(core.signing().open())) return errc::tls_unusable;
    if (failed(open_stores(core, r.journal, r.left))) return errc::journal_unusable;
    r.server = std::make_unique<http::server>(core.http_parts());
    return http::listen_on_sockets(*r.server, detail);
}

// The stores go before the journal that they are kept in.
void close_all(gateway_runtime& r) {
    r.server.reset();
    r.core->undo_opening();
    r.journal.reset();
}

charge_point_info info_of(const registry::located& where) {
    charge_point_info info;
    info.id = where.record->id();
    if (!where.live) return info;
    info.connected = true;
    info.epoch = where.live->epoch();
    info.ocpp_version = where.live->version();
    info.remote_address = where.live->remote_address();
    info.connected_at = where.live->connected_at();
    info.last_activity = where.live->last_activity();
    return info;
}

}  // namespace

gateway::gateway(voltgate::config c, std::shared_ptr<clock_source> clock)
    : runtime_(std::make_unique<gateway_runtime>(std::move(c), std::move(clock))) {}

gateway::~gateway() {
    if (runtime_->server) {
        runtime_->server->stop_accepting();
        runtime_->server->close_connections();
    }
    runtime_->core->stop_threads();
    if (runtime_->journal) runtime_->journal->close();
}

gateway_core& core_of(gateway& g) noexcept { return *g.runtime_->core; }

void gateway::on_call(std::string action, call_handler handler) {
    runtime_->core->handlers().set(std::move(action), std::nullopt, std::move(handler));
}

void gateway::on_call_of(ocpp::version v, std::string action, call_handler handler) {
    runtime_->core->handlers().set(std::move(action), v, std::move(handler));
}

void gateway::set_authenticator(authenticator a) {
    runtime_->core->authenticator().set_host_authenticator(std::move(a));
}

void gateway::set_certificate_signer(certificate_signer s) { runtime_->core->signing().set_signer(std::move(s)); }

void gateway::set_log_sink(log_sink sink) {
    auto& core = *runtime_->core;
    core.set_log(std::make_unique<log>(core.settings().log, core.clock(), std::move(sink)));
}

error_code gateway::open_log() {
    auto& core = *runtime_->core;
    try {
        core.set_log(std::make_unique<log>(core.settings().log, core.machine()));
        return {};
    } catch (const std::system_error& e) {
        return e.code();
    }
}

void gateway::write_log(log_config::severity s, std::string_view message,
                        std::initializer_list<log_field> fields) noexcept {
    runtime_->core->log().write(s, message, fields);
}

void gateway::reopen_logs() { runtime_->core->reopen_logs(); }

error_code gateway::start(std::string* detail) {
    auto& r = *runtime_;
    std::string text;
    error_code ec = errc::already_started;
    if (!r.started) {
        ec = open_all(r, text);
        if (ec) close_all(r);
    }
    if (ec) {
        if (detail) *detail = text.empty() ? ec.message() : std::move(text);
        return ec;
    }
    r.started = true;
    r.core->start_event_log();
    start_stores(*r.core, r.journal.get(), r.left);
    r.left = {};
    r.core->start_threads();
    r.server->start();
    return {};
}

std::uint16_t gateway::port() const noexcept { return runtime_->server ? runtime_->server->port() : std::uint16_t{0}; }

std::vector<std::uint16_t> gateway::ports() const {
    return runtime_->server ? runtime_->server->ports() : std::vector<std::uint16_t>();
}

void gateway::reload() {
    if (runtime_->core->tls()) runtime_->core->tls()->reload();
    runtime_->core->signing().reload();
}

std::vector<config_error> gateway::reload(const voltgate::config& c) {
    return runtime_->core->settings_in_force().take_over(c);
}

bool gateway::is_running() const noexcept { return runtime_->core->running(); }

void gateway::start_stop(stop_handler handler) {
    auto& r = *runtime_;
    std::unique_lock lock(r.mutex);
    if (r.stopped || !r.core->running()) {
        lock.unlock();
        return post_completion(r, std::move(handler));
    }
    r.stop_handlers.push_back(std::move(handler));
    if (std::exchange(r.stopping, true)) return;
    lock.unlock();
    r.core->set_draining();
    asio::co_spawn(r.core->threads().front()->executor(), stop_in_order(r), [&r](const std::exception_ptr& failure) {
        log_failure(r.core->log(), "the stop", failure);
        finish_stop(r);
    });
}

void gateway::stop() {
    if (!runtime_->core->running()) return;
    std::promise<void> done;
    async_stop([&done] { done.set_value(); });
    done.get_future().wait();
    runtime_->core->stop_threads();
    if (runtime_->journal) runtime_->journal->close();
}

void gateway::start_command(command_handler handler, std::string charge_point_id, command c) {
    runtime_->core->commands().start_command(std::move(handler), std::move(charge_point_id), std::move(c));
}

void gateway::start_cancel(cancel_handler handler, std::string command_id) {
    runtime_->core->commands().start_cancel(std::move(handler), std::move(command_id));
}

event_stream gateway::subscribe(event_filter filter, std::size_t capacity) {
    return event_stream(runtime_->core->bus().subscribe(std::move(filter), capacity));
}

std::vector<charge_point_info> gateway::charge_points(std::string_view after, std::size_t limit) const {
    std::vector<charge_point_info> infos;
    for (const auto& where : runtime_->core->registry().page(after, limit, false)) infos.push_back(info_of(where));
    return infos;
}

std::optional<charge_point_info> gateway::find_charge_point(std::string_view id) const {
    const auto where = runtime_->core->registry().locate(id);
    if (!where.record) return std::nullopt;
    return info_of(where);
}

asio::any_io_executor gateway::get_executor() const { return runtime_->core->threads().front()->executor(); }

}  // namespace voltgate
