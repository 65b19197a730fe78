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

/// The CALL that answer_calls() answers: that coroutine's, one after the other.
struct session::running_answer {
    frame_ptr f;            // null: it is through with one, and looks for the next
    ocpp::frame_head head;  // slices of f
    const ocpp::action_info* action = nullptr;
    io_awaitable<call_answer> answer;
    bool remember = false;
    deadline due = deadline::never();

    asio::cancellation_signal cancel;
    bool abandoned = false;  // the coroutine ends, whatever it gets
};

/// The last transaction message that was answered, for a repetition under the same id.
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
