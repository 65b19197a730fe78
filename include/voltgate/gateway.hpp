// The gateway: accepts charge points, answers them, publishes what happens, carries commands down.
#pragma once

#include <voltgate/asio.hpp>
#include <voltgate/authenticator.hpp>
#include <voltgate/certificate_signer.hpp>
#include <voltgate/clock.hpp>
#include <voltgate/command.hpp>
#include <voltgate/config.hpp>
#include <voltgate/error.hpp>
#include <voltgate/event.hpp>
#include <voltgate/event_stream.hpp>
#include <voltgate/handler.hpp>
#include <voltgate/log.hpp>
#include <voltgate/ocpp/types.hpp>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace voltgate {

/// What is known of one charge point; a copy.
struct charge_point_info {
    std::string id;           // as spelt in the URL
    bool connected = false;   // the members below are set only then
    std::uint64_t epoch = 0;  // of its session; events of that session have it too
    std::optional<ocpp::version> ocpp_version;
    std::string remote_address;
    std::chrono::system_clock::time_point connected_at, last_activity;
};

/// The typed outcome of async_call: `confirmation` is set when the charge point answered with a usable CALLRESULT.
template <class Action>
struct call_result {
    call_result() = default;
    std::optional<typename Action::response> confirmation;
    command_result raw;
};

class gateway_core;      // src/runtime/core.hpp
struct gateway_runtime;  // src/runtime/gateway.cpp

/// One gateway with threads of its own. What is only before start() is for one thread at a time; the rest says which
/// threads may call it.
class gateway {
  public:
    /// Does nothing but take its arguments: `c` is checked by start(). `clock` null: the system's clocks.
    explicit gateway(voltgate::config c, std::shared_ptr<clock_source> clock = nullptr);
    /// Stops at once, without saying goodbye to charge points, if stop() was not called, and joins the I/O threads: not
    /// to be called from one of them. Completes the operations that are left; see async_send_command.
    ~gateway();
    gateway(const gateway&) = delete;
    gateway& operator=(const gateway&) = delete;

    /// Answers a charge point's CALL in place of the default, in every version that has the action. `action` as OCPP
    /// spells it; one that no version has is never called, a second handler for it takes the place of the first, and an
    /// empty one leaves the CALL to the default. See call_handler for threads, timeout and exceptions. Only before
    /// start().
    void on_call(std::string action, call_handler handler);

    /// The same, typed and for one version, where it comes before one for all versions: `handler(call_context,
    /// Action::request) -> asio::awaitable<Action::response>`. It is copied for every CALL. A payload that cannot be
    /// read as Action::request is answered with FormatViolation. Only before start().
    template <class Action, class Handler>
    void on_call(Handler handler);

    /// Decides who charge points are in place of the default: passwords and certificates, as the security profiles of
    /// OCPP have them (1.6 Security Whitepaper; 2.x part 2, A00). Empty: the default again. See authenticator for
    /// threads, timeout and exceptions. Only before start().
    void set_authenticator(authenticator a);

    /// Signs what charge points send in SignCertificate (1.6 Security Whitepaper; 2.x part 2), in place of
    /// the built-in CA. Empty: the built-in CA again. See certificate_signer for threads, timeout and exceptions. Only
    /// before start().
    void set_certificate_signer(certificate_signer s);

    /// Gives the log's lines to the host, in the format, from the level and with the events that config::log asks for;
    /// config::log.file is not used. Without this and open_log() the gateway logs nothing. The last call of either
    /// counts. Only before start().
    void set_log_sink(log_sink sink);

    /// Logs as the program does: to config::log.file, which is appended to, else to standard error, by a thread of the
    /// log's own. Errors: that of the system when the file cannot be opened; then nothing has changed. Only before
    /// start().
    [[nodiscard]] error_code open_log();

    /// A line of the host's in the gateway's log, where that takes lines of this severity. `message` and the texts of
    /// `fields` are made harmless: they can break neither a line nor its JSON; a log_json must be valid JSON. Never
    /// waits for a disk; what cannot be written is counted in gateway_log_lines_dropped_total. Thread-safe, at any time
    /// after open_log() or set_log_sink().
    void write_log(log_config::severity s, std::string_view message,
                   std::initializer_list<log_field> fields = {}) noexcept;

