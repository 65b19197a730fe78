// Requests as text, answers through http_message.
#include "support/http_client.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace voltgate::test {

namespace {

bool names(const header_list& headers, std::string_view name) {
    http_response holder;
    holder.headers = headers;
    return holder.has_header(name);
}

std::string request_text(std::string_view method, std::string_view target, std::string_view body,
                         const header_list& headers, std::uint16_t port) {
    std::string text = fmt::format("{} {} HTTP/1.1\r\n", method, target);
    const auto out = std::back_inserter(text);
    if (!names(headers, "Host")) fmt::format_to(out, "Host: localhost:{}\r\n", port);
    for (const auto& [name, value] : headers) fmt::format_to(out, "{}: {}\r\n", name, value);
    const bool has_body = !body.empty() || method == "POST" || method == "PUT";
    if (has_body && !names(headers, "Content-Type")) text += "Content-Type: application/json\r\n";
    if (has_body && !names(headers, "Content-Length")) fmt::format_to(out, "Content-Length: {}\r\n", body.size());
    text += "\r\n";
    text += body;
    return text;
}

bool says_close(const http_response& response) {
    std::string value = response.header("Connection");
    std::transform(value.begin(), value.end(), value.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return value.find("close") != std::string::npos;
}

boost::json::value parse_data(std::string_view text) {
    boost::system::error_code error;
    auto value = boost::json::parse(text, error);
    if (error) throw unexpected(fmt::format("the event's data is not JSON ({}): {}", error.message(), text));
    return value;
}

}  // namespace

void http_client::connect_if_needed() {
    // A kept connection that the server has ended meanwhile shows it by being readable.
    if (stream_.connection.is_open() && stream_.connection.receive_available(stream_.buffer)) return;
    stream_ = {tcp_connection(port_, options_, deadline(patience_)), {}};
    ++connections_;
}

http_response http_client::request(std::string_view method, std::string_view target, std::string_view body,
                                   const header_list& headers) {
    send_bytes(request_text(method, target, body, headers, port_));
    return read_answer(method == "HEAD");
}

http_response http_client::get(std::string_view target, const header_list& headers) {
    return request("GET", target, {}, headers);
}

http_response http_client::head(std::string_view target, const header_list& headers) {
    return request("HEAD", target, {}, headers);
}

http_response http_client::del(std::string_view target, const header_list& headers) {
    return request("DELETE", target, {}, headers);
}

http_response http_client::post_text(std::string_view target, std::string_view body, const header_list& headers) {
    return request("POST", target, body, headers);
}

http_response http_client::post(std::string_view target, const boost::json::value& body, const header_list& headers) {
    return request("POST", target, boost::json::serialize(body), headers);
}

http_response http_client::put(std::string_view target, const boost::json::value& body, const header_list& headers) {
    return request("PUT", target, boost::json::serialize(body), headers);
}

void http_client::send_bytes(std::string_view bytes) {
    connect_if_needed();
    // A server may answer and hang up before it has taken everything: its answer counts then.
    static_cast<void>(stream_.connection.try_send(bytes, deadline(patience_)));
}

http_response http_client::read_answer(bool to_head_request) {
    auto response = read_response(stream_, to_head_request, deadline(patience_));
    if (says_close(response)) stream_.connection.close();
    return response;
}

std::string http_client::expect_end() {
    const deadline until(patience_);
    while (stream_.connection.receive_more(stream_.buffer, until)) {
    }
    stream_.connection.close();
    return std::exchange(stream_.buffer, {});
}

boost::json::value sse_event::json() const { return parse_data(data); }

sse_reader::sse_reader(std::uint16_t port, std::string_view target, const header_list& headers,
                       const tcp_options& options) {
    const deadline until;
    stream_.connection = tcp_connection(port, options, until);
    header_list all = headers;
    all.emplace_back("Accept", "text/event-stream");
    stream_.connection.send(request_text("GET", target, {}, all, port), until);
    response_ = read_head(stream_, until);
    body_.emplace(response_, false);
    if (response_.status == 200) return;
    while (body_->more(stream_, response_.body, until)) {
    }
}

std::optional<std::string> sse_reader::next_line() {
    const deadline until;
    for (;;) {
        const auto end = text_.find('\n');
        if (end != std::string::npos) {
            std::string line = text_.substr(0, end);
            text_.erase(0, end + 1);
            if (!line.empty() && line.back() == '\r') line.pop_back();
            return line;
        }
        if (!body_->more(stream_, text_, until)) return std::nullopt;
    }
}

std::optional<sse_event> sse_reader::next_event_or_end() {
    if (response_.status != 200)
        throw unexpected(fmt::format("the event stream was refused with {}", response_.status));
    sse_event event;
    bool has_data = false;
    while (auto line = next_line()) {
        if (line->empty()) {
            if (has_data) return event;
            event = {};
            continue;
        }
        if (line->front() == ':') {
            ++comments_;
            continue;
        }
        const auto colon = line->find(':');
        const auto field = line->substr(0, colon);
        std::string value = colon == std::string::npos ? std::string{} : line->substr(colon + 1);
        if (value.starts_with(' ')) value.erase(0, 1);
        if (field == "id") event.id = std::move(value);
        if (field == "event") event.name = std::move(value);
        if (field == "data") {
            if (has_data) event.data += '\n';
            event.data += value;
            has_data = true;
        }
    }
    return std::nullopt;
}

sse_event sse_reader::next_event() {
    if (auto event = next_event_or_end()) return std::move(*event);
    throw unexpected("the event stream ended");
}

}  // namespace voltgate::test
