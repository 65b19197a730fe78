// Reading HTTP/1.1 responses off a connection, whole or bit by bit. Source: RFC 9112.
#pragma once

#include "support/tcp_connection.hpp"
#include "support/wait.hpp"

#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace voltgate::test {

using header_list = std::vector<std::pair<std::string, std::string>>;

struct http_response {
    int status = 0;
    std::string reason;
    header_list headers;
    std::string body;

    /// The first header of that name, without regard to case; empty: there is none.
    [[nodiscard]] std::string header(std::string_view name) const;
    [[nodiscard]] bool has_header(std::string_view name) const;
    /// The body as JSON. Throws `unexpected`, showing the body, when it is none.
    [[nodiscard]] boost::json::value json() const;
};

/// A connection and what has been read from it but not yet used.
struct http_stream {
    tcp_connection connection;
    std::string buffer;
};

/// Status line and headers. Throws `unexpected` when the peer ends the connection before they are complete.
[[nodiscard]] http_response read_head(http_stream& stream, deadline until);

/// The body that follows a head, in the pieces in which it arrives.
class body_reader {
  public:
    body_reader(const http_response& head, bool answers_head_request);

    /// Appends what comes next. False: the body is complete and nothing was appended.
    [[nodiscard]] bool more(http_stream& stream, std::string& into, deadline until);
    /// Whether the body's end is the connection's.
    [[nodiscard]] bool ends_with_connection() const noexcept { return kind_ == kind::until_close; }

  private:
    enum class kind : std::uint8_t { sized, chunked, until_close };
    [[nodiscard]] bool next_chunk(http_stream& stream, deadline until);
    [[nodiscard]] bool take(http_stream& stream, std::string& into, deadline until);

    kind kind_ = kind::sized;
    bool done_ = false;
    bool between_chunks_ = true;
    std::size_t left_ = 0;  // of the sized body or the current chunk
};

/// Head and whole body.
[[nodiscard]] http_response read_response(http_stream& stream, bool answers_head_request, deadline until);

}  // namespace voltgate::test
