#include "http/access.hpp"

#include "http/router.hpp"
#include "observe/log.hpp"
#include "ocpp/personal.hpp"
#include "security/credentials.hpp"
#include "websocket/header_text.hpp"

#include <algorithm>

namespace voltgate::http {

namespace {

constexpr std::size_t longest_token = 512;

std::string_view name_of(api_scope s) noexcept {
    switch (s) {
        case api_scope::read: return "read";
        case api_scope::command: return "command";
        case api_scope::operate: return "operate";
        case api_scope::admin: return "admin";
        case api_scope::personal: return "personal";
    }
    return "?";
}

// Looks at all of them, whichever fits. Null: none does.
const api_token_config* find_token(const api_config& config, std::string_view presented) {
    if (presented.empty() || presented.size() > longest_token) return nullptr;
    const std::string hash = sha256_hex(presented);
    const api_token_config* found = nullptr;
    for (const auto& token : config.tokens)
        if (equal_in_constant_time(hash, lower_case(token.sha256))) found = &token;
    return found;
}

bool has_scope(const api_token_config& token, api_scope s) {
    return std::ranges::find(token.scopes, s) != token.scopes.end();
}

response unauthorized(bool presented) {
    response r = problem(401, presented ? "the token is not known; see [[api.tokens]] of the configuration"
                                        : "this needs a token: send Authorization: Bearer {token}");
    std::string challenge = "Bearer realm=\"voltgate\"";
    if (presented) challenge += ", error=\"invalid_token\"";
    r.headers.emplace_back("WWW-Authenticate", std::move(challenge));
    return r;
}

response forbidden(const std::string& token, api_scope needed) {
    std::string text = "this needs the scope \"";
    text.append(name_of(needed)).append("\", which the token \"").append(token).append("\" does not have");
    response r = problem(403, text);
    std::string challenge = R"(Bearer realm="voltgate", error="insufficient_scope", scope=")";
    r.headers.emplace_back("WWW-Authenticate", challenge.append(name_of(needed)).append(1, '"'));
    return r;
}

// What the audit log shows of the target: it holds no tag.
std::string shown_target(const request& req) {
    constexpr std::ptrdiff_t slashes_before_tag = 4;
    const bool names_tag = req.path.size() > 2 && req.path[0] == "api" && req.path[1] == "v1" &&
                           (req.path[2] == "id-tags" || req.path[2] == "privacy") &&
                           std::ranges::count(req.target, '/') >= slashes_before_tag;
    return names_tag ? "/api/v1/" + req.path[2] + "/" + std::string(ocpp::tag_mask) : req.target;
}

}  // namespace

caller identify(const api_config& config, const request& req, std::shared_ptr<const profile_map> profiles) {
    caller who;
    const route* const r = find_route(req);
    who.needed = r ? r->scope : api_scope::read;
    if (config.tokens.empty()) return who;
    const auto presented = read_bearer(req.authorization);
    const auto* const token = find_token(config, presented);
    who.may.personal = token && has_scope(*token, api_scope::personal);
    if (token) {
        who.token = token->name;
        who.may.charge_points = token->charge_points;
        who.may.labels = token->labels;
        who.may.profiles = std::move(profiles);
        if (who.needed && !has_scope(*token, *who.needed)) {
            who.refusal = forbidden(who.token, *who.needed);
        } else if (r) {
            who.refusal = beyond_limits(*r, req, who.may);
        }
    } else if (who.needed) {
        who.refusal = unauthorized(!req.authorization.empty());
    }
    return who;
}

std::string allowed_origin(const api_config& config, const request& req) {
    if (req.origin.empty()) return {};
    return std::ranges::find(config.cors_origins, req.origin) == config.cors_origins.end() ? std::string() : req.origin;
}

std::vector<std::pair<std::string, std::string>> cors_headers(const std::string& origin) {
    if (origin.empty()) return {};
    return {{"Access-Control-Allow-Origin", origin},
            {"Access-Control-Expose-Headers", "ETag, Location, Next-Page, Retry-After"},
            {"Vary", "Origin"}};
}

std::optional<response> answer_preflight(const request& req, const std::string& allowed_origin) {
    if (req.method != "OPTIONS" || allowed_origin.empty() || !req.is_preflight) return std::nullopt;
    response r(204, {});
    r.headers.emplace_back("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE");
    r.headers.emplace_back("Access-Control-Allow-Headers",
                           "Authorization, Content-Type, If-Match, If-None-Match, Last-Event-ID, Prefer");
    r.headers.emplace_back("Access-Control-Max-Age", "600");
    return r;
}

void write_audit(log& l, const caller& who, const request& req, std::string_view remote_address, const response& r) {
    const bool is_reading = !who.needed || *who.needed == api_scope::read;
    if (is_reading && !who.refusal) return;
    l.info("audit", {{"audit", who.token.empty() ? std::string_view("-") : std::string_view(who.token)},
                     {"remote", remote_address},
                     {"method", req.method},
                     {"path", shown_target(req)},
                     {"status", r.status},
                     {"what", r.audit}});
}

}  // namespace voltgate::http
