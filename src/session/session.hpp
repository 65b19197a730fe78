// One connection of one charge point: what it says, what is said to it, and when it is over. Knows no WebSocket:
// ws_session moves the bytes.
#pragma once

#include "async/async_condition.hpp"
#include "async/deadline.hpp"
#include "async/task_scope.hpp"
#include "async/timing_wheel.hpp"
#include "session/call_limits.hpp"
#include "session/host.hpp"
#include "session/outbound_calls.hpp"
#include "session/session_thread.hpp"

#include <voltgate/config.hpp>

#include <array>
#include <cstdint>
#include <exception>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace voltgate {

class charge_point;  // the gateway's record of it

/// What the upgrade found out.
struct session_origin {
    session_origin() = default;
    std::string charge_point_id;  // as spelt in the URL, decoded
    std::string remote_address;
    ocpp::version version = ocpp::version::v16;
    std::string subprotocol;            // to echo; empty: the client sent none
    std::vector<rule> deviations;       // met during the upgrade
    std::uint8_t security_profile = 0;  // of the listener
    std::uint8_t strength = 0;          // the profile that its authentication is good for; 0: there was none
    std::string certificate_name;       // the common name of its certificate; empty: it has none
    std::uint64_t order = 0;            // of its connection: those that were accepted later have larger ones
    std::shared_ptr<void> place;        // among the connections of its address; goes when the session is over
};

class session : public std::enable_shared_from_this<session> {
  public:
    virtual ~session();
    session(const session&) = delete;
    session& operator=(const session&) = delete;

    [[nodiscard]] const std::string& charge_point_id() const noexcept { return id_; }
    [[nodiscard]] const std::string& remote_address() const noexcept { return remote_address_; }
    [[nodiscard]] ocpp::version version() const noexcept { return version_; }
    [[nodiscard]] std::uint8_t security_profile() const noexcept { return security_profile_; }
    [[nodiscard]] std::uint8_t strength() const noexcept { return strength_; }
    [[nodiscard]] std::uint64_t order() const noexcept { return order_; }
    /// The common name of its certificate; empty: it has none.
    [[nodiscard]] std::string_view certificate_name() const noexcept {
        return certificate_name_ ? *certificate_name_ : std::string_view();
    }
    [[nodiscard]] std::uint64_t epoch() const noexcept { return epoch_; }
    [[nodiscard]] session_thread& thread() const noexcept { return thread_; }
    [[nodiscard]] const charge_point_settings& settings() const noexcept { return *settings_; }
    [[nodiscard]] std::chrono::system_clock::time_point connected_at() const noexcept { return connected_at_; }
    /// Any thread.
    [[nodiscard]] std::chrono::system_clock::time_point last_activity() const noexcept {
        return std::chrono::system_clock::time_point(
            std::chrono::system_clock::duration(last_activity_.load(std::memory_order_relaxed)));
    }

    // Strand only, from here on.

    // For correlation_future.
    /// Takes a call into the queue; ends it at once when it cannot.
    void submit(std::unique_ptr<outbound_call> call);
    /// One whose turn it is goes out as soon as the writer is free.
    void let_go(std::uint64_t ticket);
    /// Ends one that is not sent.
    void refuse(std::uint64_t ticket, reason why, std::string text);
    /// Nobody waits for it any more.
    void forget_waiter(std::uint64_t ticket) noexcept;

    /// Ends a call for whoever waits for it; what was sent keeps its slot until its answer or its timeout.
    void cancel(std::uint64_t ticket);
    /// Cancels a call that is not in flight; false: it is.
    [[nodiscard]] bool withdraw(std::uint64_t ticket, std::string why);

    /// Flushes what is queued, says goodbye, ends. The first reason counts.
    /// `text`: a literal, it is not copied.
    void close(std::uint16_t code, std::string_view text, end_reason why);
    /// Ends without a goodbye.
    void drop(end_reason why);
    /// A newer connection of the same identity took over: gone for the gateway at once, goodbye as time allows.
    /// Completes when its own way in, if it was still under way, has ended too.
    io_awaitable<void> replace();
    /// From now on.
    void use_settings(std::shared_ptr<const charge_point_settings> settings);
    /// For `time`, or until it is closed. Before its messages are read: drops it when its peer has gone meanwhile.
    io_awaitable<void> pause(std::chrono::milliseconds time);
    [[nodiscard]] bool closing() const noexcept { return state_ != state::open; }
    /// Nothing in flight in either direction: it may be closed without losing anything.
    [[nodiscard]] bool quiet() const noexcept;

    /// The next session of the same thread; null after the last.
    [[nodiscard]] session* next() const noexcept { return next_; }

