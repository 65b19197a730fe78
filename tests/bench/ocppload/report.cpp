// What a run found, as a table or as JSON.
#include "load_run.hpp"
#include "text.hpp"

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace ocppload {
namespace {

struct field {
    std::string_view group, name, unit;
    double value;
};

double per(double x, double n) { return n > 0 ? x / n : 0; }

class field_list {
  public:
    void group(std::string_view name) { group_ = name; }
    void add(std::string_view name, double value, std::string_view unit = "") {
        fields_.push_back({group_, name, unit, value});
    }
    void add(std::string_view name, std::uint64_t count) { add(name, static_cast<double>(count)); }
    const std::vector<field>& all() const { return fields_; }

  private:
    std::string_view group_;
    std::vector<field> fields_;
};

void add_connections(field_list& f, const load_run& r) {
    const totals& t = r.fleet().total();
    f.group("connections");
    f.add("wanted", std::uint64_t{r.what().all_connections()});
    f.add("connected", t.connected);
    f.add("failed", t.connect_failed);
    f.add("dropped", t.dropped);
    f.add("closed_cleanly", t.closed_cleanly);
    f.add("connect_p50", r.fleet().connect_time().quantile_us(.5), "us");
    f.add("connect_p99", r.fleet().connect_time().quantile_us(.99), "us");
    f.add("connect_max", r.fleet().connect_time().max_us(), "us");
    f.add("boot_rtt_p50", r.fleet().boot_time().quantile_us(.5), "us");
    f.add("boot_rtt_p99", r.fleet().boot_time().quantile_us(.99), "us");
    f.add("connect_phase", static_cast<double>(r.when_connected().at - r.at_start().at) / second_ns, "s");
}

void add_rtt(field_list& f, std::string_view group, const histogram& h) {
    f.group(group);
    f.add("p50", h.quantile_us(.5), "us");
    f.add("p99", h.quantile_us(.99), "us");
    f.add("p99.9", h.quantile_us(.999), "us");
    f.add("max", h.max_us(), "us");
}

void add_measured(field_list& f, const load_run& r) {
    const snapshot &b = r.measure_begin(), &e = r.measure_end();
    double seconds = static_cast<double>(e.at - b.at) / second_ns;
    auto grown = [&](std::uint64_t counters::* which) { return static_cast<double>(e.count.*which - b.count.*which); };
    double sent = grown(&counters::sent), answered = grown(&counters::answered);
    double connected = static_cast<double>(r.fleet().total().connected);
    f.group("measured");
    f.add("seconds", seconds, "s");
    f.add("sent", sent);
    f.add("answered", answered);
    f.add("callerrors", grown(&counters::callerrors));
    f.add("throughput", per(answered, seconds), "msg/s");
    f.add("bytes_per_call", per(grown(&counters::bytes_out), sent), "B");
    f.add("bytes_per_answer", per(grown(&counters::bytes_in), answered), "B");
    add_rtt(f, "rtt", r.fleet().rtt());
    if (r.what().mode == load_mode::rate) add_rtt(f, "rtt_from_due", r.fleet().rtt_from_due());
    if (!r.what().server_pids.empty()) {
        const process_sample &start = r.at_start().server, &up = r.when_connected().server;
        double cpu = e.server.cpu_us - b.server.cpu_us;
        f.group("server");
        f.add("rss_before", start.rss, "B");
        f.add("rss_connected", up.rss, "B");
        f.add("rss_after", e.server.rss, "B");
        f.add("rss_peak", e.server.peak, "B");
        f.add("rss_per_connection", per(up.rss - start.rss, connected), "B");
        f.add("rss_per_connection_after", per(e.server.rss - start.rss, connected), "B");
        f.add("cpu", cpu / 1e3, "ms");
        f.add("cpu_share", per(cpu / 1e6, seconds), "cores");
        f.add("cpu_per_message", per(cpu, answered), "us");
        f.add("cpu_per_connect", per(up.cpu_us - start.cpu_us, connected), "us");
    }
    f.group("kernel");
    f.add("slab_per_connection", per(r.when_connected().slab - r.at_start().slab, connected), "B");
    f.group("loadgen");
    f.add("cpu_share", per((e.own_cpu_us - b.own_cpu_us) / 1e6, seconds), "cores");
    f.add("cpu_per_message", per(e.own_cpu_us - b.own_cpu_us, answered), "us");
}

void add_whole_run(field_list& f, const load_run& r) {
    const totals& t = r.fleet().total();
    f.group("whole_run");
    f.add("sent", t.sent);
    f.add("answered", t.answered);
    f.add("callerrors", t.callerrors);
    f.add("timeouts", t.timeouts);
    f.add("late", t.late);
    f.add("lost", r.lost());
    f.add("duplicate_answers", t.duplicate);
    f.add("unknown_ids", t.unknown_id);
    f.add("wrong_payloads", t.wrong_payload);
    f.add("malformed", t.malformed);
    f.add("server_calls", t.server_calls);
    f.add("server_pings", t.server_pings);
    f.add("pings", t.pings);
    f.add("pings_unanswered", t.pings - t.pongs);
    if (r.what().frozen == 0) return;
    auto after = [&](std::int64_t at) { return at ? static_cast<double>(at - r.when_connected().at) / second_ns : 0; };
    f.group("frozen");
    f.add("wanted", std::uint64_t{r.what().frozen});
    f.add("sent", t.frozen_sent);
    f.add("ended_by_server", t.frozen_ended);
    f.add("first_ended_after", after(t.first_frozen_end), "s");
    f.add("last_ended_after", after(t.last_frozen_end), "s");
}

std::string json_string(const std::string& s) {
    std::string out = "\"";
    for (char c : s) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) < 0x20) {
            out += format("\\u%04x", static_cast<unsigned>(c));
        } else {
            out += c;
        }
    }
    return out + "\"";
}

