// Commands that mean the same in every OCPP version: mapped onto the version that the charge point speaks, answered in
// the same words, with what it said itself beside them.
#include "commands/neutral_commands.hpp"
#include "events/event_id.hpp"
#include "http/command_texts.hpp"
#include "http/router.hpp"
#include "ocpp/frame.hpp"
#include "stores/queries.hpp"
#include "text/payload_mark.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <string>
#include <utility>

namespace voltgate::http {

namespace {

namespace json = boost::json;

constexpr std::int64_t largest_number = 0x7FFF'FFFF;

struct wanted_action {
    command envelope;
    json::object parameters;
};

// What is wrong with the body.
error_text read_body(ocpp::payload_reader& reader, std::string_view body, wanted_action& w) {
    if (!reader.read(body, nullptr)) return "the body is not JSON: " + std::string(reader.syntax_error());
    const auto root = reader.root();
    if (root.kind() != ocpp::value_kind::object) return "the body must be a JSON object";
    for (auto member = root.first(); member.kind() != ocpp::value_kind::absent; member = member.next()) {
        error_text wrong;
        if (member.key() == "parameters") {
            if (member.kind() != ocpp::value_kind::object) return "parameters must be an object";
            boost::system::error_code ec;
            auto parsed = json::parse(member.json(), ec);
            if (ec || !parsed.is_object()) return "parameters must be an object";
            w.parameters = std::move(parsed.get_object());
        } else if (!read_command_member(member.key(), member, w.envelope, wrong)) {
            return "unknown member \"" + std::string(member.key()) +
                   "\"; known: parameters, commandId, timeoutSeconds, expiresAt, traceId";
        }
        if (wrong) return wrong;
    }
    return {};
}

// A command that is given again under its id must be the same one: its numbers come from the id.
std::int64_t request_number_of(const gateway_parts& parts, const std::string& command_id) {
    const auto number = command_id.empty() ? parts.commands.next_ticket() : payload_mark(command_id);
    return 1 + static_cast<std::int64_t>(number % largest_number);
}

io_awaitable<bool> is_taken(const gateway_parts& parts, std::string charge_point_id, std::int64_t reservation_id) {
    if (!parts.queries()) co_return false;
    const auto answer = co_await parts.queries()->reservations->is_reserved(std::move(charge_point_id), reservation_id);
    co_return answer.value.value_or(false);
}

// An id for a reservation comes from the id of the command, like all such numbers. One that the gateway chooses, and
// chooses again while the charge point has a reservation under what comes of it.
io_awaitable<void> choose_command_id(const gateway_parts& parts, std::string charge_point_id, std::string& command_id) {
    bool taken = true;
    while (taken) {
        command_id = make_uuid(parts.machine.random());
        const auto number = request_number_of(parts, command_id);
        taken = co_await is_taken(parts, charge_point_id, number);
    }
}

response action_response(std::string_view charge_point_id, std::string_view name, neutral_action a, ocpp::version v,
                         const neutral_command& sent, const command_result& r) {
    std::string body;
    begin_command(body, r.command_id, sent.action, charge_point_id);
    append_member(body, "action", name);
    append_member(body, "ocppVersion", ocpp::to_string(v));
    body.append(R"(,"result":)").append(json::serialize(neutral_answer(a, v, r)));
    if (sent.reservation_id) body.append(R"(,"reservationId":)").append(std::to_string(*sent.reservation_id));
    append_outcome(body, r);
    response answer(status_of(r), std::move(body += '}'));
    if (answer.status == 429 || answer.status == 503) answer.headers.emplace_back("Retry-After", "5");
    return answer;
}

}  // namespace

io_awaitable<response> post_action(route_context& c) {
    const std::string id(c.parameters[0]), name(c.parameters[1]);
    const auto action = neutral_action_from_string(name);
    if (!action) {
        co_return problem(problem_kind::unknown_action,
                          "no action is called " + name + "; known: " + std::string(neutral_actions));
    }
    wanted_action wanted;
    if (const auto wrong = read_body(c.thread.reader, c.req.body, wanted)) {
        co_return problem(problem_kind::wrong_body, wrong.text());
    }
    const auto where = c.parts.registry.locate(id);
    if (!where.record)
        co_return problem(problem_kind::unknown_charge_point, "no charge point of this id was ever seen");
    if (!where.live) {
        response offline = problem(problem_kind::not_connected,
                                   "the charge point is not connected: nobody knows which version it will speak");
        offline.headers.emplace_back("Retry-After", "5");
        co_return offline;
    }
    neutral_context context;
    context.version = where.live->version();
    context.now = c.parts.clock.utc();
    if (*action == neutral_action::reserve && wanted.envelope.command_id.empty()) {
        co_await choose_command_id(c.parts, id, wanted.envelope.command_id);
    }
    context.request_number = request_number_of(c.parts, wanted.envelope.command_id);
    auto mapped = to_ocpp(*action, wanted.parameters, context);
    if (mapped.wrong) co_return problem(422, mapped.wrong.text());

    wanted.envelope.action = mapped.action;
    wanted.envelope.payload = mapped.payload;
    caller_patience patience = patience_of(c.req);
    const auto reached = patience.reached = std::make_shared<command_state>(command_state::done);
    auto [ec, result] =
        co_await c.parts.commands.async_send_command(id, std::move(wanted.envelope), std::move(patience), as_result);
    if (ec) co_return misused(ec);
    const bool done = *reached == command_state::done;
    response r = done ? action_response(id, name, *action, context.version, mapped, result)
                      : accepted_response(id, mapped.action, result.command_id, *reached,
                                          c.parts.commands.waits_for(id, mapped.action), mapped.reservation_id);
    r.audit = audit_of_command(mapped.action, result.command_id, c.req.body,
                               done ? to_string(result.outcome) : to_string(*reached));
    co_return r;
}

}  // namespace voltgate::http
