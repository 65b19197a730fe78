// How commands are written and read over HTTP, whichever route they come by.
#pragma once

#include "commands/command_operation.hpp"
#include "http/message.hpp"
#include "ocpp/payload.hpp"
#include "text/error_text.hpp"

#include <voltgate/command.hpp>
#include <voltgate/error.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace voltgate::http {

/// The status that fits an outcome.
[[nodiscard]] unsigned status_of(const command_result& r);

/// `,"name":"text"`
void append_member(std::string& out, std::string_view name, std::string_view text);
/// `,"outcome":…,"reason":…` and what belongs to them.
void append_outcome(std::string& out, const command_result& r);

/// Reads commandId, traceId, timeoutSeconds or expiresAt into `c`. False: the member is none of them.
/// `wrong`: what is wrong with its value.
[[nodiscard]] bool read_command_member(std::string_view name, ocpp::value_view member, command& c, error_text& wrong);

/// What a command, or its cancellation, was refused for at once.
[[nodiscard]] response misused(error_code ec);

/// How long the caller is patient, by its Prefer header (RFC 7240).
[[nodiscard]] caller_patience patience_of(const request& req);

/// 202, with the place where the outcome will be. `waits_for`: see command_dispatcher::waits_for().
[[nodiscard]] response accepted_response(std::string_view charge_point_id, const std::string& command_name,
                                         const std::string& command_id, command_state state, std::string_view waits_for,
                                         std::optional<std::int64_t> reservation_id = {});
/// `{"commandId":…,"commandName":…,"chargePointId":…`
void begin_command(std::string& out, const std::string& command_id, const std::string& command_name,
                   std::string_view charge_point_id);

/// What the audit log tells of a command. `body` is the request's: a tag that it names is masked in the id.
[[nodiscard]] std::string audit_of_command(std::string_view name, const std::string& command_id, std::string_view body,
                                           std::string_view outcome);

}  // namespace voltgate::http
