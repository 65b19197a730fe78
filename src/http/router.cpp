#include "http/router.hpp"

#include "stores/queries.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace voltgate::http {

const std::vector<route>& routes() {
    using scope = api_scope;
    constexpr bool limited = true;     // keeps the limits of its caller
    constexpr bool by_itself = false;  // of one charge point, or closed to limited callers
    static const std::vector<route> all = {
        {"GET", "/health", scope::read, get_health, limited},
        {"GET", "/health/live", std::nullopt, get_health_live, limited},
        {"GET", "/health/ready", std::nullopt, get_health_ready, limited},
        {"GET", "/metrics", scope::read, get_metrics, limited},
        {"GET", "/connections", scope::read, get_connections, limited, {"limit", "after", "label"}},
        {"GET",
         "/api/v1/charge-points",
         scope::read,
         get_charge_points,
         limited,
         {"limit", "after", "connected", "label"}},
        {"POST", "/api/v1/charge-points", scope::admin, post_charge_points},
        {"GET", "/api/v1/charge-points/{}", scope::read, get_charge_point},
        {"PUT", "/api/v1/charge-points/{}", scope::admin, put_charge_point},
        {"DELETE", "/api/v1/charge-points/{}", scope::admin, delete_charge_point},
        {"GET", "/api/v1/charge-points/{}/messages", scope::read, get_messages, by_itself, {"limit"}},
        {"POST", "/api/v1/charge-points/{}/commands", scope::command, post_command},
        {"GET", "/api/v1/charge-points/{}/credentials", scope::read, get_credentials},
        {"PUT", "/api/v1/charge-points/{}/credentials", scope::admin, put_credentials},
        {"DELETE", "/api/v1/charge-points/{}/credentials", scope::admin, delete_credentials},
        {"POST", "/api/v1/charge-points/{}/credentials/rotate", scope::admin, rotate_credentials},
        {"DELETE", "/api/v1/charge-points/{}/credentials/seen-profile", scope::admin, delete_seen_profile},
        {"GET", "/api/v1/models", scope::read, get_models, by_itself, {"limit", "label"}},
        {"GET",
         "/api/v1/transactions",
         scope::read,
         get_transactions,
         limited,
         {"chargePointId", "label", "connectorId", "idTag", "state", "attention", "changedAfter", "startedAfter",
          "startedBefore", "limit", "after"}},
        {"GET", "/api/v1/transactions/{}", scope::read, get_transaction, limited, {"chargePointId"}},
        {"POST", "/api/v1/transactions/{}/close", scope::operate, close_transaction, limited, {"chargePointId"}},
        {"GET",
         "/api/v1/events",
         scope::read,
         get_events,
         limited,
         {"after", "limit", "chargePointId", "type", "label"}},
        {"GET",
         "/api/v1/events/stream",
         scope::read,
         get_stream_head,
         limited,
         {"after", "chargePointId", "type", "label"}},
        {"GET", "/api/v1/openapi.json", scope::read, get_openapi, limited},
        {"GET",
         "/api/v1/id-tags",
         scope::personal,
         get_id_tags,
         by_itself,
         {"limit", "after", "status", "parentIdTag"}},
        {"POST", "/api/v1/id-tags", scope::admin, post_id_tags},
        {"GET", "/api/v1/id-tags/{}", scope::personal, get_id_tag},
        {"PUT", "/api/v1/id-tags/{}", scope::admin, put_id_tag},
        {"DELETE", "/api/v1/id-tags/{}", scope::admin, delete_id_tag},
        {"GET",
         "/api/v1/commands",
         scope::read,
         get_commands,
         limited,
         {"chargePointId", "label", "state", "limit", "after"}},
        {"GET", "/api/v1/commands/{}", scope::read, get_command, limited},
        {"DELETE", "/api/v1/commands/{}", scope::operate, cancel_command, limited},
        {"GET",
         "/api/v1/reservations",
         scope::read,
         get_reservations,
         limited,
         {"chargePointId", "label", "state", "limit", "after"}},
        {"GET",
         "/api/v1/refusals",
         scope::read,
         get_refusals,
         by_itself,
         {"chargePointId", "reason", "limit", "after"}},
        {"POST", "/api/v1/charge-points/{}/actions/{}", scope::command, post_action},
        {"GET",
         "/api/v1/charge-points/{}/variables",
         scope::read,
         get_variables,
         by_itself,
         {"component", "variable", "limit", "after"}},
        {"POST", "/api/v1/clock/confirm", scope::operate, confirm_clock},
        {"GET", "/api/v1/privacy/{}", scope::admin, get_privacy},
        {"DELETE", "/api/v1/privacy/{}", scope::admin, delete_privacy},
    };
    return all;
}

