// Which function answers which path and method.
#pragma once

#include "http/gateway_parts.hpp"
#include "http/message.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate::http {

/// What a route is called with.
struct route_context {
    route_context(const gateway_parts& p, session_thread& t, const request& r) : parts(p), thread(t), req(r) {}
    const gateway_parts& parts;
    session_thread& thread;  // the one that runs the request
    const request& req;
    std::vector<std::string_view> parameters;  // of the path, in order
};

using route_handler = io_awaitable<response> (*)(route_context& context);

struct route {
    std::string_view method;         // GET answers HEAD as well
    std::string_view pattern;        // "/api/v1/charge-points/{}/commands"
    std::optional<api_scope> scope;  // that a token needs; unset: open to all
    route_handler handler;
    /// Whether it tells one who may not see all charge points (permissions) of no other than his. Routes of one charge
    /// point (/api/v1/charge-points/{}…) do so by themselves: others than his are not there.
    bool keeps_limits = false;
    std::vector<std::string_view> query = {};  // the query parameters that it knows: others are refused
};

/// All of them. Events on the live stream are the connection's business: the table has its head.
[[nodiscard]] const std::vector<route>& routes();

/// The route of a request; null: there is none, or it is the live stream.
[[nodiscard]] const route* find_route(const request& req);

/// What is said to one who may not see all charge points, when the request is of others or of all; nullopt: nothing.
[[nodiscard]] std::optional<response> beyond_limits(const route& r, const request& req, const permissions& may);

/// 404 or 405 where nothing fits. Whether the caller may ask is not its business.
io_awaitable<response> answer_request(const gateway_parts& parts, session_thread& thread, const request& req);

/// What balancers ask, on listeners that serve charge points alone too.
[[nodiscard]] bool is_readiness_probe(std::string_view target);

/// Whether the body may have http.max_import_bytes.
[[nodiscard]] bool is_import(std::string_view method, std::string_view target);

/// The same for every route: what is unknown, empty or given twice is a problem.
[[nodiscard]] std::optional<response> query_fault(const request& req, const std::vector<std::string_view>& known);

/// Of what routes give page by page, where they do not say otherwise: `limit`, if it is not given, and at most.
inline constexpr std::size_t usual_page = 1000, largest_page = 10'000;

/// The query value as a whole number between `low` and `high`; `fallback` when absent; nullopt when it is none.
[[nodiscard]] std::optional<std::size_t> query_number(const request& req, std::string_view name, std::size_t fallback,
                                                      std::size_t low, std::size_t high);

/// The text of openapi.json.
[[nodiscard]] std::string_view openapi_document() noexcept;

/// What stands for an answer while journal.enabled = false.
[[nodiscard]] response journal_is_off();
/// For a question that was not answered.
[[nodiscard]] response journal_unreadable(const std::string& why);
/// For a change that the journal did not take. `what_is_stored`: what there is of it.
[[nodiscard]] response not_stored(const gateway_parts& parts, std::string_view what_is_stored);

// The routes' functions, one file per subject.
io_awaitable<response> get_health(route_context& c);  // health.cpp
io_awaitable<response> get_health_live(route_context& c);
io_awaitable<response> get_health_ready(route_context& c);
io_awaitable<response> get_metrics(route_context& c);
io_awaitable<response> get_connections(route_context& c);  // charge_points.cpp
io_awaitable<response> get_charge_points(route_context& c);
io_awaitable<response> get_charge_point(route_context& c);
io_awaitable<response> get_messages(route_context& c);
io_awaitable<response> get_models(route_context& c);        // models.cpp
io_awaitable<response> put_charge_point(route_context& c);  // profiles.cpp
io_awaitable<response> delete_charge_point(route_context& c);
io_awaitable<response> post_charge_points(route_context& c);
io_awaitable<response> get_credentials(route_context& c);  // credentials.cpp
io_awaitable<response> put_credentials(route_context& c);
io_awaitable<response> delete_credentials(route_context& c);
io_awaitable<response> rotate_credentials(route_context& c);
io_awaitable<response> delete_seen_profile(route_context& c);
io_awaitable<response> get_transactions(route_context& c);  // transactions.cpp
io_awaitable<response> get_transaction(route_context& c);
io_awaitable<response> close_transaction(route_context& c);
io_awaitable<response> get_events(route_context& c);       // events.cpp
io_awaitable<response> get_stream_head(route_context& c);  // stream.cpp
io_awaitable<response> get_openapi(route_context& c);      // openapi.cpp
io_awaitable<response> get_id_tags(route_context& c);      // id_tags.cpp
io_awaitable<response> post_id_tags(route_context& c);
io_awaitable<response> get_id_tag(route_context& c);
io_awaitable<response> put_id_tag(route_context& c);
io_awaitable<response> delete_id_tag(route_context& c);
io_awaitable<response> post_command(route_context& c);  // commands.cpp
io_awaitable<response> get_commands(route_context& c);
io_awaitable<response> get_command(route_context& c);
io_awaitable<response> cancel_command(route_context& c);
io_awaitable<response> post_action(route_context& c);       // actions.cpp
io_awaitable<response> get_variables(route_context& c);     // variables.cpp
io_awaitable<response> get_reservations(route_context& c);  // reservations.cpp
io_awaitable<response> get_refusals(route_context& c);      // refusals.cpp
io_awaitable<response> confirm_clock(route_context& c);     // clock.cpp
io_awaitable<response> get_privacy(route_context& c);       // privacy.cpp
io_awaitable<response> delete_privacy(route_context& c);

}  // namespace voltgate::http