    /// Opens the files of log and audit log anew, for a tool that has moved the old ones away. A file that cannot be
    /// opened is logged, and the old one stays in use. Between start() and stop(), any thread.
    void reopen_logs();

    /// Checks the configuration, opens journal and listeners, starts the I/O threads. After an error nothing runs and
    /// nothing is held open or locked; `detail`, if given, then says what to do, and start() may be called again once
    /// that is done. A gateway that was started is not started again, also after stop(). Errors: errc::invalid_config,
    /// errc::tls_unusable, errc::journal_unusable, errc::address_in_use, errc::cannot_listen, errc::already_started.
    [[nodiscard]] error_code start(std::string* detail = nullptr);

    /// The port of [server] in use, for a configured port of 0. 0 before start(). Thread-safe after it.
    [[nodiscard]] std::uint16_t port() const noexcept;

    /// The ports of all listeners in use: that of [server], then those of config::listeners. Empty before start().
    /// Thread-safe after it.
    [[nodiscard]] std::vector<std::uint16_t> ports() const;

    /// Reads certificates, keys, CAs and revocation lists again: those of [tls] in the background, those of [signing]
    /// on the calling thread. New connections use them, established ones go on. What cannot be used is logged, and the
    /// old ones stay. Between start() and stop(), any thread.
    void reload();

    /// Takes over what may change while the gateway runs: models and charge_points with boot, conformance,
    /// transactions, session.ping_interval, session.idle_timeout and timestamp_milliseconds, api.tokens with
    /// api.cors_origins, and log.level. New connections and requests go by it; the log names what else differs, for a
    /// restart. Gives what is wrong with it: then nothing was changed. Between start() and stop(), any thread.
    [[nodiscard]] std::vector<config_error> reload(const voltgate::config& c);

    /// Drains: stops accepting, finishes what is in flight, closes sessions with 1001, ends within shutdown.timeout.
    /// Completion   void(); all sessions have ended, the I/O threads are idle.
    /// Errors       none. Cancellation: none. A second call joins the first.
    /// Threads      Any. Completes on the token's executor, else on a gateway thread; where none runs, on Asio's.
    template <asio::completion_token_for<void()> Token = asio::deferred_t>
    auto async_stop(Token&& token = {}) {
        return asio::async_initiate<Token, void()>(initiate_stop(*this), token);
    }

    /// async_stop, waited for; then joins the I/O threads and closes the journal. Not to be called from one of these
    /// threads, and by one thread at a time. Nothing is done where the gateway is not running.
    void stop();

    /// Sends one CALL to a charge point and completes with what became of it. With a journal it is noted there before
    /// it is sent, and its outcome is kept for journal.keep_outcomes.
    /// Completion   void(error_code, command_result). Every fate of the command is a command_result; see outcome.
    /// Errors       misuse only: errc::gateway_not_running, errc::invalid_command.
    /// OCPP         One CALL at a time is on its way to a charge point (OCPP-J); the
    ///              others wait for their turn.
    /// Identity     command::command_id: given again with the same content it gives the outcome that the command had,
    ///              or joins the one under way.
    /// Waiting      With command::expires_at it waits for a charge point that is known but not connected, also over
    ///              further connections that end before it is sent. A stop ends that: not_sent/stopping, and the next
    ///              process does not send it; but unknown/stopping for one that was accepted over HTTP to go on.
    /// Timeout      command::timeout, from the hand-over to the socket; queued: expires_at, else queue_timeout.
    /// Cancellation terminal, partial, total. Before the hand-over: not_sent/cancelled, nothing is sent. After it:
    ///              unknown/cancelled at once; the charge point's slot stays taken until its answer or the timeout.
    ///              While other callers wait for the same command: unknown/cancelled, and it goes on for them.
    /// Threads      Any. Completes on the token's executor, else on a gateway thread; where none runs, on Asio's.
    /// Lifetime     Arguments are copied. Stopping the gateway completes all. One that is destroyed without a stop
    ///              completes with not_sent/stopping, from its destructor where the token has no executor of its own.
    template <asio::completion_token_for<void(error_code, command_result)> Token = asio::deferred_t>
    auto async_send_command(std::string charge_point_id, command c, Token&& token = {}) {
        return asio::async_initiate<Token, void(error_code, command_result)>(initiate_command(*this), token,
                                                                             std::move(charge_point_id), std::move(c));
    }

