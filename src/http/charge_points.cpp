// What is known of charge points: the connected ones, one page of all, one in full, its recent messages.
#include "http/labels.hpp"
#include "http/router.hpp"
#include "http/settings_json.hpp"

#include <boost/asio/post.hpp>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <limits>

namespace voltgate::http {

namespace {

namespace json = boost::json;

constexpr std::size_t slice = 256;  // entries per turn of the I/O thread
constexpr std::size_t largest_messages = 1000;

json::object session_object(const session& s) {
    json::object o;
    o["connected_at"] = timestamp(s.connected_at());
    o["last_activity"] = timestamp(s.last_activity());
    o["remote_addr"] = s.remote_address();
    o["subprotocol"] = ocpp::subprotocol(s.version());
    o["epoch"] = s.epoch();
    return o;
}

json::object boot_object(const boot_record& b) {
    json::object o;
    const auto put = [&](std::string_view name, const std::string& text) {
        if (!text.empty()) o[name] = text;
    };
    put("vendor", b.vendor);
    put("model", b.model);
    put("serialNumber", b.serial_number);
    put("firmwareVersion", b.firmware_version);
    put("iccid", b.iccid);
    put("imsi", b.imsi);
    put("meterType", b.meter_type);
    put("meterSerialNumber", b.meter_serial_number);
    o["at"] = timestamp(b.at);
    return o;
}

json::object summary(const registry::located& where) {
    json::object o;
    o["id"] = where.record->id();
    o["connected"] = where.live != nullptr;
    o["session"] = where.live ? json::value(session_object(*where.live)) : json::value(nullptr);
    const auto boot = where.record->boot();
    o["boot"] = boot ? json::value(boot_object(*boot)) : json::value(nullptr);
    json::array connectors;
    for (const auto& known : where.record->connectors()) {
        json::object connector;
        connector["evseId"] = known.evse_id;
        connector["connectorId"] = known.connector_id;
        connector["status"] = known.status;
        connector["errorCode"] = known.error_code;
        connector["at"] = timestamp(known.at);
        connectors.push_back(std::move(connector));
    }
    o["connectors"] = std::move(connectors);
    const auto news = where.record->maintenance();
    if (!news.firmware_status.empty()) o["firmwareStatus"] = news.firmware_status;
    if (!news.diagnostics_status.empty()) o["diagnosticsStatus"] = news.diagnostics_status;
    const auto seen = where.live ? where.live->last_activity() : where.record->last_seen.load();
    const bool never = seen == std::chrono::system_clock::time_point{};
    o["lastSeen"] = never ? json::value(nullptr) : json::value(timestamp(seen));
    return o;
}

json::object policy_object(const charge_point_settings& settings) {
    json::object conformance;
    for (std::size_t i = 0; i < rule_count; ++i) {
        const auto r = static_cast<rule>(i);
        conformance[to_string(r)] = to_string(settings.conformance.of(r));
    }
    json::object o;
    o["heartbeatInterval"] = settings.boot.interval.count();
    o["registration"] = settings.boot.registration == boot_config::status::accepted  ? "Accepted"
                        : settings.boot.registration == boot_config::status::pending ? "Pending"
                                                                                     : "Rejected";
    o["conformance"] = std::move(conformance);
    return o;
}

struct page_request {
    std::size_t limit = 0;
    std::string after;
    std::vector<std::string> labels;
};

std::optional<response> read_page(const request& req, page_request& page) {
    const auto limit = query_number(req, "limit", usual_page, 1, largest_page);
    if (!limit) return problem(problem_kind::wrong_query, "limit must be a whole number from 1 to 10000");
    page.limit = *limit;
    page.after = req.query_value("after").value_or("");
    return read_labels(req, page.labels);
}

// Collects a page of those that pass in slices, so that other sessions of the thread get their turn in between. What it
// gives to go on with is the last one of the page: nobody learns of one that did not pass.
template <class Passes, class Add>
io_awaitable<std::string> collect(route_context& c, page_request page, bool connected_only, Passes passes, Add add) {
    std::string last;
    std::size_t count = 0;
    for (;;) {
        const auto found = c.parts.registry.page(page.after, slice, connected_only);
        for (const auto& where : found) {
            if (!passes(where) || !c.parts.profiles->has_labels(where.record->key(), page.labels)) continue;
            if (count == page.limit) co_return last;
            add(where);
            ++count;
            last = where.record->id();
        }
        if (found.size() < slice) co_return std::string();
        page.after = found.back().record->id();
        co_await asio::post(c.thread.executor(), asio::deferred);
    }
}

// Of those that the caller sees.
io_awaitable<std::size_t> count_connections(route_context& c) {
    if (!c.req.may.limited()) co_return c.parts.stations.live_sessions();
    std::size_t count = 0;
    page_request all;
    all.limit = std::numeric_limits<std::size_t>::max();
    const auto passes = [&c](const registry::located& where) { return c.req.may.sees(where.record->id()); };
    const auto add = [&count](const registry::located&) { ++count; };
    co_await collect(c, std::move(all), true, passes, add);
    co_return count;
}

}  // namespace

io_awaitable<response> get_connections(route_context& c) {
    page_request page;
    if (auto bad = read_page(c.req, page)) co_return std::move(*bad);
    json::object connections;
    const auto add = [&connections](const registry::located& where) {
        connections[where.record->id()] = session_object(*where.live);
    };
    const auto passes = [&c](const registry::located& where) { return c.req.may.sees(where.record->id()); };
    const std::string next = co_await collect(c, std::move(page), true, passes, add);
    const std::size_t total = co_await count_connections(c);
    json::object body;
    body["total_connections"] = total;
    body["connections"] = std::move(connections);
    if (!next.empty()) body["next"] = next;
    body["timestamp"] = timestamp(c.parts.clock.utc());
    co_return json_response(body);
}

io_awaitable<response> get_charge_points(route_context& c) {
    page_request page;
    if (auto bad = read_page(c.req, page)) co_return std::move(*bad);
    const auto connected = c.req.query_value("connected");
    if (connected && *connected != "true" && *connected != "false") {
        co_return problem(problem_kind::wrong_query, "connected must be true or false");
    }
    json::array items;
    const auto passes = [&c, connected](const registry::located& where) {
        if (connected && (*connected == "true") != (where.live != nullptr)) return false;
        return c.req.may.sees(where.record->id());
    };
    const auto add = [&](const registry::located& where) {
        auto item = summary(where);
        item["labels"] = labels_of(c.parts.profiles->find(where.record->key()));
        items.push_back(std::move(item));
    };
    const bool connected_only = connected && *connected == "true";
    const std::string next = co_await collect(c, std::move(page), connected_only, passes, add);
    json::object body;
    body["items"] = std::move(items);
    if (!next.empty()) body["next"] = next;
    co_return json_response(body);
}

io_awaitable<response> get_charge_point(route_context& c) {
    const auto where = c.parts.registry.locate(c.parameters[0]);
    if (!where.record)
        co_return problem(problem_kind::unknown_charge_point, "no charge point of this id was ever seen");
    json::object body = summary(where);
    json::object deviations;
    for (const auto& [r, count] : where.record->deviations()) deviations[to_string(r)] = count;
    body["deviations"] = std::move(deviations);
    const auto effective = c.parts.settings_in_force.effective_of(where.record->id());
    body["policy"] = policy_object(*effective.in_force);
    body["settings"] = settings_object(effective);
    put_profile(body, effective.own);
    response r = json_response(body);
    if (effective.own) add_profile_tag(r, effective.own->revision());
    co_return r;
}

io_awaitable<response> get_messages(route_context& c) {
    const auto limit = query_number(c.req, "limit", 100, 1, largest_messages);
    if (!limit) co_return problem(problem_kind::wrong_query, "limit must be a whole number from 1 to 1000");
    const auto where = c.parts.registry.locate(c.parameters[0]);
    if (!where.record)
        co_return problem(problem_kind::unknown_charge_point, "no charge point of this id was ever seen");
    json::array items;
    for (const auto& entry : messages_of(c.parts.threads, where.record->id(), *limit)) {
        json::object item;
        item["time"] = timestamp(entry.time);
        item["direction"] = to_string(entry.direction);
        item["verdict"] = to_string(entry.verdict);
        item["text"] = entry.text;
        items.push_back(std::move(item));
    }
    json::object body;
    body["items"] = std::move(items);
    co_return json_response(body);
}

}  // namespace voltgate::http
