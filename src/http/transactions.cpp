// The transactions that the journal holds: a page of them, one of them.
#include "http/router.hpp"
#include "journal/journal.hpp"
#include "journal/stored_time.hpp"
#include "journal/transaction_pages.hpp"
#include "ocpp/timestamp.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <limits>
#include <utility>

namespace voltgate::http {

namespace {

namespace json = boost::json;

constexpr std::size_t usual_page = 1000, largest_page = 10'000;

json::value number_or_null(const std::optional<std::int64_t>& n) { return n ? json::value(*n) : json::value(nullptr); }

json::value text_or_null(const std::string& text) { return text.empty() ? json::value(nullptr) : json::value(text); }

// Charge points write any number: none where the difference is none.
std::optional<std::int64_t> energy_of(const stored_transaction& t) {
    std::int64_t energy = 0;
    if (!t.meter_start_wh || !t.meter_stop_wh) return std::nullopt;
    if (__builtin_sub_overflow(*t.meter_stop_wh, *t.meter_start_wh, &energy)) return std::nullopt;
    return energy;
}

json::object transaction_object(const stored_transaction& t) {
    json::object o;
    const bool is_stations = !t.station_id.empty();
    o["transactionId"] = is_stations ? t.station_id : std::to_string(t.id);
    o["chargePointId"] = t.charge_point_id;
    o["evseId"] = number_or_null(is_stations ? t.evse_id : t.connector_id);
    o["connectorId"] = number_or_null(t.connector_id);
    o["idTag"] = is_stations ? text_or_null(t.id_tag) : json::value(t.id_tag);
    o["idTagStatus"] = t.tag_status ? json::value(to_string(*t.tag_status)) : json::value(nullptr);
    o["reservationId"] = number_or_null(t.reservation_id);
    o["state"] = t.stopped_at ? "stopped" : "running";
    o["meterStartWh"] = number_or_null(t.meter_start_wh);
    o["meterStopWh"] = number_or_null(t.meter_stop_wh);
    o["energyWh"] = number_or_null(energy_of(t));
    o["startedAt"] = timestamp(time_from_stored(t.started_at));
    o["stoppedAt"] = t.stopped_at ? json::value(timestamp(time_from_stored(*t.stopped_at))) : json::value(nullptr);
    o["stopReason"] = t.stopped_at && t.stop_reason.empty() ? json::value("Local") : text_or_null(t.stop_reason);
    o["stopIdTag"] = text_or_null(t.stop_id_tag);
    return o;
}

std::string page_body(const transaction_page& page) {
    json::array items;
    items.reserve(page.items.size());
    for (const auto& t : page.items) items.push_back(transaction_object(t));
    json::object body;
    body["items"] = std::move(items);
    if (page.next) body["next"] = to_string(*page.next);
    return json::serialize(body);
}

std::optional<response> read_time(const request& req, std::string_view name, std::optional<std::int64_t>& into) {
    const auto text = req.query_value(name);
    if (!text) return std::nullopt;
    const auto time = ocpp::read_timestamp(*text);
    if (!time || time->odd) return problem(400, std::string(name) + " must be a time like 2026-01-02T03:04:05Z");
    into = stored_time(time->time);
    return std::nullopt;
}

std::optional<response> read_filters(const request& req, transaction_query& q) {
    q.charge_point_id = req.query_value("chargePointId");
    q.id_tag = req.query_value("idTag");
    if (req.query_value("connectorId")) {
        const auto id = query_number(req, "connectorId", 0, 0, std::numeric_limits<std::int32_t>::max());
        if (!id) return problem(400, "connectorId must be a whole number from 0 on");
        if (!q.charge_point_id) return problem(400, "connectorId says something only together with chargePointId");
        q.connector_id = static_cast<std::int64_t>(*id);
    }
    if (const auto state = req.query_value("state")) {
        if (*state != "running" && *state != "stopped") return problem(400, "state must be running or stopped");
        q.running = *state == "running";
    }
    if (auto bad = read_time(req, "startedAfter", q.started_from)) return bad;
    return read_time(req, "startedBefore", q.started_before);
}

std::optional<response> read_query(const request& req, transaction_query& q) {
    if (auto bad = unknown_query(req, {"chargePointId", "connectorId", "idTag", "state", "startedAfter",
                                       "startedBefore", "limit", "after"})) {
        return bad;
    }
    const auto limit = query_number(req, "limit", usual_page, 1, largest_page);
    if (!limit) return problem(400, "limit must be a whole number from 1 to 10000");
    q.limit = *limit;
    if (const auto after = req.query_value("after")) {
        q.after = transaction_cursor_from_string(*after);
        if (!q.after) return problem(400, "after must be the `next` of an earlier page");
    }
    return read_filters(req, q);
}

}  // namespace

io_awaitable<response> get_transactions(route_context& c) {
    transaction_query q;
    if (auto bad = read_query(c.req, q)) co_return std::move(*bad);
    if (!c.core.journal()) co_return journal_is_off();
    auto question = [q](sqlite::database& db) { return page_body(read_transactions(db, q)); };
    auto page = co_await c.core.journal()->reader().ask<std::string>(std::move(question));
    if (!page.value) co_return problem(503, "the journal cannot be read: " + page.error);
    co_return response(200, std::move(*page.value));
}

io_awaitable<response> get_transaction(route_context& c) {
    if (auto bad = unknown_query(c.req, {"chargePointId"})) co_return std::move(*bad);
    if (!c.core.journal()) co_return journal_is_off();
    std::optional<std::string> charge_point;
    charge_point = c.req.query_value("chargePointId");
    auto question = [id = std::string(c.parameters[0]), charge_point](sqlite::database& db) {
        return find_transaction(db, id, charge_point);
    };
    auto found = co_await c.core.journal()->reader().ask<std::optional<stored_transaction>>(std::move(question));
    if (!found.value) co_return problem(503, "the journal cannot be read: " + found.error);
    if (!*found.value)
        co_return problem(404, "no transaction has this id, or it is older than journal.keep_transactions");
    co_return json_response(transaction_object(**found.value));
}

}  // namespace voltgate::http
