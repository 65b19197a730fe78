#include "http/message.hpp"

#include "text/json_text.hpp"
#include "text/timestamp.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace voltgate::http {

std::optional<std::string_view> request::query_value(std::string_view name) const noexcept {
    for (const auto& [key, value] : query)
        if (key == name) return value;
    return std::nullopt;
}

std::string_view reason_phrase(unsigned status) noexcept {
    switch (status) {
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 304: return "Not Modified";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 422: return "Unprocessable Content";
        case 426: return "Upgrade Required";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 503: return "Service Unavailable";
        case 504: return "Gateway Timeout";
        default: return "Unknown";
    }
}

std::string problem_type(problem_kind k) { return "urn:voltgate:problem:" + std::string(facts_of(k).name); }

namespace {

response problem_of(problem_kind kind, unsigned status, std::string_view detail) {
    const boost::json::object body{
        {"type", problem_type(kind)}, {"title", facts_of(kind).title}, {"status", status}, {"detail", detail}};
    return {status, boost::json::serialize(body), "application/problem+json"};
}

}  // namespace

response problem(problem_kind kind, std::string_view detail) { return problem_of(kind, facts_of(kind).status, detail); }

response problem(unsigned status, std::string_view detail) { return problem_of(kind_of(status), status, detail); }

response json_response(const boost::json::object& body, unsigned status) {
    return {status, boost::json::serialize(body)};
}

std::string timestamp(std::chrono::system_clock::time_point t) {
    std::string text;
    ocpp::append_timestamp(text, t, true);
    return text;
}

std::string http_date(std::chrono::system_clock::time_point t) {
    constexpr std::string_view weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(t);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(t - day));
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", weekdays[std::chrono::weekday(day).c_encoding()],
                       static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
                       time.seconds().count());
}

namespace {

int hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_blank) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += plus_is_blank && text[i] == '+' ? ' ' : text[i];
            continue;
        }
        if (text.size() - i < 3) return std::nullopt;
        const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        decoded += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return decoded;
}

namespace {

// Names and values come back in answers, which are JSON.
std::optional<std::string> decode_text(std::string_view text, bool plus_is_blank = false) {
    auto decoded = percent_decode(text, plus_is_blank);
    if (decoded && !ocpp::json_text::is_utf8(*decoded)) decoded.reset();
    return decoded;
}

}  // namespace

std::string_view origin_form(std::string_view target) {
    const auto end = target.find("://");
    if (end == std::string_view::npos) return target;
    const auto scheme = target.substr(0, end);
    const auto is = [scheme](std::string_view lower) {
        return std::equal(scheme.begin(), scheme.end(), lower.begin(), lower.end(),
                          [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
    };
    if (!is("http") && !is("https")) return target;
    const auto rest = target.substr(end + 3);
    const auto path = rest.find_first_of("/?");
    auto host = rest.substr(0, path);
    host.remove_prefix(host.rfind('@') + 1);
    if (host.empty() || host.front() == ':') return target;
    if (path == std::string_view::npos) return "/";
    return rest.substr(path);
}

bool read_target(std::string_view target, request& r) {
    if (!target.starts_with('/') && !target.starts_with('?')) return false;
    const auto question = target.find('?');
    std::string_view path = target.substr(0, question);
    std::string_view query = question == std::string_view::npos ? std::string_view{} : target.substr(question + 1);
    while (!path.empty()) {
        path.remove_prefix(1);  // the slash
        const auto slash = path.find('/');
        auto segment = decode_text(path.substr(0, slash));
        if (!segment) return false;
        r.path.push_back(std::move(*segment));
        path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash);
    }
    while (!query.empty()) {
        const auto end = query.find('&');
        const std::string_view pair = query.substr(0, end);
        const auto equals = pair.find('=');
        auto name = decode_text(pair.substr(0, equals), true);
        auto value = decode_text(equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1), true);
        if (!name || !value) return false;
        if (!pair.empty()) r.query.emplace_back(std::move(*name), std::move(*value));
        query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
    }
    return true;
}

}  // namespace voltgate::http