    /// Takes back a command that has not been sent yet, whoever gave it: all who wait for it get not_sent/cancelled.
    /// What is on its way to the charge point, and what is done, stays as it is.
    /// Completion   void(error_code, command_cancellation). With a journal, cancelled is told once that is kept there.
    /// Errors       errc::gateway_not_running; errc::journal_unusable: it cannot be found out what became of it.
    /// Cancellation none: it ends soon by itself. Threads: any. Lifetime: as async_send_command.
    template <asio::completion_token_for<void(error_code, command_cancellation)> Token = asio::deferred_t>
    auto async_cancel_command(std::string command_id, Token&& token = {}) {
        return asio::async_initiate<Token, void(error_code, command_cancellation)>(initiate_cancel(*this), token,
                                                                                   std::move(command_id));
    }

    /// async_send_command with typed messages: `co_await gw.async_call<v16::RemoteStartTransaction>(id, request, 10s)`.
    /// Completion   void(error_code, call_result<Action>). `confirmation` is set when the outcome is `result` and its
    ///              payload could be read as Action::response; call_result::raw is as async_send_command gives it.
    /// Timeout      `timeout`, from the hand-over to the socket; zero: session.call_timeout. It neither waits for a
    ///              charge point that is not connected nor has an id of the caller's: see command for both.
    /// Errors, cancellation, threads, lifetime: as async_send_command.
    template <class Action, asio::completion_token_for<void(error_code, call_result<Action>)> Token = asio::deferred_t>
    auto async_call(std::string charge_point_id, const typename Action::request& request,
                    std::chrono::steady_clock::duration timeout = {}, Token&& token = {});

