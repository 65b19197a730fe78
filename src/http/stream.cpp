#include "http/stream.hpp"

#include "http/upgrade.hpp"

namespace voltgate::http {

bool is_stream_target(const request& req) {
    return req.path.size() == 4 && req.path[0] == "api" && req.path[1] == "v1" && req.path[2] == "events" &&
           req.path[3] == "stream";
}

std::optional<event_filter> read_stream_query(const request& req, response& wrong) {
    event_filter filter;
    for (const auto& [name, value] : req.query) {
        if (name == "chargePointId") {
            filter.charge_point_id = value;
        } else if (name == "type") {
            std::vector<std::string_view> names;
            append_list(names, value);
            for (const auto text : names) {
                const auto type = event_type_from_string(text);
                if (!type) {
                    wrong = problem(400, "unknown event type \"" + std::string(text) + "\"");
                    return std::nullopt;
                }
                filter.types.push_back(*type);
            }
        } else {
            wrong = problem(400, "unknown query parameter \"" + name + "\"; known: chargePointId, type");
            return std::nullopt;
        }
    }
    return filter;
}

std::string stream_head() {
    return "HTTP/1.1 200 OK\r\nServer: voltgate\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
           "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n";
}

void append_stream_item(std::string& out, const stream_item& item, std::string_view gateway_id) {
    if (item.missed > 0) {
        out.append("event: gap\ndata: {\"missed\":").append(std::to_string(item.missed)).append("}\n\n");
    }
    out.append("id: ").append(std::to_string(item.event->sequence)).append("\ndata: ");
    append_json(out, *item.event, gateway_id);
    out += "\n\n";
}

}  // namespace voltgate::http
