// The gateway behind the public handle: threads, registry, stores, and what sessions ask of it.
#pragma once

#include "events/bus.hpp"
#include "gateway/boot_admission.hpp"
#include "gateway/call_handlers.hpp"
#include "gateway/command_operation.hpp"
#include "gateway/ports.hpp"
#include "gateway/registry.hpp"
#include "gateway/settings_book.hpp"
#include "observe/log.hpp"
#include "observe/metrics.hpp"
#include "observe/refusal_log.hpp"
#include "security/authentication.hpp"
#include "security/tls_store.hpp"
#include "session/session.hpp"
#include "session/ws_session.hpp"

#include <voltgate/authenticator.hpp>
#include <voltgate/gateway.hpp>

#include <boost/asio/executor_work_guard.hpp>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace voltgate {

class command_desk;
class journal;
class signing_desk;

/// A charge point that wants to connect. Refers to what it is made from.
struct upgrade_attempt {
    std::string_view charge_point_id, remote_address;
    std::string_view authorization;  // the header's value; empty: there is none
    ocpp::version version = ocpp::version::v16;
    const peer_facts& peer;
    const charge_point_settings& settings;
};

class gateway_core final : public session_host {
  public:
    gateway_core(voltgate::config c, std::shared_ptr<clock_source> clock);
    ~gateway_core() override;

    // Life. One caller at a time.
    /// Before start_threads(). `j`: what the stores are kept in; null: in memory.
    void set_stores(stores s, voltgate::journal* j) noexcept {
        stores_ = std::move(s);
        journal_ = j;
    }
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
    /// The same with what was taken over since. Any thread.
    [[nodiscard]] std::shared_ptr<const voltgate::config> in_force() const;
    /// What is wrong with it; then nothing was taken over. See gateway::reload(). Any thread.
    [[nodiscard]] std::vector<config_error> take_over(const voltgate::config& c);
    [[nodiscard]] const clock_source& clock() const noexcept { return *clock_; }
    [[nodiscard]] voltgate::log& log() noexcept { return *log_; }
    void set_log(std::unique_ptr<voltgate::log> l) { log_ = std::move(l); }
    /// For what is done through the HTTP interface.
    [[nodiscard]] voltgate::log& audit_log() noexcept { return audit_log_ ? *audit_log_ : *log_; }
    /// Throws std::system_error when api.audit_file cannot be opened.
    void open_audit_log();
    /// Before start_threads(): reads certificates and keys, if a listener uses TLS. What is wrong, if anything is.
    [[nodiscard]] std::string open_tls();
    /// Null: no listener uses TLS.
    [[nodiscard]] tls_store* tls() noexcept { return tls_.get(); }
    [[nodiscard]] voltgate::metrics& metrics() noexcept { return metrics_; }
    [[nodiscard]] voltgate::registry& registry() noexcept { return registry_; }
    [[nodiscard]] refusal_log& refusals() noexcept { return refusals_; }
    [[nodiscard]] memory_budget& variables_memory() noexcept { return variables_memory_; }
    [[nodiscard]] event_bus& bus() noexcept { return *bus_; }
    /// Null: switched off.
    [[nodiscard]] voltgate::journal* journal() noexcept { return journal_; }
    [[nodiscard]] event_port& events() noexcept { return *stores_.events; }
    /// Of message_mark: a secret of the stores.
    [[nodiscard]] std::uint64_t mark_key() const noexcept { return stores_.mark_key; }
    [[nodiscard]] transaction_port& transactions() noexcept { return *stores_.transactions; }
    [[nodiscard]] id_tag_port& id_tags() noexcept { return *stores_.id_tags; }
    /// The managed list; null: there is none without a journal.
    [[nodiscard]] journal_id_tags* id_tag_list() noexcept { return stores_.id_tag_list; }
    [[nodiscard]] command_ledger_port& command_ledger() noexcept { return *stores_.commands; }
    [[nodiscard]] credential_port& credentials() noexcept { return *stores_.credentials; }
    /// What was set through the HTTP interface.
    [[nodiscard]] const std::shared_ptr<profile_map>& profiles() const noexcept { return profiles_; }
    [[nodiscard]] profile_port& profile_store() noexcept { return *stores_.profiles; }
    [[nodiscard]] signing_desk& signing() noexcept { return *signing_; }
    [[nodiscard]] command_desk& desk() noexcept { return *desk_; }
    [[nodiscard]] std::vector<std::unique_ptr<session_thread>>& threads() noexcept { return threads_; }
    [[nodiscard]] call_handlers& handlers() noexcept { return handlers_; }
    /// Before start_threads().
    void set_authenticator(authenticator a) { authenticator_ = std::move(a); }
    [[nodiscard]] std::chrono::steady_clock::time_point started_at() const noexcept { return started_at_; }
    [[nodiscard]] bool running() const noexcept { return running_; }
    [[nodiscard]] bool draining() const noexcept { return draining_; }
    /// No new command is taken from here on, and none waits any more for a charge point that is not connected.
    void set_draining();
    [[nodiscard]] std::size_t live_sessions() const noexcept { return live_sessions_; }

