// metrics::text: adds the shards up into Prometheus' metric families.
#include "observe/metrics.hpp"
#include "observe/process.hpp"
#include "ocpp/error_code.hpp"
#include "ocpp/schema.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <limits>
#include <map>
#include <sstream>
#include <utility>

namespace voltgate {

namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using labels = std::vector<ClientMetric::Label>;

constexpr std::string_view other = "other";

ClientMetric::Label label(std::string_view name, std::string_view value) {
    return {std::string(name), std::string(value)};
}

std::string_view name_of(metrics::message m) {
    switch (m) {
        case metrics::message::call: return "call";
        case metrics::message::call_result: return "call_result";
        case metrics::message::call_error: return "call_error";
        case metrics::message::call_result_error: return "call_result_error";
        case metrics::message::send: return "send";
    }
    return other;
}

std::string_view name_of(metrics::direction d) { return d == metrics::direction::received ? "received" : "sent"; }

std::string_view name_of(metrics::connection_result r) {
    switch (r) {
        case metrics::connection_result::accepted: return "accepted";
        case metrics::connection_result::bad_request: return "bad_request";
        case metrics::connection_result::bad_identity: return "bad_identity";
        case metrics::connection_result::unknown_charge_point: return "unknown_charge_point";
        case metrics::connection_result::unauthorized: return "unauthorized";
        case metrics::connection_result::no_subprotocol: return "no_subprotocol";
        case metrics::connection_result::over_limit: return "over_limit";
        case metrics::connection_result::stopping: return "stopping";
    }
    return other;
}

std::string_view name_of(metrics::refused_connection r) {
    switch (r) {
        case metrics::refused_connection::connections: return "connections";
        case metrics::refused_connection::connections_per_address: return "connections_per_address";
        case metrics::refused_connection::connection_rate: return "connection_rate";
        case metrics::refused_connection::connection_rate_per_address: return "connection_rate_per_address";
        case metrics::refused_connection::untrusted_proxy: return "untrusted_proxy";
        case metrics::refused_connection::proxy_header: return "proxy_header";
        case metrics::refused_connection::proxy_timeout: return "proxy_timeout";
    }
    return other;
}

std::string_view name_of(metrics::limited_call c) {
    return c == metrics::limited_call::refused ? "refused" : "delayed";
}

std::string_view name_of(metrics::handshake h) {
    switch (h) {
        case metrics::handshake::full: return "full";
        case metrics::handshake::resumed: return "resumed";
        case metrics::handshake::failed: return "failed";
        case metrics::handshake::timeout: return "timeout";
    }
    return other;
}

std::string_view name_of(metrics::signing s) {
    switch (s) {
        case metrics::signing::signed_here: return "signed";
        case metrics::signing::refused: return "refused";
        case metrics::signing::failed: return "failed";
        case metrics::signing::by_hand: return "by_hand";
        case metrics::signing::no_signer: return "no_signer";
    }
    return other;
}

/// A histogram added up over shards and versions.
struct histogram_sum {
    template <class Histogram>
    void add(const Histogram& h) {
        buckets.resize(h.buckets.size());
        for (std::size_t i = 0; i < buckets.size(); ++i) buckets[i] += h.buckets[i].load(std::memory_order_relaxed);
        nanoseconds += h.sum.load(std::memory_order_relaxed);
    }
    [[nodiscard]] bool empty() const {
        return std::ranges::all_of(buckets, [](std::uint64_t n) { return n == 0; });
    }

    std::vector<std::uint64_t> buckets;
    std::uint64_t nanoseconds = 0;
};

template <class Bounds>
ClientMetric histogram_metric(labels l, const histogram_sum& sum, const Bounds& bounds) {
    ClientMetric m;
    m.label = std::move(l);
    std::uint64_t cumulative = 0;
    for (std::size_t i = 0; i <= bounds.size(); ++i) {
        cumulative += i < sum.buckets.size() ? sum.buckets[i] : 0;
        const auto bound =
            i < bounds.size() ? static_cast<double>(bounds[i]) / 1e9 : std::numeric_limits<double>::infinity();
        m.histogram.bucket.push_back({cumulative, bound});
    }
    m.histogram.sample_count = cumulative;
    m.histogram.sample_sum = static_cast<double>(sum.nanoseconds) / 1e9;
    return m;
}

}  // namespace

/// One rendering. A friend of the shards, so that they need no accessors.
class metrics_report {
  public:
    explicit metrics_report(const metrics& m) : shards_(m.shards_) {}

    [[nodiscard]] std::string text(const metrics::readings& r);

  private:
    using shard = metrics::shard;

