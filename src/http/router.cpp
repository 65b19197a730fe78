#include "http/router.hpp"

#include <algorithm>
#include <charconv>

namespace voltgate::http {

const std::vector<route>& routes() {
    using scope = api_scope;
    static const std::vector<route> all = {
        {"GET", "/health", scope::read, get_health},
        {"GET", "/health/live", std::nullopt, get_health_live},
        {"GET", "/health/ready", std::nullopt, get_health_ready},
        {"GET", "/metrics", scope::read, get_metrics},
        {"GET", "/connections", scope::read, get_connections},
        {"GET", "/api/v1/charge-points", scope::read, get_charge_points},
        {"GET", "/api/v1/charge-points/{}", scope::read, get_charge_point},
        {"GET", "/api/v1/charge-points/{}/messages", scope::read, get_messages},
        {"POST", "/api/v1/charge-points/{}/commands", scope::command, post_command},
        {"GET", "/api/v1/charge-points/{}/credentials", scope::read, get_credentials},
        {"PUT", "/api/v1/charge-points/{}/credentials", scope::admin, put_credentials},
        {"DELETE", "/api/v1/charge-points/{}/credentials", scope::admin, delete_credentials},
        {"POST", "/api/v1/charge-points/{}/credentials/rotate", scope::admin, rotate_credentials},
        {"GET", "/api/v1/transactions", scope::read, get_transactions},
        {"GET", "/api/v1/transactions/{}", scope::read, get_transaction},
        {"POST", "/api/v1/transactions/{}/close", scope::command, close_transaction},
        {"GET", "/api/v1/events", scope::read, get_events},
        {"GET", "/api/v1/openapi.json", scope::read, get_openapi},
        {"GET", "/api/v1/id-tags", scope::read, get_id_tags},
        {"POST", "/api/v1/id-tags", scope::admin, post_id_tags},
        {"GET", "/api/v1/id-tags/{}", scope::read, get_id_tag},
        {"PUT", "/api/v1/id-tags/{}", scope::admin, put_id_tag},
        {"DELETE", "/api/v1/id-tags/{}", scope::admin, delete_id_tag},
        {"GET", "/api/v1/commands", scope::read, get_commands},
        {"GET", "/api/v1/commands/{}", scope::read, get_command},
        {"DELETE", "/api/v1/commands/{}", scope::command, cancel_command},
        {"GET", "/api/v1/reservations", scope::read, get_reservations},
        {"POST", "/api/v1/charge-points/{}/actions/{}", scope::command, post_action},
        {"GET", "/api/v1/charge-points/{}/variables", scope::read, get_variables},
        {"POST", "/api/v1/clock/confirm", scope::admin, confirm_clock},
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

bool is_json(std::string_view content_type) {
    return content_type == "application/json" ||
           (content_type.starts_with("application/") && content_type.ends_with("+json"));
}

}  // namespace

std::optional<api_scope> needed_scope(const request& req) {
    std::vector<std::string_view> ignored;
    for (const auto& r : routes())
        if (r.method == req.method && matches(r.pattern, req.path, ignored)) return r.scope;
    return api_scope::read;
}

io_awaitable<response> answer_request(gateway_core& core, io_thread& thread, const request& req) {
    route_context context(core, thread, req);
    std::string allowed;
    for (const auto& r : routes()) {
        if (!matches(r.pattern, req.path, context.parameters)) continue;
        if (r.method != req.method) {
            allowed.append(allowed.empty() ? "" : ", ").append(r.method == "GET" ? "GET, HEAD" : r.method);
            continue;
        }
        if (req.method != "GET" && req.method != "DELETE" && !is_json(req.content_type)) {
            co_return problem(415, "the body must be JSON; send Content-Type: application/json");
        }
        co_return co_await r.handler(context);
    }
    if (allowed.empty()) co_return problem(404, "no such resource");
    response r = problem(405, "this resource does not know the method " + req.method);
    r.headers.emplace_back("Allow", allowed);
    co_return r;
}

bool is_import(std::string_view method, std::string_view target) {
    return method == "POST" && target.substr(0, target.find('?')) == "/api/v1/id-tags";
}

std::optional<response> unknown_query(const request& req, std::initializer_list<std::string_view> known) {
    for (const auto& [name, value] : req.query) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        std::string allowed;
        for (const auto k : known) allowed.append(allowed.empty() ? "" : ", ").append(k);
        return problem(400, "unknown query parameter \"" + name + "\"; known: " + (allowed.empty() ? "none" : allowed));
    }
    return std::nullopt;
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

}  // namespace voltgate::http