    /// Where completions without an executor of their own run: the first thread, while it runs.
    [[nodiscard]] asio::any_io_executor home() const;

    // Doing.
    using command_handler = asio::any_completion_handler<void(error_code, command_result)>;
    void start_command(command_handler handler, std::string charge_point_id, command c, caller_patience p = {});
    /// As gateway::async_send_command, for callers who may be content with less than the outcome.
    template <class Token>
    auto async_send_command(std::string charge_point_id, command c, caller_patience p, Token&& token) {
        auto initiation = [this](auto&& handler, std::string id, command wanted, caller_patience patience) {
            start_command(std::forward<decltype(handler)>(handler), std::move(id), std::move(wanted),
                          std::move(patience));
        };
        return asio::async_initiate<Token, void(error_code, command_result)>(
            std::move(initiation), token, std::move(charge_point_id), std::move(c), std::move(p));
    }
    /// See gateway::async_cancel_command.
    void start_cancel(cancel_operation::handler handler, std::string command_id);
    template <class Token>
    auto async_cancel_command(std::string command_id, Token&& token) {
        auto initiation = [this](auto&& handler, std::string id) {
            start_cancel(std::forward<decltype(handler)>(handler), std::move(id));
        };
        return asio::async_initiate<Token, void(error_code, command_cancellation)>(std::move(initiation), token,
                                                                                   std::move(command_id));
    }
    /// Grows with every command.
    [[nodiscard]] std::uint64_t next_ticket() noexcept { return ++next_ticket_; }
    [[nodiscard]] std::string message_id(std::uint64_t ticket) const {
        return message_id_prefix_ + std::to_string(ticket);
    }
    /// Whether it is who it says it is; a failure is counted. On that thread.
    io_awaitable<authentication> authenticate(session_thread& thread, const upgrade_attempt& a);
    /// Makes a session of an upgraded connection, on its thread. Call it there.
    void adopt(session_thread& thread, session_origin origin, accepted_upgrade upgrade, settings_ptr settings);
    /// What a boot is answered, `wanted` unless too many come; counted.
    [[nodiscard]] boot_config admit_boot(session_thread& thread, const boot_config& wanted);
    /// By the last boot that is known of it, if there was one.
    [[nodiscard]] effective_settings effective_settings_of(std::string_view charge_point_id) const {
        return effective_settings_of(charge_point_id, profiles_->find(charge_point_id));
    }
    /// As they would be with these settings of its own; null: with none.
    [[nodiscard]] effective_settings effective_settings_of(std::string_view charge_point_id, profile_ptr own) const;
    [[nodiscard]] settings_ptr settings_of(std::string_view charge_point_id) const {
        return effective_settings_of(charge_point_id).in_force;
    }
    /// What they depend on has changed, but for the configuration: its session goes by those in force now. Any thread.
    void renew_settings(std::string_view charge_point_id);
    /// Recent frames of one charge point, oldest first.
    [[nodiscard]] std::vector<history_entry> messages(std::string_view charge_point_id, std::size_t limit) const;
    /// See history_ring::rewrite. Any thread.
    void rewrite_messages(const std::function<std::string(std::string_view)>& change);

    /// An empty payload to build the next event of a session in, with the memory of the last one.
    [[nodiscard]] static std::string& new_payload(session& s) noexcept;
    /// Publishes an event of a session, with the payload that was built in new_payload(). Strand of the session.
    void publish(session& s, event_type type,
                 std::optional<std::chrono::system_clock::time_point> occurred_at = std::nullopt);
    /// All members but payload and id, from a session.
    void fill_event(const session& s, event& e, event_type type,
                    std::optional<std::chrono::system_clock::time_point> occurred_at) const;
    /// A part of a report came: device.report is published once it is finished. Strand of the session.
    void add_report_part(session& s, report_part part);
    /// What is remembered of the charge point has changed: it is stored soon.
    void changed(const std::shared_ptr<charge_point>& record);