    void add_connections();
    void add_limits();
    void add_refusals(const metrics::readings& r);
    void add_tls(const metrics::readings& r);
    void add_messages();
    void add_conformance(const metrics::readings& r);
    void add_durations();
    void add_commands();
    void add_events(const metrics::readings& r);
    void add_journal(const journal_stats& s);
    void add_process();

    /// Valid until the next family is begun.
    MetricFamily& family(std::string name, std::string help, MetricType type) {
        return families_.emplace_back(MetricFamily{std::move(name), std::move(help), type, {}});
    }
    MetricFamily& counters(std::string name, std::string help) {
        return family("gateway_" + std::move(name), std::move(help), MetricType::Counter);
    }
    MetricFamily& gauges(std::string name, std::string help) {
        return family("gateway_" + std::move(name), std::move(help), MetricType::Gauge);
    }
    MetricFamily& histograms(std::string name, std::string help) {
        return family("gateway_" + std::move(name), std::move(help), MetricType::Histogram);
    }
    static void put(MetricFamily& f, labels l, double value) {
        ClientMetric m;
        m.label = std::move(l);
        (f.type == MetricType::Gauge ? m.gauge.value : m.counter.value) = value;
        f.metric.push_back(std::move(m));
    }

    /// The sum over all shards of what `of` gives for each.
    template <class Of>
    [[nodiscard]] double sum(Of of) const {
        decltype(of(*shards_.front()).load()) total = 0;
        for (const auto& s : shards_) total += of(*s).load(std::memory_order_relaxed);
        return static_cast<double>(total);
    }

    template <class Visit>
    static void for_each_version(Visit visit) {
        for (std::size_t v = 0; v < shard::version_count; ++v) visit(v, to_string(static_cast<ocpp::version>(v)));
    }

    /// Every counter of an action: version, name, slot.
    template <class Visit>
    void for_each_action(Visit visit) const {
        for_each_version([&](std::size_t v, std::string_view version_name) {
            const auto range = shard::ranges()[v];
            const auto actions = ocpp::actions(static_cast<ocpp::version>(v));
            for (std::size_t i = 0; i <= range.count; ++i)
                visit(version_name, i < actions.size() ? actions[i].name : other, range.first + i);
        });
    }

    template <class Enum>
    static Enum at(std::size_t i) {
        return static_cast<Enum>(i);
    }

    const std::vector<std::unique_ptr<shard>>& shards_;
    std::vector<MetricFamily> families_;
};

void metrics_report::add_connections() {
    auto& active = gauges("active_connections", "Charge points that are connected now.");
    for_each_version([&](std::size_t v, std::string_view name) {
        put(active, {label("version", name)}, sum([v](const shard& s) -> auto& { return s.active_[v]; }));
    });
    auto& connections =
        counters("connections_total", "Requests for a charge point connection, by what became of them.");
    for (std::size_t i = 0; i < metrics::connection_result_count; ++i)
        put(connections, {label("result", name_of(at<metrics::connection_result>(i)))},
            sum([i](const shard& s) -> auto& { return s.connections_[i]; }));
    auto& failures = counters("authentication_failures_total", "Charge points that were refused, by what was wrong.");
    for (std::size_t i = 1; i < authentication_failure_count; ++i)
        put(failures, {label("reason", to_string(at<authentication_failure>(i)))},
            sum([i](const shard& s) -> auto& { return s.authentication_failures_[i]; }));
    put(counters("unauthenticated_connections_total",
                 "Unknown charge points that were let in (security.unknown_charge_points)."),
        {}, sum([](const shard& s) -> auto& { return s.unknown_let_in_; }));
    put(counters("compressed_connections_total", "Charge point connections that agreed on compression."), {},
        sum([](const shard& s) -> auto& { return s.compressed_; }));
    auto& requests = counters("certificate_requests_total",
                              "Certificate requests of charge points (SignCertificate), by what became of them.");
    for (std::size_t i = 0; i < metrics::signing_count; ++i)
        put(requests, {label("result", name_of(at<metrics::signing>(i)))},
            sum([i](const shard& s) -> auto& { return s.certificate_requests_[i]; }));
    put(counters("takeovers_total", "Connections that were replaced by a newer one of the same charge point."), {},
        sum([](const shard& s) -> auto& { return s.takeovers_; }));
}

void metrics_report::add_limits() {
    auto& refused = counters("connections_refused_total", "Connections that were not let in, by the limit they met.");
    for (std::size_t i = 0; i < metrics::refused_connection_count; ++i)
        put(refused, {label("reason", name_of(at<metrics::refused_connection>(i)))},
            sum([i](const shard& s) -> auto& { return s.refused_[i]; }));
    auto& calls = counters("calls_limited_total", "CALLs beyond limits.message_rate or limits.action_rates.");
    for (std::size_t i = 0; i < metrics::limited_call_count; ++i)
        put(calls, {label("result", name_of(at<metrics::limited_call>(i)))},
            sum([i](const shard& s) -> auto& { return s.limited_calls_[i]; }));
    put(counters("boots_deferred_total", "Boots beyond limits.boot_rate, answered Pending."), {},
        sum([](const shard& s) -> auto& { return s.boots_deferred_; }));
}

