#include "runtime/core.hpp"

#include "async/op_allocator.hpp"
#include "async/task_scope.hpp"
#include "observe/spawn.hpp"
#include "ocpp/personal.hpp"
#include "ocpp/secrets.hpp"
#include "runtime/drain.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace voltgate {

namespace {

std::size_t io_thread_count(const server_config& c, const platform& machine) noexcept {
    if (c.io_threads > 0) return c.io_threads;
    return std::clamp<std::size_t>(machine.processors(), 1, 4);
}

}  // namespace

gateway_core::gateway_core(voltgate::config c, std::shared_ptr<clock_source> clock, platform& machine)
    : machine_(machine),
      config_(std::move(c)),
      clock_(clock ? std::move(clock) : std::shared_ptr<const clock_source>(std::shared_ptr<void>(), &machine.clock())),
      metrics_(io_thread_count(config_.server, machine)) {
    ocpp::add_secret_names(config_.security.secret_names);
    const std::size_t count = io_thread_count(config_.server, machine_);
    for (std::size_t i = 0; i < count; ++i) {
        threads_.push_back(std::make_unique<session_thread>(i, config_.history.bytes / count, *clock_, machine_,
                                                            metrics_.shard_of(i)));
    }
    auto& first = *threads_.front();
    bus_ = std::make_unique<event_bus>(first.executor(), machine_.random());
    const command_dispatcher::parts of_commands{first, config_,   *clock_, machine_.random(),
                                                log_,  registry_, stores_, variables_memory_};
    commands_ = std::make_unique<command_dispatcher>(of_commands);
    signing_ = std::make_unique<certificate_signing>(config_, *clock_, machine_, log_, *commands_);
    const auto came = [this](const std::string& key) { commands_->release_waiting(key); };
    stations_.set_observer(came);
    const answer_context of_answers{config_,    *clock_,           machine_.random(),  log_,
                                    publisher_, stations_,         settings_in_force_, boots_,
                                    stores_,    variables_memory_, *signing_,          came};
    answers_ = std::make_unique<answers>(of_answers);
    ports_.emplace(session_ports{stations_, *answers_, *commands_});
}

gateway_core::~gateway_core() {
    stop_threads();
    commands_->abandon();
    signing_->stop();
    registry_.clear();          // from here on sessions are held by what is pending alone
    threads_.clear();           // with that; its memory came to this thread
    stores_.ownership.reset();  // nobody is told of losses any more
    op_blocks::clear();
}

error_text gateway_core::open_tls() {
    const auto listeners = listeners_of(config_);
    if (std::ranges::none_of(listeners, &listener_config::uses_tls)) return {};
    auto store = std::make_unique<tls_store>(config_.tls, machine_, log_);
    error_text wrong = store->open();
    if (!wrong) tls_ = std::move(store);
    return wrong;
}

void gateway_core::set_stores(voltgate::stores s, voltgate::journal* j) {
    stores_ = std::move(s);
    journal_ = j;
    if (!stores_.ownership) return;
    stores_.ownership->on_lost(
        [this](const std::string& charge_point_id, std::uint64_t epoch) { stations_.lost(charge_point_id, epoch); });
}

void gateway_core::undo_opening() {
    set_stores({}, nullptr);
    registry_.clear();  // the next start reads again what is stored then
    signing_->stop();
    tls_.reset();
    audit_log_.reset();
}

