// Heads, sized bodies, chunked bodies and bodies that end with the connection.
#include "support/http_message.hpp"

#include <boost/json/parse.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace voltgate::test {

namespace {

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::size_t number(std::string_view text, int base) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc{} || end == text.data()) throw unexpected(fmt::format("no number in HTTP: '{}'", text));
    return value;
}

/// Up to and without `end`, which is consumed; nullopt: the connection ended first.
std::optional<std::string> read_until(http_stream& stream, std::string_view end, deadline until) {
    std::size_t from = 0;
    for (;;) {
        const auto found = stream.buffer.find(end, from);
        if (found != std::string::npos) {
            std::string text = stream.buffer.substr(0, found);
            stream.buffer.erase(0, found + end.size());
            return text;
        }
        from = stream.buffer.size() >= end.size() ? stream.buffer.size() - end.size() + 1 : 0;
        if (!stream.connection.receive_more(stream.buffer, until)) return std::nullopt;
    }
}

void parse_status_line(http_response& response, std::string_view line) {
    if (line.size() < 12 || !line.starts_with("HTTP/1."))
        throw unexpected(fmt::format("no HTTP status line: '{}'", line));
    response.status = static_cast<int>(number(line.substr(9, 3), 10));
    response.reason = line.size() > 13 ? line.substr(13) : std::string_view{};
}

}  // namespace

std::string http_response::header(std::string_view name) const {
    for (const auto& [key, value] : headers)
        if (same_name(key, name)) return value;
    return {};
}

bool http_response::has_header(std::string_view name) const {
    return std::any_of(headers.begin(), headers.end(), [&](const auto& h) { return same_name(h.first, name); });
}

boost::json::value http_response::json() const {
    boost::system::error_code error;
    auto value = boost::json::parse(body, error);
    if (error) throw unexpected(fmt::format("HTTP {}: the body is not JSON ({}): {}", status, error.message(), body));
    return value;
}

http_response read_head(http_stream& stream, deadline until) {
    const auto head = read_until(stream, "\r\n\r\n", until);
    if (!head)
        throw unexpected(
            fmt::format("the connection ended before an HTTP answer was complete; got '{}'", stream.buffer));
    http_response response;
    std::string_view rest = *head;
    bool first = true;
    while (!rest.empty()) {
        const auto end = rest.find("\r\n");
        const auto line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
        if (first) {
            parse_status_line(response, line);
            first = false;
            continue;
        }
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) throw unexpected(fmt::format("no HTTP header: '{}'", line));
        response.headers.emplace_back(line.substr(0, colon), trimmed(line.substr(colon + 1)));
    }
    return response;
}

body_reader::body_reader(const http_response& head, bool answers_head_request) {
    const bool bodiless = answers_head_request || head.status / 100 == 1 || head.status == 204 || head.status == 304;
    if (bodiless) {
        done_ = true;
    } else if (same_name(head.header("Transfer-Encoding"), "chunked")) {
        kind_ = kind::chunked;
    } else if (head.has_header("Content-Length")) {
        left_ = number(head.header("Content-Length"), 10);
        done_ = left_ == 0;
    } else {
        kind_ = kind::until_close;
    }
}

bool body_reader::next_chunk(http_stream& stream, deadline until) {
    const auto line = read_until(stream, "\r\n", until);
    if (!line) throw unexpected("the connection ended inside a chunked body");
    left_ = number(*line, 16);
    between_chunks_ = false;
    if (left_ > 0) return true;
    // The end of the trailer section: no trailers are expected.
    if (read_until(stream, "\r\n", until) != "") throw unexpected("the last chunk is not followed by an empty line");
    done_ = true;
    return false;
}

bool body_reader::take(http_stream& stream, std::string& into, deadline until) {
    if (stream.buffer.empty() && !stream.connection.receive_more(stream.buffer, until)) return false;
    const auto size = kind_ == kind::until_close ? stream.buffer.size() : std::min(left_, stream.buffer.size());
    into.append(stream.buffer, 0, size);
    stream.buffer.erase(0, size);
    if (kind_ != kind::until_close) left_ -= size;
    return true;
}

bool body_reader::more(http_stream& stream, std::string& into, deadline until) {
    if (done_) return false;
    if (kind_ == kind::chunked && between_chunks_ && !next_chunk(stream, until)) return false;
    if (!take(stream, into, until)) {
        if (kind_ != kind::until_close) throw unexpected(fmt::format("the connection ended {} bytes early", left_));
        done_ = true;
        return false;
    }
    if (kind_ == kind::sized && left_ == 0) done_ = true;
    if (kind_ == kind::chunked && left_ == 0) {
        if (read_until(stream, "\r\n", until) != "") throw unexpected("a chunk is not followed by an empty line");
        between_chunks_ = true;
    }
    return true;
}

http_response read_response(http_stream& stream, bool answers_head_request, deadline until) {
    auto response = read_head(stream, until);
    body_reader body(response, answers_head_request);
    while (body.more(stream, response.body, until)) {
    }
    return response;
}

}  // namespace voltgate::test