    /// command.response, counted already. On that thread.
    [[nodiscard]] event response_event(session_thread& thread, std::string_view charge_point_id, const session* s,
                                       const command& c, const command_result& r, bool late);

    // session_host
    io_awaitable<void> enter(std::shared_ptr<session> s) override;
    void leave(session& s, end_reason why) override;
    void session_over() override { --live_sessions_; }
    [[nodiscard]] host_answer answer(const inbound_call& call, std::string& out) override;
    [[nodiscard]] std::optional<rule> objection(const session& s, const ocpp::action_info& action) const override;
    /// Nothing withholds commands to this charge point any more.
    void commands_may_go(const std::string& key);
    /// What a command that is not sent yet waits for: "connection", "registration" or its "turn".
    [[nodiscard]] std::string_view waits_for(std::string_view charge_point_id, std::string_view action) const;
    [[nodiscard]] memory_budget& large_messages() noexcept override { return large_messages_; }
    [[nodiscard]] bool may_be_sent_to(const session& s, const outbound_call& call) const override;
    [[nodiscard]] bool is_money(const ocpp::action_info& action) const override;
    void handed_over(session& s, const outbound_call& call) override;
    void answered(session& s, const outbound_call& call, const command_result& result) override;
    void late_answer(session& s, const outbound_call& call, command_result result) override;
    void deviated(session& s, rule r, std::string_view text) override;

  private:
    io_awaitable<void> save_regularly();
    void tell_departure(session& s, end_reason why);
    void note_right_clock(const std::shared_ptr<charge_point>& record, std::chrono::system_clock::time_point now) const;
    void expire_reports(session& s);
    void publish_reports(session& s, std::vector<std::string> payloads);
    io_awaitable<void> log_events(event_stream events);
    struct admission;
    io_awaitable<void> ask_authenticator(session_thread& thread, const upgrade_attempt& a, admission& d);
    io_awaitable<void> promote_password(const upgrade_attempt& a, const admission& d);
    void report(session_thread& thread, const upgrade_attempt& a, const admission& d);
    io_awaitable<void> drain_thread(session_thread& thread, std::chrono::steady_clock::time_point deadline);
    static void run_thread(gateway_core& core, session_thread& thread);

    const voltgate::config config_;
    const std::shared_ptr<const clock_source> clock_;
    // They outlive whatever still stands in the threads' contexts at the end.
    memory_budget report_memory_{64UL * 1024 * 1024};
    memory_budget variables_memory_{256UL * 1024 * 1024};
    memory_budget large_messages_{config_.limits.large_message_bytes};
    voltgate::metrics metrics_;
    std::unique_ptr<voltgate::log> log_, audit_log_;
    refusal_log refusals_;
    std::unique_ptr<tls_store> tls_;
    std::vector<std::unique_ptr<session_thread>> threads_;
    std::unique_ptr<event_bus> bus_;
    voltgate::registry registry_;
    boot_admission boots_;
    stores stores_;
    std::unique_ptr<command_desk> desk_;
    std::unique_ptr<signing_desk> signing_;
    voltgate::journal* journal_ = nullptr;
    call_handlers handlers_;
    authenticator authenticator_;  // may be empty
    const std::shared_ptr<profile_map> profiles_ = std::make_shared<profile_map>();
    mutable std::mutex in_force_mutex_;
    std::shared_ptr<settings_book> in_force_;  // never null

    std::vector<asio::executor_work_guard<io_executor>> work_;
    std::vector<std::thread> running_threads_;
    std::chrono::steady_clock::time_point started_at_;
    std::atomic<bool> running_{false}, draining_{false};
    std::atomic<std::size_t> live_sessions_{0};
    std::atomic<std::uint64_t> next_ticket_{0};
    std::string message_id_prefix_;  // unique to this run: outbound ids never come twice
};

/// How many I/O threads a configuration means.
[[nodiscard]] std::size_t io_thread_count(const server_config& c) noexcept;

}  // namespace voltgate