    // The host's part of the state.
    void set_epoch(std::uint64_t epoch) noexcept { epoch_ = epoch; }
    std::shared_ptr<charge_point> record;
    bool announced = false;  // charge_point.connected was published
    bool counted = false;    // among the active connections
    void count_deviation(rule r, std::string_view text);

  protected:
    session(session_thread& thread, const session_ports& ports, const session_config& config,
            std::shared_ptr<const charge_point_settings> settings, session_origin&& origin);

    // From the stream part.
    virtual void on_message(frame_ptr f, bool is_text);
    // What is to be sent next, in this order; null: nothing of that kind.
    [[nodiscard]] frame_ptr next_answer();
    [[nodiscard]] frame_ptr next_call();  // it is in flight from here on
    [[nodiscard]] frame_ptr goodbye();    // once, when the session is closing
    void expect_progress();               // within session.write_timeout, while blocked_
    void on_sent();                       // some of it has gone out
    [[nodiscard]] bool goodbye_said() const noexcept { return goodbye_said_; }
    void on_pong();
    void touch() noexcept;                // bytes came
    void stamp(frame& f) const noexcept;  // with the time of the last bytes
    void left_before_entering() noexcept { left_ = true; }
    io_awaitable<void> enter();
    void expect_message(bool started);  // a message's first byte came, or its last
    /// The session ends when the child has thrown, and run() throws that on. `kept` lives as long as the child, and
    /// the signal that `slot` is of with it.
    void start_child(io_awaitable<void> child, asio::cancellation_slot slot = {}, std::shared_ptr<void> kept = {});
    void on_child_failed() noexcept;
    /// Completes when the session has been dropped.
    io_awaitable<void> dropped();
    /// What the peer said makes an end: gone for the gateway, with a Close frame for the peer; what waits to be sent
    /// otherwise is dropped. close_timeout runs.
    void end_with(std::uint16_t code, end_reason why);
    /// Completes when few enough answers wait to be written: a peer that does not read is not read from either.
    io_awaitable<void> outbox_drained();
    /// So many CALLs wait for their turn that no more are read. While an answer of the charge point is awaited it takes
    /// more: a handler may need that answer to go on, and it may come behind them.
    [[nodiscard]] bool inbound_full() const noexcept;
    /// Completes when there are fewer.
    io_awaitable<void> inbound_taken();
    [[nodiscard]] bool answers_pile_up() const noexcept { return outbox_.size() > most_unread_answers; }
    [[nodiscard]] std::size_t outbox_size() const noexcept { return outbox_.size(); }
    /// Ends what is not ended; completes when no child is left.
    io_awaitable<void> wind_down(end_reason why);

    void send(frame_ptr f);
    void flush() {
        if (!holding_) send_what_waits();
    }

    // To the stream part.
    virtual void send_what_waits() = 0;           // as far as the peer takes it; a broken connection is met later
    [[nodiscard]] virtual bool start_ping() = 0;  // false: the peer takes nothing, not even that
    virtual void hang_up() noexcept = 0;          // everything pending on the socket ends with an error
    [[nodiscard]] virtual bool peer_has_gone() noexcept = 0;  // as far as can be told without reading

    enum class state : std::uint8_t { open, closing, dropped, ended };

    bool writable_ = false;  // the upgrade is answered: frames may be written
    bool blocked_ = false;   // the socket takes no more for now
    bool holding_ = false;   // messages are being taken in: what they make is sent together
    state state_ = state::open;
    end_reason why_ = end_reason::connection_lost;
    session_thread& thread_;
    const session_ports& ports_;
    const session_config& config_;
    std::shared_ptr<const charge_point_settings> settings_;
    task_scope children_;                     // end before run() does
    frame_list sending_;                      // the frames that the socket has next
    deadline write_due_ = deadline::never();  // for the peer to take more, while blocked_

  private:
    struct accepted_payload;
    struct running_answer;
    struct outbound_side;
    struct remembered_answer;

