// GET /api/v1/events/stream: the request, and events as Server-Sent Events.
#pragma once

#include "http/message.hpp"
#include "stores/profiles.hpp"

#include <voltgate/event_stream.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace voltgate {
struct stored_queries;
}

namespace voltgate::http {

/// Whether an answer is the beginning of the stream.
[[nodiscard]] bool is_stream_head(const response& r);

struct stream_request {
    event_filter filter;
    std::optional<std::uint64_t> after;  // of Last-Event-ID, else of the query
};

/// What is wrong with the request. `stored`: null: the gateway has no journal.
[[nodiscard]] std::optional<response> read_stream_request(const request& req, const stored_queries* stored,
                                                          const std::shared_ptr<profile_map>& profiles,
                                                          stream_request& into);

/// The head of the endless response, sent at this time, with these headers too.
[[nodiscard]] std::string stream_head(std::chrono::system_clock::time_point now,
                                      const std::vector<std::pair<std::string, std::string>>& more = {});

/// Appends one event as JSON. `personal`: with the tags in it.
void append_event(std::string& out, const event& e, std::string_view gateway_id, bool personal);

/// Appends one event of a stream. `id`: what a reader that comes again says it had; empty: none.
void append_stream_event(std::string& out, std::string_view id, const event& e, std::string_view gateway_id,
                         bool personal);

}  // namespace voltgate::http