void metrics_report::add_refusals(const metrics::readings& r) {
    auto& refusals = counters("refusals_total", "Charge points and connections that were not let in, by the reason.");
    for (std::size_t i = 0; i < refusal_reason_count; ++i)
        put(refusals, {label("reason", to_string(at<refusal_reason>(i)))}, static_cast<double>(r.refusals[i]));
}

void metrics_report::add_tls(const metrics::readings& r) {
    auto& handshakes = counters("tls_handshakes_total", "TLS handshakes, by how they ended.");
    for (std::size_t i = 0; i < metrics::handshake_count; ++i)
        put(handshakes, {label("result", name_of(at<metrics::handshake>(i)))},
            sum([i](const shard& s) -> auto& { return s.handshakes_[i]; }));
    if (r.tls.empty()) return;
    auto& expiry = gauges("tls_certificate_expiry_timestamp_seconds",
                          "When the certificate in use expires, in seconds since 1970; for client_ca the first of all "
                          "CAs, for crl when the first list has to be replaced.");
    for (const auto& e : r.tls) put(expiry, {label("kind", e.kind)}, static_cast<double>(e.at));
}

void metrics_report::add_messages() {
    auto& received = counters("messages_received_total",
                              "Messages from charge points. Answers and what is unreadable count as action other.");
    for_each_action([&](std::string_view version, std::string_view action, std::size_t slot) {
        const auto n = sum([slot](const shard& s) -> auto& { return s.received_[slot]; });
        if (n > 0) put(received, {label("version", version), label("action", action)}, n);
    });
    auto& sent = counters("messages_sent_total", "Messages to charge points.");
    for_each_version([&](std::size_t v, std::string_view name) {
        for (std::size_t i = 0; i < metrics::message_count; ++i)
            put(sent, {label("version", name), label("type", name_of(at<metrics::message>(i)))},
                sum([v, i](const shard& s) -> auto& { return s.sent_[v][i]; }));
    });
    put(gauges("send_queue_bytes", "Bytes that wait to be written to charge points."), {},
        sum([](const shard& s) -> auto& { return s.send_queue_; }));
}

void metrics_report::add_conformance(const metrics::readings& r) {
    auto& errors = counters("call_errors_total", "CALLERRORs, by the code in the spelling of the newest OCPP version.");
    for (std::size_t d = 0; d < metrics::direction_count; ++d)
        for (std::size_t i = 0; i < shard::error_code_count; ++i) {
            const bool known = i + 1 < shard::error_code_count;
            const auto code = known ? ocpp::spelling(at<ocpp::rpc_error>(i), ocpp::version::v21) : other;
            put(errors, {label("direction", name_of(at<metrics::direction>(d))), label("code", code)},
                sum([d, i](const shard& s) -> auto& { return s.call_errors_[d][i]; }));
        }
    auto& deviations =
        counters("deviations_total", "Deviations of charge points from OCPP, accepted ones and refused ones.");
    for (std::size_t i = 0; i < rule_count; ++i) {
        double count = sum([i](const shard& s) -> auto& { return s.deviations_[i]; });
        const bool found_by_journal = at<rule>(i) == rule::long_transaction && r.journal;
        if (found_by_journal) count += static_cast<double>(r.journal->long_transactions);
        put(deviations, {label("rule", to_string(at<rule>(i)))}, count);
    }
}

void metrics_report::add_durations() {
    std::map<std::string_view, histogram_sum> processing;
    std::map<std::pair<std::string_view, std::size_t>, histogram_sum> outbound;
    histogram_sum ping;
    for (const auto& s : shards_) {
        for_each_action([&](std::string_view, std::string_view action, std::size_t slot) {
            processing[action].add(s->processed_[slot]);
            for (std::size_t o = 0; o < shard::outcome_count; ++o)
                outbound[{action, o}].add(s->outbound_calls_[slot][o]);
        });
        ping.add(s->ping_rtt_);
    }
    auto& processed = histograms("message_processing_duration_seconds",
                                 "From the receipt of a CALL of a charge point to the hand-over of its answer.");
    for (const auto& [action, total] : processing)
        if (!total.empty())
            processed.metric.push_back(histogram_metric({label("action", action)}, total, shard::processing_bounds));
    auto& calls =
        histograms("outbound_call_duration_seconds", "From the hand-over of a CALL to a charge point to its end.");
    for (const auto& [key, total] : outbound)
        if (!total.empty())
            calls.metric.push_back(
                histogram_metric({label("action", key.first), label("outcome", to_string(at<outcome>(key.second)))},
                                 total, shard::round_trip_bounds));
    histograms("ping_rtt_seconds", "From a ping of the gateway to the next sign of life of the charge point.")
        .metric.push_back(histogram_metric({}, ping, shard::round_trip_bounds));
}

