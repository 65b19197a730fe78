// What callers are told of commands that are not sent.
#pragma once

#include <voltgate/command.hpp>

#include <string>
#include <utility>

namespace voltgate {

inline constexpr char cancelled_text[] = "cancelled before it was sent";
inline constexpr char superseded_text[] = "the charge point has asked for a newer certificate";
inline constexpr char expired_waiting_text[] = "expired before the charge point was there and its boot accepted";

[[nodiscard]] inline command_result not_sent(reason why, std::string text) {
    return {outcome::not_sent, why, std::move(text)};
}

[[nodiscard]] inline command_result id_conflict() {
    return not_sent(reason::conflict, "this commandId stands for another command");
}

}  // namespace voltgate
