#include "session/outbound_calls.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace voltgate {

void outbound_calls::complete(outbound_call& call, command_result result) {
    result.command_id = call.command.command_id;
    if (auto* const waiter = std::exchange(call.waiter, nullptr)) waiter->has_ended(std::move(result));
}

bool outbound_calls::push(std::unique_ptr<outbound_call>&& call) {
    if (waiting_.size() >= most_waiting_ && !call->admitted) return false;
    auto place = waiting_.end();
    while (place != waiting_.begin() && (*std::prev(place))->ticket > call->ticket) --place;
    waiting_.insert(place, std::move(call));
    return true;
}

void outbound_calls::forget_waiter(std::uint64_t ticket) noexcept {
    if (in_flight_ && in_flight_->ticket == ticket) in_flight_->waiter = nullptr;
    std::erase_if(waiting_, [ticket](const auto& call) { return call->ticket == ticket; });
}

outbound_call* outbound_calls::find_waiting(std::uint64_t ticket) const noexcept {
    const auto found =
        std::find_if(waiting_.begin(), waiting_.end(), [&](const auto& call) { return call->ticket == ticket; });
    return found == waiting_.end() ? nullptr : found->get();
}

outbound_call* outbound_calls::start(queue::iterator call, time_point now,
                                     std::chrono::steady_clock::duration default_timeout) {
    in_flight_ = std::move(*call);
    waiting_.erase(call);
    constexpr std::chrono::steady_clock::duration longest = std::chrono::hours(24 * 365);  // more would overflow
    const auto timeout = std::min(in_flight_->command.timeout, longest);
    handed_over_at_ = now;
    deadline_ = now + (timeout > timeout.zero() ? timeout : default_timeout);
    return in_flight_.get();
}

answer_match outbound_calls::match(std::string_view message_id) const noexcept {
    if (in_flight_ && in_flight_->message_id == message_id) return answer_match::in_flight;
    const bool late = std::any_of(given_up_.begin(), given_up_.end(),
                                  [&](const auto& call) { return call->message_id == message_id; });
    return late ? answer_match::late : answer_match::unknown;
}

std::unique_ptr<outbound_call> outbound_calls::finish() { return std::move(in_flight_); }

std::unique_ptr<outbound_call> outbound_calls::finish_late(std::string_view message_id) {
    const auto found = std::find_if(given_up_.begin(), given_up_.end(),
                                    [&](const auto& call) { return call->message_id == message_id; });
    if (found == given_up_.end()) return nullptr;
    auto call = std::move(*found);
    given_up_.erase(found);
    return call;
}

void outbound_calls::give_up(std::unique_ptr<outbound_call> call) {
    given_up_.push_back(std::move(call));
    if (given_up_.size() > most_given_up) given_up_.pop_front();
}

void outbound_calls::cancel(std::uint64_t ticket) {
    if (in_flight_ && in_flight_->ticket == ticket) {
        complete(*in_flight_, {outcome::unknown, reason::cancelled, "cancelled while waiting for the answer"});
        return;
    }
    refuse(ticket, reason::cancelled, "cancelled before it was sent");
}

bool outbound_calls::withdraw(std::uint64_t ticket, std::string why) {
    if (in_flight_ && in_flight_->ticket == ticket) return false;
    refuse(ticket, reason::cancelled, std::move(why));
    return true;
}

void outbound_calls::refuse(std::uint64_t ticket, reason why, std::string text) {
    const auto found =
        std::find_if(waiting_.begin(), waiting_.end(), [&](const auto& call) { return call->ticket == ticket; });
    if (found == waiting_.end()) return;
    auto call = std::move(*found);
    waiting_.erase(found);
    complete(*call, {outcome::not_sent, why, std::move(text)});
}

void outbound_calls::expire(time_point now, std::chrono::system_clock::time_point utc_now) {
    if (in_flight_ && deadline_ <= now) {
        auto call = finish();
        complete(*call, {outcome::unknown, reason::timeout, "no answer in time; the charge point may have acted"});
        give_up(std::move(call));
    }
    const auto too_late = [&](const outbound_call& call) {
        return call.queued_until <= now || (call.command.expires_at && *call.command.expires_at <= utc_now);
    };
    refuse_if(too_late, reason::expired, "expired while waiting for its turn");
}

std::optional<outbound_calls::time_point> outbound_calls::next_deadline(
    time_point now, std::chrono::system_clock::time_point utc_now) const {
    std::optional<time_point> next;
    if (in_flight_) next = deadline_;
    for (const auto& call : waiting_) {
        auto at = call->queued_until;
        if (call->command.expires_at && *call->command.expires_at - utc_now < at - now) {
            at = now +
                 std::chrono::duration_cast<std::chrono::steady_clock::duration>(*call->command.expires_at - utc_now);
        }
        if (!next || at < *next) next = at;
    }
    return next;
}

void outbound_calls::fail_all(reason after_hand_over, reason before) {
    if (auto call = std::move(in_flight_)) {
        complete(*call, {outcome::unknown, after_hand_over,
                         "the connection ended before the answer came; the charge point may have acted"});
    }
    while (!waiting_.empty()) {
        auto call = std::move(waiting_.front());
        waiting_.pop_front();
        complete(*call, {outcome::not_sent, before, "the connection ended before it was sent"});
    }
}

}  // namespace voltgate
