// /health and its probes, /metrics.
#include "commands/certificate_signing.hpp"
#include "http/router.hpp"
#include "stores/queries.hpp"

namespace voltgate::http {

namespace {

std::vector<metrics::expiry> expiries(const tls_expiry& e) {
    std::vector<metrics::expiry> all;
    const auto add = [&all](std::string_view kind, const tls_expiry::time& t) {
        if (t) all.push_back({kind, std::chrono::system_clock::to_time_t(*t)});
    };
    add("ec", e.ec);
    add("rsa", e.rsa);
    add("client_ca", e.client_ca);
    add("crl", e.crl);
    return all;
}

std::string clock_text(const journal_stats& s) {
    if (!s.ageing_held) return "ok";
    return "jumped by " + clock_jump_text(s.last_clock_jump) +
           ": nothing is removed by age until it has not jumped for 24 hours, or until POST /api/v1/clock/confirm says "
           "that it is right";
}

}  // namespace

io_awaitable<response> get_health(route_context& c) {
    const gateway_parts& parts = c.parts;
    const bool draining = parts.draining;
    const auto uptime = std::chrono::duration_cast<std::chrono::seconds>(parts.clock.steady() - parts.started_at);
    boost::json::object components;
    components["listener"] = draining ? "closed" : "ok";
    components["events"] = "ok";
    const auto journal = parts.queries() ? parts.queries()->state->stats() : journal_stats();
    components["journal"] = !parts.queries() ? "off" : journal.trouble.empty() ? "ok" : journal.trouble;
    components["clock"] = clock_text(journal);
    const auto tls = parts.tls ? parts.tls->trouble(parts.clock.utc()) : std::string();
    components["tls"] = !parts.tls ? "off" : tls.empty() ? "ok" : tls;
    const bool well = journal.trouble.empty() && !journal.ageing_held && tls.empty();
    boost::json::object body;
    body["status"] = draining ? "draining" : well ? "healthy" : "degraded";
    body["timestamp"] = timestamp(parts.clock.utc());
    body["version"] = VOLTGATE_VERSION;
    body["node_id"] = parts.settings.node_id;
    body["uptime_s"] = uptime.count();
    body["connections"] = parts.stations.live_sessions();
    body["components"] = std::move(components);
    co_return json_response(body, draining ? 503 : 200);
}

io_awaitable<response> get_health_live(route_context&) {
    boost::json::object body;
    body["status"] = "alive";
    co_return json_response(body);
}

io_awaitable<response> get_health_ready(route_context& c) {
    const bool draining = c.parts.draining;
    boost::json::object body;
    body["status"] = draining ? "draining" : "ready";
    co_return json_response(body, draining ? 503 : 200);
}

io_awaitable<response> get_metrics(route_context& c) {
    metrics::readings readings;
    readings.log_lines_dropped = c.parts.log.dropped();
    readings.subscriber_events_dropped = c.parts.bus.dropped_total();
    readings.refusals = c.parts.refusals.counts();
    readings.subscribers = c.parts.bus.reader_count();
    if (c.parts.queries()) readings.journal = c.parts.queries()->state->stats();
    if (c.parts.tls) readings.tls = expiries(c.parts.tls->current()->expiry());
    if (const auto ca = c.parts.signing.authority())
        readings.tls.push_back({"signing_ca", std::chrono::system_clock::to_time_t(ca->expiry())});
    co_return response(200, c.parts.metrics.text(readings), "text/plain; version=0.0.4; charset=utf-8");
}

}  // namespace voltgate::http