void print_json(const field_list& fields) {
    std::string_view group;
    for (const field& f : fields.all()) {
        bool same = group == f.group;
        if (!same) std::printf("%s,\"%s\":{", group.empty() ? "" : "}", f.group.data());
        std::string unit = f.unit.empty() ? "" : "_" + std::string(f.unit);
        std::replace(unit.begin(), unit.end(), '/', '_');
        std::printf("%s\"%s%s\":%.15g", same ? "," : "", f.name.data(), unit.c_str(), f.value);
        group = f.group;
    }
    std::printf("}}\n");
}

void print_table(const field_list& fields) {
    std::string_view group;
    for (const field& f : fields.all()) {
        if (group != f.group) std::printf("%s\n", f.group.data());
        group = f.group;
        bool whole = f.value == static_cast<double>(static_cast<std::int64_t>(f.value));
        std::printf("  %-28s %16.*f %s\n", f.name.data(), whole ? 0 : 2, f.value, f.unit.data());
    }
}

}  // namespace

void print_report(const load_run& r) {
    load_mode m = r.what().mode;
    const char* mode = m == load_mode::idle ? "idle" : m == load_mode::closed ? "closed" : "rate";
    const std::string& first_error = r.fleet().total().first_error;
    field_list fields;
    add_connections(fields, r);
    add_measured(fields, r);
    add_whole_run(fields, r);
    if (r.what().json) {
        std::printf("{\"mode\":\"%s\",\"ok\":%s,\"first_error\":%s", mode, r.all_well() ? "true" : "false",
                    json_string(first_error).c_str());
        print_json(fields);
        return;
    }
    std::printf("mode %s, %s\n", mode, r.all_well() ? "all well" : "FAILED");
    if (!first_error.empty()) std::printf("first error: %s\n", first_error.c_str());
    print_table(fields);
}

}  // namespace ocppload
