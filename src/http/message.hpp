// Requests and responses as the routes see them: no HTTP library in sight.
#pragma once

#include "http/permissions.hpp"
#include "http/problem_kind.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace voltgate::http {

struct request {
    std::string method;                                      // upper case; HEAD comes as GET, see head_only
    std::vector<std::string> path;                           // segments, percent-decoded
    std::vector<std::pair<std::string, std::string>> query;  // decoded
    std::string content_type;                                // lower case, without parameters
    std::string content_encoding;                            // lower case
    std::string prefer, accept, accept_encoding;             // lists: all lines of each in one
    std::optional<std::string> if_match, if_none_match;      // likewise; nullopt: there is none
    std::string last_event_id, authorization, origin;        // as sent; empty: absent
    std::string target;                                      // as sent, without query
    std::string body;
    std::string caller;  // the name of the token that it was let in with; empty: none was needed
    permissions may;     // of the same token
    bool head_only = false;
    bool is_preflight = false;  // it has Access-Control-Request-Method

    [[nodiscard]] std::optional<std::string_view> query_value(std::string_view name) const noexcept;
};

struct response {
    response() = default;
    response(unsigned s, std::string text, std::string type = "application/json")
        : status(s), content_type(std::move(type)), body(std::move(text)) {}

    unsigned status = 200;
    std::string content_type = "application/json";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string audit;          // what the audit log says about it; empty: the request says it all
    bool tagged_whole = true;   // its ETag is of all of its body
    bool may_hold_tags = true;  // in its JSON, which those who may not see them are not to get
};

[[nodiscard]] std::string_view reason_phrase(unsigned status) noexcept;

/// An error as application/problem+json (RFC 9457), with the status of its kind. `detail` says what is wrong and what
/// to do.
[[nodiscard]] response problem(problem_kind kind, std::string_view detail);
/// Of the general kind of a status.
[[nodiscard]] response problem(unsigned status, std::string_view detail);

[[nodiscard]] response json_response(const boost::json::object& body, unsigned status = 200);

/// "2026-01-02T03:04:05.678Z"
[[nodiscard]] std::string timestamp(std::chrono::system_clock::time_point t);

/// "Sun, 06 Nov 1994 08:49:37 GMT"
[[nodiscard]] std::string http_date(std::chrono::system_clock::time_point t);

/// Percent-decodes once; nullopt when a % is not followed by two hexadecimal digits.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text, bool plus_is_blank = false);

/// "/a/b?x=1" of it and of "http://host/a/b?x=1" (RFC 9112, section 3.2.2). One without a host is invalid (RFC 9110,
/// section 4.2.1) and stays as it is.
[[nodiscard]] std::string_view origin_form(std::string_view target);

/// Splits "/a/b?x=1" into path and query of `r`. False: it is no path, or cannot be decoded.
[[nodiscard]] bool read_target(std::string_view target, request& r);

}  // namespace voltgate::http
