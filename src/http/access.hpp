// Who may use the HTTP interface for what: bearer tokens and their scopes, and pages of other origins.
#pragma once

#include "http/message.hpp"

#include <voltgate/config.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace voltgate {
class log;
}

namespace voltgate::http {

/// Who sent a request, and what is said to it if it may not.
struct caller {
    std::string token;                // the name of his token; empty: he showed none that is known
    std::optional<api_scope> needed;  // by the request; unset: none
    permissions may;
    std::optional<response> refusal;
};

/// Without a configured token everybody may do everything.
[[nodiscard]] caller identify(const api_config& config, const request& req,
                              std::shared_ptr<const profile_map> profiles = nullptr);

/// The request's origin if its pages may read answers; else empty.
[[nodiscard]] std::string allowed_origin(const api_config& config, const request& req);

/// The headers that let a page of this origin read the answer; none when it is empty.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> cors_headers(const std::string& origin);

/// The answer to a browser that asks beforehand; nullopt: that is not what the request is.
[[nodiscard]] std::optional<response> answer_preflight(const request& req, const std::string& allowed_origin);

/// Notes what was changed, commanded or refused.
void write_audit(log& l, const caller& who, const request& req, std::string_view remote_address, const response& r);

}  // namespace voltgate::http
