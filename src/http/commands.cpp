// Commands: giving one and getting its outcome, with the status that fits it; asking what became of them.
#include "http/router.hpp"
#include "ocpp/payload.hpp"
#include "ocpp/timestamp.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace voltgate::http {

namespace {

constexpr double longest_timeout_seconds = 3600;
constexpr std::size_t longest_id = 128;
constexpr std::size_t usual_page = 1000, largest_page = 10'000;

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

void append_outcome(std::string& out, const command_result& r) {
    append_member(out, "outcome", to_string(r.outcome));
    append_member(out, "reason", to_string(r.reason));
    if (r.outcome == outcome::result) {
        out.append(R"(,"payload":)").append(r.payload);
    } else if (r.outcome == outcome::call_error) {
        append_member(out, "errorCode", r.error_code);
        append_member(out, "errorDescription", r.error_description);
        out.append(R"(,"errorDetails":)").append(r.error_details.empty() ? "{}" : r.error_details);
    } else {
        append_member(out, "detail", r.detail);
    }
}

void begin_command(std::string& out, const std::string& command_id, const std::string& command_name,
                   std::string_view charge_point_id) {
    out += R"({"commandId":)";
    ocpp::append_json_string(out, command_id);
    append_member(out, "commandName", command_name);
    append_member(out, "chargePointId", charge_point_id);
}

response outcome_response(std::string_view charge_point_id, const std::string& command_name, const command_result& r) {
    std::string body;
    begin_command(body, r.command_id, command_name, charge_point_id);
    append_outcome(body, r);
    body += '}';
    response answer(status_of(r), std::move(body));
    if (answer.status == 429 || answer.status == 503) answer.headers.emplace_back("Retry-After", "5");
    return answer;
}

std::string encoded_segment(std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                              std::string_view("-._~").find(c) != std::string_view::npos;
        if (is_plain) {
            encoded += c;
        } else {
            encoded.append(1, '%').append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
        }
    }
    return encoded;
}

response accepted_response(std::string_view charge_point_id, const std::string& command_name,
                           const std::string& command_id, command_state state) {
    std::string body;
    begin_command(body, command_id, command_name, charge_point_id);
    append_member(body, "state", to_string(state));
    body += '}';
    response answer(202, std::move(body));
    answer.headers.emplace_back("Location", "/api/v1/commands/" + encoded_segment(command_id));
    return answer;
}

void append_record(std::string& out, const command_record& c) {
    begin_command(out, c.command.command_id, c.command.action, c.charge_point_id);
    append_member(out, "state", to_string(c.state));
    if (c.state == command_state::done) append_outcome(out, c.result);
    append_member(out, "createdAt", timestamp(c.created_at));
    append_member(out, "updatedAt", timestamp(c.updated_at));
    if (c.command.expires_at) append_member(out, "expiresAt", timestamp(*c.command.expires_at));
    if (!c.command.trace_id.empty()) append_member(out, "traceId", c.command.trace_id);
    out += c.late ? R"(,"late":true})" : R"(,"late":false})";
}

// "respond-async" among the preferences (RFC 7240), with or without parameters.
bool prefers_async(std::string_view prefer) {
    constexpr std::string_view wanted = "respond-async";
    while (!prefer.empty()) {
        const auto comma = prefer.find(',');
        std::string_view one = prefer.substr(0, std::min(comma, prefer.find(';')));
        while (!one.empty() && (one.front() == ' ' || one.front() == '\t')) one.remove_prefix(1);
        while (!one.empty() && (one.back() == ' ' || one.back() == '\t')) one.remove_suffix(1);
        if (one.size() == wanted.size() && fold_id(one) == wanted) return true;
        prefer = comma == std::string_view::npos ? std::string_view{} : prefer.substr(comma + 1);
    }
    return false;
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
    caller_patience patience;
    patience.what = prefers_async(c.req.prefer) ? caller_patience::until::taken : caller_patience::until::waiting;
    const auto reached = patience.reached = std::make_shared<command_state>(command_state::done);
    auto [ec, result] = co_await c.core.async_send_command(id, std::move(wanted), std::move(patience), as_result);
    if (ec) co_return problem(ec == errc::gateway_not_running ? 503 : 400, ec.message());
    const bool done = *reached == command_state::done;
    response r = done ? outcome_response(id, name, result) : accepted_response(id, name, result.command_id, *reached);
    r.audit.append(name).append(1, ' ').append(result.command_id).append(1, ' ');
    r.audit.append(done ? to_string(result.outcome) : to_string(*reached));
    co_return r;
}

io_awaitable<response> get_command(route_context& c) {
    if (auto bad = unknown_query(c.req, {})) co_return std::move(*bad);
    command_query query;
    query.command_id = c.parameters[0];
    const auto page = co_await c.core.command_ledger().find(std::move(query));
    if (!page.error.empty()) co_return problem(503, "the journal cannot be read: " + page.error);
    if (page.items.empty()) co_return problem(404, "no command of this id is known, or it was long ago");
    std::string body;
    append_record(body, page.items.front());
    co_return response(200, std::move(body));
}

io_awaitable<response> get_commands(route_context& c) {
    if (auto bad = unknown_query(c.req, {"chargePointId", "state", "limit", "after"})) co_return std::move(*bad);
    command_query query;
    query.charge_point_id = c.req.query_value("chargePointId").value_or("");
    if (const auto word = c.req.query_value("state")) {
        for (const auto s : {command_state::waiting, command_state::dispatching, command_state::done})
            if (to_string(s) == *word) query.state = s;
        if (!query.state) co_return problem(400, "state must be waiting, dispatching or done");
    }
    const auto limit = query_number(c.req, "limit", usual_page, 1, largest_page);
    if (!limit) co_return problem(400, "limit must be a whole number from 1 to 10000");
    const auto after = query_number(c.req, "after", 0, 1, std::numeric_limits<std::int64_t>::max());
    if (!after) co_return problem(400, "after must be the next of an earlier page");
    query.limit = *limit;
    query.after = *after;
    const auto page = co_await c.core.command_ledger().find(std::move(query));
    if (!page.error.empty()) co_return problem(503, "the journal cannot be read: " + page.error);
    std::string body = R"({"items":[)";
    for (const auto& record : page.items) {
        if (&record != page.items.data()) body += ',';
        append_record(body, record);
    }
    body += ']';
    if (page.next > 0) append_member(body, "next", std::to_string(page.next));
    body += '}';
    co_return response(200, std::move(body));
}

}  // namespace voltgate::http
