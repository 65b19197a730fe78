// A small blocking HTTP client, and a reader of Server-Sent Events.
#pragma once

#include "support/http_message.hpp"

#include <boost/json/value.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace voltgate::test {

/// Keeps its connection as long as the server does and opens a new one when it has to. Not thread-safe.
class http_client {
  public:
    explicit http_client(std::uint16_t port, tcp_options options = {}) : port_(port), options_(std::move(options)) {}

    http_response get(std::string_view target, const header_list& headers = {});
    http_response head(std::string_view target, const header_list& headers = {});
    http_response del(std::string_view target, const header_list& headers = {});
    /// Bodies are sent as application/json unless `headers` say otherwise.
    http_response post_text(std::string_view target, std::string_view body, const header_list& headers = {});
    http_response post(std::string_view target, const boost::json::value& body, const header_list& headers = {});
    http_response put(std::string_view target, const boost::json::value& body, const header_list& headers = {});
    http_response request(std::string_view method, std::string_view target, std::string_view body,
                          const header_list& headers);

    /// Any bytes. What comes back is read_answer's; several requests in one go give several answers.
    void send_bytes(std::string_view bytes);
    http_response read_answer(bool to_head_request = false);
    /// Waits until the server ends the connection; what it sends before that is given back.
    std::string expect_end();
    void shutdown_send() { stream_.connection.shutdown_send(); }

    /// How many connections were opened so far.
    [[nodiscard]] std::size_t connections() const noexcept { return connections_; }
    void set_patience(std::chrono::milliseconds patience) noexcept { patience_ = patience; }

  private:
    void connect_if_needed();

    std::uint16_t port_;
    tcp_options options_;
    http_stream stream_;
    std::size_t connections_ = 0;
    std::chrono::milliseconds patience_ = default_patience;
};

/// One event of a text/event-stream.
struct sse_event {
    std::string id;
    std::string name;  // the field `event`
    std::string data;  // lines joined with \n
    [[nodiscard]] boost::json::value json() const;
};

/// An open event stream. Not thread-safe.
class sse_reader {
  public:
    explicit sse_reader(std::uint16_t port, std::string_view target = "/api/v1/events/stream",
                        const header_list& headers = {}, const tcp_options& options = {});

    /// The answer's head. When its status is not 200 the body has been read and there are no events.
    [[nodiscard]] const http_response& response() const noexcept { return response_; }
    /// Comments are skipped. Throws `unexpected` when none comes in time or the stream ends.
    sse_event next_event();
    /// nullopt: the stream has ended.
    std::optional<sse_event> next_event_or_end();
    [[nodiscard]] std::size_t comments() const noexcept { return comments_; }

  private:
    [[nodiscard]] std::optional<std::string> next_line();

    http_stream stream_;
    http_response response_;
    std::optional<body_reader> body_;
    std::string text_;
    std::size_t comments_ = 0;
};

}  // namespace voltgate::test
