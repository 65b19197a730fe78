// All commands under way, from the moment they are given until their callers are told: who waits for each, which wait
// for a charge point that is not connected, which are with a session.
#pragma once

#include "async/timing_wheel.hpp"
#include "gateway/command_operation.hpp"
#include "gateway/ledger_port.hpp"
#include "gateway/registry.hpp"
#include "session/io_thread.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace voltgate {

class gateway_core;
class session;

/// A command under way. What has no other owner named belongs to the desk's thread.
struct open_command {
    enum class place : std::uint8_t { ledger, waiting, session };

    command_record record;                    // does not change
    std::string key;                          // likewise: its charge point, as stores know it
    std::uint64_t ticket = 0;                 // likewise
    std::atomic<bool> dispatch_begun{false};  // any thread: the ledger may say so

    place where = place::ledger;  // with the ledger, and between the other two
    bool given_up = false;        // nobody wants it any more
    bool accepted = false;        // somebody was told that it goes on without him
    bool admitted = false;        // it had a place in a queue
    bool kept = true;             // the ledger may go on with it after a restart
    std::weak_ptr<session> at;
    std::vector<std::shared_ptr<command_operation>> callers;
    std::vector<std::shared_ptr<cancel_operation>> cancellers;  // are told what it came to
};

/// Works on the first I/O thread.
class command_desk {
  public:
    explicit command_desk(gateway_core& core);

    // Any thread.
    /// Takes a command on, or lets its caller join the one that is under way with the same id.
    void take(std::shared_ptr<command_operation> op);
    /// Ends a command that no byte of was sent, for all who wait for it.
    void cancel_command(std::shared_ptr<cancel_operation> op);
    /// A session of this charge point is in the registry now.
    void came_back(const std::string& key);
    /// Completes, on the thread of who awaits it, once what sessions gave back before is with the session that is live,
    /// or waits for one.
    [[nodiscard]] io_awaitable<void> settle();
    /// Ends what brings a charge point a certificate of this type and is not sent yet: it has asked for a newer one.
    /// Once this completes on the thread of its session none of it goes out there any more.
    [[nodiscard]] io_awaitable<void> end_certificates(std::string key, std::string type);
    /// No command waits for a charge point any more, and none is handed to a session.
    void stop();

    // Before the threads run.
    /// Takes up what earlier processes left unfinished.
    void resume();

  private:
    using command_ptr = std::shared_ptr<open_command>;
    using waiting_list = std::map<std::uint64_t, command_ptr>;  // by ticket: in order of arrival
    using time_point = std::chrono::system_clock::time_point;

    void enter(std::shared_ptr<command_operation> op);
    void keep(command_ptr c);
    void join(open_command& c, std::shared_ptr<command_operation> op);
    void cancel(const std::shared_ptr<command_operation>& op);
    void withdraw(const std::shared_ptr<cancel_operation>& op);
    /// Ends what is not sent yet; what is sent goes on, and whoever asked is told.
    void withdraw(command_ptr c, const char* why, std::shared_ptr<cancel_operation> asked);
    io_awaitable<void> look_up(std::shared_ptr<cancel_operation> op);
    io_awaitable<void> open(command_ptr c);
    void route(const command_ptr& c);
    void hand_to(const std::shared_ptr<session>& s, const command_ptr& c);
    void let_wait(const command_ptr& c, reason why);
    void end_waiting(const command_ptr& c);
    void take_back(const command_ptr& c);
    void release(const std::string& key);
    io_awaitable<void> withdraw_certificates(std::string key, std::string type);
    void expire(std::chrono::steady_clock::time_point);
    void arm_timer();
    void tell_accepted(open_command& c, caller_patience::until at_most);
    void settle(const command_ptr& c, const command_result& r);
    void stop_waiting(const command_ptr& c);

    // On the thread where it was found out.
    void ended_at_session(session& s, const command_ptr& c, command_result r);
    void conclude(io_thread& thread, const command_ptr& c, session* s, command_result r);
    io_awaitable<void> conclude_surely(command_ptr c, command_result r, event e);
    void tell(const command_ptr& c, const command_result& r);

    gateway_core& core_;
    io_thread& thread_;
    wheel_node first_expiry_{calling<&command_desk::expire>(*this)};
    std::unordered_map<std::string, command_ptr> open_;                     // by command id
    std::unordered_multimap<std::string, command_ptr> certificates_;        // CertificateSigned, by charge point
    std::unordered_map<std::string, waiting_list> waiting_;                 // by charge point
    std::map<std::pair<time_point, std::uint64_t>, command_ptr> expiries_;  // of those waiting
    std::atomic<std::size_t> waiting_count_{0};
    bool stopped_ = false;
};

}  // namespace voltgate
