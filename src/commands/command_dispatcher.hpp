// All commands under way, from the moment they are given until their callers are told: who waits for each, which wait
// for a charge point that is not connected, which are with a session.
#pragma once

#include "async/async_condition.hpp"
#include "async/random_source.hpp"
#include "async/timing_wheel.hpp"
#include "commands/command_operation.hpp"
#include "session/host.hpp"
#include "session/session_thread.hpp"
#include "stations/registry.hpp"
#include "stores/ledger_port.hpp"

#include <voltgate/clock.hpp>
#include <voltgate/config.hpp>

#include <boost/asio/async_result.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace voltgate {

class log;
class memory_budget;
class session;
struct stores;
struct outbound_call;

/// What became of a command.
struct command_ending {
    command_result result;
    std::optional<event> unkept;  // tells it, and has to be kept before anybody is told
};

/// A command under way: one coroutine, command_dispatcher::carry_out(). What has no other owner named belongs to the
/// dispatcher's thread.
struct open_command {
    enum class place : std::uint8_t {
        ledger,   // with it, or between the other two
        waiting,  // for its charge point
        woken,    // called from there, and looking for the session
        session,
    };

    command_record record;     // does not change
    std::string key;           // likewise: its charge point, as stores know it
    std::uint64_t ticket = 0;  // likewise

    place where = place::ledger;
    const char* given_up = nullptr;          // nobody wants it any more, and why
    bool accepted = false;                   // somebody was told that it goes on without him
    bool opened = false;                     // the ledger has it
    std::weak_ptr<session> at;               // where it is, or was last
    async_condition woken;                   // it is to look again where it may go
    std::unique_ptr<command_ending> ending;  // of a command that an earlier process left: what is to be told
    std::vector<std::shared_ptr<command_operation>> callers;
    std::vector<std::shared_ptr<cancel_operation>> cancellers;  // are told what it came to

    // Of the coroutine, wherever it is.
    bool admitted = false;    // it had a place in a queue
    bool kept = true;         // the ledger may go on with it after a restart
    bool noted = false;       // the ledger may say that it was sent
    bool may_return = false;  // to the session that gave it back, which has not ended
};

class command_dispatcher final : public command_source {
  public:
    /// What it works with; all outlives it.
    struct parts {
        session_thread& thread;  // the one that it works on
        const config& settings;
        const clock_source& clock;
        random_source& random;
        voltgate::log& log;
        const registry& stations;
        const voltgate::stores& stores;
        memory_budget& variables_memory;
    };
    explicit command_dispatcher(const parts& p);

    // Any thread.
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
    void start_command(command_operation::handler handler, std::string charge_point_id, command c,
                       caller_patience p = {});
    /// See gateway::async_cancel_command.
    template <class Token>
    auto async_cancel_command(std::string command_id, Token&& token) {
        auto initiation = [this](auto&& handler, std::string id) {
            start_cancel(std::forward<decltype(handler)>(handler), std::move(id));
        };
        return asio::async_initiate<Token, void(error_code, command_cancellation)>(std::move(initiation), token,
                                                                                   std::move(command_id));
    }
    void start_cancel(cancel_operation::handler handler, std::string command_id);
    /// Takes a command on, or lets its caller join the one that is under way with the same id.
    void take(std::shared_ptr<command_operation> op);
    /// Ends a command that no byte of was sent, for all who wait for it.
    void cancel_command(std::shared_ptr<cancel_operation> op);
    /// A session of this charge point is in the registry now.
    void release_waiting(const std::string& key);
    /// Ends what brings a charge point a certificate of this type and is not sent yet: it has asked for a newer one.
    /// Once this completes on the thread of its session none of it goes out there any more.
    [[nodiscard]] io_awaitable<void> end_certificates(std::string key, std::string type);
    /// What a command that is not sent yet waits for: "connection", "registration" or its "turn".
    [[nodiscard]] std::string_view waits_for(std::string_view charge_point_id, std::string_view action) const;
    /// Grows with every command.
    [[nodiscard]] std::uint64_t next_ticket() noexcept { return ++last_ticket_; }
    /// No command waits for a charge point any more, and none is handed to a session.
    void drain();
    /// The same; and no command is taken any more.
    void stop();

