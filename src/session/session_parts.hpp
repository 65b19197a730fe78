// The parts of a session that most sessions never have: allocated when they are needed first.
#pragma once

#include "session/session.hpp"

#include <boost/asio/cancellation_signal.hpp>

#include <optional>
#include <string>
#include <utility>

namespace voltgate {

/// How far a payload that is not refused is what it should be.
struct session::accepted_payload {
    bool unusable = false;  // a transaction message that any other action's would be refused for
    std::optional<ocpp::salvaged_payload> salvaged;
};

/// A CALL that is being answered by a coroutine.
struct session::running_answer {
    running_answer(frame_ptr in, const ocpp::frame_head& h, const ocpp::action_info& a)
        : f(std::move(in)), head(h), action(a) {}

    frame_ptr f;
    ocpp::frame_head head;  // slices of f
    const ocpp::action_info& action;
    deadline due = deadline::never();
    asio::cancellation_signal cancel;
    bool remember = false;
    bool abandoned = false;
};

/// The last money message that was answered, for a repetition under the same id.
struct session::remembered_answer {
    std::string id;
    std::uint64_t payload_mark = 0;
    std::string answer;
};

/// What a session needs only once a command came.
struct session::outbound_side {
    explicit outbound_side(std::size_t most_waiting) : calls(most_waiting) {}
    outbound_calls calls;
    deadline due = deadline::never();  // of the first of them
    std::uint64_t turn = 0;            // ticket of the call that goes out next, once its waiter lets it; 0: none
};

}  // namespace voltgate
