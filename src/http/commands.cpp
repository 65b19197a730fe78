// POST …/commands: one command, its outcome, the status that fits it.
#include "http/router.hpp"
#include "ocpp/payload.hpp"
#include "ocpp/timestamp.hpp"

#include <utility>

namespace voltgate::http {

namespace {

constexpr double longest_timeout_seconds = 3600;
constexpr std::size_t longest_id = 128;

unsigned status_of(const command_result& r) {
    switch (r.outcome) {
        case outcome::result:
        case outcome::call_error: return 200;
        case outcome::unknown: return 504;
        case outcome::not_sent: break;
    }
    switch (r.reason) {
        case reason::unknown_charge_point: return 404;
        case reason::conflict: return 409;
        case reason::expired: return 410;
        case reason::invalid_payload: return 422;
        case reason::queue_full: return 429;
        default: return 503;
    }
}

void append_member(std::string& out, std::string_view name, std::string_view text) {
    out.append(",\"").append(name).append("\":");
    ocpp::append_json_string(out, text);
}

response outcome_response(std::string_view charge_point_id, const std::string& command_name, const command_result& r) {
    std::string body = R"({"commandId":)";
    ocpp::append_json_string(body, r.command_id);
    append_member(body, "commandName", command_name);
    append_member(body, "chargePointId", charge_point_id);
    append_member(body, "outcome", to_string(r.outcome));
    append_member(body, "reason", to_string(r.reason));
    if (r.outcome == outcome::result) {
        body.append(R"(,"payload":)").append(r.payload);
    } else if (r.outcome == outcome::call_error) {
        append_member(body, "errorCode", r.error_code);
        append_member(body, "errorDescription", r.error_description);
        body.append(R"(,"errorDetails":)").append(r.error_details.empty() ? "{}" : r.error_details);
    } else {
        append_member(body, "detail", r.detail);
    }
    body += '}';
    response answer(status_of(r), std::move(body));
    if (answer.status == 429 || answer.status == 503) answer.headers.emplace_back("Retry-After", "5");
    return answer;
}

// Empty: `c` is what the body says. Else what is wrong with it.
std::string read_command(ocpp::payload_reader& reader, std::string_view body, command& c) {
    if (!reader.read(body, nullptr)) return "the body is not JSON: " + std::string(reader.syntax_error());
    const auto root = reader.root();
    if (root.kind() != ocpp::value_kind::object) return "the body must be a JSON object";
    for (auto member = root.first(); member.kind() != ocpp::value_kind::absent; member = member.next()) {
        const auto name = member.key();
        const bool is_text = member.kind() == ocpp::value_kind::string;
        if (name == "commandName") {
            if (!is_text || member.raw().empty()) return "commandName must be the name of an OCPP action";
            c.action = member.string();
        } else if (name == "payload") {
            if (member.kind() != ocpp::value_kind::object) return "payload must be an object";
            c.payload = member.json();
        } else if (name == "commandId") {
            if (!is_text || member.raw().empty() || member.raw().size() > longest_id) {
                return "commandId must be a text of 1 to 128 bytes";
            }
            c.command_id = member.string();
        } else if (name == "traceId") {
            if (!is_text || member.raw().size() > longest_id) return "traceId must be a text of at most 128 bytes";
            c.trace_id = member.string();
        } else if (name == "timeoutSeconds") {
            const auto kind = member.kind();
            const auto seconds = member.number();
            const bool is_number = kind == ocpp::value_kind::integer || kind == ocpp::value_kind::number;
            if (!is_number || !seconds || !(*seconds > 0) || *seconds > longest_timeout_seconds) {
                return "timeoutSeconds must be a number above 0 and at most 3600";
            }
            c.timeout = std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                std::chrono::duration<double>(*seconds));
        } else if (name == "expiresAt") {
            const auto time = is_text ? ocpp::read_timestamp(member.raw()) : std::nullopt;
            if (!time || time->odd) return "expiresAt must be a time like 2026-01-02T03:04:05Z";
            c.expires_at = time->time;
        } else {
            return "unknown member \"" + std::string(name) +
                   "\"; known: commandName, payload, commandId, timeoutSeconds, expiresAt, traceId";
        }
    }
    if (c.action.empty()) return "commandName is missing";
    return {};
}

}  // namespace

io_awaitable<response> post_command(route_context& c) {
    if (auto bad = unknown_query(c.req, {})) co_return std::move(*bad);
    command wanted;
    if (const auto wrong = read_command(c.thread.reader, c.req.body, wanted); !wrong.empty()) {
        co_return problem(400, wrong);
    }
    const std::string id(c.parameters[0]);
    const std::string name = wanted.action;
    auto [ec, result] = co_await c.core.async_send_command(id, std::move(wanted), as_result);
    if (ec) co_return problem(ec == errc::gateway_not_running ? 503 : 400, ec.message());
    co_return outcome_response(id, name, result);
}

}  // namespace voltgate::http
