// The kinds of errors that a program can tell apart: each has a `type` of its own, which stays the same.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace voltgate::http {

enum class problem_kind : std::uint8_t {
    bad_request,
    wrong_query,
    wrong_body,
    unauthorized,
    forbidden,
    not_found,
    unknown_charge_point,
    unknown_command,
    unknown_transaction,
    unknown_id_tag,
    unknown_action,
    no_credentials,
    method_not_allowed,
    request_timeout,
    conflict,
    command_in_flight,
    command_done,
    transaction_ended,
    ambiguous_transaction,
    connector_charging,
    position_gone,
    precondition_failed,
    body_too_large,
    unsupported_media_type,
    wrong_parameters,
    upgrade_required,
    too_many_requests,
    header_too_large,
    internal_error,
    journal_off,
    unavailable,
    not_connected,
    stopping,
    journal_unavailable,
};

struct problem_facts {
    problem_kind kind;
    unsigned status;
    std::string_view name;   // behind "urn:voltgate:problem:"
    std::string_view title;  // for people, the same for all of the kind
};

/// In the order of problem_kind; the first of a status is its general one.
inline constexpr std::array<problem_facts, 34> problem_table{{
    {problem_kind::bad_request, 400, "bad-request", "The request cannot be read"},
    {problem_kind::wrong_query, 400, "wrong-query", "A query parameter is wrong"},
    {problem_kind::wrong_body, 400, "wrong-body", "The body is wrong"},
    {problem_kind::unauthorized, 401, "unauthorized", "Unauthorized"},
    {problem_kind::forbidden, 403, "forbidden", "Forbidden"},
    {problem_kind::not_found, 404, "not-found", "There is no such thing"},
    {problem_kind::unknown_charge_point, 404, "unknown-charge-point", "Unknown charge point"},
    {problem_kind::unknown_command, 404, "unknown-command", "Unknown command"},
    {problem_kind::unknown_transaction, 404, "unknown-transaction", "Unknown transaction"},
    {problem_kind::unknown_id_tag, 404, "unknown-id-tag", "Unknown id tag"},
    {problem_kind::unknown_action, 404, "unknown-action", "Unknown action"},
    {problem_kind::no_credentials, 404, "no-credentials", "No password is known"},
    {problem_kind::method_not_allowed, 405, "method-not-allowed", "Method not allowed"},
    {problem_kind::request_timeout, 408, "request-timeout", "The request did not arrive in time"},
    {problem_kind::conflict, 409, "conflict", "Conflict"},
    {problem_kind::command_in_flight, 409, "command-in-flight", "The command is on its way"},
    {problem_kind::command_done, 409, "command-done", "The command is done"},
    {problem_kind::transaction_ended, 409, "transaction-ended", "The transaction has ended"},
    {problem_kind::ambiguous_transaction, 409, "ambiguous-transaction", "Several transactions have this id"},
    {problem_kind::connector_charging, 409, "connector-charging", "The connector is charging"},
    {problem_kind::position_gone, 410, "position-gone", "The position is none of this journal"},
    {problem_kind::precondition_failed, 412, "precondition-failed", "A precondition does not hold"},
    {problem_kind::body_too_large, 413, "body-too-large", "The body is too large"},
    {problem_kind::unsupported_media_type, 415, "unsupported-media-type", "The body is not JSON"},
    {problem_kind::wrong_parameters, 422, "wrong-parameters", "The parameters are wrong"},
    {problem_kind::upgrade_required, 426, "upgrade-required", "Upgrade required"},
    {problem_kind::too_many_requests, 429, "too-many-requests", "Too many requests"},
    {problem_kind::header_too_large, 431, "header-too-large", "The header is too large"},
    {problem_kind::internal_error, 500, "internal-error", "Internal error"},
    {problem_kind::journal_off, 501, "journal-off", "There is no journal"},
    {problem_kind::unavailable, 503, "unavailable", "Unavailable for now"},
    {problem_kind::not_connected, 503, "not-connected", "The charge point is not connected"},
    {problem_kind::stopping, 503, "stopping", "The gateway is stopping"},
    {problem_kind::journal_unavailable, 503, "journal-unavailable", "The journal does not answer"},
}};

[[nodiscard]] constexpr const problem_facts& facts_of(problem_kind k) noexcept {
    return problem_table[static_cast<std::size_t>(k)];
}

/// The general kind of a status.
[[nodiscard]] constexpr problem_kind kind_of(unsigned status) noexcept {
    for (const auto& facts : problem_table)
        if (facts.status == status) return facts.kind;
    return status < 500 ? problem_kind::bad_request : problem_kind::internal_error;
}

/// "urn:voltgate:problem:unknown-command"
[[nodiscard]] std::string problem_type(problem_kind k);

}  // namespace voltgate::http