    /// Lets go of all commands, after the threads have ended: callers who still wait are told.
    void abandon();

    // Before the threads run.
    /// Takes commands from here on, and takes up what earlier processes left unfinished.
    void resume();

    // command_source
    [[nodiscard]] bool may_be_sent_to(const session& s, const outbound_call& call) const override;
    void handed_over(session& s, const outbound_call& call) override;
    void answered(session& s, const outbound_call& call, const command_result& result) override;
    void late_answer(session& s, const outbound_call& call, command_result result) override;

  private:
    using command_ptr = std::shared_ptr<open_command>;
    using ending_ptr = std::unique_ptr<command_ending>;
    using waiting_list = std::map<std::uint64_t, command_ptr>;  // by ticket: in order of arrival
    using time_point = std::chrono::system_clock::time_point;

    class delivery;

    // Who gives commands, and takes them back
    void enter(std::shared_ptr<command_operation> op);
    void begin(command_ptr c);
    void join(open_command& c, std::shared_ptr<command_operation> op);
    void cancel(const std::shared_ptr<command_operation>& op);
    void withdraw(const std::shared_ptr<cancel_operation>& op);
    /// Ends what is not sent yet; what is sent goes on, and whoever asked is told.
    void withdraw(const command_ptr& c, const char* why, std::shared_ptr<cancel_operation> asked);
    io_awaitable<void> look_up(std::shared_ptr<cancel_operation> op);
    io_awaitable<void> withdraw_certificates(std::string key, std::string type);
    [[nodiscard]] ending_ptr ending_of_resumed(open_command& c);

    // The life of one
    io_awaitable<void> carry_out(command_ptr c);
    io_awaitable<ending_ptr> open(command_ptr c);
    [[nodiscard]] std::shared_ptr<session> find_session(const command_ptr& c, ending_ptr& ending);
    [[nodiscard]] ending_ptr let_wait(const command_ptr& c, reason why);
    io_awaitable<ending_ptr> visit(std::shared_ptr<session> s, command_ptr c);
    io_awaitable<ending_ptr> deliver(std::shared_ptr<session> s, command_ptr c);
    [[nodiscard]] std::unique_ptr<outbound_call> call_of(open_command& c) const;
    /// command.response, counted already. On that thread.
    [[nodiscard]] event response_event(session_thread& thread, std::string_view charge_point_id, const session* s,
                                       const command& c, const command_result& r, bool late) const;
    [[nodiscard]] ending_ptr conclude(session_thread& thread, open_command& c, session* s, command_result r);
    io_awaitable<void> keep(command_ptr c, command_ending& ending);
    void settle(const command_ptr& c, const command_result& r);
    void tell_accepted(open_command& c, caller_patience::until at_most);

    // Waiting for charge points
    void wake(const command_ptr& c);
    void move(open_command& c, open_command::place to);
    /// Calls those that this record permits, as far as they were given before that ticket.
    void release(const std::string& key, const charge_point& record, std::uint64_t before);
    [[nodiscard]] bool is_behind_others(const open_command& c, const std::shared_ptr<session>& live) const;
    void expire(std::chrono::steady_clock::time_point);
    void arm_timer();

    [[nodiscard]] command_ledger_port& ledger() const noexcept;
    /// Where callers without an executor of their own are told.
    [[nodiscard]] asio::any_io_executor home() const;

    const parts parts_;
    session_thread& thread_;
    const std::string message_id_prefix_;  // unique to this run: outbound ids never come twice
    std::atomic<std::uint64_t> last_ticket_{0};
    std::atomic<bool> running_{false}, draining_{false};
    wheel_node first_expiry_{calling<&command_dispatcher::expire>(*this)};
    std::unordered_map<std::string, command_ptr> open_;                     // by command id
    std::unordered_multimap<std::string, command_ptr> by_charge_point_;     // the same
    std::unordered_map<std::string, waiting_list> waiting_;                 // by charge point
    std::map<std::pair<time_point, std::uint64_t>, command_ptr> expiries_;  // of those waiting
    std::atomic<std::size_t> waiting_count_{0};
    async_condition moved_;  // a command is somewhere else now
    bool stopped_ = false;
};

}  // namespace voltgate
