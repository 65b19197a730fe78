// What is known of a 2.x charge point's variables.
#include "http/router.hpp"
#include "ocpp/frame.hpp"
#include "stations/device_model.hpp"

#include <utility>

namespace voltgate::http {

namespace {

constexpr std::size_t most_variables = 4000;

}  // namespace

io_awaitable<response> get_variables(route_context& c) {
    const auto limit = query_number(c.req, "limit", usual_page, 1, most_variables);
    if (!limit) co_return problem(problem_kind::wrong_query, "limit must be a whole number from 1 to 4000");
    const auto where = c.parts.registry.locate(c.parameters[0]);
    if (!where.record)
        co_return problem(problem_kind::unknown_charge_point, "no charge point of this id was ever seen");
    device_model::query query;
    query.component = c.req.query_value("component").value_or("");
    query.variable = c.req.query_value("variable").value_or("");
    query.after = c.req.query_value("after").value_or("");
    query.limit = *limit;
    device_model::page page;
    if (const auto known = where.record->variables()) page = known->read(query);
    std::string body = R"({"items":[)";
    for (const auto& item : page.items) {
        if (&item != page.items.data()) body += ',';
        body += item;
    }
    body += page.complete ? R"(],"complete":true)" : R"(],"complete":false)";
    if (!page.next.empty()) {
        body += R"(,"next":)";
        ocpp::append_json_string(body, page.next);
    }
    co_return response(200, body += '}');
}

}  // namespace voltgate::http
