// The correlation of outbound CALLs with their answers: one in flight, the rest waiting in order, each completed
// exactly once. Pure: time comes in as an argument, what is to be sent and completed goes out. Source: OCPP-J 1.6
// section 4.1.1, OCPP 2.0.1 Part 4 section 4.1.1 (one CALL at a time per direction).
#pragma once

#include "ocpp/schema.hpp"

#include <voltgate/command.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace voltgate {

/// Who waits for one call. Told on the session's strand, in the middle of what the session does: it goes on later.
class call_waiter {
  public:
    /// Nobody else goes out before it, unless it ends.
    virtual void has_turn() = 0;
    /// Once; not before.
    virtual void has_ended(command_result result) = 0;

  protected:
    ~call_waiter() = default;
};

struct outbound_call {
    voltgate::command command;
    const ocpp::action_info* action = nullptr;  // of the session's version
    std::string message_id;
    std::uint64_t ticket = 0;                            // names the call for cancel(); calls go out in its order
    bool admitted = false;                               // it had a place in a queue before: it gets one in any case
    bool ready = false;                                  // its waiter lets it go out
    std::chrono::steady_clock::time_point queued_until;  // waits for its turn no longer than this
    call_waiter* waiter = nullptr;                       // null once it has ended for whoever waited
};

inline constexpr char not_accepted_text[] =
    "the boot of the charge point is not accepted, and until it is this command may not be sent";

/// What an answer was found to belong to.
enum class answer_match : std::uint8_t {
    in_flight,  // the call waits for it
    late,       // a call that was given up after hand-over: timeout, cancelled
    unknown,    // nobody asked, or answered already
};

class outbound_calls {
  public:
    using time_point = std::chrono::steady_clock::time_point;

    explicit outbound_calls(std::size_t most_waiting) : most_waiting_(most_waiting) {}

    /// Takes its turn behind those with smaller tickets; false: the queue is full, and `call` is left as it is.
    [[nodiscard]] bool push(std::unique_ptr<outbound_call>&& call);

    /// Asked by the writer when it is free: the first waiting call that `may_send`, if none is in flight. It is in
    /// flight from here on (its fate can be unknown) and its timeout starts. Expired ones are completed on the way.
    template <class Predicate>
    [[nodiscard]] outbound_call* hand_over(time_point now, std::chrono::system_clock::time_point utc_now,
                                           std::chrono::steady_clock::duration default_timeout, Predicate may_send) {
        if (in_flight_ || waiting_.empty()) return nullptr;
        expire(now, utc_now);
        for (auto it = waiting_.begin(); it != waiting_.end(); ++it)
            if (may_send(**it)) return start(it, now, default_timeout);
        return nullptr;
    }
    [[nodiscard]] time_point handed_over_at() const noexcept { return handed_over_at_; }

    [[nodiscard]] answer_match match(std::string_view message_id) const noexcept;
    /// Ends the call in flight; the caller completes what it gets back. Only after match() said in_flight.
    [[nodiscard]] std::unique_ptr<outbound_call> finish();
    /// The given-up call that a late answer belongs to; it is forgotten then. Only after match() said late.
    [[nodiscard]] std::unique_ptr<outbound_call> finish_late(std::string_view message_id);

    /// Nobody waits for this call any more: it leaves the queue, or keeps its slot until its answer or its timeout.
    void forget_waiter(std::uint64_t ticket) noexcept;

    /// The waiting call with this ticket; null: there is none.
    [[nodiscard]] outbound_call* find_waiting(std::uint64_t ticket) const noexcept;
    /// Completes a waiting call as not_sent.
    void refuse(std::uint64_t ticket, reason why, std::string text);
    /// The same for all that are `unwanted`.
    template <class Predicate>
    void refuse_if(Predicate unwanted, reason why, const char* text) {
        std::vector<std::unique_ptr<outbound_call>> refused;
        std::erase_if(waiting_, [&](auto& call) {
            if (!unwanted(std::as_const(*call))) return false;
            refused.push_back(std::move(call));
            return true;
        });
        for (auto& call : refused) complete(*call, {outcome::not_sent, why, text});
    }

    /// In the queue: removed, not_sent/cancelled. In flight: unknown/cancelled now, its slot stays taken until its
    /// answer or its timeout. An unknown ticket is ignored.
    void cancel(std::uint64_t ticket);

    /// In the queue: removed, not_sent/cancelled. False: it is in flight, and stays so. An unknown ticket is ignored.
    [[nodiscard]] bool withdraw(std::uint64_t ticket, std::string why);

    /// Completes what is overdue: the call in flight (unknown/timeout), waiting ones past expires_at or
    /// queued_until (not_sent/expired).
    void expire(time_point now, std::chrono::system_clock::time_point utc_now);
    /// When expire() is due next; nullopt: nothing has a deadline.
    [[nodiscard]] std::optional<time_point> next_deadline(time_point now,
                                                          std::chrono::system_clock::time_point utc_now) const;

    /// The connection ends: unknown/`after_hand_over` for the call in flight, not_sent/`before` for all others.
    void fail_all(reason after_hand_over, reason before);

    [[nodiscard]] bool in_flight() const noexcept { return in_flight_ != nullptr; }
    [[nodiscard]] std::size_t waiting() const noexcept { return waiting_.size(); }

  private:
    static constexpr std::size_t most_given_up = 16;

    using queue = std::deque<std::unique_ptr<outbound_call>>;

    static void complete(outbound_call& call, command_result result);
    outbound_call* start(queue::iterator call, time_point now, std::chrono::steady_clock::duration default_timeout);
    void give_up(std::unique_ptr<outbound_call> call);

    std::size_t most_waiting_;
    queue waiting_;
    std::unique_ptr<outbound_call> in_flight_;
    time_point handed_over_at_{}, deadline_{};
    queue given_up_;  // newest last; an answer may still come
};

}  // namespace voltgate