void metrics_report::add_commands() {
    std::map<std::pair<std::string_view, std::size_t>, double> totals;
    for_each_action([&](std::string_view, std::string_view action, std::size_t slot) {
        for (std::size_t o = 0; o < shard::outcome_count; ++o)
            totals[{action, o}] += sum([slot, o](const shard& s) -> auto& { return s.commands_[slot][o]; });
    });
    auto& commands = counters("commands_total", "Commands, by their outcome.");
    for (const auto& [key, n] : totals)
        if (n > 0) put(commands, {label("name", key.first), label("outcome", to_string(at<outcome>(key.second)))}, n);
}

void metrics_report::add_events(const metrics::readings& r) {
    auto& events = counters("events_published_total", "Events, by their type.");
    for (std::size_t i = 0; i < event_type_count; ++i)
        put(events, {label("type", to_string(at<event_type>(i)))},
            sum([i](const shard& s) -> auto& { return s.events_[i]; }));
    put(gauges("event_subscribers", "Readers of events now."), {}, static_cast<double>(r.subscribers));
    put(counters("subscriber_events_dropped_total", "Events that readers missed because they were too slow."), {},
        static_cast<double>(r.subscriber_events_dropped));
    put(counters("log_lines_dropped_total", "Log lines that were not written."), {},
        static_cast<double>(r.log_lines_dropped));
}

void metrics_report::add_journal(const journal_stats& s) {
    const auto count = [this](std::string name, std::string help, auto value) {
        put(counters(std::move(name), std::move(help)), {}, static_cast<double>(value));
    };
    const auto gauge = [this](std::string name, std::string help, auto value) {
        put(gauges(std::move(name), std::move(help)), {}, static_cast<double>(value));
    };
    count("journal_events_total", "Events that were stored.", s.events);
    count("journal_batches_total", "Commits.", s.batches);
    count("journal_failed_batches_total", "Attempts to commit that failed.", s.failed_batches);
    count("journal_shed_events_total", "Events that were not stored because the journal could not keep up.",
          s.shed_events);
    count("journal_failed_operations_total", "Messages and changes that were not stored in time, or at all.",
          s.failed_operations);
    count("journal_commit_seconds_total", "Time that all commits took, waiting for the disk included.",
          static_cast<double>(s.commit_nanoseconds) / 1e9);
    gauge("journal_buffer_bytes", "What waits to be stored.", s.buffered_bytes);
    gauge("journal_file_bytes", "What the journal's file holds.", s.file_bytes);
    gauge("journal_last_sequence", "The number of the last event that was stored.", s.last_sequence);
    count("clock_jumps_total", "Jumps of the machine's clock by more than an hour.", s.clock_jumps);
    gauge("journal_ageing_held", "Whether nothing is removed by age, after a jump of the clock.",
          s.ageing_held ? 1 : 0);
    gauge("journal_restored", "Whether an older file was found in the journal's place when it was opened.",
          s.restored ? 1 : 0);
    gauge("journal_up", "Whether the journal can be written now.", s.trouble.empty() ? 1 : 0);
}

void metrics_report::add_process() {
    const auto figures = read_process_figures();
    const auto add = [this](std::string name, std::string help, MetricType type, double value) {
        put(family(std::move(name), std::move(help), type), {}, value);
    };
    add("process_cpu_seconds_total", "CPU time of the process, user and kernel.", MetricType::Counter,
        figures.cpu_seconds);
    add("process_resident_memory_bytes", "Memory of the process that is in RAM.", MetricType::Gauge,
        static_cast<double>(figures.resident_bytes));
    add("process_open_fds", "Open file descriptors.", MetricType::Gauge, static_cast<double>(figures.open_descriptors));
    add("process_max_fds", "File descriptors that may be open.", MetricType::Gauge,
        static_cast<double>(figures.max_descriptors));
    add("process_start_time_seconds", "Start of the process, in seconds since 1970.", MetricType::Gauge,
        figures.start_time);
}

std::string metrics_report::text(const metrics::readings& r) {
    add_connections();
    add_limits();
    add_refusals(r);
    add_tls(r);
    add_messages();
    add_conformance(r);
    add_durations();
    add_commands();
    add_events(r);
    if (r.journal) add_journal(*r.journal);
    add_process();
    std::ostringstream out;
    prometheus::TextSerializer().Serialize(out, families_);
    return std::move(out).str();
}

std::string metrics::text(const readings& r) const { return metrics_report(*this).text(r); }

}  // namespace voltgate