    /// Events from now on, in order per charge point. `capacity`, in events, bounds how far the reader may fall behind:
    /// then the oldest are dropped and event_stream says how many. Also before start(). Thread-safe.
    [[nodiscard]] event_stream subscribe(event_filter filter = {}, std::size_t capacity = 10'000);

    /// The charge points that are known, connected or not: at most `limit` of those after `after`, ordered by identity
    /// without regard to ASCII case; empty: from the first. Copies, of this moment. Thread-safe.
    [[nodiscard]] std::vector<charge_point_info> charge_points(std::string_view after = {},
                                                               std::size_t limit = 1000) const;
    /// The one of this identity, without regard to ASCII case; unset: it is not known. Thread-safe.
    [[nodiscard]] std::optional<charge_point_info> find_charge_point(std::string_view id) const;

    /// The executor of the gateway's first thread, for hosts that have none: what runs there must not block. It runs
    /// nothing before start() and after stop(), and must not be used once the gateway is destroyed. Thread-safe.
    [[nodiscard]] asio::any_io_executor get_executor() const;

  private:
    friend gateway_core& core_of(gateway& g) noexcept;

    using command_handler = asio::any_completion_handler<void(error_code, command_result)>;
    using cancel_handler = asio::any_completion_handler<void(error_code, command_cancellation)>;
    using stop_handler = asio::any_completion_handler<void()>;

    [[nodiscard]] bool is_running() const noexcept;
    /// Where no thread of a gateway runs: on the handler's own executor, else where Asio runs such handlers.
    template <class Handler, class... Results>
    static void complete_elsewhere(Handler&& handler, Results... results) {
        const auto executor = asio::get_associated_executor(handler);
        auto run = [h = std::forward<Handler>(handler), ... all = std::move(results)]() mutable {
            std::move(h)(std::move(all)...);
        };
        if constexpr (asio::can_require_v<std::decay_t<decltype(executor)>, asio::execution::blocking_t::never_t>) {
            asio::post(executor, std::move(run));
        } else {
            asio::dispatch(executor, std::move(run));
        }
    }

    void start_command(command_handler handler, std::string charge_point_id, command c);
    void start_cancel(cancel_handler handler, std::string command_id);
    void start_stop(stop_handler handler);

    class initiate_command {
      public:
        using executor_type = asio::any_io_executor;
        explicit initiate_command(gateway& g) : gateway_(&g) {}
        [[nodiscard]] executor_type get_executor() const noexcept { return gateway_->get_executor(); }
        template <class Handler>
        void operator()(Handler&& handler, std::string charge_point_id, command c) const {
            if (!gateway_->is_running()) {
                return complete_elsewhere(std::forward<Handler>(handler), make_error_code(errc::gateway_not_running),
                                          command_result());
            }
            gateway_->start_command(std::forward<Handler>(handler), std::move(charge_point_id), std::move(c));
        }

      private:
        gateway* gateway_;
    };

    class initiate_cancel {
      public:
        using executor_type = asio::any_io_executor;
        explicit initiate_cancel(gateway& g) : gateway_(&g) {}
        [[nodiscard]] executor_type get_executor() const noexcept { return gateway_->get_executor(); }
        template <class Handler>
        void operator()(Handler&& handler, std::string command_id) const {
            if (!gateway_->is_running()) {
                return complete_elsewhere(std::forward<Handler>(handler), make_error_code(errc::gateway_not_running),
                                          command_cancellation());
            }
            gateway_->start_cancel(std::forward<Handler>(handler), std::move(command_id));
        }

      private:
        gateway* gateway_;
    };

    class initiate_stop {
      public:
        using executor_type = asio::any_io_executor;
        explicit initiate_stop(gateway& g) : gateway_(&g) {}
        [[nodiscard]] executor_type get_executor() const noexcept { return gateway_->get_executor(); }
        template <class Handler>
        void operator()(Handler&& handler) const {
            if (!gateway_->is_running()) return complete_elsewhere(std::forward<Handler>(handler));
            gateway_->start_stop(std::forward<Handler>(handler));
        }

      private:
        gateway* gateway_;
    };

    template <class Action>
    static call_result<Action> typed_result(command_result raw) {
        call_result<Action> typed;
        if (raw.answered()) {
            auto read = ocpp::from_json<typename Action::response>(raw.payload);
            if (read) typed.confirmation = std::move(*read);
        }
        typed.raw = std::move(raw);
        return typed;
    }

    template <class Action>
    class initiate_call {
      public:
        using executor_type = asio::any_io_executor;
        explicit initiate_call(gateway& g) : gateway_(&g) {}
        [[nodiscard]] executor_type get_executor() const noexcept { return gateway_->get_executor(); }
        template <class Handler>
        void operator()(Handler&& handler, std::string charge_point_id, command c) const {
            if (!gateway_->is_running()) {
                return complete_elsewhere(std::forward<Handler>(handler), make_error_code(errc::gateway_not_running),
                                          call_result<Action>());
            }
            const auto slot = asio::get_associated_cancellation_slot(handler);
            const auto executor = asio::get_associated_executor(handler, get_executor());
            auto typed = [h = std::forward<Handler>(handler)](error_code ec, command_result raw) mutable {
                std::move(h)(ec, typed_result<Action>(std::move(raw)));
            };
            gateway_->start_command(asio::bind_cancellation_slot(slot, asio::bind_executor(executor, std::move(typed))),
                                    std::move(charge_point_id), std::move(c));
        }

      private:
        gateway* gateway_;
    };

    void on_call_of(ocpp::version v, std::string action, call_handler handler);

    template <class Action, class Handler>
    static asio::awaitable<call_answer> run_typed(Handler handler, call_context context) {
        auto request = ocpp::from_json<typename Action::request>(context.payload);
        if (!request) {
            co_return call_answer::error("FormatViolation", request.error().pointer + ": " + request.error().message);
        }
        auto message = std::move(*request);
        const typename Action::response response = co_await handler(std::move(context), std::move(message));
        co_return call_answer::result(ocpp::to_json(response));
    }

    std::unique_ptr<gateway_runtime> runtime_;
};

template <class Action, asio::completion_token_for<void(error_code, call_result<Action>)> Token>
auto gateway::async_call(std::string charge_point_id, const typename Action::request& request,
                         std::chrono::steady_clock::duration timeout, Token&& token) {
    command c(std::string(Action::name), ocpp::to_json(request), timeout);
    return asio::async_initiate<Token, void(error_code, call_result<Action>)>(initiate_call<Action>(*this), token,
                                                                              std::move(charge_point_id), std::move(c));
}

template <class Action, class Handler>
void gateway::on_call(Handler handler) {
    on_call_of(Action::ocpp_version, std::string(Action::name), [handler = std::move(handler)](call_context context) {
        return run_typed<Action>(handler, std::move(context));
    });
}

}  // namespace voltgate
