// Commands that mean the same in every OCPP version, as the action and payload of the version that is spoken; and what
// charge points answer to them, in the same words. Pure.
#pragma once

#include "text/error_text.hpp"

#include <voltgate/command.hpp>
#include <voltgate/ocpp/version.hpp>

#include <boost/json/object.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace voltgate {

enum class neutral_action : std::uint8_t {
    start,
    stop,
    reset,
    unlock,
    availability,
    trigger,
    get_config,
    set_config,
    set_profile,
    get_log,
    update_firmware,
    transaction_status,
    clear_profile,
    composite_schedule,
    reserve,
    cancel_reservation,
    send_local_list,
    local_list_version,
    clear_cache,
};

[[nodiscard]] std::optional<neutral_action> neutral_action_from_string(std::string_view name) noexcept;
/// For people: all of them.
inline constexpr std::string_view neutral_actions =
    "start, stop, reset, unlock, availability, trigger, get_config, set_config, set_profile, get_log, update_firmware, "
    "transaction_status, clear_profile, composite_schedule, reserve, cancel_reservation, send_local_list, "
    "local_list_version, clear_cache";

/// What a mapping needs beside the parameters.
struct neutral_context {
    neutral_context() = default;
    ocpp::version version = ocpp::version::v16;
    std::int64_t request_number = 1;  // for requests that need a number of the caller's own
    std::chrono::system_clock::time_point now;
};

struct neutral_command {
    neutral_command() = default;
    std::string action, payload;
    std::optional<std::int64_t> reservation_id;  // of reserve: as given, else the request's number
    error_text wrong;                            // with the parameters; there is no command then
};
[[nodiscard]] neutral_command to_ocpp(neutral_action a, const boost::json::object& parameters,
                                      const neutral_context& context);

/// accepted, scheduled, reboot_required, rejected, not_supported, unknown_target, failed; null where there was no
/// answer. And what else the answer says: see docs.
[[nodiscard]] boost::json::object neutral_answer(neutral_action a, ocpp::version v, const command_result& r);

}  // namespace voltgate