void gateway_core::start_event_log() {
    if (!log_.takes_events()) return;
    event_stream events(bus_->subscribe({}, 10'000));
    spawn(threads_.front()->executor(), log_, "the log of events", log_events(std::move(events)));
}

void gateway_core::start_threads() {
    started_at_ = clock_->steady();
    running_ = true;
    for (auto& thread : threads_) {
        thread->history.show_in(log_, config_.log.personal);
        work_.emplace_back(thread->executor());
        thread->io.timers.start();
    }
    spawn(threads_.front()->executor(), log_, "the saving of charge points", save_regularly());
    commands_->resume();
    const auto failed = [this](const std::exception& e) {
        log_.error("an exception ended a session or a request", {{"what", e.what()}});
    };
    for (auto& thread : threads_) runners_.push_back(machine_.run(thread->executor(), failed));
}

void gateway_core::open_audit_log() {
    if (config_.api.audit_file.empty()) return;
    log_config c;
    c.format = log_config::format::json;
    c.file = config_.api.audit_file;
    c.events = false;
    audit_log_ = std::make_unique<voltgate::log>(c, machine_);
}

void gateway_core::reopen_logs() {
    const auto reopen = [this](voltgate::log& each) {
        if (const auto ec = each.reopen())
            log_.error("a log file cannot be opened anew, the old one is written on", {{"reason", ec.message()}});
    };
    reopen(log_);
    if (audit_log_) reopen(*audit_log_);
}

asio::any_io_executor gateway_core::home() const {
    if (!running_) return {};
    return threads_.front()->executor();
}

void gateway_core::set_draining() {
    draining_ = true;
    commands_->drain();
}

void gateway_core::stop_threads() {
    running_ = false;
    if (!runners_.empty()) {  // from here on nothing is handed to a thread that may have ended
        commands_->stop();
        runners_.front()->catch_up();
    }
    for (auto& thread : threads_) {
        asio::post(thread->executor(), [&t = *thread] {
            t.io.timers.stop();
            drop_all(t);
        });
    }
    bus_->close();
    // The first thread last: the others tell it what became of their commands.
    while (work_.size() > runners_.size()) work_.pop_back();  // not all threads could be made
    while (!runners_.empty()) {
        work_.pop_back();
        runners_.pop_back();
    }
    if (stores_.charge_points) stores_.charge_points->save();
}

http::gateway_parts gateway_core::http_parts() {
    return {config_,  settings_in_force_, *clock_,   machine_,       log_,      audit_log(),       tls_.get(),
            metrics_, registry_,          stations_, authenticator_, refusals_, variables_memory_, *bus_,
            stores_,  profiles_,          *signing_, *commands_,     threads_,  *ports_,           started_at_,
            running_, draining_};
}

// At most once a second; more often where somebody wants everything to be fast.
io_awaitable<void> gateway_core::save_regularly() {
    duration shortest =
        std::min({config_.session.write_timeout, config_.session.message_timeout, config_.session.handler_timeout,
                  config_.events.commit_timeout, config_.session.close_timeout, duration(4000)});
    for (const duration d : {config_.session.idle_timeout, config_.session.ping_interval})
        if (d.count() > 0) shortest = std::min(shortest, d);
    const duration interval = std::max(shortest / 4, duration(10));
    while (running_) {
        co_await threads_.front()->io.timers.async_pause(interval, as_result);
        stores_.charge_points->save();
        refusals_.tell_unlogged(clock_->steady(), log_);
    }
}

io_awaitable<void> gateway_core::log_events(event_stream events) {
    std::string line;
    for (;;) {
        auto [ec, item] = co_await events.async_next(as_result);
        if (ec) co_return;
        if (item.missed > 0) log_.warning("events were not logged: too many at once", {{"missed", item.missed}});
        line.clear();
        append_json(line, *item.event, config_.node_id);
        if (!config_.log.personal) ocpp::mask_tags(line);
        log_.event(line);
    }
}

io_awaitable<void> gateway_core::drain_sessions(std::chrono::steady_clock::time_point deadline) {
    drain_pace pace;
    pace.deadline = deadline;
    pace.patience = deadline - (deadline - clock_->steady()) / 2;  // what is in flight may take half of the time
    pace.closes_per_second =
        static_cast<double>(config_.shutdown.closes_per_second) / static_cast<double>(threads_.size());
    task_scope draining;
    for (auto& thread : threads_) {
        auto failed = [this](const std::exception_ptr& failure) {
            log_failure(log_, "closing all sessions of a thread", failure);
        };
        draining.spawn(threads_.front()->executor(), drain(*thread, machine_.random(), pace), std::move(failed),
                       thread->executor());
    }
    co_await draining.async_join(threads_.front()->io.timers);
}

}  // namespace voltgate
