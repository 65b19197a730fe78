// /api/v1/refusals: who was not let in of late, and why.
#include "http/refusal_json.hpp"
#include "http/router.hpp"

#include <boost/json/array.hpp>

#include <limits>

namespace voltgate::http {

namespace {

namespace json = boost::json;

constexpr std::size_t usual_refusals = 100;

std::optional<refusal_reason> reason_from(std::string_view word) noexcept {
    for (std::size_t i = 0; i < refusal_reason_count; ++i)
        if (to_string(static_cast<refusal_reason>(i)) == word) return static_cast<refusal_reason>(i);
    return std::nullopt;
}

}  // namespace

io_awaitable<response> get_refusals(route_context& c) {
    refusal_log::query query;
    query.charge_point_id = c.req.query_value("chargePointId").value_or("");
    if (const auto word = c.req.query_value("reason")) {
        query.reason = reason_from(*word);
        if (!query.reason)
            co_return problem(problem_kind::wrong_query, "reason must be one of those that refusals have");
    }
    const auto limit = query_number(c.req, "limit", usual_refusals, 1, refusal_log::most_kept);
    if (!limit) co_return problem(problem_kind::wrong_query, "limit must be a whole number from 1 to 1000");
    const auto after = query_number(c.req, "after", 0, 1, std::numeric_limits<std::int64_t>::max());
    if (!after) co_return problem(problem_kind::wrong_query, "after must be the next of an earlier page");
    query.limit = *limit;
    query.before = *after;
    const auto page = c.parts.refusals.read(query);
    json::array items;
    for (const auto& e : page.items) items.push_back(refusal_object(e));
    json::object body;
    body["items"] = std::move(items);
    if (page.next > 0) body["next"] = std::to_string(page.next);
    co_return json_response(body);
}

}  // namespace voltgate::http
