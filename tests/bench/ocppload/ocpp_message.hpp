// Reads OCPP-J envelopes and tells whether an answer fits its question.
#pragma once

#include "payloads.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ocppload {

struct envelope {
    char type = 0;                       // '2' CALL, '3' CALLRESULT, '4' CALLERROR
    std::string_view id, name, payload;  // name: the action of a CALL, the code of a CALLERROR; escapes are kept
};

/// Checks the whole text for being JSON; false where it is no OCPP-J message with an object as payload.
bool parse_envelope(std::string_view text, envelope& out);

/// A CALLRESULT must look like the answer to the action it was correlated with.
bool payload_fits(action a, std::string_view payload);

/// The payload to answer a CALL of the server with.
const char* answer_to(std::string_view action_name);

/// The id of a CALL: 36 characters shaped like a UUID, as most charge points send, that carry the connection and the
/// number of the call, so that a stray answer can be told from a late or repeated one.
struct call_id {
    static constexpr std::size_t size = 36;
    char text[size];

    call_id(std::uint32_t connection, std::uint64_t call);
    std::string_view view() const { return {text, size}; }
};
bool read_call_id(std::string_view id, std::uint32_t& connection, std::uint64_t& call);

}  // namespace ocppload
