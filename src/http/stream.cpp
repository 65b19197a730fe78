#include "http/stream.hpp"

#include "http/event_query.hpp"
#include "http/router.hpp"
#include "ocpp/personal.hpp"
#include "stores/queries.hpp"

namespace voltgate::http {

namespace {

constexpr std::string_view event_stream_type = "text/event-stream";

}  // namespace

bool is_stream_head(const response& r) { return r.status == 200 && r.content_type == event_stream_type; }

io_awaitable<response> get_stream_head(route_context& c) {
    stream_request wanted;
    if (auto wrong = read_stream_request(c.req, c.parts.queries(), c.parts.profiles, wanted))
        co_return std::move(*wrong);
    co_return response(200, {}, std::string(event_stream_type));
}

std::optional<response> read_stream_request(const request& req, const stored_queries* stored,
                                            const std::shared_ptr<profile_map>& profiles, stream_request& into) {
    if (auto bad = read_event_filter(req, profiles, into.filter)) return bad;
    auto position = req.query_value("after");
    if (!req.last_event_id.empty()) position = req.last_event_id;
    if (!position) return std::nullopt;
    if (!stored) {
        return problem(501,
                       "the journal is switched off (journal.enabled): the stream begins with what happens next, "
                       "leave out after and Last-Event-ID");
    }
    return read_event_cursor(*position, stored->events->journal_id(), into.after.emplace());
}

std::string stream_head(std::chrono::system_clock::time_point now,
                        const std::vector<std::pair<std::string, std::string>>& more) {
    std::string head =
        "HTTP/1.1 200 OK\r\nServer: voltgate\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
        "X-Content-Type-Options: nosniff\r\nX-Accel-Buffering: no\r\nConnection: close\r\n";
    head.append("Date: ").append(http_date(now)).append("\r\n");
    for (const auto& [name, value] : more) head.append(name).append(": ").append(value).append("\r\n");
    return head += "\r\n";
}

void append_event(std::string& out, const event& e, std::string_view gateway_id, bool personal) {
    if (personal) return append_json(out, e, gateway_id);
    std::string json;
    append_json(json, e, gateway_id);
    ocpp::mask_tags(json);
    out += json;
}

void append_stream_event(std::string& out, std::string_view id, const event& e, std::string_view gateway_id,
                         bool personal) {
    if (!id.empty()) out.append("id: ").append(id) += '\n';
    out.append("data: ");
    append_event(out, e, gateway_id, personal);
    out += "\n\n";
}

}  // namespace voltgate::http
