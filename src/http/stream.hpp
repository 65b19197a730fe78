// GET /api/v1/events/stream: the live events as Server-Sent Events.
#pragma once

#include "http/message.hpp"

#include <voltgate/event_stream.hpp>

#include <optional>
#include <string>

namespace voltgate::http {

[[nodiscard]] bool is_stream_target(const request& req);

/// The filter that the query asks for; a problem in `wrong` when it cannot be read.
[[nodiscard]] std::optional<event_filter> read_stream_query(const request& req, response& wrong);

/// The head of the endless response.
[[nodiscard]] std::string stream_head();

/// Appends one item as an event of the stream; what was missed before it as an event named "gap".
void append_stream_item(std::string& out, const stream_item& item, std::string_view gateway_id);

}  // namespace voltgate::http
