#include "http/stream.hpp"

#include "http/event_query.hpp"
#include "http/router.hpp"
#include "journal/journal.hpp"

namespace voltgate::http {

bool is_stream_target(const request& req) {
    return req.path.size() == 4 && req.path[0] == "api" && req.path[1] == "v1" && req.path[2] == "events" &&
           req.path[3] == "stream";
}

std::optional<response> read_stream_request(const request& req, const journal* j, stream_request& into) {
    if (auto bad = unknown_query(req, {"chargePointId", "type", "after"})) return bad;
    if (auto bad = read_event_filter(req, into.filter)) return bad;
    auto position = req.query_value("after");
    if (!req.last_event_id.empty()) position = req.last_event_id;
    if (!position) return std::nullopt;
    if (!j) {
        return problem(501,
                       "the journal is switched off (journal.enabled): the stream begins with what happens next, "
                       "leave out after and Last-Event-ID");
    }
    return read_event_cursor(*position, j->id(), into.after.emplace());
}

std::string stream_head(const std::vector<std::pair<std::string, std::string>>& more) {
    std::string head =
        "HTTP/1.1 200 OK\r\nServer: voltgate\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
        "X-Content-Type-Options: nosniff\r\nConnection: close\r\n";
    for (const auto& [name, value] : more) head.append(name).append(": ").append(value).append("\r\n");
    return head += "\r\n";
}

void append_stream_event(std::string& out, std::string_view id, const event& e, std::string_view gateway_id) {
    if (!id.empty()) out.append("id: ").append(id) += '\n';
    out.append("data: ");
    append_json(out, e, gateway_id);
    out += "\n\n";
}

}  // namespace voltgate::http
