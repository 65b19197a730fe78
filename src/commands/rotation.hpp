// A new password for a connected charge point: made, told to it, in force from its first use on.
#pragma once

#include "session/session_thread.hpp"

#include <voltgate/command.hpp>

#include <cstdint>
#include <string>

namespace voltgate {

class clock_source;
class command_dispatcher;
class credential_port;
class random_source;
class registry;

/// How the new password looks on the wire: 20 bytes in hexadecimal, or 20 letters and digits.
enum class password_form : std::uint8_t { hex, text };

struct rotation_request {
    rotation_request() = default;
    std::string charge_point_id;
    password_form form = password_form::hex;
    bool replace_pending = false;  // one of an earlier rotation
};

struct rotation {
    rotation() = default;
    enum class fate : std::uint8_t {
        not_stored,  // nothing was sent
        busy,        // an earlier one is pending: nothing was sent
        kept,        // either password works until the new one is used first
        dropped,     // the charge point does not have the new one: the old one stays
    } what = fate::not_stored;
    command_result result;  // of the command that told it; kept, dropped
    std::string status;     // as the charge point spelt it; empty: it did not say
};

/// What a rotation works with; all outlives it.
struct rotation_parts {
    command_dispatcher& commands;
    const registry& stations;
    credential_port& credentials;
    const clock_source& clock;
    random_source& random;
    session_thread& thread;  // the one that it runs on
};

/// The new password is known to the charge point alone.
io_awaitable<rotation> rotate_password(rotation_parts with, rotation_request r);

}  // namespace voltgate