namespace {

bool matches(std::string_view pattern, const std::vector<std::string>& path,
             std::vector<std::string_view>& parameters) {
    parameters.clear();
    for (const auto& segment : path) {
        if (pattern.empty()) return false;
        pattern.remove_prefix(1);
        const auto slash = pattern.find('/');
        const auto wanted = pattern.substr(0, slash);
        pattern = slash == std::string_view::npos ? std::string_view{} : pattern.substr(slash);
        if (wanted == "{}") {
            parameters.push_back(segment);
        } else if (wanted != segment) {
            return false;
        }
    }
    return pattern.empty();
}

/// The route of a request; null: there is none. `allowed`: the methods that its path has, if any.
const route* find_route(const request& req, std::vector<std::string_view>& parameters, std::string& allowed) {
    const route* found = nullptr;
    std::vector<std::string_view> of_path;
    for (const auto& r : routes()) {
        if (!matches(r.pattern, req.path, of_path)) continue;
        allowed.append(allowed.empty() ? "" : ", ").append(r.method == "GET" ? "GET, HEAD" : r.method);
        if (found || r.method != req.method) continue;
        found = &r;
        parameters = of_path;
    }
    return found;
}

std::string listed(const std::vector<std::string_view>& names) {
    std::string list;
    for (const auto name : names) list.append(list.empty() ? "" : ", ").append(name);
    return list.empty() ? "none" : list;
}

bool is_json(std::string_view content_type) {
    return content_type == "application/json" ||
           (content_type.starts_with("application/") && content_type.ends_with("+json"));
}

}  // namespace

const route* find_route(const request& req) {
    std::vector<std::string_view> ignored;
    std::string allowed;
    return find_route(req, ignored, allowed);
}

std::optional<response> beyond_limits(const route& r, const request& req, const permissions& may) {
    if (!may.limited() || r.keeps_limits) return std::nullopt;
    constexpr std::string_view of_one = "/api/v1/charge-points/{}";
    constexpr std::size_t place_of_id = 3;
    if (!r.pattern.starts_with(of_one))
        return problem(403, "the token is limited to charge points, and this is of all");
    if (may.sees(req.path[place_of_id])) return std::nullopt;
    return problem(problem_kind::unknown_charge_point, "no charge point of this id was ever seen");
}

std::optional<response> query_fault(const request& req, const std::vector<std::string_view>& known) {
    for (auto it = req.query.begin(); it != req.query.end(); ++it) {
        const auto& [name, value] = *it;
        if (std::ranges::find(known, name) == known.end()) {
            return problem(problem_kind::wrong_query,
                           "unknown query parameter \"" + name + "\"; known: " + listed(known));
        }
        if (value.empty())
            return problem(problem_kind::wrong_query, "the query parameter " + name + " has no value: leave it out");
        const auto again = [&name](const auto& other) { return other.first == name; };
        if (std::any_of(std::next(it), req.query.end(), again)) {
            return problem(problem_kind::wrong_query, "the query parameter " + name + " is given more than once");
        }
    }
    return std::nullopt;
}

io_awaitable<response> answer_request(const gateway_parts& parts, session_thread& thread, const request& req) {
    route_context context(parts, thread, req);
    std::string allowed;
    const auto* r = find_route(req, context.parameters, allowed);
    if (!r && allowed.empty()) co_return problem(404, "no such resource");
    if (!r) {
        response refusal = problem(405, "this resource does not know the method " + req.method);
        refusal.headers.emplace_back("Allow", allowed);
        co_return refusal;
    }
    if (auto bad = query_fault(req, r->query)) co_return std::move(*bad);
    if (!req.content_encoding.empty() && req.content_encoding != "identity") {
        response refusal = problem(415, "the body must be sent as it is, without Content-Encoding");
        refusal.headers.emplace_back("Accept-Encoding", "identity");
        co_return refusal;
    }
    if (req.method != "GET" && req.method != "DELETE" && !is_json(req.content_type)) {
        co_return problem(415, "the body must be JSON; send Content-Type: application/json");
    }
    co_return co_await r->handler(context);
}

bool is_readiness_probe(std::string_view target) { return target == "/health/ready"; }

bool is_import(std::string_view method, std::string_view target) {
    const auto path = target.substr(0, target.find('?'));
    return method == "POST" && (path == "/api/v1/id-tags" || path == "/api/v1/charge-points");
}

std::optional<std::size_t> query_number(const request& req, std::string_view name, std::size_t fallback,
                                        std::size_t low, std::size_t high) {
    const auto text = req.query_value(name);
    if (!text) return fallback;
    std::size_t value = 0;
    const auto [end, failed] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (failed != std::errc() || end != text->data() + text->size() || value < low || value > high) return std::nullopt;
    return value;
}

response journal_is_off() { return problem(501, "the journal is switched off (journal.enabled)"); }

response journal_unreadable(const std::string& why) {
    return problem(problem_kind::journal_unavailable, "the journal cannot be read: " + why);
}

response not_stored(const gateway_parts& parts, std::string_view what_is_stored) {
    std::string detail = "the journal did not store it";
    if (const auto trouble = parts.queries() ? parts.queries()->state->stats().trouble : std::string();
        !trouble.empty())
        detail.append(": ").append(trouble);
    detail.append("; ").append(what_is_stored).append(", try again later");
    response r = problem(problem_kind::journal_unavailable, detail);
    r.headers.emplace_back("Retry-After", "5");
    return r;
}

}  // namespace voltgate::http
