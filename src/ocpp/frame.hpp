// OCPP-J framing: the envelope of a message, read without building anything, and the envelopes we send.
// Source: OCPP-J 1.6 section 4, OCPP 2.0.1 Part 4 section 4, OCPP 2.1 Part 4 section 4.
#pragma once

#include <voltgate/ocpp/version.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace voltgate::ocpp {

enum class message_type : std::uint8_t { call = 2, call_result = 3, call_error = 4, call_result_error = 5, send = 6 };

/// What is wrong with an envelope. `none`: all members of frame_head that its type needs are set.
enum class frame_fault : std::uint8_t {
    none,
    empty,          // nothing but blanks
    not_an_array,   // not JSON, or JSON but no array, or the message type is no integer
    id_unreadable,  // the id is missing, null, an object, …
    unknown_type,   // a message type number this version does not know; id may be readable
    malformed,      // type and id are readable, what follows is not: too short, action no string
};

/// The envelope, as slices of the text it was read from.
struct frame_head {
    frame_fault fault = frame_fault::none;
    message_type type = message_type::call;
    std::int64_t type_number = 0;        // as received
    bool numeric_id = false;             // the id came as a JSON number: echo it as one
    std::string_view id;                 // the id's JSON text without quotes, escapes kept: echo it byte for byte
    std::string_view action;             // CALL, SEND
    std::string_view error_code;         // CALLERROR, CALLRESULTERROR; escapes kept
    std::string_view error_description;  // likewise
    std::size_t payload_offset = 0;      // where the payload (or errorDetails) starts
};

/// Reads `[type,id,…` up to the payload. The payload and what follows it are checked by payload_reader.
[[nodiscard]] frame_head read_head(std::string_view text, version v) noexcept;

/// Number of code points in the id, for the rule long_message_id (at most 36).
[[nodiscard]] std::size_t id_length(const frame_head& head) noexcept;

// Each appends one whole frame to `out`. `payload` and `details` are JSON texts; ids are JSON text without quotes,
// as frame_head gives them. `description` is plain text: escaped here, cut to 255 code points.
void append_call(std::string& out, std::string_view id, std::string_view action, std::string_view payload);
void append_call_result(std::string& out, const frame_head& call, std::string_view payload);
/// The two halves of append_call_result, for answers that are built in place between them.
void begin_call_result(std::string& out, const frame_head& call);
void end_call_result(std::string& out);
void append_call_error(std::string& out, std::string_view id, bool numeric_id, std::string_view code,
                       std::string_view description, std::string_view details = "{}");
void append_call_result_error(std::string& out, std::string_view id, std::string_view code,
                              std::string_view description, std::string_view details = "{}");

/// Appends `text` as a JSON string, quotes included.
void append_json_string(std::string& out, std::string_view text);

/// The value of a JSON string given as text without its quotes (escapes resolved; lone surrogates become U+FFFD).
[[nodiscard]] std::string unescape(std::string_view json_text);

}  // namespace voltgate::ocpp
