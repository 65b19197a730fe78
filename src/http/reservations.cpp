// Reservations: one page of those that charge points accepted.
#include "http/labels.hpp"
#include "http/router.hpp"
#include "stores/queries.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace voltgate::http {

namespace {

namespace json = boost::json;

json::object reservation_object(const reservation& r) {
    json::object o;
    o["chargePointId"] = r.charge_point_id;
    o["reservationId"] = r.id;
    o["evseId"] = r.evse_id ? json::value(*r.evse_id) : json::value(nullptr);
    o["connectorId"] = r.connector_id ? json::value(*r.connector_id) : json::value(nullptr);
    o["idTag"] = r.id_tag;
    o["parentIdTag"] = r.parent_id_tag.empty() ? json::value(nullptr) : json::value(r.parent_id_tag);
    o["expiryDate"] = timestamp(r.expires_at);
    o["state"] = to_string(r.state);
    o["updatedAt"] = timestamp(r.updated_at);
    o["transactionId"] = r.transaction_id.empty() ? json::value(nullptr) : json::value(r.transaction_id);
    return o;
}

std::string page_body(const reservation_page& page) {
    json::array items;
    for (const auto& r : page.items) items.push_back(reservation_object(r));
    json::object body;
    body["items"] = std::move(items);
    if (page.next > 0) body["next"] = std::to_string(page.next);
    return json::serialize(body);
}

}  // namespace

io_awaitable<response> get_reservations(route_context& c) {
    if (!c.parts.queries()) co_return journal_is_off();
    reservation_query query;
    query.now = c.parts.clock.utc();
    query.charge_point_id = c.req.query_value("chargePointId").value_or("");
    query.charge_points = c.req.may.charge_points;
    std::vector<std::string> labels;
    if (auto bad = read_labels(c.req, labels)) co_return std::move(*bad);
    if (const auto word = c.req.query_value("state")) {
        for (const auto s : {reservation_state::accepted, reservation_state::cancelled, reservation_state::used,
                             reservation_state::expired})
            if (to_string(s) == *word) query.state = s;
        if (!query.state)
            co_return problem(problem_kind::wrong_query, "state must be accepted, cancelled, used or expired");
    }
    const auto limit = query_number(c.req, "limit", usual_page, 1, largest_page);
    if (!limit) co_return problem(problem_kind::wrong_query, "limit must be a whole number from 1 to 10000");
    const auto after = query_number(c.req, "after", 0, 1, std::numeric_limits<std::int64_t>::max());
    if (!after) co_return problem(problem_kind::wrong_query, "after must be the next of an earlier page");
    query.limit = *limit;
    query.after = *after;
    const stored_queries& stored = *c.parts.queries();
    auto keys = co_await look_for_labelled(*stored.workers, c.parts.profiles, std::move(labels));
    if (!keys.value) co_return journal_unreadable(keys.error);
    query.keys = std::move(*keys.value);
    auto answer = co_await stored.reservations->page(std::move(query));
    if (!answer.value) co_return journal_unreadable(answer.error);
    auto render = [page = std::move(*answer.value)] { return page_body(page); };
    auto body = co_await stored.workers->run<std::string>(std::move(render));
    if (!body.value) co_return journal_unreadable(body.error);
    co_return response(200, std::move(*body.value));
}

}  // namespace voltgate::http