    // Inbound
    void on_unreadable(frame_ptr f, const ocpp::frame_head& head);
    void on_call(frame_ptr f, const ocpp::frame_head& head);
    void on_call_without_payload(frame_ptr f, const ocpp::frame_head& head);
    void on_call_too_many(frame_ptr f, const ocpp::frame_head& head);
    void enqueue(frame_ptr f);
    void look_for_room() noexcept;
    void read_on();
    void process_call(frame_ptr f, const ocpp::frame_head& head);
    [[nodiscard]] bool envelope_accepted(const ocpp::frame_head& head, const frame& f);
    [[nodiscard]] bool payload_accepted(const ocpp::frame_head& head, const frame& f, const ocpp::action_info& action,
                                        accepted_payload& accepted);
    [[nodiscard]] bool salvage_accepted(const ocpp::frame_head& head, const frame& f, const ocpp::action_info& action,
                                        const std::string& fault, accepted_payload& accepted);
    /// The first violation of the payload last read that is refused; null: none.
    [[nodiscard]] const ocpp::violation* refused_violation() const;
    [[nodiscard]] bool unusable_accepted();
    [[nodiscard]] bool registration_permits(const ocpp::frame_head& head, const frame& f,
                                            const ocpp::action_info& action);
    void refuse(const frame& f, const ocpp::frame_head& head, ocpp::rpc_error code, std::string_view description);
    void answer_later(frame_ptr f, const ocpp::frame_head& head, const ocpp::action_info& action, host_answer&& a);
    io_awaitable<void> answer_calls(std::shared_ptr<running_answer> running);
    [[nodiscard]] bool is_answering() const noexcept;
    void finish_later(const running_answer& running, const std::exception_ptr& failure, const call_answer& a);
    void send_answer(const frame& f, const ocpp::frame_head& head, const ocpp::action_info& action, frame_ptr out,
                     bool remember);
    void continue_inbound();
    void abandon_running();
    [[nodiscard]] bool repeat_remembered(const ocpp::frame_head& head, const frame& f);
    void note_bad_message();

    // Outbound
    void on_answer(frame_ptr f, const ocpp::frame_head& head);
    [[nodiscard]] command_result read_result(const frame& f, const ocpp::frame_head& head,
                                             const ocpp::action_info& action, std::span<const std::string> secrets);
    void fail_outbound(end_reason why);
    [[nodiscard]] bool outbound_idle() const noexcept;
    [[nodiscard]] frame_ptr next_call_frame();
    [[nodiscard]] bool may_go_out(outbound_call& call);
    void pass_turn_on();
    void expire_calls(std::chrono::steady_clock::time_point now);
    void watch_calls();
    outbound_side& outbound();

    // Deadlines
    void watch(deadline d);
    void on_due(std::chrono::steady_clock::time_point now);
    void end_overdue(std::chrono::steady_clock::time_point now);
    void ping(std::chrono::steady_clock::time_point now);
    [[nodiscard]] deadline next_due() const noexcept;

    // Writing
    void leave(end_reason why);
    void drop_outbox() noexcept;
    void link_into(session*& list) noexcept;
    void unlink() noexcept;

    void remember(const frame& f, verdict v);
    /// For frames that may hold passwords: `others` are those that the charge point was sent.
    void remember_without_secrets(const frame& f, verdict v, std::span<const std::string> others = {});
    [[nodiscard]] level level_of(rule r) const noexcept { return settings_->conformance.of(r); }

    std::string id_;
    std::string remote_address_;
    std::unique_ptr<const std::string> certificate_name_;  // null: it has none
    std::shared_ptr<void> place_;
    std::uint64_t epoch_ = 0;
    std::chrono::system_clock::time_point connected_at_;
    std::atomic<std::chrono::system_clock::rep> last_activity_{0};
    std::chrono::steady_clock::time_point last_byte_, ping_sent_;

    // What has a deadline, write_due_ and those of parts apart. One node of the thread's wheel stands for all of them;
    // it is called when the earliest was due and looks again: receiving moves nothing.
    deadline message_due_ = deadline::never(), close_due_ = deadline::never(), ping_due_ = deadline::never();
    wheel_node watch_{calling<&session::on_due>(*this)};

    static constexpr std::size_t most_unread_answers = 32;

    call_limits limits_;                             // refers to settings_
    frame_list inbound_;                             // CALLs waiting for their turn
    frame_list outbox_;                              // answers waiting to be written
    std::shared_ptr<running_answer> running_;        // of answer_calls()
    std::unique_ptr<outbound_side> outbound_;        // only once a command came
    std::unique_ptr<remembered_answer> remembered_;  // only once a transaction message came
    async_condition ends_;                           // it is being closed, or has been dropped
    async_condition drained_;                        // few enough answers wait to be written
    async_condition taken_;                          // few enough CALLs wait for their turn
    async_condition entered_;                        // enter() has ended

    session* next_ = nullptr;  // in one of the lists of its thread
    session** link_ = nullptr;
    std::string_view close_text_;
    const std::uint64_t order_;
    std::uint32_t bad_messages_ = 0;
    std::uint16_t close_code_ = 1000;
    std::uint8_t pings_unanswered_ = 0;
    const std::uint8_t security_profile_, strength_;
    ocpp::version version_;
    bool goodbye_said_ = false;
    bool not_reading_ = false;  // for want of room: silence is not the peer's
    bool left_ = false;         // the gateway has forgotten this session
    bool entering_ = false;
    bool missing_boot_counted_ = false;
};

}  // namespace voltgate
