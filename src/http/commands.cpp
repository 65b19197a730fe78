// Commands: giving one and getting its outcome, with the status that fits it; asking what became of them.
#include "http/command_texts.hpp"
#include "http/labels.hpp"
#include "http/router.hpp"
#include "ocpp/payload.hpp"

#include <limits>
#include <utility>

namespace voltgate::http {

namespace {

response outcome_response(std::string_view charge_point_id, const std::string& command_name, const command_result& r) {
    std::string body;
    begin_command(body, r.command_id, command_name, charge_point_id);
    append_outcome(body, r);
    body += '}';
    response answer(status_of(r), std::move(body));
    if (answer.status == 429 || answer.status == 503) answer.headers.emplace_back("Retry-After", "5");
    return answer;
}

void append_record(std::string& out, const gateway_parts& parts, const command_record& c) {
    begin_command(out, c.command.command_id, c.command.action, c.charge_point_id);
    append_member(out, "state", to_string(c.state));
    if (c.state == command_state::waiting) {
        append_member(out, "waitsFor", parts.commands.waits_for(c.charge_point_id, c.command.action));
    }
    if (c.state == command_state::done) append_outcome(out, c.result);
    append_member(out, "createdAt", timestamp(c.created_at));
    append_member(out, "updatedAt", timestamp(c.updated_at));
    if (c.command.expires_at) append_member(out, "expiresAt", timestamp(*c.command.expires_at));
    if (!c.command.trace_id.empty()) append_member(out, "traceId", c.command.trace_id);
    out += c.late ? R"(,"late":true})" : R"(,"late":false})";
}

// What is wrong with the body.
error_text read_command(ocpp::payload_reader& reader, std::string_view body, command& c) {
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
        } else if (error_text wrong; read_command_member(name, member, c, wrong)) {
            if (wrong) return wrong;
        } else {
            return "unknown member \"" + std::string(name) +
                   "\"; known: commandName, payload, commandId, timeoutSeconds, expiresAt, traceId";
        }
    }
    if (c.action.empty()) return "commandName is missing";
    return {};
}

response unknown_command() {
    return problem(problem_kind::unknown_command, "no command of this id is known, or it was long ago");
}

}  // namespace

io_awaitable<response> post_command(route_context& c) {
    command wanted;
    if (const auto wrong = read_command(c.thread.reader, c.req.body, wanted)) {
        co_return problem(problem_kind::wrong_body, wrong.text());
    }
    const std::string id(c.parameters[0]);
    const std::string name = wanted.action;
    caller_patience patience = patience_of(c.req);
    const auto reached = patience.reached = std::make_shared<command_state>(command_state::done);
    auto [ec, result] =
        co_await c.parts.commands.async_send_command(id, std::move(wanted), std::move(patience), as_result);
    if (ec) co_return misused(ec);
    const bool done = *reached == command_state::done;
    response r = done ? outcome_response(id, name, result)
                      : accepted_response(id, name, result.command_id, *reached, c.parts.commands.waits_for(id, name));
    r.audit =
        audit_of_command(name, result.command_id, c.req.body, done ? to_string(result.outcome) : to_string(*reached));
    co_return r;
}

io_awaitable<response> get_command(route_context& c) {
    if (c.parameters[0].empty()) co_return unknown_command();
    command_query query;
    query.command_id = c.parameters[0];
    query.charge_points = c.req.may.charge_points;
    query.keys = keys_labelled(*c.parts.profiles, c.req.may.labels);
    const auto page = co_await c.parts.stores.commands->find(std::move(query));
    if (!page.error.empty())
        co_return problem(problem_kind::journal_unavailable, "the journal cannot be read: " + page.error);
    if (page.items.empty()) co_return unknown_command();
    std::string body;
    append_record(body, c.parts, page.items.front());
    co_return response(200, std::move(body));
}

io_awaitable<response> cancel_command(route_context& c) {
    if (c.req.may.limited()) {
        response seen = co_await get_command(c);
        if (seen.status != 200) co_return seen;
    }
    const std::string id(c.parameters[0]);
    auto [ec, told] = co_await c.parts.commands.async_cancel_command(id, as_result);
    if (ec) co_return misused(ec);
    switch (told) {
        case command_cancellation::cancelled: break;
        case command_cancellation::unknown_command: co_return unknown_command();
        case command_cancellation::in_flight:
            co_return problem(problem_kind::command_in_flight,
                              "too late: it is on its way to the charge point; GET tells what becomes of it");
        case command_cancellation::done:
            co_return problem(problem_kind::command_done, "too late: it is done; GET tells what became of it");
    }
    response r = co_await get_command(c);
    r.audit = id + " cancelled";
    co_return r;
}

io_awaitable<response> get_commands(route_context& c) {
    command_query query;
    query.charge_point_id = c.req.query_value("chargePointId").value_or("");
    query.charge_points = c.req.may.charge_points;
    std::vector<std::string> labels;
    if (auto bad = read_labels(c.req, labels)) co_return std::move(*bad);
    query.keys = keys_labelled(*c.parts.profiles, labels);
    if (const auto word = c.req.query_value("state")) {
        for (const auto s : {command_state::waiting, command_state::dispatching, command_state::done})
            if (to_string(s) == *word) query.state = s;
        if (!query.state) co_return problem(problem_kind::wrong_query, "state must be waiting, dispatching or done");
    }
    const auto limit = query_number(c.req, "limit", usual_page, 1, largest_page);
    if (!limit) co_return problem(problem_kind::wrong_query, "limit must be a whole number from 1 to 10000");
    const auto after = query_number(c.req, "after", 0, 1, std::numeric_limits<std::int64_t>::max());
    if (!after) co_return problem(problem_kind::wrong_query, "after must be the next of an earlier page");
    query.limit = *limit;
    query.after = *after;
    const auto page = co_await c.parts.stores.commands->find(std::move(query));
    if (!page.error.empty())
        co_return problem(problem_kind::journal_unavailable, "the journal cannot be read: " + page.error);
    std::string body = R"({"items":[)";
    for (const auto& record : page.items) {
        if (&record != page.items.data()) body += ',';
        append_record(body, c.parts, record);
    }
    body += ']';
    if (page.next > 0) append_member(body, "next", std::to_string(page.next));
    body += '}';
    co_return response(200, std::move(body));
}

}  // namespace voltgate::http
